//! A writer that dies between any two writes.
//!
//! Law 3: pieces are written first, and one conditional write makes them visible. So whoever reads after a crash sees the
//! day before or the day after, whole; the next writer succeeds; and what was left behind is cleaned away.

use super::proxy::{Act, Proxy};
use super::support::Place;
use aws_sdk_dynamodb::types::AttributeValue;
use footfall_domain::{LocalDate, LogicId, Position, SiteId};
use footfall_store::conformance::{Shape, agrees, made_rollup};
use footfall_store::dynamo::{DynamoStore, Tuning};
use footfall_store::{DayKey, DayStamp, GenerationRow, Put, RollupStore};
use std::sync::atomic::{AtomicUsize, Ordering};

const LARGE: Shape = Shape { rows: 2_500, other_rows: 40, live: true, log: true, machines: 300 };
/// One pack, too large for its row.
const SMALL: Shape = Shape { rows: 60, other_rows: 6, live: true, log: true, machines: 30 };

fn key(date: i32) -> DayKey {
    DayKey { site: SiteId(1), generation: 0, date: LocalDate(date) }
}

fn stamp(revision: u64) -> DayStamp {
    let through = Position { epoch: 1, partition: 0, offset: revision * 10 };
    DayStamp { revision, logic: LogicId([1; 16]), through, newest_hit: None }
}

/// Lets so many writes through, half of the entries of the next if it is a batch, and none after it.
fn dies_after(proxy: &Proxy, writes: usize) {
    let seen = AtomicUsize::new(0);
    proxy.rule(move |call| {
        if !call.writes() {
            return Act::Pass;
        }
        match seen.fetch_add(1, Ordering::SeqCst) {
            n if n < writes => Act::Pass,
            n if n == writes && call.operation == "BatchWriteItem" => Act::Unprocessed(9),
            _ => Act::Drop,
        }
    });
}

async fn dying(place: &Place, proxy: &Proxy) -> DynamoStore {
    let mut options = place.options.clone();
    options.endpoint = Some(proxy.endpoint.clone());
    DynamoStore::open_with(options, Tuning { attempts: 1, ..place.tuning.clone() }).await.expect("opens")
}

