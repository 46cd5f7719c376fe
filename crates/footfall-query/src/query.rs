//! The question: Plausible's v2 query, as data.

use crate::{DateRange, Filter, Op};
use footfall_domain::{Dimension, LocalDate, Metric};

/// The most rows an answer may have; also how many it has when nothing is said.
pub const MAX_LIMIT: u32 = 10_000;

/// What is asked of one site.
#[derive(Clone, PartialEq, Debug)]
pub struct Query {
    /// The site's domain (`site_id`).
    pub site: String,
    /// What to measure; at least one, each once.
    pub metrics: Vec<Metric>,
    /// When.
    pub date_range: DateRange,
    /// The site-local day that relative ranges are relative to; today when absent. For pages ("the month of this
    /// date"); the JSON schema has no such field.
    pub date: Option<LocalDate>,
    /// What to group by, each once.
    pub dimensions: Vec<By>,
    /// All of these must hold.
    pub filters: Vec<Filter>,
    /// Only rows whose own values pass this, with the numbers they have among all rows. For the lists of pages; the JSON
    /// schema has no such field.
    pub search: Option<Filter>,
    /// How to order; empty: time ascending, else the first metric descending (definition 26).
    pub order_by: Vec<(OrderKey, Direction)>,
    /// What to add to the answer.
    pub include: Include,
    /// Which rows to answer.
    pub pagination: Pagination,
}

/// Something to group by or to filter on.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum By {
    /// A dimension of the hit or visit.
    Value(Dimension),
    /// `visit:country_name`: the English name of the country.
    CountryName,
    /// `visit:region_name`.
    RegionName,
    /// `visit:city_name`.
    CityName,
    /// `event:props:NAME`.
    Property(String),
    /// `event:goal`: the names of the goals a hit counts for, by the site's context.
    Goal,
    /// `event:currency`: that of the hit's money. Ours, not Plausible's.
    Currency,
    /// `time…`; no filter.
    Time(TimeUnit),
}

/// The length of a time bucket.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum TimeUnit {
    /// `time`: chosen by the length of the period.
    Auto,
    /// A minute of UTC.
    Minute,
    /// An hour bucket (definition 8).
    Hour,
    /// A site-local day.
    Day,
    /// From Monday.
    Week,
    /// A calendar month.
    Month,
}

/// What to order by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum OrderKey {
    /// One of the query's metrics.
    Metric(Metric),
    /// One of the query's dimensions.
    By(By),
}

/// Which way round.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    /// Smallest first.
    Asc,
    /// Largest first.
    Desc,
}

/// What to add to the answer.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Include {
    /// Imported aggregates. There are none here: imported hits are hits.
    pub imports: bool,
    /// All labels of the time dimension, those of empty buckets too.
    pub time_labels: bool,
    /// How many rows there are before pagination.
    pub total_rows: bool,
    /// The same numbers of another period.
    pub comparisons: Option<Comparison>,
}

/// Which other period to compare with (`docs/decisions/0601`).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Comparison {
    /// How it is found.
    pub mode: ComparisonMode,
    /// Moves it so that it begins on the same day of the week. Has no effect on a custom range.
    pub match_day_of_week: bool,
}

/// How the other period is found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ComparisonMode {
    /// The one just before, as long.
    PreviousPeriod,
    /// The same dates a year before.
    YearOverYear,
    /// One that is named: [`DateRange::Dates`] or [`DateRange::Instants`].
    Custom(DateRange),
}

/// Which rows to answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pagination {
    /// How many, from 1; a request may ask for [`MAX_LIMIT`] at most.
    pub limit: u32,
    /// How many to leave out before them.
    pub offset: u32,
}

impl Default for Pagination {
    fn default() -> Self {
        Self { limit: MAX_LIMIT, offset: 0 }
    }
}

impl Query {
    /// A query without dimensions and filters; the methods below add them.
    pub fn new(site: impl Into<String>, date_range: DateRange, metrics: impl Into<Vec<Metric>>) -> Self {
        Self {
            site: site.into(),
            metrics: metrics.into(),
            date_range,
            date: None,
            dimensions: Vec::new(),
            filters: Vec::new(),
            search: None,
            order_by: Vec::new(),
            include: Include::default(),
            pagination: Pagination::default(),
        }
    }

