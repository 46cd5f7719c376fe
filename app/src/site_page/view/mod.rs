//! The site page as HTML.

mod chart;
mod chips;
mod foot;
mod headline;
mod panel;
mod picker;

use super::table::{heading, table_rows};
use super::{Period, SitePage};
use crate::components::{document, mark, notice, site_menu};
use crate::islands::{AgoStart, LiveCount, LiveCountStart};
use crate::render::render as to_html;
use crate::routes;
use leptos::prelude::*;

/// The site page.
pub fn render(page: &SitePage) -> String {
    to_html(|| {
        provide_context(LiveCountStart(page.current));
        provide_context(AgoStart {
            at: page.report.freshness.complete_until.clone(),
            text: foot::clock(&page.report.freshness.complete_until).to_owned(),
        });
        let empty = page.report.first_date.is_none();
        let body = view! {
            {bar(page).into_any()}
            <main class="wrap" id="main">
                <h1 class="unseen">{format!("{}: {}", page.domain, page.state.period.label(page.report.today))}</h1>
                {notice(&page.notice)}
                {foot::late(&page.report.freshness)}
                {nobody_then(page)}
                {if empty { nobody_yet(page).into_any() } else { numbers(page).into_any() }}
            </main>
            {foot::foot(page).into_any()}
        };
        document(&page.frame, page.domain.clone(), "", body)
    })
}

fn bar(page: &SitePage) -> impl IntoView + use<> {
    let home = if page.frame.user.is_some() { routes::SITES } else { "/" };
    view! {
        <header class="top">
            <div class="wrap bar">
                <a class="brand" href=home aria-label="Footfall">{mark(22)}</a>
                {site_menu(&page.frame, &page.domain, page.may_change)}
                <p class="live" data-url=routes::current(&page.domain)><span class="dot"></span><LiveCount/></p>
                <span class="bar__space"></span>
                {(page.report.first_date.is_some()).then(|| (picker::compare(page), picker::period(page)))}
            </div>
            {chips::chips(page)}
        </header>
    }
}

fn numbers(page: &SitePage) -> impl IntoView + use<> {
    let headlines = page.report.headlines.iter().map(|number| headline::headline(page, number)).collect_view();
    let panels = page.report.panels.iter().map(|list| panel::panel(page, list).into_any()).collect_view();
    let heading = heading(&page.report.chart);
    view! {
        <section class="card" aria-label="Numbers">
            <nav class="headlines" aria-label="Numbers of the period; each shows itself in the chart">{headlines}</nav>
            {chart::chart(page, heading, table_rows(&page.report.chart)).into_any()}
        </section>
        <div class="panels">{panels}</div>
    }
}

/// A period without anybody, on a site that has had visitors: the way to where they are.
fn nobody_then(page: &SitePage) -> Option<impl IntoView + use<>> {
    let nobody = page.report.headlines.iter().all(|number| number.value == 0.0);
    let elsewhere = page.report.first_date.is_some() && page.state.period != Period::All;
    let filtered = !page.state.filters.is_empty();
    (nobody && elsewhere && !filtered).then(|| {
        let all = page.state.with_period(Period::All).href(&page.domain);
        view! { <p class="notice">"Nobody was here in this period. "<a class="way" href=all>"See all time"</a></p> }
    })
}

/// Before the first hit.
fn nobody_yet(page: &SitePage) -> impl IntoView + use<> {
    let way = page.may_change.then(|| {
        view! { <a class="button button--main" href=routes::install(&page.domain)>"Put in the snippet"</a> }
    });
    view! {
        <section class="card blank">
            <div class="blank__mark">{mark(48)}</div>
            <h2>"Nobody was here yet"</h2>
            <p>"The first visit shows up here within two seconds."</p>
            {way}
        </section>
    }
}
