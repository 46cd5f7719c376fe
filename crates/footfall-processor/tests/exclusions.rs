//! Rules by which a site leaves hits out: they hold for whole days, from their day on, and can be taken back.

#[path = "common/hits.rs"]
mod hits;
#[path = "common/log.rs"]
mod log;

use footfall_domain::{
    Clock, DropReason, Entropy, Excluded, ExclusionKind, Exclusions, Hit, LocalDate, ManualClock, Site, SiteCalendar, SystemEntropy,
    UnixMillis,
};
use footfall_eventlog::EventLog;
use footfall_processor::{Engine, EngineParts, logic_of};
use footfall_query::Source;
use footfall_store::{MemoryStore, Registry, RollupStore};
use hits::page_view;
use log::WatchedLog;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

const DAY: i64 = 86_400_000;
const HOUR: i64 = DAY / 24;

struct House {
    log: Arc<WatchedLog>,
    store: Arc<MemoryStore>,
    clock: Arc<ManualClock>,
    engine: Arc<Engine>,
    calendar: SiteCalendar,
    next: u64,
}

impl House {
    /// A site in UTC, at ten in the morning.
    async fn new() -> Self {
        let (log, store) = (Arc::new(WatchedLog::default()), Arc::new(MemoryStore::new()));
        let clock =
            Arc::new(ManualClock::at(UnixMillis("2026-11-23T10:00:00Z".parse::<jiff::Timestamp>().expect("a time").as_millisecond())));
        store.add_site("shop.example", "UTC", clock.now(), None).await.expect("a new site");
        let engine = start(&log, &store, &clock).await;
        Self { log, store, clock, engine, calendar: SiteCalendar::of_zone("UTC").expect("a zone"), next: 0 }
    }

    async fn restart(&mut self) {
        self.engine.stop().await;
        self.engine = start(&self.log, &self.store, &self.clock).await;
    }

    async fn site(&self) -> Site {
        self.store.sites().await.expect("sites").remove(0)
    }

    fn today(&self) -> LocalDate {
        self.calendar.moment(self.clock.now()).date
    }

    /// A page view of a visitor of its own.
    async fn view(&mut self, path: &str, change: impl FnOnce(&mut Hit)) {
        self.next += 1;
        let site = self.site().await.id;
        let mut hit = page_view((site, &self.calendar), self.next, self.next, self.clock.now(), &format!("https://shop.example{path}"));
        change(&mut hit);
        self.log.append(vec![hit]).await.expect("kept");
    }

    async fn rule(&self, change: impl FnOnce(&mut Exclusions)) {
        let mut site = self.site().await;
        change(&mut site.rules.exclusions);
        self.store.put_site(&site).await.expect("the site");
        self.engine.reload_sites().await.expect("reloaded");
    }

    /// Pageviews of a day, by rollup and by folding hits, and what was left out.
    async fn numbers(&self, date: LocalDate) -> (i64, BTreeMap<DropReason, i64>) {
        self.engine.wait_caught_up().await;
        let site = self.site().await.id;
        let view = self.engine.view(site).await.expect("a view");
        let totals = self.engine.totals(&view, date..=date).await.expect("totals");
        let pageviews = totals.first().map_or(0, |totals| totals.day.pageviews);
        let drops = self.engine.drops(site, date..=date).await.expect("drops").pop().map(|(_, drops)| drops).unwrap_or_default();
        (pageviews, drops)
    }
}

async fn start(log: &Arc<WatchedLog>, store: &Arc<MemoryStore>, clock: &Arc<ManualClock>) -> Arc<Engine> {
    let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
    let parts = EngineParts { log: log.clone(), rollups: store.clone(), registry: store.clone(), clock: clock.clone(), entropy };
    Engine::start(parts).await.expect("an engine")
}

fn path(pattern: &str) -> Excluded {
    Excluded::parse(ExclusionKind::Path, pattern).expect("a rule")
}

