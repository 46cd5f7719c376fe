//! Reading pieces: those of closed days through DAX when there is one, everything else from the table.

use super::breaker::{Breaker, BreakerState};
use super::item::{Item, Name, get_bytes};
use super::many::Range;
use super::stats::{Counters, Kind};
use super::table::Table;
use crate::StoreError;
use async_trait::async_trait;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

/// A place where pieces can be read. What it does not have may be in the table nevertheless.
#[async_trait]
pub(super) trait PieceReader: Send + Sync + 'static {
    /// Pieces by name; what it does not have is not in the answer.
    async fn get(&self, names: &[Name]) -> Result<HashMap<Name, Item>, StoreError>;

    /// Pieces of a partition by their sort keys.
    async fn query(&self, range: &Range) -> Result<Vec<Item>, StoreError>;
}

/// The table itself. Reads may be a little behind: pieces never change, and one that is missing is asked for again,
/// consistently.
#[async_trait]
impl PieceReader for Table {
    async fn get(&self, names: &[Name]) -> Result<HashMap<Name, Item>, StoreError> {
        self.get_many(Kind::Pieces, names, false).await
    }

    async fn query(&self, range: &Range) -> Result<Vec<Item>, StoreError> {
        Table::query(self, Kind::Pieces, range, false).await
    }
}

/// All the places.
pub(super) struct Pieces {
    pub table: Arc<Table>,
    pub cache: Option<Cache>,
}

pub(super) struct Cache {
    pub reader: Arc<dyn PieceReader>,
    pub breaker: Breaker,
    pub timeout: Duration,
}

impl Pieces {
    pub fn breaker(&self) -> Option<BreakerState> {
        self.cache.as_ref().map(|cache| cache.breaker.state())
    }

    /// Payloads by name. `immutable`: names of closed days, which a cache may keep for ever. What is missing in the answer
    /// is in no place.
    pub async fn get(&self, names: Vec<Name>, immutable: bool) -> Result<HashMap<Name, Vec<u8>>, StoreError> {
        if names.is_empty() {
            return Ok(HashMap::new());
        }
        let (mut found, cached) = self.somewhere(immutable, |reader| reader.get(&names)).await?;
        // A miss of DAX is remembered by it, and a plain read of the table may be behind: neither says that there is none.
        let missing: Vec<Name> = names.into_iter().filter(|name| !found.contains_key(name)).collect();
        if !missing.is_empty() {
            if cached {
                Counters::add(&self.table.counters.dax_missed, missing.len() as u64);
            }
            let late = self.table.get_many(Kind::Pieces, &missing, true).await?;
            Counters::add(&self.table.counters.pieces_direct, late.len() as u64);
            found.extend(late);
        }
        found.into_iter().map(|(name, item)| Ok((name, get_bytes(&item, "b")?.to_vec()))).collect()
    }

    /// Payloads of a partition by their sort keys: some that no day names any more, perhaps, and perhaps not all that one
    /// does.
    pub async fn query(&self, range: &Range) -> Result<HashMap<Name, Vec<u8>>, StoreError> {
        let (found, _) = self.somewhere(true, |reader| async move { by_name(reader.query(range).await?) }).await?;
        found.into_iter().map(|(name, item)| Ok((name, get_bytes(&item, "b")?.to_vec()))).collect()
    }

    /// Asks the cache, or the table when it may not be asked or does not answer; says whether the cache answered.
    async fn somewhere<'a, F>(
        &'a self,
        immutable: bool,
        ask: impl Fn(&'a dyn PieceReader) -> F,
    ) -> Result<(HashMap<Name, Item>, bool), StoreError>
    where
        F: Future<Output = Result<HashMap<Name, Item>, StoreError>>,
    {
        let counters = &self.table.counters;
        if let Some(cache) = self.cache.as_ref().filter(|_| immutable) {
            if let Some(leave) = cache.breaker.ask() {
                match tokio::time::timeout(cache.timeout, ask(&*cache.reader)).await {
                    Ok(Ok(found)) => {
                        leave.succeeded();
                        Counters::add(&counters.pieces_dax, found.len() as u64);
                        return Ok((found, true));
                    }
                    Ok(Err(error)) => {
                        leave.failed();
                        tracing::warn!(%error, breaker = cache.breaker.state().name(), "a read through DAX failed; reading from the table");
                    }
                    Err(_) => {
                        leave.failed();
                        tracing::warn!(breaker = cache.breaker.state().name(), "DAX was too slow; reading from the table");
                    }
                }
            }
            Counters::add(&counters.dax_fell_back, 1);
        }
        let found = ask(&*self.table).await?;
        Counters::add(&counters.pieces_direct, found.len() as u64);
        Ok((found, false))
    }
}

fn by_name(items: Vec<Item>) -> Result<HashMap<Name, Item>, StoreError> {
    items.into_iter().map(|item| Ok((Name::of(&item)?, item))).collect()
}
