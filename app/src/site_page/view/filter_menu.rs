//! The way to a new filter: everything one can filter by, each a link that opens the form.

use super::super::{Filter, Operator, Sheet, Subject};
use super::Top;
use crate::panels::subject_label;
use footfall_domain::Dimension;
use leptos::prelude::*;

/// The button and its menu.
pub fn filter_menu(top: &Top<'_>) -> impl IntoView + use<> {
    let words = &top.words().filter;
    let groups = groups(top).into_iter().map(|(name, subjects)| {
        let items = subjects.into_iter().map(|subject| item(top, &subject)).collect_view();
        let property = subjects_end_with_behaviour(top, name).then(|| {
            let href = top.href_of(&Sheet::Properties);
            view! { <a class="menu__item" href=href>{words.a_property}</a> }
        });
        view! { <div class="menu__part"><p class="menu__head">{name}</p>{items}{property}</div> }
    });
    view! {
        <button class="button filter" type="button" popovertarget="filter-menu">
            <span aria-hidden="true">"+ "</span>
            {words.add}
        </button>
        <nav class="menu menu--filter" id="filter-menu" popover="auto" aria-label=words.menu>
            {groups.collect_view()}
            {segments(top)}
        </nav>
    }
}

fn subjects_end_with_behaviour(top: &Top<'_>, name: &str) -> bool {
    name == top.words().filter.groups.behaviour
}

fn groups(top: &Top<'_>) -> Vec<(&'static str, Vec<Subject>)> {
    use Dimension as D;
    let words = &top.words().filter.groups;
    let values = |dimensions: &[Dimension]| dimensions.iter().copied().map(Subject::Value).collect::<Vec<_>>();
    let mut behaviour = values(&[D::Name]);
    if top.names.goals {
        behaviour.insert(0, Subject::Goal);
    }
    vec![
        (words.pages, values(&[D::Page, D::EntryPage, D::ExitPage, D::Hostname])),
        (words.sources, values(&[D::Source, D::Channel, D::Referrer])),
        (words.campaigns, values(&[D::UtmCampaign, D::UtmSource, D::UtmMedium, D::UtmContent, D::UtmTerm])),
        (words.places, values(&[D::Country, D::Region, D::City])),
        (words.devices, values(&[D::Browser, D::BrowserVersion, D::Os, D::OsVersion, D::Device, D::Screen, D::Language])),
        (words.behaviour, behaviour),
    ]
}

fn item(top: &Top<'_>, subject: &Subject) -> impl IntoView + use<> {
    let href = top.href_of(&Sheet::NewFilter(subject.clone()));
    view! { <a class="menu__item" href=href>{subject_label(subject, top.frame.lang)}</a> }
}

/// Segments are applied by one press.
fn segments(top: &Top<'_>) -> Option<impl IntoView + use<>> {
    let words = &top.words().filter.groups;
    (!top.names.segments.is_empty()).then(|| {
        let items = top.names.segments.iter().filter_map(|(id, name)| {
            let filter = Filter::new(Subject::Segment, Operator::Is, false, [id.to_string()])?;
            let chosen = top.state.has_filter(&filter).then_some("true");
            let href = top.href(&top.state.with_filter(filter));
            Some(view! { <a class="menu__item" href=href aria-current=chosen>{name.clone()}</a> })
        });
        view! { <div class="menu__part"><p class="menu__head">{words.segments}</p>{items.collect_view()}</div> }
    })
}
