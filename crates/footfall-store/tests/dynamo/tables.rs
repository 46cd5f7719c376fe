//! Tables that are missing, another's, newer, made by hand; and the key that opens the secrets.

use super::support::{Place, credentials, endpoint, tuning};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{AttributeDefinition, AttributeValue, BillingMode, KeySchemaElement, KeyType, ScalarAttributeType};
use footfall_domain::{LocalDate, UnixMillis};
use footfall_store::dynamo::{Created, DynamoOptions, DynamoStore, SecretKey, Tuning};
use footfall_store::{Registry, SecretUse, StoreError};

async fn make(client: &Client, table: &str, keys: &[(&str, ScalarAttributeType)]) {
    let mut call = client.create_table().table_name(table).billing_mode(BillingMode::PayPerRequest);
    for ((name, kind), role) in keys.iter().zip([KeyType::Hash, KeyType::Range]) {
        let attribute = AttributeDefinition::builder().attribute_name(*name).attribute_type(kind.clone());
        call = call.attribute_definitions(attribute.build().expect("an attribute"));
        call = call.key_schema(KeySchemaElement::builder().attribute_name(*name).key_type(role).build().expect("a key"));
    }
    call.send().await.expect("made");
}

async fn refusal(options: &DynamoOptions) -> StoreError {
    DynamoStore::open_with(options.clone(), tuning()).await.err().expect("refused")
}

#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn a_table_is_made_once() {
    let place = Place::new();
    let made = DynamoStore::create_table_with(&place.options, &place.tuning).await;
    assert_eq!(made, Ok(Created::Made));
    let store = place.open().await;
    store.put_setting("a", b"1").await.expect("put");
    let again = DynamoStore::create_table_with(&place.options, &place.tuning).await;
    assert_eq!(again, Ok(Created::Existed));
    assert_eq!(store.setting("a").await, Ok(Some(b"1".to_vec())), "and nothing was touched");

    let client = place.raw().await;
    let table = client.describe_table().table_name(&place.options.table).send().await.expect("described").table.expect("a table");
    assert_eq!(table.billing_mode_summary().and_then(|mode| mode.billing_mode()), Some(&BillingMode::PayPerRequest));
    let expiry = client.describe_time_to_live().table_name(&place.options.table).send().await.expect("described");
    assert_eq!(expiry.time_to_live_description().and_then(|expiry| expiry.attribute_name()), Some("ttl"));
}

#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn a_missing_table_is_named_with_what_to_do() {
    let place = Place::new();
    let error = refusal(&place.options).await;
    assert_eq!(error, StoreError::NoTable { table: place.options.table.clone(), place: format!("at {}", endpoint()) });
    assert!(error.to_string().contains("footfall store create"), "{error}");
}

#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn an_empty_table_made_by_hand_is_taken() {
    let place = Place::new();
    make(&place.raw().await, &place.options.table, &[("pk", ScalarAttributeType::S), ("sk", ScalarAttributeType::S)]).await;
    let store = place.open().await;
    store.put_setting("a", b"1").await.expect("put");
    assert_eq!(place.open().await.setting("a").await, Ok(Some(b"1".to_vec())));
}

#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn a_table_of_other_keys_or_of_another_program_is_left_alone() {
    for keys in [
        vec![("id", ScalarAttributeType::S)],
        vec![("pk", ScalarAttributeType::S)],
        vec![("pk", ScalarAttributeType::S), ("sk", ScalarAttributeType::N)],
        vec![("sk", ScalarAttributeType::S), ("pk", ScalarAttributeType::S)],
    ] {
        let place = Place::new();
        make(&place.raw().await, &place.options.table, &keys).await;
        let error = refusal(&place.options).await;
        assert!(matches!(&error, StoreError::OtherLayout { why, .. } if why.contains("keys")), "{keys:?}: {error}");
        let error = DynamoStore::create_table_with(&place.options, &tuning()).await.expect_err("refused");
        assert!(matches!(error, StoreError::OtherLayout { .. }), "{error}");
    }
    let place = Place::new();
    let client = place.raw().await;
    make(&client, &place.options.table, &[("pk", ScalarAttributeType::S), ("sk", ScalarAttributeType::S)]).await;
    let text = |text: &str| AttributeValue::S(text.to_owned());
    client.put_item().table_name(&place.options.table).item("pk", text("order")).item("sk", text("1")).send().await.expect("put");
    let error = refusal(&place.options).await;
    assert!(error.to_string().contains("no layout row") && error.to_string().contains("nothing was changed"), "{error}");
    assert_eq!(client.scan().table_name(&place.options.table).send().await.expect("scanned").count(), 1);
}

