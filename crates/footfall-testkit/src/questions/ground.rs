//! What there is to ask about.

use crate::PlainHit;
use crate::recount::Recount;
use footfall_domain::{Dimension, LocalDate, SiteCalendar, UnixMillis};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// The days and values of some hits.
pub struct Ground {
    /// When the questions are asked.
    pub now: UnixMillis,
    /// The site's today.
    pub today: LocalDate,
    /// Days with hits, in order.
    pub days: Vec<LocalDate>,
    /// Names of properties.
    pub properties: Vec<String>,
    /// Values of each dimension, properties included, labels of missing values too.
    pub values: BTreeMap<String, Vec<String>>,
}

impl Ground {
    /// What there is in these hits.
    pub fn of(hits: &[PlainHit], calendar: &SiteCalendar, now: UnixMillis) -> Self {
        let days: BTreeSet<LocalDate> = hits.iter().map(|hit| hit.date).collect();
        let properties: BTreeSet<String> = hits.iter().flat_map(|hit| hit.props.iter().map(|(name, _)| name.clone())).collect();
        let recount = Recount::of(hits, calendar);
        let values_of = |dimension: String| {
            let query = json!({"date_range": "all", "metrics": ["visitors"], "dimensions": [dimension], "pagination": {"limit": 50}});
            let rows = recount.answer(now, &query).results;
            let values = rows.iter().map(|row| row["dimensions"][0].as_str().expect("a value is a text").to_owned()).collect();
            (dimension, values)
        };
        let dimensions = Dimension::ALL.iter().map(|dimension| dimension.name().to_owned());
        let properties_as_dimensions = properties.iter().map(|name| format!("event:props:{name}"));
        Self {
            now,
            today: calendar.moment(now).date,
            days: days.into_iter().collect(),
            values: dimensions.chain(properties_as_dimensions).map(values_of).collect(),
            properties: properties.into_iter().collect(),
        }
    }
}
