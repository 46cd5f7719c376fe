//! Definitions 5, 9, 10, 16 and 17 as facts: filters, ranges, properties, minutes, and days with odd hours.

mod common;

use common::*;
use footfall_domain::*;
use footfall_fold::*;

fn at(text: &str) -> i64 {
    UnixMillis::from(text.parse::<jiff::Timestamp>().expect("a timestamp")).0
}

/// Hits, visits and pageviews of visits that a filter keeps.
fn kept(hits: &[Told], filter: Filter) -> (i64, i64, i64) {
    let counts = total(&folded(hits), Some(filter));
    (counts.events, counts.visits, counts.visit_pageviews)
}

fn test_of(dimension: Dimension, test: TextTest) -> Filter {
    Filter::Test { target: Target::Dimension(dimension), test }
}

fn has_done(filter: Filter) -> Filter {
    Filter::HasDone(Box::new(filter))
}

#[test]
fn filters_keep_hits_and_whole_visits() {
    use Dimension as D;
    // Visit 1: /a, /b, Signup on /b. Visit 2, from Google: /a.
    let hits = [view("/a", 0), view("/b", 1), custom("Signup", "/b", 2), view("/a", 0).by(2).from("Google")];
    let never = || Filter::Any(vec![]);
    let always = || Filter::All(vec![]);
    let table = [
        ("nothing said", always(), (4, 2, 3)),
        ("none of nothing", never(), (0, 0, 0)),
        ("page is /a", is(D::Page, "/a"), (2, 2, 3)),
        ("page is not /a", not(is(D::Page, "/a")), (2, 1, 2)),
        ("source is Google", is(D::Source, "Google"), (1, 1, 1)),
        ("source is no such", is(D::Source, "Nobody"), (0, 0, 0)),
        ("entry page is /a", is(D::EntryPage, "/a"), (4, 2, 3)),
        ("exit page is /b", is(D::ExitPage, "/b"), (3, 1, 2)),
        ("name is Signup", is(D::Name, "Signup"), (1, 1, 2)),
        ("page is /a and name is Signup: no hit is both", Filter::All(vec![is(D::Page, "/a"), is(D::Name, "Signup")]), (0, 0, 0)),
        ("page is /a or source is Google", Filter::Any(vec![is(D::Page, "/a"), is(D::Source, "Google")]), (2, 2, 3)),
        ("has done Signup", has_done(is(D::Name, "Signup")), (3, 1, 2)),
        ("has not done Signup", not(has_done(is(D::Name, "Signup"))), (1, 1, 1)),
        ("page is /a, by those who have done Signup", Filter::All(vec![is(D::Page, "/a"), has_done(is(D::Name, "Signup"))]), (1, 1, 2)),
        (
            "has done (page is /b and has done Signup)",
            has_done(Filter::All(vec![is(D::Page, "/b"), has_done(is(D::Name, "Signup"))])),
            (3, 1, 2),
        ),
        ("has done (page is not /a)", has_done(not(is(D::Page, "/a"))), (3, 1, 2)),
    ];
    for (story, filter, expected) in table {
        assert_eq!(kept(&hits, filter), expected, "{story}");
    }
}

#[test]
fn tests_of_texts() {
    let hits = [view("/Blog/One", 0), view("/blog/two", 1), view("/straße", 2), view("/", 3)];
    let values = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>();
    let is = |list: &[&str], ignore_case| TextTest::Is { values: values(list), ignore_case };
    let contains = |list: &[&str], ignore_case| TextTest::Contains { values: values(list), ignore_case };
    let matches = |list: &[&str]| TextTest::Matches(list.iter().map(|one| regex::Regex::new(one).expect("an expression")).collect());
    let table = [
        (is(&["/blog/two", "/"], false), 2),
        (is(&["/BLOG/TWO"], false), 0),
        (is(&["/BLOG/TWO", "/STRASSE", "/STRAßE"], true), 2),
        (is(&[], false), 0),
        (contains(&["blog"], false), 1),
        (contains(&["blog"], true), 2),
        (contains(&["BLOG", "SSE", "ßE"], true), 3),
        (contains(&[], true), 0),
        (matches(&["^/blog/"]), 1),
        (matches(&["(?i)^/blog/"]), 2),
        (matches(&["two", "One$"]), 2),
        (matches(&[]), 0),
    ];
    for (test, expected) in table {
        assert_eq!(kept(&hits, test_of(Dimension::Page, test.clone())).0, expected, "{test:?}");
    }
}

