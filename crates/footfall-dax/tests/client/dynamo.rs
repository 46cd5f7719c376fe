//! The client and our server over DynamoDB Local.

use crate::house::{House, Item, REGION, item, key};
use crate::kit::{number, text, word};
use aws_credential_types::Credentials;
use aws_sdk_dynamodb::config::Region;
use aws_sdk_dynamodb::error::DisplayErrorContext;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::{
    AttributeValue, ConditionCheck, DeleteRequest, Get, KeysAndAttributes, Put, PutRequest, ReturnValue,
    ReturnValuesOnConditionCheckFailure, Select, TransactGetItem, TransactWriteItem, Update, WriteRequest,
};
use footfall_dax::client::{Client, Config};
use footfall_dax::server::{AccessKey, Tls};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;
use tokio_rustls::rustls::pki_types::CertificateDer;

fn of_all_types() -> Vec<(&'static str, AttributeValue)> {
    let n = |text: &str| AttributeValue::N(text.into());
    let b = |bytes: &[u8]| Blob::new(bytes);
    vec![
        ("text", text("grüße, 世界, 🦀")),
        ("empty", text("")),
        ("integer", n("9223372036854775808")),
        ("negative", n("-123456789012345678901234567890")),
        ("decimal", n("3.14159265358979323846264338327950288")),
        ("tiny", n("1E-130")),
        ("huge", n("9.9999999999999999999999999999999999999E+125")),
        ("zero", n("0")),
        ("bytes", AttributeValue::B(b(&[0, 1, 255]))),
        ("yes", AttributeValue::Bool(true)),
        ("no", AttributeValue::Bool(false)),
        ("nothing", AttributeValue::Null(true)),
        ("texts", AttributeValue::Ss(vec!["a".into(), "b".into()])),
        ("numbers", AttributeValue::Ns(vec!["1".into(), "2.5".into()])),
        ("many bytes", AttributeValue::Bs(vec![b(b"x"), b(b"y")])),
        ("list", AttributeValue::L(vec![text("x"), n("1"), AttributeValue::L(vec![]), AttributeValue::Null(true)])),
        ("map", AttributeValue::M(HashMap::from([("deep".into(), AttributeValue::M(HashMap::from([("er".into(), n("7"))])))]))),
    ]
}

#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn every_type_arrives_and_comes_back() {
    let house = House::open().await;
    let client = house.client();
    let item = item(1, &of_all_types());
    client.put_item().table_name(&house.table).set_item(Some(item.clone())).send().await.expect("written");
    let direct = house.dynamo.get_item().table_name(&house.table).set_key(Some(key(1))).consistent_read(true).send().await.expect("read");
    for consistent in [true, false, false] {
        let through =
            client.get_item().table_name(&house.table).set_key(Some(key(1))).consistent_read(consistent).send().await.expect("read");
        assert_eq!(sorted(through.item), sorted(direct.item.clone()));
    }
    house.close().await;
}

/// Sets have no order: DynamoDB gives them in one, a cache may give them in that of the writer.
fn sorted(item: Option<Item>) -> Option<Item> {
    let mut item = item?;
    for value in item.values_mut() {
        match value {
            AttributeValue::Ss(texts) | AttributeValue::Ns(texts) => texts.sort(),
            AttributeValue::Bs(blobs) => blobs.sort_by(|a, b| a.as_ref().cmp(b.as_ref())),
            _ => {}
        }
    }
    Some(item)
}

#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn every_operation_does_what_it_says() {
    let house = House::open().await;
    let client = house.client();
    let table = house.table.as_str();
    client.put_item().table_name(table).set_item(Some(item(1, &[("a", number(1))]))).send().await.expect("put");
    let updated = client
        .update_item()
        .table_name(table)
        .set_key(Some(key(1)))
        .update_expression("SET #a = #a + :one, b = :text")
        .condition_expression("attribute_exists(pk)")
        .expression_attribute_names("#a", "a")
        .expression_attribute_values(":one", number(1))
        .expression_attribute_values(":text", text("x"))
        .return_values(ReturnValue::UpdatedNew)
        .send()
        .await
        .expect("update");
    assert_eq!(updated.attributes, Some(HashMap::from([("a".into(), number(2)), ("b".into(), text("x"))])));
    let read = client.get_item().table_name(table).set_key(Some(key(1))).projection_expression("b").send().await.expect("get");
    assert_eq!(read.item, Some(HashMap::from([("b".into(), text("x"))])));
    let old = client.delete_item().table_name(table).set_key(Some(key(1))).return_values(ReturnValue::AllOld).send().await.expect("delete");
    assert_eq!(old.attributes, Some(item(1, &[("a", number(2)), ("b", text("x"))])));
    let gone = client.get_item().table_name(table).set_key(Some(key(1))).send().await.expect("get");
    assert_eq!(gone.item, None);
    house.close().await;
}

