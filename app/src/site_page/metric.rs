//! The headline numbers.

use super::{Filter, Operator, Subject};
use crate::format;
use crate::words::{Lang, MetricWords};
use footfall_domain::{Currency, Dimension, Metric};

/// A headline number, and what the chart may show.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum PageMetric {
    /// Distinct visitors; with a filter on goals those who did it.
    #[default]
    Visitors,
    /// Visits.
    Visits,
    /// Page views.
    Pageviews,
    /// Mean page views of a visit.
    ViewsPerVisit,
    /// Percent of visits that bounced.
    BounceRate,
    /// Mean duration of a visit, seconds.
    VisitDuration,
    /// Mean time on the pages of the filter, seconds.
    TimeOnPage,
    /// Mean deepest scroll on them, percent.
    ScrollDepth,
    /// How often the goal was done.
    Conversions,
    /// Percent of visitors who did it.
    ConversionRate,
    /// Revenue of it.
    TotalRevenue,
    /// Mean revenue of it.
    AverageRevenue,
}

/// Of every page.
const USUAL: [PageMetric; 6] = [
    PageMetric::Visitors,
    PageMetric::Visits,
    PageMetric::Pageviews,
    PageMetric::ViewsPerVisit,
    PageMetric::BounceRate,
    PageMetric::VisitDuration,
];
/// More where single pages are asked for.
const OF_PAGES: [PageMetric; 2] = [PageMetric::TimeOnPage, PageMetric::ScrollDepth];
/// Where goals are asked for.
const OF_GOALS: [PageMetric; 3] = [PageMetric::Visitors, PageMetric::Conversions, PageMetric::ConversionRate];
/// More where one of them has a currency.
const OF_REVENUE: [PageMetric; 2] = [PageMetric::TotalRevenue, PageMetric::AverageRevenue];

/// A count of more characters than this does not fit beside five others.
const MOST_CHARACTERS: usize = 10;

impl PageMetric {
    /// All of them.
    pub const ALL: [PageMetric; 12] = [
        PageMetric::Visitors,
        PageMetric::Visits,
        PageMetric::Pageviews,
        PageMetric::ViewsPerVisit,
        PageMetric::BounceRate,
        PageMetric::VisitDuration,
        PageMetric::TimeOnPage,
        PageMetric::ScrollDepth,
        PageMetric::Conversions,
        PageMetric::ConversionRate,
        PageMetric::TotalRevenue,
        PageMetric::AverageRevenue,
    ];

    /// Those shown under these filters, in order; `revenue`: whether a goal of the site has a currency.
    pub fn shown(filters: &[Filter], revenue: bool) -> Vec<PageMetric> {
        let about = |subject: &Subject| {
            let done = |filter: &&Filter| !matches!(filter.operator, Operator::HasDone | Operator::HasNotDone);
            filters.iter().filter(done).any(|filter| filter.subject == *subject)
        };
        if about(&Subject::Goal) {
            return if revenue { [&OF_GOALS[..], &OF_REVENUE].concat() } else { OF_GOALS.to_vec() };
        }
        if about(&Subject::Value(Dimension::Page)) {
            return [&USUAL[..], &OF_PAGES].concat();
        }
        USUAL.to_vec()
    }

    /// Whether these filters show it at a site of any kind.
    pub fn may_be_shown(self, filters: &[Filter]) -> bool {
        Self::shown(filters, true).contains(&self)
    }

    /// The metric of the query.
    pub fn metric(self) -> Metric {
        match self {
            PageMetric::Visitors => Metric::Visitors,
            PageMetric::Visits => Metric::Visits,
            PageMetric::Pageviews => Metric::Pageviews,
            PageMetric::ViewsPerVisit => Metric::ViewsPerVisit,
            PageMetric::BounceRate => Metric::BounceRate,
            PageMetric::VisitDuration => Metric::VisitDuration,
            PageMetric::TimeOnPage => Metric::TimeOnPage,
            PageMetric::ScrollDepth => Metric::ScrollDepth,
            PageMetric::Conversions => Metric::Events,
            PageMetric::ConversionRate => Metric::ConversionRate,
            PageMetric::TotalRevenue => Metric::TotalRevenue,
            PageMetric::AverageRevenue => Metric::AverageRevenue,
        }
    }

