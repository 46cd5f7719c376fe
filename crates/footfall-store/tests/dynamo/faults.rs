//! What DynamoDB does on a bad day: each fault is handled or said clearly.

use super::proxy::{Act, Proxy};
use super::support::{Place, endpoint};
use footfall_domain::{Dimension, DropReason, LocalDate, LogicId, Position, SiteId, UnixMillis};
use footfall_store::conformance::{Shape, agrees, made_rollup};
use footfall_store::dynamo::{DynamoOptions, DynamoStore, Tuning};
use footfall_store::{
    Activation, AuditEntry, DayKey, DayStamp, DayTotals, GenerationRow, KeyScope, NewKey, Put, Registry, RollupStore, Run, SecretUse,
    StoreError,
};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

const LARGE: Shape = Shape { rows: 2_500, other_rows: 40, live: true, log: true, machines: 300 };
const SMALL: Shape = Shape { rows: 30, other_rows: 4, live: true, log: true, machines: 5 };
const KEY: DayKey = DayKey { site: SiteId(1), generation: 0, date: LocalDate(20_000) };

fn stamp(revision: u64) -> DayStamp {
    let through = Position { epoch: 1, partition: 0, offset: revision * 10 };
    DayStamp { revision, logic: LogicId([1; 16]), through, newest_hit: None }
}

/// A table, a store that reaches it through a proxy, and one that does so directly.
async fn behind() -> (Place, Proxy, Arc<DynamoStore>, Arc<DynamoStore>) {
    let (place, direct) = Place::made().await;
    let proxy = Proxy::before(endpoint()).await;
    let options = DynamoOptions { endpoint: Some(proxy.endpoint.clone()), ..place.options.clone() };
    let store = DynamoStore::open_with(options, place.tuning.clone()).await.expect("opens");
    (place, proxy, Arc::new(store), direct)
}

/// Does something to the first calls of a store, and lets the others pass.
fn first(proxy: &Proxy, calls: usize, act: impl Fn() -> Act + Send + Sync + 'static) {
    proxy.rule(move |call| if call.before < calls { act() } else { Act::Pass });
}

#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn throttled_calls_are_made_again_and_counted() {
    let (_place, proxy, store, _) = behind().await;
    for (n, name) in ["ThrottlingException", "ProvisionedThroughputExceededException", "RequestLimitExceeded"].into_iter().enumerate() {
        let before = store.stats();
        first(&proxy, 3, move || Act::Refuse(400, name, "Rate exceeded"));
        store.put_setting("a", &[n as u8]).await.expect(name);
        assert_eq!(store.setting("a").await, Ok(Some(vec![n as u8])));
        let after = store.stats();
        assert_eq!((after.throttled - before.throttled, after.retries - before.retries), (3, 3), "{name}");
    }
}

#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn a_service_that_only_throttles_is_said_to() {
    let (_place, proxy, store, _) = behind().await;
    proxy.rule(|_| Act::Refuse(400, "ThrottlingException", "Rate exceeded"));
    let error = store.setting("a").await.expect_err("throttled");
    assert_eq!(error, StoreError::Throttled("ThrottlingException: Rate exceeded".into()));
    assert!(error.to_string().contains("this passes"), "{error}");
}

#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn errors_of_the_server_and_lost_connections_are_tried_again() {
    let (_place, proxy, store, _) = behind().await;
    first(&proxy, 2, || Act::Refuse(500, "InternalServerError", "The request processing has failed"));
    store.put_setting("a", b"1").await.expect("in the end");
    first(&proxy, 2, || Act::Refuse(503, "ServiceUnavailable", "Service is unavailable"));
    store.put_setting("a", b"2").await.expect("in the end");
    first(&proxy, 2, || Act::Drop);
    store.put_setting("a", b"3").await.expect("in the end");
    assert_eq!(store.setting("a").await, Ok(Some(b"3".to_vec())));
    proxy.rule(|_| Act::Refuse(500, "InternalServerError", "The request processing has failed"));
    assert!(!store.stats().away, "a lost answer or two are ordinary");
    let error = store.setting("a").await.expect_err("never");
    assert!(store.stats().away);
    assert_eq!(error, StoreError::Unavailable("DynamoDB says InternalServerError: The request processing has failed".into()));
    proxy.rule(|_| Act::Drop);
    assert!(matches!(store.setting("a").await, Err(StoreError::Unavailable(_))));
    assert!(store.stats().away);
    proxy.rule(|_| Act::Pass);
    assert_eq!(store.setting("a").await, Ok(Some(b"3".to_vec())));
    assert!(!store.stats().away);
}

