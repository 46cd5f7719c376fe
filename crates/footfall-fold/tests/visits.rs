//! Definitions 1 to 7, 10 to 12 and 19 as facts.

mod common;

use common::*;
use footfall_domain::*;
use footfall_fold::*;

fn visits(hits: &[Told]) -> i64 {
    day(hits).visits
}

#[test]
fn a_visit_lasts_through_a_gap_of_exactly_thirty_minutes() {
    for (gap, expected) in [(30 * MINUTE - 1, 1), (30 * MINUTE, 1), (30 * MINUTE + 1, 2), (24 * HOUR - 1, 2)] {
        assert_eq!(visits(&[view("/", 0), view("/", gap)]), expected, "a gap of {gap} ms");
    }
}

#[test]
fn any_kind_of_hit_keeps_a_visit_alive() {
    let kinds = [
        view("/", 20 * MINUTE),
        custom("Scroll", "/", 20 * MINUTE),
        Told { interactive: false, ..custom("Scroll", "/", 20 * MINUTE) },
        engagement("/", 20 * MINUTE, 1, None),
    ];
    for middle in kinds {
        assert_eq!(visits(&[view("/", 0), middle.clone(), view("/", 50 * MINUTE)]), 1, "{:?}", middle.kind);
    }
    assert_eq!(visits(&[view("/", 0), view("/", 50 * MINUTE)]), 2);
}

#[test]
fn a_hit_that_does_not_count_keeps_nothing_alive() {
    let again = Told { time: MIDNIGHT + 20 * MINUTE, ..view("/", 0) };
    assert_eq!(visits(&[view("/", 0), again, view("/", 50 * MINUTE)]), 2, "a repeated id");
    let hits = [engagement("/", 0, 1, 1), view("/", 20 * MINUTE), engagement("/", 55 * MINUTE, 1, 1), view("/", 80 * MINUTE)];
    assert_eq!(visits(&hits), 2, "engagement without a visit");
    assert_eq!(drops(&hits), [(DropReason::NoVisit, 2)].into());
}

#[test]
fn a_late_hit_may_join_two_visits() {
    let mut shard = folded(&[view("/a", 0), view("/b", 40 * MINUTE)]);
    assert_eq!(shard.day(People::Live).visits, 2);
    let applied = shard.apply(&batch(&[view("/c", 20 * MINUTE)]), 0..=255);
    assert_eq!(applied, Applied { events: 1, late_refolds: 1 });
    let counts = shard.day(People::Live);
    assert_eq!((counts.visits, counts.duration_ms, counts.bounces), (1, 40 * MINUTE, 0));
}

#[test]
fn a_late_hit_may_give_a_visit_its_source() {
    let mut shard = folded(&[view("/a", 10 * MINUTE)]);
    shard.apply(&batch(&[view("/b", 0).from("Google")]), 0..=255);
    let sources = sorted(shard.table(People::Live, Dimension::Source));
    assert_eq!(sources.keys().collect::<Vec<_>>(), ["Google"]);
}

#[test]
fn late_engagement_that_found_no_visit_counts_once_the_visit_is_there() {
    let mut shard = folded(&[engagement("/", MINUTE, 5000, 80)]);
    assert_eq!(shard.rollup().live.drops, [(DropReason::NoVisit, 1)].into());
    assert_eq!(shard.day(People::Live), Counts::default());
    shard.apply(&batch(&[view("/", 0)]), 0..=255);
    assert_eq!(shard.rollup().live.drops, [].into());
    assert_eq!(shard.day(People::Live).engaged_ms, 5000);
}

#[test]
fn in_one_millisecond_engagement_comes_last() {
    let engaged = Told { id: 1, ..engagement("/", 0, 700, None) };
    assert_eq!(day(&[engaged, Told { id: 2, ..view("/", 0) }]).engaged_ms, 700);
}

#[test]
fn in_one_millisecond_the_lower_id_comes_first() {
    let (second, first) = (Told { id: 9, ..view("/second", 0) }, Told { id: 8, ..view("/first", 0) });
    let hits = [second, first];
    assert!(table(&hits, Dimension::EntryPage).contains_key("/first"));
    assert!(table(&hits, Dimension::ExitPage).contains_key("/second"));
}

