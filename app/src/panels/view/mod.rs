//! Panels as HTML.

mod map;
mod nothing;
mod page_link;
mod rows;
mod tabs;

pub(crate) use page_link::page_link;
pub(crate) use rows::{name_cell, row_class, table};
pub(crate) use tabs::tabs;

use super::{List, Panel, PanelReport, Shown, State, panel_label};
use crate::site_page::{LeftOut, PageState, SitePage};
use crate::words::{Lang, Words};
use leptos::prelude::*;

/// What every part of a panel needs to know.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// The reader's language.
    pub lang: Lang,
    /// The site.
    pub domain: &'a str,
    /// What the address says.
    pub state: &'a PageState,
    /// Whether the reader may change the site.
    pub may_change: bool,
    /// Where tabs lead.
    pub place: Place,
}

/// Which page a list stands on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// Among the other panels.
    SitePage,
    /// On its own.
    Details,
    /// In a frame of somebody else's page: what it links to opens in a new tab, if there is anything to link to.
    Frame {
        /// Whether there is.
        linked: bool,
    },
}

impl<'a> Around<'a> {
    /// What a site page tells its panels.
    pub fn of(page: &'a SitePage) -> Self {
        Self { lang: page.frame.lang, domain: &page.domain, state: &page.state, may_change: page.may_change, place: Place::SitePage }
    }

    /// The same page with another tab of a panel.
    pub fn tab_href(self, panel: Panel, name: &str) -> String {
        let state = self.state.with_tab(panel, name);
        match self.place {
            Place::SitePage | Place::Frame { .. } => format!("{}#{}", state.href(self.domain), panel.name()),
            Place::Details => state.href_at(&self.state.door.details(self.domain, panel), []),
        }
    }

    /// The words of the reader's language.
    pub fn words(self) -> &'static Words {
        self.lang.words()
    }
}

/// A panel: its tabs, its list, the way to its details.
pub fn panel(around: Around<'_>, list: &PanelReport) -> AnyView {
    let panel = list.panel;
    let words = around.words();
    let heading = format!("{}-heading", panel.name());
    let labelled_by = heading.clone();
    let content = match list.state {
        State::KeptBack => nothing::kept_back(around, list).into_any(),
        State::Read if list.rows.is_empty() => nothing::nothing(around, list).into_any(),
        State::Read if list.shown.list == List::Map => map::map(around, list).into_any(),
        State::Read => rows::table(around, list).into_any(),
    };
    let wide = panel == Panel::Properties;
    view! {
        <section class="card panel" class:panel--wide=wide id=panel.name() aria-labelledby=labelled_by>
            <div class="panel__head">
                <h2 id=heading>{panel_label(panel, &words.panels)}</h2>
                {tabs(around, panel, &list.shown, &list.properties)}
            </div>
            {content}
            {left_out(list.left_out, around.lang)}
            {nothing::make_goal(around, list)}
            {foot(around, list)}
        </section>
    }
    .into_any()
}

/// What of the money is missing in the rows.
pub(crate) fn left_out(said: Option<LeftOut>, lang: Lang) -> Option<impl IntoView + use<>> {
    said.map(|said| view! { <p class="panel__note quiet">{said.long(&lang.words().site)}</p> })
}

/// How much of the list is seen, and the ways to all of it.
fn foot(around: Around<'_>, list: &PanelReport) -> Option<impl IntoView + use<>> {
    let words = around.words();
    let panel = panel_label(list.panel, &words.panels);
    let machines = matches!(list.shown.list, List::Machines(_)) && !around.state.filters.is_empty();
    let first = list.more.then(|| (words.panels.first_rows)(list.rows.len()));
    let note = if machines { Some(words.panels.machines_unfiltered.to_owned()) } else { first };
    let note = note.map(|note| view! { <span>{note}</span> });
    (!list.rows.is_empty()).then(|| {
        let door = &around.state.door;
        let to = |path: String| match (door.is_member(), &list.shown.property) {
            // There the address has one spelling, which is that of the tab.
            (false, Some(name)) if list.shown.list == List::Property => around.state.with_tab(list.panel, name).href_at(&path, []),
            _ => around.state.href_at(&path, details_list(&list.shown)),
        };
        let details = to(door.details(around.domain, list.panel));
        let csv = to(door.list_file(around.domain, list.panel));
        view! {
            <p class="panel__foot">
                {note}
                <a class="way panel__file" href=csv download="" aria-label=format!("CSV: {panel}")>"CSV"</a>
                <a class="way" href=details aria-label=format!("{}: {panel}", words.panels.details)>{words.panels.details}</a>
            </p>
        }
    })
}

/// What the details' address has to say besides the state, so that the same list is shown.
fn details_list(shown: &Shown) -> Vec<(&'static str, String)> {
    match (&shown.list, &shown.property) {
        (List::Property, Some(name)) => vec![("property", name.clone())],
        _ => Vec::new(),
    }
}