#[tokio::test]
async fn today_is_counted_again_when_a_rule_comes_and_when_it_goes() {
    let mut house = House::new().await;
    let today = house.today();
    for path in ["/", "/admin/users", "/admin/orders"] {
        house.view(path, |_| {}).await;
    }
    assert_eq!(house.numbers(today).await, (3, BTreeMap::new()));
    house
        .rule(|rules| {
            rules.add(path("/admin/*"), today).expect("done");
        })
        .await;
    assert_eq!(house.numbers(today).await, (1, [(DropReason::ExcludedPath, 2)].into()));
    house.view("/admin/late", |_| {}).await;
    assert_eq!(house.numbers(today).await, (1, [(DropReason::ExcludedPath, 3)].into()));
    house.restart().await;
    assert_eq!(house.numbers(today).await, (1, [(DropReason::ExcludedPath, 3)].into()), "a restart changes nothing");
    house
        .rule(|rules| {
            rules.remove(1, today).expect("done");
        })
        .await;
    assert_eq!(house.numbers(today).await, (4, BTreeMap::new()), "the hits were kept");
}

#[tokio::test]
async fn an_address_counts_again_when_its_rule_goes_but_one_before_the_rule_is_not_known() {
    let mut house = House::new().await;
    let today = house.today();
    house.view("/before", |_| {}).await;
    house
        .rule(|rules| {
            rules.add(Excluded::parse(ExclusionKind::Address, "192.0.2.7").expect("a rule"), today).expect("done");
        })
        .await;
    house.view("/mine", |hit| hit.address_rules = vec![1]).await;
    assert_eq!(house.numbers(today).await, (1, [(DropReason::ExcludedAddress, 1)].into()));
    house
        .rule(|rules| {
            rules.remove(1, today).expect("done");
        })
        .await;
    assert_eq!(house.numbers(today).await, (2, BTreeMap::new()));
    house
        .rule(|rules| {
            rules.add(Excluded::parse(ExclusionKind::Address, "192.0.2.7").expect("a rule"), today).expect("done");
        })
        .await;
    assert_eq!(house.numbers(today).await, (2, BTreeMap::new()), "the same address has another number now");
}

#[tokio::test]
async fn past_days_keep_their_numbers_their_rules_and_their_logic() {
    let mut house = House::new().await;
    let first = house.today();
    house.view("/admin/x", |_| {}).await;
    house.view("/", |_| {}).await;
    house.clock.set(house.clock.now().plus(DAY));
    let second = house.today();
    house.view("/admin/x", |_| {}).await;
    house
        .rule(|rules| {
            rules.add(path("/admin/*"), second).expect("done");
        })
        .await;
    assert_eq!(house.numbers(first).await, (2, BTreeMap::new()));
    assert_eq!(house.numbers(second).await, (0, [(DropReason::ExcludedPath, 1)].into()));

    house.clock.set(house.clock.now().plus(DAY));
    let third = house.today();
    house.view("/admin/x", |_| {}).await;
    house
        .rule(|rules| {
            rules.remove(1, third).expect("done");
        })
        .await;
    let expected = [(first, 2, 0), (second, 0, 1), (third, 1, 0)];
    for again in [false, true] {
        for (date, pageviews, left_out) in expected {
            let numbers = house.numbers(date).await;
            assert_eq!((numbers.0, numbers.1.values().sum::<i64>()), (pageviews, left_out), "{date}, after a restart: {again}");
        }
        house.restart().await;
    }
    // A late hit has its whole day counted again, under the rules of that day.
    let site = house.site().await;
    let at = UnixMillis(i64::from(second.0) * DAY + HOUR);
    let late = page_view((site.id, &house.calendar), 900, 900, at, "https://shop.example/late");
    house.log.append(vec![late]).await.expect("kept");
    assert_eq!(house.numbers(second).await, (1, [(DropReason::ExcludedPath, 1)].into()));
    let stamps = house.store.stamps(site.id, 0, first..=second).await.expect("stamps");
    let logics: Vec<_> = stamps.iter().map(|(date, stamp)| (*date, stamp.logic)).collect();
    assert_eq!(logics, [first, second].map(|date| (date, logic_of(&site.rules, date))));
    assert_ne!(logics[0].1, logics[1].1);
}

