//! The filters in force, each a link that takes it away.

use super::super::SitePage;
use super::super::panel::subject_label;
use super::panel::shown_of;
use leptos::prelude::*;

/// A chip for each filter; nothing without any.
pub fn chips(page: &SitePage) -> Option<impl IntoView + use<>> {
    (!page.state.filters.is_empty()).then(|| {
        let chips = page.state.filters.iter().map(|filter| {
            let name = subject_label(&filter.subject);
            let values: Vec<String> = filter.values.iter().map(|value| shown_of(&filter.subject, value)).collect();
            let values = values.join(" or ");
            let away = format!("Remove the filter {name} {} {values}", filter.operator.words());
            let href = page.state.without_filter(filter).href(&page.domain);
            let said = name.clone();
            view! {
                <li class="chip">
                    <span>{said}</span>
                    <span class="quiet">{filter.operator.words()}</span>
                    <b>{values}</b>
                    <a class="chip__away" href=href aria-label=away>"×"</a>
                </li>
            }
        });
        view! { <ul class="wrap chips" aria-label="Filters">{chips.collect_view()}</ul> }
    })
}
