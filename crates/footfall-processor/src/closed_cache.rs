//! Closed days that were folded for a question lately: the next question about them does not read the log.

use crate::closed_day::ClosedDay;
use crate::engine::DayName;
use footfall_domain::{Position, SiteId};
use std::collections::VecDeque;
use std::sync::Arc;

/// Bytes of folded days kept. A day larger than this is folded anew each time.
const BUDGET_BYTES: usize = 48 << 20;

/// Most recently used last.
#[derive(Default)]
pub(crate) struct ClosedCache {
    days: VecDeque<(DayName, Arc<ClosedDay>)>,
    bytes: usize,
    /// Raised whenever something is forgotten: a day folded before is not put in after.
    round: u64,
}

impl ClosedCache {
    /// To be taken before a day is read that will be [`ClosedCache::put`].
    pub(crate) fn round(&self) -> u64 {
        self.round
    }

    /// The day, if it is here and has everything up to `last` (`None`: nothing newer is known).
    pub(crate) fn get(&mut self, name: DayName, last: Option<Position>) -> Option<Arc<ClosedDay>> {
        let at = self.days.iter().position(|(known, _)| *known == name)?;
        let (_, day) = self.days.remove(at)?;
        if last.is_some_and(|last| day.through.covers(last) != Some(true)) {
            self.bytes -= day.bytes();
            return None;
        }
        self.days.push_back((name, day.clone()));
        Some(day)
    }

    /// Keeps a day that was read in `round`; the least recently used make room.
    pub(crate) fn put(&mut self, name: DayName, day: Arc<ClosedDay>, round: u64) {
        if round != self.round || day.bytes() > BUDGET_BYTES {
            return;
        }
        if let Some(at) = self.days.iter().position(|(known, _)| *known == name) {
            self.bytes -= self.days.remove(at).map_or(0, |(_, day)| day.bytes());
        }
        self.bytes += day.bytes();
        self.days.push_back((name, day));
        while self.bytes > BUDGET_BYTES
            && let Some((_, oldest)) = self.days.pop_front()
        {
            self.bytes -= oldest.bytes();
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
        self.days.retain(|(name, _)| keep(*name));
        self.bytes = self.days.iter().map(|(_, day)| day.bytes()).sum();
    }
}
