//! Law 8 and definition 17: what the tables say is what folding the hits says, and the numbers add up.

mod common;

use common::traffic::{Day, days};
use common::*;
use footfall_domain::*;
use footfall_fold::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// The rows of an answer grouped by one text.
fn by_text(answer: Answer) -> BTreeMap<String, Counts> {
    let text = |key: Vec<GroupValue>| match key.into_iter().next() {
        Some(GroupValue::Text(text)) => text.to_string(),
        other => panic!("not a text: {other:?}"),
    };
    answer.groups.into_iter().map(|(key, counts)| (text(key), counts)).collect()
}

fn by_hour(answer: Answer) -> BTreeMap<HourKey, Counts> {
    let hour = |key: Vec<GroupValue>| match key[..] {
        [GroupValue::Hour(hour)] => hour,
        _ => panic!("not an hour: {key:?}"),
    };
    answer.groups.into_iter().map(|(key, counts)| (hour(key), counts)).collect()
}

/// Whether a visit and each of its hits has exactly one value, so that rows add up to the day.
fn divides_visits(dimension: Dimension) -> bool {
    dimension.of_visit()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn tables_hours_and_day_are_what_the_hits_say(day in days(60, 4)) {
        let shard = folded(&day.hits);
        let rollup = shard.rollup();
        for (people, part) in [(People::Live, &rollup.live), (People::Log, &rollup.log)] {
            let answer = |group_by: Vec<Group>| shard.ask(people, &Question { group_by, ..Question::default() });
            prop_assert_eq!(answer(vec![]).counts(&[]), shard.day(people));
            prop_assert_eq!(part.day, shard.day(people));
            prop_assert_eq!(by_hour(answer(vec![Group::Hour])), shard.hours(people));
            prop_assert_eq!(&part.hours, &shard.hours(people));
            for dimension in Dimension::ALL {
                let table = sorted(shard.table(people, *dimension));
                prop_assert_eq!(&by_text(answer(vec![Group::Dimension(*dimension)])), &table, "{}", dimension.name());
                prop_assert_eq!(part.values(*dimension), &table);
            }
            prop_assert_eq!(shard.last_seen(people, i64::MIN).values().sum::<i64>(), shard.day(people).visitors);
        }
    }

    /// Law: who was there lately is who the hits say (definition 7), under every filter.
    #[test]
    fn who_was_seen_lately_is_who_has_hits_since(day in days(60, 4), ago in 0..9_000_i64) {
        let shard = folded(&day.hits);
        let newest = shard.newest().map_or(0, |at| at.0);
        let slot = newest.div_euclid(10_000) - ago;
        let since = UnixMillis(slot * 10_000);
        for people in [People::Live, People::Log] {
            let all = shard.seen_since(people, None, since);
            prop_assert_eq!(all, shard.last_seen(people, slot).values().sum::<i64>());
            prop_assert_eq!(all, shard.seen_since(people, Some(&Filter::All(vec![])), since));
            for page in ["/a", "/b"] {
                let done = Filter::All(vec![is(Dimension::Page, page), not(is(Dimension::Name, "engagement"))]);
                let asked = Question { filter: Some(done.clone()), range: Some(since..UnixMillis(i64::MAX)), ..Question::default() };
                prop_assert_eq!(shard.seen_since(people, Some(&done), since), shard.ask(people, &asked).counts(&[]).visitors);
                prop_assert!(shard.seen_since(people, Some(&is(Dimension::Page, page)), since) <= all);
            }
        }
    }

    #[test]
    fn rows_add_up(day in days(60, 4)) {
        let shard = folded(&day.hits);
        let whole = shard.day(People::Live);
        let hours = shard.hours(People::Live);
        prop_assert_eq!(Counts { visitors: whole.visitors, ..sum(hours.values()) }, whole);
        for dimension in Dimension::ALL.iter().copied() {
            let table = sorted(shard.table(People::Live, dimension));
            let rows = sum(table.values());
            prop_assert_eq!((rows.pageviews, rows.events), (whole.pageviews, whole.events), "{}", dimension.name());
            prop_assert!(table.values().all(|row| !row.is_zero() && row.visitors <= whole.visitors));
            if divides_visits(dimension) {
                prop_assert_eq!(Counts { visitors: whole.visitors, ..rows }, whole, "{}", dimension.name());
            }
            if dimension == Dimension::Page {
                let engaged = |counts: Counts| (counts.engaged_ms, counts.engaged_pairs, counts.scroll_sum, counts.scroll_pairs);
                prop_assert_eq!(engaged(rows), engaged(whole));
            }
        }
        let dropped: i64 = shard.rollup().live.drops.values().sum();
        let engagement = day.hits.iter().filter(|hit| hit.feed != Feed::Log && hit.kind == Kind::Engagement).count() as i64;
        prop_assert!(whole.events + dropped <= shard.feed_events(People::Live));
        prop_assert!(shard.feed_events(People::Live) - whole.events - dropped <= engagement);
    }

    #[test]
    fn filtered_by_a_value_is_that_values_row(day in days(40, 3)) {
        let shard = folded(&day.hits);
        for dimension in Dimension::ALL.iter().copied() {
            for (value, row) in sorted(shard.table(People::Live, dimension)) {
                prop_assert_eq!(total(&shard, Some(is(dimension, &value))), row, "{} is {}", dimension.name(), value);
                let kept = by_text(ask(&shard, &[Group::Dimension(dimension)], Some(is(dimension, &value))));
                prop_assert_eq!(kept.get(&value), Some(&row));
            }
        }
        for name in ["plan", "nobody has this"] {
            for (value, row) in by_text(ask(&shard, &[Group::Property(name.into())], None)) {
                prop_assert_eq!(total(&shard, Some(property_is(name, &value))), row, "{} is {}", name, value);
            }
        }
    }

    #[test]
    fn a_filter_and_its_complement_share_out_the_hits(day in days(40, 3)) {
        let shard = folded(&day.hits);
        let whole = total(&shard, None);
        for filter in [is(Dimension::Page, "/0"), is(Dimension::Source, "Google"), is(Dimension::ExitPage, "/1"), property_is("plan", "a"),
                       Filter::HasDone(Box::new(is(Dimension::Name, "Signup")))] {
            let both = plus(total(&shard, Some(filter.clone())), total(&shard, Some(not(filter.clone()))));
            prop_assert_eq!((both.pageviews, both.events), (whole.pageviews, whole.events));
            prop_assert!(both.visits >= whole.visits && both.visitors >= whole.visitors);
            let either = Filter::Any(vec![filter.clone(), not(filter.clone())]);
            prop_assert_eq!(total(&shard, Some(either)), whole);
            let neither = Filter::All(vec![filter.clone(), not(filter)]);
            prop_assert_eq!(total(&shard, Some(neither)), Counts::default());
        }
    }

    #[test]
    fn a_filter_means_the_same_in_any_form(day in days(40, 3)) {
        let shard = folded(&day.hits);
        let (a, b) = (is(Dimension::Page, "/0"), is(Dimension::Source, "Google"));
        let groups = [Group::Dimension(Dimension::Name), Group::Hour];
        let direct = ask(&shard, &groups, Some(Filter::All(vec![a.clone(), b.clone()])));
        let nested = ask(&shard, &groups, Some(Filter::All(vec![Filter::All(vec![b.clone()]), Filter::Any(vec![a.clone()])])));
        let de_morgan = ask(&shard, &groups, Some(not(Filter::Any(vec![not(a), not(b)]))));
        prop_assert_eq!(&direct, &nested);
        prop_assert_eq!(direct, de_morgan);
    }

    #[test]
    fn the_order_of_groups_changes_only_the_order_of_keys(day in days(40, 3)) {
        let shard = folded(&day.hits);
        let groups = [Group::Hour, Group::Dimension(Dimension::Page), Group::Property("plan".into()), Group::Dimension(Dimension::EntryPage), Group::Minute];
        let straight = ask(&shard, &groups, None);
        let reversed = ask(&shard, &groups.iter().rev().cloned().collect::<Vec<_>>(), None);
        prop_assert_eq!(straight.groups.len(), reversed.groups.len());
        for (key, counts) in &straight.groups {
            prop_assert_eq!(reversed.counts(&key.iter().rev().cloned().collect::<Vec<_>>()), *counts);
        }
    }

    #[test]
    fn hits_of_two_dimensions_add_up_to_the_rows_of_one(day in days(40, 3)) {
        let shard = folded(&day.hits);
        let both = ask(&shard, &[Group::Dimension(Dimension::Page), Group::Dimension(Dimension::Browser)], None);
        for (page, row) in sorted(shard.table(People::Live, Dimension::Page)) {
            let of_page = sum(both.groups.iter().filter(|(key, _)| key[0] == text(&page)).map(|(_, counts)| counts));
            // A visit has one browser, so only a visitor can be in two rows.
            prop_assert_eq!(Counts { visitors: row.visitors, ..of_page }, row);
        }
    }

    #[test]
    fn answers_of_shards_add_up(day in days(60, 4)) {
        let question = Question {
            group_by: vec![Group::Dimension(Dimension::Page), Group::Hour],
            filter: Some(not(is(Dimension::Source, "Bing"))),
            ..Question::default()
        };
        let whole = folded(&day.hits).ask(People::Live, &question);
        let mut merged = Answer::default();
        for buckets in day.shards() {
            let mut shard = Shard::new();
            shard.apply(&batch(&day.hits), buckets);
            merged.merge(shard.ask(People::Live, &question));
        }
        prop_assert_eq!(whole, merged);
    }

    #[test]
    fn hits_sent_twice_count_once(day in days(40, 3)) {
        let once = folded(&day.hits).rollup();
        let mut twice = folded(&[day.hits.clone(), day.shuffled()].concat()).rollup();
        for (part, before) in [(&mut twice.live, &once.live), (&mut twice.log, &once.log)] {
            prop_assert_eq!(part.events, 2 * before.events);
            let more = part.drops.remove(&DropReason::Duplicate).unwrap_or(0) - before.drops.get(&DropReason::Duplicate).unwrap_or(&0);
            prop_assert_eq!(more, before.events);
            let mut drops = before.drops.clone();
            drops.remove(&DropReason::Duplicate);
            prop_assert_eq!(&part.drops, &drops);
            prop_assert_eq!((part.day, &part.hours, &part.dimensions), (before.day, &before.hours, &before.dimensions));
        }
    }

    #[test]
    fn an_hours_row_is_the_range_of_that_hour(day in days(60, 3)) {
        let shard = folded(&day.hits);
        let hours = shard.hours(People::Live);
        let mut met = 0;
        for hour in day.calendar().hours(day.date()) {
            let question = Question { range: Some(hour.start..hour.end), ..Question::default() };
            let asked = shard.ask(People::Live, &question).counts(&[]);
            prop_assert_eq!(asked, hours.get(&hour.key).copied().unwrap_or_default(), "{:?}", hour);
            met += usize::from(!asked.is_zero());
        }
        prop_assert_eq!(met, hours.len());
    }

    #[test]
    fn parts_of_a_day_share_out_its_hits_and_visits(day in days(60, 3)) {
        let shard = folded(&day.hits);
        let range = day.calendar().day(day.date());
        let length = range.end.since(range.start) as usize;
        let mut edges: Vec<_> = day.cuts.iter().map(|cut| range.start.plus(cut.index(length) as i64)).chain([range.start, range.end]).collect();
        edges.sort_unstable();
        let part = |edge: &[UnixMillis], group_by| {
            shard.ask(People::Live, &Question { group_by, range: Some(edge[0]..edge[1]), filter: Some(not(is(Dimension::Page, "/2"))), takings: false })
        };
        let whole = total(&shard, Some(not(is(Dimension::Page, "/2"))));
        let parts: Vec<_> = edges.windows(2).map(|edge| part(edge, vec![]).counts(&[])).collect();
        prop_assert_eq!(Counts { visitors: whole.visitors, ..sum(&parts) }, whole);
        // Cut or not, a row of an hour or minute inside is the same but where the cut goes through.
        for edge in edges.windows(2) {
            let minutes = part(edge, vec![Group::Minute]);
            prop_assert_eq!(Counts { visitors: 0, ..sum(minutes.groups.values()) }, Counts { visitors: 0, ..part(edge, vec![]).counts(&[]) });
        }
    }
}

#[test]
fn busy_visitors_have_the_same_tables_as_hits_too() {
    let check = |day: Day| {
        let shard = folded_one_by_one(&day.hits);
        for dimension in Dimension::ALL {
            let answer = by_text(ask(&shard, &[Group::Dimension(*dimension)], None));
            prop_assert_eq!(answer, sorted(shard.table(People::Live, *dimension)));
        }
        Ok(())
    };
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(10));
    runner.run(&days(1000, 50), check).unwrap_or_else(|error| panic!("{error}"));
}
