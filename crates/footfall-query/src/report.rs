//! The answer.

use crate::{Freshness, Period, Query, metric, money};
use footfall_domain::{Currency, Metric, UnixMillis};
use serde_json::{Map, Value, json};

/// What a query was answered with.
#[derive(Clone, Debug)]
pub struct Report {
    /// The rows asked for, in order.
    pub rows: Vec<Row>,
    /// What is to be known about them.
    pub meta: Meta,
    /// The query as it was answered: `time` resolved to a unit, the order filled in.
    pub query: Query,
    /// The period answered for.
    pub period: Period,
    /// Its edges as text; see [`Period::edges`].
    pub date_range: [String; 2],
    /// The other period, when a comparison was asked for.
    pub other: Option<OtherPeriod>,
}

/// A row.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    /// A value for each dimension of the query.
    pub dimensions: Vec<String>,
    /// A value for each metric of the query, rounded (definition 13); `None` is null (definition 14). Counts and
    /// whole numbers are exact up to 2⁵³.
    pub metrics: Vec<Option<f64>>,
    /// The currency of its revenue, if that was asked for and there is one.
    pub currency: Option<Currency>,
    /// The same row of the other period.
    pub comparison: Option<RowComparison>,
}

/// A row of the other period, beside the row it belongs to.
#[derive(Clone, PartialEq, Debug)]
pub struct RowComparison {
    /// The row's values there: the same, but for time, which is the bucket at the same place, or `None` where the other
    /// period has none at that place.
    pub dimensions: Vec<Option<String>>,
    /// A value for each metric.
    pub metrics: Vec<Option<f64>>,
    /// The currency of its revenue there.
    pub currency: Option<Currency>,
    /// (new − old) ÷ old in whole percent; `None` when old is 0 or null (definition 18).
    pub change: Vec<Option<i64>>,
}

/// The other period of a comparison.
#[derive(Clone, Debug)]
pub struct OtherPeriod {
    /// When; cut to what has elapsed of the report's own period.
    pub period: Period,
    /// Its edges as text.
    pub date_range: [String; 2],
    /// Its time labels, if the query has a time dimension.
    pub time_labels: Option<Vec<String>>,
    /// All its rows, in order of time, if the query has no dimension beside time; else none.
    pub rows: Vec<Row>,
}

/// What is to be known about the rows.
#[derive(Clone, PartialEq, Debug)]
pub struct Meta {
    /// How fresh they are (law 7).
    pub freshness: Freshness,
    /// All labels of the (first) time dimension, if asked for.
    pub time_labels: Option<Vec<String>>,
    /// The place among `time_labels` of the bucket that goes on at present: it will still grow.
    pub present_index: Option<usize>,
    /// How many rows there are before pagination, if asked for.
    pub total_rows: Option<u64>,
    /// What some metric leaves out.
    pub warnings: Vec<Warning>,
}

/// What a metric leaves out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Warning {
    /// Which metric.
    pub metric: Metric,
    /// A word for programs.
    pub code: &'static str,
    /// A sentence for people.
    pub text: &'static str,
}

impl Warning {
    pub(crate) fn several_currencies(metric: Metric) -> Self {
        let text = "Some rows have revenue in several currencies, which are not added up: they are null. Group by 'event:currency', or filter by goals of one currency.";
        Self { metric, code: "no_single_revenue_currency", text }
    }

    pub(crate) fn other_currencies(metric: Metric) -> Self {
        let text = "Some hits brought another currency than their goal's. It is not converted, and not in these numbers. Group by 'event:currency' to see it.";
        Self { metric, code: "other_currencies_left_out", text }
    }
}

impl Report {
    /// The body of the answer to `POST /api/v2/query`.
    pub fn to_json(&self) -> Value {
        let mut query = crate::echo::query(&self.query);
        query.insert("date_range".to_owned(), json!(self.date_range));
        if let Some(other) = &self.other {
            query.insert("comparison_date_range".to_owned(), json!(other.date_range));
        }
        let results: Vec<Value> = self.rows.iter().map(|row| self.row(row)).collect();
        json!({ "results": results, "meta": self.meta(), "query": query })
    }

    /// The value of a metric in the first row; for reports without dimensions.
    pub fn value(&self, metric: Metric) -> Option<f64> {
        let at = self.query.metrics.iter().position(|asked| *asked == metric)?;
        self.rows.first()?.metrics[at]
    }

    fn row(&self, row: &Row) -> Value {
        let mut out = Map::new();
        out.insert("dimensions".to_owned(), json!(row.dimensions));
        out.insert("metrics".to_owned(), self.numbers(&row.metrics, row.currency));
        if let Some(other) = &row.comparison {
            let other =
                json!({ "dimensions": other.dimensions, "metrics": self.numbers(&other.metrics, other.currency), "change": other.change });
            out.insert("comparison".to_owned(), other);
        }
        Value::Object(out)
    }

    /// A list of metrics in the order of the query.
    pub(crate) fn numbers(&self, values: &[Option<f64>], currency: Option<Currency>) -> Value {
        let number = |(metric, value): (&Metric, &Option<f64>)| match value {
            None => Value::Null,
            Some(value) if metric::is_money(*metric) => currency.map_or(Value::Null, |currency| money::to_json(*value, currency)),
            Some(value) if metric::decimals(*metric) == 0 => json!(*value as i64),
            Some(value) => json!(value),
        };
        self.query.metrics.iter().zip(values).map(number).collect()
    }

    fn meta(&self) -> Value {
        let mut meta = Map::new();
        let freshness = &self.meta.freshness;
        let freshness = json!({
            "newest_hit": freshness.newest_hit.map(utc),
            "lag_seconds": freshness.lag_seconds,
            "complete_until": utc(freshness.complete_until),
        });
        meta.insert("freshness".to_owned(), freshness);
        if self.query.include.imports {
            meta.insert("imports_included".to_owned(), json!(false));
            meta.insert("imports_skip_reason".to_owned(), json!("no_imported_data"));
        }
        if !self.meta.warnings.is_empty() {
            let warning =
                |warning: &Warning| (metric::name(warning.metric).to_owned(), json!({ "code": warning.code, "warning": warning.text }));
            meta.insert("metric_warnings".to_owned(), Value::Object(self.meta.warnings.iter().map(warning).collect()));
        }
        if let Some(labels) = &self.meta.time_labels {
            meta.insert("time_labels".to_owned(), json!(labels));
        }
        if let Some(rows) = self.meta.total_rows {
            meta.insert("total_rows".to_owned(), json!(rows));
        }
        Value::Object(meta)
    }
}

/// RFC 3339 in UTC, with a fraction where there is one.
fn utc(at: UnixMillis) -> String {
    at.timestamp().to_string()
}
