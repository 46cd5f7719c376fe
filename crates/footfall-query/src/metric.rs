//! Metrics: their names, and their exact values from counts (definitions 11 to 15).

use crate::QueryError;
use crate::basis::Basis;
use footfall_domain::Metric;

const MILLION: i128 = 1_000_000;

/// The metrics, in the order of the documentation.
pub const ALL: [Metric; 14] = [
    Metric::Visitors,
    Metric::Visits,
    Metric::Pageviews,
    Metric::ViewsPerVisit,
    Metric::BounceRate,
    Metric::VisitDuration,
    Metric::Events,
    Metric::ScrollDepth,
    Metric::Percentage,
    Metric::ConversionRate,
    Metric::GroupConversionRate,
    Metric::AverageRevenue,
    Metric::TotalRevenue,
    Metric::TimeOnPage,
];

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

/// The metric of a schema name.
pub fn from_name(text: &str) -> Option<Metric> {
    ALL.into_iter().find(|metric| name(*metric) == text)
}

/// Whether it is an amount of money, reported with its currency.
pub fn is_money(metric: Metric) -> bool {
    matches!(metric, Metric::AverageRevenue | Metric::TotalRevenue)
}

/// Whether it says nothing without a goal.
pub(crate) fn needs_goals(metric: Metric) -> bool {
    matches!(metric, Metric::ConversionRate | Metric::GroupConversionRate)
}

/// The error of a metric that needs a goal, at its place.
pub(crate) fn goals_needed(at: usize, metric: Metric) -> QueryError {
    let message = format!("'{}' needs 'event:goal' among the dimensions, or a filter on it that must hold", name(metric));
    QueryError::new(format!("metrics[{at}]"), message)
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

/// The exact value of a metric; `None` where definition 14 says null.
pub(crate) fn exact(metric: Metric, basis: &Basis<'_>) -> Option<Exact> {
    let counts = basis.counts;
    let visits = i128::from(counts.visits);
    let visitors_of = |whole: i64| Exact::mean(i128::from(counts.visitors) * 100, whole.into(), Some(Exact::ZERO));
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
        Metric::Percentage => visitors_of(basis.all),
        Metric::ConversionRate => visitors_of(basis.audience),
        Metric::GroupConversionRate => visitors_of(basis.group),
        Metric::TotalRevenue => basis.revenue().map(|taken| Exact { over: taken.millionths, under: MILLION }),
        Metric::AverageRevenue => {
            let taken = basis.revenue()?;
            Exact::mean(taken.millionths, i128::from(taken.times) * MILLION, None)
        }
    }
}

/// The value as reported: the one rounding of definition 13.
pub(crate) fn reported(metric: Metric, basis: &Basis<'_>) -> Option<f64> {
    let decimals = match basis.currency {
        Some(currency) if is_money(metric) => currency.decimals(),
        _ => decimals(metric),
    };
    exact(metric, basis).map(|value| value.rounded(decimals))
}

/// How many decimals a metric is reported with; money with those of its currency.
pub fn decimals(metric: Metric) -> u32 {
    match metric {
        Metric::ViewsPerVisit | Metric::ConversionRate | Metric::GroupConversionRate => 2,
        Metric::Percentage => 1,
        _ => 0,
    }
}

/// From one row's metric to another's; money of two currencies has none.
pub(crate) fn change_between(metric: Metric, new: &Basis<'_>, old: &Basis<'_>) -> Option<i64> {
    if is_money(metric) && new.currency != old.currency {
        return None;
    }
    change(exact(metric, new), exact(metric, old))
}

/// (new − old) ÷ old in whole percent, rounded once; null when old is 0 or either is null (definition 18).
fn change(new: Option<Exact>, old: Option<Exact>) -> Option<i64> {
    let (new, old) = (new?, old?);
    if old.over == 0 {
        return None;
    }
    let over = new.over.checked_mul(old.under)?.checked_sub(old.over.checked_mul(new.under)?)?.checked_mul(100)?;
    i64::try_from(round_half_away(over, old.over.checked_mul(new.under)?)).ok()
}

fn round_half_away(over: i128, under: i128) -> i128 {
    let sign = over.signum() * under.signum();
    let (over, under) = (over.abs(), under.abs());
    sign * ((2 * over + under) / (2 * under))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gather::Cell;
    use footfall_domain::Counts;

    fn with<T>(counts: &Counts, told: impl FnOnce(&Basis<'_>) -> T) -> T {
        let cell = Cell { counts: *counts, ..Cell::default() };
        told(&Basis::of_nothing_else(&cell))
    }

    fn reported(metric: Metric, counts: &Counts) -> Option<f64> {
        with(counts, |basis| super::reported(metric, basis))
    }

    fn visits(visits: i64, bounces: i64, duration_ms: i64) -> Counts {
        Counts { visits, bounces, duration_ms, ..Counts::default() }
    }

    #[test]
    fn halves_are_rounded_away_from_zero_and_only_once() {
        assert_eq!(reported(Metric::BounceRate, &visits(8, 1, 0)), Some(13.0), "12.5 %");
        assert_eq!(reported(Metric::VisitDuration, &visits(2, 0, 999)), Some(0.0), "499.5 ms is not first made 0.5 s");
        assert_eq!(reported(Metric::VisitDuration, &visits(2, 0, 1000)), Some(1.0));
        let counts = Counts { visits: 8, visit_pageviews: 9, ..Counts::default() };
        assert_eq!(reported(Metric::ViewsPerVisit, &counts), Some(1.13), "1.125");
    }

    #[test]
    fn means_of_nothing() {
        let nothing = Counts::default();
        for metric in
            [Metric::BounceRate, Metric::VisitDuration, Metric::ViewsPerVisit, Metric::Visitors, Metric::Percentage, Metric::ConversionRate]
        {
            assert_eq!(reported(metric, &nothing), Some(0.0), "{metric:?}");
        }
        for metric in [Metric::TimeOnPage, Metric::ScrollDepth, Metric::TotalRevenue] {
            assert_eq!(reported(metric, &nothing), None, "{metric:?}");
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
        let bounce = |bounces| with(&visits(1000, bounces, 0), |basis| exact(Metric::BounceRate, basis));
        assert_eq!(change(bounce(404), bounce(396)), Some(2));
    }
}
