//! Law 2 for the whole engine: whatever order hits arrive in, however they are cut into batches, wherever days close,
//! reports are asked and the process restarts, the numbers are those of folding each day's hits once.

mod common;

use common::Watched;
use footfall_domain::{Clock, Dimension, Entropy, Excluded, ExclusionKind, Hit, LocalDate, ManualClock, Site, SystemEntropy, UnixMillis};
use footfall_enrich::Enricher;
use footfall_eventlog::{EventLog, MemoryLog};
use footfall_fold::{People, Shard};
use footfall_processor::{Engine, EngineParts};
use footfall_query::Source;
use footfall_store::{MemoryStore, Registry, RollupStore};
use footfall_testkit::traffic::{Plan, raw_hits};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Hits of one run, and how often it restarts: every start compiles the lists anew, slowly in a debug build.
const HITS: usize = 2_500;
const RESTARTS: usize = 3;

/// What a site may leave out. Made-up hits match the numbers 1 to 5 of rules, whatever these are about.
const RULES: [(ExclusionKind, &str); 7] = [
    (ExclusionKind::Path, "/*"),
    (ExclusionKind::Path, "*o*"),
    (ExclusionKind::Hostname, "*.*"),
    (ExclusionKind::OnlyHostname, "example.org"),
    (ExclusionKind::Country, "DE"),
    (ExclusionKind::Address, "192.0.2.7"),
    (ExclusionKind::Address, "192.0.2.0/24"),
];

/// The chances of one run; a failure names its seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n.max(1)
    }
}

struct World {
    log: Arc<MemoryLog>,
    store: Arc<MemoryStore>,
    rollups: Arc<dyn RollupStore>,
    clock: Arc<ManualClock>,
    site: Site,
}

impl World {
    /// A world whose store charges for writes or not: where it does, open days are in it too.
    async fn of(plan: &Plan, from: UnixMillis, pays: bool) -> Self {
        let store = Arc::new(MemoryStore::new());
        let id = store.add_site("shop.example", "UTC", from, None).await.expect("a new site").id;
        let site = Site { id, domain: "shop.example".into(), ..plan.site() };
        let site = store.put_site(&site).await.expect("the site");
        let rollups: Arc<dyn RollupStore> = if pays { Watched::paid(store.clone()) } else { store.clone() };
        Self { log: Arc::new(MemoryLog::new()), store, rollups, clock: Arc::new(ManualClock::at(from)), site }
    }

    /// Adds a rule or takes one back, from today on.
    async fn change_rules(&mut self, engine: &Engine, chance: &mut Chance) {
        let today = self.site.calendar().expect("a calendar").moment(self.clock.now()).date;
        let rules = &mut self.site.rules.exclusions;
        let numbers: Vec<u32> = rules.in_force().map(|rule| rule.number).collect();
        if !numbers.is_empty() && chance.below(2) == 0 {
            rules.remove(numbers[chance.below(numbers.len())], today).expect("in force");
        } else {
            let (kind, text) = RULES[chance.below(RULES.len())];
            // Where it is there already, nothing changes.
            rules.add(Excluded::parse(kind, text).expect("a rule"), today).ok();
        }
        self.site = self.store.put_site(&self.site).await.expect("the site");
        engine.reload_sites().await.expect("reloaded");
    }