/// Names of all pieces in the table, of every table of every site, but notes.
async fn pieces(place: &Place) -> Vec<String> {
    let client = place.raw().await;
    let mut names = Vec::new();
    let mut pages = client.scan().table_name(&place.options.table).projection_expression("pk, sk").into_paginator().items().send();
    while let Some(item) = pages.next().await {
        let item = item.expect("an item");
        let text = |name: &str| match &item[name] {
            AttributeValue::S(text) => text.clone(),
            other => panic!("{other:?}"),
        };
        let (pk, sk) = (text("pk"), text("sk"));
        let is_piece = ["head#", "tail#", "index#"].iter().any(|kind| sk.contains(kind));
        if is_piece || pk == "pending" {
            names.push(format!("{pk}/{sk}"));
        }
    }
    names
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn a_writing_cut_off_anywhere_is_never_seen() {
    // What is written over what, and into how many writes it can be cut at least.
    let writings =
        [(LARGE, LARGE, false, 7), (LARGE, LARGE, true, 7), (SMALL, SMALL, false, 6), (SMALL, SMALL, true, 5), (SMALL, LARGE, false, 7)];
    for (old, new, flush, least) in writings {
        let (place, store) = Place::made().await;
        let proxy = Proxy::before(super::support::endpoint()).await;
        let (before, after) = (made_rollup(1, old), made_rollup(2, new));
        let mut cuts = 0;
        let mut seen_after = false;
        loop {
            let key = key(cuts);
            store.put_day(key, stamp(1), &before).await.expect("put");
            proxy.rule(|_| Act::Pass);
            let writer = dying(&place, &proxy).await;
            dies_after(&proxy, cuts as usize);
            let put = if flush { writer.flush_day(key, stamp(2), &after).await } else { writer.put_day(key, stamp(2), &after).await };
            writer.idle().await;
            let all_passed = proxy.calls.load(Ordering::SeqCst) > 0 && put == Ok(Put::Written) && {
                // The clean-up too: nothing of the old day is left, nor the note.
                let of_day = pieces(&place).await.into_iter().filter(|name| name.contains(&format!("#{}#", key.date)));
                of_day.filter(|name| name.contains("0000000000000001-") || name.starts_with("pending/")).count() == 0
            };
            let shown = store.stamps(key.site, 0, key.date..=key.date).await.expect("stamps")[0].1;
            match shown.revision {
                1 => {
                    assert!(put.is_err(), "cut {cuts}: {put:?}");
                    agrees(&*store, key, stamp(1), &before).await;
                }
                _ => {
                    seen_after = true;
                    agrees(&*store, key, stamp(2), &after).await;
                }
            }
            // Whoever comes next succeeds.
            store.put_day(key, stamp(3), &before).await.expect("put");
            agrees(&*store, key, stamp(3), &before).await;
            if all_passed {
                break;
            }
            cuts += 1;
            assert!(cuts < 60, "it ends");
        }
        assert!(seen_after && cuts >= least, "{cuts} cuts");

        // An hour later nothing is left of all these, but the pieces that the days name.
        store.idle().await;
        place.clock.advance(2 * 3_600_000);
        store.sweep().await.expect("swept");
        let left = pieces(&place).await;
        let old: Vec<_> = left.iter().filter(|name| !name.contains("0000000000000003-") && !name.contains("flush-")).collect();
        assert_eq!(old, Vec::<&String>::new(), "flush {flush}");
        assert_eq!(store.sweep().await, Ok(0));
        for cut in 0..=cuts {
            agrees(&*store, key(cut), stamp(3), &before).await;
        }
    }
}

/// A small day that has closed without another hit moves from its row into a piece; cut off anywhere, it is read from the
/// one or from the other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn a_small_day_that_closes_is_whole_wherever_it_is_cut() {
    let (place, store) = Place::made().await;
    let proxy = Proxy::before(super::support::endpoint()).await;
    let rollup = made_rollup(1, SMALL);
    let close = DayStamp { revision: 2, ..stamp(1) };
    let mut shown = Vec::new();
    for cut in 0..8 {
        let key = key(cut);
        store.flush_day(key, stamp(1), &rollup).await.expect("flushed");
        proxy.rule(|_| Act::Pass);
        let writer = dying(&place, &proxy).await;
        dies_after(&proxy, cut as usize);
        let put = writer.put_day(key, close, &rollup).await;
        writer.idle().await;
        let now = store.stamps(key.site, 0, key.date..=key.date).await.expect("stamps")[0].1;
        agrees(&*store, key, now, &rollup).await;
        assert_eq!(put.is_ok(), now == close, "cut {cut}: {put:?}");
        shown.push(now.revision);
        // A start finds it closed, and does it again.
        let again = DayStamp { revision: now.revision + 1, ..close };
        assert_eq!(store.put_day(key, again, &rollup).await, Ok(if now == close { Put::Older } else { Put::Written }), "cut {cut}");
        agrees(&*store, key, if now == close { close } else { again }, &rollup).await;
    }
    assert_eq!(shown, [1, 1, 1, 1, 2, 2, 2, 2], "the note of the generation, the day's note, the pack, the row");
    store.idle().await;
    place.clock.advance(2 * 3_600_000);
    store.sweep().await.expect("swept");
    let left = pieces(&place).await;
    assert_eq!(left.len(), 8, "each day's own: {left:?}");
    assert!(left.iter().all(|name| name.starts_with("1#pack/0#head#")), "{left:?}");
    for cut in 0..8 {
        assert_eq!(store.day(key(cut)).await.expect("readable").map(|day| day.1), Some(rollup.clone()));
    }
}

