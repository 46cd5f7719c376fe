//! What is kept of closed days between questions is never older than the days: whatever changes one is seen at once.

mod common;
#[path = "common/hits.rs"]
mod hits;
#[path = "common/log.rs"]
mod log;

use common::Watched;
use footfall_domain::{
    Clock, Dimension, Entropy, Hit, LocalDate, LogicId, ManualClock, Metric, Site, SiteCalendar, SystemEntropy, UnixMillis,
};
use footfall_eventlog::EventLog;
use footfall_fold::{Question, Target, TextTest};
use footfall_processor::{Engine, EngineParts};
use footfall_query::{
    By, Context, DateRange, Filter, HitSource, MachineBy, MachineQuery, MachineTable, Op, Query, Report, SiteContext, Source, TimeUnit,
    View, machine_report, run, run_folding,
};
use footfall_store::{Activation, DayKey, GenerationRow, MemoryStore, Registry, RollupStore, Run};
use futures::future::try_join_all;
use hits::page_view;
use log::WatchedLog;
use std::sync::Arc;

const GOOGLEBOT: &str = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";
const NOW: &str = "2026-06-10T12:00:00Z";
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

struct House {
    log: Arc<WatchedLog>,
    store: Arc<Watched>,
    registry: Arc<MemoryStore>,
    clock: Arc<ManualClock>,
    site: Site,
    calendar: SiteCalendar,
    engine: Arc<Engine>,
}

impl House {
    async fn open() -> Self {
        let (log, clock) = (Arc::new(WatchedLog::default()), Arc::new(ManualClock::at(instant(NOW))));
        let registry = Arc::new(MemoryStore::new());
        let store = Watched::free(registry.clone());
        let site = registry.add_site("shop.example", "Europe/Berlin", clock.now(), None).await.expect("a new site");
        let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
        let parts = EngineParts { log: log.clone(), rollups: store.clone(), registry: registry.clone(), clock: clock.clone(), entropy };
        let engine = Engine::start(parts).await.expect("an engine");
        let calendar = site.calendar().expect("a zone");
        Self { log, store, registry, clock, site, calendar, engine }
    }

    /// A page view of a visitor, so many days ago.
    fn hit(&self, number: u64, visitor: u64, days_ago: i64, page: &str) -> Hit {
        let at = self.clock.now().plus(-days_ago * DAY + i64::try_from(number % 3_000).expect("small") * 1000);
        page_view((self.site.id, &self.calendar), number, visitor, at, &format!("https://shop.example{page}"))
    }

    async fn append(&self, hits: Vec<Hit>) {
        self.log.append(hits).await.expect("the log takes hits");
        self.engine.wait_caught_up().await;
    }

    async fn view(&self) -> View {
        self.engine.view(self.site.id).await.expect("a view")
    }

    fn context(&self) -> Context<'_> {
        Context { site: &self.site, calendar: &self.calendar, now: self.clock.now() }
    }

    async fn ask(&self, query: &Query, view: &View) -> Report {
        run(query, &self.context(), view, &*self.engine).await.expect("a report")
    }

    /// Everything a page asks of seven days, in words.
    async fn page(&self, view: &View) -> Vec<String> {
        let mut said = Vec::new();
        for query in self.questions() {
            said.push(words(&self.ask(&query, view).await));
        }
        for by in [MachineBy::Name, MachineBy::Page] {
            let query = MachineQuery::new(MachineTable::of(by), 9);
            let seen = machine_report(&query, self.day(7)..=self.day(0), SiteContext::EMPTY, view, &*self.engine).await.expect("machines");
            said.push(seen.rows.iter().map(|row| format!("{} {}", row.value, row.views)).collect::<Vec<_>>().join(", "));
        }
        said
    }

    /// The same by folding hits alone, but for machines.
    async fn page_of_hits(&self) -> Vec<String> {
        let view = self.view().await;
        let mut said = Vec::new();
        for query in self.questions() {
            said.push(words(&run_folding(&query, &self.context(), &view, &*self.engine).await.expect("a report")));
        }
        said
    }

    /// Totals, a chart, the first pages, one page, and what only hits can answer.
    fn questions(&self) -> [Query; 5] {
        let of = |metrics: &[Metric]| Query::new("shop.example", DateRange::Dates(self.day(7), self.day(0)), metrics.to_vec());
        let page = || By::Value(Dimension::Page);
        let is = |value: &str| Filter::test(Op::Is, page(), [value.to_owned()]);
        [
            of(&[Metric::Visitors, Metric::Pageviews, Metric::BounceRate]),
            of(&[Metric::Visitors]).by(By::Time(TimeUnit::Day)),
            of(&[Metric::Visitors, Metric::Pageviews]).by(page()).page(9, 0),
            of(&[Metric::Visitors, Metric::Events]).only(is("/a")),
            of(&[Metric::Visitors, Metric::Pageviews]).by(page()).only(Filter::Or(vec![is("/a"), is("/b")])),
        ]
    }

    fn day(&self, days_ago: i64) -> LocalDate {
        self.calendar.moment(self.clock.now().plus(-days_ago * DAY)).date
    }

    fn reads(&self) -> usize {
        self.store.reads()
    }
}

