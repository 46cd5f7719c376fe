//! Law 2: the same rollup, to the byte, for any order of arrival, any batches, any shards.

mod common;

use common::traffic::{Day, days};
use common::*;
use footfall_domain::*;
use footfall_fold::*;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use std::collections::BTreeMap;

/// All that a shard shows, but for the order of rows and the number of late folds.
#[derive(PartialEq, Debug)]
struct Shown {
    rollup: Rollup,
    newest: Option<UnixMillis>,
    days: [Counts; 2],
    seen: [BTreeMap<i64, i64>; 2],
    exits: [BTreeMap<String, Counts>; 2],
}

fn shown(shard: &Shard) -> Shown {
    let both = [People::Live, People::Log];
    Shown {
        rollup: shard.rollup(),
        newest: shard.newest(),
        days: both.map(|people| shard.day(people)),
        seen: both.map(|people| shard.last_seen(people, i64::MIN)),
        exits: both.map(|people| sorted(shard.table(people, Dimension::ExitPage))),
    }
}

fn applied(batches: &[Vec<Told>], buckets: std::ops::RangeInclusive<u8>) -> Shard {
    let mut shard = Shard::new();
    for hits in batches {
        shard.apply(&batch(hits), buckets.clone());
    }
    shard
}

fn merged(day: &Day, batches: &[Vec<Told>]) -> Rollup {
    let mut whole = Rollup::default();
    for buckets in day.shards() {
        whole.merge(&applied(batches, buckets).rollup());
    }
    whole
}

fn check(day: &Day) -> Result<u64, TestCaseError> {
    let whole = folded(&day.hits);
    let shuffled = day.shuffled();
    let batches = day.batches(&shuffled);
    let by_batch = applied(&batches, 0..=255);
    let one_by_one = folded_one_by_one(&shuffled);
    prop_assert_eq!(shown(&whole), shown(&by_batch));
    prop_assert_eq!(shown(&whole), shown(&one_by_one));
    prop_assert_eq!(bytes(&whole.rollup()), bytes(&by_batch.rollup()));
    prop_assert_eq!(bytes(&whole.rollup()), bytes(&merged(day, &batches)));
    Ok(by_batch.late_refolds() + one_by_one.late_refolds())
}

/// Runs the check on many days and returns how often a late event made the fold begin again.
fn late_refolds_of_checked_days(cases: u32, hits: usize, pages: usize) -> u64 {
    let late = std::cell::Cell::new(0);
    let mut runner = TestRunner::new(Config { cases, ..Config::default() });
    let result = runner.run(&days(hits, pages), |day| {
        late.set(late.get() + check(&day)?);
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    late.get()
}

#[test]
fn arrival_batches_and_shards_change_no_byte() {
    let late = late_refolds_of_checked_days(400, 40, 3);
    assert!(late > 400, "the incremental path must have met late events, not {late}");
}

/// Visitors with so many hits and pages that their walks are kept, and telling the tables waits.
#[test]
fn arrival_changes_nothing_for_busy_visitors_either() {
    assert!(late_refolds_of_checked_days(12, 1200, 60) > 0);
}

/// Time order, one batch a hit: what a quiet server does all day. Nothing is late.
#[test]
fn hits_in_order_are_never_folded_again() {
    let mut runner = TestRunner::new(Config { cases: 100, ..Config::default() });
    let result = runner.run(&days(60, 3), |day| {
        let mut hits = day.hits;
        hits.sort_by_key(|hit| (hit.time, hit.kind == Kind::Engagement, hit.id));
        hits.dedup_by_key(|hit| hit.id);
        let shard = folded_one_by_one(&hits);
        prop_assert_eq!(shard.late_refolds(), 0);
        prop_assert_eq!(bytes(&shard.rollup()), bytes(&folded(&hits).rollup()));
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

#[test]
fn a_wide_visit_counts_at_every_moment_though_telling_the_tables_waits() {
    let hits: Vec<_> = (0..400).map(|n| view(&format!("/{n}"), n * SECOND)).collect();
    let mut shard = Shard::new();
    for (n, hit) in hits.iter().enumerate() {
        shard.apply(&batch(std::slice::from_ref(hit)), 0..=255);
        let so_far = folded(&hits[..=n]);
        assert_eq!(shown(&shard), shown(&so_far), "after {n} hits");
        assert_eq!(sorted(shard.table(People::Live, Dimension::ExitPage)).len(), 1);
    }
}

/// The fold keeps more about a busy visitor than about others, and must know the ids from before it began to.
#[test]
fn a_busy_visitor_repeats_an_id_from_the_time_before() {
    let mut hits: Vec<_> = (0..100).map(|n| view("/", n * SECOND)).collect();
    hits.push(Told { id: hits[0].id, ..view("/again", 200 * SECOND) });
    hits.push(Told { id: hits[99].id, ..view("/again", 201 * SECOND) });
    let shard = folded_one_by_one(&hits);
    assert_eq!(shard.late_refolds(), 0);
    assert_eq!(shard.rollup().live.drops, [(DropReason::Duplicate, 2)].into());
    assert_eq!(shown(&shard), shown(&folded(&hits)));
}

#[test]
fn drops_and_machines_of_a_batch_belong_to_the_shard_with_bucket_0() {
    let mut batch = batch(&[view("/", 0)]);
    batch.drops.insert(DropReason::Bot, 2);
    batch.drops.insert(DropReason::Duplicate, 0);
    batch.machines.insert((Machine { class: MachineClass::Search, name: "Googlebot".into() }, "/".into()), 2);
    let shards = [0..=0, 1..=255].map(|buckets| {
        let mut shard = Shard::new();
        shard.apply(&batch, buckets.clone());
        shard.apply(&batch, buckets);
        shard.rollup()
    });
    assert_eq!(shards[0].drops, [(DropReason::Bot, 4)].into());
    assert_eq!(shards[0].machines.values().sum::<i64>(), 4);
    assert!(shards[1].drops.is_empty() && shards[1].machines.is_empty());
}

#[test]
fn live_and_log_are_folded_apart() {
    let hits = [view("/a", 0), Told { feed: Feed::Log, ..view("/b", MINUTE) }, Told { feed: Feed::Server, ..view("/c", 2 * MINUTE) }];
    let shard = folded(&hits);
    assert_eq!((shard.feed_events(People::Live), shard.feed_events(People::Log)), (2, 1));
    assert_eq!((shard.day(People::Live).visits, shard.day(People::Log).visits), (1, 1));
    assert_eq!(shard.rollup().people().day.pageviews, 2);
    assert_eq!(shard.rollup().all_drops(), [(DropReason::OtherFeed, 1)].into());
}

#[test]
fn a_day_without_hits_is_the_identity_of_merging() {
    assert_eq!(Shard::new().rollup(), Rollup::default());
    assert_eq!(Shard::new().newest(), None);
}
