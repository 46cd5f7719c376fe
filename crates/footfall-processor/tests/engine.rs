//! What the engine promises, told as facts. Log and store are the in-memory ones: their behaviour is proven elsewhere.

#[path = "common/hits.rs"]
mod hits;

use footfall_domain::{
    Clock, Dimension, Entropy, Hit, LocalDate, ManualClock, Metric, Position, SiteCalendar, SiteId, SystemEntropy, UnixMillis,
};
use footfall_eventlog::{EventLog, MemoryLog};
use footfall_processor::{Engine, EngineParts};
use footfall_query::{
    By, Context, DateRange, Filter, MachineBy, MachineQuery, MachineTable, Op, Query, SiteContext, Source, current_visitors, machine_report,
};
use footfall_store::{DayKey, MemoryStore, Registry, RollupStore};
use hits::page_view;
use std::sync::Arc;
use std::time::Duration;

const HOUR: i64 = 3_600_000;

/// A log, a store and a clock that outlive the engines started over them.
struct House {
    log: Arc<MemoryLog>,
    store: Arc<MemoryStore>,
    clock: Arc<ManualClock>,
    site: SiteId,
    calendar: SiteCalendar,
}

impl House {
    async fn at(time: &str, zone: &str) -> Self {
        let clock = Arc::new(ManualClock::at(instant(time)));
        let store = Arc::new(MemoryStore::new());
        let site = store.add_site("shop.example", zone, clock.now(), None).await.expect("a new site");
        Self { log: Arc::new(MemoryLog::new()), store, clock, site: site.id, calendar: SiteCalendar::of_zone(zone).expect("a zone") }
    }

    async fn start(&self) -> Arc<Engine> {
        let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
        let parts = EngineParts {
            log: self.log.clone(),
            rollups: self.store.clone(),
            registry: self.store.clone(),
            clock: self.clock.clone(),
            entropy,
        };
        let engine = Engine::start(parts).await.expect("an engine");
        engine.wait_caught_up().await;
        engine
    }

    fn hit(&self, number: u64, at: UnixMillis) -> Hit {
        page_view((self.site, &self.calendar), number, number / 2, at, &format!("https://shop.example/page/{}", number % 3))
    }

    /// Ten hits of five visitors, a second apart.
    async fn ten_hits(&self, from: u64, at: UnixMillis) -> Position {
        let hits = (0..10).map(|n| self.hit(from + n, at.plus(i64::try_from(n).expect("small") * 1000))).collect();
        self.log.append(hits).await.expect("the log takes hits")
    }
}

async fn day_numbers(engine: &Arc<Engine>, site: SiteId, date: LocalDate) -> (i64, i64) {
    let view = engine.view(site).await.expect("a view");
    let totals = engine.totals(&view, date..=date).await.expect("totals");
    totals.first().map_or((0, 0), |totals| (totals.day.visitors, totals.day.pageviews))
}

fn instant(text: &str) -> UnixMillis {
    text.parse::<jiff::Timestamp>().expect("a timestamp").into()
}

#[tokio::test]
async fn a_hit_in_the_log_is_in_the_report_and_still_is_after_a_restart() {
    let house = House::at("2026-06-10T12:00:00Z", "Europe/Berlin").await;
    let engine = house.start().await;
    house.ten_hits(0, house.clock.now()).await;
    engine.wait_caught_up().await;
    let today = house.calendar.moment(house.clock.now()).date;
    assert_eq!(day_numbers(&engine, house.site, today).await, (5, 10));
    engine.stop().await;
    let again = house.start().await;
    assert_eq!(day_numbers(&again, house.site, today).await, (5, 10));
    assert_eq!(again.view(house.site).await.expect("a view").first_date, Some(today));
}

