//! Metrics (11 to 15; conversions and revenue: decisions 0603 and 0604).

use super::fraction::Fraction;
use super::sums::Sums;
use super::tally::Takings;
use serde_json::{Value, json};

/// What the metrics of a row are worked out from.
#[derive(Default)]
pub(super) struct Basis {
    pub(super) sums: Sums,
    pub(super) takings: Takings,
    /// The currency of the goal or goals asked for.
    pub(super) currency: Option<String>,
    /// Visitors of the same question without dimensions.
    pub(super) everybody: i64,
    /// The same without goals and properties.
    pub(super) audience: i64,
    /// Of the audience, those of the row's group.
    pub(super) group: i64,
}

/// The metrics of a row, exact.
pub(super) struct Measured(Vec<Exact>);

/// A metric before rounding. Without a value it is reported as null.
struct Exact {
    value: Option<Fraction>,
    decimals: u32,
    /// Of money.
    currency: Option<String>,
}

impl Basis {
    /// That of the goals, else the only one there is.
    fn currency_of_row(&self) -> Option<String> {
        let only = || if self.takings.len() == 1 { self.takings.keys().next().cloned() } else { None };
        self.currency.clone().or_else(only)
    }
}

impl Measured {
    /// The metrics asked for.
    pub(super) fn of(metrics: &[String], basis: &Basis) -> Self {
        Self(metrics.iter().map(|metric| measure(metric, basis)).collect())
    }

    /// As reported: rounded once (13).
    pub(super) fn reported(&self) -> Vec<Value> {
        self.0.iter().map(Exact::reported).collect()
    }

    /// Whether there is a metric that is reported as neither zero nor null (10; decision 0201).
    pub(super) fn is_anything(&self) -> bool {
        self.reported().iter().any(|metric| number(metric).is_some_and(|number| number != 0.0))
    }

    /// The change of each metric in whole percent (18).
    pub(super) fn change_from(&self, old: &Self) -> Vec<Value> {
        let change = |(new, old): (&Exact, &Exact)| {
            if new.currency == old.currency { new.value?.change_from(old.value?) } else { None }
        };
        self.0.iter().zip(&old.0).map(|pair| change(pair).map_or(Value::Null, Value::from)).collect()
    }
}

impl Exact {
    fn reported(&self) -> Value {
        match (self.value, &self.currency) {
            (None, _) => Value::Null,
            (Some(value), None) => value.rounded(self.decimals),
            (Some(value), Some(currency)) => json!({"value": value.rounded(self.decimals), "currency": currency}),
        }
    }
}

/// A reported metric as a number; null is none.
pub(super) fn number(reported: &Value) -> Option<f64> {
    reported.as_f64().or_else(|| reported["value"].as_f64())
}

fn measure(metric: &str, basis: &Basis) -> Exact {
    let sums = &basis.sums;
    let plain = |value, decimals| Exact { value, decimals, currency: None };
    let whole = |n: i64| plain(Some(Fraction::whole(n)), 0);
    let mean_or_zero = |n: i64, d: i64| Fraction::of(n, d).or(Some(Fraction::whole(0)));
    match metric {
        "visitors" => whole(sums.visitors),
        "visits" => whole(sums.visits),
        "pageviews" => whole(sums.pageviews),
        "events" => whole(sums.events),
        "views_per_visit" => plain(mean_or_zero(sums.visit_pageviews, sums.visits), 2),
        "bounce_rate" => plain(mean_or_zero(100 * sums.bounces, sums.visits), 0),
        "visit_duration" => plain(mean_or_zero(sums.duration_ms, 1000 * sums.visits), 0),
        "time_on_page" => plain(Fraction::of(sums.engaged_ms, 1000 * sums.engaged_pairs), 0),
        "scroll_depth" => plain(Fraction::of(sums.scroll_sum, sums.scroll_pairs), 0),
        "percentage" => plain(mean_or_zero(100 * sums.visitors, basis.everybody), 1),
        "conversion_rate" => plain(mean_or_zero(100 * sums.visitors, basis.audience), 2),
        "group_conversion_rate" => plain(mean_or_zero(100 * sums.visitors, basis.group), 2),
        "total_revenue" | "average_revenue" => money(metric, basis),
        other => panic!("no metric '{other}'"),
    }
}

/// Revenue in the row's currency.
fn money(metric: &str, basis: &Basis) -> Exact {
    let currency = basis.currency_of_row();
    let decimals = match currency.as_deref() {
        Some("JPY") => 0,
        Some("KWD") => 3,
        _ => 2,
    };
    let taken = currency.as_ref().map(|currency| basis.takings.get(currency).copied().unwrap_or_default());
    let value = match (metric, taken) {
        (_, None) => None,
        ("total_revenue", Some((millionths, _))) => Fraction::of_large(millionths, 1_000_000),
        (_, Some((millionths, times))) => Fraction::of_large(millionths, i128::from(times) * 1_000_000),
    };
    Exact { value, decimals, currency }
}