#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn a_call_that_hangs_is_given_up_and_made_again() {
    let (place, proxy, _, _) = behind().await;
    let options = DynamoOptions { endpoint: Some(proxy.endpoint.clone()), ..place.options.clone() };
    let tuning = Tuning { attempt_timeout: Duration::from_secs(2), ..place.tuning.clone() };
    let store = DynamoStore::open_with(options, tuning).await.expect("opens");
    first(&proxy, 1, || Act::Delay(Duration::from_secs(3_600)));
    store.put_setting("a", b"1").await.expect("in the end");
    assert!(store.stats().retries >= 1);
}

/// DynamoDB did it, and the answer was lost on the way: trying again must not do it twice, nor call it somebody else's.
#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn a_lost_answer_is_neither_an_error_nor_a_second_deed() {
    let (_place, proxy, store, _) = behind().await;
    // The answer to every write is lost once: the first attempt of each, known by its body.
    let lose_each_once = || {
        let seen = std::sync::Mutex::new(std::collections::HashSet::new());
        proxy.rule(move |call| {
            let first = call.writes() && seen.lock().expect("a set").insert(call.body.to_string());
            if first { Act::LoseAnswer } else { Act::Pass }
        });
    };
    let now = UnixMillis(2_200_000_000_000);
    lose_each_once();
    let (small, large) = (made_rollup(1, SMALL), made_rollup(2, LARGE));
    assert_eq!(store.put_day(KEY, stamp(1), &small).await, Ok(Put::Written));
    assert_eq!(store.put_day(KEY, stamp(2), &large).await, Ok(Put::Written));
    store.idle().await;
    agrees(&*store, KEY, stamp(2), &large).await;
    let totals = DayTotals::of(KEY.date, stamp(3), &small);
    assert_eq!(store.put_totals(KEY, &totals).await, Ok(Put::Written));
    let change = Activation { at: now, who: "a".into(), why: "b".into(), logic: LogicId([1; 16]), before: vec![] };
    let row = GenerationRow { history: vec![change], ..GenerationRow::default() };
    store.activate(SiteId(1), 0, row.clone()).await.expect("activated");
    assert_eq!(store.generations(SiteId(1)).await.map(|row| row.version), Ok(1));

    let mut site = store.add_site("a.example", "UTC", now, None).await.expect("added");
    site.domain = "b.example".into();
    let site = store.put_site(&site).await.expect("renamed");
    assert_eq!(store.put_site(&site).await.expect("put").version, 2);
    let (reset, _) = store.reset_site("b.example", None).await.expect("reset");
    store.add_user("a@example.com", "x", true, now).await.expect("added");
    store.set_password("a@example.com", "y").await.expect("set");
    store.add_sign_in([1; 32], "a@example.com", [2; 32], now.plus(1)).await.expect("added");
    assert!(store.sign_in(&[1; 32], now).await.expect("sign-in").is_some());
    let new = NewKey { hash: [1; 32], site: Some(reset.id), scope: KeyScope::Stats, name: "k".into(), created: now, owner: None };
    let key = store.add_key(new.clone()).await.expect("added");
    store.remove_key(key.id).await.expect("removed");
    store.add_key(NewKey { owner: Some("a@example.com".into()), ..new }).await.expect("added");
    store.set_administrator("a@example.com", false).await.expect("set");
    store.end_sign_ins("a@example.com").await.expect("ended");
    let team = store.add_team("t").await.expect("added");
    let team = store.put_team(&team).await.expect("put");
    assert_eq!(team.version, 1);
    store.remove_team(team.id).await.expect("removed");
    let (who, deed) = ("a@example.com".to_owned(), "public-on".to_owned());
    let entry = AuditEntry { at: now, who, site: Some(reset.first_id), domain: String::new(), deed, about: serde_json::Value::Null };
    store.note(&entry).await.expect("noted");
    assert_eq!(store.audit(Some(reset.first_id), None, 9).await.expect("a page").len(), 1, "once");
    assert_eq!(store.remove_audit_before(now.plus(1)).await, Ok(1));
    store.remove_user("a@example.com").await.expect("removed");
    assert_eq!(store.secret(KEY.date, [1; 32], SecretUse::Live).await, Ok([1; 32]));
    assert_eq!(store.secret(KEY.date, [2; 32], SecretUse::Import { at: now }).await, Ok([1; 32]));
    let refused = [(Some(reset.id), KEY.date, DropReason::Invalid, 5)];
    store.add_refusals(&refused).await.expect("added");
    store.add_refusals(&[(Some(reset.id), KEY.date, DropReason::TooLarge, 2)]).await.expect("added");
    let counted = store.refusals(Some(reset.id), KEY.date..=KEY.date).await.expect("refusals");
    assert_eq!(counted.iter().map(|(_, _, n)| *n).sum::<u64>(), 7, "once each");
    assert_eq!(store.remove_site("b.example", None).await, Ok(reset.id));
    assert!(store.stats().retries > 15);
}