#[tokio::test]
async fn what_folds_hits_of_a_past_day_agrees_with_its_rollup() {
    let mut house = House::new().await;
    let first = house.today();
    for path in ["/admin/x", "/", "/"] {
        house.view(path, |_| {}).await;
    }
    house
        .rule(|rules| {
            rules.add(path("/admin/*"), first).expect("done");
        })
        .await;
    house.clock.set(house.clock.now().plus(DAY));
    house
        .rule(|rules| {
            rules.remove(1, first.plus(1)).expect("done");
        })
        .await;
    house.engine.wait_caught_up().await;
    let site = house.site().await.id;
    let view = house.engine.view(site).await.expect("a view");
    let rows = house.engine.rows(&view, footfall_domain::Dimension::Page, first).await.expect("rows");
    assert_eq!(rows.len(), 1);
    let day = footfall_query::HitSource::hits(&*house.engine, site, first).await.expect("hits");
    let mut pages = Vec::new();
    day.scan(&mut |shard| pages.extend(shard.table(day.people(), footfall_domain::Dimension::Page)));
    assert_eq!(pages.iter().map(|(page, counts)| (&**page, counts.pageviews)).collect::<Vec<_>>(), [("/", 2)]);
}

#[tokio::test]
async fn a_day_that_closes_right_after_its_rules_changed_is_stored_under_them() {
    let mut house = House::new().await;
    let first = house.today();
    house.view("/admin/x", |_| {}).await;
    house.engine.wait_caught_up().await;
    // The day is over before the follower has looked at the new rules.
    house.clock.set(house.clock.now().plus(DAY));
    house
        .rule(|rules| {
            rules.add(path("/admin/*"), first).expect("done");
        })
        .await;
    assert_eq!(house.numbers(first).await, (0, [(DropReason::ExcludedPath, 1)].into()));
}

#[tokio::test]
async fn erased_days_are_gone_and_stay_away() {
    let mut house = House::new().await;
    let first = house.today();
    for _ in 0..3 {
        house.view("/", |_| {}).await;
        house.clock.set(house.clock.now().plus(DAY));
    }
    let site = house.site().await.id;
    assert_eq!(house.numbers(first).await.0, 1);
    house.engine.totals(&house.engine.view(site).await.expect("a view"), first..=first.plus(2)).await.expect("all are settled");
    assert_eq!(house.engine.forget_days(site, first.plus(1)).await.expect("erased"), 1);
    assert_eq!(house.engine.forget_days(site, first.plus(1)).await.expect("erased"), 0);
    for again in [false, true] {
        assert_eq!(house.numbers(first).await.0, 0, "after a restart: {again}");
        assert_eq!(house.numbers(first.plus(1)).await.0, 1);
        assert_eq!(house.engine.view(site).await.expect("a view").first_date, Some(first.plus(1)));
        house.restart().await;
        house.engine.wait_caught_up().await;
    }
    assert_eq!(house.engine.forget_days(site, first.plus(9)).await.expect("erased"), 2);
    assert_eq!(house.engine.view(site).await.expect("a view").first_date, None);
}

/// A hit that came for a day just before it was erased may be settled meanwhile: other sites wait for no erasing. It goes
/// with the others.
#[tokio::test]
async fn what_is_settled_while_days_are_erased_goes_with_them() {
    let mut house = House::new().await;
    let (first, then, site) = (house.today(), house.clock.now(), house.site().await.id);
    house.view("/", |_| {}).await;
    house.clock.set(then.plus(3 * DAY));
    assert_eq!(house.numbers(first).await.0, 1);
    let late = page_view((site, &house.calendar), 77, 77, then, "https://shop.example/late");
    let settled = Arc::new(AtomicBool::new(false));
    let (log, engine, seen) = (house.log.clone(), house.engine.clone(), settled.clone());
    *house.log.before_erasing.lock().expect("not held") = Some(Box::pin(async move {
        log.append(vec![late]).await.expect("kept");
        engine.wait_caught_up().await;
        let view = engine.view(site).await.expect("a view");
        engine.totals(&view, first..=first).await.expect("totals");
        seen.store(true, Ordering::SeqCst);
    }));
    assert_eq!(house.engine.forget_days(site, first.plus(1)).await.expect("erased"), 2);
    assert!(settled.load(Ordering::SeqCst), "nobody waits for the log");
    for again in [false, true] {
        assert_eq!(house.numbers(first).await.0, 0, "after a restart: {again}");
        house.restart().await;
        house.engine.wait_caught_up().await;
    }
}
