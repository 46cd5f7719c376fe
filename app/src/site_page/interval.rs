//! How long one point of the chart is.

use crate::words::{ChartWords, IntervalWords};

/// How long one point of the chart is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Interval {
    /// A minute.
    Minute,
    /// An hour of the site's clock.
    Hour,
    /// A site-local day.
    Day,
    /// Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
}

impl Interval {
    /// All of them, shortest first.
    pub const ALL: [Interval; 5] = [Interval::Minute, Interval::Hour, Interval::Day, Interval::Week, Interval::Month];

    /// Its name in the address, and in a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Interval::Minute => "minute",
            Interval::Hour => "hour",
            Interval::Day => "day",
            Interval::Week => "week",
            Interval::Month => "month",
        }
    }

    /// Its words.
    pub fn words(self, words: &ChartWords) -> IntervalWords {
        match self {
            Interval::Minute => words.minute,
            Interval::Hour => words.hour,
            Interval::Day => words.day,
            Interval::Week => words.week,
            Interval::Month => words.month,
        }
    }

    /// What has this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|interval| interval.name() == name)
    }

    /// Whether a chart of so many days makes sense: neither two points nor thousands.
    pub fn suits(self, days: i32) -> bool {
        match self {
            Interval::Minute => days <= 1,
            Interval::Hour => days <= 7,
            Interval::Day => (2..=400).contains(&days),
            Interval::Week => days >= 21,
            Interval::Month => days >= 60,
        }
    }

    /// What is shown unless the address says otherwise.
    pub fn usual(days: i32) -> Self {
        match days {
            ..=2 => Interval::Hour,
            3..=100 => Interval::Day,
            101..=299 => Interval::Week,
            _ => Interval::Month,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_length_has_its_usual_interval() {
        for length in 1..2_000 {
            assert!(Interval::usual(length).suits(length), "{length}");
        }
    }
}