fn words(report: &Report) -> String {
    let row = |row: &footfall_query::Row| format!("{:?} {:?}", row.dimensions, row.metrics);
    report.rows.iter().map(row).collect::<Vec<_>>().join("; ")
}

fn instant(text: &str) -> UnixMillis {
    text.parse::<jiff::Timestamp>().expect("a timestamp").into()
}

/// Three days with hits of people and of a machine, and today.
async fn house_with_days() -> House {
    let house = House::open().await;
    let mut hits = Vec::new();
    for days_ago in [0, 1, 2, 5] {
        let first = u64::try_from(days_ago).expect("small") * 100;
        hits.extend((0..9).map(|n| house.hit(first + n, first + n / 2, days_ago, ["/a", "/b", "/c"][n as usize % 3])));
        hits.push(Hit { user_agent: GOOGLEBOT.into(), ..house.hit(first + 50, 0, days_ago, "/a") });
    }
    house.append(hits).await;
    house
}

#[tokio::test]
async fn a_page_that_was_asked_before_reads_no_tables() {
    let house = house_with_days().await;
    let first = house.page(&house.view().await).await;
    assert!(house.reads() > 0);
    assert_eq!(house.page(&house.view().await).await, first);
    assert_eq!(house.reads(), 0);
    assert_eq!(first[..5], house.page_of_hits().await[..]);
}

#[tokio::test]
async fn a_late_hit_is_on_the_next_page() {
    let house = house_with_days().await;
    let before = house.page(&house.view().await).await;
    house.append(vec![house.hit(9_000, 77, 2, "/a"), Hit { user_agent: GOOGLEBOT.into(), ..house.hit(9_001, 0, 2, "/b") }]).await;
    let after = house.page(&house.view().await).await;
    for (at, (before, after)) in before.iter().zip(&after).enumerate() {
        assert_ne!(before, after, "question {at}");
    }
    assert_eq!(after[..5], house.page_of_hits().await[..]);
}

#[tokio::test]
async fn a_hit_of_today_is_on_the_next_page_and_reads_no_table() {
    let house = house_with_days().await;
    let before = house.page(&house.view().await).await;
    house.reads();
    house.append(vec![house.hit(9_000, 77, 0, "/a")]).await;
    let after = house.page(&house.view().await).await;
    assert_eq!(house.reads(), 0);
    for (at, (before, after)) in before.iter().zip(&after).enumerate().take(5) {
        assert_ne!(before, after, "question {at}");
    }
    assert_eq!(after[..5], house.page_of_hits().await[..]);
}

#[tokio::test]
async fn a_day_that_closes_is_on_every_page() {
    let house = house_with_days().await;
    let before = house.page(&house.view().await).await;
    house.clock.advance(13 * HOUR);
    while house.engine.stats().open_days > 0 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    // The range has moved on by a day without hits, and has lost none.
    let after = house.page(&house.view().await).await;
    assert_eq!((&before[0], &before[2..]), (&after[0], &after[2..]));
    assert_eq!(after[..5], house.page_of_hits().await[..]);
}

