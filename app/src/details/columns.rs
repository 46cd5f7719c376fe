//! The columns of a list in full.

use crate::panels::{Column, List};
use footfall_domain::{Dimension, Metric};

/// Everything that is worth saying about the rows of a list. The first orders them.
pub fn columns(list: List, about_goals: bool, money: bool) -> Vec<Column> {
    use Metric::{
        AverageRevenue, BounceRate, ConversionRate, Events, GroupConversionRate, Pageviews, Percentage, ScrollDepth, TimeOnPage,
        TotalRevenue, ViewsPerVisit, VisitDuration, Visitors, Visits,
    };
    let of = |metrics: &[Metric]| metrics.iter().copied().map(Column::Of).collect::<Vec<_>>();
    let revenue = |mut columns: Vec<Column>| {
        if money {
            columns.extend(of(&[TotalRevenue, AverageRevenue]));
        }
        columns
    };
    match list {
        List::Machines(_) => vec![Column::Views, Column::ViewShare],
        List::Goals => revenue(of(&[Visitors, Events, ConversionRate])),
        // What is done has no visitors who might have done it: the rate is of all.
        List::Property | List::Values(Dimension::Name) if about_goals => {
            revenue([vec![Column::Conversions], of(&[Events, ConversionRate])].concat())
        }
        _ if about_goals => revenue([vec![Column::Conversions], of(&[Events, GroupConversionRate])].concat()),
        List::Property | List::Values(Dimension::Name) => of(&[Visitors, Percentage, Visits, Events]),
        List::Values(Dimension::Page) => of(&[Visitors, Percentage, Visits, Pageviews, BounceRate, TimeOnPage, ScrollDepth]),
        List::Values(Dimension::Hostname) => of(&[Visitors, Percentage, Visits, Pageviews]),
        List::Values(Dimension::EntryPage) => {
            [of(&[Visitors, Percentage]), vec![Column::Entrances], of(&[ViewsPerVisit, BounceRate, VisitDuration])].concat()
        }
        List::Values(Dimension::ExitPage) => {
            [of(&[Visitors, Percentage]), vec![Column::Exits], of(&[ViewsPerVisit, BounceRate, VisitDuration])].concat()
        }
        _ => of(&[Visitors, Percentage, Visits, Pageviews, ViewsPerVisit, BounceRate, VisitDuration]),
    }
}
