//! From the address of a widget to its numbers.

use super::{Shown, Widget, WidgetState};
use crate::panels::Panel;
use crate::site_page::{Asker, PageState, headline_and_chart, headlines_alone, list_alone};
use footfall_query::RunError;

/// Asks what a widget shows, and nothing else. `page` is [`WidgetState::page_state`], narrowed by what holds for this
/// reader; `now`, how many visitors are there now, is awaited by the pill alone.
///
/// # Errors
/// The numbers could not be read.
pub async fn load(
    asker: &Asker<'_>,
    widget: Widget,
    state: &WidgetState,
    page: &PageState,
    now: impl Future<Output = Result<i64, RunError>>,
) -> Result<Shown, RunError> {
    Ok(match widget {
        Widget::Number(_) => {
            let (headline, chart) = headline_and_chart(asker, page, false).await?;
            Shown::Number(headline, chart)
        }
        Widget::Numbers => Shown::Numbers(headlines_alone(asker, page).await?),
        Widget::Chart => {
            let (headline, chart) = headline_and_chart(asker, page, true).await?;
            let today = asker.context.calendar.moment(asker.context.now).date;
            Shown::Chart(headline, chart, page.period.span(today, asker.view.first_date))
        }
        Widget::Map => Shown::List(list_alone(asker, page, Panel::Places, 1).await?),
        Widget::List(panel, _) => Shown::List(list_alone(asker, page, panel, usize::from(state.limit)).await?),
        Widget::Live => Shown::Live(now.await?),
    })
}