#[test]
fn what_is_missing_is_compared_as_its_label() {
    let hits = [view("/a", 0).with("plan", "pro"), view("/b", 1), custom("Signup", "/c", 2).by(2)];
    assert_eq!(kept(&hits, property_is("plan", "(none)")).0, 2);
    assert_eq!(kept(&hits, property_is("nobody sends this", "(none)")).0, 3);
    assert_eq!(kept(&hits, not(property_is("plan", "pro"))).0, 2);
    assert_eq!(kept(&hits, is(Dimension::EntryPage, "(not set)")).0, 1);
}

#[test]
fn a_property_groups_hits_and_counts_visits_by_each_value_they_have() {
    let hits = [view("/a", 0).with("plan", "pro"), view("/b", 1), view("/c", 2).with("plan", "free"), view("/d", 3).with("plan", "pro")];
    let answer = ask(&folded(&hits), &[Group::Property("plan".into())], None);
    for (value, pageviews) in [("pro", 2), ("free", 1), ("(none)", 1)] {
        let row = answer.counts(&[text(value)]);
        assert_eq!((row.visitors, row.visits, row.pageviews, row.visit_pageviews), (1, 1, pageviews, 4), "{value}");
    }
    assert_eq!(answer.groups.len(), 3);
}

#[test]
fn engagement_follows_its_own_page_and_property() {
    let hits = [view("/a", 0).with("plan", "pro"), engagement("/a", 1, 100, 10), engagement("/a", 2, 200, 5).with("plan", "pro")];
    let shard = folded(&hits);
    let by_plan = ask(&shard, &[Group::Property("plan".into())], None);
    let engaged = |value| by_plan.counts(&[text(value)]).engaged_ms;
    assert_eq!((engaged("pro"), engaged("(none)")), (200, 100));
    assert_eq!(total(&shard, Some(property_is("plan", "pro"))).engaged_ms, 200);
    assert_eq!(total(&shard, Some(is(Dimension::Name, "pageview"))).engaged_ms, 0);
    assert_eq!(total(&shard, Some(is(Dimension::Name, "engagement"))).visits, 0);
    assert_eq!(total(&shard, Some(not(is(Dimension::Name, "Signup")))).engaged_ms, 300);
    assert!(!ask(&shard, &[Group::Dimension(Dimension::Name)], None).groups.contains_key(&vec![text("engagement")]));
}

#[test]
fn has_done_looks_at_pageviews_and_custom_events_only() {
    let hits = [view("/a", 0), engagement("/b", 1, 100, 10)];
    assert_eq!(kept(&hits, has_done(is(Dimension::Page, "/b"))), (0, 0, 0));
    assert_eq!(kept(&hits, has_done(is(Dimension::Name, "engagement"))), (0, 0, 0));
}

#[test]
fn a_range_takes_the_hits_in_it_and_the_visits_that_began_in_it_whole() {
    // One visit: 0:50, 1:10, 1:30. Another visitor: 1:20 and 1:45.
    let hits = [
        view("/a", 50 * MINUTE),
        view("/b", 70 * MINUTE),
        view("/c", 90 * MINUTE),
        view("/a", 80 * MINUTE).by(2),
        view("/b", 105 * MINUTE).by(2),
        engagement("/b", 106 * MINUTE, 1000, 10).by(2),
        engagement("/c", 91 * MINUTE, 7000, 90),
    ];
    let shard = folded(&hits);
    let within = |from: i64, to: i64| {
        let range = UnixMillis(MIDNIGHT + from * MINUTE)..UnixMillis(MIDNIGHT + to * MINUTE);
        shard.ask(People::Live, &Question { range: Some(range), ..Question::default() }).counts(&[])
    };
    let second_visit = Counts {
        visits: 1,
        duration_ms: 25 * MINUTE,
        visit_pageviews: 2,
        engaged_ms: 1000,
        engaged_pairs: 1,
        scroll_sum: 10,
        scroll_pairs: 1,
        ..Counts::default()
    };
    let seen = |visitors, pageviews| Counts { visitors, pageviews, events: pageviews, ..Counts::default() };
    assert_eq!(within(60, 120), plus(second_visit, seen(2, 4)), "the first visit began before");
    assert_eq!(within(80, 81), plus(second_visit, seen(1, 1)), "the visit goes on after the range");
    assert_eq!(within(81, 90), seen(0, 0), "its end is not in the range");
    assert_eq!(within(90, 91), seen(1, 1), "its beginning is");
    assert_eq!(within(0, 1440), shard.day(People::Live));
}

