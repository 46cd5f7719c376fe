//! A number over time, beside the period before.

use super::super::WidgetPage;
use super::{head, number};
use crate::format;
use crate::site_page::{Chart, Headline, Span, chart_heading, picture};
use leptos::prelude::*;

/// The chart, and what its lines are.
pub fn chart(page: &WidgetPage, headline: Option<&Headline>, chart: &Chart, span: Span) -> impl IntoView + use<> {
    let lang = page.state.lang;
    let words = &page.words().chart;
    let now = format::range(span.from, span.end, page.today, lang);
    let before = chart.compared_with.clone().map(|with| view! { <span class="key key--before">{with}</span> });
    let open = chart.open.then(|| view! { <span class="key key--open">{chart.interval.words(words).so_far}</span> });
    let picture = picture(chart, &chart_heading(chart, &page.name(), lang), lang);
    view! {
        {head(page)}
        {headline.map(|headline| number::value(page, headline))}
        <p class="legend"><span class="key">{now}</span>{before}{open}</p>
        <div class="chart" inner_html=picture></div>
    }
}
