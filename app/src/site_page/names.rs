//! The names an address may use.

use crate::panels::Panel;

/// What the page itself reads.
const OURS: [&str; 19] = [
    "by",
    "case",
    "compare_from",
    "compare_to",
    "comparison",
    "date",
    "edit",
    "f",
    "filter",
    "from",
    "instead",
    "interval",
    "lang",
    "match_day_of_week",
    "metric",
    "op",
    "period",
    "to",
    "value",
];

/// What Plausible's addresses say besides, about things that are always so here: names of the values of filters, and
/// whether imported days count.
const PLAUSIBLES: [&str; 2] = ["l", "with_imported"];

/// What mails, advertisements and networks hang onto every address that passes through them.
const STRANGERS: [&str; 12] =
    ["_gl", "dclid", "fbclid", "gclid", "igshid", "li_fat_id", "mc_cid", "mc_eid", "msclkid", "ttclid", "twclid", "yclid"];
const CAMPAIGNS: &str = "utm_";

/// Whether a name in an address is no surprise: it means something, or nobody could have meant anything by it.
pub(super) fn is_known(name: &str) -> bool {
    let ours = || OURS.contains(&name) || Panel::from_name(name).is_some();
    name.is_empty() || ours() || PLAUSIBLES.contains(&name) || STRANGERS.contains(&name) || name.starts_with(CAMPAIGNS)
}

#[cfg(test)]
mod tests {
    use super::super::{Compare, Filter, PageState, Period};
    use super::*;
    use footfall_domain::{Dimension, LocalDate};

    #[test]
    fn whatever_a_page_writes_it_knows() {
        let date = LocalDate::parse("2026-05-01").expect("a date");
        let compare = Compare { match_day_of_week: true, ..Compare::default() };
        let state = PageState::default().with_filter(Filter::is(Dimension::Page, "/")).with_compare(compare);
        for period in [Period::Day(Some(date)), Period::Custom(date, date), Period::All] {
            let pairs = state.with_period(period).pairs();
            assert_eq!(pairs.iter().find(|(name, _)| !is_known(name)), None, "{period:?}");
        }
        assert!(Panel::ALL.iter().all(|panel| is_known(panel.name())));
    }

    #[test]
    fn what_others_hang_onto_an_address_is_no_surprise() {
        assert!(["utm_source", "fbclid", "l", "with_imported"].into_iter().all(is_known));
        assert!(!["compare", "page", "utm", "fbclid2"].into_iter().any(is_known));
    }
}
