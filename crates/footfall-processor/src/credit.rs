//! The credit rule: when the numbers of an open day are worth writing to a store where every write costs.
//!
//! A hit earns a twentieth of a write unit ([`HITS_PER_UNIT`]). An open site-day is written when its hits have earned what
//! the write costs and what the last write, at the day's end, will cost; else [`LATEST_MS`] after a change, earned or not.
//! What such a forced write takes too much is a debt of the house, which the hits of all its sites pay off first. Where
//! they cannot keep up, because very many small sites change all the time, forced writes wait longer, the more is owed, at
//! most [`LONGEST_MS`]; totals alone, which cost next to nothing, are then written in time. So over the whole house a unit
//! is spent for 20 hits, but for [`HOUSE_UNITS_PER_SECOND`], unless the longest wait forces more.
//!
//! Everything is counted in hits, so that a twentieth needs no fraction. Pure: the caller brings the time.

use footfall_domain::{LocalDate, SiteId, UnixMillis};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;

/// A site-day.
type DayName = (SiteId, LocalDate);

/// Hits that earn one write unit (design, section 7: 0.05 units a hit).
pub const HITS_PER_UNIT: u64 = 20;
/// What the rule takes for a unit. A little more than it promises: what else is written, of sites, secrets and notes, and
/// what is written in vain, must come out of the same hits.
const PRICE_HITS: u64 = 21;
/// A change is in the store at the latest this long after it: in the totals always, in the tables where the house can pay.
pub const LATEST_MS: i64 = 15 * 60_000;
/// A change is in the tables at the latest this long after it, whoever pays (design, section 10: never over an hour).
pub const LONGEST_MS: i64 = 60 * 60_000;
/// What a house may spend on forced writes if its hits earn less: a small one is fresh without earning it. At most 0.35
/// million units a day.
pub const HOUSE_UNITS_PER_SECOND: u64 = 4;
/// A forced write begins this much earlier: it has to wait for its turn and takes time itself.
const MARGIN_MS: i64 = 30_000;
/// A whole day is not written more often than this, however much it has earned: it has to be laid out each time.
const WHOLE_EVERY_MS: i64 = 10_000;
/// Totals are not written more often than this.
const TOTALS_EVERY_MS: i64 = 5_000;
/// One hit in so many earns for totals rather than for tables.
const TOTALS_SHARE: u64 = 4;

/// What the open days of a house have earned and spent. The engine keeps one; `cargo xtask bench writes` another, to work out
/// what a larger house would pay.
#[derive(Debug, Default)]
pub struct Ledger {
    days: FxHashMap<DayName, Account>,
    /// What forced writes took too much, in hits.
    debt: u64,
    /// Hits since [`Ledger::due`] was asked last.
    earned: u64,
    /// When that was, and the hits before each of the last times, for [`LATEST_MS`].
    recent: VecDeque<(UnixMillis, u64)>,
    /// The sum of them.
    income: u64,
}

/// One open site-day. All amounts are in hits.
#[derive(Clone, Debug)]
struct Account {
    /// The day's hits when it was looked at last.
    hits: u64,
    /// The day's hits that readers of the store see.
    written: u64,
    /// No hit that came before this is missing in the store; `None`: none is missing at all.
    changed: Option<UnixMillis>,
    credit: u64,
    /// Put aside for totals.
    aside: u64,
    /// What the next write of the whole day takes at least, in units: a day only grows.
    cost: u64,
    whole_at: Option<UnixMillis>,
    totals_cost: u64,
    totals_at: Option<UnixMillis>,
    /// The day's hits in the totals written last.
    totals_hits: u64,
    /// As `changed`, for the totals.
    totals_changed: Option<UnixMillis>,
}

/// What to write of a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Due {
    /// The whole day, if it takes at most so many units (`None`: whatever it takes).
    Whole {
        /// See there.
        at_most: Option<u64>,
    },
    /// Its totals.
    Totals,
}

