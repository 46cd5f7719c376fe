//! Moving everything from one store to another.
//!
//! Nobody may write to either meanwhile. Each day is read back from the target and compared, so is the registry at the end.
//! A copy that was interrupted leaves a mark in the target, and the next one of the same store goes on. One that is
//! complete leaves none, so that a target in use is never overwritten by its own past.

use crate::{Contents, DayKey, DayStamp, GenerationRow, Put, Registry, Store, StoreError};
use footfall_domain::{Clock, SiteId, SystemClock, UnixMillis};
use futures::{StreamExt, TryStreamExt, stream};
use std::collections::{BTreeMap, BTreeSet};

/// The setting that marks a target while the copy is not complete; empty afterwards.
pub const MARK: &str = "store-copy";
/// What it says meanwhile.
pub const UNFINISHED: &[u8] = b"unfinished";
/// Days that are under way at once: each may be large.
const AT_ONCE: usize = 4;

/// How far a copy came.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CopyProgress {
    /// Days that are in the target and were compared.
    pub days: u64,
    /// Days there are.
    pub of: u64,
}

/// What a copy did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct CopySummary {
    /// Days written.
    pub written: u64,
    /// Days that were in the target already, and were equal.
    pub there: u64,
    /// Generation rows compared, written where they were not equal.
    pub generations: u64,
    /// Rows of the registry.
    pub registry_rows: u64,
    /// Whether the target held all of it before.
    pub unchanged: bool,
}

/// Copies everything `from` one store `to` another: days of all generations, generation rows, the registry with its
/// secrets. `progress` is told after every day.
///
/// Not copied are numbers put between two flushes ([`crate::RollupStore::put_totals`]): the next flush has them.
///
/// # Errors
/// [`StoreError::NotEmpty`] when the target holds what is not the source's, with nothing changed;
/// [`StoreError::Damaged`] when what is read back is not what was written; and what either store fails with. After any
/// error but the first the copy can be begun again and goes on.
pub async fn copy(from: &dyn Store, to: &dyn Store, progress: &mut (dyn FnMut(CopyProgress) + Send)) -> Result<CopySummary, StoreError> {
    let now = SystemClock.now();
    let wanted = contents(from, now).await?;
    let there = contents(to, now).await?;
    let source: BTreeMap<DayKey, DayStamp> = from.days().await?.into_iter().collect();
    let target: BTreeMap<DayKey, DayStamp> = to.days().await?.into_iter().collect();
    let unfinished = is_unfinished(to).await?;
    check(&wanted, &source, &there, &target, unfinished)?;
    if !unfinished {
        check_generations(from, to, sites(&wanted, source.keys())).await?;
    }

    let registry_is_equal = there == wanted;
    let is_complete = registry_is_equal && source == target && !unfinished;
    if !is_complete {
        to.put_setting(MARK, UNFINISHED).await?;
    }
    let mut summary = CopySummary { registry_rows: wanted.rows() as u64, unchanged: is_complete, ..CopySummary::default() };
    let days = stream::iter(&source).map(|(key, stamp)| copy_day(from, to, *key, *stamp, target.get(key).copied()));
    let mut days = days.buffer_unordered(AT_ONCE);
    while let Some(written) = days.try_next().await? {
        *(if written { &mut summary.written } else { &mut summary.there }) += 1;
        progress(CopyProgress { days: summary.written + summary.there, of: source.len() as u64 });
    }
    drop(days);
    for site in sites(&wanted, source.keys()) {
        summary.generations += 1;
        summary.unchanged &= !copy_generations(from, to, site).await?;
    }
    summary.unchanged &= summary.written == 0;
    if !registry_is_equal || unfinished {
        finish(to, &wanted, now).await?;
    } else if !is_complete {
        to.put_setting(MARK, b"").await?;
    }
    Ok(summary)
}

/// Whether a store is a copy that was interrupted: it may know some sites and not others, and has not all of their days.
///
/// # Errors
/// The store cannot be read.
pub async fn is_unfinished(store: &dyn Registry) -> Result<bool, StoreError> {
    Ok(store.setting(MARK).await?.is_some_and(|mark| mark == UNFINISHED))
}

/// The registry without the mark, and without sign-ins that have ended: a store may delete those by itself at any time.
async fn contents(store: &dyn Store, now: UnixMillis) -> Result<Contents, StoreError> {
    let mut contents = store.contents().await?;
    contents.settings.retain(|(name, _)| name != MARK);
    contents.sign_ins.retain(|(_, sign_in)| now < sign_in.expires);
    Ok(contents)
}

