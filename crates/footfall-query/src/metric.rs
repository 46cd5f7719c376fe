//! Metrics: their names, and their exact values from counts (definitions 11 to 15).

use footfall_domain::{Counts, Metric};

/// The metrics that can be answered, in the order of the documentation.
pub const ANSWERED: [Metric; 10] = [
    Metric::Visitors,
    Metric::Visits,
    Metric::Pageviews,
    Metric::ViewsPerVisit,
    Metric::BounceRate,
    Metric::VisitDuration,
    Metric::Events,
    Metric::ScrollDepth,
    Metric::Percentage,
    Metric::TimeOnPage,
];

/// The metrics of the schema that need goals or money, which reports do not know yet.
pub const REFUSED: [Metric; 4] = [Metric::ConversionRate, Metric::GroupConversionRate, Metric::AverageRevenue, Metric::TotalRevenue];

/// The name the v2 query schema gives a metric.
pub fn name(metric: Metric) -> &'static str {
    match metric {
        Metric::Visitors => "visitors",
        Metric::Visits => "visits",
        Metric::Pageviews => "pageviews",
        Metric::ViewsPerVisit => "views_per_visit",
        Metric::BounceRate => "bounce_rate",
        Metric::VisitDuration => "visit_duration",
        Metric::Events => "events",
        Metric::ScrollDepth => "scroll_depth",
        Metric::Percentage => "percentage",
        Metric::ConversionRate => "conversion_rate",
        Metric::GroupConversionRate => "group_conversion_rate",
        Metric::AverageRevenue => "average_revenue",
        Metric::TotalRevenue => "total_revenue",
        Metric::TimeOnPage => "time_on_page",
    }
}

/// The metric of a schema name, answered or not.
pub fn from_name(text: &str) -> Option<Metric> {
    ANSWERED.into_iter().chain(REFUSED).find(|metric| name(*metric) == text)
}

/// An exact quotient; the denominator is above zero.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Exact {
    over: i128,
    under: i128,
}

impl Exact {
    const ZERO: Self = Self { over: 0, under: 1 };

    fn whole(n: i64) -> Self {
        Self { over: n.into(), under: 1 }
    }

    /// `over ÷ under`, or `nothing` when there is nothing to divide by.
    fn mean(over: i128, under: i128, nothing: Option<Self>) -> Option<Self> {
        if under > 0 { Some(Self { over, under }) } else { nothing }
    }

    /// Rounded to so many decimals, halves away from zero (definition 13).
    fn rounded(self, decimals: u32) -> f64 {
        let scale = 10_i128.pow(decimals);
        round_half_away(self.over * scale, self.under) as f64 / scale as f64
    }
}

/// The exact value of a metric; `None` where definition 14 says null. `all_visitors` are those of the whole report.
pub(crate) fn exact(metric: Metric, counts: &Counts, all_visitors: i64) -> Option<Exact> {
    let visits = i128::from(counts.visits);
    match metric {
        Metric::Visitors => Some(Exact::whole(counts.visitors)),
        Metric::Visits => Some(Exact::whole(counts.visits)),
        Metric::Pageviews => Some(Exact::whole(counts.pageviews)),
        Metric::Events => Some(Exact::whole(counts.events)),
        Metric::ViewsPerVisit => Exact::mean(counts.visit_pageviews.into(), visits, Some(Exact::ZERO)),
        Metric::BounceRate => Exact::mean(i128::from(counts.bounces) * 100, visits, Some(Exact::ZERO)),
        Metric::VisitDuration => Exact::mean(counts.duration_ms.into(), visits * 1000, Some(Exact::ZERO)),
        Metric::ScrollDepth => Exact::mean(counts.scroll_sum.into(), counts.scroll_pairs.into(), None),
        Metric::TimeOnPage => Exact::mean(counts.engaged_ms.into(), i128::from(counts.engaged_pairs) * 1000, None),
        Metric::Percentage => Exact::mean(i128::from(counts.visitors) * 100, all_visitors.into(), Some(Exact::ZERO)),
        Metric::ConversionRate | Metric::GroupConversionRate | Metric::AverageRevenue | Metric::TotalRevenue => None,
    }
}

/// The value as reported: the one rounding of definition 13.
pub(crate) fn reported(metric: Metric, counts: &Counts, all_visitors: i64) -> Option<f64> {
    exact(metric, counts, all_visitors).map(|value| value.rounded(decimals(metric)))
}

/// How many decimals a metric is reported with.
pub fn decimals(metric: Metric) -> u32 {
    match metric {
        Metric::ViewsPerVisit => 2,
        Metric::Percentage => 1,
        _ => 0,
    }
}

/// (new − old) ÷ old in whole percent, rounded once; null when old is 0 or either is null (definition 18).
pub(crate) fn change(new: Option<Exact>, old: Option<Exact>) -> Option<i64> {
    let (new, old) = (new?, old?);
    if old.over == 0 {
        return None;
    }
    let over = (new.over * old.under - old.over * new.under) * 100;
    i64::try_from(round_half_away(over, old.over * new.under)).ok()
}

fn round_half_away(over: i128, under: i128) -> i128 {
    let sign = over.signum() * under.signum();
    let (over, under) = (over.abs(), under.abs());
    sign * ((2 * over + under) / (2 * under))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visits(visits: i64, bounces: i64, duration_ms: i64) -> Counts {
        Counts { visits, bounces, duration_ms, ..Counts::default() }
    }

    #[test]
    fn halves_are_rounded_away_from_zero_and_only_once() {
        assert_eq!(reported(Metric::BounceRate, &visits(8, 1, 0), 0), Some(13.0), "12.5 %");
        assert_eq!(reported(Metric::VisitDuration, &visits(2, 0, 999), 0), Some(0.0), "499.5 ms is not first made 0.5 s");
        assert_eq!(reported(Metric::VisitDuration, &visits(2, 0, 1000), 0), Some(1.0));
        let counts = Counts { visits: 8, visit_pageviews: 9, ..Counts::default() };
        assert_eq!(reported(Metric::ViewsPerVisit, &counts, 0), Some(1.13), "1.125");
    }

    #[test]
    fn means_of_nothing() {
        let nothing = Counts::default();
        for metric in [Metric::BounceRate, Metric::VisitDuration, Metric::ViewsPerVisit, Metric::Visitors, Metric::Percentage] {
            assert_eq!(reported(metric, &nothing, 0), Some(0.0), "{metric:?}");
        }
        for metric in [Metric::TimeOnPage, Metric::ScrollDepth] {
            assert_eq!(reported(metric, &nothing, 0), None, "{metric:?}");
        }
    }

    #[test]
    fn a_change_is_taken_from_exact_values() {
        let of = |n: i64| Some(Exact::whole(n));
        assert_eq!(change(of(3), of(2)), Some(50));
        assert_eq!(change(of(0), of(2)), Some(-100));
        assert_eq!(change(of(1), of(8)), Some(-88), "-87.5 %");
        assert_eq!(change(of(9), of(8)), Some(13), "12.5 %");
        assert_eq!(change(of(5), of(0)), None);
        assert_eq!(change(None, of(1)), None);
        // 40.4 % → 40 and 39.6 % → 40 when reported, but they differ by 2 %.
        let bounce = |bounces| exact(Metric::BounceRate, &visits(1000, bounces, 0), 0);
        assert_eq!(change(bounce(404), bounce(396)), Some(2));
    }
}
