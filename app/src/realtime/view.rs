//! The last half hour as HTML.

use super::RealtimeReport;
use crate::format;
use crate::islands::Refresh;
use crate::panels::view::{Around, panel};
use crate::render::part;
use leptos::prelude::*;

/// What the inside of the page is made from.
pub struct RealtimePart<'a> {
    /// Of whom, to whom.
    pub around: Around<'a>,
    /// Visitors of the site at this moment, whatever the filters.
    pub current: i64,
    /// Until when the numbers are complete, RFC 3339 at the site.
    pub at: &'a str,
    /// The numbers.
    pub report: &'a RealtimeReport,
}

/// The width of a minute in the picture, and of its bar.
const STEP: usize = 20;
const BAR: usize = 16;
/// The height of the picture.
const HEIGHT: i64 = 120;

/// The inside of the page, as the island asks for it.
pub fn fragment(of: &RealtimePart<'_>) -> String {
    part(|| inside(of))
}

/// The page below its head. What is in `#now` is exchanged by the island; when that fails, the island says so above it.
pub(crate) fn realtime(of: &RealtimePart<'_>) -> impl IntoView + use<> {
    let words = &of.around.words().realtime;
    let url = of.around.state.href_at(&of.around.state.door.realtime(of.around.domain), []);
    view! {
        <p class="notice notice--bad stale" id="stale" role="status" data-lost=words.lost data-signed-out=words.signed_out></p>
        <div id="now" data-url=url>{inside(of)}</div>
        <Refresh/>
    }
}

fn inside(of: &RealtimePart<'_>) -> impl IntoView + use<> {
    let panels = of.report.panels.iter().map(|list| panel(of.around, list)).collect_view();
    view! {
        <section class="card" data-at=of.at.to_owned() aria-label=of.around.words().realtime.title>
            {numbers(of).into_any()}
            {chart(of).into_any()}
        </section>
        <div class="panels">{panels}</div>
    }
}

fn numbers(of: &RealtimePart<'_>) -> impl IntoView + use<> {
    let words = &of.around.words().realtime;
    let one = |label: &'static str, value: i64, means: &'static str| {
        view! {
            <div class="headline">
                <span class="headline__label">{label}</span>
                <span class="headline__value">{format::count(value, of.around.lang)}</span>
                <span class="change change--words">{means}</span>
            </div>
        }
    };
    view! {
        <div class="headlines headlines--three">
            {one(words.current, of.report.current.unwrap_or(of.current), words.current_means)}
            {one(words.visitors, of.report.visitors, words.half_hour)}
            {one(words.pageviews, of.report.pageviews, words.half_hour)}
        </div>
    }
}

fn chart(of: &RealtimePart<'_>) -> impl IntoView + use<> {
    let words = &of.around.words().realtime;
    let lang = of.around.lang;
    let minutes = &of.report.minutes;
    let largest = minutes.iter().map(|(_, views)| *views).max().unwrap_or(0).max(1);
    let bars = minutes.iter().enumerate().map(|(at, (time, views))| {
        let height = if *views > 0 { (views * HEIGHT / largest).max(3) } else { 1 };
        let class = if *views > 0 { "minute" } else { "minute minute--none" };
        let said = (words.minute)(time, &format!("{} {}", format::count(*views, lang), words.views.of(*views)));
        view! { <rect class=class x=at * STEP + (STEP - BAR) / 2 y=HEIGHT - height width=BAR height=height><title>{said}</title></rect> }
    });
    let bars = bars.collect_view();
    let lines = minutes.iter().rev().map(|(time, views)| {
        view! { <tr><th scope="row">{time.clone()}</th><td class="num">{format::count(*views, lang)}</td></tr> }
    });
    let lines = lines.collect_view();
    let nobody = (of.report.pageviews == 0).then(|| view! { <p class="quiet">{words.nobody}</p> });
    let again = of.around.state.href(of.around.domain);
    view! {
        <div class="chart">
            <div class="legend"><span>{words.by_minute}</span>{nobody}<span class="bar__space"></span><a class="way" href=again>{words.refresh}</a></div>
            <svg class="minutes" viewBox=format!("0 0 {} {HEIGHT}", minutes.len().max(1) * STEP) preserveAspectRatio="none" role="img" aria-label=words.by_minute>{bars}</svg>
            <p class="minutes__ends" aria-hidden="true"><span>{words.begin}</span><span>{words.now}</span></p>
            <details class="chart__table" id="minutes-table">
                <summary>{words.as_table}</summary>
                <div class="scroll" tabindex="0" role="region" aria-label=words.by_minute>
                    <table class="table">
                        <thead><tr><th scope="col">{words.time}</th><th scope="col" class="num">{words.pageviews}</th></tr></thead>
                        <tbody>{lines}</tbody>
                    </table>
                </div>
            </details>
        </div>
    }
}
