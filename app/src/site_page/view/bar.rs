//! The bar on top: which site, who is there, which filters, which days.

use super::super::Period;
use super::{Top, chips, filter_menu, period};
use crate::components::{mark, site_menu};
use crate::islands::{Ago, LiveCount};
use crate::routes;
use leptos::prelude::*;

/// The bar. `compare` stands between filters and days; `find` is the key of the search in the menu of sites.
pub fn bar(top: &Top<'_>, compare: Option<AnyView>, find: Option<&'static str>) -> impl IntoView + use<> {
    let words = &top.words().site;
    let outside = top.frame.outside.as_ref();
    let brand = match (outside, top.frame.user.is_some()) {
        (Some(_), _) => view! { <span class="brand">{mark(22)}</span> }.into_any(),
        (None, signed_in) => {
            let home = if signed_in { routes::SITES } else { "/" };
            view! { <a class="brand" href=home aria-label="Footfall">{mark(22)}</a> }.into_any()
        }
    };
    // In a frame, the page around it says whose numbers these are.
    let embed = outside.is_some_and(|outside| outside.embed);
    let head = (!embed).then(|| view! { {brand}{site_menu(top.frame, top.domain, top.may_change, find)} });
    let realtime = top.state.with_period(Period::Realtime).href(top.domain);
    let fresh = (top.seen && outside.is_none()).then(|| view! { <span class="bar__fresh">{words.updated}<Ago/></span> });
    let choices = top.seen.then(|| {
        view! { <div class="bar__choices">{filter_menu::filter_menu(top)}{compare}{period::period(top)}</div> }
    });
    view! {
        <header class="top" class:top--bare=embed inert=top.sheet.is_some()>
            <div class="wrap bar">
                {head}
                <a class="live" href=realtime data-url=top.state.door.current(top.domain)>
                    <span class="dot"></span>
                    <LiveCount/>
                    <span class="unseen">{format!(", {}", words.see_realtime)}</span>
                </a>
                {fresh}
                <span class="bar__space"></span>
                {choices}
            </div>
            {chips::chips(top)}
        </header>
    }
}
