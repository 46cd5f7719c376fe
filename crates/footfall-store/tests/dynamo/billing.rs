//! What writes cost: our own reckoning is what DynamoDB says was consumed.

use super::support::Place;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnConsumedCapacity};
use footfall_domain::{LocalDate, LogicId, Position, SiteId};
use footfall_store::conformance::{Shape, made_rollup};
use footfall_store::dynamo::{DynamoStore, Kind, item_bytes, write_units};
use footfall_store::{DayKey, DayStamp, DayTotals, Put, RollupStore};
use std::collections::HashMap;

fn stamp(revision: u64) -> DayStamp {
    let through = Position { epoch: u64::MAX, partition: 0, offset: 1 << 40 };
    DayStamp { revision, logic: LogicId([1; 16]), through, newest_hit: None }
}

fn written(store: &DynamoStore) -> f64 {
    let stats = store.stats();
    let of = |kind: Kind| stats.units.iter().find(|(of, _)| *of == kind).expect("every kind").1.write;
    of(Kind::Days) + of(Kind::Pieces) + of(Kind::Totals)
}

/// An item that is exactly one KB by our reckoning costs one unit, and with one byte more two.
#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn items_are_measured_as_dynamodb_measures_them() {
    let (place, _store) = Place::made().await;
    let client = place.raw().await;
    let numbers = ["0", "5", "-5", "10", "100", "1000", "12", "123", "-123", "1700000000", "1700000001", "18446744073709551615", "99999"];
    for (n, digits) in numbers.into_iter().enumerate() {
        let mut item = HashMap::from([
            ("pk".to_owned(), AttributeValue::S("größe".into())),
            ("sk".to_owned(), AttributeValue::S(n.to_string())),
            ("n".to_owned(), AttributeValue::N(digits.into())),
            ("flag".to_owned(), AttributeValue::Bool(true)),
            ("pad".to_owned(), AttributeValue::B(Blob::new([]))),
        ]);
        let pad = 1024 - item_bytes(&item) as usize;
        for (more, units) in [(0, 1), (1, 2), (1024, 2), (1025, 3)] {
            item.insert("pad".to_owned(), AttributeValue::B(Blob::new(vec![0; pad + more])));
            assert_eq!(write_units(&item), units);
            let put = client.put_item().table_name(&place.options.table).set_item(Some(item.clone()));
            let answer = put.return_consumed_capacity(ReturnConsumedCapacity::Total).send().await.expect("put");
            let consumed = answer.consumed_capacity().and_then(|capacity| capacity.capacity_units());
            assert_eq!(consumed, Some(units as f64), "number {digits}, {more} bytes more");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn a_flush_costs_what_was_foretold() {
    let (_place, store) = Place::made().await;
    for (n, rows) in [0, 1, 5, 20, 60, 150, 400, 1_100, 2_500, 9_000].into_iter().enumerate() {
        let shape = Shape { rows, other_rows: rows / 50, live: rows > 0, log: false, machines: rows / 10 };
        let rollup = made_rollup(n as u64, shape);
        // The longest of names, so that foretold is never less; a byte or two rarely make a unit.
        let key = DayKey { site: SiteId(u64::from(u32::MAX)), generation: 99, date: LocalDate(20_000 + n as i32) };
        let foretold = store.write_cost(&rollup).expect("fits").expect("writes cost");
        // Once before, so that the row that notes the generation is there.
        store.flush_day(DayKey { date: LocalDate(0), ..key }, stamp(1 + n as u64), &made_rollup(1, Shape { rows: 1, ..shape })).await.ok();
        let before = written(&store);
        assert_eq!(store.flush_day(key, stamp(1), &rollup).await, Ok(Put::Written));
        let consumed = written(&store) - before;
        let allowed = foretold as f64 - 1.0..=foretold as f64;
        assert!(allowed.contains(&consumed), "{rows} rows: {consumed} units, foretold {foretold}");
    }
}

/// With its note, and with what takes that away again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn a_closed_day_costs_what_was_foretold() {
    let (_place, store) = Place::made().await;
    let key = |date: i32| DayKey { site: SiteId(u64::from(u32::MAX)), generation: 99, date: LocalDate(date) };
    // Once before, so that the row that notes the generation is there.
    store
        .put_day(key(0), stamp(1), &made_rollup(1, Shape { rows: 1, other_rows: 0, live: true, log: false, machines: 0 }))
        .await
        .expect("put");
    let mut closed = Vec::new();
    for (n, rows) in [0, 1, 5, 20, 60, 150, 400, 1_100, 2_500, 9_000].into_iter().enumerate() {
        let shape = Shape { rows, other_rows: rows / 50, live: rows > 0, log: false, machines: rows / 10 };
        let rollup = made_rollup(n as u64, shape);
        let foretold = store.close_cost(&rollup).expect("fits").expect("writes cost");
        let flushed = store.write_cost(&rollup).expect("fits").expect("writes cost");
        let key = key(20_000 + n as i32);
        // What is open before costs nothing when it closes: its pieces expire.
        store.flush_day(key, stamp(1), &rollup).await.expect("flushed");
        let before = written(&store);
        let put = store.put_day(key, stamp(2), &rollup).await.expect("put");
        store.idle().await;
        let consumed = written(&store) - before;
        if flushed <= 2 {
            assert_eq!((put, consumed, foretold), (Put::Older, 0.0, flushed), "{rows} rows: all of it is there");
            continue;
        }
        assert_eq!(put, Put::Written, "{rows} rows");
        let allowed = foretold as f64 - 2.0..=foretold as f64;
        assert!(allowed.contains(&consumed), "{rows} rows: {consumed} units, foretold {foretold}");
        closed.push((flushed, foretold));
    }
    assert!(closed.len() >= 7, "{closed:?}");
    // A row that is put over a larger one costs as much as that: all of a small day's flush, once more.
    assert!(closed.iter().all(|(flushed, closed)| (flushed - 2..=2 * flushed + 2).contains(closed)), "{closed:?}");
}

#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn early_totals_cost_what_was_foretold_and_little() {
    let (_place, store) = Place::made().await;
    let key = DayKey { site: SiteId(1), generation: 0, date: LocalDate(20_000) };
    let shape = Shape { rows: 3, other_rows: 2, live: true, log: false, machines: 2 };
    let totals = |revision| DayTotals::of(key.date, stamp(revision), &made_rollup(1, shape));
    let newer = |revision| {
        let through = Position { offset: (1 << 40) + revision, ..stamp(1).through };
        DayTotals { stamp: DayStamp { through, ..stamp(revision) }, ..totals(revision) }
    };
    store.put_totals(key, &newer(1)).await.expect("put");
    let before = written(&store);
    assert_eq!(store.put_totals(key, &newer(2)).await, Ok(Put::Written));
    let foretold = store.totals_cost(&newer(2)).expect("fits").expect("writes cost");
    assert_eq!(written(&store) - before, foretold as f64);
    assert!(foretold <= 2, "{foretold}");
}

