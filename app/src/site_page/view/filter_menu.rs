//! The way to a new filter: everything one can filter by, each a link that opens the form.

use super::super::{Filter, Operator, Sheet, SitePage, Subject};
use crate::panels::subject_label;
use footfall_domain::Dimension;
use leptos::prelude::*;

/// The button and its menu.
pub fn filter_menu(page: &SitePage) -> impl IntoView + use<> {
    let words = &page.frame.words().filter;
    let groups = groups(page).into_iter().map(|(name, subjects)| {
        let items = subjects.into_iter().map(|subject| item(page, &subject)).collect_view();
        let property = subjects_end_with_behaviour(page, name).then(|| {
            let href = Sheet::Properties.href(&page.state, &page.domain);
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
            {segments(page)}
        </nav>
    }
}

fn subjects_end_with_behaviour(page: &SitePage, name: &str) -> bool {
    name == page.frame.words().filter.groups.behaviour
}

fn groups(page: &SitePage) -> Vec<(&'static str, Vec<Subject>)> {
    use Dimension as D;
    let words = &page.frame.words().filter.groups;
    let values = |dimensions: &[Dimension]| dimensions.iter().copied().map(Subject::Value).collect::<Vec<_>>();
    let mut behaviour = values(&[D::Name]);
    if page.report.names.goals {
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

fn item(page: &SitePage, subject: &Subject) -> impl IntoView + use<> {
    let href = Sheet::NewFilter(subject.clone()).href(&page.state, &page.domain);
    view! { <a class="menu__item" href=href>{subject_label(subject, page.frame.lang)}</a> }
}

/// Segments are applied by one press.
fn segments(page: &SitePage) -> Option<impl IntoView + use<>> {
    let words = &page.frame.words().filter.groups;
    (!page.report.names.segments.is_empty()).then(|| {
        let items = page.report.names.segments.iter().filter_map(|(id, name)| {
            let filter = Filter::new(Subject::Segment, Operator::Is, false, [id.to_string()])?;
            let chosen = page.state.has_filter(&filter).then_some("true");
            let href = page.state.with_filter(filter).href(&page.domain);
            Some(view! { <a class="menu__item" href=href aria-current=chosen>{name.clone()}</a> })
        });
        view! { <div class="menu__part"><p class="menu__head">{words.segments}</p>{items.collect_view()}</div> }
    })
}
