//! The list of sites, and how one is added.

use super::{Field, Frame, Notice};

/// All sites.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Sites {
    /// Around the page.
    pub frame: Frame,
    /// What just happened.
    pub notice: Option<Notice>,
    /// The sites, in the order to show; those that were searched for.
    pub sites: Vec<SiteCard>,
    /// What was searched for; empty: nothing.
    pub search: String,
    /// How many sites there are without the search.
    pub total: usize,
    /// How many there are with it, on all pages.
    pub found: usize,
    /// Which page of them, from 1; 0 is the first too.
    pub page: usize,
    /// What of the address was not understood and left out.
    pub ignored: Vec<String>,
}

/// How many cards a page has: each of them asks for its numbers.
pub const SITES_A_PAGE: usize = 48;

/// One site of the list. [`crate::site_page::card`] makes it from the site's totals.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct SiteCard {
    /// Its domain.
    pub domain: String,
    /// Visitors of the last 24 hours, the present one included.
    pub visitors: i64,
    /// Change in percent against the 24 hours before; `None` when those had nobody.
    pub change: Option<i64>,
    /// Visitors of each of these hours, the present one last; `None` before the first hit, or where the numbers cannot
    /// be had now.
    pub hours: Option<Vec<i64>>,
    /// Visitors at this moment.
    pub current: i64,
    /// Whether it has ever had a hit.
    pub received: bool,
    /// Whether the reader keeps it first.
    pub pinned: bool,
}

/// Add a site.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AddSite {
    /// Around the page.
    pub frame: Frame,
    /// The domain.
    pub domain: Field,
    /// The IANA time zone; empty: `UTC`, or what the browser says.
    pub timezone: Field,
}

/// The snippet, and the wait for the first hit.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Install {
    /// Around the page.
    pub frame: Frame,
    /// The site.
    pub domain: String,
    /// Where this server is reached, such as `https://stats.example.org`; no slash at the end.
    pub origin: String,
    /// The path of the tracker's script, such as `/js/script.js`.
    pub script: String,
    /// Whether a hit has been received.
    pub received: bool,
    /// What just happened.
    pub notice: Option<Notice>,
}
