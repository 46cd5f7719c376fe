//! Filters: one Boolean predicate on a hit and its visit (16).

use super::{PlainHit, Visit};
use regex::Regex;
use serde_json::Value;

/// A filter of the v2 schema.
pub(super) enum Filter {
    And(Vec<Filter>),
    Or(Vec<Filter>),
    Not(Box<Filter>),
    HasDone(Box<Filter>),
    Simple { dimension: String, test: Test, clauses: Vec<String>, case_sensitive: bool },
}

/// How a value is compared with a clause. One clause that fits is enough.
pub(super) enum Test {
    Is,
    Contains,
    Matches(Vec<Regex>),
}

impl Filter {
    /// Reads the list of filters of a query: all must be true.
    pub(super) fn read_all(filters: &Value) -> Filter {
        Filter::And(filters.as_array().map(|filters| filters.iter().map(Filter::read).collect()).unwrap_or_default())
    }

    fn read(filter: &Value) -> Filter {
        let not = |filter| Filter::Not(Box::new(filter));
        let inner = || Box::new(Filter::read(&filter[1]));
        let inner_list = || filter[1].as_array().expect("a list of filters").iter().map(Filter::read).collect();
        match filter[0].as_str().expect("a filter begins with its operator") {
            "and" => Filter::And(inner_list()),
            "or" => Filter::Or(inner_list()),
            "not" => Filter::Not(inner()),
            "has_done" => Filter::HasDone(inner()),
            "has_not_done" => not(Filter::HasDone(inner())),
            "is" => Filter::simple(filter, Test::Is),
            "is_not" => not(Filter::simple(filter, Test::Is)),
            "contains" => Filter::simple(filter, Test::Contains),
            "contains_not" => not(Filter::simple(filter, Test::Contains)),
            "matches" => Filter::simple(filter, Test::matches(filter)),
            "matches_not" => not(Filter::simple(filter, Test::matches(filter))),
            other => panic!("no filter operator '{other}'"),
        }
    }

    fn simple(filter: &Value, test: Test) -> Filter {
        Filter::Simple {
            dimension: filter[1].as_str().expect("a dimension").to_owned(),
            test,
            clauses: clauses(filter),
            case_sensitive: filter[3]["case_sensitive"].as_bool().unwrap_or(true),
        }
    }

    /// Whether it is true for a hit of a visit.
    pub(super) fn keeps(&self, hit: &PlainHit, visit: &Visit) -> bool {
        match self {
            Filter::And(filters) => filters.iter().all(|filter| filter.keeps(hit, visit)),
            Filter::Or(filters) => filters.iter().any(|filter| filter.keeps(hit, visit)),
            Filter::Not(filter) => !filter.keeps(hit, visit),
            Filter::HasDone(filter) => visit.doings().iter().any(|done| filter.keeps(done, visit)),
            Filter::Simple { dimension, test, clauses, case_sensitive } => {
                test.passes(&visit.value(hit, dimension), clauses, *case_sensitive)
            }
        }
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
