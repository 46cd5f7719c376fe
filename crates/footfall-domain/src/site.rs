//! A site: a name, a calendar, and its rules.

use crate::{SiteCalendar, SiteId, UnixMillis, ZoneChange};
use serde::{Deserialize, Serialize};

/// A web site whose visitors are counted.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Site {
    /// Its permanent number.
    pub id: SiteId,
    /// Its name: lower case, punycode, without scheme, port or a leading `www.`.
    pub domain: String,
    /// Its time zones, oldest first; the first holds since ever.
    pub zones: Vec<ZoneChange>,
    /// When it was added.
    pub created: UnixMillis,
    /// What the site decides about its own numbers.
    pub rules: SiteRules,
}

impl Site {
    /// The site's calendar.
    ///
    /// # Errors
    /// A zone is not in the time zone database.
    pub fn calendar(&self) -> Result<SiteCalendar, crate::calendar::UnknownZone> {
        SiteCalendar::new(&self.zones)
    }

    /// The zone in force at the latest; what the settings page shows.
    pub fn zone(&self) -> &str {
        self.zones.last().map_or("UTC", |change| &change.zone)
    }
}

/// What a site decides about its own numbers. Part of the logic.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct SiteRules {
    /// Query parameters kept beside `utm_*`, `ref` and `source`.
    pub keep_parameters: Vec<String>,
}
