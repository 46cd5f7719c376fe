//! Filters of the page: one Boolean test each, all of which must hold.

use super::Subject;
use crate::words::OperatorWords;
use footfall_query::Op;
use std::collections::BTreeSet;

/// How a filter compares.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Operator {
    /// One of the values.
    Is,
    /// None of the values.
    IsNot,
    /// Holds one of the values somewhere.
    Contains,
    /// Holds none of the values.
    ContainsNot,
    /// One of the regular expressions matches.
    Matches,
    /// None of the regular expressions matches.
    MatchesNot,
    /// The visit has a hit with one of the values.
    HasDone,
    /// The visit has no hit with one of the values.
    HasNotDone,
}

/// One test.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Filter {
    /// What is compared.
    pub subject: Subject,
    /// How.
    pub operator: Operator,
    /// With what; sorted, at least one.
    pub values: Vec<String>,
    /// Whether `A` is `a`.
    pub ignore_case: bool,
}

/// The most values of one filter.
pub const MOST_VALUES: usize = 100;
/// The longest value, bytes: that of a path.
const MAX_VALUE_BYTES: usize = 2_048;
/// Before the operator's name in the address, where case does not matter.
const ANY_CASE: char = '~';

impl Operator {
    /// All of them, in the order they are offered.
    pub const ALL: [Operator; 8] = [
        Operator::Is,
        Operator::IsNot,
        Operator::Contains,
        Operator::ContainsNot,
        Operator::Matches,
        Operator::MatchesNot,
        Operator::HasDone,
        Operator::HasNotDone,
    ];

    /// Its name in the query, and in the address.
    pub fn name(self) -> &'static str {
        match self {
            Operator::Is => "is",
            Operator::IsNot => "is_not",
            Operator::Contains => "contains",
            Operator::ContainsNot => "contains_not",
            Operator::Matches => "matches",
            Operator::MatchesNot => "matches_not",
            Operator::HasDone => "has_done",
            Operator::HasNotDone => "has_not_done",
        }
    }

    /// How people say it.
    pub fn words(self, words: &OperatorWords) -> &'static str {
        match self {
            Operator::Is => words.is,
            Operator::IsNot => words.is_not,
            Operator::Contains => words.contains,
            Operator::ContainsNot => words.contains_not,
            Operator::Matches => words.matches,
            Operator::MatchesNot => words.matches_not,
            Operator::HasDone => words.has_done,
            Operator::HasNotDone => words.has_not_done,
        }
    }

    /// What has this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operator| operator.name() == name)
    }

    /// Whether the question makes sense: goals are done or not, segments hold or not, and only hits are done.
    pub fn suits(self, subject: &Subject) -> bool {
        match subject {
            Subject::Segment => matches!(self, Operator::Is | Operator::IsNot),
            Subject::Goal => matches!(self, Operator::Is | Operator::Contains | Operator::HasDone | Operator::HasNotDone),
            subject => subject.of_hits() || !matches!(self, Operator::HasDone | Operator::HasNotDone),
        }
    }

    /// Whether upper and lower case may be made to matter.
    pub fn has_case(self) -> bool {
        !matches!(self, Operator::Matches | Operator::MatchesNot)
    }

    fn op(self) -> Op {
        match self {
            Operator::Is | Operator::HasDone | Operator::HasNotDone => Op::Is,
            Operator::IsNot => Op::IsNot,
            Operator::Contains => Op::Contains,
            Operator::ContainsNot => Op::ContainsNot,
            Operator::Matches => Op::Matches,
            Operator::MatchesNot => Op::MatchesNot,
        }
    }
}

impl Filter {
    /// The filter a row of a panel stands for: `Filter::is(Dimension::Source, "Google")`.
    pub fn is(subject: impl Into<Subject>, value: &str) -> Self {
        Self { subject: subject.into(), operator: Operator::Is, values: vec![value.to_owned()], ignore_case: false }
    }

    /// A filter that makes sense, or none: values empty or too long are left out, the rest sorted.
    pub fn new(subject: Subject, operator: Operator, ignore_case: bool, values: impl IntoIterator<Item = String>) -> Option<Self> {
        let mut values: Vec<String> = values.into_iter().filter(|value| !value.is_empty() && value.len() <= MAX_VALUE_BYTES).collect();
        values.sort_unstable();
        values.dedup();
        values.truncate(MOST_VALUES);
        let numbers = subject != Subject::Segment || values.iter().all(|value| value.parse::<u64>().is_ok());
        let ignore_case = ignore_case && operator.has_case() && subject != Subject::Segment;
        let filter = Self { subject, operator, values, ignore_case };
        let sensible = !filter.values.is_empty() && numbers && operator.suits(&filter.subject);
        (sensible && filter.query_filter().check().is_ok()).then_some(filter)
    }

