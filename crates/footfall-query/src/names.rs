//! What the names in a query stand for: goals and segments become the filters they are.

use crate::filter::{passes, text_test};
use crate::{By, Filter, Goal, Op, Query, QueryError, SiteContext, filter};
use footfall_domain::Currency;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The filters of a query, without names.
pub(crate) struct Resolved {
    /// What a hit must pass.
    pub filters: Vec<Filter>,
    /// The same without the filters on goals that must hold: what a row of `event:goal` adds itself to.
    pub without_goals: Vec<Filter>,
    /// What of it is left without goals and properties: of whom conversions are a part.
    pub audience: Vec<Filter>,
    /// The rows of `event:goal`, by name; those that pass every filter on it.
    pub goals: BTreeMap<Arc<str>, Row>,
    /// Whether goals are asked for: by dimension, or by a filter that must hold.
    pub asks_for_goals: bool,
}

/// A row of `event:goal`.
pub(crate) struct Row {
    /// What a hit must pass.
    pub filter: Filter,
    /// The currency its revenue is in, if the goal names one.
    pub currency: Option<Currency>,
}

impl Resolved {
    /// What a query means at a site.
    pub fn of(query: &Query, site: &SiteContext) -> Result<Self, QueryError> {
        let mut all = Vec::new();
        for (at, asked) in query.filters.iter().enumerate() {
            let path = format!("filters[{at}]");
            let asked = with_segments(asked, site, &path)?;
            with_goals(&asked, site, &path)?;
            flatten(asked, &mut all);
        }
        if all.iter().map(Filter::patterns).sum::<usize>() > filter::MAX_PATTERNS {
            let message = format!("with the segments named here these are more than {} regular expressions", filter::MAX_PATTERNS);
            return Err(QueryError::new("filters", message));
        }
        let goal_tests: Vec<&Filter> = all.iter().filter(|filter| is_of_goals(filter)).collect();
        let asks_for_goals = !goal_tests.is_empty() || query.dimensions.contains(&By::Goal);
        let mut goals: BTreeMap<Arc<str>, Vec<&Goal>> = BTreeMap::new();
        for goal in &site.goals {
            if goal_tests.iter().all(|test| chosen(test, goal)) {
                goals.entry(goal.name.as_str().into()).or_default().push(goal);
            }
        }
        let row = |goals: Vec<&Goal>| Row { filter: any_of(&goals), currency: one_currency(&goals) };
        let resolved = |keep: &dyn Fn(&Filter) -> bool| {
            all.iter().filter(|filter| keep(filter)).map(|filter| with_goals(filter, site, "filters")).collect::<Result<Vec<_>, _>>()
        };
        // Whom the asker does not see is no part of anything, of audiences neither.
        let only = site.only.iter().map(|filter| with_goals(&with_segments(filter, site, "only")?, site, "only"));
        let only = only.collect::<Result<Vec<_>, _>>()?;
        let within = |keep: &dyn Fn(&Filter) -> bool| {
            let mut filters = resolved(keep)?;
            filters.extend(only.iter().cloned());
            Ok::<_, QueryError>(filters)
        };
        Ok(Self {
            filters: within(&|_| true)?,
            without_goals: within(&|filter| !is_of_goals(filter))?,
            audience: within(&|filter| !is_of_goals(filter) && !is_of_properties(filter))?,
            goals: goals.into_iter().map(|(name, goals)| (name, row(goals))).collect(),
            asks_for_goals,
        })
    }

    /// The currency that every goal asked for names; none where they do not agree on one.
    pub fn currency(&self) -> Option<Currency> {
        let mut currencies = self.goals.values().map(|row| row.currency);
        let first = currencies.next()??;
        (self.asks_for_goals && currencies.all(|other| other == Some(first))).then_some(first)
    }
}

fn flatten(filter: Filter, into: &mut Vec<Filter>) {
    match filter {
        Filter::And(filters) => filters.into_iter().for_each(|filter| flatten(filter, into)),
        other => into.push(other),
    }
}

fn is_of_goals(filter: &Filter) -> bool {
    matches!(filter, Filter::Test { by: By::Goal, .. })
}

fn is_of_properties(filter: &Filter) -> bool {
    matches!(filter, Filter::Test { by: By::Property(_), .. })
}

/// Whether a filter on `event:goal` names the goal.
fn chosen(test: &Filter, goal: &Goal) -> bool {
    test.asks_for_goal(&goal.name)
}

