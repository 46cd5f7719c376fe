//! The six headline numbers.

use crate::format;
use footfall_domain::Metric;

/// A headline number, and what the chart may show.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum PageMetric {
    /// Distinct visitors.
    #[default]
    Visitors,
    /// Visits.
    Visits,
    /// Page views.
    Pageviews,
    /// Mean page views of a visit.
    ViewsPerVisit,
    /// Percent of visits that bounced.
    BounceRate,
    /// Mean duration of a visit, seconds.
    VisitDuration,
}

impl PageMetric {
    /// All of them, in the order shown.
    pub const ALL: [PageMetric; 6] = [
        PageMetric::Visitors,
        PageMetric::Visits,
        PageMetric::Pageviews,
        PageMetric::ViewsPerVisit,
        PageMetric::BounceRate,
        PageMetric::VisitDuration,
    ];

    /// The metric of the query.
    pub fn metric(self) -> Metric {
        match self {
            PageMetric::Visitors => Metric::Visitors,
            PageMetric::Visits => Metric::Visits,
            PageMetric::Pageviews => Metric::Pageviews,
            PageMetric::ViewsPerVisit => Metric::ViewsPerVisit,
            PageMetric::BounceRate => Metric::BounceRate,
            PageMetric::VisitDuration => Metric::VisitDuration,
        }
    }

    /// Its name in the address.
    pub fn name(self) -> &'static str {
        match self {
            PageMetric::Visitors => "visitors",
            PageMetric::Visits => "visits",
            PageMetric::Pageviews => "pageviews",
            PageMetric::ViewsPerVisit => "views_per_visit",
            PageMetric::BounceRate => "bounce_rate",
            PageMetric::VisitDuration => "visit_duration",
        }
    }

    /// The metric of a name in the address.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|metric| metric.name() == name)
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            PageMetric::Visitors => "Visitors",
            PageMetric::Visits => "Visits",
            PageMetric::Pageviews => "Page views",
            PageMetric::ViewsPerVisit => "Views per visit",
            PageMetric::BounceRate => "Bounce rate",
            PageMetric::VisitDuration => "Visit duration",
        }
    }

    /// A value in full.
    pub fn text(self, value: f64) -> String {
        match self {
            PageMetric::ViewsPerVisit => format::decimal(value),
            PageMetric::BounceRate => format!("{value:.0}%"),
            PageMetric::VisitDuration => format::duration(value),
            _ => format::count(value.round() as i64),
        }
    }

    /// A value for the axis of the chart.
    pub fn tick(self, value: f64) -> String {
        match self {
            PageMetric::BounceRate => format!("{value:.0}%"),
            PageMetric::VisitDuration if value == 0.0 => "0".to_owned(),
            PageMetric::VisitDuration => short_duration(value),
            _ => format::compact(value),
        }
    }

    /// Whether more of it is better.
    pub fn more_is_better(self) -> bool {
        self != PageMetric::BounceRate
    }
}

/// Axis steps are round, so one unit says it: `30s`, `2m`, `1h`; `1.5m` where half steps are needed.
fn short_duration(seconds: f64) -> String {
    let (scaled, unit) = match seconds {
        s if s >= 3600.0 => (s / 3600.0, "h"),
        s if s >= 60.0 => (s / 60.0, "m"),
        s => (s, "s"),
    };
    let text = format!("{scaled:.1}");
    format!("{}{unit}", text.strip_suffix(".0").unwrap_or(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_in_their_unit() {
        assert_eq!(PageMetric::BounceRate.text(48.0), "48%");
        assert_eq!(PageMetric::VisitDuration.text(161.0), "2m 41s");
        assert_eq!(PageMetric::ViewsPerVisit.text(2.456), "2.46");
        assert_eq!(PageMetric::VisitDuration.tick(90.0), "1.5m");
        assert_eq!(PageMetric::Visitors.tick(4000.0), "4k");
    }

    #[test]
    fn names_read_back() {
        for metric in PageMetric::ALL {
            assert_eq!(PageMetric::from_name(metric.name()), Some(metric));
        }
    }
}
