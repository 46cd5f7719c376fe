//! Open days in a store that charges for writes, told as facts.

mod common;
#[path = "common/hits.rs"]
mod hits;

use common::Watched;
use footfall_domain::{
    Clock, Entropy, Hit, LocalDate, LogicId, ManualClock, Position, Rollup, SiteCalendar, SiteId, SystemEntropy, UnixMillis,
};
use footfall_eventlog::{EventLog, MemoryLog};
use footfall_processor::credit::HITS_PER_UNIT;
use footfall_processor::{Engine, EngineParts};
use footfall_query::Source;
use footfall_store::{DayKey, DayStamp, MemoryStore, Registry, RollupStore};
use hits::page_view;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::Notify;

const MINUTE: i64 = 60_000;

/// A log and a store that charges, which outlive the engines started over them.
struct House {
    log: Arc<MemoryLog>,
    store: Arc<Watched>,
    clock: Arc<ManualClock>,
    site: SiteId,
    calendar: SiteCalendar,
}

impl House {
    async fn new() -> Self {
        let clock = Arc::new(ManualClock::at("2026-06-10T12:00:00Z".parse::<jiff::Timestamp>().expect("a time").into()));
        let store = Arc::new(MemoryStore::new());
        let site = store.add_site("shop.example", "UTC", clock.now(), None).await.expect("a new site");
        let calendar = SiteCalendar::of_zone("UTC").expect("a zone");
        Self { log: Arc::new(MemoryLog::new()), store: Watched::paid(store), clock, site: site.id, calendar }
    }

    /// Another instance: a log of its own over the same store.
    fn neighbour(&self) -> Self {
        let Self { store, clock, site, calendar, .. } = self;
        Self { log: Arc::new(MemoryLog::new()), store: store.clone(), clock: clock.clone(), site: *site, calendar: calendar.clone() }
    }

    async fn start(&self) -> Arc<Engine> {
        let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
        let parts = EngineParts {
            log: self.log.clone(),
            rollups: self.store.clone(),
            registry: self.store.store.clone(),
            clock: self.clock.clone(),
            entropy,
        };
        let engine = Engine::start(parts).await.expect("an engine");
        engine.wait_caught_up().await;
        engine
    }

    fn today(&self) -> LocalDate {
        self.calendar.moment(self.clock.now()).date
    }

    fn key(&self) -> DayKey {
        DayKey { site: self.site, generation: 0, date: self.today() }
    }

    async fn hits(&self, engine: &Arc<Engine>, from: u64, n: u64) {
        let now = self.clock.now();
        self.log.append((from..from + n).map(|number| self.hit(number, now)).collect()).await.expect("the log takes hits");
        engine.wait_caught_up().await;
    }

    fn hit(&self, number: u64, at: UnixMillis) -> Hit {
        page_view((self.site, &self.calendar), number, number / 2, at, &format!("https://shop.example/page/{}", number % 30))
    }

    async fn stored_pageviews(&self) -> Option<i64> {
        self.store.day(self.key()).await.expect("the store").map(|(_, rollup)| rollup.people().day.pageviews)
    }

    fn paid(&self) -> u64 {
        self.store.units.load(Ordering::Relaxed)
    }
}

async fn pageviews(engine: &Arc<Engine>, site: SiteId, date: LocalDate) -> i64 {
    let view = engine.view(site).await.expect("a view");
    engine.totals(&view, date..=date).await.expect("totals").first().map_or(0, |totals| totals.day.pageviews)
}

#[tokio::test]
async fn a_busy_day_is_in_the_store_while_it_is_open_and_a_neighbour_shows_it() {
    let house = House::new().await;
    let engine = house.start().await;
    engine.flush_due().await.expect("nothing to write");
    house.hits(&engine, 0, 5_000).await;
    engine.flush_due().await.expect("written");
    assert_eq!(house.stored_pageviews().await, Some(5_000));
    assert!(house.paid() * HITS_PER_UNIT <= 5_000, "{} units", house.paid());
    let neighbour = house.neighbour();
    let other = neighbour.start().await;
    assert_eq!(pageviews(&other, house.site, house.today()).await, 5_000);
    assert_eq!(engine.stats().forced_flushes, 0);
}

