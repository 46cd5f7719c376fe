//! Filters as asked, and the predicate they are for the fold (definition 16).

use crate::{By, QueryError, country};
use footfall_domain::Dimension;
use footfall_fold::{Filter as Predicate, Target, TextTest};
use regex::{Regex, RegexBuilder};

/// The longest regular expression, bytes: room for any goal's pattern, every letter of it escaped.
pub const MAX_PATTERN_BYTES: usize = 2_000;
/// The most regular expressions of one query: each costs memory when compiled.
pub const MAX_PATTERNS: usize = 50;
/// The largest compiled regular expression, bytes.
const MAX_COMPILED_BYTES: usize = 1 << 20;

/// A condition on a hit and its visit.
#[derive(Clone, PartialEq, Debug)]
pub enum Filter {
    /// Compares one value.
    Test {
        /// How.
        op: Op,
        /// Which value; no time dimension.
        by: By,
        /// With what. One of them must do; of the `_not` operators, none may.
        values: Vec<String>,
        /// Whether `A` differs from `a`. Regular expressions always do, unless they say `(?i)`.
        case_sensitive: bool,
    },
    /// All of them.
    And(Vec<Filter>),
    /// At least one of them.
    Or(Vec<Filter>),
    /// The complement.
    Not(Box<Filter>),
    /// Visits with a pageview or custom event of which this is true.
    HasDone(Box<Filter>),
    /// Visits without one.
    HasNotDone(Box<Filter>),
    /// One of these segments of the site, by number: `["is", "segment", [1]]`.
    Segment(Vec<u64>),
    /// Hits whose page was scrolled down so many percent in its visit. Goals are made of it; the JSON has no word for it.
    Scrolled(u8),
}

/// How a value is compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Op {
    /// Is one of the values.
    Is,
    /// Is none of the values.
    IsNot,
    /// Has one of the values in it.
    Contains,
    /// Has none of the values in it.
    ContainsNot,
    /// One of the regular expressions matches somewhere.
    Matches,
    /// None of the regular expressions matches.
    MatchesNot,
}

impl Op {
    const ALL: [Op; 6] = [Op::Is, Op::IsNot, Op::Contains, Op::ContainsNot, Op::Matches, Op::MatchesNot];

    /// The name the v2 query schema gives it.
    pub fn name(self) -> &'static str {
        match self {
            Op::Is => "is",
            Op::IsNot => "is_not",
            Op::Contains => "contains",
            Op::ContainsNot => "contains_not",
            Op::Matches => "matches",
            Op::MatchesNot => "matches_not",
        }
    }

    /// The operator of a schema name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|op| op.name() == name)
    }

    /// Whether the values are regular expressions.
    pub fn is_pattern(self) -> bool {
        matches!(self, Op::Matches | Op::MatchesNot)
    }

    pub(crate) fn is_negative(self) -> bool {
        matches!(self, Op::IsNot | Op::ContainsNot | Op::MatchesNot)
    }
}

impl Filter {
    /// A test that minds upper and lower case.
    pub fn test(op: Op, by: By, values: impl IntoIterator<Item = String>) -> Self {
        Filter::Test { op, by, values: values.into_iter().collect(), case_sensitive: true }
    }

    /// Whether its regular expressions can be used. Names of goals and segments are not looked up.
    ///
    /// # Errors
    /// The first that cannot.
    pub fn check(&self) -> Result<(), QueryError> {
        match self {
            Filter::And(filters) | Filter::Or(filters) => filters.iter().try_for_each(Filter::check),
            Filter::Not(filter) | Filter::HasDone(filter) | Filter::HasNotDone(filter) => filter.check(),
            Filter::Test { op, values, .. } if op.is_pattern() => {
                values.iter().try_for_each(|pattern| compile(pattern).map(drop).map_err(|message| QueryError::new("filters", message)))
            }
            Filter::Test { .. } | Filter::Segment(_) | Filter::Scrolled(_) => Ok(()),
        }
    }

    /// The predicate for the fold; `path` is named in errors.
    pub(crate) fn predicate(&self, path: &str) -> Result<Predicate, QueryError> {
        let all = |filters: &[Filter]| filters.iter().map(|filter| filter.predicate(path)).collect::<Result<Vec<_>, _>>();
        Ok(match self {
            Filter::And(filters) => Predicate::All(all(filters)?),
            Filter::Or(filters) => Predicate::Any(all(filters)?),
            Filter::Not(filter) => not(filter.predicate(path)?),
            Filter::HasDone(filter) => Predicate::HasDone(Box::new(filter.predicate(path)?)),
            Filter::HasNotDone(filter) => not(Predicate::HasDone(Box::new(filter.predicate(path)?))),
            Filter::Segment(_) => return Err(QueryError::new(path, "segments are not known here")),
            Filter::Scrolled(percent) => Predicate::Scrolled(*percent),
            Filter::Test { op, by, values, case_sensitive } => {
                let test = text_test(*op, values, *case_sensitive, path)?;
                let predicate = test_of(by, test, path)?;
                if op.is_negative() { not(predicate) } else { predicate }
            }
        })
    }

