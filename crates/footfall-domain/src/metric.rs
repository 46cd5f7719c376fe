//! The metrics of the v2 query schema.

use serde::{Deserialize, Serialize};

/// What can be asked for. Definitions 11 to 15 say how each is computed from [`crate::Counts`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// Distinct visitors; over days, the sum of the days.
    Visitors,
    /// Visits that began.
    Visits,
    /// Pageviews.
    Pageviews,
    /// Mean pageviews per visit, two decimals.
    ViewsPerVisit,
    /// Percent of visits that bounced.
    BounceRate,
    /// Mean visit duration, seconds.
    VisitDuration,
    /// Pageviews and custom events.
    Events,
    /// Mean deepest scroll, percent; null without any.
    ScrollDepth,
    /// Percent of all visitors.
    Percentage,
    /// Percent of visitors who completed the goal.
    ConversionRate,
    /// The same within the group.
    GroupConversionRate,
    /// Mean revenue.
    AverageRevenue,
    /// Total revenue.
    TotalRevenue,
    /// Mean engaged time per visit and page, seconds; null without any.
    TimeOnPage,
}
