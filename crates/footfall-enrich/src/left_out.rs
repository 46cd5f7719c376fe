//! Hits that a site leaves out by its rules: addresses, hostnames, pages, countries, in this order.

use crate::address::Address;
use footfall_domain::exclusion::InForce;
use footfall_domain::{DropReason, Exclusions, Hit, LocalDate, labels};
use std::borrow::Cow;

/// The rules of the days of a batch. A page is looked at once a day, not once a hit.
pub(crate) struct LeftOut<'e> {
    rules: &'e Exclusions,
    /// Those of the day looked at last: most often a batch has one.
    today: Option<(LocalDate, InForce<'e>)>,
    /// By place in the batch's pages, of that day.
    pages: Vec<Option<Option<DropReason>>>,
}

impl<'e> LeftOut<'e> {
    pub fn of(rules: &'e Exclusions) -> Self {
        Self { rules, today: None, pages: Vec::new() }
    }

    /// Why a hit is left out; `None` when it is not. `url` gives hostname and page of the batch's page `page`.
    pub fn why<'t>(&mut self, hit: &Hit, page: usize, url: impl FnOnce() -> (Cow<'t, str>, &'t Cow<'t, str>)) -> Option<DropReason> {
        if self.rules.before_any() {
            return None;
        }
        if self.today.as_ref().is_none_or(|(date, _)| *date != hit.date) {
            self.today = Some((hit.date, self.rules.on(hit.date)));
            self.pages.clear();
        }
        let (_, today) = self.today.as_ref()?;
        let by_url = || {
            if !today.look_at_urls() {
                return None;
            }
            if self.pages.len() <= page {
                self.pages.resize(page + 1, None);
            }
            *self.pages[page].get_or_insert_with(|| {
                let (hostname, page) = url();
                today.url(or_none(&hostname), page)
            })
        };
        today.address(&hit.address_rules).or_else(by_url).or_else(|| today.country(&hit.place.country))
    }
}

/// The same for one hit alone.
pub(crate) fn why(rules: &Exclusions, hit: &Hit) -> Option<DropReason> {
    let today = rules.on(hit.date);
    let by_url = || {
        let address = Address::of(&hit.url);
        today.url(or_none(&address.hostname()), &address.page(hit.hash_routing))
    };
    today.address(&hit.address_rules).or_else(by_url).or_else(|| today.country(&hit.place.country))
}

fn or_none(hostname: &str) -> &str {
    if hostname.is_empty() { labels::NONE } else { hostname }
}
