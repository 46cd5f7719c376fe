//! Two at once on one table, each between two writes of the other.

use super::proxy::{Act, Proxy};
use super::support::{Place, endpoint};
use footfall_domain::{DropReason, LocalDate, LogicId, Position, SiteId, UnixMillis};
use footfall_store::conformance::{Shape, agrees, made_rollup};
use footfall_store::dynamo::{Created, DynamoOptions, DynamoStore, Tuning};
use footfall_store::{DayKey, DayStamp, Put, Registry, RollupStore, SecretUse, StoreError};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::Notify;

const LARGE: Shape = Shape { rows: 2_500, other_rows: 40, live: true, log: true, machines: 300 };
const KEY: DayKey = DayKey { site: SiteId(1), generation: 0, date: LocalDate(20_000) };
const HOUR_MS: i64 = 3_600_000;

fn stamp(revision: u64) -> DayStamp {
    let through = Position { epoch: 1, partition: 0, offset: revision * 10 };
    DayStamp { revision, logic: LogicId([1; 16]), through, newest_hit: None }
}

/// Another store on the same table, behind a proxy; `attempts` of one call.
async fn another(place: &Place, attempts: u32) -> (Proxy, Arc<DynamoStore>) {
    let proxy = Proxy::before(endpoint()).await;
    let options = DynamoOptions { endpoint: Some(proxy.endpoint.clone()), ..place.options.clone() };
    let tuning = Tuning { attempts, ..place.tuning.clone() };
    let store = DynamoStore::open_with(options, tuning).await.expect("opens");
    (proxy, Arc::new(store))
}

/// Holds the first call of a name until it is told to pass.
fn hold(proxy: &Proxy, operation: &'static str) -> Arc<Notify> {
    let (until, held) = (Arc::new(Notify::new()), AtomicUsize::new(0));
    let passes = until.clone();
    proxy.rule(move |call| {
        let first = call.operation == operation && held.fetch_add(1, Ordering::SeqCst) == 0;
        if first { Act::Hold(until.clone()) } else { Act::Pass }
    });
    passes
}

/// A writer died before the row. Two hours later the day is folded again after a restart, to the same bytes, while another
/// instance sweeps up what the dead one left: it read the old note before the new writing began, and deleted the pieces
/// after their row was there. The closed day was lost to every reader.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn a_day_written_again_keeps_its_pieces_while_the_first_try_is_swept_up() {
    let (place, store) = Place::made().await;
    let rollup = made_rollup(1, LARGE);
    let (proxy, dying) = another(&place, 1).await;
    proxy.rule(|call| {
        let is_row = call.operation == "PutItem" && call.body["Item"]["pk"]["S"] == "1#days";
        if is_row { Act::Drop } else { Act::Pass }
    });
    dying.put_day(KEY, stamp(2), &rollup).await.expect_err("cut off before the row");
    place.clock.advance(2 * HOUR_MS);

    let (proxy, sweeper) = another(&place, 6).await;
    let go_on = hold(&proxy, "BatchWriteItem");
    let sweeping = tokio::spawn(async move { sweeper.sweep().await });
    proxy.has_come("BatchWriteItem").await;
    assert_eq!(store.put_day(KEY, stamp(2), &rollup).await, Ok(Put::Written));
    go_on.notify_one();
    assert_eq!(sweeping.await.expect("a sweep"), Ok(1));
    store.idle().await;
    agrees(&*store, KEY, stamp(2), &rollup).await;
}

/// The machine slept for an hour between the pieces and the row: by then another instance may have taken the writing for
/// one that was cut off. A clock that only counts waking time does not notice.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn a_writer_that_slept_does_not_show_pieces_that_may_be_gone() {
    let (place, store) = Place::made().await;
    let (proxy, sleeper) = another(&place, 6).await;
    let wake = hold(&proxy, "BatchWriteItem");
    let writing = tokio::spawn(async move { sleeper.put_day(KEY, stamp(2), &made_rollup(1, LARGE)).await });
    proxy.has_come("BatchWriteItem").await;
    place.clock.advance(HOUR_MS);
    wake.notify_one();
    assert!(matches!(writing.await.expect("a writer"), Err(StoreError::Unavailable(_))));
    assert_eq!(store.day(KEY).await, Ok(None));
}

/// A writer met another one between its note and its row, replaced what that had written, and died before it deleted it:
/// nobody knew of those pieces any more.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn pieces_of_a_writing_met_on_the_way_are_swept_up_too() {
    let (place, store) = Place::made().await;
    let (proxy, slow) = another(&place, 1).await;
    let (until, rows, deletes) = (Arc::new(Notify::new()), AtomicUsize::new(0), AtomicUsize::new(0));
    let go_on = until.clone();
    proxy.rule(move |call| {
        let is_row = call.operation == "PutItem" && call.body["Item"]["pk"]["S"] == "1#days";
        let deletes_pieces = call.body.to_string().contains("DeleteRequest");
        if is_row && rows.fetch_add(1, Ordering::SeqCst) == 0 {
            return Act::Hold(until.clone());
        }
        if deletes_pieces && deletes.fetch_add(1, Ordering::SeqCst) == 0 { Act::Drop } else { Act::Pass }
    });
    let writer = slow.clone();
    let writing = tokio::spawn(async move { writer.put_day(KEY, stamp(3), &made_rollup(3, LARGE)).await });
    while !proxy.calls().ends_with(&["PutItem".to_owned()]) || proxy.calls().iter().all(|name| name != "BatchWriteItem") {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    assert_eq!(store.put_day(KEY, stamp(2), &made_rollup(2, LARGE)).await, Ok(Put::Written));
    store.idle().await;
    go_on.notify_one();
    assert_eq!(writing.await.expect("a writer"), Ok(Put::Written));
    slow.idle().await;
    let of_second = async || names_with(&place, "#0000000000000002-").await;
    assert!(of_second().await > 0, "the deletion was cut off");
    place.clock.advance(2 * HOUR_MS);
    store.sweep().await.expect("swept");
    assert_eq!(of_second().await, 0);
    agrees(&*store, KEY, stamp(3), &made_rollup(3, LARGE)).await;
}

