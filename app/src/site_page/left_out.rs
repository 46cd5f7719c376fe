//! Money that is in no number: said beside the number, or it would be taken for all there is.

use crate::words::SiteWords;
use footfall_domain::Metric;
use footfall_query::Report;

/// What of money is not in a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LeftOut {
    /// Hits that brought another currency than their goal's.
    OtherCurrencies,
    /// All of it: several currencies are not added up.
    SeveralCurrencies,
}

impl LeftOut {
    /// What a report leaves out of a metric.
    pub fn of_metric(report: &Report, metric: Metric) -> Option<Self> {
        report.meta.warnings.iter().find(|warning| warning.metric == metric).map(|warning| Self::of_code(warning.code))
    }

    /// What a report leaves out of any of its metrics.
    pub fn of(report: &Report) -> Option<Self> {
        report.meta.warnings.first().map(|warning| Self::of_code(warning.code))
    }

    fn of_code(code: &str) -> Self {
        if code == "no_single_revenue_currency" { LeftOut::SeveralCurrencies } else { LeftOut::OtherCurrencies }
    }

    /// A few words, for beside a number.
    pub fn short(self, words: &SiteWords) -> &'static str {
        match self {
            LeftOut::OtherCurrencies => words.other_currencies,
            LeftOut::SeveralCurrencies => words.several_currencies,
        }
    }

    /// The same in a sentence.
    pub fn long(self, words: &SiteWords) -> &'static str {
        match self {
            LeftOut::OtherCurrencies => words.other_currencies_why,
            LeftOut::SeveralCurrencies => words.several_currencies_why,
        }
    }
}
