//! Filters: one Boolean predicate on a hit and its visit (16; goals and segments: decision 0603).

use super::names::{Goal, Names};
use super::{PlainHit, Visit};
use regex::Regex;
use serde_json::Value;

/// A filter of the v2 schema.
pub(super) enum Filter {
    And(Vec<Filter>),
    Or(Vec<Filter>),
    Not(Box<Filter>),
    HasDone(Box<Filter>),
    /// A test of a value; `negated`: it must fail.
    Simple {
        dimension: String,
        test: Test,
        clauses: Vec<String>,
        case_sensitive: bool,
        negated: bool,
    },
    /// One of these goals: those whose names a test lets through.
    Goals(Vec<Goal>),
}

/// How a value is compared with a clause. One clause that fits is enough.
pub(super) enum Test {
    Is,
    Contains,
    Matches(Vec<Regex>),
}

impl Filter {
    /// Reads the list of filters of a query: all must be true.
    pub(super) fn read_all(filters: &Value, names: &Names) -> Filter {
        Filter::And(
            filters.as_array().map(|filters| filters.iter().map(|filter| Filter::read(filter, names)).collect()).unwrap_or_default(),
        )
    }

    fn read(filter: &Value, names: &Names) -> Filter {
        let inner = || Box::new(Filter::read(&filter[1], names));
        let inner_list = || filter[1].as_array().expect("a list of filters").iter().map(|inner| Filter::read(inner, names)).collect();
        match filter[0].as_str().expect("a filter begins with its operator") {
            "and" => Filter::And(inner_list()),
            "or" => Filter::Or(inner_list()),
            "not" => Filter::Not(inner()),
            "has_done" => Filter::HasDone(inner()),
            "has_not_done" => Filter::Not(Box::new(Filter::HasDone(inner()))),
            "is" if filter[1] == "segment" => Filter::segments(filter, names),
            "is" => Filter::simple(filter, Test::Is, false, names),
            "is_not" => Filter::simple(filter, Test::Is, true, names),
            "contains" => Filter::simple(filter, Test::Contains, false, names),
            "contains_not" => Filter::simple(filter, Test::Contains, true, names),
            "matches" => Filter::simple(filter, Test::matches(filter), false, names),
            "matches_not" => Filter::simple(filter, Test::matches(filter), true, names),
            other => panic!("no filter operator '{other}'"),
        }
    }

    fn simple(filter: &Value, test: Test, negated: bool, names: &Names) -> Filter {
        let dimension = filter[1].as_str().expect("a dimension").to_owned();
        let (clauses, case_sensitive) = (clauses(filter), filter[3]["case_sensitive"].as_bool().unwrap_or(true));
        if dimension == "event:goal" {
            let chosen = names.goals.iter().filter(|goal| test.passes(&goal.name, &clauses, case_sensitive));
            return Filter::Goals(chosen.cloned().collect());
        }
        Filter::Simple { dimension, test, clauses, case_sensitive, negated }
    }

    /// One segment is its filters, of several one is enough.
    fn segments(filter: &Value, names: &Names) -> Filter {
        let number = |id: &Value| id.as_u64().expect("a number");
        let segment = |id: &Value| Filter::read_all(&names.segments[&number(id)], names);
        let mut segments: Vec<Filter> = filter[2].as_array().expect("a list of numbers").iter().map(segment).collect();
        if segments.len() == 1 { segments.remove(0) } else { Filter::Or(segments) }
    }

    /// Whether it is true for a hit of a visit.
    pub(super) fn keeps(&self, hit: &PlainHit, visit: &Visit) -> bool {
        match self {
            Filter::And(filters) => filters.iter().all(|filter| filter.keeps(hit, visit)),
            Filter::Or(filters) => filters.iter().any(|filter| filter.keeps(hit, visit)),
            Filter::Not(filter) => !filter.keeps(hit, visit),
            Filter::HasDone(filter) => visit.doings().iter().any(|done| filter.keeps(done, visit)),
            Filter::Goals(goals) => goals.iter().any(|goal| goal.is_reached_by(hit, visit)),
            Filter::Simple { dimension, test, clauses, case_sensitive, negated } => {
                test.passes(&visit.value(hit, dimension), clauses, *case_sensitive) != *negated
            }
        }
    }

    /// The filters that must hold: those of a list, and of lists in it.
    fn must_hold(&self) -> Vec<&Filter> {
        match self {
            Filter::And(filters) => filters.iter().flat_map(Filter::must_hold).collect(),
            other => vec![other],
        }
    }

    /// Whether a hit is one of those who could have reached a goal: what is said of goals and properties is left out.
    pub(super) fn keeps_in_audience(&self, hit: &PlainHit, visit: &Visit) -> bool {
        self.must_hold()
            .into_iter()
            .filter(|filter| !filter.is_of_goals() && !filter.is_of_properties())
            .all(|filter| filter.keeps(hit, visit))
    }

    /// The names of goals that every filter on them which must hold lets through; `None` without such a filter.
    pub(super) fn goals_asked_for(&self) -> Option<Vec<String>> {
        let mut asked: Option<Vec<String>> = None;
        for filter in self.must_hold() {
            let Filter::Goals(goals) = filter else { continue };
            let named = |name: &String| goals.iter().any(|goal| goal.name == *name);
            let before = asked.unwrap_or_else(|| goals.iter().map(|goal| goal.name.clone()).collect());
            asked = Some(before.into_iter().filter(|name| named(name)).collect());
        }
        asked
    }

    fn is_of_goals(&self) -> bool {
        matches!(self, Filter::Goals(_))
    }

    fn is_of_properties(&self) -> bool {
        matches!(self, Filter::Simple { dimension, .. } if dimension.starts_with("event:props:"))
    }
}

impl Test {
    fn matches(filter: &Value) -> Test {
        Test::Matches(clauses(filter).iter().map(|pattern| Regex::new(pattern).expect("a regular expression")).collect())
    }

    fn passes(&self, value: &str, clauses: &[String], case_sensitive: bool) -> bool {
        let fold = |text: &str| if case_sensitive { text.to_owned() } else { text.to_lowercase() };
        match self {
            Test::Is => clauses.iter().any(|clause| fold(value) == fold(clause)),
            Test::Contains => clauses.iter().any(|clause| fold(value).contains(&fold(clause))),
            Test::Matches(patterns) => patterns.iter().any(|pattern| pattern.is_match(value)),
        }
    }
}

fn clauses(filter: &Value) -> Vec<String> {
    let text = |clause: &Value| clause.as_str().map_or_else(|| clause.to_string(), str::to_owned);
    filter[2].as_array().expect("a list of clauses").iter().map(text).collect()
}