#[test]
fn with_a_range_a_visit_has_the_value_of_a_hit_after_the_range() {
    let shard = folded(&[view("/a", 0), view("/b", 10 * MINUTE)]);
    let range = Some(UnixMillis(MIDNIGHT)..UnixMillis(MIDNIGHT + MINUTE));
    let answer = shard.ask(People::Live, &Question { group_by: vec![Group::Dimension(Dimension::Page)], range, ..Question::default() });
    let later = answer.counts(&[text("/b")]);
    assert_eq!((later.visitors, later.pageviews, later.visits), (0, 0, 1));
}

#[test]
fn minutes_are_of_utc_and_visits_fall_into_the_one_they_began_in() {
    let shard = folded(&[view("/a", 59 * SECOND), view("/b", 61 * SECOND)]);
    let answer = ask(&shard, &[Group::Minute, Group::Dimension(Dimension::Page)], None);
    let minute = |n: i64, page| answer.counts(&[GroupValue::Minute(MIDNIGHT / MINUTE + n), text(page)]);
    assert_eq!((minute(0, "/a").pageviews, minute(0, "/a").visits), (1, 1));
    assert_eq!((minute(0, "/b").pageviews, minute(0, "/b").visits), (0, 1), "the visit has the page, and began here");
    assert_eq!((minute(1, "/b").pageviews, minute(1, "/b").visits), (1, 0));
}

#[test]
fn money_is_summed_by_currency_in_the_bucket_of_its_hit() {
    let paid = |amount, currency, at| Told { money: Some((amount, currency)), ..custom("Buy", "/", at) };
    let hits = [
        view("/", 0),
        paid("0.1", "EUR", SECOND),
        paid("0.2", "EUR", 2 * SECOND),
        paid("-500", "JPY", 3 * SECOND),
        paid("7", "EUR", 61 * MINUTE),
    ];
    let shard = folded(&hits);
    let ask = |group_by: &[Group], range| {
        let question = Question { group_by: group_by.to_vec(), range, takings: true, ..Question::default() };
        shard.ask(People::Live, &question).takings
    };
    let eur = |takings: &Takings| takings.of(Currency::parse("EUR").expect("a code"));
    let whole = &ask(&[], None)[&vec![]];
    assert_eq!(eur(whole), Taken { millionths: 7_300_000, times: 3 });
    assert_eq!(whole.currencies().len(), 2);
    let first_hour = UnixMillis(MIDNIGHT)..UnixMillis(MIDNIGHT + HOUR);
    assert_eq!(eur(&ask(&[], Some(first_hour))[&vec![]]), Taken { millionths: 300_000, times: 2 });
    let by_currency = ask(&[Group::Currency], None);
    assert_eq!(by_currency.len(), 2);
    assert_eq!(eur(&by_currency[&vec![text("EUR")]]).times, 3);
    let without = Question { group_by: vec![Group::Currency], ..Question::default() };
    let answer = shard.ask(People::Live, &without);
    assert_eq!((answer.counts(&[text("(none)")]).pageviews, answer.takings.len()), (1, 0), "nobody asked for money");
}

