//! What the address of a widget says.

use super::Widget;
use crate::colours::Colours;
use crate::models::Theme;
use crate::panels::Panel;
use crate::routes;
use crate::site_page::{PageMetric, PageState, Period, spell};
use crate::words::Lang;

/// The rows of a list unless the address says how many.
pub const DEFAULT_LIMIT: u8 = 9;
/// The most it may say.
pub const MOST_ROWS: u8 = 100;

/// What the address of a widget says. There is one spelling: sorted, what is usual left out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WidgetState {
    /// Which days.
    pub period: Period,
    /// What a chart shows.
    pub metric: PageMetric,
    /// How many rows a list shows.
    pub limit: u8,
    /// The property whose values are listed; none: the one most seen.
    pub property: Option<String>,
    /// Light, dark, or as the reader's system says.
    pub theme: Theme,
    /// Colours of its own.
    pub colours: Colours,
    /// The secret of a shared link, where the site itself is not public or only part of it is shown.
    pub auth: Option<String>,
    /// The language.
    pub lang: Lang,
    /// Whether the mark of the house is shown.
    pub mark: bool,
}

impl Default for WidgetState {
    fn default() -> Self {
        Self {
            period: Period::default(),
            metric: PageMetric::default(),
            limit: DEFAULT_LIMIT,
            property: None,
            theme: Theme::default(),
            colours: Colours::default(),
            auth: None,
            lang: Lang::default(),
            mark: true,
        }
    }
}

impl WidgetState {
    /// The names an address may have, sorted.
    pub const NAMES: [&'static str; 13] =
        ["accent", "auth", "background", "date", "from", "lang", "limit", "mark", "metric", "period", "property", "theme", "to"];

    /// The one spelling.
    pub fn query_string(&self, widget: Widget) -> String {
        let usual = Self::default();
        let mut pairs: Vec<(&str, String)> = Vec::new();
        pairs.extend(self.colours.accent.map(|accent| ("accent", accent.to_string())));
        pairs.extend(self.auth.clone().map(|auth| ("auth", auth)));
        pairs.extend(self.colours.background.map(|background| ("background", background.to_string())));
        if self.lang != usual.lang {
            pairs.push(("lang", self.lang.code().to_owned()));
        }
        if widget.is_list() && self.limit != usual.limit {
            pairs.push(("limit", self.limit.to_string()));
        }
        if !self.mark {
            pairs.push(("mark", "off".to_owned()));
        }
        if widget == Widget::Chart && self.metric != usual.metric {
            pairs.push(("metric", self.metric.name().to_owned()));
        }
        if widget != Widget::Live && self.period != usual.period {
            pairs.extend(self.period.pairs());
        }
        if matches!(widget, Widget::List(Panel::Properties, _)) {
            pairs.extend(self.property.clone().map(|name| ("property", name)));
        }
        if self.theme != usual.theme {
            pairs.push(("theme", self.theme.name().to_owned()));
        }
        pairs.sort_by_key(|(name, _)| *name);
        spell(pairs)
    }

    /// The address of a widget.
    pub fn href(&self, domain: &str, widget: Widget) -> String {
        let (path, query) = (routes::widget(domain, widget.name()), self.query_string(widget));
        if query.is_empty() { path } else { format!("{path}?{query}") }
    }

    /// What the site's page says of the same numbers.
    pub fn page_state(&self, widget: Widget) -> PageState {
        let state = PageState::default().with_period(self.period);
        match widget {
            Widget::Number(metric) => state.with_metric(metric),
            Widget::Chart => state.with_metric(self.metric),
            Widget::List(Panel::Properties, _) => match &self.property {
                Some(name) => state.with_tab(Panel::Properties, name),
                None => state,
            },
            Widget::List(panel, tab) => state.with_tab(panel, tab.name),
            Widget::Map => state.with_tab(Panel::Places, "map"),
            Widget::Numbers | Widget::Live => state,
        }
    }
}