impl Ledger {
    /// Opens the account of a day, if it has none. Its first `earned_before` hits earn nothing more: they did in an
    /// earlier life of the process.
    pub fn open(&mut self, name: DayName, earned_before: u64, now: UnixMillis) {
        self.days.entry(name).or_insert_with(|| Account {
            hits: earned_before,
            written: 0,
            changed: (earned_before > 0).then_some(now),
            credit: 0,
            aside: 0,
            cost: 1,
            whole_at: None,
            totals_cost: 1,
            totals_at: None,
            totals_hits: 0,
            totals_changed: (earned_before > 0).then_some(now),
        });
    }

    /// How many days have an account.
    pub fn open_days(&self) -> usize {
        self.days.len()
    }

    /// Whether the day has an account.
    pub fn knows(&self, name: DayName) -> bool {
        self.days.contains_key(&name)
    }

    /// The day has so many hits now; those it did not have at `last_look` earn.
    pub fn look(&mut self, name: DayName, hits: u64, last_look: UnixMillis) {
        let Some(account) = self.days.get_mut(&name) else { return };
        let mut earned = hits.saturating_sub(account.hits);
        if hits > account.written && account.changed.is_none() {
            account.changed = Some(last_look);
        }
        if hits > account.totals_hits && account.totals_changed.is_none() {
            account.totals_changed = Some(last_look);
        }
        account.hits = account.hits.max(hits);
        self.earned += earned;
        let paid_off = self.debt.min(earned / 2);
        self.debt -= paid_off;
        earned -= paid_off;
        // No more is put aside than two writes of totals take: the rest is of use for tables.
        let room = (2 * PRICE_HITS * account.totals_cost).saturating_sub(account.aside);
        let aside = (earned / TOTALS_SHARE).min(room);
        account.aside += aside;
        account.credit += earned - aside;
    }

    /// All the day's numbers changed, though it has no more hits: what the store has of it is old.
    pub fn changed(&mut self, name: DayName, now: UnixMillis) {
        if let Some(account) = self.days.get_mut(&name) {
            account.changed.get_or_insert(now);
            account.totals_changed.get_or_insert(now);
        }
    }

    /// What there is to write now, those that wait longest first. To be asked about once a second.
    pub fn due(&mut self, now: UnixMillis) -> Vec<(DayName, Due)> {
        self.go_on(now);
        let patience = self.patience();
        let mut due: Vec<_> =
            self.days.iter().filter_map(|(name, account)| Some((account.changed, *name, account.due(now, patience)?))).collect();
        due.sort_by_key(|(changed, name, _)| (*changed, *name));
        due.into_iter().map(|(_, name, what)| (name, what)).collect()
    }

    /// The house's own money comes in, and the oldest income is forgotten.
    fn go_on(&mut self, now: UnixMillis) {
        let passed = self.recent.back().map_or(0, |(last, _)| now.since(*last).clamp(0, LATEST_MS));
        let earned = std::mem::take(&mut self.earned);
        let of_the_house = passed.unsigned_abs() * HOUSE_UNITS_PER_SECOND * PRICE_HITS / 1_000;
        self.debt = self.debt.saturating_sub(of_the_house.saturating_sub(earned));
        self.income += earned;
        self.recent.push_back((now, earned));
        while let Some((at, oldest)) = self.recent.front().copied().filter(|(at, _)| now.since(*at) > LATEST_MS) {
            debug_assert!(at < now, "time goes on");
            self.income -= oldest;
            self.recent.pop_front();
        }
    }

    /// How long a change may wait for its tables: the longer, the more of a quarter of an hour's income is owed.
    fn patience(&self) -> i64 {
        let of_the_house = HOUSE_UNITS_PER_SECOND * PRICE_HITS * LATEST_MS.unsigned_abs() / 1_000;
        let owed = self.debt as f64 / (self.income + of_the_house) as f64;
        LATEST_MS + ((LONGEST_MS - LATEST_MS) as f64 * owed.min(1.0)) as i64
    }

