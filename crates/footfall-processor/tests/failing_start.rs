//! A start whose first attempt to load the open days failed (a disk's hiccup) once lost hits: those that arrived between
//! the attempts, for a day the first had loaded, were neither loaded by the second nor followed afterwards.

#[path = "common/hits.rs"]
mod hits;

use async_trait::async_trait;
use footfall_domain::{Clock, Hit, LocalDate, ManualClock, Position, Record, SiteCalendar, SiteId, SystemEntropy, UnixMillis};
use footfall_eventlog::{EventLog, LogError, LoggedDay, MemoryLog};
use footfall_processor::{Engine, EngineParts};
use footfall_query::Source;
use footfall_store::{MemoryStore, Registry};
use hits::page_view;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::watch;

/// A log that fails once to read a site's day; ten hits for the first site arrive at that very moment.
struct Hiccup {
    log: MemoryLog,
    fails_at: SiteId,
    failed: AtomicBool,
    late: Vec<Hit>,
}

#[async_trait]
impl EventLog for Hiccup {
    async fn append(&self, hits: Vec<Hit>) -> Result<Position, LogError> {
        self.log.append(hits).await
    }
    async fn read(&self, after: Option<Position>, limit: usize) -> Result<Vec<Record>, LogError> {
        self.log.read(after, limit).await
    }
    async fn read_day(&self, site: SiteId, date: LocalDate, after: Option<Position>, limit: usize) -> Result<Vec<Record>, LogError> {
        if site == self.fails_at && !self.failed.swap(true, Ordering::SeqCst) {
            self.log.append(self.late.clone()).await?;
            return Err(LogError::Closed);
        }
        self.log.read_day(site, date, after, limit).await
    }
    async fn days(&self) -> Result<Vec<LoggedDay>, LogError> {
        self.log.days().await
    }
    fn newest(&self) -> watch::Receiver<Option<Position>> {
        self.log.newest()
    }
    async fn remove_site(&self, site: SiteId) -> Result<u64, LogError> {
        self.log.remove_site(site).await
    }
    async fn remove_days(&self, site: SiteId, until: LocalDate) -> Result<u64, LogError> {
        self.log.remove_days(site, until).await
    }
    async fn close(&self) {
        self.log.close().await;
    }
}

#[tokio::test]
async fn hits_that_arrive_while_a_start_is_tried_again_are_counted() {
    let now = UnixMillis(1_781_092_800_000);
    let clock = Arc::new(ManualClock::at(now));
    let store = Arc::new(MemoryStore::new());
    let first = store.add_site("first.example", "UTC", clock.now(), None).await.expect("a new site").id;
    let second = store.add_site("second.example", "UTC", clock.now(), None).await.expect("a new site").id;
    let calendar = SiteCalendar::of_zone("UTC").expect("a zone");
    let hit = |site: SiteId, number: u64| page_view((site, &calendar), number, number, now, "https://first.example/");
    let hits = |site: SiteId, from: u64| (from..from + 10).map(|number| hit(site, number)).collect::<Vec<_>>();
    let log = Arc::new(Hiccup { log: MemoryLog::new(), fails_at: second, failed: AtomicBool::new(false), late: hits(first, 100) });
    log.append(hits(first, 0)).await.expect("the log takes hits");
    log.append(hits(second, 50)).await.expect("the log takes hits");

    let parts = EngineParts { log: log.clone(), rollups: store.clone(), registry: store, clock, entropy: Arc::new(SystemEntropy) };
    let engine = Engine::start(parts).await.expect("an engine");
    // Only once the late hits are in the log is there something to catch up with.
    log.newest().wait_for(|newest| newest.is_some_and(|newest| newest.offset >= 29)).await.expect("the log lives");
    engine.wait_caught_up().await;

    assert!(log.failed.load(Ordering::SeqCst), "the first attempt failed");
    let today = hit(first, 0).date;
    let view = engine.view(first).await.expect("a view");
    let totals = engine.totals(&view, today..=today).await.expect("totals");
    assert_eq!(totals.first().map(|totals| totals.day.pageviews), Some(20));
}