/// A month's panel of a busy site: rows and heads in two steps, however many days.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn a_panel_takes_few_calls() {
    let (_place, store) = Place::made().await;
    let shape = Shape { rows: 1_200, other_rows: 20, live: true, log: false, machines: 0 };
    let (large, small) = (made_rollup(1, shape), made_rollup(1, Shape { rows: 60, other_rows: 6, ..shape }));
    // One site is large, one small, and one was both in turn.
    for (site, rollups) in [(1, [&large, &large]), (2, [&small, &small]), (3, [&large, &small])] {
        for date in 0..90 {
            let key = DayKey { site: SiteId(site), generation: 0, date: LocalDate(date) };
            store.put_day(key, stamp(1), rollups[date as usize % 2]).await.expect("put");
        }
    }
    store.idle().await;
    let calls = async |site: u64, days: i32| {
        let before = store.stats().requests;
        let dates = LocalDate(0)..=LocalDate(days - 1);
        let heads = store.heads(SiteId(site), 0, footfall_domain::Dimension::Page, dates).await.expect("heads");
        assert_eq!(heads.len() as i32, days);
        store.stats().requests - before
    };
    assert_eq!(calls(1, 1).await, 2, "the row, and its head");
    assert_eq!(calls(1, 3).await, 2, "the rows, and their heads by name");
    let month = calls(1, 30).await;
    assert!(month <= 4, "the rows by one query, the heads by one of some pages: {month}");
    let quarter = calls(1, 90).await;
    assert!(quarter <= 10, "{quarter}");
    for days in [1, 3, 30, 90] {
        assert_eq!(calls(2, days).await, 2, "the rows, and {days} packs by name");
    }
    let month = calls(3, 30).await;
    assert!(month <= 5, "the rows, the heads, and the packs: {month}");

    // Numbers alone need neither.
    let before = store.stats();
    store.totals(SiteId(2), 0, LocalDate(0)..=LocalDate(89)).await.expect("totals");
    let after = store.stats();
    assert_eq!((after.requests - before.requests, after.pieces_direct), (1, before.pieces_direct));
}

