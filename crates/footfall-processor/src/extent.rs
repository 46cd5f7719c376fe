//! What is known of a site without reading its days: from when it has hits, how new, how often it changed.

use crate::engine::{Engine, UNPOISONED};
use footfall_domain::{LocalDate, SiteId, UnixMillis};
use footfall_store::DayStamp;

/// The reach of a site's numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Extent {
    /// The first day that has hits.
    pub(crate) first_date: Option<LocalDate>,
    /// Time of the newest hit folded.
    pub(crate) newest_hit: Option<UnixMillis>,
    /// Raised by every change; begins at the clock, so that it also grows over restarts.
    pub(crate) revision: u64,
}

impl Engine {
    pub(crate) fn extent(&self, site: SiteId) -> Extent {
        self.extents.lock().expect(UNPOISONED).get(&site).copied().unwrap_or_default()
    }

    /// A day of the site has hits.
    pub(crate) fn note_day(&self, site: SiteId, date: LocalDate) {
        self.change(site, |extent| extent.first_date = Some(extent.first_date.map_or(date, |first| first.min(date))));
    }

    /// The site's days before this one were erased; all of them, when there is none.
    pub(crate) fn note_first_day(&self, site: SiteId, first: Option<LocalDate>) {
        self.change(site, |extent| {
            extent.first_date = first;
            extent.newest_hit = extent.newest_hit.filter(|_| first.is_some());
        });
    }

    /// The store has a day of the site. Nothing is raised: what it tells may be known long since.
    pub(crate) fn note_stored_day(&self, site: SiteId, date: LocalDate, stamp: &DayStamp) {
        let mut extents = self.extents.lock().expect(UNPOISONED);
        let extent = extents.entry(site).or_default();
        extent.first_date = Some(extent.first_date.map_or(date, |first| first.min(date)));
        extent.newest_hit = extent.newest_hit.max(stamp.newest_hit);
    }

    /// A hit of this time is folded.
    pub(crate) fn note_newest(&self, site: SiteId, at: UnixMillis) {
        self.change(site, |extent| extent.newest_hit = extent.newest_hit.max(Some(at)));
    }

    /// The site's numbers changed.
    pub(crate) fn note_change(&self, site: SiteId) {
        self.change(site, |_| {});
    }

    fn change(&self, site: SiteId, change: impl FnOnce(&mut Extent)) {
        let now = u64::try_from(self.clock().now().0).unwrap_or(0) * 1000;
        let mut extents = self.extents.lock().expect(UNPOISONED);
        let extent = extents.entry(site).or_default();
        extent.revision = now.max(extent.revision + 1);
        change(extent);
    }
}