    async fn start(&self) -> Arc<Engine> {
        let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
        let parts = EngineParts {
            log: self.log.clone(),
            rollups: self.rollups.clone(),
            registry: self.store.clone(),
            clock: self.clock.clone(),
            entropy,
        };
        Engine::start(parts).await.expect("an engine")
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn restarts_late_hits_and_closing_days_change_no_number() {
    let mut refolds = 0;
    for (number, plan) in Plan::all_nasty().into_iter().enumerate() {
        for seed in 0..3 {
            refolds += live_equals_replay(&plan, seed * 100 + number as u64, Kind::default()).await;
        }
    }
    assert!(refolds > 0, "the incremental path met late hits");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn neither_does_writing_days_while_they_are_open() {
    for (number, plan) in Plan::all_nasty().into_iter().enumerate() {
        live_equals_replay(&plan, 300 + number as u64, Kind { pays: true, ..Kind::default() }).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nor_rules_that_come_and_go() {
    for (number, plan) in Plan::all_nasty().into_iter().enumerate() {
        for pays in [false, true] {
            live_equals_replay(&plan, 400 + 2 * number as u64 + u64::from(pays), Kind { pays, rules: true }).await;
        }
    }
}

/// What a run is like.
#[derive(Clone, Copy, Default)]
struct Kind {
    /// Whether writes cost something, so that open days are written too.
    pays: bool,
    /// Whether rules come and go.
    rules: bool,
}

/// Returns how many visitors were folded again.
async fn live_equals_replay(plan: &Plan, seed: u64, Kind { pays, rules }: Kind) -> u64 {
    let mut chance = Chance(seed + 1);
    let mut hits = raw_hits(plan, seed);
    hits.truncate(HITS);
    hits.sort_by_key(|hit| hit.time);
    // Mostly in order, as real hits come; a few much later.
    for _ in 0..hits.len() / 8 {
        let (a, b) = (chance.below(hits.len()), chance.below(hits.len()));
        hits.swap(a, b);
    }
    let mut world = World::of(plan, hits.iter().map(|hit| hit.time).min().expect("hits"), pays).await;
    hits.iter_mut().for_each(|hit| hit.site = world.site.id);
    if rules {
        hits.iter_mut().for_each(|hit| hit.address_rules = vec![1 + chance.below(20) as u32]);
    }
    let mut engine = world.start().await;
    let mut refolds = 0;
    let mut rest = &hits[..];
    let mut restarts = 0;
    while !rest.is_empty() {
        let (batch, after) = rest.split_at((1 + chance.below(60)).min(rest.len()));
        rest = after;
        let newest = batch.iter().map(|hit| hit.time).max().expect("hits");
        world.clock.set(newest.max(world.clock.now()));
        world.log.append(batch.to_vec()).await.expect("the log takes hits");
        match chance.below(6) {
            0 if restarts < RESTARTS => {
                restarts += 1;
                refolds += engine.stats().late_refolds;
                engine.stop().await;
                engine = world.start().await;
            }
            1 => {
                engine.wait_caught_up().await;
                let view = engine.view(world.site.id).await.expect("a view");
                let date = batch[0].date;
                engine.totals(&view, date.plus(-2)..=date).await.expect("totals");
            }
            2 if pays => {
                engine.wait_caught_up().await;
                engine.flush_due().await.expect("written");
            }
            3 if rules => world.change_rules(&engine, &mut chance).await,
            _ => {}
        }
    }
    engine.wait_caught_up().await;
    compare(&engine, &world, &hits, seed).await;
    refolds += engine.stats().late_refolds;
    engine.stop().await;
    let again = world.start().await;
    again.wait_caught_up().await;
    compare(&again, &world, &hits, seed).await;
    again.stop().await;
    refolds
}

/// Every day's totals, hours and tables are those of one fold of the day's hits.
async fn compare(engine: &Arc<Engine>, world: &World, hits: &[Hit], seed: u64) {
    let mut days: BTreeMap<LocalDate, Vec<&Hit>> = BTreeMap::new();
    for hit in hits {
        days.entry(hit.date).or_default().push(hit);
    }
    let enricher = Enricher::new();
    let view = engine.view(world.site.id).await.expect("a view");
    for (date, hits) in days {
        let mut shard = Shard::new();
        shard.apply(&enricher.batch(hits, &world.site), 0..=255);
        let people = if shard.feed_events(People::Live) > 0 { People::Live } else { People::Log };
        let totals = engine.totals(&view, date..=date).await.expect("totals").remove(0);
        assert_eq!(totals.day, shard.day(people), "seed {seed}, {date}");
        assert_eq!(totals.hours.to_vec(), shard.hours(people).into_iter().collect::<Vec<_>>(), "seed {seed}, {date}");
        let drops = engine.drops(world.site.id, date..=date).await.expect("drops").pop().map(|(_, drops)| drops).unwrap_or_default();
        assert_eq!(drops, shard.rollup().all_drops(), "seed {seed}, {date}");
        for dimension in Dimension::ALL {
            let sorted = |mut rows: Vec<_>| {
                rows.sort();
                rows
            };
            let rows = engine.rows(&view, *dimension, date).await.expect("rows");
            let rows = sorted(rows.into_iter().map(|(value, counts)| (value, format!("{counts:?}"))).collect());
            let once = sorted(shard.table(people, *dimension).into_iter().map(|(value, counts)| (value, format!("{counts:?}"))).collect());
            assert_eq!(rows, once, "seed {seed}, {date}, {dimension:?}");
        }
    }
}
