//! A site: a name, a calendar, and its rules.

use crate::{Exclusions, LocalDate, Sharing, SiteCalendar, SiteId, UnixMillis, ZoneChange};
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
    /// Grows by one with every change; who changes a site says which version they saw.
    #[serde(default)]
    pub version: u64,
    /// The number the site was given first. It stays when the site is emptied: what belongs to the site and not to its
    /// hits, such as who changed what, is kept by it.
    #[serde(default)]
    pub first_id: SiteId,
    /// Who may see and change it.
    #[serde(default)]
    pub sharing: Sharing,
    /// How many months hits and numbers are kept; `None`: as long as the site is there.
    #[serde(default)]
    pub retention_months: Option<u16>,
}

impl Site {
    /// A new site: one zone since ever, nobody but administrators may see it.
    pub fn new(id: SiteId, domain: impl Into<String>, zone: impl Into<String>, created: UnixMillis) -> Self {
        Self {
            id,
            domain: domain.into(),
            zones: vec![ZoneChange { from: UnixMillis::MIN, zone: zone.into() }],
            created,
            rules: SiteRules::default(),
            version: 0,
            first_id: id,
            sharing: Sharing::default(),
            retention_months: None,
        }
    }

    /// The site's calendar.
    ///
    /// # Errors
    /// A zone is not in the time zone database.
    pub fn calendar(&self) -> Result<SiteCalendar, crate::calendar::UnknownZone> {
        SiteCalendar::new(&self.zones)
    }

    /// The first day whose hits and numbers are kept; `None`: all are.
    pub fn kept_from(&self, today: LocalDate) -> Option<LocalDate> {
        let months = jiff::Span::new().months(self.retention_months?);
        Some(LocalDate::from_civil(today.civil().saturating_sub(months)))
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
    /// Hits that are left out of the numbers.
    #[serde(default, skip_serializing_if = "Exclusions::before_any")]
    pub exclusions: Exclusions,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_counted_back_from_today() {
        let kept_from = |today: &str, months| {
            let site = Site { retention_months: months, ..Site::new(SiteId(1), "a.example", "UTC", UnixMillis(0)) };
            site.kept_from(LocalDate::parse(today).expect("a date")).map(|date| date.to_string())
        };
        assert_eq!(kept_from("2026-11-23", None), None);
        assert_eq!(kept_from("2026-11-23", Some(24)).as_deref(), Some("2024-11-23"));
        assert_eq!(kept_from("2026-03-31", Some(1)).as_deref(), Some("2026-02-28"));
    }
}
