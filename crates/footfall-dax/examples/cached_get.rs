//! How long cached reads take through this client: `cached_get dax://HOST:PORT TABLE KEYS CONCURRENCY CALLS` reads
//! items `pk = "0"`, `"1"` … of a table whose key is `pk` alone, and prints one line of JSON. Every item is read once
//! before the clock starts, so that a cache answers all that is measured.

use aws_credential_types::Credentials;
use aws_sdk_dynamodb::config::Region;
use aws_sdk_dynamodb::types::AttributeValue;
use footfall_dax::client::{Client, Config};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut next = |what: &str| arguments.next().unwrap_or_else(|| panic!("usage: cached_get URL TABLE KEYS CONCURRENCY CALLS ({what})"));
    let (url, table) = (next("the URL"), next("the table"));
    let [keys, concurrency, calls] = ["keys", "concurrency", "calls"].map(|what| next(what).parse::<usize>().expect("a number"));
    let config = Config::builder()
        .url(url)
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::new("AKIDUMMY", "SECRETDUMMY", None, None, "example"))
        .connections_per_node(concurrency);
    let client = Client::from_conf(config.build().expect("a configuration"));
    for key in 0..keys {
        get(&client, &table, key).await;
    }
    let begun = Arc::new(AtomicUsize::new(0));
    let start = Instant::now();
    let workers: Vec<_> = (0..concurrency)
        .map(|_| {
            let (client, table, begun) = (client.clone(), table.clone(), begun.clone());
            tokio::spawn(async move {
                let mut times = Vec::new();
                loop {
                    let call = begun.fetch_add(1, Ordering::Relaxed);
                    if call >= calls {
                        return times;
                    }
                    times.push(get(&client, &table, call % keys).await);
                }
            })
        })
        .collect();
    let mut times = Vec::with_capacity(calls);
    for worker in workers {
        times.extend(worker.await.expect("every item is there"));
    }
    let seconds = start.elapsed().as_secs_f64();
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1e6;
    println!(
        "{}",
        serde_json::json!({"calls": calls, "concurrency": concurrency, "seconds": seconds, "per_second": calls as f64 / seconds, "p50_us": at(0.5), "p99_us": at(0.99)})
    );
}

async fn get(client: &Client, table: &str, key: usize) -> Duration {
    let start = Instant::now();
    let answer = client.get_item().table_name(table).key("pk", AttributeValue::S(key.to_string())).send().await.expect("answered");
    assert!(answer.item.is_some(), "item {key} is not there");
    start.elapsed()
}
