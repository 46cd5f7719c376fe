//! How a query is asked of any period: what to group hits by, and which rollups would do.

use crate::search::Search;
use crate::time::Bucket;
use crate::{By, Filter, Op, QueryError, TimeUnit, country};
use footfall_domain::{Dimension, LocalDate, SiteCalendar};
use footfall_fold::{Filter as Predicate, Group, GroupValue};
use std::sync::Arc;

/// One part of a row's key; ordered as rows are (definition 26).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(crate) enum Key {
    Time(Bucket),
    Text(Arc<str>),
}

impl Key {
    pub fn label(&self) -> String {
        match self {
            Key::Time(bucket) => bucket.label(),
            Key::Text(text) => text.to_string(),
        }
    }
}

/// What a query asks of each day, with its period left out.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// How each dimension of the query is made from a group's key.
    columns: Vec<Column>,
    /// What the fold groups by; each once.
    pub groups: Vec<Group>,
    pub filter: Option<Predicate>,
    /// The rollup that has the same rows, of whole days.
    pub rollup: Option<Rollup>,
    /// Whether money is asked for.
    pub takings: bool,
    /// The goal all of whose rows these are.
    goal: Option<Arc<str>>,
    /// Only rows that it finds are wanted.
    search: Option<Arc<Search>>,
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Column {
    /// The group at this place, as it is.
    Group(usize),
    /// The country code at this place, by name.
    CountryName(usize),
    /// The day's own bucket.
    Day(TimeUnit),
    /// The plan's goal.
    Goal,
}

/// A rollup that answers whole days.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Rollup {
    /// The totals of a day.
    Totals,
    /// The hour buckets of a day.
    Hours,
    /// A dimension's table.
    Table(Dimension),
    /// One row of a dimension's table (definition 17).
    Value(Dimension, Arc<str>),
    /// The row of a page, on days on which nothing but pageviews happened there: the goal of that page.
    Pageviews(Arc<str>),
}

impl Plan {
    /// The plan of dimensions, `time` among them resolved, and of filters without names.
    pub fn new(dimensions: &[By], filters: &[Filter]) -> Result<Self, QueryError> {
        let mut groups = Vec::new();
        let columns = dimensions.iter().map(|by| column(by, &mut groups)).collect();
        let filter = predicate(filters)?;
        let rollup = rollup(&groups, filters);
        Ok(Self { columns, groups, filter, rollup, takings: false, goal: None, search: None })
    }

    /// The rows of the names of properties.
    pub fn of_property_names(filters: &[Filter]) -> Result<Self, QueryError> {
        Ok(Self { columns: vec![Column::Group(0)], groups: vec![Group::PropertyName], rollup: None, ..Self::new(&[], filters)? })
    }

    /// The same, with the money that hits brought: no rollup has it.
    pub fn with_takings(self, takings: bool) -> Self {
        if takings { Self { takings, rollup: None, ..self } } else { self }
    }

    /// The same, its rows called by this goal.
    pub fn called(self, goal: &Arc<str>) -> Self {
        Self { goal: Some(goal.clone()), ..self }
    }

    /// The same, without rows that a search does not find.
    pub fn searched(self, search: Option<Arc<Search>>) -> Self {
        Self { search, ..self }
    }

    /// Whether a row is wanted: others are left out before they take room.
    pub fn wants(&self, key: &[Key]) -> bool {
        self.search.as_ref().is_none_or(|search| search.finds(key))
    }

    /// Whether each row is a time bucket, or there is one row only.
    pub fn is_series(&self) -> bool {
        self.goal.is_none() && self.groups.iter().all(|group| matches!(group, Group::Hour | Group::Minute))
    }

    /// Whether the rows are the values of one dimension, over all time.
    pub fn breakdown(&self) -> Option<Dimension> {
        match self.rollup {
            Some(Rollup::Table(dimension)) if !self.columns.iter().any(|column| matches!(column, Column::Day(_))) => Some(dimension),
            _ => None,
        }
    }

