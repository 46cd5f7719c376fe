//! What is said about `/api/v1/stats/…`.

use super::question::filtered_names;
use super::{Doc, schemas};
use footfall_query::v1::MAX_LIMIT;
use serde_json::{Value, json};

const DAY: &str = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
/// What this API has names for.
const METRICS: &str = "visitors|visits|pageviews|views_per_visit|bounce_rate|visit_duration|events|conversion_rate|time_on_page";

impl Doc {
    /// A question of the old API about a site.
    pub(in crate::http) fn old(summary: &'static str, answer: Value) -> Self {
        Self::json(summary, answer).needs("site_id", "The site's domain", schemas::like("example.com")).report()
    }

    /// When, what, of whom.
    pub(in crate::http) fn old_period(self) -> Self {
        let metrics = schemas::spelled(&format!("^({METRICS})(,({METRICS}))*$"), "visitors,bounce_rate");
        self.query("period", "How long; 30d without it", schemas::one_of(["day", "7d", "30d", "month", "6mo", "12mo", "custom"]))
            .query(
                "date",
                "A day of the period; of a custom one `first,last`",
                schemas::spelled(&format!("^{DAY}(,{DAY})?$"), "2026-01-31"),
            )
            .query("metrics", "Names with commas between; visitors without it", metrics)
            .query("filters", "All must hold", schemas::like("visit:source==Google|Bing;event:page!=/blog/*"))
    }

    /// With what a total is compared.
    pub(in crate::http) fn old_comparison(self) -> Self {
        self.query("compare", "With the period before it", schemas::one_of(["previous_period"]))
    }

    /// How long a step over time is.
    pub(in crate::http) fn old_interval(self) -> Self {
        self.query("interval", "How long a step is", schemas::one_of(["day", "date", "month"]))
    }

    /// By what, and which rows.
    pub(in crate::http) fn old_property(self) -> Self {
        let property = json!({"anyOf": [filtered_names(), schemas::spelled("^event:props:.+$", "event:props:author")]});
        let number = |most: u32| json!({"type": "integer", "minimum": 1, "maximum": most});
        self.needs("property", "By whose values", property).query("limit", "Rows of a page; 100 without it", number(MAX_LIMIT)).query(
            "page",
            "Which of them",
            number(u32::MAX),
        )
    }
}

/// What a total is.
pub(in crate::http) fn totals() -> Value {
    let number = || json!({"type": ["number", "null"]});
    let mut total =
        schemas::optional(&[("value", number()), ("comparison_value", number()), ("change", json!({"type": ["integer", "null"]}))]);
    total["required"] = json!(["value"]);
    schemas::object(&[("results", json!({"type": "object", "additionalProperties": total}))])
}

/// What rows are: names and numbers.
pub(in crate::http) fn rows() -> Value {
    let row = json!({"type": "object", "additionalProperties": {"type": ["number", "string", "null"]}});
    schemas::object(&[("results", schemas::list(row))])
}
