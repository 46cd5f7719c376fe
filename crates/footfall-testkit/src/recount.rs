//! The answer to a v2 query by brute force.
//!
//! Written from `docs/definitions.md` (numbers in brackets name its paragraphs) and decisions 0201, 0202, 0603 and 0604, by
//! nested loops over visits and hits. It shares nothing with the fold and the query but the words of the domain, so that the
//! two can be compared.

mod comparison;
mod filter;
mod fraction;
mod hit;
mod metrics;
mod names;
mod order;
mod period;
mod question;
mod sums;
mod tally;
mod time;
mod visit;

pub use hit::PlainHit;
pub use sums::Sums;
pub(crate) use visit::COUNTRIES;
pub use visit::Visit;

use comparison::Counterparts;
use filter::Filter;
use footfall_domain::{DropReason, LocalDate, SiteCalendar, UnixMillis};
use metrics::{Basis, Measured};
use names::{Goal, Names};
use period::Period;
use question::Question;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tally::{Counting, Key, Tally};

/// Hits of one site, put together to visits, ready to be asked.
pub struct Recount<'a> {
    formed: visit::Formed<'a>,
    first_day: Option<LocalDate>,
    calendar: &'a SiteCalendar,
    names: Names,
}

/// An answer.
#[derive(Clone, PartialEq, Debug)]
pub struct Recounted {
    /// `{"dimensions": [...], "metrics": [...]}` in order, and `comparison` if it was asked for.
    pub results: Vec<Value>,
    /// How many rows there are on all pages.
    pub total_rows: usize,
    /// The labels of all time buckets of the range, if there is a time dimension.
    pub time_labels: Option<Vec<String>>,
}

/// Answers one question. For many questions about the same hits make a [`Recount`] once.
///
/// # Panics
/// When `query` is no valid v2 query.
pub fn recount(hits: &[PlainHit], calendar: &SiteCalendar, now: UnixMillis, query: &Value) -> Recounted {
    Recount::of(hits, calendar).answer(now, query)
}

impl<'a> Recount<'a> {
    /// Puts hits together to visits. The hits may come in any order.
    pub fn of(hits: &'a [PlainHit], calendar: &'a SiteCalendar) -> Self {
        let first_day = hits.iter().map(|hit| hit.date).min();
        Self { formed: visit::form(hits), first_day, calendar, names: Names::default() }
    }

    /// The same at a site with goals and segments: `{"goals": [GOAL, …], "segments": [{"id": 1, "filters": […]}, …]}`.
    pub fn knowing(self, names: &Value) -> Self {
        Self { names: Names::read(names), ..self }
    }

    /// The visits (1 to 4).
    pub fn visits(&self) -> &[Visit<'a>] {
        &self.formed.visits
    }

    /// How many hits of a day were in no visit, by reason: of the other feed, repeated, engagement without a visit.
    pub fn dropped(&self, date: LocalDate) -> BTreeMap<DropReason, i64> {
        let of_day = self.formed.dropped.iter().filter(|((day, _), _)| *day == date);
        of_day.map(|((_, reason), n)| (*reason, *n)).collect()
    }

    /// When each visitor of a day was last seen: the time of the last hit that is in a visit (7).
    pub fn last_seen(&self, date: LocalDate) -> BTreeMap<u64, UnixMillis> {
        let hits = self.formed.visits.iter().flat_map(|visit| &visit.hits).filter(|hit| hit.date == date);
        let mut last_seen = BTreeMap::new();
        for hit in hits {
            let last = last_seen.entry(hit.visitor).or_insert(UnixMillis(hit.time));
            *last = UnixMillis(hit.time).max(*last);
        }
        last_seen
    }

    /// What was counted on a day, by the values of v2 dimensions, `time:hour` among them.
    pub fn sums(&self, date: LocalDate, dimensions: &[&str], filters: &Value) -> BTreeMap<Vec<String>, Sums> {
        let dimensions: Vec<String> = dimensions.iter().map(|dimension| (*dimension).to_owned()).collect();
        let period = Period::days(date, date, self.calendar);
        let filter = Filter::read_all(filters, &self.names);
        let rows = self.count(&dimensions, &[], &|hit, visit| filter.keeps(hit, visit), &period);
        let labels = |key: Key| key.0.iter().map(|part| part.label().to_owned()).collect();
        rows.into_iter().map(|(key, tally)| (labels(key), Sums::of(&tally))).collect()
    }

