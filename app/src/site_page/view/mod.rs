//! The site page as HTML.

mod bar;
mod chart;
mod chips;
mod compare;
mod filter_menu;
mod foot;
mod headline;
mod keys;
mod outside;
mod period;
mod sheet;
mod top;

pub use bar::bar;
pub use chart::picture;
pub use foot::{foot, late, provide_start};
pub use headline::change;
pub use keys::{KeysOf, key, keys};
pub use sheet::sheet;
pub use top::Top;

use super::table::{heading, table_rows};
use super::{PageMetric, Period, SitePage};
use crate::components::{document, mark, notice};
use crate::panels::plain;
use crate::panels::view::{Around, panel};
use crate::realtime::{RealtimePart, realtime};
use crate::render::render as to_html;
use crate::routes;
use leptos::prelude::*;

/// The site page.
pub fn render(page: &SitePage) -> String {
    to_html(|| {
        let top = Top::of(page);
        provide_start(&top);
        let empty = page.report.first_date.is_none();
        let heading = format!("{}: {}", page.domain, page.state.period.label(page.report.today, page.frame.lang));
        // While a form lies over the page, what is under it cannot be reached.
        let covered = top.sheet.is_some();
        let compare = compare::compare(&top).map(IntoAny::into_any);
        let body = view! {
            {bar(&top, compare, Some("/")).into_any()}
            <main class="wrap" id="main" inert=covered>
                <h1 class="unseen">{heading}</h1>
                {notice(&page.notice)}
                {ignored(&top)}
                {late(&page.report.freshness, page.frame.lang)}
                {nobody_then(page)}
                {if empty { nobody_yet(page).into_any() } else { now(page).unwrap_or_else(|| numbers(page).into_any()) }}
            </main>
            {foot(&top).into_any()}
            {sheet(&top)}
            {keys(page.frame.lang, if page.frame.outside.is_some() { KeysOf::Outside } else { KeysOf::SitePage(page.frame.sites.len() > 1) })}
        };
        document(&page.frame, page.domain.clone(), "", body)
    })
}

/// The last half hour, where the page is about that.
fn now(page: &SitePage) -> Option<AnyView> {
    let report = page.report.realtime.as_ref()?;
    Some(
        realtime(&RealtimePart { around: Around::of(page), current: page.current, at: &page.report.freshness.complete_until, report })
            .into_any(),
    )
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
            {left_out(page)}
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

/// So many things nobody understands are named, and so much of each: an address may be as long as a book.
const MOST_NAMED: usize = 10;
const MOST_CHARACTERS: usize = 120;

/// A word about what the address says and nobody understands.
pub fn ignored(top: &Top<'_>) -> Option<impl IntoView + use<>> {
    (!top.ignored.is_empty()).then(|| {
        let text = (top.words().site.ignored)(&named_shortly(top.ignored));
        view! { <p class="notice" role="status">{text}</p> }
    })
}

/// The parts of an address that nobody understands, as much of them as has room.
pub fn named_shortly(ignored: &[String]) -> String {
    let short = |text: &String| match text.char_indices().nth(MOST_CHARACTERS) {
        Some((end, _)) => format!("{}…", plain(&text[..end])),
        None => plain(text),
    };
    let mut named: Vec<String> = ignored.iter().take(MOST_NAMED).map(short).collect();
    named.extend((ignored.len() > MOST_NAMED).then(|| "…".to_owned()));
    named.join(", ")
}

/// What of the money shown is missing, in sentences.
fn left_out(page: &SitePage) -> Option<impl IntoView + use<>> {
    let said = page.report.headlines.iter().find_map(|number| number.left_out)?;
    Some(view! { <p class="headlines__note">{said.long(&page.frame.words().site)}</p> })
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
            view! { <a class="way" href=href>{words.see_unfiltered}</a>{elsewhere.then_some(" · ")} }
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
