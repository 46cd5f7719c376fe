//! What the site page shows.

use super::{Interval, LeftOut, PageMetric, PageState, SheetReport, Span};
use crate::models::{Frame, Notice};
use crate::panels::{PanelReport, plain};
use crate::realtime::RealtimeReport;
use footfall_domain::{Currency, LocalDate};
use footfall_query::SiteContext;

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
    /// What of it was not understood, or named what the site does not have: left out.
    pub ignored: Vec<String>,
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
    /// What the site's people have named.
    pub names: Names,
    /// The headline numbers, in the order shown: see [`PageMetric::shown`].
    pub headlines: Vec<Headline>,
    /// The chart of the chosen metric.
    pub chart: Chart,
    /// The lists, in the order of [`crate::panels::Panel::ALL`].
    pub panels: Vec<PanelReport>,
    /// The last half hour, where the page is about that: instead of headline numbers, chart and lists.
    pub realtime: Option<RealtimeReport>,
    /// The form that is open.
    pub sheet: Option<SheetReport>,
    /// How fresh the numbers are (law 7).
    pub freshness: Freshness,
}

impl SiteReport {
    /// Visitors of the period.
    pub fn visitors(&self) -> i64 {
        let visitors = self.headlines.iter().find(|number| number.metric == PageMetric::Visitors);
        visitors.and_then(|number| number.value).unwrap_or(0.0) as i64
    }
}

/// What stands around the numbers of a page that is not the site page. [`super::surroundings()`] makes it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Surroundings {
    /// The site's time zone.
    pub zone: String,
    /// Whether the site ever had a hit.
    pub seen: bool,
    /// What the site's people have named.
    pub names: Names,
    /// How fresh the numbers are (law 7).
    pub freshness: Freshness,
    /// The form that is open.
    pub sheet: Option<SheetReport>,
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

/// What filters may name.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Names {
    /// Whether there are goals.
    pub goals: bool,
    /// The segments the reader may use: number and name, by name.
    pub segments: Vec<(u64, String)>,
    /// The segment that holds for everything and cannot be lifted.
    pub held: Option<String>,
}

impl Names {
    /// What a site has.
    pub fn of(site: &SiteContext) -> Self {
        let holds = |id: u64| site.only.iter().any(|filter| *filter == footfall_query::Filter::Segment(vec![id]));
        let mut segments: Vec<_> = site.segments.iter().map(|segment| (segment.id, plain(&segment.name))).collect();
        let held = segments.iter().position(|(id, _)| holds(*id)).map(|at| segments.remove(at).1);
        segments.sort_by(|a, b| a.1.cmp(&b.1));
        Self { goals: !site.goals.is_empty(), segments, held }
    }

    /// The name of a segment.
    pub fn segment(&self, id: &str) -> Option<&str> {
        self.segments.iter().find(|(known, _)| known.to_string() == id).map(|(_, name)| name.as_str())
    }
}

/// One of the headline numbers.
#[derive(Clone, PartialEq, Debug)]
pub struct Headline {
    /// Which.
    pub metric: PageMetric,
    /// Its value over the period; `None`: there is nothing it could be of.
    pub value: Option<f64>,
    /// The currency of revenue.
    pub currency: Option<Currency>,
    /// Change in percent; `None` without a comparison, or where there was nothing before.
    pub change: Option<i64>,
    /// Its value over the compared period.
    pub before: Option<f64>,
    /// What of the money is not in it.
    pub left_out: Option<LeftOut>,
}

/// The main chart.
#[derive(Clone, PartialEq, Debug)]
pub struct Chart {
    /// What it shows.
    pub metric: PageMetric,
    /// The currency of revenue.
    pub currency: Option<Currency>,
    /// How long one point is.
    pub interval: Interval,
    /// The points, those to come included.
    pub points: Vec<ChartPoint>,
    /// Whether the last point that has a value is not over yet.
    pub open: bool,
    /// The days of the compared period, in words; `None` without a comparison.
    pub compared_with: Option<String>,
}

impl Chart {
    /// A chart that nobody sees.
    pub fn of_nothing(metric: PageMetric) -> Self {
        Self { metric, currency: None, interval: Interval::Hour, points: Vec::new(), open: false, compared_with: None }
    }
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
