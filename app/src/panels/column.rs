//! The columns of a list.

use super::numbers as format;
use crate::words::{Lang, Words};
use footfall_domain::{Currency, Metric};

/// A column of numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Column {
    /// A number of the query.
    Of(Metric),
    /// Visitors, where a goal is asked about: those who reached it.
    Conversions,
    /// Visits that began on the page.
    Entrances,
    /// Visits that ended on the page.
    Exits,
    /// Requests of machines.
    Views,
    /// Their share of all requests.
    ViewShare,
}

impl Column {
    /// The metric behind it; the machines' have none.
    pub fn metric(self) -> Option<Metric> {
        match self {
            Column::Of(metric) => Some(metric),
            Column::Conversions => Some(Metric::Visitors),
            Column::Entrances | Column::Exits => Some(Metric::Visits),
            Column::Views | Column::ViewShare => None,
        }
    }

    /// Whether it stands beside another number and says how large that is: narrower and quieter.
    pub fn is_share(self) -> bool {
        matches!(self, Column::ViewShare | Column::Of(Metric::Percentage | Metric::ConversionRate | Metric::GroupConversionRate))
    }

    /// Whether it is an amount of money: it says nothing without a currency.
    pub fn is_money(self) -> bool {
        matches!(self, Column::Of(Metric::TotalRevenue | Metric::AverageRevenue))
    }

    /// Its name in the address, for sorting.
    pub fn name(self) -> &'static str {
        match self {
            Column::ViewShare => "view_share",
            _ => self.metric().map_or("views", footfall_query::metric::name),
        }
    }

    /// Its head.
    pub fn label(self, words: &'static Words) -> &'static str {
        let (panels, more) = (&words.panels, &words.details.columns);
        match self {
            Column::Of(metric) => match metric {
                Metric::Visitors => panels.visitors,
                Metric::Visits => more.visits,
                Metric::Pageviews => more.pageviews,
                Metric::ViewsPerVisit => more.views_per_visit,
                Metric::BounceRate => more.bounce_rate,
                Metric::VisitDuration => more.visit_duration,
                Metric::Events => panels.times,
                Metric::ScrollDepth => more.scroll_depth,
                Metric::TimeOnPage => more.time_on_page,
                Metric::Percentage => panels.share,
                Metric::ConversionRate | Metric::GroupConversionRate => panels.rate,
                Metric::TotalRevenue => more.revenue,
                Metric::AverageRevenue => more.average_revenue,
            },
            Column::Conversions => panels.conversions,
            Column::Entrances => more.entrances,
            Column::Exits => more.exits,
            Column::Views => panels.views,
            Column::ViewShare => panels.share,
        }
    }

    /// The same where the head is a sign: what it stands for.
    pub fn long_label(self, words: &'static Words) -> Option<&'static str> {
        match self {
            Column::Of(Metric::Percentage) => Some(words.panels.share_long),
            Column::Of(Metric::ConversionRate | Metric::GroupConversionRate) => Some(words.panels.rate_long),
            _ => None,
        }
    }

    /// A value of it; nothing is a dash.
    pub fn text(self, value: Option<f64>, currency: Option<Currency>, lang: Lang) -> String {
        let Some(value) = value else { return "–".to_owned() };
        match self {
            Column::ViewShare => format::share(value, lang),
            Column::Of(metric) => match metric {
                Metric::Percentage => format::share(value, lang),
                Metric::ConversionRate | Metric::GroupConversionRate => format::rate(value, lang),
                Metric::BounceRate | Metric::ScrollDepth => format::percent(value, lang),
                Metric::VisitDuration | Metric::TimeOnPage => format::duration(value, lang),
                Metric::ViewsPerVisit => format::decimal(value, lang),
                Metric::TotalRevenue | Metric::AverageRevenue => match currency {
                    Some(currency) => format::money(value, currency, lang),
                    None => "–".to_owned(),
                },
                Metric::Visitors | Metric::Visits | Metric::Pageviews | Metric::Events => format::count(value.round() as i64, lang),
            },
            Column::Conversions | Column::Entrances | Column::Exits | Column::Views => format::count(value.round() as i64, lang),
        }
    }
}
