//! Who was there lately (definition 7).

use super::predicate::Predicate;
use super::{Visits, hits, visit_of};
use crate::Filter;
use crate::names::Names;
use crate::packed::Packed;
use footfall_domain::UnixMillis;

/// How many visitors have a counted hit at or after an instant that passes the filter. Their events are placed and in
/// canonical order.
pub(crate) fn seen_since<'a>(
    visitors: impl Iterator<Item = &'a [Packed]>,
    names: &Names,
    filter: Option<&Filter>,
    since: UnixMillis,
) -> i64 {
    let mut keep = Predicate::new(filter, names);
    let mut number = 0;
    let mut seen = 0;
    for events in visitors {
        if events.last().is_none_or(|last| names.time(last) < since.0) {
            continue;
        }
        let mut was_there = Visits(events).map(|events| {
            number += 1;
            let visit = visit_of(events, names);
            keep.enter(number);
            let mut lately = hits(events).filter(|hit| names.time(hit) >= since.0);
            keep.whole_visit(events, &visit, names) && lately.any(|hit| keep.hit(hit, events, &visit, names))
        });
        seen += i64::from(was_there.any(|there| there));
    }
    seen
}
