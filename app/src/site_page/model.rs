//! What the site page shows.

use super::{Interval, PageMetric, PageState, Panel, Span};
use crate::models::{Frame, Notice};
use footfall_domain::LocalDate;

/// The site page.
#[derive(Clone, PartialEq, Debug)]
pub struct SitePage {
    /// Around the page.
    pub frame: Frame,
    /// The site's domain.
    pub domain: String,
    /// Its time zone.
    pub zone: String,
    /// What just happened, or what the reader should know.
    pub notice: Option<Notice>,
    /// What the address says.
    pub state: PageState,
    /// Visitors at this moment.
    pub current: i64,
    /// Whether the reader may change the site: shows the way to its settings.
    pub may_change: bool,
    /// The numbers.
    pub report: SiteReport,
}

/// The numbers of a site page. [`super::load`] makes it.
#[derive(Clone, PartialEq, Debug)]
pub struct SiteReport {
    /// Today at the site.
    pub today: LocalDate,
    /// The days shown.
    pub span: Span,
    /// The date of the site's first hit; `None`: it never had one.
    pub first_date: Option<LocalDate>,
    /// The six numbers, in the order of [`PageMetric::ALL`].
    pub headlines: Vec<Headline>,
    /// The chart of the chosen metric.
    pub chart: Chart,
    /// The lists, in the order of [`Panel::ALL`].
    pub panels: Vec<PanelReport>,
    /// How fresh the numbers are (law 7).
    pub freshness: Freshness,
}

/// How fresh a page is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Freshness {
    /// Until when the numbers are complete, RFC 3339 at the site.
    pub complete_until: String,
    /// The newest hit in them, RFC 3339 at the site.
    pub newest_hit: Option<String>,
    /// Seconds behind the log.
    pub lag_seconds: u64,
}

/// One of the six numbers.
#[derive(Clone, PartialEq, Debug)]
pub struct Headline {
    /// Which.
    pub metric: PageMetric,
    /// Its value over the period.
    pub value: f64,
    /// Change in percent; `None` without a comparison, or where there was nothing before.
    pub change: Option<i64>,
    /// Its value over the compared period.
    pub before: Option<f64>,
}

/// The main chart.
#[derive(Clone, PartialEq, Debug)]
pub struct Chart {
    /// What it shows.
    pub metric: PageMetric,
    /// How long one point is.
    pub interval: Interval,
    /// The points, those to come included.
    pub points: Vec<ChartPoint>,
    /// Whether the last point that has a value is not over yet.
    pub open: bool,
    /// The days of the compared period, in words; `None` without a comparison.
    pub compared_with: Option<String>,
}

/// One point of the chart.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ChartPoint {
    /// The word under the axis, were there room for all: `27 Oct`.
    pub short: String,
    /// The same in full: `Tuesday 27 October`.
    pub long: String,
    /// The value; `None`: it has not begun.
    pub value: Option<f64>,
    /// The point of the compared period, in full.
    pub long_before: Option<String>,
    /// Its value.
    pub before: Option<f64>,
}

/// A panel's list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PanelReport {
    /// Which panel.
    pub panel: Panel,
    /// The first rows, most visitors first.
    pub rows: Vec<PanelRow>,
    /// Whether there are more. How many is not asked: the first rows are found without reading all the others.
    pub more: bool,
}

/// A row of a panel.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PanelRow {
    /// The value, as a filter compares it.
    pub value: String,
    /// Visitors.
    pub visitors: i64,
    /// How often, in the panel of events.
    pub times: i64,
}