    /// Answers a v2 query as it would be answered at `now`.
    ///
    /// # Panics
    /// When `query` is no valid v2 query.
    pub fn answer(&self, now: UnixMillis, query: &Value) -> Recounted {
        let mut question = Question::read(query, &self.names);
        let period = Period::read(&query["date_range"], now, self.calendar, self.first_day);
        question.settle_time(&period);

        let mut rows = self.measure(&question, &period);
        rows.retain(|(_, measured)| question.dimensions.is_empty() || measured.is_anything());
        order::sort(&mut rows, &question);
        let total_rows = rows.len();
        let page: Vec<_> = rows.into_iter().skip(question.offset).take(question.limit).collect();

        let results = match &query["include"]["comparisons"] {
            Value::Null => page.iter().map(|(key, measured)| row(&key.labels(), &measured.reported())).collect(),
            wish => {
                let other = comparison::other_period(wish, &period, now, self.calendar);
                self.compare(&page, &question, &period, &other)
            }
        };
        let time_labels = question.time_dimension().map(|dimension| time::labels(dimension, &period, self.calendar));
        Recounted { results, total_rows, time_labels }
    }

    fn count(
        &self,
        dimensions: &[String],
        goals: &[Goal],
        keeps: &dyn Fn(&PlainHit, &Visit) -> bool,
        period: &Period,
    ) -> BTreeMap<Key, Tally<'_>> {
        tally::tally(&self.formed.visits, &Counting { dimensions, goals, keeps, period, calendar: self.calendar })
    }

    /// All rows of a period with their metrics, in no order.
    fn measure(&self, question: &Question, period: &Period) -> Vec<(Key, Measured)> {
        let keeps = |hit: &PlainHit, visit: &Visit| question.filter.keeps(hit, visit);
        let in_audience = |hit: &PlainHit, visit: &Visit| question.filter.keeps_in_audience(hit, visit);
        let visitors = |tally: &Tally| Sums::of(tally).visitors;
        let nobody = BTreeMap::new;
        let everybody = if question.measures(&["percentage"]) { self.count(&[], &[], &keeps, period) } else { nobody() };
        let audience = if question.measures(&["conversion_rate"]) { self.count(&[], &[], &in_audience, period) } else { nobody() };
        let shared = shared(&question.dimensions);
        let groups = if question.measures(&["group_conversion_rate"]) { self.count(&shared, &[], &in_audience, period) } else { nobody() };

        let measured = |(key, tally): (Key, Tally)| {
            let basis = Basis {
                sums: Sums::of(&tally),
                currency: self.currency(question, &key),
                everybody: everybody.values().map(visitors).sum(),
                audience: audience.values().map(visitors).sum(),
                group: groups.get(&key.only(&question.dimensions, &shared)).map_or(0, visitors),
                takings: tally.takings,
            };
            (key, Measured::of(&question.metrics, &basis))
        };
        self.count(&question.dimensions, &self.goals_of(question), &keeps, period).into_iter().map(measured).collect()
    }

    /// The goals that have a row.
    fn goals_of(&self, question: &Question) -> Vec<Goal> {
        let asked = question.filter.goals_asked_for();
        let has_a_row = |goal: &&Goal| asked.as_ref().is_none_or(|names| names.contains(&goal.name));
        self.names.goals.iter().filter(has_a_row).cloned().collect()
    }

    /// The currency a row is of, where rows are by currency; else that of its goal; without rows of goals, that of all goals asked for.
    fn currency(&self, question: &Question, key: &Key) -> Option<String> {
        let by_currency = question.dimensions.iter().position(|dimension| dimension == "event:currency");
        if let Some(code) = by_currency.map(|at| key.0[at].label()).filter(|code| *code != "(none)") {
            return Some(code.to_owned());
        }
        if let Some(at) = question.goal_at() {
            return self.names.currency(key.0[at].label());
        }
        let mut currencies = question.filter.goals_asked_for()?.into_iter().map(|name| self.names.currency(&name));
        let first = currencies.next()??;
        currencies.all(|other| other.as_ref() == Some(&first)).then_some(first)
    }

    /// Puts beside each row the same row of another period.
    fn compare(&self, page: &[(Key, Measured)], question: &Question, period: &Period, other: &Period) -> Vec<Value> {
        let counterparts = Counterparts::of(&question.dimensions, period, other, self.calendar);
        let other_rows: BTreeMap<_, _> =
            self.measure(question, other).into_iter().map(|(key, measured)| (key.labels(), measured)).collect();
        let nothing = |key: &Key| Measured::of(&question.metrics, &Basis { currency: self.currency(question, key), ..Basis::default() });
        page.iter()
            .map(|(key, new)| {
                let labels = counterparts.labels(key);
                let nothing = nothing(key);
                let old = other_rows.get(&labels).unwrap_or(&nothing);
                let mut row = row(&key.labels(), &new.reported());
                row["comparison"] = json!({"dimensions": labels, "metrics": old.reported(), "change": new.change_from(old)});
                row
            })
            .collect()
    }
}

/// The dimensions that the audience has too.
fn shared(dimensions: &[String]) -> Vec<String> {
    let of_converting =
        |dimension: &&String| !matches!(dimension.as_str(), "event:goal" | "event:currency") && !dimension.starts_with("event:props:");
    dimensions.iter().filter(of_converting).cloned().collect()
}

fn row(dimensions: &[Option<String>], metrics: &[Value]) -> Value {
    json!({"dimensions": dimensions, "metrics": metrics})
}
