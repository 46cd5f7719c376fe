//! Law 8: every answer is the one folding the hits gives.

mod world;

use footfall_domain::{Dimension, Metric};
use footfall_query::head::Limits;
use footfall_query::{By, Comparison, DateRange, Direction, Filter, Op, OrderKey, Query, TimeUnit};
use proptest::prelude::*;
use std::sync::atomic::Ordering;
use world::{Act, DOMAIN, World, at, date, engaged, event, view};

/// Zones and their odd days: the range of every world goes over one.
const PLACES: [(&str, &str); 4] = [
    ("Europe/Berlin", "2026-10-23T00:00:00Z"),
    ("Australia/Lord_Howe", "2026-04-03T00:00:00Z"),
    ("Asia/Kathmandu", "2026-01-01T00:00:00Z"),
    ("Pacific/Apia", "2011-12-28T00:00:00Z"),
];
const DAYS: i64 = 5;
const PAGES: [&str; 7] = ["/", "/a", "/b", "/c", "/docs", "/docs/x", "/z"];
const SOURCES: [&str; 5] = ["Direct / None", "Google", "Bing", "google", "Example"];
const COUNTRIES: [&str; 4] = ["DE", "US", "(not set)", "T1"];

fn act() -> impl Strategy<Value = (u64, i64, u8, usize, usize, usize)> {
    (0..12_u64, 0..DAYS * 24 * 60, 0..10_u8, 0..PAGES.len(), 0..SOURCES.len(), 0..COUNTRIES.len())
}

fn acts(begin: &str, acts: &[(u64, i64, u8, usize, usize, usize)]) -> Vec<Act> {
    let begin = at(begin);
    let one = |&(who, minute, kind, page, source, country): &(u64, i64, u8, usize, usize, usize)| {
        let time = begin.plus(minute * 60_000 + i64::try_from(who).unwrap_or(0) * 777).timestamp().to_string();
        let page = PAGES[page];
        let act = match kind {
            0 => event(who, &time, page, "Signup").with("plan", if source == 0 { "pro" } else { "free" }),
            1 | 2 => engaged(who, &time, page, 7, 40),
            _ => view(who, &time, page),
        };
        act.from(SOURCES[source]).of(COUNTRIES[country])
    };
    acts.iter().map(one).collect()
}

fn by() -> impl Strategy<Value = By> {
    let value = |dimension| Just(By::Value(dimension));
    prop_oneof![
        value(Dimension::Page),
        value(Dimension::Source),
        value(Dimension::EntryPage),
        value(Dimension::Name),
        value(Dimension::Hostname),
        value(Dimension::Country),
        Just(By::CountryName),
        Just(By::Property("plan".to_owned())),
    ]
}

fn unit() -> impl Strategy<Value = TimeUnit> {
    use TimeUnit as T;
    prop_oneof![Just(T::Auto), Just(T::Hour), Just(T::Day), Just(T::Week), Just(T::Month), Just(T::Minute)]
}

/// Most often what rollups can answer.
fn dimensions() -> impl Strategy<Value = Vec<By>> {
    prop_oneof![
        3 => Just(Vec::new()),
        2 => Just(vec![By::Time(TimeUnit::Hour)]),
        4 => by().prop_map(|by| vec![by]),
        3 => unit().prop_map(|unit| vec![By::Time(unit)]),
        2 => (by(), unit()).prop_map(|(by, unit)| vec![by, By::Time(unit)]),
        1 => Just(vec![By::Value(Dimension::Country), By::CountryName]),
        1 => Just(vec![By::Value(Dimension::Page), By::Value(Dimension::Source)]),
    ]
}

fn filters() -> impl Strategy<Value = Vec<Filter>> {
    let is = |by: By, value: &str| vec![Filter::test(Op::Is, by, [value.to_owned()])];
    let by_value = prop_oneof![
        Just((Dimension::Page, "/docs")),
        Just((Dimension::Source, "Google")),
        Just((Dimension::Name, "Signup")),
        Just((Dimension::Name, "pageview")),
        Just((Dimension::Name, "engagement")),
        Just((Dimension::EntryPage, "/")),
        Just((Dimension::EntryPage, "(not set)")),
        Just((Dimension::Hostname, DOMAIN)),
        Just((Dimension::Country, "nowhere")),
    ];
    prop_oneof![
        5 => Just(Vec::new()),
        6 => by_value.prop_map(move |(dimension, value)| is(By::Value(dimension), value)),
        1 => Just(vec![Filter::HasDone(Box::new(is(By::Value(Dimension::Page), "/a").remove(0)))]),
        1 => Just(vec![Filter::test(Op::IsNot, By::CountryName, ["Germany".to_owned()])]),
    ]
}