#[tokio::test]
async fn a_small_day_waits_a_quarter_of_an_hour() {
    let house = House::new().await;
    let engine = house.start().await;
    engine.flush_due().await.expect("nothing to write");
    house.hits(&engine, 0, 10).await;
    engine.flush_due().await.expect("looked");
    house.clock.advance(14 * MINUTE);
    engine.flush_due().await.expect("looked");
    assert_eq!(house.stored_pageviews().await, None);
    house.clock.advance(MINUTE);
    engine.flush_due().await.expect("written");
    assert_eq!(house.stored_pageviews().await, Some(10));
    assert_eq!(engine.stats().forced_flushes, 1);
    let paid = house.paid();
    house.clock.advance(60 * MINUTE);
    engine.flush_due().await.expect("looked");
    assert_eq!(house.paid(), paid, "what did not change is not written again");
}

#[tokio::test]
async fn totals_are_written_between_two_writes_of_the_day() {
    let house = House::new().await;
    let engine = house.start().await;
    engine.flush_due().await.expect("nothing to write");
    house.hits(&engine, 0, 5_000).await;
    engine.flush_due().await.expect("written");
    house.clock.advance(6_000);
    house.hits(&engine, 5_000, 100).await;
    engine.flush_due().await.expect("written");
    assert_eq!(house.stored_pageviews().await, Some(5_000), "the tables wait");
    assert_eq!(engine.stats().flushed_totals, 1);
    let other = house.neighbour().start().await;
    assert_eq!(pageviews(&other, house.site, house.today()).await, 5_100, "the totals do not");
    house.clock.advance(6_000);
    engine.flush_due().await.expect("written");
    assert_eq!(house.stored_pageviews().await, Some(5_100));
}

#[tokio::test]
async fn a_restart_does_not_write_again_what_is_there() {
    let house = House::new().await;
    let engine = house.start().await;
    engine.flush_due().await.expect("nothing to write");
    house.hits(&engine, 0, 5_000).await;
    engine.flush_due().await.expect("written");
    engine.stop().await;
    let paid = house.paid();
    let again = house.start().await;
    again.flush_due().await.expect("looked");
    house.clock.advance(20 * MINUTE);
    again.flush_due().await.expect("looked");
    assert_eq!(house.paid(), paid);
    house.hits(&again, 5_000, 1).await;
    again.flush_due().await.expect("looked");
    house.clock.advance(20 * MINUTE);
    again.flush_due().await.expect("written");
    assert_eq!(house.stored_pageviews().await, Some(5_001));
}