#[test]
fn of_a_repeated_id_the_first_in_canonical_order_counts() {
    let (late, early) = (Told { id: 7, ..view("/late", MINUTE) }, Told { id: 7, ..view("/early", 0) });
    for hits in [[late.clone(), early.clone()], [early, late]] {
        assert_eq!(table(&hits, Dimension::Page).keys().collect::<Vec<_>>(), ["/early"]);
        assert_eq!(folded_one_by_one(&hits).rollup(), folded(&hits).rollup());
        assert_eq!(drops(&hits), [(DropReason::Duplicate, 1)].into());
    }
}

/// At most one of them counts, and which must not be a matter of arrival.
#[test]
fn hits_that_agree_in_time_and_id_are_told_apart_by_what_they_say() {
    let plain = || Told { id: 7, ..view("/", 0) };
    let others = [
        ("page", Told { page: "/other".into(), ..plain() }),
        ("hostname", Told { hostname: "other.example".into(), ..plain() }),
        ("kind", Told { kind: Kind::Custom, ..plain() }),
        ("property", plain().with("plan", "pro")),
        ("source", plain().from("Google")),
        ("browser", Told { browser: "Chrome".into(), ..plain() }),
        ("city", Told { city: "Köln".into(), ..plain() }),
        ("screen", Told { screen: "Mobile".into(), ..plain() }),
        ("offset", Told { offset_seconds: 3600, ..plain() }),
    ];
    let by_plan = [Group::Property("plan".into())];
    for (story, other) in others {
        let (one, two) = ([plain(), other.clone()], [other, plain()]);
        for fold in [folded, folded_one_by_one] {
            let (one, two) = (fold(&one), fold(&two));
            assert_eq!(bytes(&one.rollup()), bytes(&two.rollup()), "{story}");
            assert_eq!(ask(&one, &by_plan, None), ask(&two, &by_plan, None), "{story}");
        }
    }
}

#[test]
fn the_same_id_of_another_visitor_is_another_hit() {
    assert_eq!(day(&[Told { visitor: 1, ..view("/", 0) }, Told { visitor: 2, ..view("/", 0) }]).pageviews, 2);
}

#[test]
fn bounces() {
    let silent = |after| Told { interactive: false, ..custom("Scroll", "/", after) };
    let table = [
        ("one pageview", vec![view("/", 0)], 1),
        ("a reload", vec![view("/", 0), view("/", 1)], 0),
        ("an interactive event", vec![view("/", 0), custom("Signup", "/", 1)], 0),
        ("an event that is not interactive", vec![view("/", 0), silent(1)], 1),
        ("engagement", vec![view("/", 0), engagement("/", 1, 60_000, 100)], 1),
        ("no pageview", vec![silent(0)], 0),
        ("no pageview, interactive", vec![custom("Signup", "/", 0)], 0),
        ("an event before its only pageview", vec![silent(0), view("/", 1)], 1),
    ];
    for (story, hits, expected) in table {
        assert_eq!(day(&hits).bounces, expected, "{story}");
        assert_eq!(folded_one_by_one(&hits).day(People::Live).bounces, expected, "{story}, hit by hit");
    }
}

#[test]
fn duration_is_last_minus_first_pageview_or_custom_event() {
    let silent = Told { interactive: false, ..custom("Scroll", "/", 5 * MINUTE) };
    let hits = [view("/", 0), silent, engagement("/", 20 * MINUTE, 1, 1)];
    assert_eq!(day(&hits).duration_ms, 5 * MINUTE);
}

