//! Closed days that were folded for a question lately, and what days answered: the next question about them does not
//! read the log, and the same question does not even fold.

use crate::closed_day::ClosedDay;
use crate::engine::DayName;
use crate::lru::Lru;
use footfall_domain::{LogicId, Position, SiteId};
use footfall_fold::{Answer, GroupValue};
use rustc_hash::FxHashMap;
use std::sync::{Arc, Weak};

/// Bytes of folded days kept.
const DAYS_BUDGET: usize = 48 << 20;
/// Bytes of answers kept.
const ANSWERS_BUDGET: usize = 32 << 20;

/// What an answer's place takes beside it: in the map and in the order of use.
const PLACE: usize = 240;

/// A question to a day under a logic; the question by the hash of all it says, which may be much.
pub(crate) type Asked = (DayName, LogicId, [u8; 32]);

/// What was folded lately.
pub(crate) struct ClosedCache {
    days: Lru<DayName, Arc<ClosedDay>>,
    /// Days that somebody is reading, however large.
    read: FxHashMap<DayName, Weak<ClosedDay>>,
    /// With the last position that is certainly in the answer.
    answers: Lru<Asked, (Position, Arc<Answer>)>,
    /// Raised whenever something is forgotten: what was read before is not put in after.
    round: u64,
}

impl Default for ClosedCache {
    fn default() -> Self {
        Self { days: Lru::new(DAYS_BUDGET), read: FxHashMap::default(), answers: Lru::new(ANSWERS_BUDGET), round: 0 }
    }
}

/// What a day must have to be the day.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Needed {
    /// Everything that came before it was last forgotten: nothing newer is known.
    Anything,
    /// Everything up to here.
    Through(Position),
}

impl Needed {
    fn is_in(self, through: Position) -> bool {
        match self {
            Needed::Anything => true,
            Needed::Through(last) => through.covers(last) == Some(true),
        }
    }
}

impl ClosedCache {
    /// To be taken before a day is read that will be [`ClosedCache::put`].
    pub(crate) fn round(&self) -> u64 {
        self.round
    }

    /// The day, if it is here and has what is needed.
    pub(crate) fn get(&mut self, name: DayName, needed: Needed) -> Option<Arc<ClosedDay>> {
        let day = self.days.get(&name).cloned().or_else(|| self.read.get(&name)?.upgrade())?;
        if !needed.is_in(day.through) {
            self.days.remove(&name);
            self.read.remove(&name);
            return None;
        }
        Some(day)
    }

    /// Keeps a day that was read in `round`.
    pub(crate) fn put(&mut self, name: DayName, day: Arc<ClosedDay>, round: u64) {
        if round != self.round {
            return;
        }
        self.read.retain(|_, day| day.strong_count() > 0);
        self.read.insert(name, Arc::downgrade(&day));
        let bytes = day.bytes();
        self.days.put(name, day, bytes);
    }

    /// The answer to a question, if it is here and has what is needed.
    pub(crate) fn answer(&mut self, asked: &Asked, needed: Needed) -> Option<Arc<Answer>> {
        let (through, answer) = self.answers.get(asked)?;
        needed.is_in(*through).then(|| answer.clone())
    }

    /// Keeps an answer of a day that was read in `round` and had everything up to `through`.
    pub(crate) fn put_answer(&mut self, asked: Asked, through: Position, answer: Arc<Answer>, round: u64) {
        if round == self.round {
            let bytes = PLACE + bytes_of(&answer);
            self.answers.put(asked, (through, answer), bytes);
        }
    }

    pub(crate) fn forget_day(&mut self, name: DayName) {
        self.keep(|known| known != name);
    }

    pub(crate) fn forget_site(&mut self, site: SiteId) {
        self.keep(|known| known.0 != site);
    }

    fn keep(&mut self, keep: impl Fn(DayName) -> bool) {
        self.round += 1;
        self.days.retain(|name| keep(*name));
        self.read.retain(|name, _| keep(*name));
        self.answers.retain(|asked| keep(asked.0));
    }
}

/// What an answer takes, roughly: room in its tables, keys, and texts, which may be nobody else's by now.
fn bytes_of(answer: &Answer) -> usize {
    let text = |value: &GroupValue| if let GroupValue::Text(text) = value { text.len() + 16 } else { 0 };
    let key = |key: &[GroupValue]| key.iter().map(|value| size_of::<GroupValue>() + text(value)).sum::<usize>();
    let rows: usize = answer.groups.keys().map(|group| key(group)).sum();
    let takings: usize = answer.takings.keys().map(|group| key(group) + 64).sum();
    let room = answer.groups.capacity() * 120 + answer.takings.capacity() * 64;
    size_of::<Answer>() + rows + takings + room
}

#[cfg(test)]
mod tests {
    use super::*;
    use footfall_domain::LocalDate;

    fn at(offset: u64) -> Position {
        Position { epoch: 1, partition: 0, offset }
    }

    fn asked(day: i32) -> Asked {
        ((SiteId(1), LocalDate(day)), LogicId([0; 16]), [7; 32])
    }

    #[test]
    fn an_answer_is_good_as_long_as_nothing_came() {
        let mut cache = ClosedCache::default();
        let round = cache.round();
        cache.put_answer(asked(1), at(5), Arc::default(), round);
        assert!(cache.answer(&asked(1), Needed::Anything).is_some());
        assert!(cache.answer(&asked(1), Needed::Through(at(5))).is_some());
        assert!(cache.answer(&asked(1), Needed::Through(at(6))).is_none(), "a late hit");
        assert!(cache.answer(&asked(2), Needed::Anything).is_none(), "another day");
        cache.forget_day((SiteId(1), LocalDate(1)));
        assert!(cache.answer(&asked(1), Needed::Anything).is_none(), "settled again");
    }

    #[test]
    fn what_was_read_before_something_was_forgotten_is_not_kept() {
        let mut cache = ClosedCache::default();
        let round = cache.round();
        cache.forget_site(SiteId(9));
        cache.put_answer(asked(1), at(5), Arc::default(), round);
        assert!(cache.answer(&asked(1), Needed::Anything).is_none());
    }
}