    /// How many regular expressions it has.
    pub(crate) fn patterns(&self) -> usize {
        match self {
            Filter::Test { op, values, .. } if op.is_pattern() => values.len(),
            Filter::Test { .. } | Filter::Segment(_) | Filter::Scrolled(_) => 0,
            Filter::And(filters) | Filter::Or(filters) => filters.iter().map(Filter::patterns).sum(),
            Filter::Not(filter) | Filter::HasDone(filter) | Filter::HasNotDone(filter) => filter.patterns(),
        }
    }
}

fn not(predicate: Predicate) -> Predicate {
    Predicate::Not(Box::new(predicate))
}

pub(crate) fn text_test(op: Op, values: &[String], case_sensitive: bool, path: &str) -> Result<TextTest, QueryError> {
    Ok(match op {
        Op::Is | Op::IsNot => TextTest::Is { values: values.to_vec(), ignore_case: !case_sensitive },
        Op::Contains | Op::ContainsNot => TextTest::Contains { values: values.to_vec(), ignore_case: !case_sensitive },
        Op::Matches | Op::MatchesNot => {
            let patterns = values.iter().map(|pattern| compile(pattern).map_err(|message| QueryError::new(path, message)));
            TextTest::Matches(patterns.collect::<Result<_, _>>()?)
        }
    })
}

fn test_of(by: &By, test: TextTest, path: &str) -> Result<Predicate, QueryError> {
    let target = match by {
        By::Goal => return Err(QueryError::new(path, "goals are not known here")),
        By::Currency => return Err(QueryError::new(path, "currencies cannot be filtered; group by 'event:currency'")),
        By::Value(dimension) => Target::Dimension(*dimension),
        By::Property(name) => Target::Property(name.clone()),
        // Regions and cities are kept by name.
        By::RegionName => Target::Dimension(Dimension::Region),
        By::CityName => Target::Dimension(Dimension::City),
        By::CountryName => return Ok(country_named(&test)),
        By::Time(_) => return Err(QueryError::new(path, "time cannot be filtered; say when with date_range")),
    };
    Ok(Predicate::Test { target, test })
}

/// A test of a country's name, as a test of its code: codes without a name are their own name.
fn country_named(test: &TextTest) -> Predicate {
    let of_country = |test| Predicate::Test { target: Target::Dimension(Dimension::Country), test };
    let codes = |codes: Vec<String>| of_country(TextTest::Is { values: codes, ignore_case: false });
    let chosen = country::NAMES.iter().filter(|(_, name)| passes(test, name)).map(|(code, _)| (*code).to_owned());
    let named = country::NAMES.iter().map(|(code, _)| (*code).to_owned());
    let unnamed = Predicate::All(vec![not(codes(named.collect())), of_country(test.clone())]);
    Predicate::Any(vec![codes(chosen.collect()), unnamed])
}

/// The regular expression of a pattern in which `*` stands for any characters.
pub(crate) fn wildcard(pattern: &str) -> String {
    let mut parts = pattern.split('*').map(regex::escape).collect::<Vec<_>>();
    // Several stars in a row are one.
    let last = parts.len() - 1;
    let mut at = 0;
    parts.retain(|part| {
        at += 1;
        !part.is_empty() || at == 1 || at == last + 1
    });
    format!("(?s)^{}$", parts.join(".*"))
}

pub(crate) fn passes(test: &TextTest, text: &str) -> bool {
    let folded = |text: &str, ignore_case: bool| if ignore_case { text.to_lowercase() } else { text.to_owned() };
    match test {
        TextTest::Is { values, ignore_case } => {
            let text = folded(text, *ignore_case);
            values.iter().any(|value| folded(value, *ignore_case) == text)
        }
        TextTest::Contains { values, ignore_case } => {
            let text = folded(text, *ignore_case);
            values.iter().any(|value| text.contains(&folded(value, *ignore_case)))
        }
        TextTest::Matches(patterns) => patterns.iter().any(|pattern| pattern.is_match(text)),
    }
}

/// Compiles a regular expression within limits; the error says what to do.
pub(crate) fn compile(pattern: &str) -> Result<Regex, String> {
    if pattern.len() > MAX_PATTERN_BYTES {
        return Err(format!("this regular expression has more than {MAX_PATTERN_BYTES} bytes; write a shorter one"));
    }
    let built = RegexBuilder::new(pattern).size_limit(MAX_COMPILED_BYTES).dfa_size_limit(MAX_COMPILED_BYTES).nest_limit(50).build();
    built.map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => {
            "this regular expression is too large when compiled; write fewer or smaller repetitions".to_owned()
        }
        other => format!("this is no regular expression (RE2 syntax): {other}"),
    })
}
