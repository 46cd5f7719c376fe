//! The client against nodes that fail in every way a script can think of.

mod scripted;

use aws_credential_types::Credentials;
use aws_sdk_dynamodb::config::Region;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::types::{AttributeValue, ExpectedAttributeValue, Put, TransactWriteItem};
use footfall_dax::client::{Client, Config, ConfigBuilder};
use footfall_dax::clock::ManualClock;
use footfall_dax::wire::model::{GetItemOutput, Request, Response};
use footfall_dax::wire::responses::Role;
use footfall_dax::wire::value::{Item, Value};
use scripted::{Act, FakeNode, Membership, agree, endpoint, found, refuse, written};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Notify;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};

fn config(node: &FakeNode) -> ConfigBuilder {
    Config::builder()
        .url(format!("dax://{}", node.address))
        .region(Region::new("eu-central-1"))
        .credentials_provider(Credentials::new("AKID", "SECRET", None, None, "test"))
        .seed(1)
}

fn client_of(node: &FakeNode) -> Client {
    Client::from_conf(config(node).build().expect("a configuration"))
}

fn text(text: &str) -> AttributeValue {
    AttributeValue::S(text.into())
}

fn number(number: i64) -> AttributeValue {
    AttributeValue::N(number.to_string())
}

async fn get(client: &Client) -> Result<Option<String>, String> {
    get_at(client, 1).await
}

/// The attribute `a` of an item, or the error in a word or two.
async fn get_at(client: &Client, sort: i64) -> Result<Option<String>, String> {
    let answer = client.get_item().table_name("t").key("pk", text("p")).key("sk", number(sort)).send().await;
    let item = answer.map_err(|error| word(&error))?.item;
    Ok(item.map(|item| item["a"].as_s().expect("a text").clone()))
}

async fn put(client: &Client) -> Result<(), String> {
    let put = client.put_item().table_name("t").item("pk", text("p")).item("sk", number(1)).item("a", text("x"));
    put.send().await.map(|_| ()).map_err(|error| word(&error))
}

fn word<E: ProvideErrorMetadata>(error: &SdkError<E>) -> String {
    match error {
        SdkError::ServiceError(error) => error.err().code().unwrap_or("no code").to_owned(),
        SdkError::DispatchFailure(failure) if failure.is_timeout() => "attempt timeout".into(),
        SdkError::DispatchFailure(failure) if failure.is_io() => "io".into(),
        SdkError::DispatchFailure(_) => "dispatch".into(),
        SdkError::TimeoutError(_) => "timeout".into(),
        SdkError::ResponseError(_) => "response".into(),
        SdkError::ConstructionFailure(_) => "construction".into(),
        _ => "another".into(),
    }
}

fn item(pairs: &[(&str, Value)]) -> Item {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

/// An item with the request's key and `a`.
fn item_at(request: &Request, a: &str) -> Response {
    let Request::GetItem(get) = request else { panic!("not a get: {request:?}") };
    let mut item = get.key.clone();
    item.insert("a".into(), Value::S(a.into()));
    found(item)
}

/// Does one thing after another; at the end agrees to everything.
fn script(acts: impl IntoIterator<Item = Act>) -> impl Fn(&Request) -> Act + Send + Sync + 'static {
    let acts = Mutex::new(acts.into_iter().collect::<VecDeque<_>>());
    move |request| acts.lock().expect("not poisoned").pop_front().unwrap_or_else(|| agree(request))
}

#[tokio::test]
async fn an_item_arrives_and_names_are_asked_for_once() {
    let node = FakeNode::alone(|request| match request {
        Request::GetItem(_) => Act::Answer(item_at(request, "hello")),
        _ => agree(request),
    })
    .await;
    let client = client_of(&node);
    for _ in 0..3 {
        assert_eq!(get(&client).await, Ok(Some("hello".into())));
        assert_eq!(put(&client).await, Ok(()));
    }
    let asked = |of: &AtomicUsize| of.load(Ordering::SeqCst);
    assert_eq!((asked(&node.seen.schemas), asked(&node.seen.lists), asked(&node.seen.list_ids)), (1, 1, 0), "one list serves both ways");
    // One connection to discover the cluster, and one that is used again and again.
    assert_eq!(asked(&node.seen.connections), 2);
    assert_eq!(node.seen.authorizations(), ["AKID", "AKID"], "each connection is authorised once");
}

