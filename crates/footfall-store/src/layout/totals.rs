//! The numbers of an open day alone.

use super::codec::{plain, seal, unseal, value};
use crate::{DayStamp, DayTotals, StoreError};
use footfall_domain::{Counts, DropReason, HourKey, LocalDate};

type Numbers = (Counts, Vec<(HourKey, Counts)>, Vec<(DropReason, i64)>, i64);

/// The bytes of a day's numbers; neither its name nor its stamp.
pub(crate) fn encode_totals(totals: &DayTotals) -> Result<Vec<u8>, StoreError> {
    seal(&plain(&(totals.day, &totals.hours, &totals.drops, totals.machines))?)
}

/// The numbers of bytes.
pub(crate) fn decode_totals(date: LocalDate, stamp: DayStamp, bytes: &[u8]) -> Result<DayTotals, StoreError> {
    let (day, hours, drops, machines): Numbers = value(&unseal(bytes)?)?;
    Ok(DayTotals { date, stamp, day, hours, drops, machines })
}
