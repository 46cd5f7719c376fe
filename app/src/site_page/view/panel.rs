//! A panel: a list with a bar behind each row. A row is a link that filters by its value.

use super::super::{Filter, Panel, PanelReport, PanelRow, SitePage, Subject, Tab};
use crate::format;
use footfall_domain::{Dimension, labels};
use footfall_query::country;
use leptos::prelude::*;

/// The panel.
pub fn panel(page: &SitePage, list: &PanelReport) -> impl IntoView + use<> {
    let panel = list.panel;
    let tab = page.state.tab(panel);
    let content = if list.rows.is_empty() { nothing(tab).into_any() } else { rows(page, list, tab).into_any() };
    let heading = format!("{}-heading", panel.name());
    let labelled_by = heading.clone();
    view! {
        <section class="card panel" class:panel--wide=panel == Panel::Events id=panel.name() aria-labelledby=labelled_by>
            <div class="panel__head">
                <h2 id=heading>{panel.label()}</h2>
                {tabs(page, panel)}
            </div>
            {content}
        </section>
    }
}

fn tabs(page: &SitePage, panel: Panel) -> Option<impl IntoView + use<>> {
    let tabs = panel.tabs();
    (tabs.len() > 1).then(|| {
        let chosen = page.state.tab(panel);
        let links = tabs.iter().map(|tab| {
            let href = format!("{}#{}", page.state.with_tab(panel, tab.name).href(&page.domain), panel.name());
            view! { <a href=href aria-current=(tab == chosen).then_some("true")>{tab.label}</a> }
        });
        view! { <nav class="tabs" aria-label=panel.label()>{links.collect_view()}</nav> }
    })
}

fn rows(page: &SitePage, list: &PanelReport, tab: &'static Tab) -> impl IntoView + use<> {
    let events = list.panel == Panel::Events;
    let largest = list.rows.iter().map(|row| row.visitors).max().unwrap_or(0);
    let visitors = page.report.headlines.first().map_or(0, |number| number.value as i64);
    let lines = list.rows.iter().map(|row| line(page, tab, row, largest, visitors, events)).collect_view();
    let more = list.more.then(|| view! { <p class="panel__more">{format!("The {} with most visitors", list.rows.len())}</p> });
    let last = if events { "Times" } else { "%" };
    view! {
        <table class="rows">
            <thead>
                <tr>
                    <th scope="col">{tab.singular}</th>
                    <th scope="col" class="num">"Visitors"</th>
                    <th scope="col" class="num rows__last">{last}</th>
                </tr>
            </thead>
            <tbody>{lines}</tbody>
        </table>
        {more}
    }
}

fn line(page: &SitePage, tab: &'static Tab, row: &PanelRow, largest: i64, visitors: i64, events: bool) -> impl IntoView + use<> {
    let class = format!("rows__bar {}", format::width_class(row.visitors, largest));
    let filter = Filter::is(tab.dimension, &row.value);
    let name = shown(tab.dimension, &row.value);
    let sign = (tab.dimension == Dimension::Country && row.value.len() == 2).then(|| {
        let code = row.value.clone();
        view! { <span class="code" aria-hidden="true">{code}</span> }
    });
    let label = if page.state.has_filter(&filter) {
        view! { <span class="rows__name">{sign}{name.clone()}</span> }.into_any()
    } else {
        let href = page.state.with_filter(filter).href(&page.domain);
        view! { <a class="rows__name" href=href title=name.clone()>{sign}{name.clone()}</a> }.into_any()
    };
    let last = if events { format::count(row.times) } else { format::percent_of(row.visitors, visitors) };
    view! {
        <tr>
            <th scope="row" class=class>{label}</th>
            <td class="num">{format::count(row.visitors)}</td>
            <td class="num rows__last">{last}</td>
        </tr>
    }
}

/// The value of a filter as people read it.
pub fn shown_of(subject: &Subject, value: &str) -> String {
    match subject {
        Subject::Value(dimension) => shown(*dimension, value),
        _ => value.to_owned(),
    }
}

/// A value as people read it.
pub fn shown(dimension: Dimension, value: &str) -> String {
    match dimension {
        Dimension::Country if value == labels::NOT_SET => "Unknown".to_owned(),
        Dimension::Country => country::name(value).unwrap_or(value).to_owned(),
        _ => value.to_owned(),
    }
}

/// Why a list is empty, where it can be changed.
fn nothing(tab: &Tab) -> impl IntoView + use<> {
    let words = match tab.dimension {
        Dimension::Name => {
            view! { "No events in this period. Call "<code>"plausible('Signed up')"</code>" in a page, and it shows up here." }.into_any()
        }
        Dimension::UtmCampaign => {
            view! { "No campaigns in this period. A link with "<code>"?utm_campaign=spring"</code>" makes one." }.into_any()
        }
        Dimension::Region | Dimension::City => {
            view! { "Not known. Name a city database in the configuration ("<code>"places.files"</code>") to see them." }.into_any()
        }
        _ => "Nothing in this period.".into_any(),
    };
    view! { <p class="panel__nothing">{words}</p> }
}
