//! The filters in force. Each is a link that changes it, with one beside it that takes it away.

use super::super::{Filter, Sheet, filter_words};
use super::Top;
use crate::routes;
use leptos::prelude::*;

/// A chip for each filter; nothing without any. What holds for everything behind a link comes first, and cannot be lifted.
pub fn chips(top: &Top<'_>) -> Option<impl IntoView + use<>> {
    let words = &top.words().filter;
    let any = !top.state.filters.is_empty();
    (any || top.names.held.is_some()).then(|| {
        let held = top.names.held.clone().map(|name| {
            view! { <li class="chip chip--held"><span class="chip__edit"><span class="quiet">{top.words().outside.held}</span><b>{name}</b></span></li> }
        });
        let chips = top.state.filters.iter().map(|filter| chip(top, filter)).collect_view();
        // On a list of its own the key leads back: one has come from the numbers.
        let key = (top.path == top.state.door.site(top.domain)).then_some("Escape");
        let clear = any.then(|| {
            let href = top.href(&top.state.without_filters());
            view! { <li><a class="chip chip--way" href=href aria-keyshortcuts=key>{words.clear}</a></li> }
        });
        let keep = top.may_change.then(|| {
            let href = top.state.href_at(&format!("{}/segments", routes::settings(top.domain)), []);
            view! { <li><a class="chip chip--way" href=href>{words.save_segment}</a></li> }
        });
        view! {
            <ul class="wrap chips" aria-label=words.active>
                {held}
                {chips}
                {clear}
                {keep}
            </ul>
        }
    })
}

fn chip(top: &Top<'_>, filter: &Filter) -> impl IntoView + use<> {
    let words = &top.words().filter;
    let (subject, operator, values) = filter_words(filter, top.names, top.frame.lang);
    let said = format!("{subject} {operator} {values}");
    let away = top.href(&top.state.without_filter(filter));
    let change = top.href_of(&Sheet::EditFilter(filter.clone()));
    view! {
        <li class="chip">
            <a class="chip__edit" href=change aria-label=(words.edit)(&said)>
                <span>{subject}</span>
                <span class="quiet">{operator}</span>
                <b>{values}</b>
            </a>
            <a class="chip__away" href=away aria-label=(words.remove)(&said)>"×"</a>
        </li>
    }
}
