//! Everything the site page depends on, as its address says it.

use super::filter::Filter;
use super::panel::Panel;
use super::period::{DAYS, Interval, Period};
use super::query_string::{pairs, spell};
use super::{PageMetric, Tab};
use crate::routes;
use footfall_domain::LocalDate;

/// What the numbers are compared with.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Compare {
    /// The period before, of the same length.
    #[default]
    Previous,
    /// The same days a year before.
    Year,
    /// Nothing.
    Off,
}

/// What the address says.
///
/// There is one spelling: names sorted, defaults left out ([`PageState::query_string`]). What makes no sense is left
/// out too, so that an old or mangled link still shows a page.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PageState {
    /// Which days.
    pub period: Period,
    /// Compared with what.
    pub compare: Compare,
    /// What the chart shows.
    pub metric: PageMetric,
    /// How long one point of the chart is; `None`: what suits the period.
    pub interval: Option<Interval>,
    /// Which hits count; sorted, all must hold.
    pub filters: Vec<Filter>,
    /// Which list each panel shows, by [`Panel::index`] and the place in [`Panel::tabs`].
    pub tabs: [usize; Panel::ALL.len()],
}

/// A query string, understood.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parsed {
    /// What it says.
    pub state: PageState,
    /// The canonical query string, where the one given was another: answer with a redirect to it (301, no cookie).
    pub redirect: Option<String>,
}

const MOST_FILTERS: usize = 20;

impl Compare {
    const ALL: [Compare; 3] = [Compare::Previous, Compare::Year, Compare::Off];

    /// Its name in the address.
    pub fn name(self) -> &'static str {
        match self {
            Compare::Previous => "previous",
            Compare::Year => "year",
            Compare::Off => "off",
        }
    }
}

impl PageState {
    /// Understands a query string (without `?`).
    pub fn parse(query: &str) -> Parsed {
        let pairs = pairs(query);
        let get = |name: &str| pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let mut filters: Vec<Filter> = pairs.iter().filter(|(name, _)| name == "f").filter_map(|(_, text)| Filter::parse(text)).collect();
        filters.sort_unstable();
        filters.dedup();
        filters.truncate(MOST_FILTERS);
        let tab_of = |panel: Panel| {
            let named = get(panel.name()).and_then(|name| panel.tabs().iter().position(|tab| tab.name == name));
            named.unwrap_or(0)
        };
        let state = PageState {
            period: period(get),
            compare: get("compare").and_then(|name| Compare::ALL.into_iter().find(|c| c.name() == name)).unwrap_or_default(),
            metric: get("metric").and_then(PageMetric::from_name).unwrap_or_default(),
            interval: get("interval").and_then(|name| Interval::ALL.into_iter().find(|i| i.name() == name)),
            filters,
            tabs: Panel::ALL.map(tab_of),
        };
        let canonical = state.query_string();
        let redirect = (canonical != query).then_some(canonical);
        Parsed { state, redirect }
    }

    /// The one spelling of this state; empty when everything is usual.
    pub fn query_string(&self) -> String {
        let mut pairs: Vec<(&str, String)> = Vec::new();
        if self.compare != Compare::default() {
            pairs.push(("compare", self.compare.name().to_owned()));
        }
        if self.metric != PageMetric::default() {
            pairs.push(("metric", self.metric.name().to_owned()));
        }
        pairs.extend(self.interval.map(|interval| ("interval", interval.name().to_owned())));
        pairs.extend(self.filters.iter().map(|filter| ("f", filter.spell())));
        for panel in Panel::ALL {
            if self.tabs[panel.index()] != 0 {
                pairs.push((panel.name(), self.tab(panel).name.to_owned()));
            }
        }
        pairs.extend(spell_period(self.period));
        pairs.sort_by_key(|(name, _)| *name);
        spell(pairs)
    }

    /// The page of this state.
    pub fn href(&self, domain: &str) -> String {
        let query = self.query_string();
        let page = routes::site(domain);
        if query.is_empty() { page } else { format!("{page}?{query}") }
    }

