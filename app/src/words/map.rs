//! The map.

/// The map.
#[derive(Clone, Copy, Debug)]
pub struct MapWords {
    /// What the picture shows, for who does not see it.
    pub picture: &'static str,
    /// Before the scale of colours; only heard.
    pub scale: &'static str,
    /// A country's tooltip: its name, its visitors.
    pub country: fn(&str, &str) -> String,
    /// Visitors without a country.
    pub without: fn(&str) -> String,
}

pub(super) const EN: MapWords = MapWords {
    picture: "Map of visitors by country",
    scale: "Visitors, from few to many",
    country: |name, visitors| format!("{name}: {visitors}"),
    without: |visitors| format!("Country unknown: {visitors}"),
};

pub(super) const DE: MapWords = MapWords {
    picture: "Karte der Besucher nach Land",
    scale: "Besucher, von wenigen zu vielen",
    country: |name, visitors| format!("{name}: {visitors}"),
    without: |visitors| format!("Land unbekannt: {visitors}"),
};
