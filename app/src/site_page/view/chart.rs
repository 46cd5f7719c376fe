//! The main chart: its legend, its picture, and the table behind it.

use super::super::table::{TableRow, unit};
use super::super::{Chart, ChartPoint, Interval, SitePage};
use crate::chart::{Drawing, draw};
use crate::format;
use crate::islands::ChartTip;
use crate::words::Lang;
use leptos::prelude::*;

/// The chart.
pub fn chart(page: &SitePage, heading: String, rows: Vec<TableRow>) -> impl IntoView + use<> {
    let picture = picture(&page.report.chart, &heading, page.frame.lang);
    view! {
        <figure class="chart">
            {legend(page)}
            <div class="chart__plot">
                <div inner_html=picture></div>
                <ChartTip/>
            </div>
            {table(page, heading, rows)}
        </figure>
    }
}

/// The picture alone. `heading` is what a screen reader says about it.
pub fn picture(chart: &Chart, heading: &str, lang: Lang) -> String {
    let now: Vec<f64> = chart.points.iter().map_while(|point| point.value).collect();
    let then = |point: &ChartPoint| point.long_before.is_some().then_some(point.before.unwrap_or(f64::NAN));
    let before: Vec<f64> = chart.points.iter().map_while(then).collect();
    let ticks = ticks(chart);
    draw(&Drawing {
        id: "fill",
        label: heading,
        now: &now,
        before: &before,
        open: chart.open,
        ticks: &ticks,
        unit: unit(chart.metric),
        tick: &|value| chart.metric.tick(value, lang),
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
    let words = &page.frame.words().chart;
    let now = format::range(page.report.span.from, page.report.span.end, page.report.today, page.frame.lang);
    let before = chart.compared_with.clone().map(|with| view! { <span class="key key--before">{with}</span> });
    let open = chart.open.then(|| view! { <span class="key key--open">{chart.interval.words(words).so_far}</span> });
    view! {
        <figcaption class="legend">
            <span class="key key--now">{now}</span>
            {before}
            {open}
            <span class="bar__space"></span>
            {intervals(page)}
            {export(page)}
        </figcaption>
    }
}

fn intervals(page: &SitePage) -> impl IntoView + use<> {
    let days = page.report.span.axis_days(page.state.period);
    let suited: Vec<Interval> = Interval::ALL.into_iter().filter(|interval| interval.suits(days)).collect();
    (suited.len() > 1).then(|| interval_tabs(page, days, &suited))
}

/// The key leads from the chosen interval to the next.
fn interval_tabs(page: &SitePage, days: i32, suited: &[Interval]) -> impl IntoView + use<> {
    let words = &page.frame.words().chart;
    let chosen = page.report.chart.interval;
    let at = suited.iter().position(|interval| *interval == chosen).unwrap_or(0);
    let next = suited[(at + 1) % suited.len()];
    let choices = suited.iter().copied().map(|interval| {
        let usual = interval == Interval::usual(days);
        let href = page.state.with_interval((!usual).then_some(interval)).href(&page.domain);
        let key = (interval == next).then_some("I");
        let current = (interval == chosen).then_some("true");
        view! { <a href=href aria-current=current aria-keyshortcuts=key>{interval.words(words).name}</a> }
    });
    view! { <nav class="tabs" aria-label=words.interval>{choices.collect_view()}</nav> }
}

/// The numbers and the picture, to take along.
fn export(page: &SitePage) -> impl IntoView + use<> {
    let words = &page.frame.words().chart;
    let ways = [("export.zip", words.export_all), ("chart.svg", words.export_svg), ("chart.png", words.export_png)].map(|(file, text)| {
        let href = page.state.href_at(&page.state.door.below(&page.domain, file), []);
        view! { <a class="menu__item" href=href download="">{text}</a> }
    });
    view! {
        <button class="button button--plain export" type="button" popovertarget="export-menu" aria-label=words.export>
            <span aria-hidden="true">"⤓"</span>
        </button>
        <nav class="menu" id="export-menu" popover="auto" aria-label=words.export>{ways.to_vec()}</nav>
    }
}

fn table(page: &SitePage, heading: String, rows: Vec<TableRow>) -> impl IntoView + use<> {
    let words = &page.frame.words().chart;
    let chart = &page.report.chart;
    let compared = chart.compared_with.is_some();
    let more = compared.then(|| {
        view! { <th scope="col">{words.other}</th><th scope="col" class="num">{words.then}</th><th scope="col" class="num">{words.change}</th> }
    });
    let lines = rows.into_iter().map(|row| {
        let more = compared.then(|| {
            let class = match row.good {
                Some(true) => "num good",
                Some(false) => "num bad",
                None => "num",
            };
            view! { <td>{row.head_before}</td><td class="num">{row.before}</td><td class=class>{row.change}</td> }
        });
        view! { <tr data-y=row.y><th scope="row">{row.head}</th><td class="num">{row.value}</td>{more}</tr> }
    });
    view! {
        <details class="chart__table">
            <summary>{words.as_table}</summary>
            <div class="scroll" role="region" aria-label=words.table tabindex="0">
                <table class="table">
                    <caption class="unseen">{heading}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{chart.interval.words(words).head}</th>
                            <th scope="col" class="num">{super::label(page, chart.metric)}</th>
                            {more}
                        </tr>
                    </thead>
                    <tbody>{lines.collect_view()}</tbody>
                </table>
            </div>
        </details>
    }
}
