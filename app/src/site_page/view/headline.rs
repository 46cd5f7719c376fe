//! A headline number: a link that shows it in the chart.

use super::super::{Headline, SitePage};
use crate::format;
use leptos::prelude::*;

/// The number, and how it changed.
pub fn headline(page: &SitePage, number: &Headline) -> impl IntoView + use<> {
    let metric = number.metric;
    let value = if metric.text(number.value).len() > 10 { format::compact(number.value) } else { metric.text(number.value) };
    let title = number.before.map(|before| format!("before: {}", metric.text(before)));
    let chosen = (page.state.metric == metric).then_some("true");
    view! {
        <a class="headline" href=page.state.with_metric(metric).href(&page.domain) aria-current=chosen title=title>
            <span class="headline__label">{metric.label()}</span>
            <span class="headline__value">{value}</span>
            {change(number)}
        </a>
    }
}

fn change(number: &Headline) -> impl IntoView + use<> {
    let Some(percent) = number.change else {
        let words = number.before.map(|before| if before == 0.0 && number.value > 0.0 { "nothing before" } else { "" });
        return view! { <span class="change change--words">{words.unwrap_or_default()}</span> }.into_any();
    };
    let good = (percent > 0) == number.metric.more_is_better();
    let (class, sign, word) = match percent {
        0 => ("change", "", "unchanged, "),
        1.. => (if good { "change good" } else { "change bad" }, "▲ ", "up "),
        _ => (if good { "change good" } else { "change bad" }, "▼ ", "down "),
    };
    let text = format!("{}%", format::count(percent.abs()));
    view! { <span class=class><span aria-hidden="true">{sign}</span><span class="unseen">{word}</span>{text}</span> }.into_any()
}
