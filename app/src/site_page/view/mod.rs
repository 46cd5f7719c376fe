//! The site page as HTML.

mod bar;
mod chart;
mod chips;
mod compare;
mod filter_menu;
mod foot;
mod headline;
mod keys;
mod period;
mod sheet;

pub use bar::bar;
pub use keys::{key, keys};

use super::table::{heading, table_rows};
use super::{PageMetric, Period, SitePage};
use crate::components::{document, mark, notice};
use crate::islands::{AgoStart, LiveCountStart};
use crate::panels::view::{Around, panel};
use crate::realtime::{RealtimePart, realtime};
use crate::render::render as to_html;
use crate::routes;
use leptos::prelude::*;

/// The site page.
pub fn render(page: &SitePage) -> String {
    to_html(|| {
        provide_context(page.frame.lang);
        provide_context(LiveCountStart(page.current));
        provide_context(AgoStart {
            at: page.report.freshness.complete_until.clone(),
            text: foot::clock(&page.report.freshness.complete_until).to_owned(),
        });
        let empty = page.report.first_date.is_none();
        let heading = format!("{}: {}", page.domain, page.state.period.label(page.report.today, page.frame.lang));
        // While a form lies over the page, what is under it cannot be reached.
        let covered = page.report.sheet.is_some();
        let body = view! {
            {bar(page).into_any()}
            <main class="wrap" id="main" inert=covered>
                <h1 class="unseen">{heading}</h1>
                {notice(&page.notice)}
                {ignored(page)}
                {foot::late(&page.report.freshness, page.frame.lang)}
                {nobody_then(page)}
                {if empty { nobody_yet(page).into_any() } else { now(page).unwrap_or_else(|| numbers(page).into_any()) }}
            </main>
            {foot::foot(page).into_any()}
            {sheet::sheet(page)}
            {keys(page.frame.lang)}
        };
        document(&page.frame, page.domain.clone(), "", body)
    })
}

/// The last half hour, where the page is about that.
fn now(page: &SitePage) -> Option<AnyView> {
    let report = page.report.realtime.as_ref()?;
    Some(realtime(&RealtimePart { around: Around::of(page), current: page.current, report }).into_any())
}

fn numbers(page: &SitePage) -> impl IntoView + use<> {
    let words = &page.frame.words().site;
    let headlines = page.report.headlines.iter().map(|number| headline::headline(page, number)).collect_view();
    let many = page.report.headlines.len() > 6;
    let few = page.report.headlines.len() < 6;
    let panels = page.report.panels.iter().map(|list| panel(Around::of(page), list)).collect_view();
    let chart = &page.report.chart;
    let heading = heading(chart, label(page, chart.metric), page.frame.lang);
    view! {
        <section class="card" aria-label=words.numbers>
            <nav class="headlines" class:headlines--many=many class:headlines--few=few aria-label=words.headlines>{headlines}</nav>
            {chart::chart(page, heading, table_rows(chart, page.frame.lang)).into_any()}
        </section>
        <div class="panels">{panels}</div>
    }
}

/// What a metric is called on this page.
fn label(page: &SitePage, metric: PageMetric) -> &'static str {
    let goals = page.report.headlines.iter().any(|number| number.metric == PageMetric::ConversionRate);
    metric.label(&page.frame.words().site.metrics, goals)
}

/// What a filter says: `Source is Google or Bing`.
fn filter_words(page: &SitePage, filter: &super::Filter) -> (String, &'static str, String) {
    super::filter_words(filter, &page.report.names, page.frame.lang)
}

/// A word about what the address says and nobody understands.
fn ignored(page: &SitePage) -> Option<impl IntoView + use<>> {
    (!page.ignored.is_empty()).then(|| {
        let text = (page.frame.words().site.ignored)(&page.ignored.join(", "));
        view! { <p class="notice" role="status">{text}</p> }
    })
}

/// A period without anybody, on a site that has had visitors: the way to where they are.
fn nobody_then(page: &SitePage) -> Option<impl IntoView + use<>> {
    let words = &page.frame.words().site;
    let nobody = page.report.headlines.iter().all(|number| number.value.unwrap_or(0.0) == 0.0);
    let filtered = !page.state.filters.is_empty();
    let elsewhere = page.state.period != Period::All;
    let nobody = nobody && page.report.realtime.is_none();
    (nobody && page.report.first_date.is_some() && (filtered || elsewhere)).then(|| {
        let unfiltered = filtered.then(|| {
            let href = page.state.without_filters().href(&page.domain);
            view! { <a class="way" href=href>{words.see_unfiltered}</a>" " }
        });
        let all = elsewhere.then(|| {
            let href = page.state.with_period(Period::All).href(&page.domain);
            view! { <a class="way" href=href>{words.see_all_time}</a> }
        });
        let said = if filtered { words.nobody_such } else { words.nobody_then };
        view! { <p class="notice">{said}" "{unfiltered}{all}</p> }
    })
}

/// Before the first hit.
fn nobody_yet(page: &SitePage) -> impl IntoView + use<> {
    let words = &page.frame.words().site;
    let way = page.may_change.then(|| {
        view! { <a class="button button--main" href=routes::install(&page.domain)>{words.put_in_snippet}</a> }
    });
    view! {
        <section class="card blank">
            <div class="blank__mark">{mark(48)}</div>
            <h2>{words.nobody_yet}</h2>
            <p>{words.nobody_yet_hint}</p>
            {way}
        </section>
    }
}