fn range(begin: &'static str) -> impl Strategy<Value = DateRange> {
    let first = begin[..10].to_owned();
    prop_oneof![
        4 => (0..DAYS, 0..DAYS).prop_map(move |(from, days)| {
            let from = date(&first).plus(i32::try_from(from).unwrap_or(0) - 1);
            DateRange::Dates(from, from.plus(i32::try_from(days).unwrap_or(0)))
        }),
        1 => (0..DAYS * 24, 0..72_i64).prop_map(move |(from, hours)| {
            let from = at(begin).plus(from * 3_600_000);
            DateRange::Instants(from, from.plus(hours * 3_600_000))
        }),
        // Beginning anywhere, or with an hour.
        2 => (0..DAYS * 24 * 60, 0..4000_i64, any::<bool>()).prop_map(move |(from, minutes, sharp)| {
            let from = at(begin).plus(if sharp { from / 60 * 60 } else { from } * 60_000);
            DateRange::Instants(from, from.plus(minutes * 60_000 + 1))
        }),
        1 => Just(DateRange::Day),
        1 => Just(DateRange::Hours24),
        1 => Just(DateRange::All),
        1 => Just(DateRange::Days(3)),
    ]
}

const METRICS: [Metric; 10] = [
    Metric::Visitors,
    Metric::Visits,
    Metric::Pageviews,
    Metric::ViewsPerVisit,
    Metric::BounceRate,
    Metric::VisitDuration,
    Metric::Events,
    Metric::ScrollDepth,
    Metric::Percentage,
    Metric::TimeOnPage,
];

fn query(begin: &'static str) -> impl Strategy<Value = Query> {
    let comparison = prop_oneof![
        2 => Just(None),
        1 => Just(Some(Comparison::previous_period())),
        1 => Just(Some(Comparison::year_over_year())),
        1 => Just(Some(Comparison::previous_period().matching_day_of_week())),
    ];
    let order = prop_oneof![2 => Just(None), 1 => (0..METRICS.len(), any::<bool>()).prop_map(Some)];
    let asked = (0..METRICS.len(), 1..=METRICS.len());
    (range(begin), dimensions(), filters(), comparison, order, asked, 1..6_u32, 0..3_u32, any::<bool>()).prop_map(
        move |(range, dimensions, filters, comparison, order, (first, count), limit, offset, total)| {
            let mut metrics = METRICS.to_vec();
            metrics.rotate_left(first);
            metrics.truncate(count);
            let mut query = Query::new(DOMAIN, range, metrics).page(limit, offset).compare(comparison);
            query.dimensions = dimensions;
            query.filters = filters;
            query.include.total_rows = total;
            query.include.time_labels = query.dimensions.iter().any(By::is_time);
            if let Some((metric, up)) = order {
                let direction = if up { Direction::Asc } else { Direction::Desc };
                let metric = query.metrics[metric % query.metrics.len()];
                query = query.order(OrderKey::Metric(metric), direction);
            }
            query
        },
    )
}

