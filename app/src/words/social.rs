//! Counters and the card of a public site: small pieces that stand on other people's pages.

/// Counters and the card of a public site.
#[derive(Clone, Copy, Debug)]
pub struct SocialWords {
    /// Above the number of a page's counter.
    pub of_page: &'static str,
    /// Above that of a site's.
    pub of_site: &'static str,
    /// Below it.
    pub counted_by: &'static str,
    /// Above the number of the card.
    pub last_days: &'static str,
    /// Behind the change: with what it is compared.
    pub than_before: &'static str,
    /// What a link to a public site's page says below its title, from the number and the domain.
    pub description: fn(&str, &str) -> String,
    /// The title of a link to a public site's page.
    pub title: fn(&str) -> String,
}

pub(super) const EN: SocialWords = SocialWords {
    of_page: "Visitors of this page",
    of_site: "Visitors of this site",
    counted_by: "counted by Footfall",
    last_days: "Visitors in the last 28 days",
    than_before: "on the 28 days before",
    description: |visitors, domain| format!("{visitors} visitors in the last 28 days: the numbers of {domain}, counted without cookies."),
    title: |domain| format!("{domain}: visitors and page views"),
};

pub(super) const DE: SocialWords = SocialWords {
    of_page: "Besucher dieser Seite",
    of_site: "Besucher dieser Website",
    counted_by: "gezählt von Footfall",
    last_days: "Besucher in den letzten 28 Tagen",
    than_before: "gegenüber den 28 Tagen davor",
    description: |visitors, domain| format!("{visitors} Besucher in den letzten 28 Tagen: die Zahlen von {domain}, ohne Cookies gezählt."),
    title: |domain| format!("{domain}: Besucher und Seitenaufrufe"),
};
