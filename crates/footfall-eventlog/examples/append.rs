//! How many hits a second the SQLite log keeps: `cargo run --release -p footfall-eventlog --features conformance
//! --example append -- FOLDER [CALLERS] [HITS A CALL] [SECONDS] [SITES]`

use footfall_eventlog::conformance::hit;
use footfall_eventlog::{EventLog, LogOptions, SqliteLog};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("name a folder on the disk to measure")?);
    let mut number = |default: u64| arguments.next().map_or(Ok(default), |text| text.parse::<u64>());
    let (callers, hits_a_call, seconds, sites) = (number(512)?, number(1)?, number(5)?, number(10)?);
    let path = folder.join("bench-log.db");
    let log = Arc::new(SqliteLog::open(&path, LogOptions::default()).await?);
    let until = Instant::now() + Duration::from_secs(seconds);
    let tasks: Vec<_> = (0..callers)
        .map(|caller| {
            let log = log.clone();
            tokio::spawn(async move {
                let mut calls = 0;
                while Instant::now() < until {
                    let n = caller * 1_000_000 + calls;
                    let hits = (0..hits_a_call).map(|at| hit(1 + n % sites, 100, n * hits_a_call + at)).collect();
                    log.append(hits).await?;
                    calls += 1;
                }
                Ok::<_, footfall_eventlog::LogError>(calls)
            })
        })
        .collect();
    for task in tasks {
        task.await??;
    }
    let stats = log.stats();
    println!("{} hits/s durable, {} callers", stats.hits / seconds, callers);
    println!("{} commits, mean {:?}, longest {:?}", stats.commits, stats.commit_time / stats.commits.max(1) as u32, stats.longest_commit);
    let started = Instant::now();
    let (mut read, mut after) = (0, None);
    loop {
        let records = log.read(after, 10_000).await?;
        let Some(last) = records.last() else { break };
        (read, after) = (read + records.len(), Some(last.position));
    }
    println!("{:.0} hits/s read", read as f64 / started.elapsed().as_secs_f64());
    log.close().await;
    println!("{} bytes a hit on disk", std::fs::metadata(&path)?.len() / stats.hits.max(1));
    Ok(())
}
