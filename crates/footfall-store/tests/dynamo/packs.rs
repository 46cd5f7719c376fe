//! Where the tables of a small day are: in its row, or in a piece.

use super::support::Place;
use aws_sdk_dynamodb::types::AttributeValue;
use footfall_domain::{Dimension, LocalDate, LogicId, Position, Rollup, SiteId};
use footfall_store::conformance::{Shape, agrees, made_rollup};
use footfall_store::dynamo::write_units;
use footfall_store::{DayKey, DayStamp, Put, RollupStore};
use std::collections::HashMap;

type Item = HashMap<String, AttributeValue>;

const TINY: Shape = Shape { rows: 5, other_rows: 0, live: true, log: false, machines: 0 };
const SMALL: Shape = Shape { rows: 60, other_rows: 6, live: true, log: false, machines: 30 };

fn key(date: i32) -> DayKey {
    DayKey { site: SiteId(1), generation: 0, date: LocalDate(date) }
}

fn stamp(revision: u64, offset: u64) -> DayStamp {
    let through = Position { epoch: 1, partition: 0, offset };
    DayStamp { revision, logic: LogicId([1; 16]), through, newest_hit: None }
}

/// The row of a day, and the names of its pieces.
async fn items(place: &Place, key: DayKey) -> (Item, Vec<String>) {
    let client = place.raw().await;
    let items = client.scan().table_name(&place.options.table).consistent_read(true).send().await.expect("scanned").items.expect("items");
    let text = |item: &Item, name: &str| match &item[name] {
        AttributeValue::S(text) => text.clone(),
        other => panic!("{other:?}"),
    };
    let row = items.iter().find(|item| text(item, "pk") == "1#days" && text(item, "sk") == format!("0#{}", key.date));
    let date = format!("#{}#", key.date);
    let pieces =
        items.iter().filter(|item| text(item, "sk").contains(&date)).map(|item| format!("{}/{}", text(item, "pk"), text(item, "sk")));
    (row.expect("a row").clone(), pieces.collect())
}