#[tokio::test]
async fn a_flushed_day_is_settled_when_it_ends() {
    let house = House::new().await;
    let engine = house.start().await;
    engine.flush_due().await.expect("nothing to write");
    house.hits(&engine, 0, 5_000).await;
    engine.flush_due().await.expect("written");
    house.hits(&engine, 5_000, 7).await;
    let key = house.key();
    house.clock.advance(13 * 60 * MINUTE);
    while engine.stats().settled_days == 0 {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let (_, rollup) = house.store.day(key).await.expect("the store").expect("stored");
    assert_eq!(rollup.people().day.pageviews, 5_007);
    assert_eq!(engine.stats().open_days, 0);
}

#[tokio::test]
async fn a_day_that_another_log_has_more_of_is_left_alone() {
    let house = House::new().await;
    let engine = house.start().await;
    engine.flush_due().await.expect("nothing to write");
    house.hits(&engine, 0, 5_000).await;
    engine.flush_due().await.expect("written");
    let neighbour = house.neighbour();
    let other = neighbour.start().await;
    other.flush_due().await.expect("nothing to write");
    neighbour.hits(&other, 100_000, 3_000).await;
    other.flush_due().await.expect("looked");
    house.clock.advance(20 * MINUTE);
    other.flush_due().await.expect("looked");
    assert_eq!(house.stored_pageviews().await, Some(5_000));
}

/// At every start all days of the last week were folded from the log once more, in case the store had only their flushes: of
/// ten thousand sites, for an hour.
#[tokio::test]
async fn a_start_folds_again_what_is_only_flushed_and_nothing_else() {
    let house = House::new().await;
    let engine = house.start().await;
    engine.flush_due().await.expect("nothing to write");
    house.hits(&engine, 0, 5_000).await;
    let first = house.key();
    house.clock.advance(13 * 60 * MINUTE);
    while engine.stats().settled_days == 0 {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    house.hits(&engine, 5_000, 5_000).await;
    engine.flush_due().await.expect("written");
    let second = house.key();
    assert_ne!(first, second);
    engine.stop().await;
    house.clock.advance(24 * 60 * MINUTE);
    let again = house.start().await;
    assert!(again.stats().unsettled_days <= 1, "the second day, or none any more");
    while again.stats().unsettled_days > 0 {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let unfinished = house.store.unfinished(house.site, 0, first.date..=second.date).await;
    assert_eq!(unfinished, Ok(vec![]), "it was put for good");
}

/// A site was removed while one of its days was on its way to the store: it arrived after everything had been erased, and
/// nobody erased it any more.
#[tokio::test]
async fn a_site_that_is_removed_while_its_day_is_written_leaves_nothing() {
    let house = House::new().await;
    let engine = house.start().await;
    engine.flush_due().await.expect("nothing to write");
    house.hits(&engine, 0, 5_000).await;
    let (on_its_way, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (tell, wait) = (on_its_way.clone(), go_on.clone());
    let held = async move {
        tell.notify_one();
        wait.notified().await;
    };
    *house.store.before_flush.lock().expect("a hook") = Some(Box::pin(held));
    let writing = tokio::spawn({
        let engine = engine.clone();
        async move { engine.flush_due().await }
    });
    on_its_way.notified().await;
    house.store.store.remove_site("shop.example", None).await.expect("removed");
    engine.reload_sites().await.expect("read");
    let erasing = tokio::spawn({
        let (engine, site) = (engine.clone(), house.site);
        async move { engine.forget_site(site).await }
    });
    // One that does not wait for the write is done by then.
    tokio::time::sleep(Duration::from_millis(300)).await;
    go_on.notify_one();
    writing.await.expect("a writer").expect("written");
    erasing.await.expect("a removal").expect("erased");
    assert_eq!(house.store.days().await, Ok(vec![]));
}

/// Another instance wrote a day in the moment in which ours was closing. The store kept theirs, as it should, and ours
/// counted as stored although nothing of it was.
#[tokio::test]
async fn a_closed_day_that_met_another_writer_is_put_again() {
    let house = House::new().await;
    let engine = house.start().await;
    engine.flush_due().await.expect("nothing to write");
    house.hits(&engine, 0, 50).await;
    let (key, store) = (house.key(), house.store.store.clone());
    let theirs = async move {
        let through = Position { epoch: 99, partition: 0, offset: 1 };
        let stamp = DayStamp { revision: 7, logic: LogicId([1; 16]), through, newest_hit: None };
        store.put_day(key, stamp, &Rollup::default()).await.expect("put");
    };
    *house.store.before_close.lock().expect("a hook") = Some(Box::pin(theirs));
    house.clock.advance(13 * 60 * MINUTE);
    let settled = async {
        loop {
            let (stamp, rollup) = house.store.day(key).await.expect("the store").unwrap_or((any_stamp(), Rollup::default()));
            if rollup.people().day.pageviews == 50 && stamp.revision > 7 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), settled).await.expect("our hits are in the store in the end");
}

fn any_stamp() -> DayStamp {
    DayStamp { revision: 0, logic: LogicId([0; 16]), through: Position { epoch: 0, partition: 0, offset: 0 }, newest_hit: None }
}