#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn a_table_of_a_newer_program_is_left_alone() {
    let (place, store) = Place::made().await;
    drop(store);
    let client = place.raw().await;
    let key = |call: aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder| {
        call.key("pk", AttributeValue::S("footfall".into())).key("sk", AttributeValue::S("layout".into()))
    };
    let update = key(client.update_item().table_name(&place.options.table)).update_expression("SET v = :v");
    update.expression_attribute_values(":v", AttributeValue::N("9".into())).send().await.expect("updated");
    let error = refusal(&place.options).await;
    assert_eq!(error, StoreError::NewerLayout { table: place.options.table.clone(), found: 9, known: 2 });
    assert!(error.to_string().contains("written by a newer Footfall (layout 9, this one knows 2)"), "{error}");
}

#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn another_key_is_noticed_at_the_start() {
    let (place, store) = Place::made().await;
    store.secret(LocalDate(1), [1; 32], SecretUse::Live).await.expect("a secret");
    let other = DynamoOptions { key: SecretKey::new([8; 32]), ..place.options.clone() };
    let error = refusal(&other).await;
    assert!(matches!(&error, StoreError::WrongKey(words) if words.contains(&place.options.table)), "{error}");
}

/// Whoever reads the table without the key learns no secret, and a destroyed one is in it no more, sealed or not.
#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn secrets_are_sealed_and_go_when_they_are_destroyed() {
    let (place, store) = Place::made().await;
    let secret: [u8; 32] = std::array::from_fn(|n| 100 + n as u8);
    for date in [1, 2] {
        store.secret(LocalDate(date), secret, SecretUse::Live).await.expect("a secret");
    }
    let client = place.raw().await;
    let sealed = async || {
        let scan = client.scan().table_name(&place.options.table).filter_expression("pk = :pk");
        let scan = scan.expression_attribute_values(":pk", AttributeValue::S("secrets".into()));
        let items = scan.send().await.expect("scanned").items.unwrap_or_default();
        items.into_iter().map(|item| (item["sk"].clone(), item["sealed"].clone())).collect::<Vec<_>>()
    };
    let before = sealed().await;
    assert_eq!(before.len(), 2);
    for (_, value) in &before {
        let AttributeValue::B(bytes) = value else { panic!("bytes") };
        assert_eq!(bytes.as_ref().len(), 24 + 32 + 16);
        assert!(!bytes.as_ref().windows(4).any(|window| window == &secret[..4]));
    }
    assert_ne!(before[0].1, before[1].1, "equal secrets are not seen to be");

    // One date's sealed secret in another's place does not open.
    let swap = client.update_item().table_name(&place.options.table).key("pk", AttributeValue::S("secrets".into()));
    let swap = swap.key("sk", before[1].0.clone()).update_expression("SET sealed = :other");
    swap.expression_attribute_values(":other", before[0].1.clone()).send().await.expect("swapped");
    let second = store.secret(LocalDate(2), [0; 32], SecretUse::Live).await;
    assert!(matches!(second, Err(StoreError::WrongKey(_))), "{second:?}");

    store.destroy_secrets(&[LocalDate(1), LocalDate(1), LocalDate(9)]).await.expect("destroyed");
    let after = sealed().await;
    assert_eq!(after.iter().map(|row| row.0.clone()).collect::<Vec<_>>(), [before[1].0.clone()]);
}

#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn two_instances_that_ask_for_a_secret_at_once_get_one() {
    let (place, first) = Place::made().await;
    let second = place.open().await;
    for date in 0..8 {
        let asking = (0..12_u8).map(|n| {
            let store = if n % 2 == 0 { first.clone() } else { second.clone() };
            let usage = if n % 3 == 0 { SecretUse::Live } else { SecretUse::Import { at: UnixMillis(i64::from(n)) } };
            tokio::spawn(async move { store.secret(LocalDate(date), [n; 32], usage).await.expect("a secret") })
        });
        let asking: Vec<_> = asking.collect();
        let mut given = Vec::new();
        for answer in asking {
            given.push(answer.await.expect("asked"));
        }
        given.dedup();
        assert_eq!(given.len(), 1, "date {date}");
        let row = first.secrets().await.expect("secrets")[date as usize];
        assert_eq!((row.live, row.last_import_use), (true, Some(UnixMillis(11))), "every use is remembered");
    }
}