    /// The same, with relative ranges relative to this day.
    pub fn at(mut self, date: Option<LocalDate>) -> Self {
        self.date = date;
        self
    }

    /// The same, grouped (also) by this.
    pub fn by(mut self, by: By) -> Self {
        self.dimensions.push(by);
        self
    }

    /// The same, of what (also) passes this.
    pub fn only(mut self, filter: Filter) -> Self {
        self.filters.push(filter);
        self
    }

    /// The same, only its rows whose values (also) pass this: a search in the list.
    pub fn searched(mut self, search: Filter) -> Self {
        self.search = Some(match self.search.take() {
            Some(before) => Filter::And(vec![before, search]),
            None => search,
        });
        self
    }

    /// The same, of what has this value.
    pub fn only_value(self, by: By, value: impl Into<String>) -> Self {
        self.only(Filter::test(Op::Is, by, [value.into()]))
    }

    /// The same, ordered (then) by this.
    pub fn order(mut self, key: OrderKey, direction: Direction) -> Self {
        self.order_by.push((key, direction));
        self
    }

    /// The same, at most so many rows after leaving out some.
    pub fn page(mut self, limit: u32, offset: u32) -> Self {
        self.pagination = Pagination { limit, offset };
        self
    }

    /// The same, with all time labels.
    pub fn with_labels(mut self) -> Self {
        self.include.time_labels = true;
        self
    }

    /// The same, with the number of all rows.
    pub fn with_total_rows(mut self) -> Self {
        self.include.total_rows = true;
        self
    }

    /// The same, compared with another period.
    pub fn compare(mut self, comparison: Option<Comparison>) -> Self {
        self.include.comparisons = comparison;
        self
    }

    /// Reads the JSON body of `POST /api/v2/query`, strictly: unknown fields are refused.
    ///
    /// # Errors
    /// The first thing that is wrong, with the path of its field.
    pub fn parse(json: &serde_json::Value) -> Result<Self, crate::QueryError> {
        crate::parse::query(json)
    }
}

impl By {
    /// The name the v2 query schema gives it.
    pub fn name(&self) -> String {
        match self {
            By::Value(dimension) => dimension.name().to_owned(),
            By::CountryName => "visit:country_name".to_owned(),
            By::RegionName => "visit:region_name".to_owned(),
            By::CityName => "visit:city_name".to_owned(),
            By::Property(name) => format!("event:props:{name}"),
            By::Goal => "event:goal".to_owned(),
            By::Currency => "event:currency".to_owned(),
            By::Time(unit) => unit.name().to_owned(),
        }
    }

    /// What the schema gives this name to.
    pub fn from_name(name: &str) -> Option<Self> {
        if let Some(dimension) = Dimension::from_name(name) {
            return Some(By::Value(dimension));
        }
        if let Some(unit) = TimeUnit::from_name(name) {
            return Some(By::Time(unit));
        }
        match name {
            "event:goal" => Some(By::Goal),
            "event:currency" => Some(By::Currency),
            "visit:country_name" => Some(By::CountryName),
            "visit:region_name" => Some(By::RegionName),
            "visit:city_name" => Some(By::CityName),
            _ => name.strip_prefix("event:props:").filter(|name| !name.is_empty()).map(|name| By::Property(name.to_owned())),
        }
    }

    /// Whether it is a time dimension.
    pub fn is_time(&self) -> bool {
        matches!(self, By::Time(_))
    }
}

impl TimeUnit {
    const ALL: [TimeUnit; 6] = [TimeUnit::Auto, TimeUnit::Minute, TimeUnit::Hour, TimeUnit::Day, TimeUnit::Week, TimeUnit::Month];

    /// The name the v2 query schema gives it.
    pub fn name(self) -> &'static str {
        match self {
            TimeUnit::Auto => "time",
            TimeUnit::Minute => "time:minute",
            TimeUnit::Hour => "time:hour",
            TimeUnit::Day => "time:day",
            TimeUnit::Week => "time:week",
            TimeUnit::Month => "time:month",
        }
    }

    /// The unit of a schema name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.name() == name)
    }
}