/// Two that change the generations at once: one of them has changed nothing, and nobody sees a state between two writes.
#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn an_activation_and_its_undoing_are_one_conditional_write_each() {
    let (_place, proxy, store, direct) = behind().await;
    let runs = vec![Run { from: LocalDate(1), through: LocalDate(9), generation: 1 }];
    let change = Activation { at: UnixMillis(1), who: "a".into(), why: "b".into(), logic: LogicId([1; 16]), before: vec![] };
    let activated = GenerationRow { version: 0, runs, history: vec![change] };
    let conditional = Arc::new(AtomicUsize::new(0));
    for (version, row) in [(0, activated.clone()), (1, GenerationRow::default())] {
        let seen = conditional.clone();
        proxy.rule(move |call| {
            seen.fetch_add(usize::from(call.body["ConditionExpression"].is_string()), Ordering::SeqCst);
            Act::Pass
        });
        store.activate(SiteId(1), version, row.clone()).await.expect("activated");
        assert_eq!(proxy.calls(), ["PutItem"]);
        assert_eq!(direct.generations(SiteId(1)).await, Ok(GenerationRow { version: version + 1, ..row }));
    }
    assert_eq!(conditional.load(Ordering::SeqCst), 2);
    assert!(matches!(store.activate(SiteId(1), 1, activated).await, Err(StoreError::Conflict(_))), "somebody else was first");
    assert_eq!(direct.generations(SiteId(1)).await, Ok(GenerationRow { version: 2, ..GenerationRow::default() }));
}

#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn what_a_batch_leaves_unprocessed_is_sent_again() {
    let (_place, proxy, store, _) = behind().await;
    let large = made_rollup(1, LARGE);
    proxy.rule(|call| match call.operation.as_str() {
        "BatchWriteItem" => Act::Unprocessed(call.before % 3),
        "BatchGetItem" => Act::Unprocessed(call.before % 4 * 7),
        _ => Act::Pass,
    });
    assert_eq!(store.put_day(KEY, stamp(1), &large).await, Ok(Put::Written));
    agrees(&*store, KEY, stamp(1), &large).await;
    assert!(store.stats().retries > 50);
    proxy.rule(|call| if call.operation.starts_with("Batch") { Act::Unprocessed(0) } else { Act::Pass });
    let error = store.day(KEY).await.expect_err("never");
    assert!(matches!(&error, StoreError::Throttled(words) if words.contains("unprocessed")), "{error}");
    assert!(matches!(store.put_day(KEY, stamp(2), &large).await, Err(StoreError::Throttled(_))));
}

