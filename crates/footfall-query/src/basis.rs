//! What metrics are worked out from: a row, and what it is a part of.

use crate::gather::{Cell, Ground, Table, Wanted};
use crate::names::Resolved;
use crate::plan::{Key, Plan};
use crate::search::Search;
use crate::{By, Period, Query, QueryError, SourceError, metric};
use footfall_domain::{Counts, Currency, Metric};
use std::collections::HashMap;
use std::sync::Arc;

/// All that a query asks of any period.
pub(crate) struct Scheme {
    /// The plan of the rows; with `event:goal`, one for each goal, whose rows differ by it.
    rows: Vec<Arc<Plan>>,
    /// The visitors whom percentages are of.
    all: Option<Arc<Plan>>,
    /// The visitors whom conversion rates are of.
    audience: Option<Arc<Plan>>,
    /// The same by those dimensions that the audience has too.
    groups: Option<Arc<Plan>>,
    /// Which dimensions these are.
    shared: Vec<bool>,
    /// Where `event:goal` stands among the dimensions.
    goal_at: Option<usize>,
    /// Where `event:currency` stands among the dimensions.
    currency_at: Option<usize>,
    /// The currency of each goal.
    of_goals: HashMap<Arc<str>, Option<Currency>>,
    /// The currency of all goals asked for.
    currency: Option<Currency>,
}

impl Scheme {
    /// The scheme of a query whose `time` is resolved.
    pub fn new(query: &Query, named: &Resolved) -> Result<Self, QueryError> {
        let asks = |wanted: Metric| query.metrics.contains(&wanted);
        for (at, asked) in query.metrics.iter().enumerate() {
            if metric::needs_goals(*asked) && !named.asks_for_goals {
                return Err(metric::goals_needed(at, *asked));
            }
        }
        let takings = query.metrics.iter().any(|asked| metric::is_money(*asked));
        let plan = |dimensions: &[By], filters: &[crate::Filter]| Plan::new(dimensions, filters).map(Arc::new);
        let goal_at = query.dimensions.iter().position(|by| *by == By::Goal);
        let search = Search::of(query)?.map(Arc::new);
        let rows = match goal_at {
            None => vec![Arc::new(Plan::new(&query.dimensions, &named.filters)?.with_takings(takings).searched(search))],
            Some(_) => {
                let of_goal = |(name, row): (&Arc<str>, &crate::names::Row)| {
                    let filters: Vec<_> = named.without_goals.iter().chain([&row.filter]).cloned().collect();
                    Ok(Arc::new(Plan::new(&query.dimensions, &filters)?.with_takings(takings).called(name).searched(search.clone())))
                };
                named.goals.iter().map(of_goal).collect::<Result<_, QueryError>>()?
            }
        };
        let shared: Vec<bool> = query.dimensions.iter().map(|by| !matches!(by, By::Goal | By::Property(_) | By::Currency)).collect();
        let groups: Vec<By> = query.dimensions.iter().zip(&shared).filter(|(_, shared)| **shared).map(|(by, _)| by.clone()).collect();
        Ok(Self {
            rows,
            all: (asks(Metric::Percentage) && !query.dimensions.is_empty()).then(|| plan(&[], &named.filters)).transpose()?,
            audience: asks(Metric::ConversionRate).then(|| plan(&[], &named.audience)).transpose()?,
            groups: asks(Metric::GroupConversionRate).then(|| plan(&groups, &named.audience)).transpose()?,
            shared,
            goal_at,
            currency_at: query.dimensions.iter().position(|by| *by == By::Currency),
            of_goals: named.goals.iter().map(|(name, row)| (name.clone(), row.currency)).collect(),
            currency: named.currency(),
        })
    }

    /// The plan of the rows, if there is one only.
    pub fn plan(&self) -> Option<&Arc<Plan>> {
        if let ([plan], None) = (&self.rows[..], self.goal_at) { Some(plan) } else { None }
    }

