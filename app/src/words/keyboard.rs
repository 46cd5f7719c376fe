//! Keys, and the dialogue that names them.

/// Keys, and the dialogue that names them.
#[derive(Clone, Copy, Debug)]
pub struct KeyboardWords {
    /// The head of it.
    pub title: &'static str,
    /// A group: the choice of the period.
    pub periods: &'static str,
    /// A group: everything else.
    pub others: &'static str,
    /// The period before, the period after.
    pub arrows: &'static str,
    /// Another interval.
    pub interval: &'static str,
    /// With or without a comparison.
    pub compare: &'static str,
    /// All sites.
    pub sites: &'static str,
    /// A site by its place in the menu.
    pub site: &'static str,
    /// Search.
    pub search: &'static str,
    /// Search in the list shown.
    pub search_list: &'static str,
    /// Search among the sites.
    pub search_sites: &'static str,
    /// The page of sites before, the page after.
    pub more_sites: &'static str,
    /// A site by its place in the list.
    pub card: &'static str,
    /// From a list back to the numbers.
    pub back: &'static str,
    /// No filters.
    pub clear: &'static str,
    /// This dialogue.
    pub help: &'static str,
    /// Two dates of one's own.
    pub custom: &'static str,
}

pub(super) const EN: KeyboardWords = KeyboardWords {
    title: "Keyboard shortcuts",
    periods: "Period",
    others: "Page",
    arrows: "Period before, period after",
    interval: "Next interval of the chart",
    compare: "Compare or not",
    sites: "All sites",
    site: "Site of that place in the menu",
    search: "Search",
    search_list: "Search this list",
    search_sites: "Search the sites",
    more_sites: "Sites before, sites after",
    card: "Site of that place in the list",
    back: "Close, or back to all numbers",
    clear: "Close, or clear all filters",
    help: "These shortcuts",
    custom: "Dates of your own",
};

pub(super) const DE: KeyboardWords = KeyboardWords {
    title: "Tastenkürzel",
    periods: "Zeitraum",
    others: "Seite",
    arrows: "Zeitraum davor, Zeitraum danach",
    interval: "Nächstes Intervall",
    compare: "Vergleichen oder nicht",
    sites: "Alle Websites",
    site: "Website an dieser Stelle des Menüs",
    search: "Suchen",
    search_list: "Diese Liste durchsuchen",
    search_sites: "Websites durchsuchen",
    more_sites: "Websites davor, Websites danach",
    card: "Website an dieser Stelle der Liste",
    back: "Schließen, oder zurück zu allen Zahlen",
    clear: "Schließen, oder alle Filter entfernen",
    help: "Diese Tastenkürzel",
    custom: "Eigener Zeitraum",
};
