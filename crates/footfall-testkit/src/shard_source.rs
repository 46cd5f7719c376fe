//! Site-days in memory, as shards, answering the query.

use crate::traffic::Traffic;
use async_trait::async_trait;
use footfall_domain::{Counts, Dimension, EventBatch, HourKey, LocalDate, SiteId, UnixMillis};
use footfall_fold::{People, Shard};
use footfall_query::{DayHits, DayTotals, Freshness, Head, HitSource, MachineRow, MachineSum, MachineTable, Source, SourceError, View};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// One site's days, each cut into shards by visitor bucket: what a processor holds, without log, store or clock.
pub struct ShardSource {
    site: SiteId,
    buckets: Vec<RangeInclusive<u8>>,
    /// How many rows a head has; what has more answers with a bound for the rest, as stored days do.
    head_rows: usize,
    days: BTreeMap<LocalDate, Arc<Day>>,
    asked: Asked,
}

/// How often each kind of answer was asked for, so that a test can show that it tested something.
#[derive(Debug, Default)]
pub struct Asked {
    /// Days read hit by hit.
    pub hits: AtomicU64,
    /// Totals and hours of a range of days.
    pub totals: AtomicU64,
    /// Heads of a dimension.
    pub heads: AtomicU64,
    /// Whole tables.
    pub rows: AtomicU64,
    /// Single values of a table.
    pub lookups: AtomicU64,
}

impl Asked {
    fn count(number: &AtomicU64) {
        number.fetch_add(1, Ordering::Relaxed);
    }
}

/// A site-day, whole.
struct Day {
    shards: Vec<Shard>,
}

impl ShardSource {
    /// No day yet. Days will be cut at `buckets`, which together hold all 256 once.
    pub fn new(site: SiteId, buckets: Vec<RangeInclusive<u8>>, head_rows: usize) -> Self {
        Self { site, buckets, head_rows, days: BTreeMap::new(), asked: Asked::default() }
    }

    /// The traffic of a plan's site, in shards of uneven size. Short heads seldom prove anything alone; long ones hold everything.
    pub fn of(traffic: &Traffic, head_rows: usize) -> Self {
        let mut source = Self::new(traffic.plan.site().id, vec![0..=0, 1..=127, 128..=254, 255..=255], head_rows);
        for day in &traffic.batches {
            source.apply(day.date, &day.batch);
        }
        source
    }

    /// Adds what arrived of a site-day.
    ///
    /// # Panics
    /// While somebody still reads that day.
    pub fn apply(&mut self, date: LocalDate, batch: &EventBatch) {
        let new_day = || Arc::new(Day { shards: self.buckets.iter().map(|_| Shard::new()).collect() });
        let day = Arc::get_mut(self.days.entry(date).or_insert_with(new_day)).expect("nobody reads while hits arrive");
        for (shard, buckets) in day.shards.iter_mut().zip(&self.buckets) {
            shard.apply(batch, buckets.clone());
        }
    }

    /// The shards of a day; none when nothing arrived.
    pub fn shards(&self, date: LocalDate) -> &[Shard] {
        self.days.get(&date).map_or(&[], |day| &day.shards)
    }

    /// Visitors of a day whose last counted hit came in this 10-second slot (Unix seconds / 10) or later.
    pub fn last_seen_since(&self, date: LocalDate, slot: i64) -> i64 {
        let seen = |day: &Arc<Day>| day.shards.iter().map(|shard| shard.last_seen(day.people(), slot).values().sum::<i64>()).sum();
        self.days.get(&date).map_or(0, seen)
    }

    /// What was asked for until now.
    pub fn asked(&self) -> &Asked {
        &self.asked
    }

    fn newest(&self) -> Option<UnixMillis> {
        self.days.values().flat_map(|day| &day.shards).filter_map(Shard::newest).max()
    }

    fn in_range(&self, dates: RangeInclusive<LocalDate>) -> impl Iterator<Item = (&LocalDate, &Arc<Day>)> {
        self.days.iter().filter(move |(date, _)| dates.contains(date))
    }
}

impl Day {
    fn totals(&self) -> Counts {
        sum(self.shards.iter().map(|shard| shard.day(self.people())))
    }

    fn hours(&self) -> BTreeMap<HourKey, Counts> {
        let mut hours: BTreeMap<HourKey, Counts> = BTreeMap::new();
        for (hour, counts) in self.shards.iter().flat_map(|shard| shard.hours(self.people())) {
            *hours.entry(hour).or_default() += counts;
        }
        hours
    }

    /// A dimension's table, sorted by value.
    fn table(&self, dimension: Dimension) -> BTreeMap<Arc<str>, Counts> {
        let mut table: BTreeMap<Arc<str>, Counts> = BTreeMap::new();
        for (value, counts) in self.shards.iter().flat_map(|shard| shard.table(self.people(), dimension)) {
            *table.entry(value).or_default() += counts;
        }
        table
    }
}