#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn pages_of_a_query_are_followed() {
    let (_place, proxy, store, direct) = behind().await;
    for date in 0..7 {
        let key = DayKey { date: LocalDate(date), ..KEY };
        direct.put_day(key, stamp(1), &made_rollup(date as u64, if date % 2 == 0 { SMALL } else { LARGE })).await.expect("put");
        direct.add_site(&format!("{date}.example"), "UTC", UnixMillis(1), None).await.expect("added");
    }
    let dates = LocalDate(0)..=LocalDate(9);
    let wanted = direct.heads(SiteId(1), 0, Dimension::Page, dates.clone()).await.expect("heads");
    proxy.rule(|call| {
        let mut body = call.body.clone();
        if call.operation != "Query" {
            return Act::Pass;
        }
        body["Limit"] = json!(1);
        Act::Change(body)
    });
    assert_eq!(store.heads(SiteId(1), 0, Dimension::Page, dates.clone()).await, Ok(wanted));
    assert_eq!(store.totals(SiteId(1), 0, dates.clone()).await, direct.totals(SiteId(1), 0, dates).await);
    assert_eq!(store.sites().await, direct.sites().await);
    assert_eq!(store.days().await.map(|days| days.len()), Ok(7));
    assert!(proxy.count() > 20, "{}", proxy.count());
}

/// A plain read may be a little behind, so that a piece just written is not there yet: then it is read consistently.
#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn reads_that_are_behind_are_made_again_consistently() {
    let (_place, proxy, store, _) = behind().await;
    let large = made_rollup(1, LARGE);
    for date in 0..5 {
        store.put_day(DayKey { date: LocalDate(date), ..KEY }, stamp(1), &large).await.expect("put");
    }
    let plain = Arc::new(AtomicUsize::new(0));
    let seen = plain.clone();
    // Whatever is not asked consistently is asked for under names of which there is none.
    proxy.rule(move |call| {
        let text = call.body.to_string();
        let consistent = text.contains("\"ConsistentRead\":true");
        if consistent || !["BatchGetItem", "Query", "GetItem"].contains(&call.operation.as_str()) {
            return Act::Pass;
        }
        seen.fetch_add(1, Ordering::SeqCst);
        let elsewhere = text.replace("#head#", "#no-head#").replace("#tail#", "#no-tail#").replace("#index#", "#no-index#");
        Act::Change(serde_json::from_str(&elsewhere).expect("JSON"))
    });
    agrees(&*store, DayKey { date: LocalDate(2), ..KEY }, stamp(1), &large).await;
    let small = made_rollup(2, SMALL);
    store.put_day(DayKey { date: LocalDate(20), ..KEY }, stamp(1), &small).await.expect("put");
    agrees(&*store, DayKey { date: LocalDate(20), ..KEY }, stamp(1), &small).await;
    let heads = store.heads(SiteId(1), 0, Dimension::Page, LocalDate(0)..=LocalDate(9)).await.expect("heads");
    assert_eq!(heads.len(), 5);
    assert!(heads.iter().all(|head| head.top == heads[0].top));
    assert!(plain.load(Ordering::SeqCst) > 20);
}

#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn credentials_that_are_not_accepted_are_said_so_at_once() {
    let (_place, proxy, store, _) = behind().await;
    for (name, words) in [
        ("ExpiredTokenException", "The security token included in the request is expired"),
        ("UnrecognizedClientException", "The security token included in the request is invalid."),
        ("AccessDeniedException", "User: arn:aws:iam::1:user/x is not authorized to perform: dynamodb:GetItem"),
        ("InvalidSignatureException", "Signature expired"),
    ] {
        proxy.rule(move |_| Act::Refuse(400, name, words));
        assert_eq!(store.setting("a").await, Err(StoreError::Credentials(format!("{name}: {words}"))));
        assert_eq!(proxy.count(), 1, "{name}: no use in trying again");
    }
    proxy.rule(|_| Act::Pass);
    assert_eq!(store.setting("a").await, Ok(None), "and it goes on when they are");
}

