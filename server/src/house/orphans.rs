//! Hits of sites that are gone.
//!
//! Removing a site takes its name from the registry first, notes its number there in the same transaction, and erases
//! its hits afterwards. A process that dies in between, or a hit that was on its way, leaves hits nobody can see; they
//! are erased at the next start and every hour. Only numbers that the registry has noted are ever erased: hits of
//! numbers it has never heard of belong to another registry, and the log holds the only copy of them.

use super::House;
use crate::config::Config;
use anyhow::Context;
use footfall_domain::SiteId;
use footfall_eventlog::EventLog;
use footfall_processor::EngineError;
use footfall_store::{Registry, StoreError};
use std::collections::BTreeSet;

/// Refuses a log that has hits of sites the registry has never had: the store is another one, or an older copy.
/// Going on would give their numbers to new sites, which would then show the hits of others.
///
/// # Errors
/// There are such hits, or the log or the store cannot be read.
pub(super) async fn refuse_foreign_hits(config: &Config, log: &dyn EventLog, registry: &dyn Registry) -> anyhow::Result<()> {
    let logged: BTreeSet<SiteId> = log.days().await.context("the event log cannot be read")?.into_iter().map(|day| day.site).collect();
    let unreadable = "the store cannot be read";
    let mut known: BTreeSet<SiteId> = registry.sites().await.context(unreadable)?.into_iter().map(|site| site.id).collect();
    known.extend(registry.removed_sites().await.context(unreadable)?.into_iter().map(|removed| removed.id));
    let foreign: Vec<String> = logged.difference(&known).map(|site| site.0.to_string()).collect();
    if foreign.is_empty() {
        return Ok(());
    }
    anyhow::bail!(
        "the event log ({}) has hits of sites that the store ({}) has never known (site numbers {}). The store is another one, or an \
         older copy than the log. Name the right one ([backends] store), or put back a copy of it that is at least as new as the log; \
         to begin anew without these hits, move the log away. Nothing was changed in the log",
        config.backends.eventlog,
        config.backends.store,
        foreign.join(", ")
    )
}

/// Erases what is left of removed sites. What fails is tried again at the next sweep.
pub(super) async fn sweep(house: &House) {
    match try_sweep(house).await {
        Ok(()) => {}
        Err(error) => tracing::warn!(error = %format_args!("{error:#}"), "cannot erase what is left of removed sites; trying again"),
    }
}

async fn try_sweep(house: &House) -> anyhow::Result<()> {
    let removed = house.registry.removed_sites().await?;
    if removed.is_empty() {
        return Ok(());
    }
    let logged: BTreeSet<SiteId> = house.log().days().await?.into_iter().map(|day| day.site).collect();
    for site in removed.into_iter().filter(|site| !site.erased || logged.contains(&site.id)) {
        erase(house, site.id).await?;
        tracing::info!(site.id = site.id.0, "erased what was left of a removed site");
    }
    house.registry.forget_counts_of_removed_sites().await?;
    Ok(())
}

impl House {
    /// Erases the hits and numbers of a removed site, and notes that it was done. Where it fails, the hourly sweep
    /// finishes it.
    ///
    /// # Errors
    /// The log or the store failed.
    pub async fn erase_removed_site(&self, site: SiteId) -> Result<(), EraseError> {
        erase(self, site).await
    }
}

/// Why a removed site's hits could not be erased yet.
#[derive(Debug, thiserror::Error)]
pub enum EraseError {
    /// The log or the rollups.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The note of it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

async fn erase(house: &House, site: SiteId) -> Result<(), EraseError> {
    house.engine.forget_site(site).await?;
    Ok(house.registry.note_erased(site).await?)
}