impl DayHits for Day {
    fn people(&self) -> People {
        let live: i64 = self.shards.iter().map(|shard| shard.feed_events(People::Live)).sum();
        if live > 0 { People::Live } else { People::Log }
    }

    fn scan(&self, see: &mut dyn FnMut(&Shard)) {
        self.shards.iter().for_each(see);
    }
}

/// A site-day on which nothing happened.
struct Nothing;

impl DayHits for Nothing {
    fn people(&self) -> People {
        People::Log
    }

    fn scan(&self, _: &mut dyn FnMut(&Shard)) {}
}

#[async_trait]
impl HitSource for ShardSource {
    async fn hits(&self, site: SiteId, date: LocalDate) -> Result<Arc<dyn DayHits>, SourceError> {
        Asked::count(&self.asked.hits);
        assert_eq!(site, self.site, "the source knows one site");
        Ok(match self.days.get(&date) {
            Some(day) => day.clone(),
            None => Arc::new(Nothing),
        })
    }
}

#[async_trait]
impl Source for ShardSource {
    async fn view(&self, site: SiteId) -> Result<View, SourceError> {
        let newest_hit = self.newest();
        let freshness = Freshness { newest_hit, lag_seconds: 0.0, complete_until: newest_hit.unwrap_or_default() };
        Ok(View { site, first_date: self.days.keys().next().copied(), freshness, revision: 1, generations: Arc::new(()) })
    }

    async fn totals(&self, _: &View, dates: RangeInclusive<LocalDate>) -> Result<Vec<DayTotals>, SourceError> {
        Asked::count(&self.asked.totals);
        Ok(self
            .in_range(dates)
            .map(|(date, day)| DayTotals { date: *date, day: day.totals(), hours: day.hours().into_iter().collect() })
            .collect())
    }

    async fn heads(&self, _: &View, dimension: Dimension, dates: RangeInclusive<LocalDate>) -> Result<Vec<Head>, SourceError> {
        Asked::count(&self.asked.heads);
        Ok(self.in_range(dates).map(|(date, day)| head(*date, day.table(dimension), self.head_rows)).collect())
    }

    async fn rows(&self, _: &View, dimension: Dimension, date: LocalDate) -> Result<Vec<(Arc<str>, Counts)>, SourceError> {
        Asked::count(&self.asked.rows);
        Ok(self.days.get(&date).map(|day| day.table(dimension).into_iter().collect()).unwrap_or_default())
    }

    async fn lookup(&self, _: &View, dimension: Dimension, date: LocalDate, values: &[Arc<str>]) -> Result<Vec<Counts>, SourceError> {
        Asked::count(&self.asked.lookups);
        let table = self.days.get(&date).map(|day| day.table(dimension)).unwrap_or_default();
        Ok(values.iter().map(|value| table.get(value).copied().unwrap_or_default()).collect())
    }

    async fn machines(
        &self,
        _: &View,
        asked: &MachineTable,
        dates: RangeInclusive<LocalDate>,
    ) -> Result<Vec<Arc<[MachineRow]>>, SourceError> {
        let mut sum = MachineSum::new(asked);
        for shard in self.in_range(dates).flat_map(|(_, day)| &day.shards) {
            shard.machines().iter().for_each(|((machine, page), views)| sum.add(machine, page, *views));
        }
        Ok(vec![sum.rows().into()])
    }
}

/// The first rows by visitors, ties by value, and for each number the largest that any other row has.
fn head(date: LocalDate, table: BTreeMap<Arc<str>, Counts>, head_rows: usize) -> Head {
    let mut top: Vec<(Arc<str>, Counts)> = table.into_iter().collect();
    top.sort_by_key(|(_, counts)| -counts.visitors);
    let others = top.split_off(head_rows.min(top.len()));
    let most = |number: fn(&Counts) -> i64| others.iter().map(|(_, counts)| number(counts)).max().unwrap_or(0);
    let rest = Counts {
        visitors: most(|counts| counts.visitors),
        visits: most(|counts| counts.visits),
        pageviews: most(|counts| counts.pageviews),
        events: most(|counts| counts.events),
        bounces: most(|counts| counts.bounces),
        duration_ms: most(|counts| counts.duration_ms),
        visit_pageviews: most(|counts| counts.visit_pageviews),
        engaged_ms: most(|counts| counts.engaged_ms),
        engaged_pairs: most(|counts| counts.engaged_pairs),
        scroll_sum: most(|counts| counts.scroll_sum),
        scroll_pairs: most(|counts| counts.scroll_pairs),
    };
    Head { dates: date..=date, top: top.into(), whole: others.is_empty(), rest }
}

fn sum(counts: impl Iterator<Item = Counts>) -> Counts {
    let mut sum = Counts::default();
    counts.for_each(|counts| sum += counts);
    sum
}
