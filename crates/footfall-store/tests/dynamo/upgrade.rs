//! Tables that a program of layout 1 has written: what their rows lack is as it was then.

use super::support::Place;
use aws_sdk_dynamodb::types::AttributeValue;
use footfall_domain::{Site, UnixMillis};
use footfall_store::{KeyScope, NewKey, Registry, StoreError};
use std::collections::HashMap;

#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn a_table_of_layout_1_is_brought_forward() {
    let (place, store) = Place::made().await;
    let site = store.add_site("a.example", "UTC", UnixMillis(1), None).await.expect("added");
    drop(store);
    as_before(&place, &site).await;

    let store = place.open().await;
    assert_eq!(attribute(&place, "footfall", "layout", "v").await, Some(AttributeValue::N("2".into())), "no older program opens it now");
    assert_eq!(store.sites().await, Ok(vec![site.clone()]), "nobody is named at it, its number is its first");
    assert!(store.user("ada@example.com").await.expect("user").expect("known").administrator, "nobody loses anything");
    let keys = store.keys().await.expect("keys");
    assert_eq!((keys.len(), keys[0].scope, keys[0].owner.as_deref()), (1, KeyScope::Stats, None), "the installation's");

    let late = store.put_site(&Site { version: 3, ..site.clone() }).await;
    assert!(matches!(late, Err(StoreError::Conflict(_))), "{late:?}");
    let kept = store.put_site(&site).await.expect("put");
    assert_eq!(kept, Site { version: 1, ..site.clone() });
    assert!(matches!(store.put_site(&site).await, Err(StoreError::Conflict(_))));
    store.set_administrator("ada@example.com", false).await.expect("set");
    assert!(!store.user("ada@example.com").await.expect("user").expect("known").administrator);
    drop(store);

    as_before(&place, &site).await;
    let store = place.open().await;
    let (reset, old) = store.reset_site("a.example", None).await.expect("reset");
    assert_eq!((old, reset.first_id, reset.version), (site.id, site.id, 1), "its rows are whole now");
}

/// Rows as layout 1 had them.
async fn as_before(place: &Place, site: &Site) {
    let text = |value: &str| AttributeValue::S(value.to_owned());
    let number = |n: u64| AttributeValue::N(n.to_string());
    put(
        place,
        "sites",
        "a.example",
        [
            ("id", number(site.id.0)),
            ("created", number(1)),
            ("zones", text(&serde_json::to_string(&site.zones).expect("JSON"))),
            ("rules", text(&serde_json::to_string(&site.rules).expect("JSON"))),
        ],
    )
    .await;
    put(place, "users", "ada@example.com", [("phc", text("$argon2id$")), ("created", number(5)), ("pass", number(1))]).await;
    put(
        place,
        "keys",
        &"01".repeat(32),
        [("id", number(3)), ("site", number(site.id.0)), ("scope", text("stats")), ("label", text("k")), ("created", number(2))],
    )
    .await;
    let client = place.raw().await;
    let call = client.update_item().table_name(&place.options.table).key("pk", text("footfall")).key("sk", text("layout"));
    call.update_expression("SET v = :v").expression_attribute_values(":v", number(1)).send().await.expect("set back");
}

async fn put<const N: usize>(place: &Place, pk: &str, sk: &str, attributes: [(&str, AttributeValue); N]) {
    let mut item: HashMap<String, AttributeValue> = attributes.map(|(name, value)| (name.to_owned(), value)).into();
    item.extend([("pk", pk), ("sk", sk)].map(|(name, value)| (name.to_owned(), AttributeValue::S(value.to_owned()))));
    place.raw().await.put_item().table_name(&place.options.table).set_item(Some(item)).send().await.expect("put");
}

async fn attribute(place: &Place, pk: &str, sk: &str, name: &str) -> Option<AttributeValue> {
    let text = |value: &str| AttributeValue::S(value.to_owned());
    let get = place.raw().await.get_item().table_name(&place.options.table).key("pk", text(pk)).key("sk", text(sk));
    get.send().await.expect("read").item?.remove(name)
}

/// A key and the user it is made for: both, or neither.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn no_key_outlives_its_owner() {
    let (place, first) = Place::made().await;
    let second = place.open().await;
    let new = |n: u8| NewKey {
        hash: [n; 32],
        site: None,
        scope: KeyScope::Sites,
        name: "k".into(),
        created: UnixMillis(1),
        owner: Some("ada@example.com".into()),
    };
    for round in 0..6_u8 {
        first.add_user("ada@example.com", "x", false, UnixMillis(1)).await.expect("added");
        let adding = (0..4_u8).map(|n| second.add_key(new(round * 10 + n)));
        let (removed, added) = tokio::join!(first.remove_user("ada@example.com"), futures::future::join_all(adding));
        removed.expect("removed");
        assert!(added.iter().all(|answer| matches!(answer, Ok(_) | Err(StoreError::NotFound(_)))), "{added:?}");
        assert_eq!(first.keys().await, Ok(vec![]), "round {round}: {added:?}");
    }
}
