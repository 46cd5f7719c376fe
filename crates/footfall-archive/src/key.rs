//! The names of sealed records.

use footfall_domain::{LocalDate, Record, SiteId};
use std::fmt;
use std::path::PathBuf;

/// Names the sealed records of one shard of a site-day.
///
/// Written as Hive-style folders, so that tools see three columns: `site=7/day=2026-11-23/shard=00-ff`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SealKey {
    /// The site.
    pub site: SiteId,
    /// The site-local day.
    pub date: LocalDate,
    /// The shard's first bucket (`VisitorId::bucket`).
    pub first_bucket: u8,
    /// Its last bucket.
    pub last_bucket: u8,
}

impl SealKey {
    /// The whole day in one shard.
    pub fn whole_day(site: SiteId, date: LocalDate) -> Self {
        Self { site, date, first_bucket: 0, last_bucket: u8::MAX }
    }

    /// Whether a record belongs here.
    pub fn holds(&self, record: &Record) -> bool {
        let bucket = record.hit.visitor.bucket();
        (record.hit.site, record.hit.date) == (self.site, self.date) && (self.first_bucket..=self.last_bucket).contains(&bucket)
    }

    /// Its folder below the archive's.
    pub fn folder(&self) -> PathBuf {
        self.to_string().split('/').collect()
    }

    /// The key of three folder names; `None` when they are not of this archive.
    pub fn from_names(site: &str, day: &str, shard: &str) -> Option<Self> {
        let bucket = |hex: &str| (hex.len() == 2).then(|| u8::from_str_radix(hex, 16).ok()).flatten();
        let (first, last) = shard.strip_prefix("shard=")?.split_once('-')?;
        let key = Self {
            site: SiteId(site.strip_prefix("site=")?.parse().ok()?),
            date: LocalDate::parse(day.strip_prefix("day=")?)?,
            first_bucket: bucket(first)?,
            last_bucket: bucket(last)?,
        };
        // Only the one spelling: a name that would be written otherwise is somebody else's.
        (key.to_string() == format!("{site}/{day}/{shard}")).then_some(key)
    }
}

impl fmt::Display for SealKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "site={}/day={}/shard={:02x}-{:02x}", self.site, self.date, self.first_bucket, self.last_bucket)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        let key = SealKey { site: SiteId(7), date: LocalDate(20_780), first_bucket: 0, last_bucket: 0x7f };
        assert_eq!(key.to_string(), "site=7/day=2026-11-23/shard=00-7f");
        assert_eq!(SealKey::from_names("site=7", "day=2026-11-23", "shard=00-7f"), Some(key));
        for (site, day, shard) in [
            ("site=07", "day=2026-11-23", "shard=00-7f"),
            ("site=7", "day=2026-13-23", "shard=00-7f"),
            ("site=7", "day=2026-11-23", "shard=00-7F"),
            ("7", "2026-11-23", "00-7f"),
        ] {
            assert_eq!(SealKey::from_names(site, day, shard), None, "{site} {day} {shard}");
        }
    }
}
