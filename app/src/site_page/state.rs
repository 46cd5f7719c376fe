//! Everything the site page depends on, as its address says it.

use super::PageMetric;
use super::compare::Compare;
use super::filter::Filter;
use super::interval::Interval;
use super::period::Period;
use super::query_string::{pairs, spell};
use crate::door::Door;
use crate::panels::{Panel, Tab};
use footfall_domain::LocalDate;

/// What the address says.
///
/// There is one spelling: names sorted, defaults left out, the period always said ([`PageState::query_string`]): an
/// address that says none shows the period the reader chose last. Behind other doors than the member's nothing is
/// remembered, and the usual period is left out too. All links of the page are built here.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PageState {
    /// From where the page is read.
    pub door: Door,
    /// Which days.
    pub period: Period,
    /// Compared with what.
    pub compare: Compare,
    /// What the chart shows, where [`PageMetric::shown`] has it.
    pub metric: PageMetric,
    /// How long one point of the chart is; `None`: what suits the period.
    pub interval: Option<Interval>,
    /// Which hits count; sorted, all must hold.
    pub filters: Vec<Filter>,
    /// The list each panel shows, by [`Panel::index`]; `None`: its first.
    pub tabs: [Option<String>; Panel::ALL.len()],
}

/// The most filters of a page.
pub const MOST_FILTERS: usize = 20;

impl PageState {
    /// What the address says of the state: name and value, sorted by name.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = self.pairs_without_period();
        if self.door.is_member() || self.period != Period::default() {
            pairs.extend(self.period.pairs());
        }
        pairs.sort_by_key(|(name, _)| *name);
        pairs
    }

    pub(super) fn pairs_without_period(&self) -> Vec<(&'static str, String)> {
        let mut pairs = self.compare.pairs();
        if self.metric != PageMetric::default() && self.metric.may_be_shown(&self.filters) {
            pairs.push(("metric", self.metric.name().to_owned()));
        }
        pairs.extend(self.interval.map(|interval| ("interval", interval.name().to_owned())));
        pairs.extend(self.filters.iter().map(|filter| ("f", filter.spell())));
        let tabs = Panel::ALL.into_iter().filter_map(|panel| Some((panel.name(), self.tabs[panel.index()].clone()?)));
        pairs.extend(tabs);
        pairs.extend(self.door.pairs());
        pairs.sort_by_key(|(name, _)| *name);
        pairs
    }

    /// The one spelling of this state.
    pub fn query_string(&self) -> String {
        spell(self.pairs())
    }

    /// The one spelling of this state and more that a page's address says. Where pages are carried by caches, no other
    /// order of the same is another page.
    pub fn query_string_with<'a>(&self, more: impl IntoIterator<Item = (&'a str, String)>) -> String {
        let mut pairs: Vec<(&str, String)> = self.pairs();
        pairs.extend(more);
        if !self.door.is_member() {
            pairs.sort_by_key(|(name, _)| *name);
        }
        spell(pairs)
    }

    /// The page of this state.
    pub fn href(&self, domain: &str) -> String {
        self.href_at(&self.door.site(domain), [])
    }

    /// Another page that takes the same query string, with more of its own: details, exports, the picture of the chart.
    pub fn href_at<'a>(&self, path: &str, more: impl IntoIterator<Item = (&'a str, String)>) -> String {
        match self.query_string_with(more) {
            query if query.is_empty() => path.to_owned(),
            query => format!("{path}?{query}"),
        }
    }

    /// The name of the list a panel shows.
    pub fn tab_name(&self, panel: Panel) -> &str {
        self.tabs[panel.index()].as_deref().or(panel.tabs().first().map(|tab| tab.name)).unwrap_or_default()
    }

    /// The list a panel shows.
    pub fn tab(&self, panel: Panel) -> &'static Tab {
        let name = self.tab_name(panel);
        let tabs = panel.tabs();
        tabs.iter().find(|tab| tab.name == name).unwrap_or(&tabs[0])
    }

    /// The same with another period. The interval goes back to what suits it.
    pub fn with_period(&self, period: Period) -> Self {
        Self { period, interval: None, ..self.clone() }
    }

    /// The same behind another door.
    pub fn behind(&self, door: Door) -> Self {
        Self { door, ..self.clone() }
    }

    /// The same with another metric in the chart.
    pub fn with_metric(&self, metric: PageMetric) -> Self {
        Self { metric, ..self.clone() }
    }

    /// The same with another length of the chart's points.
    pub fn with_interval(&self, interval: Option<Interval>) -> Self {
        Self { interval, ..self.clone() }
    }

    /// The same, compared with something else.
    pub fn with_compare(&self, compare: impl Into<Compare>) -> Self {
        Self { compare: compare.into(), ..self.clone() }
    }

    /// The same with another list in a panel, by its name.
    pub fn with_tab(&self, panel: Panel, name: &str) -> Self {
        let mut state = self.clone();
        let usual = panel.tabs().first().is_some_and(|tab| tab.name == name);
        state.tabs[panel.index()] = (!usual).then(|| name.to_owned());
        state
    }

    /// The same with one more filter; as many as fit.
    pub fn with_filter(&self, filter: Filter) -> Self {
        let mut state = self.clone();
        if let Err(at) = state.filters.binary_search(&filter)
            && state.filters.len() < MOST_FILTERS
        {
            state.filters.insert(at, filter);
        }
        state
    }

    /// The same without one filter.
    pub fn without_filter(&self, filter: &Filter) -> Self {
        let mut state = self.clone();
        state.filters.retain(|known| known != filter);
        state
    }

    /// The same without any filter.
    pub fn without_filters(&self) -> Self {
        Self { filters: Vec::new(), ..self.clone() }
    }

    /// Whether a filter is in force.
    pub fn has_filter(&self, filter: &Filter) -> bool {
        self.filters.binary_search(filter).is_ok()
    }
}