    /// The rows of a period, and what they are parts of: the first rows, if no more are wanted.
    pub async fn gather(&self, ground: &Ground<'_>, period: &Period, some: These<'_>) -> Result<(Table, Base), SourceError> {
        let wholes: Vec<_> = [&self.all, &self.audience, &self.groups].into_iter().flatten().cloned().collect();
        let (table, tables) = match (self.plan(), some) {
            (Some(plan), These::First(wanted)) => (ground.first_rows(plan, period, wanted).await?, ground.tables(&wholes, period).await?),
            (Some(plan), These::Of(values)) => (ground.rows_of(plan, period, values).await?, ground.tables(&wholes, period).await?),
            _ => {
                let plans: Vec<_> = self.rows.iter().chain(&wholes).cloned().collect();
                let mut tables = ground.tables(&plans, period).await?;
                let wholes = tables.split_off(self.rows.len());
                (tables.into_iter().flatten().collect(), wholes)
            }
        };
        let mut wholes = tables.into_iter();
        let mut whole = |plan: &Option<Arc<Plan>>| plan.as_ref().and_then(|_| wholes.next());
        let (all, audience, groups) = (whole(&self.all), whole(&self.audience), whole(&self.groups));
        let visitors = |table: &Table| table.values().map(|cell| cell.counts.visitors).sum::<i64>();
        let base = Base {
            all: all.as_ref().map_or_else(|| if self.shared.is_empty() { visitors(&table) } else { 0 }, visitors),
            audience: audience.as_ref().map_or(0, visitors),
            groups: groups.unwrap_or_default(),
        };
        Ok((table, base))
    }

    /// What the metrics of a row are worked out from.
    pub fn basis<'a>(&self, key: &[Key], cell: &'a Cell, base: &Base) -> Basis<'a> {
        let shared = || key.iter().zip(&self.shared).filter(|(_, shared)| **shared).map(|(part, _)| part.clone()).collect::<Vec<_>>();
        let group = if self.groups.is_some() { base.groups.get(&shared()).map_or(0, |cell| cell.counts.visitors) } else { 0 };
        // A row of a currency is of that currency, whatever the goal's (decision 0604).
        let own = self.currency_at.and_then(|at| if let Key::Text(code) = &key[at] { Currency::parse(code) } else { None });
        let named = match self.goal_at.map(|at| &key[at]) {
            Some(Key::Text(goal)) => self.of_goals.get(goal).copied().flatten(),
            _ => self.currency,
        };
        Basis { counts: &cell.counts, cell, currency: own.or(named).or_else(|| only(cell)), all: base.all, audience: base.audience, group }
    }
}

/// Which rows are wanted.
#[derive(Clone, Copy)]
pub(crate) enum These<'a> {
    /// All of them.
    All,
    /// At least the first.
    First(Wanted),
    /// At least those of these raw values.
    Of(&'a [Arc<str>]),
}

/// What the rows of a period are parts of.
pub(crate) struct Base {
    all: i64,
    audience: i64,
    groups: Table,
}

impl Base {
    /// Of a period without anything.
    pub const NOTHING: &'static Self = &Self { all: 0, audience: 0, groups: Table::with_hasher(rustc_hash::FxBuildHasher) };
}

/// What the metrics of one row are worked out from.
pub(crate) struct Basis<'a> {
    pub counts: &'a Counts,
    cell: &'a Cell,
    /// The currency its revenue is in; none where nothing says which.
    pub currency: Option<Currency>,
    /// Visitors of the whole report.
    pub all: i64,
    /// Visitors of the report without goals and properties.
    pub audience: i64,
    /// Of these, those of the row's own group.
    pub group: i64,
}

#[cfg(test)]
impl<'a> Basis<'a> {
    pub fn of_nothing_else(cell: &'a Cell) -> Self {
        Self { counts: &cell.counts, cell, currency: None, all: 0, audience: 0, group: 0 }
    }
}

impl Basis<'_> {
    /// The revenue in the row's currency, and of how many hits.
    pub fn revenue(&self) -> Option<footfall_domain::Taken> {
        self.currency.map(|currency| self.cell.takings.of(currency))
    }

    /// Why the row has no revenue, or not all of it.
    pub fn warning(&self) -> Option<Unadded> {
        let other = self.cell.takings.currencies().any(|currency| Some(currency) != self.currency);
        match (other, self.currency) {
            (false, _) => None,
            (true, None) => Some(Unadded::SeveralCurrencies),
            (true, Some(_)) => Some(Unadded::OtherCurrencies),
        }
    }
}

/// Money that is not in a sum.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Unadded {
    /// A row has several currencies, and nothing says which is meant.
    SeveralCurrencies,
    /// A row has other currencies than its goal's.
    OtherCurrencies,
}

fn only(cell: &Cell) -> Option<Currency> {
    let mut currencies = cell.takings.currencies();
    let first = currencies.next()?;
    currencies.next().is_none().then_some(first)
}
