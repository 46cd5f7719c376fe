//! The rules of one day, sorted by what they look at.

use super::{Excluded, Exclusion, wildcard};
use crate::DropReason;

/// The rules in force on a day.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct InForce<'a> {
    addresses: Vec<u32>,
    hostnames: Vec<&'a str>,
    only_hostnames: Vec<&'a str>,
    paths: Vec<&'a str>,
    countries: Vec<&'a str>,
}

impl<'a> InForce<'a> {
    pub(super) fn of(rules: impl Iterator<Item = &'a Exclusion>) -> Self {
        let mut all = Self::default();
        for rule in rules {
            match &rule.what {
                Excluded::Path(pattern) => all.paths.push(pattern),
                Excluded::Hostname(pattern) => all.hostnames.push(pattern),
                Excluded::OnlyHostname(pattern) => all.only_hostnames.push(pattern),
                Excluded::Country(code) => all.countries.push(code),
                Excluded::Address(_) => all.addresses.push(rule.number),
            }
        }
        all
    }

    /// Whether nothing is left out.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether page and hostname of a hit matter.
    pub fn look_at_urls(&self) -> bool {
        !(self.paths.is_empty() && self.hostnames.is_empty() && self.only_hostnames.is_empty())
    }

    /// Whether a hit is left out for its address, by the numbers of the rules it matched.
    pub fn address(&self, numbers: &[u32]) -> Option<DropReason> {
        numbers.iter().any(|number| self.addresses.contains(number)).then_some(DropReason::ExcludedAddress)
    }

    /// Whether a hit is left out for its hostname (definition 20, `(none)` if it has none) or its page (definition 21).
    pub fn url(&self, hostname: &str, page: &str) -> Option<DropReason> {
        let matches_one = |patterns: &[&str], text: &str| patterns.iter().any(|pattern| wildcard::matches(pattern, text));
        let foreign = !self.only_hostnames.is_empty() && !matches_one(&self.only_hostnames, hostname);
        if foreign || matches_one(&self.hostnames, hostname) {
            return Some(DropReason::ExcludedHostname);
        }
        matches_one(&self.paths, page).then_some(DropReason::ExcludedPath)
    }

    /// Whether a hit is left out for its country.
    pub fn country(&self, country: &str) -> Option<DropReason> {
        self.countries.contains(&country).then_some(DropReason::ExcludedCountry)
    }

    /// Everything that decides which hits are left out, in one spelling: part of the day's logic. Of an address that is
    /// the number of its rule.
    pub fn said(&self) -> Vec<String> {
        let texts = |kind: &'static str, patterns: &[&str]| patterns.iter().map(|text| format!("{kind} {text}")).collect::<Vec<_>>();
        let mut said: Vec<String> = self.addresses.iter().map(|number| format!("address {number}")).collect();
        said.extend(texts("hostname", &self.hostnames));
        said.extend(texts("only-hostname", &self.only_hostnames));
        said.extend(texts("path", &self.paths));
        said.extend(texts("country", &self.countries));
        said.sort();
        said.dedup();
        said
    }
}

#[cfg(test)]
mod tests {
    use super::super::{ExclusionKind, Exclusions};
    use super::*;
    use crate::LocalDate;

    fn rules(rules: &[(ExclusionKind, &str)]) -> Exclusions {
        let mut all = Exclusions::default();
        for (kind, text) in rules {
            all.add(Excluded::parse(*kind, text).expect("a rule"), LocalDate(0)).expect("added");
        }
        all
    }

    #[test]
    fn each_kind_has_its_reason() {
        let all = rules(&[
            (ExclusionKind::Path, "/admin/*"),
            (ExclusionKind::Hostname, "staging.*"),
            (ExclusionKind::Country, "NP"),
            (ExclusionKind::Address, "192.0.2.7"),
        ]);
        let on = all.on(LocalDate(0));
        assert_eq!(on.url("shop.example", "/admin/x"), Some(DropReason::ExcludedPath));
        assert_eq!(on.url("staging.example", "/admin/x"), Some(DropReason::ExcludedHostname));
        assert_eq!(on.url("shop.example", "/admin"), None);
        assert_eq!(on.country("NP"), Some(DropReason::ExcludedCountry));
        assert_eq!(on.country(""), None);
        assert_eq!(on.address(&[9, 4]), Some(DropReason::ExcludedAddress));
        assert_eq!(on.address(&[]), None);
    }

    #[test]
    fn only_some_hostnames_may_be_wished() {
        let all = rules(&[(ExclusionKind::OnlyHostname, "shop.example"), (ExclusionKind::OnlyHostname, "*.shop.example")]);
        let on = all.on(LocalDate(0));
        assert_eq!(on.url("shop.example", "/"), None);
        assert_eq!(on.url("de.shop.example", "/"), None);
        assert_eq!(on.url("stolen.example", "/"), Some(DropReason::ExcludedHostname));
        assert_eq!(on.url("(none)", "/"), Some(DropReason::ExcludedHostname));
    }

    #[test]
    fn the_order_of_rules_says_nothing() {
        let (a, b) = ((ExclusionKind::Path, "/a"), (ExclusionKind::Country, "DE"));
        assert_eq!(rules(&[a, b]).on(LocalDate(0)).said(), rules(&[b, a]).on(LocalDate(0)).said());
    }
}
