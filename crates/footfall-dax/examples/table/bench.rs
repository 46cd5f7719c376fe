//! How quickly items that are cached are read: `table ENDPOINT --bench TABLE ITEMS SECONDS CALLERS` prints one line of JSON.
//! The endpoint `map:` is no server but a map of the SDK's items in this process, which is what no cache can be
//! quicker than.

use super::values::Item;
use super::{Client, values};
use aws_sdk_dynamodb::types::AttributeValue;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What to do.
pub struct Load {
    pub table: String,
    pub items: usize,
    pub seconds: u64,
    pub callers: usize,
}

impl Load {
    /// Reads TABLE ITEMS SECONDS CALLERS.
    pub fn of(mut arguments: impl Iterator<Item = String>) -> Self {
        let table = arguments.next().expect("TABLE");
        let mut number = |what: &str| arguments.next().and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("{what}"));
        Self { table, items: number("ITEMS"), seconds: number("SECONDS") as u64, callers: number("CALLERS") }
    }
}

/// What can be asked for an item.
pub enum Source {
    Client(Client),
    Map(HashMap<String, Item>),
}

impl Source {
    pub fn open(endpoint: &str, load: &Load) -> Self {
        if endpoint != "map:" {
            return Self::Client(Client::connect(endpoint));
        }
        Self::Map((0..load.items).map(|number| (key(number), item(number))).collect())
    }

    async fn get(&self, table: &str, number: usize) -> Item {
        let pk = key(number);
        let found = match self {
            Self::Map(items) => items.get(&pk).cloned(),
            Self::Client(Client::Dax(client)) => {
                client.get_item().table_name(table).key("pk", AttributeValue::S(pk)).send().await.expect("an answer").item
            }
            Self::Client(Client::Http(client)) => {
                client.get_item().table_name(table).key("pk", AttributeValue::S(pk)).send().await.expect("an answer").item
            }
        };
        found.expect("the item is there")
    }
}

/// Callers that each ask for one item after another.
pub async fn run(endpoint: &str, load: Load) -> Value {
    let source = Arc::new(Source::open(endpoint, &load));
    for number in 0..load.items {
        let found = source.get(&load.table, number).await;
        assert_eq!(found.len(), item(number).len(), "the whole item");
    }
    let load = Arc::new(load);
    let begin = Instant::now();
    let callers: Vec<_> = (0..load.callers)
        .map(|caller| {
            let (source, load) = (source.clone(), load.clone());
            tokio::spawn(async move { ask(&source, &load, caller, begin + Duration::from_secs(load.seconds)).await })
        })
        .collect();
    let mut took = Vec::new();
    for caller in callers {
        took.extend(caller.await.expect("a caller"));
    }
    let seconds = begin.elapsed().as_secs_f64();
    took.sort_unstable();
    let at = |share: f64| took[((took.len() - 1) as f64 * share) as usize] as f64 / 1000.0;
    json!({ "calls": took.len(), "seconds": seconds, "p50": at(0.5), "p99": at(0.99) })
}

/// The nanoseconds each answer took.
async fn ask(source: &Source, load: &Load, caller: usize, until: Instant) -> Vec<u64> {
    let mut took = Vec::new();
    let mut number = caller;
    loop {
        // A prime: every item comes up before one comes again.
        number = (number + 7919) % load.items;
        let begin = Instant::now();
        std::hint::black_box(source.get(&load.table, number).await);
        let end = Instant::now();
        took.push(u64::try_from((end - begin).as_nanos()).unwrap_or(u64::MAX));
        if end >= until {
            return took;
        }
        // A map never waits: the others get their turn.
        if let Source::Map(_) = source {
            tokio::task::consume_budget().await;
        }
    }
}

fn key(number: usize) -> String {
    format!("item {number}")
}

/// As `bench.py` writes them: about 400 bytes.
fn item(number: usize) -> Item {
    let text = json!({
        "pk": { "S": key(number) },
        "text": { "S": "x".repeat(200) },
        "count": { "N": number.to_string() },
        "ratio": { "N": format!("{number}.25") },
        "yes": { "BOOL": true },
        "tags": { "SS": ["a", "b", "c"] },
        "list": { "L": [{ "N": "1" }, { "S": "two" }] },
        "map": { "M": { "inner": { "S": "value" }, "other": { "N": "3.5" } } },
    });
    values::item(&text)
}