#[test]
fn a_page_is_scrolled_by_all_that_its_visit_says_of_it() {
    let scrolled = |page, at, depth: u8| engagement(page, at, None, depth);
    let hits = [
        view("/a", 0),
        scrolled("/a", SECOND, 30),
        view("/b", 2 * SECOND),
        scrolled("/b", 3 * SECOND, 80),
        scrolled("/a", 4 * SECOND, 75),
        view("/a", 2 * HOUR),
        scrolled("/a", 2 * HOUR + SECOND, 20),
    ];
    let shard = folded(&hits);
    let pageviews =
        |percent| ask(&shard, &[], Some(Filter::All(vec![is(Dimension::Page, "/a"), Filter::Scrolled(percent)]))).counts(&[]).pageviews;
    assert_eq!([0, 20, 21, 75, 76].map(pageviews), [2, 2, 1, 1, 0]);
}

#[test]
fn a_hit_counts_once_for_each_property_it_has() {
    let with = |props: &[(&str, &str)], at| Told {
        props: props.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        ..view("/", at)
    };
    let shard = folded(&[with(&[("a", "1"), ("b", "2"), ("a", "3")], 0), with(&[("b", "4")], SECOND), with(&[], 2 * SECOND)]);
    let answer = ask(&shard, &[Group::PropertyName], None);
    let of = |name| answer.counts(&[text(name)]);
    assert_eq!((of("a").pageviews, of("a").visitors, of("a").visits), (1, 1, 1));
    assert_eq!((of("b").pageviews, of("b").visitors, of("b").visits), (2, 1, 1));
    assert_eq!(answer.groups.len(), 2);
}

/// Hits at the given instants, each an own visitor, at a site of the zone.
fn at_site(zone: &str, instants: &[&str]) -> (SiteCalendar, Shard) {
    let calendar = SiteCalendar::of_zone(zone).expect("a zone");
    let hits = (1..).zip(instants).map(|(visitor, instant)| {
        let time = at(instant);
        let offset_seconds = calendar.moment(UnixMillis(time)).offset_seconds;
        Told { visitor, time, offset_seconds, id: visitor.into(), ..view("/", 0) }
    });
    let shard = folded(&hits.collect::<Vec<_>>());
    (calendar, shard)
}

#[test]
fn odd_hours_are_buckets_of_their_own() {
    type Hours<'a> = &'a [(&'a str, i64)];
    let table: [(&str, &[&str], Hours<'_>); 4] = [
        // Clocks go back half an hour at 2:00: half past one comes twice, in two buckets.
        (
            "Australia/Lord_Howe",
            &["2026-04-04T14:10:00Z", "2026-04-04T14:59:59.999Z", "2026-04-04T15:00:00Z", "2026-04-04T15:29:00Z", "2026-04-04T15:30:00Z"],
            &[("2026-04-05T01:00:00+11:00", 2), ("2026-04-05T01:30:00+10:30", 2), ("2026-04-05T02:00:00+10:30", 1)],
        ),
        (
            "Asia/Kathmandu",
            &["2025-12-31T18:15:00Z", "2025-12-31T19:14:59.999Z", "2025-12-31T19:15:00Z"],
            &[("2026-01-01T00:00:00+05:45", 2), ("2026-01-01T01:00:00+05:45", 1)],
        ),
        (
            "Europe/Berlin",
            &["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z"],
            &[("2026-10-25T02:00:00+02:00", 1), ("2026-10-25T02:00:00+01:00", 1), ("2026-10-25T03:00:00+01:00", 1)],
        ),
        (
            "Europe/Berlin",
            &["2026-03-29T00:59:00Z", "2026-03-29T01:00:00Z"],
            &[("2026-03-29T01:00:00+01:00", 1), ("2026-03-29T03:00:00+02:00", 1)],
        ),
    ];
    for (zone, instants, expected) in table {
        let (calendar, shard) = at_site(zone, instants);
        let label = |hour: HourKey| calendar.label(calendar.hour_start(hour));
        let mut hours: Vec<_> =
            shard.hours(People::Live).into_iter().map(|(hour, counts)| (calendar.hour_start(hour), label(hour), counts.visitors)).collect();
        hours.sort();
        let expected: Vec<_> = expected.iter().map(|(label, visitors)| ((*label).to_owned(), *visitors)).collect();
        assert_eq!(hours.into_iter().map(|(_, label, visitors)| (label, visitors)).collect::<Vec<_>>(), expected, "{zone}");
    }
}
