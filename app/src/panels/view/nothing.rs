//! A list without rows: why, and what can be done.

use super::super::{List, Panel, PanelReport, READ_ALL};
use super::Around;
use crate::routes;
use footfall_domain::Dimension;
use leptos::prelude::*;

/// Why a list is empty.
pub fn nothing(around: Around<'_>, list: &PanelReport) -> impl IntoView + use<> {
    let words = &around.words().panels;
    let with_code = |[before, after]: [&'static str; 2], code: &'static str| view! { {before}<code>{code}</code>{after} }.into_any();
    let content = match list.shown.list {
        List::Machines(_) => words.no_machines.into_any(),
        List::Values(Dimension::Region | Dimension::City) => with_code(words.no_places, "places.files"),
        _ if !around.state.filters.is_empty() => words.nothing_filtered.into_any(),
        List::Values(Dimension::Name) => with_code(words.no_events, "plausible('Signed up')"),
        List::Values(Dimension::UtmCampaign | Dimension::UtmSource | Dimension::UtmMedium | Dimension::UtmContent | Dimension::UtmTerm) => {
            with_code(words.no_campaigns, "?utm_campaign=spring")
        }
        List::Property => with_code(words.no_properties, "{props: {author: 'Ada'}}"),
        _ => words.nothing.into_any(),
    };
    view! { <p class="panel__nothing">{content}</p> }
}

/// The way to a first goal, where there is none and the reader may make one.
pub fn make_goal(around: Around<'_>, list: &PanelReport) -> Option<impl IntoView + use<>> {
    let words = &around.words().panels;
    let none = list.panel == Panel::Goals && list.no_goals;
    (none && around.may_change).then(|| {
        let href = routes::settings_form(around.domain, "goals");
        view! { <p class="panel__hint">{words.no_goals}" "<a class="way" href=href>{words.make_goal}</a></p> }
    })
}

/// What would have to be read is much; a link reads it.
pub fn kept_back(around: Around<'_>, list: &PanelReport) -> impl IntoView + use<> {
    let words = &around.words().panels;
    let href = format!("{}#{}", around.state.with_tab(list.panel, READ_ALL).href(around.domain), list.panel.name());
    view! { <p class="panel__nothing">{words.kept_back}" "<a class="way" href=href>{words.read_now}</a></p> }
}
