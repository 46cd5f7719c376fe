//! A log, a clock and a store that outlive the engines started over them.

use footfall_domain::{Clock, Hit, LocalDate, ManualClock, Position, Site, SiteId, SystemEntropy, UnixMillis};
use footfall_eventlog::{EventLog, MemoryLog};
use footfall_processor::{Engine, EngineParts};
use footfall_query::Source;
use footfall_store::Store;
use footfall_store::conformance::Home;
use footfall_testkit::traffic::Plan;
use std::sync::Arc;
use std::time::Duration;

pub struct House<'a> {
    home: &'a mut dyn Home,
    pub log: Arc<MemoryLog>,
    pub clock: Arc<ManualClock>,
    pub sites: Vec<Site>,
    pub store: Arc<dyn Store>,
    pub engine: Arc<Engine>,
    /// How many open days were due to be written.
    pub flushed: usize,
}

/// Long before and long after anything that happens.
pub const EVER: std::ops::RangeInclusive<LocalDate> = LocalDate(0)..=LocalDate(40_000);

impl<'a> House<'a> {
    /// A new house with the sites of plans; their numbers are the same in every house.
    pub async fn new(home: &'a mut dyn Home, plans: &[Plan], now: UnixMillis) -> Self {
        let store = home.open().await;
        let mut sites = Vec::new();
        for (n, plan) in plans.iter().enumerate() {
            let domain = format!("site{n}.example");
            let id = store.add_site(&domain, "UTC", now, None).await.expect("a new site").id;
            assert_eq!(id, number(n), "numbers are given one after the other");
            let site = Site { id, domain, created: now, ..plan.site() };
            sites.push(store.put_site(&site).await.expect("the site"));
        }
        let (log, clock) = (Arc::new(MemoryLog::new()), Arc::new(ManualClock::at(now)));
        let engine = start(&log, &clock, &store).await;
        Self { home, log, clock, sites, store, engine, flushed: 0 }
    }

    /// Ends the process and starts it again: what is not in the log or the store is gone.
    pub async fn restart(&mut self) {
        self.engine.stop().await;
        self.store = self.home.open().await;
        self.engine = start(&self.log, &self.clock, &self.store).await;
    }

    /// Puts hits into the log; the clock goes on to the newest of them.
    pub async fn receive(&self, hits: &[Hit]) {
        let newest = hits.iter().map(|hit| hit.time).max().expect("hits");
        self.clock.set(newest.max(self.clock.now()));
        self.log.append(hits.to_vec()).await.expect("the log takes hits");
    }

    /// Everything in the log is folded; what is closed of the site is in the store.
    pub async fn settle(&self, site: &Site) {
        self.engine.wait_caught_up().await;
        let view = self.engine.view(site.id).await.expect("a view");
        let days = self.log.days().await.expect("the log");
        for day in days.into_iter().filter(|day| day.site == site.id && self.is_closed(site, day.date)) {
            // A day leaves memory a moment after its end; reading settles what has left.
            while !self.has(site.id, day.date, day.last).await {
                tokio::time::sleep(Duration::from_millis(20)).await;
                self.engine.totals(&view, EVER).await.expect("totals");
            }
        }
    }

    /// Whether a day has ended for good.
    pub fn is_closed(&self, site: &Site, date: LocalDate) -> bool {
        site.calendar().expect("zones that exist").day(date).end.plus(3_600_000) < self.clock.now()
    }

    /// Whether the store has a day, in some generation, with everything up to a position of the log.
    async fn has(&self, site: SiteId, date: LocalDate, last: Position) -> bool {
        let days = self.store.days().await.expect("days");
        days.iter().any(|(key, stamp)| key.site == site && key.date == date && stamp.through.covers(last) == Some(true))
    }
}

/// The number of the n-th site of a house.
pub fn number(n: usize) -> SiteId {
    SiteId(n as u64 + 1)
}

async fn start(log: &Arc<MemoryLog>, clock: &Arc<ManualClock>, store: &Arc<dyn Store>) -> Arc<Engine> {
    let parts = EngineParts {
        log: log.clone(),
        rollups: store.clone(),
        registry: store.clone(),
        clock: clock.clone(),
        entropy: Arc::new(SystemEntropy),
    };
    Engine::start(parts).await.expect("an engine")
}
