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
    let home = if top.frame.user.is_some() { routes::SITES } else { "/" };
    let realtime = top.state.with_period(Period::Realtime).href(top.domain);
    let fresh = top.seen.then(|| view! { <span class="bar__fresh">{words.updated}<Ago/></span> });
    let choices = top.seen.then(|| {
        view! { <div class="bar__choices">{filter_menu::filter_menu(top)}{compare}{period::period(top)}</div> }
    });
    view! {
        <header class="top" inert=top.sheet.is_some()>
            <div class="wrap bar">
                <a class="brand" href=home aria-label="Footfall">{mark(22)}</a>
                {site_menu(top.frame, top.domain, top.may_change, find)}
                <a class="live" href=realtime data-url=routes::current(top.domain)>
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