#[tokio::test]
async fn a_day_that_ends_is_stored_as_it_was_in_memory() {
    let house = House::at("2026-06-10T12:00:00Z", "Europe/Berlin").await;
    let engine = house.start().await;
    let last = house.ten_hits(0, house.clock.now()).await;
    engine.wait_caught_up().await;
    let day = house.calendar.moment(house.clock.now()).date;
    house.clock.advance(12 * HOUR);
    while engine.stats().settled_days == 0 {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let key = DayKey { site: house.site, generation: 0, date: day };
    let (stamp, rollup) = house.store.day(key).await.expect("the store").expect("the day is stored");
    assert_eq!(stamp.through, last);
    assert_eq!((rollup.people().day.visitors, rollup.people().day.pageviews), (5, 10));
    assert_eq!(engine.stats().open_days, 0);
    assert_eq!(day_numbers(&engine, house.site, day).await, (5, 10));
}

#[tokio::test]
async fn what_machines_asked_for_is_known_of_closed_days_and_of_today() {
    let house = House::at("2026-06-10T12:00:00Z", "Europe/Berlin").await;
    let engine = house.start().await;
    let crawl = async |from: u64| {
        let crawler = |number| Hit {
            user_agent: "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)".into(),
            ..house.hit(number, house.clock.now())
        };
        house.log.append(vec![crawler(from), crawler(from + 3), house.hit(from + 1, house.clock.now())]).await.expect("the log takes hits");
        engine.wait_caught_up().await;
    };
    crawl(0).await;
    let first = house.calendar.moment(house.clock.now()).date;
    house.clock.advance(24 * HOUR);
    while engine.stats().settled_days == 0 {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    crawl(9).await;
    let view = engine.view(house.site).await.expect("a view");
    for (days, views) in [(first..=first, 2), (first..=first.plus(1), 4), (first.plus(2)..=first.plus(9), 0)] {
        for (by, value) in [(MachineBy::Name, "Googlebot"), (MachineBy::Page, "/page/0")] {
            let query = MachineQuery::new(MachineTable::of(by), 9);
            let seen = machine_report(&query, days.clone(), SiteContext::EMPTY, &view, &*engine).await.expect("machines");
            let rows: Vec<_> = seen.rows.iter().map(|row| (&*row.value, row.views)).collect();
            assert_eq!(rows, if views == 0 { vec![] } else { vec![(value, views)] }, "{days:?}");
        }
    }
}

#[tokio::test]
async fn hits_of_a_closed_day_are_in_the_next_report_and_raise_its_revision() {
    let house = House::at("2026-06-10T12:00:00Z", "Europe/Berlin").await;
    let engine = house.start().await;
    let long_ago = instant("2026-03-01T12:00:00Z");
    let day = house.calendar.moment(long_ago).date;
    let key = DayKey { site: house.site, generation: 0, date: day };
    house.ten_hits(0, long_ago).await;
    engine.wait_caught_up().await;
    assert_eq!(day_numbers(&engine, house.site, day).await, (5, 10));
    let before = house.store.day(key).await.expect("the store").expect("the day is stored").0;
    house.ten_hits(100, long_ago.plus(HOUR)).await;
    engine.wait_caught_up().await;
    assert_eq!(day_numbers(&engine, house.site, day).await, (10, 20));
    let after = house.store.day(key).await.expect("the store").expect("the day is stored").0;
    assert!(after.revision > before.revision);
}

#[tokio::test]
async fn a_start_settles_what_the_store_lacks_and_leaves_alone_what_it_has() {
    let house = House::at("2026-06-10T12:00:00Z", "Europe/Berlin").await;
    let long_ago = instant("2026-03-01T12:00:00Z");
    let day = house.calendar.moment(long_ago).date;
    house.ten_hits(0, long_ago).await;
    let first = house.start().await;
    assert_eq!(day_numbers(&first, house.site, day).await, (5, 10));
    assert_eq!(first.stats().settled_days, 1);
    first.stop().await;
    let second = house.start().await;
    assert_eq!(day_numbers(&second, house.site, day).await, (5, 10));
    assert_eq!(second.stats().settled_days, 0);
}

#[tokio::test]
async fn current_visitors_are_those_of_the_last_five_minutes() {
    let house = House::at("2026-06-10T12:00:00Z", "Europe/Berlin").await;
    let engine = house.start().await;
    let site = engine.sites().by_id(house.site).expect("the site").clone();
    let filtered = async |page: &str| {
        let context = Context { site: &site.site, calendar: &house.calendar, now: house.clock.now() };
        let page = Filter::test(Op::Contains, By::Value(Dimension::Page), [page.to_owned()]);
        let query = Query::new("shop.example", DateRange::Day, [Metric::Visitors]).only(page);
        let view = engine.view(house.site).await.expect("a view");
        current_visitors(&query, &context, SiteContext::EMPTY, &view, &*engine).await.expect("a number")
    };
    house.ten_hits(0, house.clock.now()).await;
    engine.wait_caught_up().await;
    house.clock.advance(10_000);
    assert_eq!(engine.current_visitors(house.site).await.visitors, 5);
    assert_eq!((filtered("/page/").await, filtered("/page/0").await), (5, 4), "everybody, and the readers of one page");
    house.clock.advance(5 * 60_000);
    assert_eq!(engine.current_visitors(house.site).await.visitors, 0);
    assert_eq!(filtered("/page/").await, 0);
}

#[tokio::test]
async fn a_secret_lives_until_its_date_has_ended_everywhere() {
    let house = House::at("2026-06-10T12:00:00Z", "Asia/Tokyo").await;
    let engine = house.start().await;
    let today = house.calendar.moment(house.clock.now()).date;
    let secret = engine.live_secret(today).await.expect("a secret");
    assert_eq!(engine.live_secret(today).await.expect("a secret"), secret);
    house.clock.set(instant("2026-06-11T11:59:00Z"));
    assert!(engine.destroy_due_secrets().await.expect("the store").is_empty());
    house.clock.set(instant("2026-06-11T12:02:00Z"));
    assert_eq!(engine.destroy_due_secrets().await.expect("the store"), [today]);
    assert!(house.store.secrets().await.expect("the store").is_empty());
    assert_ne!(engine.live_secret(today).await.expect("a secret"), secret);
}

#[tokio::test]
async fn the_secret_of_tomorrow_is_there_before_midnight_where_todays_is_in_use() {
    let house = House::at("2026-06-10T14:40:00Z", "Asia/Tokyo").await;
    let engine = house.start().await;
    let today = house.calendar.moment(house.clock.now()).date;
    let dates = async || {
        let mut dates: Vec<LocalDate> = house.store.secrets().await.expect("the store").iter().map(|row| row.date).collect();
        dates.sort_unstable();
        dates
    };
    house.clock.set(instant("2026-06-10T14:55:00Z"));
    engine.fetch_secrets_ahead().await.expect("the store");
    assert!(dates().await.is_empty(), "nobody counts here");
    house.clock.set(instant("2026-06-10T14:40:00Z"));
    engine.live_secret(today).await.expect("a secret");
    engine.fetch_secrets_ahead().await.expect("the store");
    assert_eq!(dates().await, [today], "it is 23:40 in Tokyo");
    house.clock.set(instant("2026-06-10T14:51:00Z"));
    engine.fetch_secrets_ahead().await.expect("the store");
    assert_eq!(dates().await, [today, today.plus(1)]);
}

#[tokio::test]
async fn the_secret_of_an_import_lives_48_hours_after_its_last_use() {
    let house = House::at("2026-06-10T12:00:00Z", "Asia/Tokyo").await;
    let engine = house.start().await;
    let long_ago = LocalDate::parse("2015-05-17").expect("a date");
    let secret = engine.import_secret(long_ago).await.expect("a secret");
    house.clock.advance(47 * HOUR);
    assert!(engine.destroy_due_secrets().await.expect("the store").is_empty());
    assert_eq!(engine.import_secret(long_ago).await.expect("a secret"), secret);
    house.clock.advance(47 * HOUR);
    assert!(engine.destroy_due_secrets().await.expect("the store").is_empty());
    house.clock.advance(2 * HOUR);
    assert_eq!(engine.destroy_due_secrets().await.expect("the store"), [long_ago]);
}

#[tokio::test]
async fn a_forgotten_site_leaves_nothing() {
    let house = House::at("2026-06-10T12:00:00Z", "Europe/Berlin").await;
    let engine = house.start().await;
    house.ten_hits(0, instant("2026-03-01T12:00:00Z")).await;
    house.ten_hits(100, house.clock.now()).await;
    engine.wait_caught_up().await;
    let today = house.calendar.moment(house.clock.now()).date;
    assert_eq!(day_numbers(&engine, house.site, today).await, (5, 10));
    engine.forget_site(house.site).await.expect("the log and the store");
    assert!(house.log.days().await.expect("the log").is_empty());
    assert!(house.store.days().await.expect("the store").is_empty());
    assert_eq!(day_numbers(&engine, house.site, today).await, (0, 0));
}

#[tokio::test]
async fn around_midnight_the_visitors_of_both_days_are_current() {
    let house = House::at("2026-06-10T21:59:30Z", "Europe/Berlin").await;
    let engine = house.start().await;
    house.ten_hits(0, house.clock.now()).await;
    engine.wait_caught_up().await;
    house.clock.set(instant("2026-06-10T22:03:00Z"));
    tokio::time::sleep(Duration::from_millis(700)).await;
    assert_eq!(engine.current_visitors(house.site).await.visitors, 5, "three minutes after midnight");
    house.ten_hits(100, house.clock.now()).await;
    engine.wait_caught_up().await;
    house.clock.set(instant("2026-06-10T22:04:00Z"));
    assert_eq!(engine.current_visitors(house.site).await.visitors, 10, "yesterday's and today's");
}

/// The log was deleted (or restored from an older copy) under a store that had counted its days. A late hit for such a
/// day once replaced 447 pageviews by one.
#[tokio::test]
async fn a_lost_log_does_not_take_the_closed_days_with_it() {
    let mut house = House::at("2026-06-10T12:00:00Z", "Europe/Berlin").await;
    let long_ago = instant("2026-03-01T12:00:00Z");
    let day = house.calendar.moment(long_ago).date;
    house.ten_hits(0, long_ago).await;
    let first = house.start().await;
    assert_eq!(day_numbers(&first, house.site, day).await, (5, 10));
    first.stop().await;
    house.log = Arc::new(MemoryLog::new());
    let second = house.start().await;
    assert_eq!(day_numbers(&second, house.site, day).await, (5, 10));
    assert_eq!(second.view(house.site).await.expect("a view").first_date, Some(day));
    house.log.append(vec![house.hit(999, long_ago.plus(HOUR))]).await.expect("the log takes hits");
    second.wait_caught_up().await;
    assert_eq!(day_numbers(&second, house.site, day).await, (5, 10));
}

#[tokio::test]
async fn a_report_of_an_import_knows_its_newest_hit_at_once() {
    let house = House::at("2026-06-10T12:00:00Z", "Europe/Berlin").await;
    let engine = house.start().await;
    let long_ago = instant("2026-03-01T12:00:00Z");
    house.ten_hits(0, long_ago).await;
    engine.wait_caught_up().await;
    assert_eq!(engine.view(house.site).await.expect("a view").freshness.newest_hit, Some(long_ago.plus(9_000)));
}

#[tokio::test]
async fn an_idle_night_is_no_lag() {
    let house = House::at("2026-06-10T00:00:00Z", "Europe/Berlin").await;
    let engine = house.start().await;
    house.clock.advance(9 * HOUR);
    tokio::time::sleep(Duration::from_millis(1_300)).await;
    house.ten_hits(0, house.clock.now()).await;
    assert!(engine.stats().lag_seconds < 2.0, "{}", engine.stats().lag_seconds);
}
