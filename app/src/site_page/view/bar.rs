//! The bar on top: which site, who is there, which filters, which days.

use super::super::{Period, SitePage};
use super::{chips, compare, filter_menu, period};
use crate::components::{mark, site_menu};
use crate::islands::{Ago, LiveCount};
use crate::routes;
use leptos::prelude::*;

/// The bar.
pub fn bar(page: &SitePage) -> impl IntoView + use<> {
    let words = &page.frame.words().site;
    let home = if page.frame.user.is_some() { routes::SITES } else { "/" };
    let realtime = page.state.with_period(Period::Realtime).href(&page.domain);
    let seen = page.report.first_date.is_some();
    let fresh = seen.then(|| view! { <span class="bar__fresh">{words.updated}<Ago/></span> });
    let choices = seen.then(|| {
        view! { <div class="bar__choices">{filter_menu::filter_menu(page)}{compare::compare(page)}{period::period(page)}</div> }
    });
    view! {
        <header class="top" inert=page.report.sheet.is_some()>
            <div class="wrap bar">
                <a class="brand" href=home aria-label="Footfall">{mark(22)}</a>
                {site_menu(&page.frame, &page.domain, page.may_change)}
                <a class="live" href=realtime data-url=routes::current(&page.domain)>
                    <span class="dot"></span>
                    <LiveCount/>
                    <span class="unseen">{format!(", {}", words.see_realtime)}</span>
                </a>
                {fresh}
                <span class="bar__space"></span>
                {choices}
            </div>
            {chips::chips(page)}
        </header>
    }
}
