//! Rows beside those of another period.

use crate::basis::{Base, Scheme, These};
use crate::gather::{Cell, Ground};
use crate::plan::Key;
use crate::report::{OtherPeriod, Row, RowComparison};
use crate::rows::{Measured, measured};
use crate::run::time_buckets;
use crate::time::Bucket;
use crate::{By, Period, Query, RunError, metric};
use std::collections::HashMap;
use std::sync::Arc;

/// The other period of a report.
pub(crate) struct Compared<'a> {
    pub query: &'a Query,
    pub scheme: &'a Scheme,
    pub ground: &'a Ground<'a>,
    pub period: Period,
}

impl Compared<'_> {
    /// The report's rows, each beside its row of the other period.
    pub async fn rows(&self, page: Vec<Measured>, labels: &[Vec<Bucket>], base: &Base) -> Result<(Vec<Row>, OtherPeriod), RunError> {
        let (query, scheme) = (self.query, self.scheme);
        let calendar = self.ground.calendar;
        let there = time_buckets(query, &self.period, calendar)?;
        let values: Vec<Arc<str>> =
            page.iter().filter_map(|row| if let [Key::Text(value)] = &row.key[..] { Some(value.clone()) } else { None }).collect();
        let (table, base_there) = scheme.gather(self.ground, &self.period, These::Of(&values)).await?;
        let twin = Twin::new(query, labels, &there);
        let nothing = Cell::default();
        let beside = |row: Measured| {
            let key = twin.key(&row.key);
            let dimensions = key.iter().map(|part| part.as_ref().map(Key::label)).collect();
            let known = key.into_iter().collect::<Option<Vec<_>>>();
            let cell = known.as_ref().and_then(|key| table.get(key)).unwrap_or(&nothing);
            // Where the other period has no such bucket, there is nothing to be a part of.
            let old = scheme.basis(known.as_ref().unwrap_or(&row.key), cell, if known.is_some() { &base_there } else { Base::NOTHING });
            let new = scheme.basis(&row.key, &row.cell, base);
            let metrics = query.metrics.iter().map(|asked| metric::reported(*asked, &old)).collect();
            let change = query.metrics.iter().map(|asked| metric::change_between(*asked, &new, &old)).collect();
            let comparison = RowComparison { dimensions, metrics, currency: old.currency, change };
            Row { comparison: Some(comparison), ..row.row() }
        };
        let rows = page.into_iter().map(beside).collect();
        let mut series =
            if scheme.plan().is_some_and(|plan| plan.is_series()) { measured(query, table, scheme, &base_there) } else { Vec::new() };
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
