//! The store in one table of DynamoDB (`docs/formats/dynamodb.md`).
//!
//! Rows of days, generations and the whole registry are read consistently. Pieces of days never change under their names, so
//! they may be read through DAX; only what the row of a day names is ever used.

mod audit;
mod background;
mod breaker;
mod cleanup;
mod connect;
mod contents;
mod counters;
mod counts;
mod create;
mod dax;
mod day_row;
mod days;
mod failure;
mod generations;
mod item;
mod key_change;
mod keys;
mod lay;
mod lexicons;
mod many;
mod names;
mod options;
mod pieces;
mod put;
mod read;
mod registry;
mod removed;
mod rollups;
mod seal;
mod secrets;
mod sites;
mod stats;
mod table;
mod teams;
mod transact;
mod tuning;
mod users;

pub use breaker::BreakerState;
pub use create::Created;
pub use item::{item_bytes, write_units};
pub use key_change::KeyChange;
pub use options::{DynamoOptions, SecretKey, TableName};
pub use put::{write_units_of_closed_day, write_units_of_day, write_units_of_totals};
pub use stats::{DynamoStats, Kind, Units};
pub use tuning::Tuning;

use crate::StoreError;
use aws_config::SdkConfig;
use background::Background;
use breaker::Breaker;
use dax::DaxReader;
use failure::Failure;
use footfall_domain::{SiteId, UnixMillis};
use pieces::{Cache, Pieces};
use seal::Sealer;
use stats::Counters;
use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use table::Table;

/// How many days the pieces of a flush are kept. A day that is not put again until then counts as not stored.
pub const FLUSH_DAYS: i64 = 7;

/// Rollups and registry in a table of DynamoDB. Several instances may share one table.
pub struct DynamoStore {
    inner: Arc<Inner>,
}

/// What tasks in the background share with the store.
struct Inner {
    table: Arc<Table>,
    pieces: Pieces,
    sealer: Sealer,
    background: Background,
    /// Sites and generations that are noted to have days.
    stored: Mutex<HashSet<(SiteId, u32)>>,
    looked_for: removed::LookedFor,
}

impl Inner {
    fn now(&self) -> UnixMillis {
        self.table.tuning.clock.now()
    }
}

impl DynamoStore {
    /// Opens a table that [`DynamoStore::create_table`] has made, or an empty one made by hand.
    ///
    /// # Errors
    /// [`StoreError::NoTable`], [`StoreError::OtherLayout`], [`StoreError::NewerLayout`], [`StoreError::WrongKey`],
    /// [`StoreError::Credentials`], or [`StoreError::Unavailable`] when DynamoDB cannot be reached.
    pub async fn open(options: DynamoOptions) -> Result<Self, StoreError> {
        Self::open_with(options, Tuning::default()).await
    }

    /// [`DynamoStore::open`] with other times, clock, chance and credentials.
    ///
    /// # Errors
    /// As [`DynamoStore::open`].
    pub async fn open_with(options: DynamoOptions, tuning: Tuning) -> Result<Self, StoreError> {
        let config = connect::sdk_config(&options, &tuning).await;
        let (table, sealer) = connect(&options, &tuning, &config)?;
        let cache = options.reads.as_deref().map(|url| cache(url, &config, &table)).transpose()?;
        table.check(&sealer).await?;
        let pieces = Pieces { table: table.clone(), cache };
        let (background, stored, looked_for) = (Background::new(), Mutex::default(), Mutex::default());
        let inner = Arc::new(Inner { table, pieces, sealer, background, stored, looked_for });
        tokio::spawn(cleanup::sweep_for_ever(Arc::downgrade(&inner)));
        Ok(Self { inner })
    }

    /// Makes the table: paid by the request, time to live enabled on the attribute `ttl`. One that is there already and is
    /// Footfall's is no error.
    ///
    /// # Errors
    /// As [`DynamoStore::open`].
    pub async fn create_table(options: &DynamoOptions) -> Result<Created, StoreError> {
        Self::create_table_with(options, &Tuning::default()).await
    }

    /// [`DynamoStore::create_table`] with other times, clock, chance and credentials.
    ///
    /// # Errors
    /// As [`DynamoStore::open`].
    pub async fn create_table_with(options: &DynamoOptions, tuning: &Tuning) -> Result<Created, StoreError> {
        let config = connect::sdk_config(options, tuning).await;
        let (table, sealer) = connect(options, tuning, &config)?;
        table.create(&sealer).await
    }

    /// Makes `options.key` the table's key where the one it has is lost, and discards the secrets sealed with that: visitors
    /// of their dates are counted anew. Nothing else in a table is sealed. No instance may use the table meanwhile; done
    /// again, it finishes what was cut off.
    ///
    /// # Errors
    /// As [`DynamoStore::open`], but for the key; [`StoreError::Conflict`] when somebody else changes the key at the same time.
    pub async fn new_key(options: &DynamoOptions) -> Result<KeyChange, StoreError> {
        Self::new_key_with(options, &Tuning::default()).await
    }

    /// [`DynamoStore::new_key`] with other times, clock, chance and credentials.
    ///
    /// # Errors
    /// As [`DynamoStore::new_key`].
    pub async fn new_key_with(options: &DynamoOptions, tuning: &Tuning) -> Result<KeyChange, StoreError> {
        let config = connect::sdk_config(options, tuning).await;
        let (table, sealer) = connect(options, tuning, &config)?;
        table.take_key(&sealer).await
    }

    /// What was done since the store was opened.
    pub fn stats(&self) -> DynamoStats {
        self.inner.table.counters.stats(self.inner.pieces.breaker())
    }

    /// Waits until nothing is under way that no call waits for: old pieces are deleted in the background. For an orderly end.
    pub async fn idle(&self) {
        self.inner.background.idle().await;
    }

    /// Deletes pieces that interrupted writings left behind more than an hour ago; returns how many writings. Done a
    /// minute after the start and every hour.
    ///
    /// # Errors
    /// As any call; what is left is found the next time.
    pub async fn sweep(&self) -> Result<u64, StoreError> {
        self.inner.sweep().await
    }

    /// Deletes the table with everything in it.
    ///
    /// # Errors
    /// As any call.
    pub async fn destroy_table(self) -> Result<(), StoreError> {
        self.inner.table.destroy().await
    }
}

fn connect(options: &DynamoOptions, tuning: &Tuning, config: &SdkConfig) -> Result<(Arc<Table>, Sealer), StoreError> {
    TableName::new(&options.table)?;
    if config.region().is_none() {
        let words = "no AWS region is given: add ?region=… to the store's URL, or set AWS_REGION";
        return Err(StoreError::Options(words.to_owned()));
    }
    let counters = Arc::new(Counters::default());
    let client = connect::client(config, counters.clone());
    let (name, place) = (options.table.clone(), options.place());
    let table = Table { client, name, place, counters, tuning: tuning.clone() };
    Ok((Arc::new(table), Sealer::new(&options.key, tuning.entropy.clone())))
}

fn cache(url: &str, config: &SdkConfig, table: &Table) -> Result<Cache, StoreError> {
    let reader = Arc::new(DaxReader::new(config, url, &table.name)?);
    Ok(Cache { reader, breaker: Breaker::new(), timeout: table.tuning.dax_timeout })
}