#[tokio::test]
async fn fifty_calls_at_once_ask_for_a_schema_once() {
    let node = FakeNode::alone(|request| Act::Answer(item_at(request, "x"))).await;
    let client = client_of(&node);
    let calls: Vec<_> = (0..50)
        .map(|sort| {
            let client = client.clone();
            tokio::spawn(async move { get_at(&client, sort).await })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.expect("no panic"), Ok(Some("x".into())));
    }
    assert_eq!(node.seen.schemas.load(Ordering::SeqCst), 1);
    assert_eq!(node.seen.lists.load(Ordering::SeqCst), 1);
    assert_eq!(node.seen.endpoints.load(Ordering::SeqCst), 1, "and discovers the cluster once");
}

/// How often a call is tried when every attempt fails so: reads, then writes.
async fn attempts(act: Act) -> (usize, usize, String, String) {
    let always = move |_: &Request| act.clone();
    let node = FakeNode::alone(always).await;
    let client = Client::from_conf(config(&node).attempt_timeout(Duration::from_millis(200)).build().expect("a configuration"));
    let read = get(&client).await.expect_err("always fails");
    let reads = node.seen.requests();
    let write = put(&client).await.expect_err("always fails");
    (reads, node.seen.requests() - reads, read, write)
}

#[tokio::test]
async fn the_table_of_retries() {
    // Codes, name, attempts of a read, attempts of a write.
    let table: &[(&[i64], &'static str, usize, usize)] = &[
        (&[4, 37, 38, 39, 40], "ProvisionedThroughputExceededException", 3, 3),
        (&[4, 37, 38, 39, 50], "ThrottlingException", 3, 3),
        (&[4, 37, 38, 39, 61], "RequestLimitExceeded", 3, 3),
        (&[4, 37, 38, 39, 41], "ResourceNotFoundException", 1, 1),
        (&[4, 37, 38, 39, 43], "ConditionalCheckFailedException", 1, 1),
        (&[4, 37, 38, 39, 46], "ValidationException", 1, 1),
        (&[4, 37, 38, 39, 48], "ItemCollectionSizeLimitExceededException", 1, 1),
        (&[4, 37, 38, 39, 57], "TransactionConflictException", 1, 1),
        (&[4, 37, 38, 42], "AccessDeniedException", 1, 1),
        (&[4, 37, 38, 39, 47], "InternalServerError", 3, 1),
        (&[3, 37, 54], "InternalServerError", 3, 1),
        (&[1, 37, 38, 53], "InternalServerError", 3, 1),
        (&[2, 37, 38, 51], "InternalServerError", 3, 3),
        (&[4, 23, 31, 33], "AuthenticationRequiredException", 3, 3),
    ];
    for (codes, name, reads, writes) in table {
        let outcome = attempts(Act::Refuse(codes.to_vec(), name)).await;
        assert_eq!(outcome, (*reads, *writes, (*name).to_owned(), (*name).to_owned()), "{codes:?}");
    }
}

#[tokio::test]
async fn a_lost_connection_is_tried_again_for_reads_and_not_for_writes() {
    assert_eq!(attempts(Act::Close).await, (3, 1, "io".into(), "io".into()));
    let half = Act::Truncate(found(item(&[("pk", Value::S("p".into())), ("sk", Value::N(1.into())), ("a", Value::S("x".into()))])), 1);
    assert_eq!(attempts(half).await, (3, 1, "io".into(), "io".into()));
}

#[tokio::test]
async fn a_silent_node_is_tried_again_for_reads_and_not_for_writes() {
    assert_eq!(attempts(Act::Hang).await, (3, 1, "attempt timeout".into(), "attempt timeout".into()));
}

#[tokio::test]
async fn a_call_ends_with_its_operation_timeout() {
    let node = FakeNode::alone(|_| Act::Hang).await;
    let client = Client::from_conf(config(&node).operation_timeout(Duration::from_millis(300)).build().expect("a configuration"));
    assert_eq!(get(&client).await, Err("timeout".into()));
}

#[tokio::test]
async fn a_transaction_is_repeated_with_its_token() {
    let node = FakeNode::alone(script([Act::Close, Act::Refuse(vec![4, 37, 38, 39, 47], "InternalServerError")])).await;
    let client = client_of(&node);
    let put = Put::builder().table_name("t").item("pk", text("p")).item("sk", number(1)).build().expect("a put");
    client.transact_write_items().transact_items(TransactWriteItem::builder().put(put).build()).send().await.expect("carried out");
    let requests = node.seen.requests.lock().expect("not poisoned");
    let tokens: Vec<&str> = requests
        .iter()
        .map(|request| match request {
            Request::TransactWriteItems(transaction) => transaction.token.as_deref().expect("a token"),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(tokens.len(), 3);
    assert_eq!(tokens[0].len(), 36);
    assert!(tokens.iter().all(|token| *token == tokens[0]), "{tokens:?}");
}

#[tokio::test]
async fn after_an_authentication_error_the_connection_is_authorised_again() {
    let node = FakeNode::alone(script([Act::Refuse(vec![4, 23, 31, 33], "AuthenticationRequiredException")])).await;
    let client = client_of(&node);
    assert_eq!(put(&client).await, Ok(()));
    assert_eq!(node.seen.authorizations().len(), 3, "discovery, first try, second try");
    assert_eq!(node.seen.connections.load(Ordering::SeqCst), 2, "on the same connection");
}

#[tokio::test]
async fn connections_are_authorised_again_after_150_seconds() {
    let node = FakeNode::alone(agree).await;
    let clock = ManualClock::at(Duration::from_secs(1_800_000_000));
    let client = Client::from_conf(config(&node).clock(clock.clone()).build().expect("a configuration"));
    assert_eq!(put(&client).await, Ok(()));
    let before = node.seen.authorizations().len();
    clock.advance(Duration::from_secs(149));
    assert_eq!(put(&client).await, Ok(()));
    assert_eq!(node.seen.authorizations().len(), before);
    clock.advance(Duration::from_secs(1));
    assert_eq!(put(&client).await, Ok(()));
    assert_eq!(node.seen.authorizations().len(), before + 1);
}

#[tokio::test]
async fn a_key_schema_is_asked_for_again_after_a_minute() {
    let node = FakeNode::alone(agree).await;
    let clock = ManualClock::at(Duration::from_secs(1_800_000_000));
    let client = Client::from_conf(config(&node).clock(clock.clone()).build().expect("a configuration"));
    for (advance, asked) in [(0, 1), (59, 1), (1, 2)] {
        clock.advance(Duration::from_secs(advance));
        assert_eq!(put(&client).await, Ok(()));
        assert_eq!(node.seen.schemas.load(Ordering::SeqCst), asked);
    }
}

#[tokio::test]
async fn a_dropped_call_leaves_no_answer_behind() {
    let told = Arc::new(Notify::new());
    let first = Mutex::new(Some(told.clone()));
    let node = FakeNode::alone(move |request| match first.lock().expect("not poisoned").take() {
        Some(told) => Act::Hold(item_at(request, "for somebody else"), told),
        None => Act::Answer(item_at(request, "for me")),
    })
    .await;
    let client = client_of(&node);
    let dropped = tokio::spawn({
        let client = client.clone();
        async move { get_at(&client, 1).await }
    });
    while node.seen.requests() == 0 {
        tokio::task::yield_now().await;
    }
    dropped.abort();
    assert!(dropped.await.expect_err("aborted").is_cancelled());
    told.notify_one();
    for _ in 0..10 {
        assert_eq!(get_at(&client, 2).await, Ok(Some("for me".into())));
    }
}

#[tokio::test]
async fn calls_dropped_at_any_moment_never_mix_up_answers() {
    let node = FakeNode::alone(|request| {
        let Request::GetItem(get) = request else { panic!("not a get") };
        let Value::N(sort) = get.key["sk"] else { panic!("not a number") };
        Act::Dribble(item_at(request, &sort.to_string()))
    })
    .await;
    let client = client_of(&node);
    for sort in 0..300_i64 {
        let call = get_at(&client, sort);
        tokio::pin!(call);
        // So many polls, then it is dropped; each at another moment of the exchange.
        for _ in 0..sort % 40 {
            let polled = std::future::poll_fn(|context| std::task::Poll::Ready(call.as_mut().poll(context))).await;
            if let std::task::Poll::Ready(answer) = polled {
                assert_eq!(answer, Ok(Some(sort.to_string())));
                break;
            }
            tokio::task::yield_now().await;
        }
    }
    for sort in 1000..1020 {
        assert_eq!(get_at(&client, sort).await, Ok(Some(sort.to_string())));
    }
}

#[tokio::test]
async fn an_answer_with_something_after_it_is_not_believed() {
    let node = FakeNode::alone(|request| Act::Chatter(item_at(request, "x"), vec![0x80])).await;
    let client = client_of(&node);
    assert_eq!(get(&client).await, Err("response".into()));
}

/// A second answer that arrives when the connection already lies idle must not become the next call's.
#[tokio::test]
async fn what_comes_unasked_is_never_the_next_answer() {
    let told = Arc::new(Notify::new());
    let node = FakeNode::alone({
        let told = told.clone();
        let asked = AtomicUsize::new(0);
        move |request| match asked.fetch_add(1, Ordering::SeqCst) {
            1 => Act::Twice(item_at(request, "said twice"), told.clone()),
            _ => Act::Answer(item_at(request, "said once")),
        }
    })
    .await;
    let client = client_of(&node);
    assert_eq!(get(&client).await, Ok(Some("said once".into())), "now the names are known");
    assert_eq!(get(&client).await, Ok(Some("said twice".into())));
    told.notify_one();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(get(&client).await, Ok(Some("said once".into())));
    assert_eq!(node.seen.connections.load(Ordering::SeqCst), 3, "one to discover, the one that spoke unasked, another");
}

#[tokio::test]
async fn nonsense_for_an_answer_is_an_error_and_the_next_call_is_well() {
    for nonsense in [
        vec![0xff],
        vec![0x80, 0x61, 0x61],
        vec![0x01],
        vec![0x80, 0xa1, 0x00, 0x01],
        vec![0x80, 0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    ] {
        let node = FakeNode::alone(script([Act::Say(nonsense.clone())])).await;
        let client = client_of(&node);
        assert_eq!(get(&client).await, Err("response".into()), "{nonsense:02x?}");
        assert_eq!(get(&client).await, Ok(None));
    }
}

#[tokio::test]
async fn an_answer_in_single_bytes_is_read() {
    let node = FakeNode::alone(|request| Act::Dribble(item_at(request, &"long ".repeat(200)))).await;
    assert_eq!(get(&client_of(&node)).await, Ok(Some("long ".repeat(200))));
}

#[tokio::test]
async fn a_node_restarted_between_calls_is_not_noticed() {
    let mut node = FakeNode::alone(|request| match request {
        Request::GetItem(_) => Act::Answer(item_at(request, "x")),
        _ => agree(request),
    })
    .await;
    let client = client_of(&node);
    assert_eq!(put(&client).await, Ok(()));
    node.restart(None).await;
    // The end of the idle connection has to arrive first; a write on it would be lost for good.
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(put(&client).await, Ok(()));
    assert_eq!(get(&client).await, Ok(Some("x".into())));
}

/// A server that numbers lists anew after a restart (as other servers of DAX do) must not get values under wrong names.
#[tokio::test]
async fn a_restarted_server_with_other_ids_gets_the_right_names() {
    let mut node = FakeNode::alone(agree).await;
    node.restart(Some(2)).await;
    let client = client_of(&node);
    let put = async |name: &str| {
        let put = client.put_item().table_name("t").item("pk", text("p")).item("sk", number(1)).item(name, text("x"));
        put.send().await.expect("written");
    };
    put("first").await;
    put("second").await;
    node.restart(Some(2)).await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    put("second").await;
    put("first").await;
    let requests = node.seen.requests.lock().expect("not poisoned");
    let names: Vec<&str> = requests
        .iter()
        .map(|request| match request {
            Request::PutItem(put) => put.item.keys().map(String::as_str).find(|name| !["pk", "sk"].contains(name)).expect("a name"),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(names, ["first", "second", "second", "first"]);
}

#[tokio::test]
async fn when_nobody_answers_the_error_says_so() {
    let mut node = FakeNode::alone(agree).await;
    node.stop().await;
    let client = client_of(&node);
    let error = client.get_item().table_name("t").key("pk", text("p")).key("sk", number(1)).send().await.expect_err("nobody");
    let SdkError::DispatchFailure(failure) = &error else { panic!("{error:?}") };
    assert!(failure.is_io());
    let words = format!("{}", aws_sdk_dynamodb::error::DisplayErrorContext(&error));
    assert!(words.contains("no node of the DAX cluster can be reached"), "{words}");
    assert!(words.contains(&node.address.to_string()), "{words}");
    assert_eq!(put(&client).await, Err("io".into()));
}

#[tokio::test]
async fn a_write_to_a_node_that_cannot_be_reached_goes_elsewhere() {
    let members = Membership::default();
    let mut leader = FakeNode::start(members.clone(), None, agree).await;
    let replica = FakeNode::start(members.clone(), None, agree).await;
    *members.lock().expect("not poisoned") = vec![endpoint(leader.address, Role::Leader), endpoint(replica.address, Role::Replica)];
    let client = client_of(&replica);
    assert_eq!(put(&client).await, Ok(()));
    assert_eq!((leader.seen.requests(), replica.seen.requests()), (1, 0), "the leader writes");
    leader.stop().await;
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(put(&client).await, Ok(()));
    assert_eq!(replica.seen.requests(), 1, "nothing had been sent to the leader");
}

#[tokio::test]
async fn reads_spread_over_all_nodes_and_writes_go_to_the_leader() {
    let (members, nodes) = three().await;
    let client = client_of(&nodes[2]);
    for _ in 0..60 {
        get(&client).await.expect("answered");
    }
    for node in &nodes {
        assert!(node.seen.requests() >= 5, "{} of 60 reads", node.seen.requests());
    }
    let before = nodes[0].seen.requests();
    for _ in 0..20 {
        put(&client).await.expect("answered");
    }
    assert_eq!(nodes[0].seen.requests(), before + 20);
    drop(members);
}

async fn three() -> (Membership, Vec<FakeNode>) {
    let members = Membership::default();
    let mut nodes = Vec::new();
    for role in [Role::Leader, Role::Replica, Role::Replica] {
        let node = FakeNode::start(members.clone(), None, agree).await;
        members.lock().expect("not poisoned").push(endpoint(node.address, role));
        nodes.push(node);
    }
    (members, nodes)
}

fn impatient(node: &FakeNode) -> Client {
    let config = config(node)
        .refresh_interval(Duration::from_millis(50))
        .health_interval(Duration::from_millis(50))
        .health_timeout(Duration::from_millis(100))
        .attempt_timeout(Duration::from_millis(300));
    Client::from_conf(config.build().expect("a configuration"))
}

/// Waits until something is true; a test that waits for ever fails by its own limit.
async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let waiting = async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), waiting).await.unwrap_or_else(|_| panic!("not within 20 s: {what}"));
}

#[tokio::test]
async fn a_new_leader_is_found() {
    let (members, nodes) = three().await;
    let client = impatient(&nodes[2]);
    put(&client).await.expect("answered");
    assert_eq!(nodes[0].seen.requests(), 1);
    {
        let mut members = members.lock().expect("not poisoned");
        members[0].role = Role::Replica;
        members[1].role = Role::Leader;
    }
    until("writes go to the new leader", async || {
        put(&client).await.expect("answered");
        nodes[1].seen.requests() > 0
    })
    .await;
}

#[tokio::test]
async fn a_node_that_joins_is_asked_and_one_that_left_is_not() {
    let (members, nodes) = three().await;
    let client = impatient(&nodes[0]);
    let left = members.lock().expect("not poisoned").pop().expect("three");
    get(&client).await.expect("answered");
    members.lock().expect("not poisoned").push(left);
    until("the third node is asked", async || {
        get(&client).await.expect("answered");
        nodes[2].seen.requests() > 0
    })
    .await;
    members.lock().expect("not poisoned").remove(1);
    until("the second node is asked no more", async || {
        let before = nodes[1].seen.requests();
        for _ in 0..30 {
            get(&client).await.expect("answered");
        }
        nodes[1].seen.requests() == before
    })
    .await;
}

#[tokio::test]
async fn a_silent_node_leaves_the_routes_and_comes_back() {
    let (_members, nodes) = three().await;
    let client = impatient(&nodes[0]);
    get(&client).await.expect("answered");
    nodes[2].mute.store(true, Ordering::SeqCst);
    until("the silent node is asked no more", async || {
        let before = nodes[2].seen.requests();
        for _ in 0..30 {
            get(&client).await.expect("answered");
        }
        nodes[2].seen.requests() == before
    })
    .await;
    nodes[2].mute.store(false, Ordering::SeqCst);
    let before = nodes[2].seen.requests();
    until("it is asked again", async || {
        get(&client).await.expect("answered");
        nodes[2].seen.requests() > before
    })
    .await;
}

#[tokio::test]
async fn no_more_connections_than_allowed() {
    let node = FakeNode::alone(|request| Act::Dribble(item_at(request, "x"))).await;
    let client = Client::from_conf(config(&node).connections_per_node(3).build().expect("a configuration"));
    let calls: Vec<_> = (0..40)
        .map(|sort| {
            let client = client.clone();
            tokio::spawn(async move { get_at(&client, sort).await })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.expect("no panic"), Ok(Some("x".into())));
    }
    assert_eq!(node.seen.connections.load(Ordering::SeqCst), 1 + 3, "one to discover, three to ask");
}

#[tokio::test]
async fn an_unknown_table_is_the_services_error() {
    let node = FakeNode::alone(agree).await;
    let client = client_of(&node);
    let error = client.get_item().table_name("nowhere").key("pk", text("p")).send().await.expect_err("no such table");
    let error = error.into_service_error();
    assert!(error.is_resource_not_found_exception(), "{error:?}");
    assert_eq!(put(&client).await, Ok(()), "the connection is still good");
}

#[tokio::test]
async fn a_key_that_does_not_fit_is_refused_before_it_is_sent() {
    let node = FakeNode::alone(agree).await;
    let client = client_of(&node);
    let error = client.get_item().table_name("t").key("pk", text("p")).send().await.expect_err("no sort key");
    assert_eq!(word(&error), "ValidationException");
    assert_eq!(node.seen.requests(), 0);
}

#[tokio::test]
async fn old_style_parameters_are_sent_as_expressions() {
    let node = FakeNode::alone(agree).await;
    let client = client_of(&node);
    let expected = ExpectedAttributeValue::builder().exists(false).build();
    let put = client.put_item().table_name("t").item("pk", text("p")).item("sk", number(1));
    put.clone().expected("a.b", expected.clone()).send().await.expect("sent");
    put.clone().condition_expression("attribute_not_exists(#a)").expression_attribute_names("#a", "a.b").send().await.expect("sent");
    {
        let requests = node.seen.requests.lock().expect("not poisoned");
        assert_eq!(requests[0], requests[1]);
    }
    let both = put.expected("a", expected).condition_expression("attribute_not_exists(a)").send().await.expect_err("both styles");
    assert_eq!(word(&both), "ValidationException");
}

#[tokio::test]
async fn errors_of_a_script_are_whole_frames() {
    // The script's own error frame is read by the codec: otherwise the table of retries would test nothing.
    let mut frame = footfall_dax::wire::cbor::Writer::new();
    refuse(&[4, 37, 38, 39, 43], "ConditionalCheckFailedException", &mut frame);
    let request = Request::GetItem(Default::default());
    let names = footfall_dax::wire::KnownNames::default();
    let error = footfall_dax::wire::responses::decode_response(&request, frame.as_bytes(), &names).expect("a frame").expect_err("an error");
    assert_eq!(error.error.code, "ConditionalCheckFailedException");
    let _ = (written(), GetItemOutput::default());
}

/// A cluster of one whose certificate is for `localhost`, and that certificate.
async fn encrypted() -> (FakeNode, CertificateDer<'static>) {
    let own = rcgen::generate_simple_self_signed(vec!["localhost".into()]).expect("a certificate");
    let key = PrivatePkcs8KeyDer::from(own.signing_key.serialize_der());
    let tls = ServerConfig::builder_with_provider(Arc::new(tokio_rustls::rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![own.cert.der().clone()], key.into())
        .expect("a key that fits");
    let members = Membership::default();
    let acceptor = TlsAcceptor::from(Arc::new(tls));
    let node = FakeNode::start(members.clone(), Some(acceptor), |request| Act::Answer(item_at(request, "secret"))).await;
    members.lock().expect("not poisoned").push(endpoint(node.address, Role::Leader));
    (node, own.cert.der().clone())
}

fn encrypted_client(node: &FakeNode, host: &str, root: CertificateDer<'static>) -> Client {
    let config = config(node).url(format!("daxs://{host}:{}", node.address.port())).root_certificates([root]).max_attempts(1);
    Client::from_conf(config.build().expect("a configuration"))
}

#[tokio::test]
async fn an_encrypted_cluster_is_read() {
    let (node, root) = encrypted().await;
    let client = encrypted_client(&node, "localhost", root);
    for _ in 0..3 {
        assert_eq!(get(&client).await, Ok(Some("secret".into())));
    }
    assert_eq!(node.seen.connections.load(Ordering::SeqCst), 2, "session tickets do not make a connection look used");
}

#[tokio::test]
async fn a_certificate_for_another_name_is_refused() {
    let (node, root) = encrypted().await;
    let client = encrypted_client(&node, "127.0.0.1", root);
    let error = client.get_item().table_name("t").key("pk", text("p")).key("sk", number(1)).send().await.expect_err("another name");
    let words = format!("{}", aws_sdk_dynamodb::error::DisplayErrorContext(&error));
    assert!(words.contains("not valid for name"), "{words}");
    assert_eq!(node.seen.requests(), 0);
}

#[tokio::test]
async fn a_certificate_nobody_vouches_for_is_refused() {
    let (node, _) = encrypted().await;
    let (_, other) = encrypted().await;
    let client = encrypted_client(&node, "localhost", other);
    assert_eq!(get(&client).await, Err("io".into()));
    assert_eq!(node.seen.authorizations(), Vec::<String>::new(), "nothing was told to it");
}

#[tokio::test]
async fn a_plain_server_is_no_encrypted_one() {
    let node = FakeNode::alone(agree).await;
    let (_, root) = encrypted().await;
    let client = encrypted_client(&node, "localhost", root);
    // The server sees no preamble; the client sees no TLS.
    assert_eq!(get(&client).await, Err("io".into()));
}
