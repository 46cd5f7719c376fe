//! Law 4: readers see one generation, while generations are activated and undone.

use crate::draft;
use crate::house::{House, number};
use crate::script::many_pages;
use footfall_domain::{Clock, Counts, Dimension, Hit, LocalDate, Rollup, Site};
use footfall_enrich::Enricher;
use footfall_eventlog::EventLog;
use footfall_processor::Engine;
use footfall_query::{Context, Query, Source, run};
use footfall_store::GenerationRow;
use footfall_store::conformance::Home;
use footfall_testkit::traffic::{Plan, raw_hits};
use footfall_testkit::when::instant;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

const ACTIVATIONS: u32 = 24;
const READERS: usize = 3;
/// Drafts beside generation 0.
const DRAFTS: u32 = 2;

/// What each generation says of each day.
type Expected = BTreeMap<(u32, LocalDate), Rollup>;

pub async fn is_seen(home: &mut dyn Home) {
    let plan = Plan { people_a_day: 20, ..Plan::ordinary() };
    let days = plan.days[0]..=plan.days[5];
    let mut hits = raw_hits(&plan, 7);
    hits.iter_mut().for_each(|hit| hit.site = number(0));
    hits.retain(|hit| days.contains(&hit.date));
    // One of the days does not fit one item: its pieces may be read through a cache.
    hits.extend(many_pages(&hits, plan.days[2]));
    let house = House::new(home, std::slice::from_ref(&plan), hits[0].time).await;
    house.receive(&hits).await;
    house.clock.set(plan.now);
    let site = house.sites[0].clone();
    house.settle(&site).await;
    let through = house.log.newest().borrow().expect("a position");
    for generation in 1..=DRAFTS {
        draft::put(&*house.store, &site, generation, days.clone(), &hits, through).await;
    }
    let expected = Arc::new(expected(&site, &days, &hits));
    activate_while_others_read(&house, &site, &days, expected).await;
    house.engine.stop().await;
}

fn expected(site: &Site, days: &RangeInclusive<LocalDate>, hits: &[Hit]) -> Expected {
    let enricher = Enricher::new();
    let mut expected = Expected::new();
    for generation in 0..=DRAFTS {
        for date in days.start().0..=days.end().0 {
            let part = if generation == 0 { u64::MAX } else { u64::from(generation) + 1 };
            expected.insert((generation, LocalDate(date)), draft::rollup(&enricher, site, LocalDate(date), hits, part));
        }
    }
    let of_first_day = |generation| expected[&(generation, *days.start())].people().day;
    assert!(of_first_day(0) != of_first_day(1) && of_first_day(1) != of_first_day(2), "generations differ");
    expected
}

async fn activate_while_others_read(house: &House<'_>, site: &Site, days: &RangeInclusive<LocalDate>, expected: Arc<Expected>) {
    let rounds: Arc<[AtomicU64; READERS]> = Arc::default();
    let readers: Vec<_> = (0..READERS)
        .map(|n| {
            let reader = Reader { engine: house.engine.clone(), site: site.clone(), days: days.clone(), expected: expected.clone() };
            let rounds = rounds.clone();
            tokio::spawn(async move { reader.run(&rounds[n]).await })
        })
        .collect();
    for n in 0..ACTIVATIONS {
        match n % 4 {
            3 => draft::undo(&*house.store, site).await,
            of => {
                let run = days.start().plus(i32::try_from(of).expect("small"))..=days.end().plus(-1);
                draft::activate(&*house.store, site, 1 + n % DRAFTS, &run, house.clock.now()).await;
            }
        }
        // Every reader has begun and ended a round since.
        let before: Vec<u64> = rounds.iter().map(|round| round.load(Ordering::SeqCst)).collect();
        while rounds.iter().zip(&before).any(|(round, before)| round.load(Ordering::SeqCst) < before + 2)
            && !readers.iter().any(tokio::task::JoinHandle::is_finished)
        {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
    }
    rounds.iter().for_each(|round| round.store(u64::MAX / 2, Ordering::SeqCst));
    for reader in readers {
        let versions = reader.await.expect("a reader");
        assert!(versions.len() > ACTIVATIONS as usize / 2, "a reader saw {} generation rows", versions.len());
    }
}

/// Somebody who looks at pages.
struct Reader {
    engine: Arc<Engine>,
    site: Site,
    days: RangeInclusive<LocalDate>,
    expected: Arc<Expected>,
}

impl Reader {
    /// Reads until the count of its rounds is set out of reach; returns the versions of the row it saw.
    async fn run(&self, rounds: &AtomicU64) -> BTreeSet<u64> {
        let mut versions = BTreeSet::new();
        while rounds.fetch_add(1, Ordering::SeqCst) < u64::MAX / 4 {
            let view = self.engine.view(self.site.id).await.expect("a view");
            let row = Engine::generations_of(&view).expect("a view of this engine").clone();
            versions.insert(row.version);
            self.read_all(&view, &row).await;
            self.report(&view, &row).await;
            // A store in memory never waits: the others must have their turn.
            tokio::task::yield_now().await;
        }
        versions
    }

    /// Every read with one view is of the generations of that view.
    async fn read_all(&self, view: &footfall_query::View, row: &GenerationRow) {
        let shown = |date: LocalDate| self.expected[&(row.of(date), date)].people();
        for totals in self.engine.totals(view, self.days.clone()).await.expect("totals") {
            assert_eq!(totals.day, shown(totals.date).day, "totals of {} at version {}", totals.date, row.version);
        }
        for head in self.engine.heads(view, Dimension::Page, self.days.clone()).await.expect("heads") {
            let mut table: BTreeMap<String, Counts> = BTreeMap::new();
            for date in head.dates.start().through(*head.dates.end()) {
                for (value, counts) in shown(date).values(Dimension::Page) {
                    *table.entry(value.clone()).or_default() += *counts;
                }
            }
            assert_eq!(head.whole, head.top.len() == table.len(), "head of {:?} at version {}", head.dates, row.version);
            assert!(head.top.iter().all(|(value, counts)| table.get(&**value) == Some(counts)), "head of {:?}", head.dates);
        }
        for date in [*self.days.start(), self.days.end().plus(-1)] {
            let rows = self.engine.rows(view, Dimension::Browser, date).await.expect("rows");
            let rows: BTreeMap<String, Counts> = rows.into_iter().map(|(value, counts)| (value.to_string(), counts)).collect();
            assert_eq!(&rows, shown(date).values(Dimension::Browser), "rows of {date} at version {}", row.version);
        }
    }

    /// A whole report.
    async fn report(&self, view: &footfall_query::View, row: &GenerationRow) {
        let range = [self.days.start().to_string(), self.days.end().to_string()];
        let question = json!({"site_id": "site0.example", "metrics": ["pageviews"], "date_range": range});
        let calendar = self.site.calendar().expect("a zone");
        let context = Context { site: &self.site, calendar: &calendar, now: instant("2026-10-29T15:20:00Z") };
        let query = Query::parse(&question).expect("a query");
        let report = run(&query, &context, view, &*self.engine).await.expect("a report");
        let dates = self.days.start().0..=self.days.end().0;
        let sum: i64 = dates.map(|date| self.expected[&(row.of(LocalDate(date)), LocalDate(date))].people().day.pageviews).sum();
        assert_eq!(report.value(footfall_domain::Metric::Pageviews), Some(sum as f64), "version {}", row.version);
    }
}