#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn two_stores_on_one_table_see_each_other_at_once() {
    let (place, first) = Place::made().await;
    let second = place.open().await;
    let version = second.sites_version().await.expect("a version");
    let site = first.add_site("a.example", "UTC", UnixMillis(1), None).await.expect("added");
    assert_ne!(second.sites_version().await.expect("a version"), version);
    assert_eq!(second.sites().await, Ok(vec![site.clone()]));
    let taken = second.add_site("a.example", "UTC", UnixMillis(1), None).await;
    assert!(matches!(taken, Err(StoreError::Exists(_))));
    let (reset, _) = second.reset_site("a.example", None).await.expect("reset");
    assert_eq!(first.sites().await, Ok(vec![reset]));
    let stale = first.put_site(&site).await;
    assert!(matches!(stale, Err(StoreError::NotFound(_))), "a number that is gone: {stale:?}");

    second.add_user("a@example.com", "x", true, UnixMillis(1)).await.expect("added");
    first.add_sign_in([1; 32], "a@example.com", [2; 32], UnixMillis(2_200_000_000_000)).await.expect("added");
    assert!(second.sign_in(&[1; 32], UnixMillis(1)).await.expect("sign-in").is_some());
    second.set_password("a@example.com", "y").await.expect("set");
    assert!(first.sign_in(&[1; 32], UnixMillis(1)).await.expect("sign-in").is_none());

    // Many at once, on both: no number twice, no name twice.
    let adding = (0..20).map(|n| {
        let store = if n % 2 == 0 { first.clone() } else { second.clone() };
        tokio::spawn(async move { store.add_site(&format!("{}.example", n / 2), "UTC", UnixMillis(1), None).await })
    });
    let adding: Vec<_> = adding.collect();
    let mut added = 0;
    for answer in adding {
        match answer.await.expect("asked") {
            Ok(_) => added += 1,
            Err(error) => assert!(matches!(error, StoreError::Exists(_)), "{error}"),
        }
    }
    assert_eq!(added, 10);
    let mut numbers: Vec<_> = second.sites().await.expect("sites").into_iter().map(|site| site.id).collect();
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), 11);
}

/// A sign-in holds while its user has the password it was made with, whatever rows a crash left behind.
#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn a_sign_in_does_not_outlive_its_password() {
    let (place, store) = Place::made().await;
    let (now, end) = (UnixMillis(1), UnixMillis(2_200_000_000_000));
    store.add_user("a@example.com", "x", true, now).await.expect("added");
    store.add_sign_in([1; 32], "a@example.com", [2; 32], end).await.expect("added");
    let client = place.raw().await;
    let get = client.get_item().table_name(&place.options.table).key("pk", AttributeValue::S("sign-ins".into()));
    let row = get.key("sk", AttributeValue::S("01".repeat(32))).send().await.expect("read").item.expect("a row");
    let put_back = async || {
        client.put_item().table_name(&place.options.table).set_item(Some(row.clone())).send().await.expect("put back");
        store.sign_in(&[1; 32], now).await.expect("sign-in").is_some()
    };
    assert!(put_back().await);
    store.set_password("a@example.com", "y").await.expect("set");
    assert!(!put_back().await, "after another password");
    store.remove_user("a@example.com").await.expect("removed");
    assert!(!put_back().await, "without a user");
    store.add_user("a@example.com", "x", true, now).await.expect("added");
    assert!(!put_back().await, "for another user of the same name");
    let expected = AttributeValue::N((2_200_000_000_i64 + 1).to_string());
    assert_eq!(row["ttl"], expected, "and the row goes by itself when it has ended");
}

#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn an_endpoint_that_is_not_there_is_said_to_be() {
    let options = DynamoOptions { endpoint: Some("http://127.0.0.1:9".into()), ..Place::new().options.clone() };
    let tuning = Tuning { attempts: 1, credentials: Some(credentials()), ..tuning() };
    let error = DynamoStore::open_with(options, tuning).await.err().expect("refused");
    assert!(matches!(&error, StoreError::Unavailable(words) if words.contains("did not answer") && words.contains("refused")), "{error}");
    assert!(!error.to_string().contains('{'), "in words: {error}");
}