fn case() -> impl Strategy<Value = (&'static str, Vec<Act>, Query, String, usize)> {
    (0..PLACES.len()).prop_flat_map(|place| {
        let (zone, begin) = PLACES[place];
        let now = (0..(DAYS + 1) * 24 * 60).prop_map(move |minutes| at(begin).plus(minutes * 60_000).timestamp().to_string());
        let hits = prop::collection::vec(act(), 0..120).prop_map(move |hits| acts(begin, &hits));
        (Just(zone), hits, query(begin), now, 1..6_usize)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn rollups_answer_as_hits_do((zone, acts, query, now, head_rows) in case(), head_days in 1..4_usize, limits in limits()) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let world = World::new(zone, &now, &acts).with_heads_of(head_rows).with_heads_added_up(head_days, limits);
        let (report, from_hits) = runtime.block_on(async {
            (world.report(&query).await.expect("a report"), world.report_from_hits(&query).await.expect("a report"))
        });
        prop_assert_eq!(&report.rows, &from_hits.rows);
        prop_assert_eq!(&report.meta, &from_hits.meta);
        prop_assert_eq!(format!("{:?}", report.other), format!("{:?}", from_hits.other));
    }
}

/// Something to look for among rows of these dimensions.
fn search(by: &By, (op, text, minds_case): (Op, &str, bool)) -> Filter {
    Filter::Test { op, by: by.clone(), values: vec![text.to_owned()], case_sensitive: minds_case }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Law: a row that is found has the numbers it has in the whole list, and hits say so too.
    #[test]
    fn found_rows_are_the_same_rows_of_the_whole_list(
        (zone, acts, query, now, head_rows) in case(),
        by in by(),
        looked_for in (
            prop_oneof![Just(Op::Contains), Just(Op::Is), Just(Op::IsNot), Just(Op::Matches)],
            prop_oneof![Just("o"), Just("DE"), Just("/docs"), Just("google"), Just("(not set)")],
            any::<bool>(),
        ),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let world = World::new(zone, &now, &acts).with_heads_of(head_rows);
        let mut query = Query { dimensions: vec![by.clone()], ..query }.page(1_000, 0).with_total_rows();
        query.include.time_labels = false;
        let asked = query.clone().searched(search(&by, looked_for));
        let (all, found, folded) = runtime.block_on(async {
            let all = world.report(&query).await.expect("a report");
            (all, world.report(&asked).await.expect("a report"), world.report_from_hits(&asked).await.expect("a report"))
        });
        let (op, text, minds_case) = looked_for;
        let finds = |value: &str| {
            let (value, wanted) = if minds_case || op == Op::Matches { (value.to_owned(), text.to_owned()) } else { (value.to_lowercase(), text.to_lowercase()) };
            match op {
                Op::Is => value == wanted,
                Op::IsNot => value != wanted,
                // These texts are expressions that match nothing but themselves, but for one whose brackets are a group.
                Op::Matches => value.contains(wanted.trim_matches(['(', ')'])),
                _ => value.contains(&wanted),
            }
        };
        let expected: Vec<_> = all.rows.iter().filter(|row| finds(&row.dimensions[0])).cloned().collect();
        prop_assert_eq!(&found.rows, &expected);
        prop_assert_eq!(found.meta.total_rows, Some(expected.len() as u64));
        prop_assert_eq!(&folded.rows, &expected);
    }
}

/// What each of some visitors reads on a day: pages of many, so that heads are much shorter than tables.
fn readings() -> impl Strategy<Value = Vec<Act>> {
    let reading = (0..15_u64, 23..26, 0..600_u32, 0..25_u32);
    let act = |(who, day, minute, page): (u64, i32, u32, u32)| {
        // Some pages are read by more people than others, but not by many more.
        let page = page * page / 25;
        view(who, &format!("2026-10-{day}T{:02}:{:02}:00Z", 10 + minute / 60, minute % 60), &format!("/{page}"))
    };
    prop::collection::vec(reading.prop_map(act), 20..200)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn the_first_rows_of_heads_are_the_first_rows(
        acts in readings(), head_rows in 1..12_usize, head_days in 1..4_usize, limits in limits(), limit in 1..4_u32, offset in 0..2_u32, metric in 0..4_usize,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let world = World::new("Europe/Berlin", "2026-10-26T12:00:00Z", &acts).with_heads_of(head_rows).with_heads_added_up(head_days, limits);
        let metrics = [Metric::Visitors, Metric::Visits, Metric::Pageviews, Metric::Events];
        let query = Query { metrics: vec![metrics[metric], metrics[(metric + 1) % 4]], ..pages(limit).page(limit, offset) };
        let (report, from_hits) = runtime.block_on(async {
            (world.report(&query).await.expect("a report"), world.report_from_hits(&query).await.expect("a report"))
        });
        prop_assert_eq!(&report.rows, &from_hits.rows);
    }
}

/// How much sums of heads keep: often less than is asked for.
fn limits() -> impl Strategy<Value = Limits> {
    (1..8_usize, 0..12_usize, 1..20_usize).prop_map(|(certain, looked_up, rows)| Limits { certain, looked_up, rows })
}

/// Twelve visitors read page after page for three days; each later page has fewer readers.
fn readers() -> Vec<Act> {
    let mut acts = Vec::new();
    for day in 23..=25 {
        for who in 0..12_u64 {
            for page in 0..=(11 - who) {
                acts.push(view(who, &format!("2026-10-{day}T10:{page:02}:00Z"), &format!("/{page}")));
            }
        }
    }
    acts
}

fn pages(limit: u32) -> Query {
    Query::new(DOMAIN, DateRange::Dates(date("2026-10-23"), date("2026-10-25")), [Metric::Visitors])
        .by(By::Value(Dimension::Page))
        .page(limit, 0)
}

async fn reads_of(world: &World, query: &Query) -> (usize, usize, usize, usize) {
    let before =
        [&world.reads.hits, &world.reads.heads, &world.reads.rows, &world.reads.lookups].map(|reads| reads.load(Ordering::Relaxed));
    world.report(query).await.expect("a report");
    let reads = &world.reads;
    let now = |at: usize| [&reads.hits, &reads.heads, &reads.rows, &reads.lookups][at].load(Ordering::Relaxed) - before[at];
    (now(0), now(1), now(2), now(3))
}

/// The property above would hold too if nothing but hits were ever read.
#[tokio::test]
async fn what_is_read_for_a_question() {
    let world = World::new("Europe/Berlin", "2026-10-26T12:00:00Z", &readers()).with_heads_of(6);
    let whole = |query: Query| Query { dimensions: Vec::new(), ..query };
    // (query, reads of hits, heads, rows, lookups)
    let table = [
        ("totals", whole(pages(1)), (0, 0, 0, 0)),
        ("hours", Query { dimensions: vec![By::Time(TimeUnit::Hour)], ..pages(9) }, (0, 0, 0, 0)),
        ("the first rows, proven by the heads", pages(3), (0, 1, 0, 0)),
        ("more rows than the heads have", pages(9), (0, 1, 3, 0)),
        ("all rows are to be counted", pages(3).with_total_rows(), (0, 0, 3, 0)),
        ("a search", pages(3).searched(search(&By::Value(Dimension::Page), (Op::Contains, "1", true))), (0, 0, 3, 0)),
        ("a value", whole(pages(1)).only_value(By::Value(Dimension::Page), "/3"), (0, 0, 0, 3)),
        ("the rows of another period", pages(3).compare(Some(Comparison::previous_period())), (0, 1, 0, 0)),
        ("two dimensions", pages(3).by(By::Value(Dimension::Source)), (3, 0, 0, 0)),
        ("an order no head knows", pages(3).order(OrderKey::Metric(Metric::Visitors), Direction::Asc), (0, 0, 3, 0)),
    ];
    for (what, query, reads) in table {
        assert_eq!(reads_of(&world, &query).await, reads, "{what}");
    }
}

/// A page that leads one day and is in no other day's head has its other days looked up.
#[tokio::test]
async fn candidates_missing_on_some_day_are_looked_up() {
    let mut acts = readers();
    for who in 100..140_u64 {
        acts.push(view(who, "2026-10-24T12:00:00Z", "/news"));
    }
    acts.push(view(200, "2026-10-25T12:00:00Z", "/news"));
    let world = World::new("Europe/Berlin", "2026-10-26T12:00:00Z", &acts).with_heads_of(6);
    let query = pages(2);
    assert_eq!(reads_of(&world, &query).await, (0, 1, 0, 2));
    let rows = world.report(&query).await.expect("a report").rows;
    let news = (rows[0].dimensions[0].as_str(), rows[0].metrics[0]);
    assert_eq!(news, ("/news", Some(41.0)), "40 on one day, 1 on another");
}

/// A page that is second every day leads them together, though no head of one row shows it.
#[tokio::test]
async fn a_page_in_no_head_may_be_the_first() {
    let mut acts = Vec::new();
    for day in 23..=25 {
        for who in 0..9_u64 {
            let page = if who < 5 { format!("/only-{day}") } else { "/every-day".to_owned() };
            acts.push(view(who, &format!("2026-10-{day}T10:00:00Z"), &page));
        }
    }
    let world = World::new("Europe/Berlin", "2026-10-26T12:00:00Z", &acts).with_heads_of(1);
    let rows = world.report(&pages(1)).await.expect("a report").rows;
    assert_eq!((rows[0].dimensions[0].as_str(), rows[0].metrics[0]), ("/every-day", Some(12.0)));
}

/// What the heads of three days added up are sure of needs no other day; what they are not is looked up on each.
#[tokio::test]
async fn heads_that_were_added_up_prove_the_first_rows() {
    let few = Limits { certain: 3, looked_up: 100, rows: 4 };
    let world = World::new("Europe/Berlin", "2026-10-26T12:00:00Z", &readers()).with_heads_of(6).with_heads_added_up(3, few);
    assert_eq!(reads_of(&world, &pages(3)).await, (0, 1, 0, 0));
    let rows = world.report(&pages(3)).await.expect("a report").rows;
    let rows: Vec<_> = rows.iter().map(|row| (row.dimensions[0].as_str(), row.metrics[0])).collect();
    assert_eq!(rows, [("/0", Some(36.0)), ("/1", Some(33.0)), ("/2", Some(30.0))]);
    assert_eq!(reads_of(&world, &pages(5)).await, (0, 1, 3, 0), "more than were kept");
}