    /// Its name in the address.
    pub fn name(self) -> &'static str {
        match self {
            PageMetric::Visitors => "visitors",
            PageMetric::Visits => "visits",
            PageMetric::Pageviews => "pageviews",
            PageMetric::ViewsPerVisit => "views_per_visit",
            PageMetric::BounceRate => "bounce_rate",
            PageMetric::VisitDuration => "visit_duration",
            PageMetric::TimeOnPage => "time_on_page",
            PageMetric::ScrollDepth => "scroll_depth",
            PageMetric::Conversions => "events",
            PageMetric::ConversionRate => "conversion_rate",
            PageMetric::TotalRevenue => "total_revenue",
            PageMetric::AverageRevenue => "average_revenue",
        }
    }

    /// The metric of a name in the address.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|metric| metric.name() == name)
    }

    /// What people call it; among conversions, visitors are conversions.
    pub fn label(self, words: &MetricWords, of_goals: bool) -> &'static str {
        match self {
            PageMetric::Visitors if of_goals => words.conversions,
            PageMetric::Visitors => words.visitors,
            PageMetric::Visits => words.visits,
            PageMetric::Pageviews => words.pageviews,
            PageMetric::ViewsPerVisit => words.views_per_visit,
            PageMetric::BounceRate => words.bounce_rate,
            PageMetric::VisitDuration => words.visit_duration,
            PageMetric::TimeOnPage => words.time_on_page,
            PageMetric::ScrollDepth => words.scroll_depth,
            PageMetric::Conversions => words.total_conversions,
            PageMetric::ConversionRate => words.conversion_rate,
            PageMetric::TotalRevenue => words.total_revenue,
            PageMetric::AverageRevenue => words.average_revenue,
        }
    }

    /// A value in full; `currency` is that of revenue.
    pub fn text(self, value: f64, currency: Option<Currency>, lang: Lang) -> String {
        match self {
            PageMetric::ViewsPerVisit => format::decimal(value, lang),
            PageMetric::BounceRate | PageMetric::ScrollDepth => format::percent(value, lang),
            PageMetric::ConversionRate => crate::panels::rate(value, lang),
            PageMetric::VisitDuration | PageMetric::TimeOnPage => format::duration(value, lang),
            PageMetric::TotalRevenue | PageMetric::AverageRevenue => match currency {
                Some(currency) => format::money(value, currency, lang),
                None => format::decimal(value, lang),
            },
            _ => format::count(value.round() as i64, lang),
        }
    }

    /// The same where there is little room: long counts and amounts are shortened.
    pub fn short(self, value: f64, currency: Option<Currency>, lang: Lang) -> String {
        match (self, currency) {
            (PageMetric::TotalRevenue | PageMetric::AverageRevenue, Some(currency)) => format::money_short(value, currency, lang),
            (PageMetric::Visitors | PageMetric::Visits | PageMetric::Pageviews | PageMetric::Conversions, _) => {
                match self.text(value, currency, lang) {
                    long if long.chars().count() > MOST_CHARACTERS => format::compact(value, lang),
                    fits => fits,
                }
            }
            _ => self.text(value, currency, lang),
        }
    }

    /// A value for the axis of the chart.
    pub fn tick(self, value: f64, lang: Lang) -> String {
        match self {
            PageMetric::BounceRate | PageMetric::ScrollDepth | PageMetric::ConversionRate => fine_percent(value, lang),
            PageMetric::VisitDuration | PageMetric::TimeOnPage if value == 0.0 => "0".to_owned(),
            PageMetric::VisitDuration | PageMetric::TimeOnPage => short_duration(value, lang),
            _ => format::compact(value, lang),
        }
    }

    /// Its value where nobody was there: definition 14; an amount needs somebody who pays it.
    pub fn of_nothing(self) -> Option<f64> {
        match self {
            PageMetric::TimeOnPage | PageMetric::ScrollDepth | PageMetric::TotalRevenue | PageMetric::AverageRevenue => None,
            _ => Some(0.0),
        }
    }

    /// Whether it is an amount of money: it says nothing without a currency.
    pub fn is_money(self) -> bool {
        matches!(self, PageMetric::TotalRevenue | PageMetric::AverageRevenue)
    }

    /// Whether more of it is better.
    pub fn more_is_better(self) -> bool {
        self != PageMetric::BounceRate
    }
}