#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn batches_and_pages_are_whole() {
    let house = House::open().await;
    let client = house.client();
    let table = house.table.as_str();
    for chunk in (0..100).collect::<Vec<i64>>().chunks(25) {
        let puts = chunk.iter().map(|sort| {
            let put = PutRequest::builder().set_item(Some(item(*sort, &[("a", text(&"x".repeat(1000)))]))).build().expect("whole");
            WriteRequest::builder().put_request(put).build()
        });
        let written = client.batch_write_item().request_items(table, puts.collect()).send().await.expect("written");
        assert!(written.unprocessed_items.unwrap_or_default().is_empty());
    }
    let delete = DeleteRequest::builder().set_key(Some(key(99))).build().expect("whole");
    let delete = WriteRequest::builder().delete_request(delete).build();
    client.batch_write_item().request_items(table, vec![delete]).send().await.expect("deleted");

    let asked =
        KeysAndAttributes::builder().set_keys(Some((90..110).map(key).collect())).projection_expression("sk").build().expect("whole");
    let read = client.batch_get_item().request_items(table, asked).send().await.expect("read");
    let found: HashSet<String> =
        read.responses.expect("responses")[table].iter().map(|item| item["sk"].as_n().expect("a number").clone()).collect();
    assert_eq!(found, (90..99).map(|sort| sort.to_string()).collect());

    let query = client.query().table_name(table).key_condition_expression("pk = :p").expression_attribute_values(":p", text("p"));
    let mut pages = query.clone().into_paginator().page_size(7).send();
    let (mut count, mut number_of_pages) = (0, 0);
    while let Some(page) = pages.next().await {
        count += page.expect("a page").count;
        number_of_pages += 1;
    }
    assert_eq!((count, number_of_pages), (99, 15));
    let items = query.clone().scan_index_forward(false).into_paginator().page_size(10).items().send().collect::<Result<Vec<_>, _>>().await;
    let sorts: Vec<String> = items.expect("items").iter().map(|item| item["sk"].as_n().expect("a number").clone()).collect();
    assert_eq!(sorts, (0..99).rev().map(|sort| sort.to_string()).collect::<Vec<_>>());
    let scanned = client.scan().table_name(table).into_paginator().page_size(30).items().send().collect::<Result<Vec<_>, _>>().await;
    assert_eq!(scanned.expect("items").len(), 99);
    let counted = query.select(Select::Count).send().await.expect("a count");
    assert_eq!((counted.count, counted.items), (99, None));
    house.close().await;
}

#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn a_failed_condition_and_a_cancelled_transaction_are_the_sdks_errors() {
    let house = House::open().await;
    let client = house.client();
    let table = house.table.as_str();
    let first = client
        .put_item()
        .table_name(table)
        .set_item(Some(item(1, &[("a", text("there"))])))
        .condition_expression("attribute_not_exists(pk)");
    first.clone().send().await.expect("the first");
    let error = first.send().await.expect_err("the second").into_service_error();
    assert!(error.is_conditional_check_failed_exception(), "{error:?}");

    let check = ConditionCheck::builder()
        .table_name(table)
        .set_key(Some(key(1)))
        .condition_expression("attribute_not_exists(pk)")
        .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
    let update = Update::builder()
        .table_name(table)
        .set_key(Some(key(2)))
        .update_expression("SET a = :a")
        .expression_attribute_values(":a", text("x"));
    let transaction = client
        .transact_write_items()
        .transact_items(TransactWriteItem::builder().update(update.build().expect("whole")).build())
        .transact_items(TransactWriteItem::builder().condition_check(check.build().expect("whole")).build());
    let error = transaction.send().await.expect_err("cancelled").into_service_error();
    let TransactWriteItemsError::TransactionCanceledException(cancelled) = error else { panic!("{error:?}") };
    let reasons = cancelled.cancellation_reasons();
    assert_eq!(reasons.iter().map(|reason| reason.code().expect("a code")).collect::<Vec<_>>(), ["None", "ConditionalCheckFailed"]);
    assert_eq!(reasons[1].item(), Some(&item(1, &[("a", text("there"))])));

    let put = Put::builder().table_name(table).set_item(Some(item(3, &[("a", text("new"))]))).build().expect("whole");
    client.transact_write_items().transact_items(TransactWriteItem::builder().put(put).build()).send().await.expect("done");
    let get =
        |sort| TransactGetItem::builder().get(Get::builder().table_name(table).set_key(Some(key(sort))).build().expect("whole")).build();
    let read = client.transact_get_items().transact_items(get(3)).transact_items(get(2)).send().await.expect("read");
    let items: Vec<Option<Item>> = read.responses.expect("responses").into_iter().map(|response| response.item).collect();
    assert_eq!(items, [Some(item(3, &[("a", text("new"))])), None]);
    house.close().await;
}

