//! Reading rows of days: one query for a range, cut in parts that are read side by side where it is long.

use super::Inner;
use super::day_row::{DayMark, DayRow, decode_stamp};
use super::item::{Item, get_bytes, get_text, write_units};
use super::lay::MAX_ROW_UNITS;
use super::many::{Order, Range};
use super::names;
use super::stats::Kind;
use crate::layout::{Summary, decode_totals};
use crate::{DayKey, DayStamp, DayTotals, StoreError};
use footfall_domain::{LocalDate, SiteId};
use futures::{StreamExt, TryStreamExt, stream};
use std::ops::RangeInclusive;

/// A range of so many days is one query: with small days it is one page of 1 MB, more or less.
const DAYS_A_QUERY: i32 = 92;
/// Queries side by side for one range, at most.
const PARTS: i32 = 8;

/// Days of one site and generation.
#[derive(Clone, Debug)]
pub(super) struct Days {
    pub site: SiteId,
    pub generation: u32,
    pub dates: RangeInclusive<LocalDate>,
}

impl Days {
    pub fn key(&self, date: LocalDate) -> DayKey {
        DayKey { site: self.site, generation: self.generation, date }
    }

    /// The range in parts, in order.
    pub fn parts(&self, days: i32) -> Vec<Days> {
        let (first, last) = (self.dates.start().0, self.dates.end().0);
        let days = days.max(last.saturating_sub(first) / PARTS + 1);
        let mut parts = Vec::new();
        let mut from = first;
        while from <= last {
            let through = from.saturating_add(days - 1).min(last);
            parts.push(Days { dates: LocalDate(from)..=LocalDate(through), ..self.clone() });
            let Some(next) = through.checked_add(1) else { break };
            from = next;
        }
        parts
    }
}

/// What one query says of a range.
#[derive(Default)]
pub(super) struct Read {
    pub rows: Vec<DayRow>,
    /// Numbers put between flushes.
    pub early: Vec<DayTotals>,
}

impl Inner {
    /// The stamp and manifest of a day's row, whether they have expired or not.
    pub async fn mark(&self, key: DayKey) -> Result<Option<DayMark>, StoreError> {
        let item = self.table.get(Kind::Days, &names::day(key), Some(DayMark::PROJECTION)).await?;
        item.as_ref().map(DayMark::of).transpose()
    }

    /// The row of a day that counts as stored.
    pub async fn row(&self, key: DayKey) -> Result<Option<DayRow>, StoreError> {
        let item = self.table.get(Kind::Days, &names::day(key), None).await?;
        let row = item.map(|item| DayRow::of(key, &item)).transpose()?;
        Ok(row.filter(|row| !self.is_expired(row)))
    }

    /// All rows of a range, in order.
    pub async fn read(&self, days: &Days) -> Result<Read, StoreError> {
        let mut read = Read::default();
        for item in self.items(days, None).await? {
            let (_, date, is_totals) = names::read_day(get_text(&item, "sk")?)?;
            if is_totals {
                read.early.extend(self.early(date, &item)?);
            } else {
                let row = DayRow::of(days.key(date), &item)?;
                read.rows.extend((!self.is_expired(&row)).then_some(row));
            }
        }
        Ok(read)
    }

    /// The stamps of a range, in order.
    pub async fn stamps(&self, days: &Days) -> Result<Vec<(LocalDate, DayStamp)>, StoreError> {
        let items = self.items(days, Some(DayMark::PROJECTION)).await?;
        items.iter().filter_map(|item| self.stamp_of(item).transpose()).collect()
    }

    /// Day and stamp of an item; `None` for totals, and for a flush that has expired.
    fn stamp_of(&self, item: &Item) -> Result<Option<(LocalDate, DayStamp)>, StoreError> {
        let (_, date, is_totals) = names::read_day(get_text(item, "sk")?)?;
        let mark = DayMark::of(item)?;
        Ok((!is_totals && !mark.expired(self.now())).then_some((date, mark.stamp)))
    }

    /// First and last of a range. A row is paid for whole, however little of it is wanted: those between are left alone.
    pub async fn ends(&self, days: &Days) -> Result<Option<[(LocalDate, DayStamp); 2]>, StoreError> {
        if days.dates.is_empty() {
            return Ok(None);
        }
        let range = range_of(days, Some(DayMark::PROJECTION));
        let end = |order| self.table.first(Kind::Days, &range, order, |item| self.stamp_of(item));
        let (first, last) = tokio::try_join!(end(Order::Forward), end(Order::Backward))?;
        Ok(first.zip(last).map(<[_; 2]>::from))
    }

