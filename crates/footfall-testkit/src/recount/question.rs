//! A v2 query, read.

use super::filter::Filter;
use super::names::Names;
use super::period::Period;
use super::time;
use serde_json::Value;

/// What is asked, but for the range.
pub(super) struct Question {
    pub(super) metrics: Vec<String>,
    pub(super) dimensions: Vec<String>,
    pub(super) filter: Filter,
    /// Metric or dimension, and whether descending.
    pub(super) order_by: Option<Vec<(String, bool)>>,
    pub(super) limit: usize,
    pub(super) offset: usize,
}

impl Question {
    pub(super) fn read(query: &Value, names: &Names) -> Self {
        let number = |value: &Value, otherwise: u64| usize::try_from(value.as_u64().unwrap_or(otherwise)).expect("a small number");
        let order = |entry: &Value| (text(&entry[0]), entry[1] == "desc");
        Self {
            metrics: texts(&query["metrics"]),
            dimensions: texts(&query["dimensions"]),
            filter: Filter::read_all(&query["filters"], names),
            order_by: query["order_by"].as_array().map(|entries| entries.iter().map(order).collect()),
            limit: number(&query["pagination"]["limit"], 10_000),
            offset: number(&query["pagination"]["offset"], 0),
        }
    }

    /// Replaces `time` by the bucket that suits the period.
    pub(super) fn settle_time(&mut self, period: &Period) {
        let ordered = self.order_by.iter_mut().flatten().map(|(name, _)| name);
        for name in self.dimensions.iter_mut().chain(ordered).filter(|name| *name == "time") {
            time::settled(period).clone_into(name);
        }
    }

    /// Whether one of these metrics is asked for.
    pub(super) fn measures(&self, some: &[&str]) -> bool {
        self.metrics.iter().any(|metric| some.contains(&metric.as_str()))
    }

    /// The place of the goal among the dimensions.
    pub(super) fn goal_at(&self) -> Option<usize> {
        self.dimensions.iter().position(|dimension| dimension == "event:goal")
    }

    pub(super) fn time_dimension(&self) -> Option<&str> {
        self.dimensions.iter().map(String::as_str).find(|dimension| dimension.starts_with("time"))
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("'{value}' should be a text")).to_owned()
}

fn texts(list: &Value) -> Vec<String> {
    list.as_array().map(|list| list.iter().map(text).collect()).unwrap_or_default()
}