#[tokio::test]
async fn an_activation_and_its_undo_are_seen_at_once_and_by_no_older_view() {
    let house = house_with_days().await;
    let (old_view, date) = (house.view().await, house.day(2));
    let old = house.page(&old_view).await;
    let key = DayKey { site: house.site.id, generation: 0, date };
    let (stamp, mut rollup) = house.store.day(key).await.expect("the store").expect("the day is stored");
    rollup.live.day.visitors += 1_000;
    rollup.live.dimensions[Dimension::Page.index()].get_mut("/a").expect("a row").visitors += 1_000;
    rollup.live.dimensions[Dimension::Page.index()].get_mut("/a").expect("a row").events += 1_000;
    rollup.machines.values_mut().for_each(|views| *views += 1_000);
    house.store.put_day(DayKey { generation: 1, ..key }, stamp, &rollup).await.expect("put");
    let activate = async |version, runs: Vec<Run>| {
        let how =
            Activation { at: house.clock.now(), who: "ada".into(), why: "a better list".into(), logic: LogicId([1; 16]), before: vec![] };
        let row = GenerationRow { version, runs, history: vec![how] };
        house.store.activate(house.site.id, version, row).await.expect("activated");
    };
    activate(0, vec![Run { from: date, through: date, generation: 1 }]).await;
    let new = house.page(&house.view().await).await;
    for at in [0, 1, 2, 3, 5, 6] {
        assert_ne!(new[at], old[at], "question {at}");
        assert!(new[at].contains("10"), "question {at}: {}", new[at]);
    }
    assert_eq!(house.page(&old_view).await, old, "who began before sees one generation to the end");
    assert_eq!(house.page(&house.view().await).await, new);
    activate(1, Vec::new()).await;
    assert_eq!(house.page(&house.view().await).await, old);
}

/// Heads of a thousand rows are no whole tables here: what they leave out is looked up, or not among the first.
#[tokio::test]
async fn the_first_rows_of_long_tables_are_those_of_the_hits() {
    let house = House::open().await;
    let mut hits = Vec::new();
    for days_ago in [0, 1, 2, 3] {
        for n in 0..2_600_u64 {
            // Page by page fewer readers; the later pages are other ones each day, and one page has one great day.
            let page = match n {
                0..1_100 => (n * n) / 6_000,
                1_100..1_150 if days_ago == 2 => 9_999,
                _ => n + 10_000 * u64::try_from(days_ago).expect("small"),
            };
            let number = u64::try_from(days_ago).expect("small") * 10_000 + n;
            hits.push(house.hit(number, number, days_ago, &format!("/{page}")));
        }
    }
    house.append(hits).await;
    let pages = |rows| {
        Query::new("shop.example", DateRange::Dates(house.day(3), house.day(0)), vec![Metric::Visitors, Metric::Pageviews])
            .by(By::Value(Dimension::Page))
            .page(rows, 0)
    };
    for rows in [1, 9, 40, 120, 600] {
        for query in [pages(rows), pages(rows).order(footfall_query::OrderKey::Metric(Metric::Pageviews), footfall_query::Direction::Desc)]
        {
            let view = house.view().await;
            let expected = run_folding(&query, &house.context(), &view, &*house.engine).await.expect("a report").rows;
            for asked in ["for the first time", "again"] {
                assert_eq!(house.ask(&query, &view).await.rows, expected, "{rows} rows, {asked}");
            }
        }
    }
    house.reads();
    house.ask(&pages(9), &house.view().await).await;
    assert_eq!(house.reads(), 0);
}

