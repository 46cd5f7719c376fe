//! The chart of a page as a picture: what it says about itself.

use super::{Picture, picture};
use crate::format;
use crate::site_page::{Asker, Names, PageMetric, PageState, chart_alone, filter_words};
use footfall_query::RunError;

/// The chart of a page, as SVG. It says what it shows: a picture is passed on without the page around it.
///
/// # Errors
/// The numbers could not be read.
pub async fn drawn(asker: &Asker<'_>, state: &PageState) -> Result<String, RunError> {
    let chart = chart_alone(asker, state).await?;
    let today = asker.context.calendar.moment(asker.context.now).date;
    let span = state.period.span(today, asker.view.first_date);
    let names = Names::of(asker.site);
    let filters = state.filters.iter().map(|filter| {
        let (subject, operator, values) = filter_words(filter, &names, asker.lang);
        format!("{subject} {operator} {values}")
    });
    let what = Picture {
        chart: &chart,
        domain: &asker.context.site.domain,
        period: &format::range(span.from, span.end, today, asker.lang),
        of_goals: PageMetric::shown(&state.filters, false).contains(&PageMetric::ConversionRate),
        filters: &filters.collect::<Vec<_>>(),
    };
    Ok(picture(&what, asker.lang))
}
