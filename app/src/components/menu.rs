//! The site's name in the bar, and the menu behind it.

use super::{csrf, theme_choice};
use crate::models::Frame;
use crate::routes;
use leptos::prelude::*;

/// The letter that stands for a site.
pub fn site_sign(domain: &str) -> impl IntoView + use<> {
    let letter: String = domain.chars().next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
    view! { <span class="sign" aria-hidden="true">{letter}</span> }
}

/// The site's name; signed in, a button that opens the way to other sites, settings and account.
///
/// A popover: it opens, and closes again by a press outside, without any script.
pub fn site_menu(frame: &Frame, domain: &str, may_change: bool) -> impl IntoView + use<> {
    let name = domain.to_owned();
    if frame.user.is_none() {
        return view! { <span class="site">{site_sign(domain)}<span class="site__name">{name}</span></span> }.into_any();
    }
    let sites = frame.sites.iter().map(|site| {
        let here = (site == domain).then_some("page");
        let name = site.clone();
        view! { <a class="menu__item" href=routes::site(site) aria-current=here>{site_sign(site)}<span>{name}</span></a> }
    });
    let change = may_change.then(|| {
        view! {
            <a class="menu__item" href=routes::settings(domain)>"Settings of this site"</a>
            <a class="menu__item" href=routes::install(domain)>"Snippet"</a>
        }
    });
    view! {
        <button class="site" type="button" popovertarget="site-menu">
            {site_sign(domain)}
            <span class="site__name">{name}</span>
            <span class="caret" aria-hidden="true"></span>
            <span class="unseen">", menu"</span>
        </button>
        <nav class="menu menu--site" id="site-menu" popover="auto" aria-label="Sites and settings">
            <div class="menu__part menu__part--sites">{sites.collect_view()}</div>
            <div class="menu__part">
                {change}
                <a class="menu__item" href=routes::SITES>"All sites"</a>
                <a class="menu__item" href=routes::ADD_SITE>"Add a site"</a>
            </div>
            <div class="menu__part">
                <a class="menu__item" href=routes::ACCOUNT>"Account"</a>
                {theme_choice(frame)}
                <form method="post" action=routes::SIGN_OUT>
                    {csrf(&frame.csrf)}
                    <button class="menu__item" type="submit">"Sign out"</button>
                </form>
            </div>
        </nav>
    }
    .into_any()
}
