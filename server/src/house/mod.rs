//! Everything open at once: the log, the store, the engine, and what the server keeps in memory beside them.

mod backends;
mod housekeeping;
mod key_ring;
mod lexicons;
mod orphans;
mod people;
mod pins;
mod refusals;
mod remembered;
mod retention;
mod table;

pub use key_ring::KeyRing;
pub use lexicons::{Lexicons, Named, NamedSegment};
pub use orphans::EraseError;
pub use people::{People, Rights};
pub use pins::Pins;

pub use refusals::Refusals;
pub use table::Outage;

use crate::accounts::{Passwords, Throttle, Token};
use crate::config::Config;
use crate::owner::Folder;
use crate::purge::Purge;
use anyhow::Context;
use footfall_domain::{Clock, DropReason, Entropy, SystemClock, SystemEntropy, UnixMillis};
use footfall_eventlog::{EventLog, LogStats};
use footfall_ingest::{BuiltInCountries, FirstKnown, HitIds, PlaceFile, Places, TrustedProxies};
use footfall_processor::{Engine, EngineParts};
use footfall_store::dynamo::DynamoStats;
use footfall_store::{DynamoStore, Registry};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

/// How long a closing house waits for what it deletes in the background: nothing of it would be lost.
const TIDY: Duration = Duration::from_secs(1);

/// The doors through which time and chance enter. Tests bring their own.
#[derive(Clone)]
pub struct Outside {
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Where secrets and tokens come from.
    pub entropy: Arc<dyn Entropy>,
}

impl Default for Outside {
    fn default() -> Self {
        Self { clock: Arc::new(SystemClock), entropy: Arc::new(SystemEntropy) }
    }
}

/// Everything a process that owns a data folder has open.
pub struct House {
    /// What was set.
    pub config: Config,
    /// The folds and the log.
    pub engine: Arc<Engine>,
    /// Sites, users, keys.
    pub registry: Arc<dyn Registry>,
    /// The time, and chance.
    pub outside: Outside,
    /// Where addresses are.
    pub places: Arc<dyn Places>,
    /// Whose headers are believed.
    pub trusted: TrustedProxies,
    /// Names for hits.
    pub hit_ids: HitIds,
    /// API keys at hand.
    pub keys: KeyRing,
    /// Goals and segments at hand.
    pub lexicons: Lexicons,
    /// Who may do what, at hand.
    pub people: People,
    /// What people keep first among the sites, at hand.
    pub pins: Pins,
    /// Hits refused before the log, on their way to the registry.
    pub refusals: Refusals,
    /// Hashing, few at a time.
    pub passwords: Passwords,
    /// Wrong passwords.
    pub throttle: Throttle,
    /// Caches in front, which are told what is not true any more.
    pub purge: Arc<Purge>,
    /// The secret of the link for the first sign-in.
    pub setup: Token,
    import_drops: Mutex<BTreeMap<DropReason, u64>>,
    log: Arc<dyn EventLog>,
    log_stats: backends::LogStatsOf,
    table: Option<Arc<DynamoStore>>,
    stopping: watch::Sender<bool>,
    _folder: Folder,
}

impl House {
    /// Opens everything in a folder this process owns, and begins to fold.
    ///
    /// # Errors
    /// A backend cannot be opened; the message says which, and what to do.
    pub async fn open(config: Config, folder: Folder, outside: Outside) -> anyhow::Result<Arc<Self>> {
        let store = backends::store(&config, &outside).await?;
        let opened_log = backends::event_log(&config, &store, &outside).await?;
        orphans::refuse_foreign_hits(&config, &*opened_log.log, &*store.registry).await?;
        let parts = EngineParts {
            log: opened_log.log.clone(),
            rollups: store.rollups,
            registry: store.registry.clone(),
            clock: outside.clock.clone(),
            entropy: outside.entropy.clone(),
        };
        let places = places(&config)?;
        let engine = Engine::start(parts).await.context("the event log or the store cannot be read")?;
        let mut process = [0; 8];
        outside.entropy.fill(&mut process);
        let house = Arc::new(Self {
            places,
            engine,
            trusted: config.server.trusted()?,
            hit_ids: HitIds::new(u64::from_ne_bytes(process)),
            keys: KeyRing::new(store.registry.clone()),
            lexicons: Lexicons::new(store.registry.clone()),
            people: People::new(store.registry.clone()),
            pins: Pins::new(store.registry.clone()),
            refusals: Refusals::new(store.registry.clone()),
            passwords: Passwords::new(outside.entropy.clone(), config.accounts.hashes_at_once),
            throttle: Throttle::new(&*outside.entropy),
            purge: Arc::new(Purge::start(&config, &outside.clock)?),
            setup: Token::new("", &*outside.entropy),
            registry: store.registry,
            outside,
            config,
            import_drops: Mutex::default(),
            log: opened_log.log,
            log_stats: opened_log.stats,
            table: store.table,
            stopping: watch::Sender::new(false),
            _folder: folder,
        });
        housekeeping::tidy(&house).await;
        tokio::spawn(refusals::checkpoint_regularly(house.clone()));
        tokio::spawn(housekeeping::run(house.clone()));
        tokio::spawn(table::watch(house.clone()));
        Ok(house)
    }

    /// The present instant.
    pub fn now(&self) -> UnixMillis {
        self.outside.clock.now()
    }

    /// Lines that imports of this process did not count, by reason.
    pub fn import_drops(&self) -> BTreeMap<DropReason, u64> {
        self.import_drops.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Adds what one import did not count.
    pub fn note_import_drops(&self, dropped: &BTreeMap<DropReason, u64>) {
        let mut sums = self.import_drops.lock().unwrap_or_else(PoisonError::into_inner);
        for (reason, n) in dropped {
            *sums.entry(*reason).or_default() += n;
        }
    }

    /// What the log tells about itself.
    pub fn log_stats(&self) -> LogStats {
        (self.log_stats)()
    }

    /// What the store tells about itself, where it is a table of DynamoDB.
    pub fn table_stats(&self) -> Option<DynamoStats> {
        self.table.as_ref().map(|table| table.stats())
    }

    /// What works, but not as it should; in words for the operator. `None` when all is well.
    pub fn outage(&self) -> Option<Outage> {
        table::outage(&self.table_stats()?)
    }

    /// The log itself: for what reads hits beside the engine.
    pub fn log(&self) -> &Arc<dyn EventLog> {
        &self.log
    }

    /// Comes true when the house begins to close.
    pub fn stopping(&self) -> watch::Receiver<bool> {
        self.stopping.subscribe()
    }

    /// Flushes and stops. Nothing answered is lost without it; it saves the next start some work.
    pub async fn close(&self) {
        self.stopping.send_replace(true);
        self.purge.close().await;
        self.refusals.checkpoint().await;
        self.engine.stop().await;
        self.log.close().await;
        let Some(table) = &self.table else { return };
        if tokio::time::timeout(TIDY, table.idle()).await.is_err() {
            tracing::info!("pieces of replaced days are still in the table; the instance that uses it next deletes them");
        }
    }
}

/// The operator's files first, then what is built in.
fn places(config: &Config) -> anyhow::Result<Arc<dyn Places>> {
    let mut known: Vec<Box<dyn Places>> = Vec::new();
    for file in &config.places.files {
        let opened = PlaceFile::open(file).with_context(|| format!("places.files: cannot use {}", file.display()))?;
        known.push(Box::new(opened));
    }
    known.push(Box::new(BuiltInCountries::new()));
    Ok(Arc::new(FirstKnown(known)))
}
