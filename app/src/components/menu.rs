//! The site's name in the bar, and the menu behind it.

use super::{csrf, theme_choice};
use crate::format;
use crate::islands::FindSite;
use crate::models::Frame;
use crate::pages::SettingsTab;
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
///
/// `search` is the key of its search, where the page has no search of its own.
pub fn site_menu(frame: &Frame, domain: &str, may_change: bool, search: Option<&'static str>) -> impl IntoView + use<> {
    let name = domain.to_owned();
    if frame.user.is_none() {
        return view! { <span class="site">{site_sign(domain)}<span class="site__name">{name}</span></span> }.into_any();
    }
    let words = &frame.words().common;
    let sites = frame.sites.iter().enumerate().map(|(at, site)| {
        let here = (site == domain).then_some("page");
        let name = site.clone();
        // The first nine have keys.
        let key = SITE_KEYS.get(at).copied();
        view! {
            <a class="menu__item" href=routes::site(site) aria-current=here aria-keyshortcuts=key>
                {site_sign(site)}
                <span>{name}</span>
                {key.map(|key| view! { <kbd class="key-cap" aria-hidden="true">{key}</kbd> })}
            </a>
        }
    });
    let more = (frame.all_sites > frame.sites.len()).then(|| {
        let lang = frame.lang;
        (frame.words().site.more_sites)(&format::count(frame.sites.len() as i64, lang), &format::count(frame.all_sites as i64, lang))
    });
    // Each role has pages of the settings; only who may change the site puts the snippet into pages.
    let change = frame.role.map(|role| {
        let settings = SettingsTab::first(role).address(domain);
        view! {
            <a class="menu__item" href=settings>{words.site_settings}</a>
            {may_change.then(|| view! { <a class="menu__item" href=routes::install(domain)>{words.snippet}</a> })}
        }
    });
    view! {
        <button class="site" type="button" popovertarget="site-menu">
            {site_sign(domain)}
            <span class="site__name">{name}</span>
            <span class="caret" aria-hidden="true"></span>
            <span class="unseen">{words.menu}</span>
        </button>
        <nav class="menu menu--site" id="site-menu" popover="auto" aria-label=words.menu_label>
            {find(frame, search)}
            <div class="menu__part menu__part--sites">{sites.collect_view()}</div>
            {more.map(|text| view! { <p class="menu__more">{text}</p> })}
            <div class="menu__part">
                {change}
                <a class="menu__item" href=routes::SITES aria-keyshortcuts="0">{words.all_sites}</a>
                <a class="menu__item" href=routes::ADD_SITE>{words.add_site}</a>
            </div>
            <div class="menu__part">
                <a class="menu__item" href=routes::ACCOUNT>{words.account}</a>
                {theme_choice(frame)}
                <form method="post" action=routes::SIGN_OUT>
                    {csrf(&frame.csrf)}
                    <button class="menu__item" type="submit">{words.sign_out}</button>
                </form>
            </div>
        </nav>
    }
    .into_any()
}

/// The keys of the first nine sites.
pub const SITE_KEYS: [&str; 9] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/// A search, where there is something to look for. Sent as a form it leads to the list of sites.
fn find(frame: &Frame, key: Option<&'static str>) -> Option<impl IntoView + use<>> {
    let words = frame.words();
    (frame.sites.len() > 1).then(|| {
        view! {
            <form class="menu__part menu__find" method="get" action=routes::SITES role="search">
                <input type="search" name="q" aria-label=words.site.find_site placeholder=words.site.find_site autocomplete="off" aria-keyshortcuts=key/>
                <FindSite/>
            </form>
        }
    })
}