    /// Days whose pieces expire, and those whose tables are in a row that is too large for a closed day.
    pub async fn unfinished(&self, days: &Days) -> Result<Vec<LocalDate>, StoreError> {
        let mut unfinished = Vec::new();
        for item in self.items(days, None).await? {
            let (_, date, is_totals) = names::read_day(get_text(&item, "sk")?)?;
            let is_flush = match DayMark::of(&item)?.manifest {
                Some(manifest) => manifest.writing.flush,
                None => write_units(&item) > MAX_ROW_UNITS,
            };
            if !is_totals && is_flush {
                unfinished.push(date);
            }
        }
        Ok(unfinished)
    }

    async fn items(&self, days: &Days, projection: Option<&'static str>) -> Result<Vec<Item>, StoreError> {
        let ranges: Vec<Range> = days.parts(DAYS_A_QUERY).iter().map(|part| range_of(part, projection)).collect();
        let read = stream::iter(ranges).map(|range| async move { self.table.query(Kind::Days, &range, true).await });
        let parts: Vec<Vec<Item>> = read.buffered(PARTS as usize).try_collect().await?;
        Ok(parts.into_iter().flatten().collect())
    }

    fn early(&self, date: LocalDate, item: &Item) -> Result<Option<DayTotals>, StoreError> {
        let expires: i64 = super::item::get_number(item, "ttl")?;
        if expires <= self.now().0.div_euclid(1000) {
            return Ok(None);
        }
        decode_totals(date, decode_stamp(get_bytes(item, "d")?)?, get_bytes(item, "b")?).map(Some)
    }

    fn is_expired(&self, row: &DayRow) -> bool {
        row.manifest().is_some_and(|manifest| manifest.expired(self.now()))
    }

    /// Every stored day of every site.
    pub async fn all_days(&self) -> Result<Vec<(DayKey, DayStamp)>, StoreError> {
        let stored = self.table.query(Kind::Days, &Range::all(names::STORED), true).await?;
        let generations: Result<Vec<_>, _> = stored.iter().map(|item| names::read_stored(get_text(item, "sk")?)).collect();
        let read = stream::iter(generations?).map(|(site, generation)| self.days_of(site, generation)).buffered(PARTS as usize);
        let days: Vec<Vec<_>> = read.try_collect().await?;
        Ok(days.into_iter().flatten().collect())
    }

    async fn days_of(&self, site: SiteId, generation: u32) -> Result<Vec<(DayKey, DayStamp)>, StoreError> {
        let (from, through) = (format!("{generation}#"), format!("{generation}#~"));
        let range = Range { projection: Some(DayMark::PROJECTION), ..Range::between(names::days(site), from, through) };
        let mut days = Vec::new();
        for item in self.table.query(Kind::Days, &range, true).await? {
            if let Some((date, stamp)) = self.stamp_of(&item)? {
                days.push((DayKey { site, generation, date }, stamp));
            }
        }
        Ok(days)
    }
}

impl DayRow {
    pub fn totals(&self) -> Result<DayTotals, StoreError> {
        Ok(Summary::decode(&self.plain_summary()?)?.totals(self.key.date, self.stamp))
    }
}

fn range_of(days: &Days, projection: Option<&'static str>) -> Range {
    let (from, through) = names::days_between(days.generation, &days.dates);
    Range { projection, ..Range::between(names::days(days.site), from, through) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_range_is_read_in_few_parts() {
        let days = |from, through| Days { site: SiteId(1), generation: 0, dates: LocalDate(from)..=LocalDate(through) };
        let parts = |from, through| -> Vec<(i32, i32)> {
            let parts = days(from, through).parts(92);
            parts.iter().map(|part| (part.dates.start().0, part.dates.end().0)).collect()
        };
        assert_eq!(parts(3, 2), []);
        assert_eq!(parts(3, 94), [(3, 94)]);
        assert_eq!(parts(0, 100), [(0, 91), (92, 100)]);
        assert_eq!(parts(0, 79_999).len(), 8);
        assert_eq!(parts(i32::MIN, i32::MAX).last().map(|part| part.1), Some(i32::MAX));
    }
}