#[test]
fn a_visit_is_counted_where_it_began_and_its_hits_where_they_fell() {
    let hits = [view("/", HOUR - MINUTE), view("/", HOUR + MINUTE), engagement("/", HOUR + 2 * MINUTE, 900, 40)];
    let hours: Vec<_> = folded(&hits).hours(People::Live).into_values().collect();
    let first = Counts {
        visitors: 1,
        visits: 1,
        pageviews: 1,
        events: 1,
        duration_ms: 2 * MINUTE,
        visit_pageviews: 2,
        engaged_ms: 900,
        engaged_pairs: 1,
        scroll_sum: 40,
        scroll_pairs: 1,
        ..Counts::default()
    };
    let second = Counts { visitors: 1, pageviews: 1, events: 1, ..Counts::default() };
    assert_eq!(hours, [first, second]);
}

#[test]
fn entry_and_exit_are_the_first_and_last_pageview() {
    let other_host = Told { hostname: "shop.example.com".into(), ..view("/b", 2) };
    let hits = [custom("Signup", "/form", 0), view("/a", 1), other_host, custom("Signup", "/c", 3)];
    let only = |dimension| table(&hits, dimension).into_keys().collect::<Vec<_>>();
    assert_eq!(only(Dimension::EntryPage), ["/a"]);
    assert_eq!(only(Dimension::ExitPage), ["/b"]);
    assert_eq!(only(Dimension::EntryPageHostname), ["example.com"]);
    assert_eq!(only(Dimension::ExitPageHostname), ["shop.example.com"]);
}

#[test]
fn a_visit_without_a_pageview_has_neither_entry_nor_exit() {
    let hits = [custom("Signup", "/form", 0)];
    for dimension in [Dimension::EntryPage, Dimension::ExitPage, Dimension::EntryPageHostname, Dimension::ExitPageHostname] {
        assert_eq!(table(&hits, dimension).into_keys().collect::<Vec<_>>(), ["(not set)"]);
    }
}

#[test]
fn an_exit_page_moves_with_all_the_visit_counts_for() {
    let hits = [view("/a", 0), view("/b", MINUTE), engagement("/a", 2 * MINUTE, 300, 20), view("/c", 3 * MINUTE)];
    let shard = folded_one_by_one(&hits);
    let exits = sorted(shard.table(People::Live, Dimension::ExitPage));
    assert_eq!(exits.into_iter().collect::<Vec<_>>(), [("/c".to_owned(), shard.day(People::Live))]);
}

#[test]
fn a_visitor_with_two_visits_is_one_visitor_of_each_value() {
    let hits = [view("/a", 0).from("Google"), view("/b", HOUR).from("Bing"), view("/a", 2 * HOUR).from("Google")];
    let sources = table(&hits, Dimension::Source);
    assert_eq!((sources["Google"].visitors, sources["Google"].visits), (1, 2));
    assert_eq!((sources["Bing"].visitors, sources["Bing"].visits), (1, 1));
    assert_eq!(table(&hits, Dimension::Channel)["Organic Search"].visitors, 1);
    assert_eq!((day(&hits).visitors, day(&hits).visits), (1, 3));
}

#[test]
fn a_visit_counts_once_for_every_page_it_has() {
    let hits = [view("/a", 0), view("/b", MINUTE), view("/a", 2 * MINUTE)];
    let pages = table(&hits, Dimension::Page);
    let whole_visit = (1, 2 * MINUTE, 3);
    for (page, pageviews) in [("/a", 2), ("/b", 1)] {
        let row = pages[page];
        assert_eq!((row.visitors, row.pageviews), (1, pageviews), "{page}");
        assert_eq!((row.visits, row.duration_ms, row.visit_pageviews), whole_visit, "{page}");
    }
}

#[test]
fn engaged_time_adds_up_and_scroll_keeps_the_deepest_by_visit_and_page() {
    let hits = [
        view("/a", 0),
        engagement("/a", MINUTE, 1000, 30),
        view("/b", 2 * MINUTE),
        engagement("/b", 3 * MINUTE, None, 10),
        engagement("/a", 4 * MINUTE, 500, 20),
        view("/a", HOUR),
        engagement("/a", HOUR + MINUTE, 0, None),
    ];
    let engaged = |counts: Counts| (counts.engaged_ms, counts.engaged_pairs, counts.scroll_sum, counts.scroll_pairs);
    let pages = table(&hits, Dimension::Page);
    assert_eq!(engaged(pages["/a"]), (1500, 2, 30, 1));
    assert_eq!(engaged(pages["/b"]), (0, 0, 10, 1));
    assert_eq!(engaged(day(&hits)), (1500, 2, 40, 2));
    assert_eq!(engaged(table(&hits, Dimension::Hostname)["example.com"]), (1500, 2, 40, 2));
    assert!(!table(&hits, Dimension::Name).contains_key("engagement"));
}

