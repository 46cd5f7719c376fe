//! Headline numbers: one alone with a line of it over time, or all of them.

use super::super::WidgetPage;
use super::head;
use crate::chart::spark;
use crate::site_page::{Chart, Headline, change};
use leptos::prelude::*;

/// How high the line is, pixels.
const SPARK: i32 = 56;

/// One number.
pub fn number(page: &WidgetPage, headline: Option<&Headline>, chart: &Chart) -> impl IntoView + use<> {
    let values: Vec<f64> = chart.points.iter().map_while(|point| point.value).collect();
    let line = (values.len() > 1).then(|| spark("fill", &values, chart.open, SPARK));
    view! {
        {head(page)}
        {headline.map(|headline| value(page, headline))}
        {line.map(|svg| view! { <div class="spark" inner_html=svg></div> })}
    }
}

/// All of them.
pub fn numbers(page: &WidgetPage, headlines: &[Headline]) -> impl IntoView + use<> {
    let words = &page.words().site.metrics;
    let one = |headline: &Headline| {
        view! { <div class="number"><dt>{headline.metric.label(words, false)}</dt><dd>{value(page, headline)}</dd></div> }
    };
    view! { {head(page)}<dl class="numbers">{headlines.iter().map(one).collect_view()}</dl> }
}

/// The number, and how it changed.
pub fn value(page: &WidgetPage, headline: &Headline) -> impl IntoView + use<> {
    let lang = page.state.lang;
    let text = headline.value.map_or("–".to_owned(), |value| headline.metric.short(value, headline.currency, lang));
    view! { <p class="value"><b>{text}</b>" "{change(headline, lang)}</p> }
}