/// The state of a query string, and whatever it says that is no state.
pub(super) struct Read {
    pub state: PageState,
    /// Whether it says the period.
    pub says_period: bool,
    /// What was not understood, `name=value`.
    pub ignored: Vec<String>,
}

/// The most regular expressions of a page; the query room has room for a few more, in segments.
const MOST_PATTERNS: usize = 30;

/// Reads the state from pairs; without a period the page is about `usual`.
pub(super) fn read(pairs: &[(String, String)], usual: Period, door: &Door) -> Read {
    let get = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let mut ignored = Vec::new();
    let mut wrong = |name: &str, value: &str| ignored.push(format!("{name}={value}"));
    let mut filters = Vec::new();
    let mut patterns = 0;
    for (_, text) in pairs.iter().filter(|(name, _)| name == "f") {
        // With a value left out it would be another filter.
        match Filter::parse_whole(text) {
            Some(filter) if filters.contains(&filter) => {}
            Some(filter) if filters.len() < MOST_FILTERS && patterns + filter.patterns() <= MOST_PATTERNS => {
                patterns += filter.patterns();
                filters.push(filter);
            }
            _ => wrong("f", text),
        }
    }
    filters.sort_unstable();
    let mut one = |name: &str, known: bool| get(name).filter(|_| !known).map(|value| wrong(name, value));
    let period = get("period").map(|_| Period::parse(get)).unwrap_or(Some(usual));
    let compare = Compare::parse(get);
    for (name, known) in dates(&get, period, compare) {
        one(name, known);
    }
    one("match_day_of_week", get("match_day_of_week").is_none_or(|text| ["", "true", "false"].contains(&text)));
    let metric = get("metric").and_then(PageMetric::from_name).filter(|metric| metric.may_be_shown(&filters));
    one("metric", metric.is_some());
    let interval = get("interval").and_then(Interval::from_name);
    one("interval", interval.is_some());
    let mut state = PageState {
        door: door.clone(),
        period: period.unwrap_or(usual),
        compare: compare.unwrap_or_default(),
        metric: metric.unwrap_or_default(),
        interval,
        filters,
        ..PageState::default()
    };
    for panel in Panel::ALL {
        if let Some(name) = get(panel.name()) {
            let known = panel.knows(name);
            one(panel.name(), known);
            state = if known { state.with_tab(panel, name) } else { state };
        }
    }
    Read { state, says_period: get("period").is_some() && period.is_some(), ignored }
}

/// Which of the names that say days are understood: a date that is none is at fault, not the period it belongs to; and one
/// that belongs to nothing says nothing.
fn dates<'a>(get: &impl Fn(&str) -> Option<&'a str>, period: Option<Period>, compare: Option<Compare>) -> Vec<(&'static str, bool)> {
    let is_date = |name: &str| get(name).is_none_or(|text| text.is_empty() || LocalDate::parse(text).is_some());
    let custom = matches!(period, Some(Period::Custom(..))) && get("period").is_some();
    let dated = matches!(period, Some(Period::Day(_) | Period::Days(..) | Period::Month(_) | Period::Year(_)));
    let belongs = |name: &str, it_does: bool| get(name).is_none_or(str::is_empty) || it_does;
    let mut found = vec![];
    match period {
        Some(_) => {
            found.push(("date", belongs("date", dated && get("period").is_some())));
            found.extend(["from", "to"].map(|name| (name, belongs(name, custom))));
        }
        None => {
            let faults = ["date", "from", "to"].map(|name| (name, is_date(name)));
            found.push(("period", faults.iter().any(|(_, is_one)| !is_one)));
            found.extend(faults);
        }
    }
    let others = ["compare_from", "compare_to"];
    match compare {
        Some(compare) => {
            let custom = matches!(compare.against, super::Against::Custom(..));
            found.extend(others.map(|name| (name, belongs(name, custom))));
        }
        None => {
            let faults = others.map(|name| (name, is_date(name)));
            found.push(("comparison", faults.iter().any(|(_, is_one)| !is_one)));
            found.extend(faults);
        }
    }
    found
}

/// Pairs of a query string, as [`read`] takes them.
pub(super) fn split(query: &str) -> Vec<(String, String)> {
    pairs(query)
}

#[cfg(test)]
mod tests {
    use super::*;
    use footfall_domain::Dimension;

    #[test]
    fn filters_come_and_go() {
        let google = Filter::is(Dimension::Source, "Google");
        let page = Filter::is(Dimension::Page, "/a b");
        let state = PageState::default().with_filter(google.clone()).with_filter(page.clone()).with_filter(google.clone());
        assert_eq!(state.query_string(), "f=is,page,/a%20b&f=is,source,Google&period=28d");
        assert!(state.has_filter(&page));
        assert_eq!(state.without_filter(&page).without_filter(&google), PageState::default());
        assert_eq!(state.without_filters(), PageState::default());
    }

    #[test]
    fn tabs_have_names() {
        let state = PageState::default().with_tab(Panel::Pages, "exit");
        assert_eq!((state.query_string().as_str(), state.tab(Panel::Pages).name), ("pages=exit&period=28d", "exit"));
        assert_eq!(state.with_tab(Panel::Pages, "top"), PageState::default());
    }

    #[test]
    fn other_pages_take_the_same_query() {
        let state = PageState::default().with_filter(Filter::is(Dimension::Country, "DE"));
        let href = state.href_at("/example.org/details/pages", [("q", "a b".to_owned())]);
        assert_eq!(href, "/example.org/details/pages?f=is,country,DE&period=28d&q=a%20b");
    }
}
