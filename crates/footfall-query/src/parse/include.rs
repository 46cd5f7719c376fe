//! Reading `include`.

use super::field::Field;
use super::when;
use crate::{Comparison, ComparisonMode, Include, QueryError};

pub(super) fn include(field: &Field<'_>) -> Result<Include, QueryError> {
    let fields = field.object(&["imports", "time_labels", "total_rows", "comparisons"])?;
    let asked = |name: &str| fields.optional(name).map_or(Ok(false), |field| field.truth());
    Ok(Include {
        imports: asked("imports")?,
        time_labels: asked("time_labels")?,
        total_rows: asked("total_rows")?,
        comparisons: fields.optional("comparisons").map(|field| comparison(&field)).transpose()?,
    })
}

fn comparison(field: &Field<'_>) -> Result<Comparison, QueryError> {
    let fields = field.object(&["mode", "match_day_of_week", "date_range"])?;
    let mode = fields.required("mode")?;
    let range = fields.optional("date_range");
    let mode = match (mode.text()?, range) {
        ("custom", Some(range)) => ComparisonMode::Custom(when::edges(&range)?),
        ("custom", None) => ComparisonMode::Custom(when::edges(&fields.required("date_range")?)?),
        ("previous_period", None) => ComparisonMode::PreviousPeriod,
        ("year_over_year", None) => ComparisonMode::YearOverYear,
        ("previous_period" | "year_over_year", Some(range)) => {
            return Err(range.error("only the mode 'custom' has a date range; leave it out"));
        }
        (other, _) => return Err(mode.error(format!("'{other}' is no mode; write previous_period, year_over_year or custom"))),
    };
    let match_day_of_week = fields.optional("match_day_of_week").map_or(Ok(false), |field| field.truth())?;
    Ok(Comparison { mode, match_day_of_week })
}