/// Percent with the decimals that say something, two at most.
fn fine_percent(value: f64, lang: Lang) -> String {
    let says = |digits: &usize| (value * [1.0, 10.0][*digits]).fract().abs() < 1e-9;
    let digits = (0..2).find(says).unwrap_or(2);
    format::percent(0.0, lang).replace('0', &format::fixed(value, digits, lang))
}

/// Axis steps are round, so one unit says it: `30s`, `2m`, `1h`; `1.5m` where half steps are needed.
fn short_duration(seconds: f64, lang: Lang) -> String {
    let (scaled, unit) = match (seconds, lang) {
        (s, _) if s >= 3600.0 => (s / 3600.0, "h"),
        (s, Lang::En) if s >= 60.0 => (s / 60.0, "m"),
        (s, Lang::De) if s >= 60.0 => (s / 60.0, "min"),
        (s, _) => (s, "s"),
    };
    let digits = usize::from(scaled.fract() != 0.0);
    let gap = if lang == Lang::En { "" } else { "\u{202f}" };
    format!("{}{gap}{unit}", format::fixed(scaled, digits, lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_in_their_unit() {
        assert_eq!(PageMetric::BounceRate.text(48.0, None, Lang::En), "48%");
        assert_eq!(PageMetric::VisitDuration.text(161.0, None, Lang::En), "2m 41s");
        assert_eq!(PageMetric::ViewsPerVisit.text(2.456, None, Lang::En), "2.46");
        assert_eq!(PageMetric::VisitDuration.tick(90.0, Lang::En), "1.5m");
        assert_eq!(PageMetric::ConversionRate.text(3.26, None, Lang::En), "3.3%");
        assert_eq!(PageMetric::ConversionRate.tick(2.5, Lang::De), "2,5\u{202f}%");
        assert_eq!(PageMetric::Visitors.tick(4000.0, Lang::En), "4k");
        let euro = Currency::parse("EUR");
        assert_eq!(PageMetric::TotalRevenue.text(12_345.6, euro, Lang::De), "12.345,60\u{A0}EUR");
    }

    #[test]
    fn what_is_long_is_short_beside_others() {
        let euro = Currency::parse("EUR");
        assert_eq!(PageMetric::TotalRevenue.short(12_345.6, euro, Lang::En), "EUR\u{A0}12k");
        assert_eq!(PageMetric::Visitors.short(12_345_678.0, None, Lang::En), "12,345,678");
        assert_eq!(PageMetric::Visitors.short(123_456_789.0, None, Lang::En), "123M");
        assert_eq!(PageMetric::BounceRate.short(48.0, None, Lang::De), "48\u{202f}%");
    }

    #[test]
    fn filters_decide_what_is_shown() {
        let shown = |text: &str| PageMetric::shown(&[Filter::parse(text).expect("a filter")], false).len();
        assert_eq!(shown("is,country,DE"), 6);
        assert_eq!(shown("contains,page,/blog"), 8);
        assert_eq!(shown("is,goal,Signed up"), 3);
        assert_eq!(shown("has_not_done,goal,Signed up"), 6);
        assert_eq!(PageMetric::shown(&[Filter::is(Subject::Goal, "Sale")], true).len(), 5);
    }

    #[test]
    fn names_read_back() {
        for metric in PageMetric::ALL {
            assert_eq!(PageMetric::from_name(metric.name()), Some(metric));
        }
    }
}