    /// The list a panel shows.
    pub fn tab(&self, panel: Panel) -> &'static Tab {
        let tabs = panel.tabs();
        tabs.get(self.tabs[panel.index()]).unwrap_or(&tabs[0])
    }

    /// The same with another period. The interval goes back to what suits it.
    pub fn with_period(&self, period: Period) -> Self {
        Self { period, interval: None, ..self.clone() }
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
    pub fn with_compare(&self, compare: Compare) -> Self {
        Self { compare, ..self.clone() }
    }

    /// The same with another list in a panel.
    pub fn with_tab(&self, panel: Panel, tab: usize) -> Self {
        let mut state = self.clone();
        state.tabs[panel.index()] = tab;
        state
    }

    /// The same with one more filter.
    pub fn with_filter(&self, filter: Filter) -> Self {
        let mut state = self.clone();
        if let Err(at) = state.filters.binary_search(&filter) {
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
}

fn period<'a>(get: impl Fn(&str) -> Option<&'a str>) -> Period {
    let date = |name: &str| get(name).and_then(LocalDate::parse);
    let first_of = |month: bool| {
        date("date").map(|date| {
            let civil = date.civil();
            LocalDate::from_civil(if month { civil.first_of_month() } else { civil.first_of_year() })
        })
    };
    let name = get("period").unwrap_or_default();
    match name {
        "day" => Period::Day(date("date")),
        "yesterday" => Period::Yesterday,
        "month" => Period::Month(first_of(true)),
        "last_month" => Period::LastMonth,
        "year" => Period::Year(first_of(false)),
        "6mo" => Period::Months(6),
        "12mo" => Period::Months(12),
        "all" => Period::All,
        "custom" => match (date("from"), date("to")) {
            (Some(from), Some(to)) => Period::Custom(from.min(to), from.max(to)),
            (Some(day), None) | (None, Some(day)) => Period::Custom(day, day),
            (None, None) => Period::default(),
        },
        _ => {
            let days = name.strip_suffix('d').and_then(|n| n.parse().ok()).filter(|n| DAYS.contains(n));
            days.map_or_else(|| Period::Days(28, date("date")), |n| Period::Days(n, date("date")))
        }
    }
}

fn spell_period(period: Period) -> Vec<(&'static str, String)> {
    let name = match period {
        Period::Day(_) => "day",
        Period::Yesterday => "yesterday",
        Period::Days(28, _) => "",
        Period::Days(7, _) => "7d",
        Period::Days(30, _) => "30d",
        Period::Days(..) => "91d",
        Period::Month(_) => "month",
        Period::LastMonth => "last_month",
        Period::Year(_) => "year",
        Period::Months(6) => "6mo",
        Period::Months(_) => "12mo",
        Period::All => "all",
        Period::Custom(..) => "custom",
    };
    let mut pairs = Vec::new();
    if !name.is_empty() {
        pairs.push(("period", name.to_owned()));
    }
    match period {
        Period::Day(Some(date)) | Period::Days(_, Some(date)) | Period::Month(Some(date)) | Period::Year(Some(date)) => {
            pairs.push(("date", date.to_string()));
        }
        Period::Custom(from, to) => pairs.extend([("from", from.to_string()), ("to", to.to_string())]),
        _ => {}
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use footfall_domain::Dimension;

    fn canonical(query: &str) -> String {
        PageState::parse(query).state.query_string()
    }

    #[test]
    fn the_usual_page_has_no_query_string() {
        assert_eq!(PageState::parse(""), Parsed { state: PageState::default(), redirect: None });
        for query in ["period=28d", "metric=visitors", "compare=previous&sources=channels", "unknown=1", "period=nonsense"] {
            assert_eq!(PageState::parse(query).redirect.as_deref(), Some(""), "{query}");
        }
    }

    #[test]
    fn there_is_one_spelling() {
        for (given, expected) in [
            ("period=7d&metric=visits", "metric=visits&period=7d"),
            ("period=custom&to=2026-01-01&from=2026-02-01", "from=2026-01-01&period=custom&to=2026-02-01"),
            ("period=month&date=2026-10-15", "date=2026-10-01&period=month"),
            ("period=day&date=2026-13-40", "period=day"),
            ("period=custom", ""),
            ("f=is,visit:source,Google&f=is%2Cvisit%3Asource%2CGoogle", "f=is,visit:source,Google"),
            ("f=is,visit:source,b,a", "f=is,visit:source,a,b"),
            ("pages=exit&devices=sizes&places=cities&sources=campaigns", "devices=sizes&pages=exit&places=cities&sources=campaigns"),
            ("interval=week&compare=off&period=all", "compare=off&interval=week&period=all"),
        ] {
            assert_eq!(canonical(given), expected, "{given}");
            assert_eq!(PageState::parse(expected).redirect, None, "{expected}");
        }
    }

    #[test]
    fn every_period_reads_back() {
        let date = LocalDate::parse("2026-05-01").expect("a date");
        let first = LocalDate::parse("2026-01-01").expect("a date");
        for period in [
            Period::Day(None),
            Period::Day(Some(date)),
            Period::Yesterday,
            Period::Days(7, Some(date)),
            Period::Days(28, None),
            Period::Days(28, Some(date)),
            Period::Days(91, None),
            Period::Month(Some(date)),
            Period::LastMonth,
            Period::Year(None),
            Period::Year(Some(first)),
            Period::Months(6),
            Period::Months(12),
            Period::All,
            Period::Custom(first, date),
        ] {
            let state = PageState::default().with_period(period);
            assert_eq!(PageState::parse(&state.query_string()), Parsed { state, redirect: None });
        }
    }

    #[test]
    fn filters_come_and_go() {
        let google = Filter::is(Dimension::Source, "Google");
        let page = Filter::is(Dimension::Page, "/a b");
        let state = PageState::default().with_filter(google.clone()).with_filter(page.clone()).with_filter(google.clone());
        assert_eq!(state.query_string(), "f=is,event:page,/a%20b&f=is,visit:source,Google");
        assert_eq!(state.without_filter(&page).without_filter(&google), PageState::default());
    }
}
