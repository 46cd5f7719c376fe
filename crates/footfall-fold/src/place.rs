//! Where visits begin and end (definitions 1, 3 and 4).

use crate::names::Names;
use crate::packed::{Packed, Place};
use footfall_domain::HitId;
use rustc_hash::FxHashSet;

/// Thirty minutes, inclusive: a visit ends after *more* than this without a hit. Changing it changes
/// [`crate::FOLD_VERSION`].
pub(crate) const VISIT_GAP_MS: i64 = 30 * 60 * 1000;

/// Places the events from `from` on; those before it are placed already. All are one visitor's, in canonical order.
///
/// `ids`, where given, holds the ids of the events before `from`, and of all of them afterwards.
pub(crate) fn place(events: &mut [Packed], from: usize, mut ids: Option<&mut FxHashSet<HitId>>, names: &Names) {
    let mut last_hit = events[..from].iter().rev().find(|event| event.place().is_counted()).map(|event| names.time(event));
    for at in from..events.len() {
        let (before, rest) = events.split_at_mut(at);
        let event = &mut rest[0];
        let known = match &mut ids {
            Some(ids) => !ids.insert(event.id()),
            None => before.iter().any(|other| other.id() == event.id()),
        };
        let time = names.time(event);
        let open = last_hit.is_some_and(|last| time - last <= VISIT_GAP_MS);
        let place = match (known, open, event.is_engagement()) {
            (true, _, _) => Place::Duplicate,
            (false, true, _) => Place::Continues,
            (false, false, true) => Place::NoVisit,
            (false, false, false) => Place::Opens,
        };
        event.set_place(place);
        if place.is_counted() {
            last_hit = Some(time);
        }
    }
}
