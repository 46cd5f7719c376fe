//! The rows of a list: a name that is a door, a bar behind it, numbers beside it.

use super::super::{Column, List, MachineList, Panel, PanelReport, PanelRow, Shown, class_words, flag, list_words, plain, value_label};
use super::{Around, Place, page_link};
use crate::format;
use crate::site_page::{Filter, Subject};
use footfall_domain::{Dimension, labels};
use leptos::prelude::*;

/// The list as a table.
pub fn table(around: Around<'_>, list: &PanelReport) -> impl IntoView + use<> {
    let words = around.words();
    let largest = list.rows.iter().map(PanelRow::size).max().unwrap_or(0);
    let heads = list.columns.iter().map(|column| head(*column, around)).collect_view();
    let lines = list.rows.iter().map(|row| line(around, list, row, largest)).collect_view();
    let first = match &list.shown.property {
        Some(name) => view! { <bdi>{plain(name)}</bdi> }.into_any(),
        None => list_words(list.shown.list, &words.panels).one.into_any(),
    };
    view! {
        <table class="rows">
            <thead>
                <tr><th scope="col">{first}</th>{heads}</tr>
            </thead>
            <tbody>{lines}</tbody>
        </table>
    }
}

fn head(column: Column, around: Around<'_>) -> impl IntoView + use<> {
    let words = around.words();
    let label = column.label(words);
    let class = class(column);
    match column.long_label(words) {
        Some(long) => {
            view! { <th scope="col" class=class title=long><span aria-hidden="true">{label}</span><span class="unseen">{long}</span></th> }
                .into_any()
        }
        None => view! { <th scope="col" class=class>{label}</th> }.into_any(),
    }
}

/// How wide a column is, and how loud.
fn class(column: Column) -> &'static str {
    match column {
        column if column.is_share() => "num rows__last",
        column if column.is_money() => "num rows__money",
        _ => "num",
    }
}

fn line(around: Around<'_>, list: &PanelReport, row: &PanelRow, largest: i64) -> impl IntoView + use<> {
    let numbers = list.columns.iter().zip(&row.numbers).map(|(column, value)| {
        view! { <td class=class(*column)>{column.text(*value, row.currency, around.lang)}</td> }
    });
    let numbers = numbers.collect_view();
    view! {
        <tr>
            <th scope="row" class=row_class(row, largest)>
                {name_cell(around, list.panel, &list.shown, row)}
                {page_link(around, list.shown.list, row)}
            </th>
            {numbers}
        </tr>
    }
}

/// The class that draws a row's bar.
pub(crate) fn row_class(row: &PanelRow, largest: i64) -> String {
    format!("rows__bar {}", format::width_class(row.size(), largest))
}

/// A row's name: a link that filters by it, or takes that filter away again; for a machine or its page the way to the
/// details.
pub(crate) fn name_cell(around: Around<'_>, panel: Panel, shown: &Shown, row: &PanelRow) -> AnyView {
    let subject = shown.subject();
    let name = match &subject {
        Some(subject) => value_label(subject, &row.value, around.lang),
        None => plain(&row.value),
    };
    let name = match &row.of {
        Some(of) if shown.list.has_versions() && row.value == labels::NOT_SET => {
            format!("{}, {}", plain(of), around.words().panels.no_version)
        }
        Some(of) if shown.list.has_versions() => format!("{of} {name}"),
        _ => name,
    };
    let sign = (shown.list.dimension() == Some(Dimension::Country)).then(|| flag(&row.value)).flatten();
    let sign = sign.map(|flag| view! { <svg class="flag" viewBox="0 0 512 512" aria-hidden="true" inner_html=flag></svg> });
    let class = row.class.map(|class| view! { " "<span class="rows__class">{class_words(class, &around.words().panels)}</span> });
    let text = view! { {sign}<bdi>{name.clone()}</bdi>{class} };
    let (href, chosen) = match subject {
        Some(subject) => door(around, shown, subject, row),
        None => (machine_door(around, panel, shown, row), false),
    };
    let title = if chosen { (around.words().panels.unfilter)(&name) } else { name.clone() };
    match around.place {
        Place::Frame { linked: false } => view! { <span class="rows__name" title=title>{text}</span> }.into_any(),
        Place::Frame { linked: true } => {
            view! { <a class="rows__name" href=href title=title target="_blank" rel="noopener">{text}</a> }.into_any()
        }
        _ => view! { <a class="rows__name" href=href title=title aria-current=chosen.then_some("true")>{text}</a> }.into_any(),
    }
}

/// Where a row leads, and whether its filter is in force.
fn door(around: Around<'_>, shown: &Shown, subject: Subject, row: &PanelRow) -> (String, bool) {
    let filter = Filter::is(subject, &row.value);
    if around.state.has_filter(&filter) {
        return (around.state.without_filter(&filter).href(around.domain), true);
    }
    let state = match (shown.list, &row.of) {
        (List::Versions { of, .. }, Some(name)) => around.state.with_filter(Filter::is(of, name)),
        _ => around.state.clone(),
    };
    (state.with_filter(filter).href(around.domain), false)
}

/// Filters do not reach machines: a machine leads to its pages, a page to its machines.
fn machine_door(around: Around<'_>, panel: Panel, shown: &Shown, row: &PanelRow) -> String {
    let (list, name) = match shown.list {
        List::Machines(MachineList::Pages) => ("all", "asked"),
        _ => ("pages", "machine"),
    };
    around.state.with_tab(panel, list).href_at(&around.state.door.details(around.domain, panel), [(name, row.value.clone())])
}
