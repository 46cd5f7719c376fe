//! A server under test, and short names for what is asked of it.

use crate::backend::Backend;
use crate::client::{Dax, get};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use footfall_dax::clock::ManualClock;
use footfall_dax::server::{Config, Server};
use footfall_dax::wire::expr::{Action, Comparator, Condition, Operand, Path, PathElement};
use footfall_dax::wire::model::*;
use footfall_dax::wire::value::{Item, Value};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

/// 2026-11-23.
pub const NOW: Duration = Duration::from_secs(1_795_392_000);

pub struct World {
    pub server: Server,
    pub clock: Arc<ManualClock>,
    pub address: SocketAddr,
}

/// A configuration with a clock that stands still.
pub fn config(endpoint: &str, clock: &Arc<ManualClock>) -> Config {
    let credentials = Credentials::new("upstream", "secret", None, None, "test");
    let listen = "127.0.0.1:0".parse().expect("an address");
    let clock: Arc<ManualClock> = Arc::clone(clock);
    Config { clock, ..Config::new(listen, endpoint, "us-east-1", SharedCredentialsProvider::new(credentials)) }
}

impl World {
    pub async fn new(backend: &Backend) -> Self {
        Self::with(backend, |_| {}).await
    }

    pub async fn with(backend: &Backend, change: impl FnOnce(&mut Config)) -> Self {
        let clock = ManualClock::at(NOW);
        let mut config = config(&backend.endpoint, &clock);
        change(&mut config);
        let server = Server::start(config).await.expect("a server");
        let address = server.local_addr();
        Self { server, clock, address }
    }

    pub async fn dax(&self) -> Dax {
        Dax::connect(self.address).await
    }

    pub fn advance(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    /// A number of `/metrics`, by its name and labels as they stand there.
    pub async fn metric(&self, name: &str) -> f64 {
        let page = get(self.address, "/metrics").await;
        let line = page.body.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        line.unwrap_or_else(|| panic!("{name} in {}", page.body)).parse().expect("a number")
    }
}

/// Waits until something holds that will.
pub async fn until(mut holds: impl FnMut() -> bool) {
    tokio::time::timeout(Duration::from_secs(60), async {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    })
    .await
    .expect("it never came to hold");
}

pub fn number(text: &str) -> Value {
    Value::N(text.parse().expect("a number"))
}

pub fn text(text: &str) -> Value {
    Value::S(text.into())
}

/// A key of `t`.
pub fn key(sk: u32) -> Item {
    [("pk".to_owned(), text("p")), ("sk".to_owned(), number(&sk.to_string()))].into()
}

/// An item of `t` with a value.
pub fn item(sk: u32, v: &str) -> Item {
    let mut item = key(sk);
    item.insert("v".into(), text(v));
    item
}

pub fn read(sk: u32) -> GetItem {
    GetItem { table: "t".into(), key: key(sk), ..GetItem::default() }
}

pub fn put(sk: u32, v: &str) -> Request {
    Request::PutItem(PutItem { table: "t".into(), item: item(sk, v), ..PutItem::default() })
}

pub fn delete(sk: u32) -> Request {
    Request::DeleteItem(DeleteItem { table: "t".into(), key: key(sk), ..DeleteItem::default() })
}

pub fn update(sk: u32, v: &str, return_values: ReturnValues) -> Request {
    let update = vec![Action::Set(path("v"), Operand::Value(text(v)))];
    let options = WriteOptions { return_values, ..WriteOptions::default() };
    Request::UpdateItem(UpdateItem { table: "t".into(), key: key(sk), update: Some(update), options })
}

pub fn path(name: &str) -> Path {
    Path(vec![PathElement::Name(name.into())])
}

/// Everything in partition `p`.
pub fn query() -> Query {
    let is_p = Condition::Compare(Comparator::Eq, Operand::Path(path("pk")), Operand::Value(text("p")));
    Query { table: "t".into(), key_condition: Some(is_p), forward: true, options: ReadOptions::default() }
}

impl Dax {
    /// The value of an item, `None` when there is none.
    pub async fn value(&mut self, sk: u32) -> Option<String> {
        self.value_of(read(sk)).await
    }

    pub async fn value_of(&mut self, get: GetItem) -> Option<String> {
        match self.ask(&Request::GetItem(get)).await {
            Ok(Response::GetItem(output)) => output.item.map(|item| value_in(&item)),
            other => panic!("{other:?}"),
        }
    }

    /// A write that succeeds.
    pub async fn write(&mut self, request: &Request) -> Option<Item> {
        match self.ask(request).await {
            Ok(Response::Write(output)) => output.attributes,
            other => panic!("{other:?}"),
        }
    }

    /// A request that fails: with which exception.
    pub async fn refused(&mut self, request: &Request) -> String {
        self.ask(request).await.expect_err("an error").error.code
    }

    /// The values of a page.
    pub async fn page(&mut self, query: Query) -> Vec<String> {
        match self.ask(&Request::Query(query)).await {
            Ok(Response::Page(page)) => page.items.iter().flatten().map(|item| value_in(item)).collect(),
            other => panic!("{other:?}"),
        }
    }
}

pub fn value_in(item: &Item) -> String {
    match &item["v"] {
        Value::S(text) => text.clone(),
        other => panic!("{other:?}"),
    }
}