    /// The whole day would take so many units, which was too much.
    pub fn too_dear(&mut self, name: DayName, units: u64) {
        if let Some(account) = self.days.get_mut(&name) {
            account.cost = units;
        }
    }

    /// The whole day was written for so many units; it had so many hits, all that had come before `as_of`.
    pub fn wrote(&mut self, name: DayName, units: u64, hits: u64, as_of: UnixMillis) {
        if let Some(account) = self.days.get_mut(&name) {
            account.cost = units.max(1);
            account.written = hits;
            account.changed = (account.hits > hits).then_some(as_of);
            account.whole_at = Some(as_of);
            account.saw_totals(hits, as_of);
        }
        self.spend(name, units);
    }

    /// The store has had everything the day has, without a write.
    pub fn found_written(&mut self, name: DayName, hits: u64, as_of: UnixMillis) {
        if let Some(account) = self.days.get_mut(&name) {
            account.written = hits;
            account.changed = (account.hits > hits).then_some(as_of);
            account.saw_totals(hits, as_of);
        }
    }

    /// The day's totals were written for so many units, when it had so many hits.
    pub fn wrote_totals(&mut self, name: DayName, units: u64, hits: u64, now: UnixMillis) {
        let mut owed = units * PRICE_HITS;
        if let Some(account) = self.days.get_mut(&name) {
            account.totals_cost = units.max(1);
            account.saw_totals(hits, now);
            let from_aside = account.aside.min(owed);
            account.aside -= from_aside;
            owed -= from_aside;
        }
        self.owe(name, owed);
    }

    /// The day has ended, and its last write took so many units. What it has left pays off debts.
    pub fn close(&mut self, name: DayName, units: u64) {
        self.spend(name, units);
        if let Some(account) = self.days.remove(&name) {
            self.debt = self.debt.saturating_sub(account.credit + account.aside);
        }
    }

    /// Forgets days that are gone without a last write.
    pub fn keep(&mut self, mut keep: impl FnMut(&DayName) -> bool) {
        self.days.retain(|name, _| keep(name));
    }

    /// Since when the store may lack hits; `None` when it lacks none.
    pub fn lacks_since(&self) -> Option<UnixMillis> {
        self.days.values().filter_map(|account| account.changed).min()
    }

    fn spend(&mut self, name: DayName, units: u64) {
        self.owe(name, units * PRICE_HITS);
    }

    fn owe(&mut self, name: DayName, hits: u64) {
        let from_credit = self.days.get_mut(&name).map_or(0, |account| {
            let taken = account.credit.min(hits);
            account.credit -= taken;
            taken
        });
        self.debt += hits - from_credit;
    }
}

impl Account {
    /// Readers see so many hits in the totals, all that had come before `as_of`.
    fn saw_totals(&mut self, hits: u64, as_of: UnixMillis) {
        self.totals_at = Some(as_of);
        self.totals_hits = hits;
        self.totals_changed = (self.hits > hits).then_some(as_of);
    }

    fn due(&self, now: UnixMillis, patience_ms: i64) -> Option<Due> {
        let changed = self.changed?;
        if now.since(changed) >= patience_ms - MARGIN_MS {
            return Some(Due::Whole { at_most: None });
        }
        if self.totals_changed.is_some_and(|since| now.since(since) >= LATEST_MS - MARGIN_MS) {
            return Some(Due::Totals);
        }
        let waited = |at: Option<UnixMillis>, long: i64| at.is_none_or(|at| now.since(at) >= long);
        // As much again stays for the last write of the day.
        let affordable = self.credit / (2 * PRICE_HITS);
        if affordable >= self.cost && waited(self.whole_at, WHOLE_EVERY_MS) {
            return Some(Due::Whole { at_most: Some(affordable) });
        }
        let earned = self.totals_changed.is_some() && self.aside >= self.totals_cost * PRICE_HITS;
        (earned && waited(self.totals_at, TOTALS_EVERY_MS)).then_some(Due::Totals)
    }
}

#[cfg(test)]
#[path = "credit_tests.rs"]
mod tests;
