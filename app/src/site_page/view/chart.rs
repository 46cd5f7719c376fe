//! The main chart: its legend, its picture, and the table behind it.

use super::super::table::{TableRow, unit};
use super::super::{Chart, Interval, SitePage};
use crate::chart::{Drawing, draw};
use crate::format;
use crate::islands::ChartTip;
use leptos::prelude::*;

/// The chart.
pub fn chart(page: &SitePage, heading: String, rows: Vec<TableRow>) -> impl IntoView + use<> {
    let picture = picture(&page.report.chart, &heading);
    view! {
        <figure class="chart">
            {legend(page)}
            <div class="chart__plot">
                <div inner_html=picture></div>
                <ChartTip/>
            </div>
            {table(&page.report.chart, heading, rows)}
        </figure>
    }
}

fn picture(chart: &Chart, heading: &str) -> String {
    let now: Vec<f64> = chart.points.iter().map_while(|point| point.value).collect();
    let before: Vec<f64> = chart.points.iter().map_while(|point| point.before).collect();
    let ticks = ticks(chart);
    draw(&Drawing {
        id: "fill",
        label: heading,
        now: &now,
        before: &before,
        open: chart.open,
        ticks: &ticks,
        unit: unit(chart.metric),
        tick: &|value| chart.metric.tick(value),
    })
}

/// Words under the axis, as many as fit: `true` for those left out on a phone.
fn ticks(chart: &Chart) -> Vec<(String, bool)> {
    let n = chart.points.len();
    let last = n.saturating_sub(1);
    let step = match (chart.interval, n) {
        (_, ..=8) => 1,
        (Interval::Day, ..=16) => 2,
        (Interval::Day, ..=60) => 7,
        (Interval::Minute | Interval::Hour, _) => (n / 6).max(1),
        _ => n.div_ceil(8),
    };
    let word = |at: usize| {
        let crowded = at != last && last - at < step.div_ceil(2);
        let said = (at.is_multiple_of(step) && !crowded) || at == last;
        if said { chart.points[at].short.clone() } else { String::new() }
    };
    (0..n).map(|at| (word(at), !(at / step).is_multiple_of(2) && at != last)).collect()
}

fn legend(page: &SitePage) -> impl IntoView + use<> {
    let chart = &page.report.chart;
    let now = format::range(page.report.span.from, page.report.span.end, page.report.today);
    let before = chart.compared_with.clone().map(|with| view! { <span class="key key--before">{with}</span> });
    let so_far = match chart.interval {
        Interval::Minute => "this minute so far",
        Interval::Hour => "this hour so far",
        Interval::Day => "today so far",
        Interval::Week => "this week so far",
        Interval::Month => "this month so far",
    };
    let open = chart.open.then(|| view! { <span class="key key--open">{so_far}</span> });
    view! {
        <figcaption class="legend">
            <span class="key key--now">{now}</span>
            {before}
            {open}
            <span class="bar__space"></span>
            {intervals(page)}
        </figcaption>
    }
}

fn intervals(page: &SitePage) -> impl IntoView + use<> {
    let days = page.report.span.end.0 - page.report.span.from.0 + 1;
    let suited: Vec<Interval> = Interval::ALL.into_iter().filter(|interval| interval.suits(days)).collect();
    (suited.len() > 1).then(|| interval_tabs(page, days, &suited))
}

fn interval_tabs(page: &SitePage, days: i32, suited: &[Interval]) -> impl IntoView + use<> {
    let chosen = page.report.chart.interval;
    let choices = suited.iter().copied().map(|interval| {
        let usual = interval == Interval::usual(days);
        let href = page.state.with_interval((!usual).then_some(interval)).href(&page.domain);
        view! { <a href=href aria-current=(interval == chosen).then_some("true")>{interval.name()}</a> }
    });
    view! { <nav class="tabs" aria-label="Length of a point">{choices.collect_view()}</nav> }
}

fn table(chart: &Chart, heading: String, rows: Vec<TableRow>) -> impl IntoView + use<> {
    let compared = chart.compared_with.is_some();
    let more = compared.then(|| {
        view! { <th scope="col">"Compared with"</th><th scope="col" class="num">"Then"</th><th scope="col" class="num">"Change"</th> }
    });
    let lines = rows.into_iter().map(|row| {
        let more = compared.then(|| {
            view! { <td>{row.head_before}</td><td class="num">{row.before}</td><td class="num">{row.change}</td> }
        });
        view! { <tr data-y=row.y><th scope="row">{row.head}</th><td class="num">{row.value}</td>{more}</tr> }
    });
    let unit_name = match chart.interval {
        Interval::Minute => "Minute",
        Interval::Hour => "Hour",
        Interval::Day => "Day",
        Interval::Week => "Week from",
        Interval::Month => "Month",
    };
    let caption = heading;
    view! {
        <details class="chart__table">
            <summary>"As a table"</summary>
            <div class="scroll" role="region" aria-label="The chart as a table" tabindex="0">
                <table class="table">
                    <caption class="unseen">{caption}</caption>
                    <thead><tr><th scope="col">{unit_name}</th><th scope="col" class="num">{chart.metric.label()}</th>{more}</tr></thead>
                    <tbody>{lines.collect_view()}</tbody>
                </table>
            </div>
        </details>
    }
}