#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn a_server_killed_under_load_costs_errors_and_never_a_wrong_answer() {
    let mut house = House::open().await;
    let client = house.client();
    let stop = Arc::new(AtomicBool::new(false));
    let right = Arc::new(AtomicUsize::new(0));
    let workers: Vec<_> = (0..8_i64)
        .map(|worker| {
            let (client, table, stop, right) = (client.clone(), house.table.clone(), stop.clone(), right.clone());
            tokio::spawn(async move {
                // What a read may find: the last write that succeeded, and what came after it with an unknown end.
                let mut possible = vec![None];
                for round in 0_i64.. {
                    if stop.load(Ordering::SeqCst) {
                        return;
                    }
                    // Names change, so that a list under a wrong id would show.
                    let names = [["a", "b", "c"], ["c", "d", "e"], ["a", "c", "e"]][usize::try_from(round % 3).expect("small")];
                    let new = item(worker, &names.map(|name| (name, text(&format!("{name} {round}")))));
                    match client.put_item().table_name(&table).set_item(Some(new.clone())).send().await {
                        Ok(_) => possible = vec![Some(new)],
                        Err(_) => possible.push(Some(new)),
                    }
                    if let Ok(read) = client.get_item().table_name(&table).set_key(Some(key(worker))).consistent_read(true).send().await {
                        assert!(possible.contains(&read.item), "{:?} is none of {possible:?}", read.item);
                        right.fetch_add(1, Ordering::SeqCst);
                    }
                }
            })
        })
        .collect();
    for _ in 0..5 {
        goes_on(&right).await;
        house.kill().await;
        house.start().await;
    }
    goes_on(&right).await;
    stop.store(true, Ordering::SeqCst);
    for worker in workers {
        worker.await.expect("no wrong answer");
    }
    house.close().await;
}

/// Waits for a hundred more right answers.
async fn goes_on(right: &AtomicUsize) {
    let enough = right.load(Ordering::SeqCst) + 100;
    let waiting = async {
        while right.load(Ordering::SeqCst) < enough {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(120), waiting).await.expect("the client goes on by itself");
}

#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn only_who_has_a_key_is_let_in() {
    let house = House::open_with(vec![AccessKey { id: "GUEST".into(), secret: "WORD".into() }], None).await;
    let get = async |client: Client| {
        let answer = client.get_item().table_name(&house.table).set_key(Some(key(1))).send().await;
        answer.map(|answer| answer.item).map_err(|error| word(&error))
    };
    assert_eq!(get(house.client_as("GUEST", "WORD")).await, Ok(None));
    for client in [house.client_as("GUEST", "WRONG"), house.client_as("STRANGER", "WORD")] {
        // Already the cluster's nodes are not told to a stranger.
        assert_eq!(get(client).await, Err("io".into()));
    }
    let error =
        house.client_as("GUEST", "WRONG").get_item().table_name(&house.table).set_key(Some(key(1))).send().await.expect_err("refused");
    let words = format!("{}", DisplayErrorContext(&error));
    assert!(words.contains("AuthenticationRequired"), "{words}");
    house.close().await;
}

#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn our_server_is_read_through_tls_by_its_name_only() {
    let own = rcgen::generate_simple_self_signed(vec!["localhost".into()]).expect("a certificate");
    let folder = tempfile::tempdir().expect("a folder");
    let (certificate, secret) = (folder.path().join("certificate.pem"), folder.path().join("key.pem"));
    std::fs::write(&certificate, own.cert.pem()).expect("written");
    std::fs::write(&secret, own.signing_key.serialize_pem()).expect("written");
    let house = House::open_with(Vec::new(), Some(Tls::from_pem_files(&certificate, &secret).expect("a certificate"))).await;
    let root: CertificateDer<'static> = own.cert.der().clone();
    let client = |host: &str| {
        let config = Config::builder()
            .url(format!("daxs://{host}:{}", house.address.port()))
            .region(Region::new(REGION))
            .credentials_provider(Credentials::new("AKID", "SECRET", None, None, "test"))
            .root_certificates([root.clone()]);
        Client::from_conf(config.build().expect("a configuration"))
    };
    let good = client("localhost");
    good.put_item().table_name(&house.table).set_item(Some(item(1, &of_all_types()))).send().await.expect("written");
    let read = good.get_item().table_name(&house.table).set_key(Some(key(1))).send().await.expect("read");
    assert_eq!(read.item.expect("there").len(), 2 + of_all_types().len());
    let error = client("127.0.0.1").get_item().table_name(&house.table).set_key(Some(key(1))).send().await.expect_err("another name");
    assert!(format!("{}", DisplayErrorContext(&error)).contains("not valid for name"));
    house.close().await;
}