/// However many days a range has: what one day's table gives is added up before many others are read.
#[tokio::test]
async fn a_few_days_are_read_at_a_time() {
    let house = House::open().await;
    let mut hits = Vec::new();
    for days_ago in 0..12 {
        let first = u64::try_from(days_ago).expect("small") * 10_000;
        // More pages than a head has, those of another day another half of them: every day must be looked up.
        for n in 0..1_200_u64 {
            let page = n + 600 * (first / 10_000 % 2);
            hits.push(house.hit(first + n, first + n, days_ago, &format!("/{page}")));
        }
        hits.push(Hit { user_agent: GOOGLEBOT.into(), ..house.hit(first + 5_000, 0, days_ago, "/a") });
    }
    house.append(hits).await;
    house
        .ask(&Query::new("shop.example", DateRange::Dates(house.day(11), house.day(0)), vec![Metric::Visitors]), &house.view().await)
        .await;
    house.store.most_at_once();
    let view = house.view().await;
    let first_pages = Query::new("shop.example", DateRange::Dates(house.day(11), house.day(0)), vec![Metric::Visitors])
        .by(By::Value(Dimension::Page))
        .page(9, 0);
    house.ask(&first_pages, &view).await;
    assert!((1..=4).contains(&house.store.most_at_once()));
    let query = MachineQuery::new(MachineTable::of(MachineBy::Name), 9);
    let seen = machine_report(&query, house.day(11)..=house.day(0), SiteContext::EMPTY, &view, &*house.engine).await.expect("machines");
    assert_eq!(seen.views, 12);
    assert!((1..=4).contains(&house.store.most_at_once()));
}

/// A question that no table answers.
fn question(page: &str) -> Question {
    let test = TextTest::Is { values: vec![page.to_owned()], ignore_case: false };
    let filter = footfall_fold::Filter::Test { target: Target::Dimension(Dimension::Page), test };
    Question { filter: Some(filter), ..Question::default() }
}

/// The question is all there is to an answer's name: of a goal its definition, never what it is called.
#[tokio::test]
async fn an_answer_is_the_same_one_until_its_own_day_changes() {
    let house = house_with_days().await;
    let other = house.registry.add_site("other.example", "Europe/Berlin", house.clock.now(), None).await.expect("a new site");
    house.engine.reload_sites().await.expect("readable");
    house.view().await;
    let answer = async |days_ago, page| {
        house.ask(&house.questions()[0], &house.view().await).await;
        let answers = house.engine.answers(house.site.id, house.day(days_ago), vec![question(page)]).await.expect("an answer");
        answers.into_iter().next().expect("one for each question")
    };
    let (first, open) = (answer(2, "/a").await, answer(0, "/a").await);
    assert!(Arc::ptr_eq(&first, &answer(2, "/a").await), "asked again");
    assert!(!Arc::ptr_eq(&first, &answer(2, "/b").await), "another question");
    // Another day, and another site's same day, change and are settled.
    let elsewhere = page_view((other.id, &house.calendar), 1, 1, house.clock.now().plus(-2 * DAY), "https://other.example/a");
    house.append(vec![house.hit(9_000, 77, 1, "/a"), elsewhere]).await;
    assert!(Arc::ptr_eq(&first, &answer(2, "/a").await), "not its own day");
    assert!(Arc::ptr_eq(&open, &answer(0, "/a").await), "the open day had no hit either");
    house.append(vec![house.hit(9_001, 78, 2, "/a"), house.hit(9_002, 78, 0, "/a")]).await;
    let (after, open_after) = (answer(2, "/a").await, answer(0, "/a").await);
    assert_eq!(after.counts(&[]).visitors, first.counts(&[]).visitors + 1);
    assert_eq!(open_after.counts(&[]).visitors, open.counts(&[]).visitors + 1);
}

/// What `docs/performance.md` says of questions that only hits answer.
#[tokio::test]
async fn a_closed_day_is_folded_once_for_all_who_ask() {
    let house = house_with_days().await;
    house.ask(&house.questions()[0], &house.view().await).await;
    house.log.days_read();
    let ask = |days_ago: i64, page: &'static str| house.engine.answers(house.site.id, house.day(days_ago), vec![question(page)]);
    let at_once = try_join_all(["/a", "/b", "/c", "/d"].map(|page| ask(2, page))).await.expect("answers");
    assert_eq!(at_once.len(), 4);
    assert_eq!(house.log.days_read(), 1, "one folds it, the others wait");
    ask(2, "/e").await.expect("an answer");
    ask(2, "/a").await.expect("an answer");
    assert_eq!(house.log.days_read(), 0, "lately folded, or answered before");
    house.log.most_at_once();
    try_join_all([1, 5, 3, 4, 6, 7].map(|days_ago| ask(days_ago, "/a"))).await.expect("answers");
    assert_eq!((house.log.days_read(), house.log.most_at_once()), (6, 2), "two days at a time");
}