#[test]
fn a_scroll_depth_of_zero_is_one() {
    let hits = [view("/a", 0), engagement("/a", 1, None, 0), engagement("/a", 2, None, 50), engagement("/a", 3, None, 20)];
    let counts = day(&hits);
    assert_eq!((counts.scroll_pairs, counts.scroll_sum, counts.engaged_pairs), (1, 50, 0));
}

#[test]
fn engagement_with_a_page_the_visit_never_viewed_is_time_on_that_page() {
    let hits = [view("/a", 0), engagement("/b", MINUTE, 800, 60)];
    let row = table(&hits, Dimension::Page)["/b"];
    assert_eq!(row, Counts { engaged_ms: 800, engaged_pairs: 1, scroll_sum: 60, scroll_pairs: 1, ..Counts::default() });
}

#[test]
fn the_same_page_on_two_hosts_is_one_page_of_the_visit_and_one_of_each_host() {
    let shop = |hit: Told| Told { hostname: "shop.example.com".into(), ..hit };
    let hits = [view("/a", 0), engagement("/a", 1, 10, 30), shop(view("/a", 2)), shop(engagement("/a", 3, 20, 50))];
    let engaged = |counts: Counts| (counts.engaged_ms, counts.engaged_pairs, counts.scroll_sum, counts.scroll_pairs);
    let hosts = table(&hits, Dimension::Hostname);
    assert_eq!(engaged(hosts["example.com"]), (10, 1, 30, 1));
    assert_eq!(engaged(hosts["shop.example.com"]), (20, 1, 50, 1));
    assert_eq!(engaged(day(&hits)), (30, 1, 50, 1));
}

#[test]
fn a_visitor_was_last_seen_at_the_last_counted_hit() {
    let hits = [
        view("/", 0),
        engagement("/", 15 * SECOND, 1, 1),
        view("/", 20 * SECOND).by(2),
        engagement("/", HOUR, 1, 1),
        view("/", HOUR).by(3),
    ];
    let shard = folded_one_by_one(&hits);
    let slot = |after: i64| (MIDNIGHT + after) / 10_000;
    assert_eq!(shard.last_seen(People::Live, 0), [(slot(15 * SECOND), 1), (slot(20 * SECOND), 1), (slot(HOUR), 1)].into());
    assert_eq!(shard.last_seen(People::Live, slot(20 * SECOND)).len(), 2);
    assert_eq!(shard.last_seen(People::Log, 0), [].into());
}

#[test]
fn who_was_seen_lately_may_be_asked_for_by_any_filter() {
    let hits = [
        view("/a", 0).from("Google"),
        view("/b", 10 * SECOND),
        engagement("/a", 40 * SECOND, 1, 1),
        view("/a", 20 * SECOND).by(2),
        view("/b", HOUR).by(3),
    ];
    let shard = folded_one_by_one(&hits);
    let seen = |filter: Filter, after: i64| shard.seen_since(People::Live, Some(&filter), UnixMillis(MIDNIGHT + after));
    assert_eq!(seen(is(Dimension::Page, "/a"), 0), 2);
    assert_eq!(seen(is(Dimension::Page, "/a"), 40 * SECOND), 1, "engagement is a hit too");
    assert_eq!(seen(is(Dimension::Page, "/b"), 11 * SECOND), 1, "what was done before does not count");
    assert_eq!(seen(is(Dimension::Source, "Google"), 40 * SECOND), 1, "a visit has its source whenever");
    assert_eq!(seen(is(Dimension::ExitPage, "/b"), 0), 2);
    assert_eq!(seen(not(is(Dimension::Page, "/a")), 41 * SECOND), 1);
}