/// How many sort keys hold a text.
async fn names_with(place: &Place, text: &str) -> usize {
    let client = place.raw().await;
    let mut pages = client.scan().table_name(&place.options.table).projection_expression("sk").into_paginator().items().send();
    let mut found = 0;
    while let Some(item) = pages.next().await {
        let item = item.expect("an item");
        found += usize::from(item["sk"].as_s().expect("a text").contains(text));
    }
    found
}

/// A secret was in the table for a moment without the use it was made for: whoever looked for secrets to destroy in that
/// moment took it for one of an import that nobody used, and destroyed the key of today's visitors.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn a_secret_is_never_there_without_its_use() {
    let (place, store) = Place::made().await;
    let uses = [SecretUse::Live, SecretUse::Import { at: UnixMillis(2_200_000_000_000) }];
    for (n, usage) in uses.into_iter().enumerate() {
        let (proxy, slow) = another(&place, 1).await;
        let writes = AtomicUsize::new(0);
        proxy.rule(move |call| if call.writes() && writes.fetch_add(1, Ordering::SeqCst) > 0 { Act::Drop } else { Act::Pass });
        let date = LocalDate(20_000 + n as i32);
        // Cut off after the first write, if there is a second.
        let _ = slow.secret(date, [1; 32], usage).await;
        let rows = store.secrets().await.expect("secrets");
        let row = rows.iter().find(|row| row.date == date).expect("the secret");
        assert!(row.live || row.last_import_use.is_some(), "{row:?}");
        assert_eq!(row.live, usage == SecretUse::Live);
    }
}

/// The first attempt took so long that a second met it at work: DynamoDB says so, and does it only once. It was given up
/// as throttled, and what it had added was added again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn a_transaction_that_is_still_at_work_is_waited_for() {
    let (place, store) = Place::made().await;
    let (proxy, slow) = another(&place, 2).await;
    let seen = AtomicUsize::new(0);
    let at_work = json!({
        "__type": "com.amazonaws.dynamodb.v20120810#TransactionInProgressException",
        "Message": "The transaction with the given request token is already in progress.",
    });
    proxy.rule(move |call| {
        let again = call.operation == "TransactWriteItems" && seen.fetch_add(1, Ordering::SeqCst) < 4;
        if again { Act::AnswerOtherwise(400, at_work.clone()) } else { Act::Pass }
    });
    slow.add_refusals(&[(None, KEY.date, DropReason::Invalid, 5)]).await.expect("in the end");
    assert_eq!(store.refusals(None, KEY.date..=KEY.date).await, Ok(vec![(KEY.date, DropReason::Invalid, 5)]), "once");
}

/// A table that was just made may not be known yet to who describes it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn a_table_just_made_may_not_be_described_yet() {
    let place = Place::new();
    let proxy = Proxy::before(endpoint()).await;
    let options = DynamoOptions { endpoint: Some(proxy.endpoint.clone()), ..place.options.clone() };
    let described = AtomicUsize::new(0);
    proxy.rule(move |call| {
        let early = call.operation == "DescribeTable" && described.fetch_add(1, Ordering::SeqCst) < 3;
        if early { Act::Refuse(400, "ResourceNotFoundException", "Requested resource not found") } else { Act::Pass }
    });
    assert_eq!(DynamoStore::create_table_with(&options, &place.tuning).await, Ok(Created::Made));
}

/// The counts of every site ever removed were looked for every hour, for ever: a thousand of them were more than a million
/// reads a month.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn counts_of_sites_long_gone_are_not_looked_for_for_ever() {
    let (_place, store) = Place::made().await;
    let now = UnixMillis(2_200_000_000_000);
    for domain in ["a.example", "b.example", "c.example"] {
        let id = store.add_site(domain, "UTC", now, None).await.expect("added").id;
        store.remove_site(domain, None).await.expect("removed");
        // A hit that was on its way.
        store.add_refusals(&[(Some(id), KEY.date, DropReason::Invalid, 1)]).await.expect("added");
    }
    assert_eq!(store.forget_counts_of_removed_sites().await, Ok(3));
    assert_eq!(store.forget_counts_of_removed_sites().await, Ok(0));
    let before = store.stats().requests;
    assert_eq!(store.forget_counts_of_removed_sites().await, Ok(0));
    assert_eq!(store.stats().requests - before, 1, "the list of removed sites");
}
