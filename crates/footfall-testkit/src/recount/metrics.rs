//! Metrics (11 to 15).

use super::fraction::Fraction;
use super::sums::Sums;
use serde_json::Value;

/// The metrics of a row, exact.
pub(super) struct Measured(Vec<Exact>);

/// A metric before rounding, and the decimals it is rounded to. `None` is reported as null.
type Exact = (Option<Fraction>, u32);

impl Measured {
    /// The metrics asked for. `total_visitors` is what percentages are of.
    pub(super) fn of(metrics: &[String], sums: &Sums, total_visitors: i64) -> Self {
        Self(metrics.iter().map(|metric| measure(metric, sums, total_visitors)).collect())
    }

    /// As reported: rounded once (13).
    pub(super) fn reported(&self) -> Vec<Value> {
        self.0.iter().map(|(exact, decimals)| exact.map_or(Value::Null, |exact| exact.rounded(*decimals))).collect()
    }

    /// Whether there is a metric that is reported as neither zero nor null (10; decision 0201).
    pub(super) fn is_anything(&self) -> bool {
        self.reported().iter().any(|metric| metric.as_f64().is_some_and(|number| number != 0.0))
    }

    /// The change of each metric in whole percent (18).
    pub(super) fn change_from(&self, old: &Self) -> Vec<Value> {
        let change = |(new, old): (&Exact, &Exact)| new.0?.change_from(old.0?);
        self.0.iter().zip(&old.0).map(|pair| change(pair).map_or(Value::Null, Value::from)).collect()
    }
}

fn measure(metric: &str, sums: &Sums, total_visitors: i64) -> Exact {
    let whole = |n: i64| (Some(Fraction::whole(n)), 0);
    let mean_or_zero = |n: i64, d: i64| Fraction::of(n, d).or(Some(Fraction::whole(0)));
    match metric {
        "visitors" => whole(sums.visitors),
        "visits" => whole(sums.visits),
        "pageviews" => whole(sums.pageviews),
        "events" => whole(sums.events),
        "views_per_visit" => (mean_or_zero(sums.visit_pageviews, sums.visits), 2),
        "bounce_rate" => (mean_or_zero(100 * sums.bounces, sums.visits), 0),
        "visit_duration" => (mean_or_zero(sums.duration_ms, 1000 * sums.visits), 0),
        "time_on_page" => (Fraction::of(sums.engaged_ms, 1000 * sums.engaged_pairs), 0),
        "scroll_depth" => (Fraction::of(sums.scroll_sum, sums.scroll_pairs), 0),
        "percentage" => (mean_or_zero(100 * sums.visitors, total_visitors), 1),
        other => panic!("no metric '{other}'"),
    }
}
