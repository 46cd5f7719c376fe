//! A test of texts, evaluated once per distinct text.

use crate::TextTest;
use footfall_domain::{Sym, Values};
use regex::Regex;

/// A test with its answers so far.
pub(crate) struct Memo {
    test: Ready,
    answers: Vec<Known>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    Not,
    False,
    True,
}

/// A test with the case of its values settled.
enum Ready {
    Is { values: Vec<String>, ignore_case: bool },
    Contains { values: Vec<String>, ignore_case: bool },
    Matches(Vec<Regex>),
}

impl Memo {
    pub fn new(test: &TextTest, texts: usize) -> Self {
        let test = match test {
            TextTest::Is { values, ignore_case } => Ready::Is { values: cased(values, *ignore_case), ignore_case: *ignore_case },
            TextTest::Contains { values, ignore_case } => {
                Ready::Contains { values: cased(values, *ignore_case), ignore_case: *ignore_case }
            }
            TextTest::Matches(expressions) => Ready::Matches(expressions.clone()),
        };
        Self { test, answers: vec![Known::Not; texts] }
    }

    pub fn holds(&mut self, value: Sym, values: &Values) -> bool {
        let answer = &mut self.answers[value.0 as usize];
        if *answer == Known::Not {
            *answer = if self.test.holds(values.text(value)) { Known::True } else { Known::False };
        }
        *answer == Known::True
    }
}

impl Ready {
    fn holds(&self, text: &str) -> bool {
        match self {
            Self::Is { values, ignore_case: false } => values.iter().any(|value| value == text),
            Self::Is { values, ignore_case: true } => contains(values, &text.to_lowercase(), |text, value| text == value),
            Self::Contains { values, ignore_case: false } => contains(values, text, |text, value| text.contains(value)),
            Self::Contains { values, ignore_case: true } => contains(values, &text.to_lowercase(), |text, value| text.contains(value)),
            Self::Matches(expressions) => expressions.iter().any(|expression| expression.is_match(text)),
        }
    }
}

fn contains(values: &[String], text: &str, test: impl Fn(&str, &str) -> bool) -> bool {
    values.iter().any(|value| test(text, value))
}

fn cased(values: &[String], ignore_case: bool) -> Vec<String> {
    values.iter().map(|value| if ignore_case { value.to_lowercase() } else { value.clone() }).collect()
}
