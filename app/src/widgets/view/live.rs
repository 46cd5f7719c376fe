//! How many visitors are there now.

use super::super::WidgetPage;
use crate::door::{Door, Dress};
use crate::format;
use leptos::prelude::*;

/// A dot and a number. With scripts it is asked again while somebody may be looking.
pub fn live(page: &WidgetPage, now: i64) -> impl IntoView + use<> {
    let words = page.words().widgets.now;
    let door = Door::Embedded { slug: page.state.auth.clone(), dress: Dress::default() };
    let number = format::count(now, page.state.lang);
    let inside = view! {
        <span class="dot"></span>
        <h1 data-now=door.current(&page.domain) data-one=words.one data-other=words.other><b>{number}</b>" "<span>{words.of(now)}</span></h1>
    };
    if page.linked {
        let title = (page.words().widgets.see_all)(&page.domain);
        view! { <a class="live" href=page.href() title=title target="_blank" rel="noopener">{inside}</a> }.into_any()
    } else {
        view! { <span class="live">{inside}</span> }.into_any()
    }
}
