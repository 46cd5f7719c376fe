//! The filters in force. Each is a link that changes it, with one beside it that takes it away.

use super::super::{Sheet, SitePage};
use super::filter_words;
use crate::routes;
use leptos::prelude::*;

/// A chip for each filter; nothing without any.
pub fn chips(page: &SitePage) -> Option<impl IntoView + use<>> {
    let words = &page.frame.words().filter;
    (!page.state.filters.is_empty()).then(|| {
        let chips = page.state.filters.iter().map(|filter| chip(page, filter)).collect_view();
        let clear = page.state.without_filters().href(&page.domain);
        let keep = page.may_change.then(|| {
            let href = page.state.href_at(&format!("{}/segments", routes::settings(&page.domain)), []);
            view! { <li><a class="chip chip--way" href=href>{words.save_segment}</a></li> }
        });
        view! {
            <ul class="wrap chips" aria-label=words.active>
                {chips}
                <li><a class="chip chip--way" href=clear aria-keyshortcuts="Escape">{words.clear}</a></li>
                {keep}
            </ul>
        }
    })
}

fn chip(page: &SitePage, filter: &super::super::Filter) -> impl IntoView + use<> {
    let words = &page.frame.words().filter;
    let (subject, operator, values) = filter_words(page, filter);
    let said = format!("{subject} {operator} {values}");
    let away = page.state.without_filter(filter).href(&page.domain);
    let change = Sheet::EditFilter(filter.clone()).href(&page.state, &page.domain);
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
