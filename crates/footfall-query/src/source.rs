//! Where reports come from: hits through one narrow trait, rollups through a wider one.

use crate::{MachineViews, SourceError};
use async_trait::async_trait;
use footfall_domain::{Counts, Dimension, HourKey, LocalDate, SiteId, UnixMillis};
use footfall_fold::{People, Shard};
use std::any::Any;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// Hits of a site-day: enough to answer every question.
#[async_trait]
pub trait HitSource: Send + Sync {
    /// The folded hits of one site-day; a day without hits scans nothing.
    ///
    /// # Errors
    /// The log or archive could not be read.
    async fn hits(&self, site: SiteId, date: LocalDate) -> Result<Arc<dyn DayHits>, SourceError>;
}

/// The hits of one site-day, in shards.
pub trait DayHits: Send + Sync + 'static {
    /// Which feed counts as people on this day.
    fn people(&self) -> People;
    /// Shows the shards one after the other. CPU-bound: queries call it on a blocking thread.
    fn scan(&self, see: &mut dyn FnMut(&Shard));
}

/// What a report is made from. Every answer is the one folding the day's hits would give (law 8).
#[async_trait]
pub trait Source: HitSource {
    /// What is to be read; taken once per report or page, and passed to all its reads (law 4).
    ///
    /// # Errors
    /// The generation row could not be read. The same holds for the methods below.
    async fn view(&self, site: SiteId) -> Result<View, SourceError>;

    /// Totals of the days that have hits, in order of dates.
    async fn totals(&self, view: &View, dates: RangeInclusive<LocalDate>) -> Result<Vec<DayTotals>, SourceError>;

    /// Heads of the days that have hits, in order of dates. A day may answer with its whole table and a zero `rest`.
    async fn heads(&self, view: &View, dimension: Dimension, dates: RangeInclusive<LocalDate>) -> Result<Vec<DayHead>, SourceError>;

    /// The whole table of a day, in any order; empty for a day without hits.
    async fn rows(&self, view: &View, dimension: Dimension, date: LocalDate) -> Result<Vec<(Arc<str>, Counts)>, SourceError>;

    /// The rows of some values, in the order asked; zero where there is none.
    async fn lookup(&self, view: &View, dimension: Dimension, date: LocalDate, values: &[Arc<str>]) -> Result<Vec<Counts>, SourceError>;

    /// Pageviews of machines on some days, in any order; a machine's page may come once for each day.
    async fn machines(&self, view: &View, dates: RangeInclusive<LocalDate>) -> Result<Vec<MachineViews>, SourceError>;
}

/// One moment of a site's numbers: which generation answers, from when, how fresh.
#[derive(Clone, Debug)]
pub struct View {
    /// The site.
    pub site: SiteId,
    /// The source's own note of which generation answers each day; queries only pass it on.
    pub generations: Arc<dyn Any + Send + Sync>,
    /// The first day that has hits; none when there are no hits at all.
    pub first_date: Option<LocalDate>,
    /// How fresh the numbers are (law 7).
    pub freshness: Freshness,
    /// Raised by anything that changes any day of the site.
    pub revision: u64,
}

/// How fresh a report is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Freshness {
    /// Time of the newest hit contained.
    pub newest_hit: Option<UnixMillis>,
    /// How far the fold is behind the log, seconds.
    pub lag_seconds: f64,
    /// Every hit received before this instant is contained.
    pub complete_until: UnixMillis,
}

/// The totals of one day.
#[derive(Clone, PartialEq, Debug)]
pub struct DayTotals {
    /// The day.
    pub date: LocalDate,
    /// Of the whole day.
    pub day: Counts,
    /// By hour bucket, no zero rows.
    pub hours: Vec<(HourKey, Counts)>,
}

/// The head of a dimension's day: its largest rows, and how large the others can be.
#[derive(Clone, PartialEq, Debug)]
pub struct DayHead {
    /// The day.
    pub date: LocalDate,
    /// The largest rows by visitors, ties by value; at least all of them when there are few.
    pub top: Vec<(Arc<str>, Counts)>,
    /// How many rows the whole table has.
    pub rows: u64,
    /// For each number, the largest that any row outside `top` has; zero if there is none.
    pub rest: Counts,
}