fn attributes(row: &Item) -> String {
    let mut names: Vec<&str> = row.keys().map(String::as_str).filter(|name| !["pk", "sk"].contains(name)).collect();
    names.sort_unstable();
    names.join(" ")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn a_small_day_is_one_item_while_it_is_open_or_very_small() {
    let (place, store) = Place::made().await;
    for (date, shape, close) in [(1, TINY, false), (2, TINY, true), (3, SMALL, false)] {
        let rollup = made_rollup(1, shape);
        let put = if close {
            store.put_day(key(date), stamp(1, 1), &rollup).await
        } else {
            store.flush_day(key(date), stamp(1, 1), &rollup).await
        };
        assert_eq!(put, Ok(Put::Written));
        store.idle().await;
        let (row, pieces) = items(&place, key(date)).await;
        assert_eq!((attributes(&row).as_str(), pieces), ("d p s", vec![]), "day {date}");
        assert_eq!(write_units(&row) <= 2, shape.rows == TINY.rows, "day {date}");
        agrees(&*store, key(date), stamp(1, 1), &rollup).await;
        let again = store.flush_day(key(date), stamp(2, 1), &rollup).await;
        assert_eq!(again, Ok(Put::Older), "law 3");
    }
    assert_eq!(store.put_day(key(2), stamp(2, 1), &made_rollup(1, TINY)).await, Ok(Put::Older), "law 3");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn a_small_day_that_has_closed_has_its_pack_in_a_piece() {
    let (place, store) = Place::made().await;
    let (open, full) = (made_rollup(1, SMALL), made_rollup(2, SMALL));
    let closed = async |date: i32, at: DayStamp, rollup: &Rollup, flushed: Option<DayStamp>| {
        if let Some(before) = flushed {
            store.flush_day(key(date), before, if before.through == at.through { rollup } else { &open }).await.expect("flushed");
        }
        assert_eq!(store.put_day(key(date), at, rollup).await, Ok(Put::Written), "day {date}");
        store.idle().await;
        let (row, pieces) = items(&place, key(date)).await;
        assert_eq!((attributes(&row).as_str(), pieces.len()), ("d m s", 1), "day {date}: {pieces:?}");
        assert!(pieces[0].starts_with(&format!("1#pack/0#head#{}#{:016x}-", LocalDate(date), at.revision)), "{pieces:?}");
        assert!(write_units(&row) <= 2, "what is left is small");
        agrees(&*store, key(date), at, rollup).await;
        for again in [at, DayStamp { revision: at.revision + 1, ..at }] {
            assert_eq!(store.put_day(key(date), again, rollup).await, Ok(Put::Older), "law 3");
            assert_eq!(store.flush_day(key(date), again, rollup).await, Ok(Put::Older), "law 3");
        }
    };
    closed(1, stamp(1, 9), &full, None).await;
    closed(2, stamp(5, 9), &full, Some(stamp(4, 3))).await;
    // A flush that had seen everything: else the day would stay in its row.
    closed(3, stamp(5, 9), &full, Some(stamp(4, 9))).await;
    closed(4, stamp(4, 9), &full, Some(stamp(4, 9))).await;
    // Late hits: the pack of before goes.
    closed(1, stamp(2, 10), &open, None).await;

    // It may have become so small, or so large, or be open once more.
    let large = made_rollup(3, Shape { rows: 2_500, other_rows: 40, ..SMALL });
    for (n, rollup) in [(3, &made_rollup(1, TINY)), (4, &open), (5, &large), (6, &full)] {
        assert_eq!(store.put_day(key(1), stamp(n, 10 + n), rollup).await, Ok(Put::Written));
        agrees(&*store, key(1), stamp(n, 10 + n), rollup).await;
    }
    assert_eq!(store.flush_day(key(1), stamp(7, 20), &full).await, Ok(Put::Written));
    agrees(&*store, key(1), stamp(7, 20), &full).await;
    store.idle().await;
    let (row, pieces) = items(&place, key(1)).await;
    assert_eq!((attributes(&row).as_str(), pieces), ("d p s", vec![]));
}

/// Tables of before had every small day's pack in its row, closed or not: bytes that a flush has still.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn rows_of_before_are_read_and_written_over() {
    let (place, store) = Place::made().await;
    let rollups: Vec<Rollup> = (0..6).map(|date| made_rollup(date, SMALL)).collect();
    for (date, rollup) in rollups.iter().enumerate() {
        let day = key(date as i32);
        let put =
            if date % 2 == 0 { store.flush_day(day, stamp(1, 1), rollup).await } else { store.put_day(day, stamp(1, 1), rollup).await };
        assert_eq!(put, Ok(Put::Written));
    }
    let (row, _) = items(&place, key(0)).await;
    assert_eq!(attributes(&row), "d p s");
    let dates = LocalDate(0)..=LocalDate(5);
    let heads = store.heads(SiteId(1), 0, Dimension::Page, dates.clone()).await.expect("heads");
    assert_eq!(heads.len(), 6);
    for (date, rollup) in rollups.iter().enumerate() {
        agrees(&*store, key(date as i32), stamp(1, 1), rollup).await;
    }
    // A day is folded again, as after a start, and so comes into the new layout.
    assert_eq!(store.put_day(key(0), stamp(2, 1), &rollups[0]).await, Ok(Put::Written));
    assert_eq!(attributes(&items(&place, key(0)).await.0), "d m s");
    let again = store.heads(SiteId(1), 0, Dimension::Page, dates).await.expect("heads");
    assert!(heads.iter().zip(&again).all(|(before, after)| before.top == after.top && before.rest == after.rest));
    // One that has seen less does not.
    assert_eq!(store.put_day(key(2), stamp(2, 0), &rollups[1]).await, Ok(Put::Older));
    agrees(&*store, key(2), stamp(1, 1), &rollups[2]).await;
}
