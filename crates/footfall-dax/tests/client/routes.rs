//! Which node is asked: leaders, replicas, nodes that come, go and fall silent.

use crate::kit::{client_of, config, get, item_at, number, put, text, until};
use crate::scripted::{Act, FakeNode, Membership, agree, endpoint};
use aws_sdk_dynamodb::config::Region;
use aws_sdk_dynamodb::error::SdkError;
use footfall_dax::client::{Client, Config};
use footfall_dax::wire::model::Request;
use footfall_dax::wire::responses::Role;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;

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

/// A port that takes connections and never says anything: each try would cost its whole timeout.
#[tokio::test]
async fn fifty_calls_ask_a_cluster_that_is_gone_once() {
    let silent = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let config = Config::builder()
        .url(format!("dax://{}", silent.local_addr().expect("bound")))
        .region(Region::new("eu-central-1"))
        .connect_timeout(Duration::from_millis(200))
        .max_attempts(1);
    let client = Client::from_conf(config.build().expect("a configuration"));
    let taken = Arc::new(Mutex::new(Vec::new()));
    let taking = tokio::spawn({
        let taken = taken.clone();
        async move {
            while let Ok((stream, _)) = silent.accept().await {
                taken.lock().expect("not poisoned").push(stream);
            }
        }
    });
    let calls: Vec<_> = (0..50)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { get(&client).await })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.expect("no panic"), Err("io".into()));
    }
    taking.abort();
    assert_eq!(taken.lock().expect("not poisoned").len(), 1);
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
async fn a_seed_that_is_dead_leaves_the_others() {
    let mut dead = FakeNode::alone(agree).await;
    dead.stop().await;
    let node = FakeNode::alone(agree).await;
    let url = format!("dax://{},dax://{}", dead.address, node.address);
    let client = Client::from_conf(config(&node).url(url).build().expect("a configuration"));
    assert_eq!(put(&client).await, Ok(()));
}

#[tokio::test]
async fn when_the_seed_dies_the_nodes_it_named_tell_of_new_ones() {
    let members = Membership::default();
    let mut seed = FakeNode::start(members.clone(), None, agree).await;
    let other = FakeNode::start(members.clone(), None, agree).await;
    let late = FakeNode::start(members.clone(), None, agree).await;
    *members.lock().expect("not poisoned") = vec![endpoint(seed.address, Role::Leader), endpoint(other.address, Role::Replica)];
    let client = impatient(&seed);
    get(&client).await.expect("answered");
    seed.stop().await;
    *members.lock().expect("not poisoned") = vec![endpoint(other.address, Role::Leader), endpoint(late.address, Role::Replica)];
    until("the late node is asked", async || {
        get(&client).await.expect("answered");
        late.seen.requests() > 0
    })
    .await;
}
