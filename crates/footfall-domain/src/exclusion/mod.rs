//! What a site leaves out of its numbers: rules that can be taken back, since the hits stay in the log.
//!
//! Each rule says from which day on it holds, and until when: a day keeps the rules it was counted with, and counting it
//! again gives the same numbers.

mod excluded;
mod in_force;
mod network;
mod wildcard;

pub use excluded::{Excluded, ExclusionKind, NotARule};
pub use in_force::InForce;
pub use network::Network;

use crate::LocalDate;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;

/// How many rules of a site may be in force.
pub const MOST_EXCLUSIONS: usize = 100;

/// The day from which a rule holds that holds on every day: the first of the year 1.
pub const EVER: LocalDate = LocalDate(-719_162);

/// The rules of a site, those that hold and those that did.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Exclusions {
    /// The highest number given to a rule. Numbers are never given twice: hits name the rules their address matched.
    last_number: u32,
    /// In the order they were made.
    rules: Vec<Exclusion>,
}

/// One rule.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Exclusion {
    /// Its number.
    pub number: u32,
    /// The hits it leaves out.
    pub what: Excluded,
    /// The first day on which it holds.
    pub from: LocalDate,
    /// The first day on which it holds no more; `None`: it is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<LocalDate>,
}

/// Why a rule was not added.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NotAdded {
    /// A rule in force says the same.
    #[error("rule {0} says so already")]
    Exists(u32),
    /// There are [`MOST_EXCLUSIONS`].
    #[error("a site has at most {MOST_EXCLUSIONS} rules")]
    TooMany,
}

impl Exclusions {
    /// Before any rule, in force or not: what every site begins with.
    pub fn before_any(&self) -> bool {
        self.last_number == 0 && self.rules.is_empty()
    }

    /// The rules in force, oldest first.
    pub fn in_force(&self) -> impl Iterator<Item = &Exclusion> {
        self.rules.iter().filter(|rule| rule.until.is_none())
    }

    /// The rules of a day.
    pub fn on(&self, date: LocalDate) -> InForce<'_> {
        InForce::of(self.rules.iter().filter(|rule| rule.holds_on(date)))
    }

    /// Adds a rule that holds from a day on. Returns its number.
    ///
    /// # Errors
    /// There is the same one, or there are too many.
    pub fn add(&mut self, what: Excluded, from: LocalDate) -> Result<u32, NotAdded> {
        if let Some(same) = self.in_force().find(|rule| rule.what == what) {
            return Err(NotAdded::Exists(same.number));
        }
        if self.in_force().count() >= MOST_EXCLUSIONS {
            return Err(NotAdded::TooMany);
        }
        self.last_number += 1;
        self.rules.push(Exclusion { number: self.last_number, what, from, until: None });
        Ok(self.last_number)
    }

    /// Takes a rule back: from `today` on it does not hold. Returns what it was, or `None` when no rule in force has the
    /// number. An address is forgotten at once; that hits matched it is known by its number.
    pub fn remove(&mut self, number: u32, today: LocalDate) -> Option<Excluded> {
        let at = self.rules.iter().position(|rule| rule.number == number && rule.until.is_none())?;
        if self.rules[at].from >= today {
            return Some(self.rules.remove(at).what);
        }
        let rule = &mut self.rules[at];
        rule.until = Some(today);
        let forgotten = match &rule.what {
            Excluded::Address(_) => Excluded::Address(None),
            what => what.clone(),
        };
        Some(std::mem::replace(&mut rule.what, forgotten))
    }

    /// The numbers of the rules in force that an address matches: all that may be kept of it.
    pub fn numbers_of(&self, address: IpAddr) -> Vec<u32> {
        let matches = |rule: &&Exclusion| matches!(&rule.what, Excluded::Address(Some(network)) if network.contains(address));
        self.in_force().filter(matches).map(|rule| rule.number).collect()
    }
}