    /// Reads `is,source,Google`; a comma inside a value is written `%2C`, a percent sign `%25`. `~is,…` minds no case.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(',');
        let operator = parts.next()?;
        let (ignore_case, operator) = operator.strip_prefix(ANY_CASE).map_or((false, operator), |name| (true, name));
        let operator = Operator::from_name(operator)?;
        let subject = Subject::from_name(&unescape(parts.next()?))?;
        Self::new(subject, operator, ignore_case, parts.map(unescape))
    }

    /// The same, unless a value had to be left out: for what is kept, where a filter must not become another one.
    pub fn parse_whole(text: &str) -> Option<Self> {
        let filter = Self::parse(text)?;
        let said: BTreeSet<String> = text.split(',').skip(2).map(unescape).collect();
        (said.len() == filter.values.len()).then_some(filter)
    }

    /// How [`Filter::parse`] reads it.
    pub fn spell(&self) -> String {
        let case = if self.ignore_case { "~" } else { "" };
        let mut out = format!("{case}{},{}", self.operator.name(), escape(&self.subject.name()));
        for value in &self.values {
            out.push(',');
            out.push_str(&escape(value));
        }
        out
    }

    /// How many regular expressions it has.
    pub fn patterns(&self) -> usize {
        if self.operator.op().is_pattern() { self.values.len() } else { 0 }
    }

    /// The same for the query room.
    pub fn query_filter(&self) -> footfall_query::Filter {
        use footfall_query::Filter as Asked;
        let Some(by) = self.subject.by() else {
            let segment = Asked::Segment(self.values.iter().filter_map(|id| id.parse().ok()).collect());
            return if self.operator == Operator::IsNot { Asked::Not(Box::new(segment)) } else { segment };
        };
        let test = Asked::Test { op: self.operator.op(), by, values: self.values.clone(), case_sensitive: !self.ignore_case };
        match self.operator {
            Operator::HasDone => Asked::HasDone(Box::new(test)),
            Operator::HasNotDone => Asked::HasNotDone(Box::new(test)),
            _ => test,
        }
    }
}

fn escape(text: &str) -> String {
    text.replace('%', "%25").replace(',', "%2C")
}

fn unescape(text: &str) -> String {
    text.replace("%2C", ",").replace("%25", "%")
}

#[cfg(test)]
mod tests {
    use super::*;
    use footfall_domain::Dimension;

    #[test]
    fn a_filter_reads_back() {
        for value in ["Google", "a,b", "100%", "%2C", "Direct / None"] {
            let filter = Filter::is(Dimension::Source, value);
            assert_eq!(Filter::parse(&filter.spell()), Some(filter));
        }
        for text in ["has_not_done,goal,Signed up", "~contains,page,Blog", "is_not,segment,3,7", "matches,props:a%2Cb,^x$"] {
            assert_eq!(Filter::parse(text).map(|filter| filter.spell()).as_deref(), Some(text));
        }
    }

    #[test]
    fn nonsense_is_no_filter() {
        for text in [
            "",
            "is",
            "is,source",
            "is,source,",
            "like,source,a",
            "is,shoe,a",
            "matches,page,(",
            "has_done,country,DE",
            "is,segment,mine",
            "matches,goal,a",
            "~,page,a",
        ] {
            assert_eq!(Filter::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_value_left_out_is_noticed() {
        let (long, many) = ("x".repeat(MAX_VALUE_BYTES + 1), (0..=MOST_VALUES).map(|n| format!(",{n}")).collect::<String>());
        for text in ["is,page,/a,".to_owned(), format!("is,page,/a,{long}"), format!("is,page{many}"), "is,page".to_owned()] {
            assert_eq!(Filter::parse_whole(&text), None, "{text}");
        }
        let twice = Filter::parse_whole("is,page,b,a,b");
        assert_eq!(twice.map(|filter| filter.spell()).as_deref(), Some("is,page,a,b"));
    }

    #[test]
    fn case_is_nothing_to_patterns() {
        assert_eq!(Filter::parse("~matches,page,a").map(|filter| filter.spell()).as_deref(), Some("matches,page,a"));
    }
}
