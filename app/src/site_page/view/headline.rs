//! A headline number: a link that shows it in the chart.

use super::super::{Headline, SitePage};
use crate::format;
use crate::words::Lang;
use leptos::prelude::*;

/// The number, and how it changed.
pub fn headline(page: &SitePage, number: &Headline) -> impl IntoView + use<> {
    let lang = page.frame.lang;
    let metric = number.metric;
    let text = |value: f64| metric.text(value, number.currency, lang);
    let value = number.value.map_or("–".to_owned(), |value| metric.short(value, number.currency, lang));
    let title = number.before.map(|before| (page.frame.words().site.before)(&text(before)));
    let chosen = (page.report.chart.metric == metric).then_some("true");
    view! {
        <a class="headline" href=page.state.with_metric(metric).href(&page.domain) aria-current=chosen title=title>
            <span class="headline__label">{super::label(page, metric)}</span>
            <span class="headline__value">{value}</span>
            {change(number, lang)}
            {number.left_out.map(|left_out| view! { <span class="headline__note">{left_out.short(&lang.words().site)}</span> })}
        </a>
    }
}

/// How a number changed: an arrow and whole percent, green or rust.
pub fn change(number: &Headline, lang: Lang) -> impl IntoView + use<> {
    let words = &lang.words().site;
    let Some(percent) = number.change else {
        let new = number.before == Some(0.0) && number.value.unwrap_or(0.0) > 0.0;
        return view! { <span class="change change--words">{if new { words.nothing_before } else { "" }}</span> }.into_any();
    };
    let good = (percent > 0) == number.metric.more_is_better();
    let (class, sign, word) = match percent {
        0 => ("change", "", words.unchanged),
        1.. => (if good { "change good" } else { "change bad" }, "▲ ", words.up),
        _ => (if good { "change good" } else { "change bad" }, "▼ ", words.down),
    };
    let text = format::percent(percent.saturating_abs() as f64, lang);
    view! { <span class=class><span aria-hidden="true">{sign}</span><span class="unseen">{word}</span>{text}</span> }.into_any()
}