#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn transactions_that_meet_are_made_again() {
    let (_place, proxy, store, _) = behind().await;
    let meets = |call: &super::proxy::Call| call.operation == "TransactWriteItems";
    let reasons = |code: &str| {
        let reasons = json!([{"Code": "None"}, {"Code": code, "Message": "Transaction is ongoing for the item"}, {"Code": "None"}]);
        json!({
            "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
            "Message": "Transaction cancelled", "CancellationReasons": reasons,
        })
    };
    let (left, body) = (AtomicUsize::new(4), reasons("TransactionConflict"));
    proxy.rule(move |call| {
        let again = meets(call) && left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok();
        if again { Act::Answer(400, body.clone()) } else { Act::Pass }
    });
    store.add_site("a.example", "UTC", UnixMillis(1), None).await.expect("in the end");
    assert_eq!(proxy.calls().iter().filter(|name| *name == "TransactWriteItems").count(), 5);
    let body = reasons("TransactionConflict");
    proxy.rule(move |call| if meets(call) { Act::Answer(400, body.clone()) } else { Act::Pass });
    let error = store.add_site("b.example", "UTC", UnixMillis(1), None).await.expect_err("never");
    assert!(matches!(error, StoreError::Conflict(_)), "{error}");
    let body = reasons("ThrottlingError");
    proxy.rule(move |call| if meets(call) { Act::Answer(400, body.clone()) } else { Act::Pass });
    let error = store.add_site("b.example", "UTC", UnixMillis(1), None).await.expect_err("never");
    assert!(matches!(error, StoreError::Throttled(_)), "{error}");
}

#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn a_table_that_goes_missing_is_named() {
    let (place, _proxy, store, direct) = behind().await;
    place.raw().await.delete_table().table_name(&place.options.table).send().await.expect("deleted");
    let missing = store.setting("a").await.expect_err("gone");
    assert!(matches!(&missing, StoreError::NoTable { table, .. } if *table == place.options.table), "{missing}");
    assert!(missing.to_string().contains("footfall store create"), "{missing}");
    let put = direct.put_day(KEY, stamp(1), &made_rollup(1, LARGE)).await;
    assert!(matches!(put, Err(StoreError::NoTable { .. })), "{put:?}");
}

/// One value, or one day, that no item can hold is refused before anything is written.
#[tokio::test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn what_fits_no_item_is_refused_in_words() {
    let (_place, proxy, store, _) = behind().await;
    proxy.rule(|_| Act::Pass);
    let error = store.put_setting("a", &vec![7; 410 << 10]).await.expect_err("too large");
    assert!(matches!(error, StoreError::TooLarge { .. }), "{error}");
    let mut rollup = made_rollup(1, SMALL);
    let counts = *rollup.live.dimensions[0].values().next().expect("a row");
    // Digits that do not compress, in one value.
    let noise: String = (0..70_000_u64).map(|n| format!("{:016x}", n.wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(n as u32))).collect();
    rollup.live.dimensions[0].insert(noise, counts);
    let error = store.put_day(KEY, stamp(1), &rollup).await.expect_err("too large");
    assert!(matches!(error, StoreError::TooLarge { .. }), "{error}");
    assert!(matches!(store.write_cost(&rollup), Err(StoreError::TooLarge { .. })));
    assert!(!proxy.calls().iter().any(|name| name.ends_with("WriteItem") || name == "PutItem"), "{:?}", proxy.calls());
    assert_eq!(store.day(KEY).await, Ok(None));
}