impl Exclusion {
    fn holds_on(&self, date: LocalDate) -> bool {
        self.from <= date && self.until.is_none_or(|until| date < until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: LocalDate = LocalDate(100);

    fn path(pattern: &str) -> Excluded {
        Excluded::parse(ExclusionKind::Path, pattern).expect("a path")
    }

    #[test]
    fn a_rule_holds_from_its_day_until_it_is_taken_back() {
        let mut rules = Exclusions::default();
        let number = rules.add(path("/admin"), TODAY).expect("added");
        let holds = |rules: &Exclusions, date| !rules.on(date).is_empty();
        assert!(!holds(&rules, TODAY.plus(-1)) && holds(&rules, TODAY) && holds(&rules, TODAY.plus(9)));
        assert_eq!(rules.remove(number, TODAY.plus(2)), Some(path("/admin")));
        assert!(!holds(&rules, TODAY.plus(-1)) && holds(&rules, TODAY.plus(1)) && !holds(&rules, TODAY.plus(2)));
        assert_eq!(rules.in_force().count(), 0);
        assert_eq!(rules.remove(number, TODAY.plus(3)), None, "it is taken back once");
    }

    #[test]
    fn a_rule_of_today_leaves_no_trace_but_its_number() {
        let mut rules = Exclusions::default();
        assert_eq!(rules.add(path("/a"), TODAY), Ok(1));
        rules.remove(1, TODAY);
        assert_eq!(rules.on(TODAY), Exclusions::default().on(TODAY));
        assert_eq!(rules.add(path("/a"), TODAY), Ok(2), "a number is never given twice");
        assert!(!rules.before_any());
    }

    #[test]
    fn a_rule_is_there_once() {
        let mut rules = Exclusions::default();
        assert_eq!(rules.add(path("/a"), TODAY), Ok(1));
        assert_eq!(rules.add(path("/a"), TODAY), Err(NotAdded::Exists(1)));
        for n in 1..MOST_EXCLUSIONS {
            rules.add(path(&format!("/{n}")), TODAY).expect("there is room");
        }
        assert_eq!(rules.add(path("/z"), TODAY), Err(NotAdded::TooMany));
    }

    #[test]
    fn of_an_address_only_the_numbers_of_rules_are_told_and_it_is_forgotten_with_its_rule() {
        let mut rules = Exclusions::default();
        let address = |text| Excluded::parse(ExclusionKind::Address, text).expect("an address");
        rules.add(address("192.0.2.7"), TODAY).expect("added");
        rules.add(address("192.0.2.0/24"), TODAY).expect("added");
        let client: IpAddr = "::ffff:192.0.2.7".parse().expect("an address");
        assert_eq!(rules.numbers_of(client), [1, 2]);
        assert!(rules.numbers_of("192.0.3.7".parse().expect("an address")).is_empty());
        rules.remove(1, TODAY.plus(1)).expect("there");
        assert_eq!(rules.numbers_of(client), [2]);
        assert!(!serde_json::to_string(&rules).expect("JSON").contains("192.0.2.7"));
        assert_eq!(rules.on(TODAY).said(), ["address 1", "address 2"], "the day keeps its rules");
    }

    #[test]
    fn what_is_written_is_read() {
        let mut rules = Exclusions::default();
        for (kind, text) in [
            (ExclusionKind::Path, "/admin/**"),
            (ExclusionKind::Hostname, "*.staging.example"),
            (ExclusionKind::OnlyHostname, "shop.example"),
            (ExclusionKind::Country, "de"),
            (ExclusionKind::Address, "2001:db8::/32"),
        ] {
            rules.add(Excluded::parse(kind, text).expect("a rule"), TODAY).expect("added");
        }
        rules.remove(1, TODAY.plus(1)).expect("there");
        let json = serde_json::to_string(&rules).expect("JSON");
        assert_eq!(serde_json::from_str::<Exclusions>(&json).expect("reads"), rules);
        assert_eq!(serde_json::from_str::<Exclusions>("{}").expect("a site of before"), Exclusions::default());
    }
}