impl Filter {
    /// Whether somewhere in it goals are asked for of which one of this name is, or would be, one. Segments are not looked up.
    pub fn asks_for_goal(&self, name: &str) -> bool {
        match self {
            Filter::Test { op, by: By::Goal, values, case_sensitive } => {
                text_test(*op, values, *case_sensitive, "filters").is_ok_and(|test| passes(&test, name))
            }
            Filter::And(filters) | Filter::Or(filters) => filters.iter().any(|filter| filter.asks_for_goal(name)),
            Filter::Not(inner) | Filter::HasDone(inner) | Filter::HasNotDone(inner) => inner.asks_for_goal(name),
            Filter::Test { .. } | Filter::Segment(_) | Filter::Scrolled(_) => false,
        }
    }
}

fn any_of(goals: &[&Goal]) -> Filter {
    match goals {
        [goal] => goal.filter(),
        goals => Filter::Or(goals.iter().map(|goal| goal.filter()).collect()),
    }
}

fn one_currency(goals: &[&Goal]) -> Option<Currency> {
    let first = goals.first()?.currency?;
    goals.iter().all(|goal| goal.currency == Some(first)).then_some(first)
}

impl SiteContext {
    /// Whether the site has every goal and segment that filters name.
    ///
    /// # Errors
    /// One is not there; the path says in which filter.
    pub fn check(&self, filters: &[Filter]) -> Result<(), QueryError> {
        filters.iter().enumerate().try_for_each(|(at, filter)| {
            let path = format!("filters[{at}]");
            with_goals(&with_segments(filter, self, &path)?, self, &path).map(drop)
        })
    }
}

/// The filter with each segment replaced by what it stands for.
fn with_segments(asked: &Filter, site: &SiteContext, path: &str) -> Result<Filter, QueryError> {
    rebuilt(asked, &|filter| match filter {
        Filter::Segment(ids) => {
            let segment = |id: &u64| {
                let known = site.segments.iter().find(|segment| segment.id == *id);
                let known = known.ok_or_else(|| QueryError::new(path, format!("this site has no segment {id} that you may use")))?;
                match known.filters.iter().any(names_a_segment) {
                    true => Err(QueryError::new(path, format!("segment {id} names a segment; write that one's filters into it"))),
                    false => Ok(Filter::And(known.filters.clone())),
                }
            };
            let mut segments = ids.iter().map(segment).collect::<Result<Vec<_>, _>>()?;
            Ok(Some(if segments.len() == 1 { segments.remove(0) } else { Filter::Or(segments) }))
        }
        _ => Ok(None),
    })
}

pub(crate) fn names_a_segment(filter: &Filter) -> bool {
    match filter {
        Filter::Segment(_) => true,
        Filter::And(filters) | Filter::Or(filters) => filters.iter().any(names_a_segment),
        Filter::Not(inner) | Filter::HasDone(inner) | Filter::HasNotDone(inner) => names_a_segment(inner),
        Filter::Test { .. } | Filter::Scrolled(_) => false,
    }
}

/// The filter with each test of `event:goal` replaced by the goals it names.
fn with_goals(asked: &Filter, site: &SiteContext, path: &str) -> Result<Filter, QueryError> {
    rebuilt(asked, &|filter| match filter {
        Filter::Test { op, by: By::Goal, values, case_sensitive: true } if *op == Op::Is => {
            if let Some(unknown) = values.iter().find(|value| site.goals.iter().all(|goal| goal.name != **value)) {
                return Err(QueryError::new(path, format!("this site has no goal '{unknown}'; make it in the site's settings first")));
            }
            Ok(Some(goals_chosen(filter, site)))
        }
        Filter::Test { by: By::Goal, .. } => Ok(Some(goals_chosen(filter, site))),
        _ => Ok(None),
    })
}

fn goals_chosen(test: &Filter, site: &SiteContext) -> Filter {
    any_of(&site.goals.iter().filter(|goal| chosen(test, goal)).collect::<Vec<_>>())
}

/// The filter with some of its parts replaced.
fn rebuilt(filter: &Filter, replace: &dyn Fn(&Filter) -> Result<Option<Filter>, QueryError>) -> Result<Filter, QueryError> {
    if let Some(other) = replace(filter)? {
        return Ok(other);
    }
    let all = |filters: &[Filter]| filters.iter().map(|filter| rebuilt(filter, replace)).collect::<Result<Vec<_>, _>>();
    let one = |inner: &Filter| rebuilt(inner, replace).map(Box::new);
    Ok(match filter {
        Filter::And(filters) => Filter::And(all(filters)?),
        Filter::Or(filters) => Filter::Or(all(filters)?),
        Filter::Not(inner) => Filter::Not(one(inner)?),
        Filter::HasDone(inner) => Filter::HasDone(one(inner)?),
        Filter::HasNotDone(inner) => Filter::HasNotDone(one(inner)?),
        Filter::Test { .. } | Filter::Segment(_) | Filter::Scrolled(_) => filter.clone(),
    })
}