    /// Whether the rows are called by the raw values of their one dimension.
    pub fn is_raw(&self) -> bool {
        self.columns == [Column::Group(0)]
    }

    /// The key of a group's row on a day, in a period that begins on `first`.
    pub fn key(&self, group: &[GroupValue], date: LocalDate, first: LocalDate, calendar: &SiteCalendar) -> Vec<Key> {
        let part = |column: &Column| match column {
            Column::Day(unit) => Key::Time(Bucket::of_date(*unit, date, first)),
            Column::Goal => Key::Text(self.goal.clone().unwrap_or_default()),
            Column::Group(at) => match &group[*at] {
                GroupValue::Text(text) => Key::Text(text.clone()),
                GroupValue::Hour(key) => Key::Time(Bucket::of_hour(*key, calendar)),
                GroupValue::Minute(minute) => Key::Time(Bucket::of_minute(*minute, calendar)),
            },
            Column::CountryName(at) => match &group[*at] {
                GroupValue::Text(code) => Key::Text(country::name(code).map_or_else(|| code.clone(), Arc::from)),
                _ => unreachable!("a country is a text"),
            },
        };
        self.columns.iter().map(part).collect()
    }
}

fn column(by: &By, groups: &mut Vec<Group>) -> Column {
    let mut place = |group: Group| {
        groups.iter().position(|known| *known == group).unwrap_or_else(|| {
            groups.push(group);
            groups.len() - 1
        })
    };
    match by {
        By::Value(dimension) => Column::Group(place(Group::Dimension(*dimension))),
        By::Property(name) => Column::Group(place(Group::Property(name.clone()))),
        By::Goal => Column::Goal,
        By::Currency => Column::Group(place(Group::Currency)),
        By::CountryName => Column::CountryName(place(Group::Dimension(Dimension::Country))),
        By::RegionName => Column::Group(place(Group::Dimension(Dimension::Region))),
        By::CityName => Column::Group(place(Group::Dimension(Dimension::City))),
        By::Time(TimeUnit::Hour) => Column::Group(place(Group::Hour)),
        By::Time(TimeUnit::Minute) => Column::Group(place(Group::Minute)),
        By::Time(unit) => Column::Day(*unit),
    }
}

fn predicate(filters: &[Filter]) -> Result<Option<Predicate>, QueryError> {
    let each = filters.iter().map(|filter| filter.predicate("filters"));
    let each = each.collect::<Result<Vec<_>, _>>()?;
    Ok((!each.is_empty()).then_some(Predicate::All(each)))
}

/// Whole site-local days with at most one dimension beside time and no filter; hours without dimension; or one value.
fn rollup(groups: &[Group], filters: &[Filter]) -> Option<Rollup> {
    match (groups, filters) {
        ([], []) => Some(Rollup::Totals),
        ([Group::Hour], []) => Some(Rollup::Hours),
        ([Group::Dimension(dimension)], []) => Some(Rollup::Table(*dimension)),
        ([], [Filter::Test { op: Op::Is, by: By::Value(dimension), values, case_sensitive: true }]) => match values.as_slice() {
            // Engagement has no row by name, but a filter on its name keeps its hits.
            [name] if *dimension == Dimension::Name && name == "engagement" => None,
            [value] => Some(Rollup::Value(*dimension, value.as_str().into())),
            _ => None,
        },
        ([], [Filter::And(both)]) => page_of_goal(both).map(Rollup::Pageviews),
        _ => None,
    }
}

/// The page that is all a goal asks for.
fn page_of_goal(both: &[Filter]) -> Option<Arc<str>> {
    let value_of = |filter: &Filter, of: Dimension| match filter {
        Filter::Test { op: Op::Is, by: By::Value(dimension), values, case_sensitive: true } if *dimension == of => match &values[..] {
            [value] => Some(Arc::from(value.as_str())),
            _ => None,
        },
        _ => None,
    };
    let [name, page] = both else { return None };
    value_of(name, Dimension::Name).filter(|name| &**name == "pageview").and_then(|_| value_of(page, Dimension::Page))
}