/// The pieces of flushes are left to expire: each says when.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn pieces_of_flushes_expire_and_no_others() {
    let (place, store) = Place::made().await;
    store.flush_day(key(1), stamp(1), &made_rollup(1, LARGE)).await.expect("flushed");
    store.put_day(key(2), stamp(1), &made_rollup(2, LARGE)).await.expect("put");
    store.idle().await;
    let client = place.raw().await;
    let mut pages = client.scan().table_name(&place.options.table).into_paginator().items().send();
    let (mut flushed, mut closed) = (0, 0);
    while let Some(item) = pages.next().await {
        let item = item.expect("an item");
        let AttributeValue::S(sk) = &item["sk"] else { panic!("a text") };
        if sk.contains("flush-") {
            flushed += 1;
            assert_eq!(item["ttl"], AttributeValue::N((2_200_000_000_i64 + 7 * 86_400).to_string()), "{sk}");
        } else {
            closed += usize::from(sk.contains("head#"));
            assert!(!item.contains_key("ttl"), "{sk}");
        }
    }
    assert!(flushed > 50 && closed >= 50, "{flushed} {closed}");
}

/// Whether the server has deleted them or not: a flush nobody closed counts as not stored when its time is over.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn a_flush_that_was_never_closed_ends_with_its_pieces() {
    let (place, store) = Place::made().await;
    let (large, small) = (made_rollup(1, LARGE), made_rollup(2, Shape { rows: 3, other_rows: 2, ..LARGE }));
    store.flush_day(key(1), stamp(1), &large).await.expect("flushed");
    store.flush_day(key(2), stamp(1), &small).await.expect("flushed");
    place.clock.advance(7 * 86_400_000 - 1_000);
    agrees(&*store, key(1), stamp(1), &large).await;
    place.clock.advance(1_000);
    let dates = LocalDate(0)..=LocalDate(9);
    assert_eq!(store.stamps(SiteId(1), 0, dates.clone()).await.map(|days| days.len()), Ok(1));
    assert_eq!(store.totals(SiteId(1), 0, dates).await.map(|days| days.len()), Ok(1));
    assert_eq!(store.days().await, Ok(vec![(key(2), stamp(1))]), "a small day has no pieces");
    assert_eq!(store.day(key(1)).await, Ok(None));
    agrees(&*store, key(2), stamp(1), &small).await;
    assert_eq!(store.put_day(key(1), stamp(1), &large).await, Ok(Put::Written));
    agrees(&*store, key(1), stamp(1), &large).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn a_removal_cut_off_anywhere_shows_no_half_of_a_site_and_can_be_finished() {
    let (place, store) = Place::made().await;
    let proxy = Proxy::before(super::support::endpoint()).await;
    let rollup = made_rollup(1, LARGE);
    for cut in 0..6 {
        store.put_day(key(1), stamp(1), &rollup).await.expect("put");
        store.put_day(key(2), stamp(1), &made_rollup(2, SMALL)).await.expect("put");
        store.activate(SiteId(1), 0, GenerationRow::default()).await.expect("activated");
        store.idle().await;
        proxy.rule(|_| Act::Pass);
        let remover = dying(&place, &proxy).await;
        dies_after(&proxy, cut);
        assert!(remover.remove_site_rollups(SiteId(1)).await.is_err(), "cut {cut}");
        match store.day(key(1)).await.expect("readable") {
            Some(whole) => assert_eq!(whole, (stamp(1), rollup.clone()), "cut {cut}"),
            None => assert_eq!(store.days().await, Ok(vec![])),
        }
        store.remove_site_rollups(SiteId(1)).await.expect("removed");
        assert_eq!(pieces(&place).await, Vec::<String>::new());
        assert_eq!(store.generations(SiteId(1)).await, Ok(GenerationRow::default()));
    }
}
