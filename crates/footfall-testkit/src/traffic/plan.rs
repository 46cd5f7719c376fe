//! What kind of traffic a site has.

use crate::when::{date, instant};
use footfall_domain::{LocalDate, Site, SiteCalendar, SiteId, UnixMillis, ZoneChange};

/// What kind of traffic a site has, on which days.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What it is, for the message of a test that fails.
    pub name: &'static str,
    /// The site's zones, oldest first.
    pub zones: Vec<ZoneChange>,
    /// The days on which people set out; a few go on into the next.
    pub days: Vec<LocalDate>,
    /// Nothing happens later than this.
    pub now: UnixMillis,
    /// How many set out on each day.
    pub people_a_day: usize,
    /// Gaps of exactly half an hour, hits of the same millisecond, repeated ids, hits that arrive in any order, days of logs, engagement out of
    /// nowhere, values that are odd. Otherwise: people as they are.
    pub nasty: bool,
}

impl Plan {
    /// Two weeks of an ordinary site in Berlin, with the day on which summer time ends.
    pub fn ordinary() -> Self {
        Self::new("ordinary", "Europe/Berlin", "2026-10-17", 13, "2026-10-29T15:20:00Z")
    }

    /// Everything nasty in every kind of zone: one plan each.
    pub fn all_nasty() -> Vec<Self> {
        let nasty = |name, zone, first, days, now| Self { nasty: true, ..Self::new(name, zone, first, days, now) };
        vec![
            nasty("Berlin when summer time begins", "Europe/Berlin", "2026-03-26", 5, "2026-03-30T08:45:00Z"),
            nasty("Berlin on the day of 25 hours itself", "Europe/Berlin", "2026-10-23", 3, "2026-10-25T01:30:00Z"),
            nasty("Lord Howe, where clocks move by half an hour", "Australia/Lord_Howe", "2026-04-02", 5, "2026-04-06T03:10:00Z"),
            nasty("Kathmandu, 45 minutes off", "Asia/Kathmandu", "2026-06-06", 4, "2026-06-09T17:59:59.999Z"),
            nasty("Apia, which skipped a day", "Pacific/Apia", "2011-12-27", 6, "2012-01-01T05:00:00Z"),
            nasty("St. John's, where clocks moved a minute after midnight", "America/St_Johns", "2006-10-27", 4, "2006-10-30T14:00:00Z"),
            nasty("Los Angeles, west of UTC", "America/Los_Angeles", "2026-01-30", 4, "2026-02-02T23:30:00Z"),
            Self::moving(),
            Self::two_years(),
        ]
    }

    /// A site that moves from Tokyo to Los Angeles: its 11 June is 40 hours long.
    pub fn moving() -> Self {
        let mut plan = Self { nasty: true, ..Self::new("a site that moves west", "Asia/Tokyo", "2026-06-09", 4, "2026-06-12T20:00:00Z") };
        plan.zones.push(ZoneChange { from: instant("2026-06-10T15:00:00Z"), zone: "America/Los_Angeles".to_owned() });
        plan
    }

    /// Some days in each of 26 months, for long ranges and comparisons with the year before.
    pub fn two_years() -> Self {
        let mut plan =
            Self { nasty: true, people_a_day: 6, ..Self::new("two years", "Europe/London", "2024-02-20", 0, "2026-03-04T13:37:00Z") };
        let first = date("2024-02-20");
        let far = (0..96).map(|n| first.plus(n * 7 + n % 5));
        let (year_before, near) = (date("2025-02-25"), date("2026-02-18"));
        plan.days = far.chain((0..9).map(|n| year_before.plus(n))).chain((0..15).map(|n| near.plus(n))).collect();
        plan.days.sort();
        plan.days.dedup();
        plan
    }

    fn new(name: &'static str, zone: &str, first: &str, days: i32, now: &str) -> Self {
        let first = date(first);
        Self {
            name,
            zones: vec![ZoneChange { from: UnixMillis::MIN, zone: zone.to_owned() }],
            days: (0..days).map(|n| first.plus(n)).collect(),
            now: instant(now),
            people_a_day: 40,
            nasty: false,
        }
    }

    /// The calendar of the zones.
    ///
    /// # Panics
    /// When a zone is not in the time zone database.
    pub fn calendar(&self) -> SiteCalendar {
        SiteCalendar::new(&self.zones).expect("zones that exist")
    }

    /// The site, `example.org`.
    pub fn site(&self) -> Site {
        Site { zones: self.zones.clone(), ..Site::new(SiteId(1), "example.org", "UTC", UnixMillis(0)) }
    }
}
