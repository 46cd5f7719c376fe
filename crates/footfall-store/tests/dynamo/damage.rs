//! What somebody else did to the items behind the store's back is an error, not a number.

use super::support::Place;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use footfall_domain::{Dimension, LocalDate, LogicId, Position, SiteId};
use footfall_store::conformance::{Shape, made_rollup};
use footfall_store::{DayKey, DayStamp, Put, RollupStore, StoreError};

const KEY: DayKey = DayKey { site: SiteId(1), generation: 0, date: LocalDate(20_000) };
const LARGE: Shape = Shape { rows: 9_000, other_rows: 3, live: true, log: false, machines: 5 };
const SMALL: Shape = Shape { rows: 30, ..LARGE };

fn stamp() -> DayStamp {
    let through = Position { epoch: 1, partition: 0, offset: 1 };
    DayStamp { revision: 1, logic: LogicId([1; 16]), through, newest_hit: None }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn a_missing_or_changed_piece_is_an_error_and_not_a_number() {
    let (place, store) = Place::made().await;
    store.put_day(KEY, stamp(), &made_rollup(1, LARGE)).await.expect("put");
    store.idle().await;
    let client = place.raw().await;
    let scan = client.scan().table_name(&place.options.table).filter_expression("pk = :pk");
    let scan = scan.expression_attribute_values(":pk", AttributeValue::S("1#event:page".into()));
    let pieces = scan.send().await.expect("scanned").items.expect("pieces");
    assert!(pieces.len() > 3, "head, chunks and index: {}", pieces.len());
    for piece in pieces {
        let name = format!("{:?}", piece["sk"]);
        let key = |name: &str| (name.to_owned(), piece[name].clone());
        let delete = client.delete_item().table_name(&place.options.table).set_key(Some([key("pk"), key("sk")].into()));
        delete.send().await.expect("deleted");
        let before = store.stats().requests;
        let asked = vec!["/none".to_owned(), "\u{10FFFF}".to_owned(), String::new()];
        let answers = [
            store.day(KEY).await.err(),
            store.rows(KEY, Dimension::Page).await.err(),
            store.heads(SiteId(1), 0, Dimension::Page, KEY.date..=KEY.date).await.err(),
            store.lookup(KEY, Dimension::Page, &asked).await.err(),
        ];
        // Each call needs what it needs: a head no tail, and the whole table no index.
        assert!(answers.iter().flatten().all(|error| matches!(error, StoreError::Damaged(_))), "{name}: {answers:?}");
        assert!(answers.iter().flatten().count() >= 1, "{name}");
        assert!(store.stats().requests - before < 40, "{name}: it does not ask for ever");
        for damage in [vec![], vec![9], vec![1, 2, 3]] {
            let mut broken = piece.clone();
            broken.insert("b".into(), AttributeValue::B(Blob::new(damage)));
            client.put_item().table_name(&place.options.table).set_item(Some(broken)).send().await.expect("put");
            let rows = store.rows(KEY, Dimension::Page).await;
            assert!(matches!(rows, Err(StoreError::Damaged(_))) || name.contains("#index#"), "{name}");
        }
        client.put_item().table_name(&place.options.table).set_item(Some(piece)).send().await.expect("put back");
        assert!(store.day(KEY).await.is_ok());
    }
}

#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn a_missing_or_changed_pack_is_an_error_and_not_a_number() {
    let (place, store) = Place::made().await;
    store.put_day(KEY, stamp(), &made_rollup(1, SMALL)).await.expect("put");
    store.idle().await;
    let client = place.raw().await;
    let query = client.query().table_name(&place.options.table).key_condition_expression("pk = :pk");
    let query = query.expression_attribute_values(":pk", AttributeValue::S("1#pack".into()));
    let packs = query.send().await.expect("queried").items.expect("pieces");
    assert_eq!(packs.len(), 1);
    let key = ["pk", "sk"].map(|name| (name.to_owned(), packs[0][name].clone()));
    for damage in [None, Some(vec![]), Some(vec![9]), Some(vec![1, 2, 3])] {
        match &damage {
            None => {
                drop(client.delete_item().table_name(&place.options.table).set_key(Some(key.clone().into())).send().await.expect("deleted"))
            }
            Some(damage) => {
                let mut broken = packs[0].clone();
                broken.insert("b".into(), AttributeValue::B(Blob::new(damage.clone())));
                client.put_item().table_name(&place.options.table).set_item(Some(broken)).send().await.expect("put");
            }
        }
        let before = store.stats().requests;
        let answers = [
            store.day(KEY).await.err(),
            store.rows(KEY, Dimension::Page).await.err(),
            store.heads(SiteId(1), 0, Dimension::Page, KEY.date..=KEY.date).await.err(),
            store.lookup(KEY, Dimension::Page, &["/none".to_owned()]).await.err(),
        ];
        assert!(answers.iter().all(|error| matches!(error, Some(StoreError::Damaged(_)))), "{damage:?}: {answers:?}");
        assert!(store.stats().requests - before < 40, "it does not ask for ever");
        assert_eq!(store.totals(SiteId(1), 0, KEY.date..=KEY.date).await.map(|days| days.len()), Ok(1), "numbers are in the row");
    }
    // As the error says: fold the day again.
    let again = DayStamp { revision: 2, through: Position { offset: 2, ..stamp().through }, ..stamp() };
    store.put_day(KEY, again, &made_rollup(1, SMALL)).await.expect("put");
    assert!(store.day(KEY).await.is_ok());
}

#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn a_changed_row_of_a_day_is_an_error_and_not_a_number() {
    let (place, store) = Place::made().await;
    let client = place.raw().await;
    // Open, with its pack in the row, and closed.
    let damages = [("d", &b""[..]), ("d", b"\x09"), ("s", b"\x01\x02"), ("p", b""), ("p", b"\x01zz"), ("m", b""), ("m", b"\x01\x01")];
    for (closed, attribute, damage) in damages.into_iter().flat_map(|(name, damage)| [(false, name, damage), (true, name, damage)]) {
        let revision = store.stamps(KEY.site, 0, KEY.date..=KEY.date).await.expect("stamps").first().map_or(1, |day| day.1.revision + 1);
        let through = Position { offset: revision, ..stamp().through };
        let (stamp, rollup) = (DayStamp { revision, through, ..stamp() }, made_rollup(1, SMALL));
        let put = if closed { store.put_day(KEY, stamp, &rollup).await } else { store.flush_day(KEY, stamp, &rollup).await };
        assert_eq!(put, Ok(Put::Written));
        let get = client.get_item().table_name(&place.options.table).key("pk", AttributeValue::S("1#days".into()));
        let get = get.key("sk", AttributeValue::S(format!("0#{}", KEY.date)));
        let row = get.send().await.expect("read").item.expect("a row");
        assert_eq!((row.contains_key("p"), row.contains_key("m")), (!closed, closed));
        if !row.contains_key(attribute) {
            continue;
        }
        let mut broken = row.clone();
        broken.insert(attribute.into(), AttributeValue::B(Blob::new(damage)));
        client.put_item().table_name(&place.options.table).set_item(Some(broken)).send().await.expect("put");
        assert!(matches!(store.day(KEY).await, Err(StoreError::Damaged(_))), "{attribute} {damage:?}");
        client.put_item().table_name(&place.options.table).set_item(Some(row)).send().await.expect("put back");
        assert!(store.day(KEY).await.is_ok());
    }
}
