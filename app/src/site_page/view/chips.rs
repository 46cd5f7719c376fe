//! The filters in force, each a link that takes it away.

use super::super::SitePage;
use super::super::panel::dimension_label;
use super::panel::shown;
use leptos::prelude::*;

/// A chip for each filter; nothing without any.
pub fn chips(page: &SitePage) -> Option<impl IntoView + use<>> {
    (!page.state.filters.is_empty()).then(|| {
        let chips = page.state.filters.iter().map(|filter| {
            let name = dimension_label(filter.dimension);
            let values: Vec<String> = filter.values.iter().map(|value| shown(filter.dimension, value)).collect();
            let values = values.join(" or ");
            let away = format!("Remove the filter {name} {} {values}", filter.operator.words());
            let href = page.state.without_filter(filter).href(&page.domain);
            view! {
                <li class="chip">
                    <span>{name}</span>
                    <span class="quiet">{filter.operator.words()}</span>
                    <b>{values}</b>
                    <a class="chip__away" href=href aria-label=away>"×"</a>
                </li>
            }
        });
        view! { <ul class="wrap chips" aria-label="Filters">{chips.collect_view()}</ul> }
    })
}