/// From when to when a site has days was asked of a page every ten minutes, and read every row in between, which is paid
/// for whole however little of it is wanted: a hundred units and more for each year.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn the_ends_of_a_long_history_cost_no_more_than_those_of_a_short_one() {
    let (place, store) = Place::made().await;
    let rollup = made_rollup(1, Shape { rows: 60, other_rows: 6, live: true, log: false, machines: 30 });
    let key = |date| DayKey { site: SiteId(1), generation: 0, date: LocalDate(date) };
    let ever = || LocalDate(-62_000)..=LocalDate(40_000);
    assert_eq!(store.ends(SiteId(1), 0, ever()).await, Ok(None));
    for date in 0..60 {
        store.put_day(key(date), stamp(1), &rollup).await.expect("put");
    }
    // What is no day: totals alone, and a flush that has expired.
    for date in [-1, 70] {
        store.put_totals(key(date), &DayTotals::of(LocalDate(date), stamp(1), &rollup)).await.expect("put");
    }
    let large = made_rollup(2, Shape { rows: 2_500, other_rows: 40, live: true, log: false, machines: 3 });
    store.flush_day(key(71), stamp(1), &large).await.expect("flushed");
    assert_eq!(store.unfinished(SiteId(1), 0, ever()).await, Ok(vec![LocalDate(71)]));
    place.clock.advance(8 * 86_400_000);
    let read = || store.stats().units.iter().map(|(_, units)| units.read).sum::<f64>();
    let before = read();
    assert_eq!(store.ends(SiteId(1), 0, ever()).await, Ok(Some([(LocalDate(0), stamp(1)), (LocalDate(59), stamp(1))])));
    assert!(read() - before <= 8.0, "{} units", read() - before);
    assert_eq!(store.ends(SiteId(1), 0, LocalDate(5)..=LocalDate(4)).await, Ok(None));
    assert_eq!(store.ends(SiteId(1), 0, LocalDate(7)..=LocalDate(7)).await, Ok(Some([(LocalDate(7), stamp(1)); 2])));

    store.flush_day(key(80), stamp(1), &rollup).await.expect("flushed");
    store
        .flush_day(key(81), stamp(1), &made_rollup(1, Shape { rows: 2, other_rows: 0, live: true, log: false, machines: 0 }))
        .await
        .expect("flushed");
    let unfinished = store.unfinished(SiteId(1), 0, LocalDate(0)..=LocalDate(90)).await.expect("days");
    assert_eq!(unfinished, [LocalDate(71), LocalDate(80)], "a very small day is as it would be closed");
    store.put_day(key(80), stamp(2), &rollup).await.expect("put");
    assert_eq!(store.unfinished(SiteId(1), 0, LocalDate(72)..=LocalDate(90)).await, Ok(vec![]));
}
