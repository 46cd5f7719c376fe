//! Rows beside those of another period.

use crate::gather::Ground;
use crate::plan::{Key, Plan};
use crate::report::{OtherPeriod, Row, RowComparison};
use crate::rows::{Measured, measured};
use crate::run::{time_buckets, visitors_of_all};
use crate::time::Bucket;
use crate::{By, Period, Query, RunError, metric};
use footfall_domain::Metric;
use std::collections::HashMap;
use std::sync::Arc;

/// The other period of a report.
pub(crate) struct Compared<'a> {
    pub query: &'a Query,
    pub plan: &'a Plan,
    pub ground: &'a Ground<'a>,
    pub period: Period,
}

impl Compared<'_> {
    /// The report's rows, each beside its row of the other period.
    pub async fn rows(&self, page: Vec<Measured>, labels: &[Vec<Bucket>], all_visitors: i64) -> Result<(Vec<Row>, OtherPeriod), RunError> {
        let query = self.query;
        let calendar = self.ground.calendar;
        let there = time_buckets(query, &self.period, calendar)?;
        let values: Vec<Arc<str>> =
            page.iter().filter_map(|row| if let [Key::Text(value)] = &row.key[..] { Some(value.clone()) } else { None }).collect();
        let table = self.ground.rows_of(self.plan, &self.period, &values).await?;
        let all_visitors_there = visitors_of_all(query, self.ground, &self.period, &table).await?;
        let twin = Twin::new(query, labels, &there);
        let beside = |row: Measured| {
            let key = twin.key(&row.key);
            let dimensions = key.iter().map(|part| part.as_ref().map(Key::label)).collect();
            let counts = key.into_iter().collect::<Option<Vec<_>>>().and_then(|key| table.get(&key).copied()).unwrap_or_default();
            let metrics = query.metrics.iter().map(|asked| metric::reported(*asked, &counts, all_visitors_there)).collect();
            let change = |asked: &Metric| {
                let new = metric::exact(*asked, &row.counts, all_visitors);
                metric::change(new, metric::exact(*asked, &counts, all_visitors_there))
            };
            let comparison = RowComparison { dimensions, metrics, change: query.metrics.iter().map(change).collect() };
            Row { comparison: Some(comparison), ..row.row() }
        };
        let rows = page.into_iter().map(beside).collect();
        let mut series = if self.plan.is_series() { measured(query, table, all_visitors_there) } else { Vec::new() };
        series.sort_unstable_by(|a, b| a.key.cmp(&b.key));
        let other = OtherPeriod {
            period: self.period,
            date_range: self.period.edges(calendar),
            time_labels: there.first().map(|buckets| buckets.iter().map(Bucket::label).collect()),
            rows: series.into_iter().map(Measured::row).collect(),
        };
        Ok((rows, other))
    }
}

/// Finds a row's key in the other period: time by its place, everything else by its value.
struct Twin<'a> {
    /// For each dimension, if it is time, its buckets.
    times: Vec<Option<Places<'a>>>,
}

/// The buckets of a time dimension: those here with their places, and those there.
struct Places<'a> {
    here: HashMap<Bucket, usize>,
    there: &'a [Bucket],
}

impl<'a> Twin<'a> {
    fn new(query: &Query, here: &[Vec<Bucket>], there: &'a [Vec<Bucket>]) -> Self {
        let mut pairs = here.iter().zip(there);
        let time = |by: &By| {
            let (here, there) = by.is_time().then(|| pairs.next())??;
            Some(Places { here: here.iter().enumerate().map(|(at, bucket)| (*bucket, at)).collect(), there })
        };
        Self { times: query.dimensions.iter().map(time).collect() }
    }

    /// A part is `None` where the other period has no bucket at that place.
    fn key(&self, key: &[Key]) -> Vec<Option<Key>> {
        let part = |(part, places): (&Key, &Option<Places<'_>>)| match (part, places) {
            (Key::Time(bucket), Some(places)) => places.there.get(*places.here.get(bucket)?).map(|bucket| Key::Time(*bucket)),
            _ => Some(part.clone()),
        };
        key.iter().zip(&self.times).map(part).collect()
    }
}