/// Whether the target may be written: it holds nothing, or what the source holds too, or what an interrupted copy of this
/// very source has begun.
fn check(
    wanted: &Contents,
    source: &BTreeMap<DayKey, DayStamp>,
    there: &Contents,
    target: &BTreeMap<DayKey, DayStamp>,
    unfinished: bool,
) -> Result<(), StoreError> {
    let is_empty = there.is_empty() && target.is_empty();
    let other = |what: String| Err(StoreError::NotEmpty(what));
    // An interrupted copy may have brought a day that the source has replaced since.
    let is_theirs = |key: &DayKey, stamp: &DayStamp| source.get(key).is_some_and(|theirs| theirs == stamp || unfinished);
    if let Some((key, _)) = target.iter().find(|(key, stamp)| !is_theirs(key, stamp)) {
        return other(format!("its day {} of site {} is not the source's", key.date, key.site));
    }
    let known = |id: SiteId| wanted.sites.iter().any(|site| site.id == id) || wanted.removed.iter().any(|site| site.id == id);
    if let Some(site) = there.sites.iter().find(|site| !known(site.id)) {
        return other(format!("the source knows no site {}, number {}", site.domain, site.id));
    }
    match there.difference(wanted) {
        Some(list) if !is_empty && !unfinished => other(format!("its {list} are not the source's")),
        _ => Ok(()),
    }
}

/// Rows of generations that the target has must be the source's.
async fn check_generations(from: &dyn Store, to: &dyn Store, sites: BTreeSet<SiteId>) -> Result<(), StoreError> {
    for site in sites {
        let there = to.generations(site).await?;
        if there != GenerationRow::default() && there != from.generations(site).await? {
            return Err(StoreError::NotEmpty(format!("its generations of site {site} are not the source's")));
        }
    }
    Ok(())
}

/// Copies a day, or compares it; says whether it was written.
async fn copy_day(from: &dyn Store, to: &dyn Store, key: DayKey, stamp: DayStamp, there: Option<DayStamp>) -> Result<bool, StoreError> {
    let changed = || StoreError::Conflict(format!("day {} of site {} of the source", key.date, key.site));
    let Some((read, rollup)) = from.day(key).await? else { return Err(changed()) };
    if read != stamp {
        return Err(changed());
    }
    let is_there = there == Some(stamp);
    let put = if is_there { Put::Written } else { to.put_day(key, stamp, &rollup).await? };
    let found = to.day(key).await?;
    if found.as_ref().is_some_and(|(now_there, copied)| *copied == rollup && (*now_there == stamp || now_there.covers(&stamp))) {
        // Where the same day has another stamp, an interrupted copy brought it before the source put it again.
        return Ok(!is_there && put == Put::Written);
    }
    let day = format!("day {} of site {}", key.date, key.site);
    Err(match put {
        Put::Written => StoreError::Damaged(format!("{day} is not in the target as it was written")),
        Put::Older => StoreError::Conflict(format!("{day} of the target")),
    })
}

/// Says whether the row was written.
async fn copy_generations(from: &dyn Store, to: &dyn Store, site: SiteId) -> Result<bool, StoreError> {
    let row = from.generations(site).await?;
    if to.generations(site).await? == row {
        return Ok(false);
    }
    to.put_generations(site, &row).await?;
    if to.generations(site).await? != row {
        return Err(StoreError::Damaged(format!("the generations of site {site} are not in the target as they were written")));
    }
    Ok(true)
}

/// The registry comes last: a target that knows its sites is complete.
async fn finish(to: &dyn Store, wanted: &Contents, now: UnixMillis) -> Result<(), StoreError> {
    let mut marked = wanted.clone();
    marked.settings.push((MARK.to_owned(), UNFINISHED.to_vec()));
    marked.settings.sort();
    to.restore(&marked).await?;
    if let Some(list) = contents(to, now).await?.difference(wanted) {
        return Err(StoreError::Damaged(format!("the {list} are not in the target as they were written")));
    }
    to.put_setting(MARK, b"").await
}

/// Sites that may have a generation row.
fn sites<'a>(contents: &Contents, days: impl Iterator<Item = &'a DayKey>) -> BTreeSet<SiteId> {
    let known = contents.sites.iter().map(|site| site.id).chain(contents.removed.iter().map(|site| site.id));
    known.chain(days.map(|key| key.site)).collect()
}
