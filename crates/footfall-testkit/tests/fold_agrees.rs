//! The fold counts every site-day as the recount does: totals, hours, every dimension's table, what was dropped, and who is
//! still there.

use footfall_domain::{Counts, Dimension, LocalDate, Rollup, UnixMillis};
use footfall_fold::{People, Shard};
use footfall_testkit::recount::{Recount, Sums};
use footfall_testkit::traffic::{Plan, Traffic};
use serde_json::json;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

const SHARDS: &[RangeInclusive<u8>] = &[0..=0, 1..=127, 128..=254, 255..=255];

#[test]
fn every_day_of_nasty_traffic() {
    for plan in Plan::all_nasty() {
        for seed in 0..4 {
            check(&plan, seed);
        }
    }
}

#[test]
fn every_day_of_ordinary_traffic() {
    check(&Plan::ordinary(), 1);
}

fn check(plan: &Plan, seed: u64) {
    let traffic = Traffic::of(plan, seed);
    let hits = traffic.plain_hits();
    let calendar = plan.calendar();
    let recount = Recount::of(&hits, &calendar);
    for date in traffic.dates() {
        let story = format!("{}, seed {seed}, {date}", plan.name);
        let shards = shards(&traffic, date);
        let rollup = whole(&shards);
        let people = rollup.people();

        let hours: BTreeMap<_, _> =
            people.hours.iter().map(|(key, counts)| (vec![calendar.label(calendar.hour_start(*key))], sums(counts))).collect();
        assert_eq!(recount.sums(date, &[], &json!([])), BTreeMap::from([(vec![], sums(&people.day))]), "the day: {story}");
        assert_eq!(recount.sums(date, &["time:hour"], &json!([])), hours, "by hour: {story}");
        for dimension in Dimension::ALL {
            let table: BTreeMap<_, _> =
                people.values(*dimension).iter().map(|(value, counts)| (vec![value.clone()], sums(counts))).collect();
            assert_eq!(recount.sums(date, &[dimension.name()], &json!([])), table, "by {}: {story}", dimension.name());
        }

        let mut dropped = recount.dropped(date);
        for day in traffic.batches.iter().filter(|day| day.date == date) {
            for (reason, n) in &day.batch.drops {
                *dropped.entry(*reason).or_default() += n;
            }
        }
        assert_eq!(rollup.all_drops(), dropped, "drops: {story}");
        assert_eq!(last_seen(&shards, &rollup), slots(recount.last_seen(date)), "last seen: {story}");
    }
}

/// The day in four shards.
fn shards(traffic: &Traffic, date: LocalDate) -> Vec<Shard> {
    let shard = |buckets: &RangeInclusive<u8>| {
        let mut shard = Shard::new();
        for day in traffic.batches.iter().filter(|day| day.date == date) {
            shard.apply(&day.batch, buckets.clone());
        }
        shard
    };
    SHARDS.iter().map(shard).collect()
}

/// The day as its shards count it together.
fn whole(shards: &[Shard]) -> Rollup {
    let mut whole = Rollup::default();
    shards.iter().for_each(|shard| whole.merge(&shard.rollup()));
    whole
}

/// Visitors by the 10-second slot in which they were last seen, as the shards say together.
fn last_seen(shards: &[Shard], rollup: &Rollup) -> BTreeMap<i64, i64> {
    let people = if rollup.live.events > 0 { People::Live } else { People::Log };
    let mut slots = BTreeMap::new();
    for (slot, visitors) in shards.iter().flat_map(|shard| shard.last_seen(people, i64::MIN)) {
        *slots.entry(slot).or_default() += visitors;
    }
    slots
}

fn slots(last_seen: BTreeMap<u64, UnixMillis>) -> BTreeMap<i64, i64> {
    let mut slots = BTreeMap::new();
    for time in last_seen.into_values() {
        *slots.entry(time.0.div_euclid(10_000)).or_default() += 1;
    }
    slots
}

fn sums(counts: &Counts) -> Sums {
    Sums {
        visitors: counts.visitors,
        visits: counts.visits,
        pageviews: counts.pageviews,
        events: counts.events,
        bounces: counts.bounces,
        duration_ms: counts.duration_ms,
        visit_pageviews: counts.visit_pageviews,
        engaged_ms: counts.engaged_ms,
        engaged_pairs: counts.engaged_pairs,
        scroll_sum: counts.scroll_sum,
        scroll_pairs: counts.scroll_pairs,
    }
}
