//! A snapshot of all sites, by name and by number.

use footfall_domain::{Site, SiteCalendar, SiteId};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A site with its calendar worked out.
#[derive(Clone, Debug)]
pub struct SiteEntry {
    /// The site.
    pub site: Site,
    /// Its days and hours.
    pub calendar: SiteCalendar,
}

/// All sites at one moment; replaced as a whole when one changes.
#[derive(Clone, Debug, Default)]
pub struct SiteBook {
    /// Grows with every change.
    edition: u64,
    by_id: FxHashMap<SiteId, Arc<SiteEntry>>,
    by_domain: FxHashMap<String, Arc<SiteEntry>>,
}

impl SiteBook {
    /// The book of these sites. A site whose zone is unknown to this build is left out, with a logged error: its hits
    /// are refused as of an unknown site rather than counted on the wrong days.
    pub fn new(sites: Vec<Site>) -> Self {
        Self::default().changed_to(sites)
    }

    /// The book of these sites; the calendars of those that are as they were are not worked out again.
    pub fn changed_to(&self, sites: Vec<Site>) -> Self {
        let mut book = Self { edition: self.edition + 1, ..Self::default() };
        for site in sites {
            if let Some(same) = self.by_id(site.id).filter(|known| known.site == site) {
                book.by_domain.insert(site.domain, same.clone());
                book.by_id.insert(site.id, same.clone());
                continue;
            }
            match site.calendar() {
                Ok(calendar) => {
                    let entry = Arc::new(SiteEntry { calendar, site });
                    book.by_domain.insert(entry.site.domain.clone(), entry.clone());
                    book.by_id.insert(entry.site.id, entry);
                }
                Err(error) => tracing::error!(site.id = site.id.0, %error, "a site is left out: its time zone is unknown"),
            }
        }
        book
    }

    /// A number that is higher in every later book of the same engine.
    pub(crate) fn edition(&self) -> u64 {
        self.edition
    }

    /// The site of a domain (as normalised at registration).
    pub fn by_domain(&self, domain: &str) -> Option<&Arc<SiteEntry>> {
        self.by_domain.get(domain)
    }

    /// The site of a number.
    pub fn by_id(&self, id: SiteId) -> Option<&Arc<SiteEntry>> {
        self.by_id.get(&id)
    }

    /// All sites, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<SiteEntry>> {
        self.by_id.values()
    }
}
