//! Where visits begin and end (definitions 1, 3 and 4).

use crate::names::Names;
use crate::packed::{Packed, Place};
use footfall_domain::HitId;
use rustc_hash::FxHashSet;

/// Thirty minutes, inclusive: a visit ends after *more* than this without a hit. Changing it changes
/// [`crate::FOLD_VERSION`].
pub(crate) const VISIT_GAP_MS: i64 = 30 * 60 * 1000;

/// What placing must know of the events already placed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known {
    ids: FxHashSet<HitId>,
    /// Time of the last counted hit, Unix milliseconds.
    last_hit: Option<i64>,
}

impl Known {
    /// What placed events have shown.
    pub fn of(placed: &[Packed], names: &Names) -> Self {
        Self { ids: placed.iter().map(Packed::id).collect(), last_hit: last_hit(placed, names) }
    }

    pub fn bytes(&self) -> usize {
        self.ids.capacity() * (size_of::<HitId>() + 1)
    }
}

/// Places the events from `from` on; those before it are placed already. All are one visitor's, in canonical order.
///
/// Without `known` the events before `from` are searched: right for few, slow for many.
pub(crate) fn place(events: &mut [Packed], from: usize, known: Option<&mut Known>, names: &Names) {
    match known {
        Some(Known { ids, last_hit }) => {
            place_with(events, from, last_hit, |_, event| !ids.insert(event.id()), names);
        }
        None => {
            let mut last_hit = last_hit(&events[..from], names);
            let repeats = |before: &[Packed], event: &Packed| before.iter().any(|other| other.id() == event.id());
            place_with(events, from, &mut last_hit, repeats, names);
        }
    }
}

fn place_with(
    events: &mut [Packed],
    from: usize,
    last_hit: &mut Option<i64>,
    mut repeats: impl FnMut(&[Packed], &Packed) -> bool,
    names: &Names,
) {
    for at in from..events.len() {
        let (before, rest) = events.split_at_mut(at);
        let event = &mut rest[0];
        let time = names.time(event);
        let open = last_hit.is_some_and(|last| time - last <= VISIT_GAP_MS);
        let place = match (repeats(before, event), open, event.is_engagement()) {
            (true, _, _) => Place::Duplicate,
            (false, true, _) => Place::Continues,
            (false, false, true) => Place::NoVisit,
            (false, false, false) => Place::Opens,
        };
        event.set_place(place);
        if place.is_counted() {
            *last_hit = Some(time);
        }
    }
}

fn last_hit(placed: &[Packed], names: &Names) -> Option<i64> {
    placed.iter().rev().find(|event| event.place().is_counted()).map(|event| names.time(event))
}
