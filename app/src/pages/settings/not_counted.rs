//! What was not counted.

use super::{SettingsTab, settings_page};
use crate::format;
use crate::models::{DropRow, NotCountedPage};
use crate::render::render;
use crate::words::Lang;
use footfall_domain::DropReason;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// What was not counted, by reason and day.
pub fn not_counted(page: &NotCountedPage) -> String {
    let title = (page.frame.words().settings.not_counted_title)(&page.domain);
    render(|| settings_page(&page.frame, &None, &page.domain, SettingsTab::NotCounted, title, || part(page)))
}

fn part(page: &NotCountedPage) -> impl IntoView + use<> {
    let (rows, said) = (&page.drops, &page.frame.words().settings);
    let mut totals: BTreeMap<DropReason, i64> = BTreeMap::new();
    for (reason, n) in rows.iter().flat_map(|row| &row.reasons) {
        *totals.entry(*reason).or_default() += n;
    }
    let mut reasons: Vec<(DropReason, i64)> = totals.into_iter().collect();
    reasons.sort_by_key(|(reason, n)| (-n, *reason));
    let content = if reasons.is_empty() {
        view! { <p class="quiet">{said.nothing_left_out}</p> }.into_any()
    } else {
        drop_table(page.frame.lang, rows, &reasons).into_any()
    };
    view! {
        <section class="card stack" id="not-counted">
            <h2>{said.not_counted}</h2>
            <p class="quiet">{said.not_counted_why}</p>
            {content}
        </section>
    }
}

fn drop_table(lang: Lang, rows: &[DropRow], reasons: &[(DropReason, i64)]) -> impl IntoView + use<> {
    let said = &lang.words().settings;
    let head = |(reason, _): &(DropReason, i64)| {
        view! { <th scope="col" class="num" title=(said.reason_why)(*reason)>{(said.reason)(*reason)}</th> }
    };
    let heads = reasons.iter().map(head).collect_view();
    let sums = reasons.iter().map(|(_, n)| view! { <td class="num">{format::count(*n, lang)}</td> }).collect_view();
    let days = rows.iter().map(|row| {
        let cells = reasons.iter().map(|(reason, _)| {
            let n = row.reasons.iter().find(|(known, _)| known == reason).map_or(0, |(_, n)| *n);
            view! { <td class="num" class:zero=n == 0>{format::count(n, lang)}</td> }
        });
        view! { <tr><th scope="row">{format::day_short(row.date, lang)}</th>{cells.collect_view()}</tr> }
    });
    view! {
        <div class="scroll" role="region" aria-label=said.not_counted_by_day tabindex="0">
            <table class="table">
                <caption class="unseen">{said.not_counted_by_day}</caption>
                <thead><tr><th scope="col">{said.day}</th>{heads}</tr></thead>
                <tbody>{days.collect_view()}</tbody>
                <tfoot><tr><th scope="row">{said.all}</th>{sums}</tr></tfoot>
            </table>
        </div>
    }
}
