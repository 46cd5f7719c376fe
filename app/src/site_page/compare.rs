//! What the numbers are compared with.

use footfall_domain::LocalDate;
use footfall_query::{Comparison, ComparisonMode, DateRange};

/// What the numbers are compared with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Compare {
    /// Which days.
    pub against: Against,
    /// Whether they are moved so that they begin on the same day of the week.
    pub match_day_of_week: bool,
}

/// The other days.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Against {
    /// The period before, of the same length.
    #[default]
    Previous,
    /// The same days a year before.
    Year,
    /// From one date to another, both included.
    Custom(LocalDate, LocalDate),
    /// Nothing.
    Off,
}

impl Default for Compare {
    fn default() -> Self {
        Against::Previous.into()
    }
}

impl From<Against> for Compare {
    fn from(against: Against) -> Self {
        Self { against, match_day_of_week: false }
    }
}

impl Against {
    /// Its name in the address, Plausible's.
    pub fn name(self) -> &'static str {
        match self {
            Against::Previous => "previous_period",
            Against::Year => "year_over_year",
            Against::Custom(..) => "custom",
            Against::Off => "off",
        }
    }
}

impl Compare {
    /// Reads it from the address: `comparison`, `compare_from`, `compare_to`, `match_day_of_week`. `None`: it makes no
    /// sense.
    pub fn parse<'a>(get: impl Fn(&str) -> Option<&'a str>) -> Option<Self> {
        let date = |name: &str| get(name).and_then(LocalDate::parse);
        let against = match get("comparison") {
            None | Some("previous_period") => Against::Previous,
            Some("year_over_year") => Against::Year,
            Some("off") => Against::Off,
            Some("custom") => match (date("compare_from"), date("compare_to")) {
                (Some(from), Some(to)) => Against::Custom(from.min(to), from.max(to)),
                _ => return None,
            },
            Some(_) => return None,
        };
        let match_day_of_week = matches!(against, Against::Previous | Against::Year) && get("match_day_of_week") == Some("true");
        Some(Self { against, match_day_of_week })
    }

    /// How [`Compare::parse`] reads it; the usual comparison needs no word.
    pub fn pairs(self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if self.against != Against::default() {
            pairs.push(("comparison", self.against.name().to_owned()));
        }
        if let Against::Custom(from, to) = self.against {
            pairs.extend([("compare_from", from.to_string()), ("compare_to", to.to_string())]);
        }
        if self.match_day_of_week {
            pairs.push(("match_day_of_week", "true".to_owned()));
        }
        pairs
    }

    /// The same for the query room.
    pub fn comparison(self) -> Option<Comparison> {
        let mode = match self.against {
            Against::Previous => ComparisonMode::PreviousPeriod,
            Against::Year => ComparisonMode::YearOverYear,
            Against::Custom(from, to) => ComparisonMode::Custom(DateRange::Dates(from, to)),
            Against::Off => return None,
        };
        Some(Comparison { mode, match_day_of_week: self.match_day_of_week })
    }
}
