//! Durable hits a second, against the same server answering 202 and doing nothing.
//!
//! Both are processes of their own, flooded in turns by the same sender on the same machine, so the ratio means more
//! than the figures.

mod common;

use axum::Router;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::routing::post;
use common::{Flood, Server, flood, footfall, machine, median};
use std::io::Write;
use std::time::Duration;

const CONNECTIONS: usize = 128;
const ROUNDS: usize = 5;
const LENGTH: Duration = Duration::from_secs(4);
const NOTHING: &str = "--answer-and-do-nothing";

fn main() {
    if std::env::args().any(|word| word == NOTHING) {
        return do_nothing();
    }
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    footfall(&data, &["site", "add", "bench.example"]);
    let mut nothing = std::process::Command::new(std::env::current_exe().expect("this program"));
    nothing.arg(NOTHING);
    let (durable, nothing) = (Server::footfall(&data), Server::start(nothing));
    let rounds: Vec<(Flood, Flood)> =
        (0..ROUNDS).map(|_| (flood(&durable.address, CONNECTIONS, LENGTH), flood(&nothing.address, CONNECTIONS, LENGTH))).collect();
    let rate = |of: fn(&(Flood, Flood)) -> f64| median(rounds.iter().map(of).collect());
    let wait = |of: fn(&(Flood, Flood)) -> Duration| median(rounds.iter().map(|round| of(round).as_secs_f64() * 1e3).collect());
    println!("### ingest ({}, {CONNECTIONS} connections, medians of {ROUNDS} rounds of {LENGTH:?})\n", machine());
    println!("| | hits/s | p50 ms | p99 ms |\n|---|---|---|---|");
    println!(
        "| durable (202 after fdatasync) | {:.0} | {:.2} | {:.2} |",
        rate(|round| round.0.per_second),
        wait(|round| round.0.p50),
        wait(|round| round.0.p99)
    );
    println!(
        "| 202 and nothing else | {:.0} | {:.2} | {:.2} |",
        rate(|round| round.1.per_second),
        wait(|round| round.1.p50),
        wait(|round| round.1.p99)
    );
    println!(
        "| ratio | {:.0} % | | |\n",
        100.0 * median(rounds.iter().map(|(durable, nothing)| durable.per_second / nothing.per_second).collect())
    );
}

/// The same listener and router, without a house behind them.
fn do_nothing() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let listener = footfall::http::Listener::bind(([127, 0, 0, 1], 0).into()).await.expect("bound");
        println!("listens on http://{}", listener.address().expect("an address"));
        std::io::stdout().flush().expect("flushed");
        let router = Router::new().route("/api/event", post(|_body: Bytes| async { (StatusCode::ACCEPTED, "ok") }));
        listener.serve(router, std::future::pending(), Duration::ZERO).await;
    });
}
