//! Where reports come from: hits through one narrow trait, rollups through a wider one.

use crate::{Head, MachineRow, MachineTable, SourceError};
use async_trait::async_trait;
use footfall_domain::{Counts, Dimension, HourKey, LocalDate, SiteId, UnixMillis};
use footfall_fold::{Answer, People, Question, Shard};
use futures::stream::{self, StreamExt, TryStreamExt};
use std::any::Any;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// How many days are read at once.
const DAYS_AT_ONCE: usize = 4;

/// Hits of a site-day: enough to answer every question.
#[async_trait]
pub trait HitSource: Send + Sync {
    /// The folded hits of one site-day; a day without hits scans nothing.
    ///
    /// # Errors
    /// The log or archive could not be read.
    async fn hits(&self, site: SiteId, date: LocalDate) -> Result<Arc<dyn DayHits>, SourceError>;

    /// What the folded hits of one site-day answer to some questions, in their order. A source may remember answers for as
    /// long as the day has no other hits.
    ///
    /// Must be called within a tokio runtime: questions are answered on its blocking threads.
    ///
    /// # Errors
    /// As [`HitSource::hits`].
    async fn answers(&self, site: SiteId, date: LocalDate, questions: Vec<Question>) -> Result<Vec<Arc<Answer>>, SourceError> {
        let hits = self.hits(site, date).await?;
        answers_of(hits, questions).await
    }
}

/// Asks the folded hits of a day on a blocking thread: the fold is CPU-bound.
///
/// # Errors
/// The runtime is ending.
pub async fn answers_of(hits: Arc<dyn DayHits>, questions: Vec<Question>) -> Result<Vec<Arc<Answer>>, SourceError> {
    let ask = move || {
        let people = hits.people();
        let mut answers = vec![Answer::default(); questions.len()];
        hits.scan(&mut |shard| {
            for (answer, question) in answers.iter_mut().zip(&questions) {
                answer.merge(shard.ask(people, question));
            }
        });
        answers.into_iter().map(Arc::new).collect()
    };
    tokio::task::spawn_blocking(ask).await.map_err(SourceError::new)
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

    /// Heads of the days that have hits, in order of dates: of each day, or of several added up, none of them twice. Any may
    /// be a whole table.
    async fn heads(&self, view: &View, dimension: Dimension, dates: RangeInclusive<LocalDate>) -> Result<Vec<Head>, SourceError>;

    /// The whole table of a day, in any order; empty for a day without hits.
    async fn rows(&self, view: &View, dimension: Dimension, date: LocalDate) -> Result<Vec<(Arc<str>, Counts)>, SourceError>;

    /// The rows of some values, in the order asked; zero where there is none.
    async fn lookup(&self, view: &View, dimension: Dimension, date: LocalDate, values: &[Arc<str>]) -> Result<Vec<Counts>, SourceError>;

    /// The row of one value on each day that has hits, in any order; zero where there is none.
    async fn row(
        &self,
        view: &View,
        dimension: Dimension,
        dates: RangeInclusive<LocalDate>,
        value: &Arc<str>,
    ) -> Result<Vec<(LocalDate, Counts)>, SourceError> {
        let days = self.totals(view, dates).await?;
        let values = std::slice::from_ref(value);
        let read = |date| async move {
            let counts = self.lookup(view, dimension, date, values).await?;
            Ok((date, counts.into_iter().next().unwrap_or_default()))
        };
        let reads: Vec<_> = days.iter().map(|day| read(day.date)).collect();
        stream::iter(reads).buffer_unordered(DAYS_AT_ONCE).try_collect().await
    }

    /// A table of machines on some days, in parts: each in order of value and class, each row once in a part.
    async fn machines(
        &self,
        view: &View,
        asked: &MachineTable,
        dates: RangeInclusive<LocalDate>,
    ) -> Result<Vec<Arc<[MachineRow]>>, SourceError>;
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
    pub hours: Arc<[(HourKey, Counts)]>,
}
