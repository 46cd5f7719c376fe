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
    /// The days somebody is about to put something of: what was read of a day before it was forgotten is not put in after.
    under_way: FxHashMap<DayName, Weak<()>>,
}

/// That a day is being read: lost, as far as the cache is concerned, when the day is forgotten.
pub(crate) struct Reading {
    name: DayName,
    since: Arc<()>,
}

impl Default for ClosedCache {
    fn default() -> Self {
        Self { days: Lru::new(DAYS_BUDGET), read: FxHashMap::default(), answers: Lru::new(ANSWERS_BUDGET), under_way: FxHashMap::default() }
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
    /// To be taken before a day is read of which something will be put here.
    pub(crate) fn reading(&mut self, name: DayName) -> Reading {
        self.under_way.retain(|_, since| since.strong_count() > 0);
        let since = self.under_way.get(&name).and_then(Weak::upgrade).unwrap_or_else(|| {
            let since = Arc::new(());
            self.under_way.insert(name, Arc::downgrade(&since));
            since
        });
        Reading { name, since }
    }

    /// Whether the day was not forgotten since it began to be read.
    fn still_holds(&self, reading: &Reading) -> bool {
        self.under_way.get(&reading.name).is_some_and(|since| since.as_ptr() == Arc::as_ptr(&reading.since))
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

    /// Keeps a day as it was read.
    pub(crate) fn put(&mut self, reading: &Reading, day: Arc<ClosedDay>) {
        if !self.still_holds(reading) {
            return;
        }
        let name = reading.name;
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

    /// Keeps an answer of a day as it was read, with everything up to `through`.
    pub(crate) fn put_answer(&mut self, reading: &Reading, asked: Asked, through: Position, answer: Arc<Answer>) {
        debug_assert_eq!(reading.name, asked.0, "an answer is of the day that was read");
        if self.still_holds(reading) {
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
        self.under_way.retain(|name, _| keep(*name));
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
    use proptest::prelude::*;

    fn at(offset: u64) -> Position {
        Position { epoch: 1, partition: 0, offset }
    }

    fn name(site: u64, day: i32) -> DayName {
        (SiteId(site), LocalDate(day))
    }

    fn asked(name: DayName) -> Asked {
        (name, LogicId([0; 16]), [7; 32])
    }

    #[test]
    fn an_answer_is_good_as_long_as_nothing_came() {
        let mut cache = ClosedCache::default();
        let (this, other) = (name(1, 1), name(1, 2));
        let reading = cache.reading(this);
        cache.put_answer(&reading, asked(this), at(5), Arc::default());
        assert!(cache.answer(&asked(this), Needed::Anything).is_some());
        assert!(cache.answer(&asked(this), Needed::Through(at(5))).is_some());
        assert!(cache.answer(&asked(this), Needed::Through(at(6))).is_none(), "a late hit");
        assert!(cache.answer(&asked(other), Needed::Anything).is_none(), "another day");
        cache.forget_day(this);
        assert!(cache.answer(&asked(this), Needed::Anything).is_none(), "settled again");
    }

    #[test]
    fn what_is_read_no_more_is_not_remembered_as_under_way() {
        let mut cache = ClosedCache::default();
        for day in 0..1_000 {
            drop(cache.reading(name(1, day)));
        }
        let _last = cache.reading(name(1, 1_000));
        assert_eq!(cache.under_way.len(), 1);
    }

    /// What happens while a day is read.
    #[derive(Clone, Copy, Debug)]
    enum Meanwhile {
        Settled(DayName),
        Forgotten(SiteId),
        /// Somebody else begins, and ends at once.
        Asked(DayName),
    }

    fn names() -> impl Strategy<Value = DayName> {
        (1..4_u64, 1..4).prop_map(|(site, day)| name(site, day))
    }

    fn meanwhile() -> impl Strategy<Value = Meanwhile> {
        prop_oneof![
            names().prop_map(Meanwhile::Settled),
            (1..4_u64).prop_map(|site| Meanwhile::Forgotten(SiteId(site))),
            names().prop_map(Meanwhile::Asked),
        ]
    }

    proptest! {
        /// Law: an answer is kept exactly if neither its own day was settled nor its site forgotten while it was folded.
        #[test]
        fn an_answer_is_kept_unless_its_own_day_changed(read in names(), events in prop::collection::vec(meanwhile(), 0..6)) {
            let mut cache = ClosedCache::default();
            let reading = cache.reading(read);
            let mut changed = false;
            for event in events {
                match event {
                    Meanwhile::Settled(name) => {
                        cache.forget_day(name);
                        changed |= name == read;
                    }
                    Meanwhile::Forgotten(site) => {
                        cache.forget_site(site);
                        changed |= site == read.0;
                    }
                    Meanwhile::Asked(name) => drop(cache.reading(name)),
                }
            }
            cache.put_answer(&reading, asked(read), at(5), Arc::default());
            prop_assert_eq!(cache.answer(&asked(read), Needed::Anything).is_some(), !changed);
        }
    }

    #[test]
    fn who_began_after_the_day_was_settled_is_kept_beside_who_began_before() {
        let mut cache = ClosedCache::default();
        let day = name(1, 1);
        let before = cache.reading(day);
        cache.forget_day(day);
        let after = cache.reading(day);
        cache.put_answer(&before, asked(day), at(5), Arc::default());
        assert!(cache.answer(&asked(day), Needed::Anything).is_none(), "folded before");
        cache.put_answer(&after, asked(day), at(6), Arc::default());
        assert!(cache.answer(&asked(day), Needed::Through(at(6))).is_some());
    }
}
