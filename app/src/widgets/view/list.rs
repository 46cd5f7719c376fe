//! A panel's list, and the map.

use super::super::WidgetPage;
use super::head;
use crate::door::{Door, Dress};
use crate::map::world;
use crate::panels::view::{Around, Place, left_out, name_cell, table};
use crate::panels::{List, PanelReport, State};
use crate::site_page::PageState;
use footfall_domain::labels;
use leptos::prelude::*;

/// So many countries are named below the map: what colours say only roughly.
const NAMED: usize = 3;

/// The list, or why there is none.
pub fn list(page: &WidgetPage, list: &PanelReport) -> impl IntoView + use<> {
    let lang = page.state.lang;
    let state = PageState { door: Door::Public(Dress { lang, ..Dress::default() }), ..page.page_state() };
    let place = Place::Frame { linked: page.linked };
    let around = Around { lang, domain: &page.domain, state: &state, may_change: false, place };
    let words = page.words();
    let content = match list.state {
        State::KeptBack => nothing(words.widgets.name_a_property),
        State::Read if list.rows.is_empty() => nothing(words.panels.nothing),
        State::Read if list.shown.list == List::Map => map(around, list),
        State::Read => table(around, list).into_any(),
    };
    view! { {head(page)}{content}{left_out(list.left_out, lang)} }
}

fn nothing(words: &'static str) -> AnyView {
    view! { <p class="nothing">{words}</p> }.into_any()
}

fn map(around: Around<'_>, list: &PanelReport) -> AnyView {
    let values = list.rows.iter().map(|row| (row.value.as_str(), row.size())).collect();
    let most = list.rows.iter().filter(|row| row.value != labels::NOT_SET).take(NAMED).map(|row| {
        let number = list.columns.first().map(|column| column.text(row.numbers.first().copied().flatten(), None, around.lang));
        view! { <li>{name_cell(around, list.panel, &list.shown, row)}<b>{number}</b></li> }
    });
    let most = most.collect_view();
    view! { {world(around, &values)}<ol class="most">{most}</ol> }.into_any()
}
