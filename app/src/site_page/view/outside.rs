//! The foot of a page that is read without signing in: what elsewhere belongs to the reader is a link here.

use super::Top;
use crate::door::{Door, Dress};
use crate::models::Theme;
use crate::routes;
use crate::words::Lang;
use leptos::prelude::*;

/// The foot line.
pub fn foot(top: &Top<'_>, newest: Option<AnyView>) -> impl IntoView + use<> {
    let words = top.words();
    view! {
        <footer class="wrap foot" inert=top.sheet.is_some()>
            <a href="/">{words.outside.counted_by}</a>
            {newest}
            <span>{top.zone.to_owned()}</span>
            <span>{words.site.promise}</span>
            <nav class="foot__ways" aria-label=words.outside.ways>
                {languages(top)}
                {colours(top)}
                {sign_in(top)}
            </nav>
            <button class="link foot__keys" type="button" popovertarget="keys" aria-keyshortcuts="?">{words.keyboard.title}</button>
        </footer>
    }
}

/// The same page in another dress.
fn dressed(top: &Top<'_>, dress: Dress) -> String {
    top.href(&top.state.behind(top.state.door.dressed(dress)))
}

/// The languages the page is not in.
fn languages(top: &Top<'_>) -> impl IntoView + use<> {
    let dress = top.state.door.dress();
    let others = Lang::ALL.into_iter().filter(|lang| *lang != dress.lang).map(|lang| {
        let href = dressed(top, Dress { lang, ..dress });
        view! { <a href=href lang=lang.code() hreflang=lang.code()>{lang.own_name()}</a> }
    });
    others.collect_view()
}

/// The colours, the present ones marked.
fn colours(top: &Top<'_>) -> impl IntoView + use<> {
    let (dress, words) = (top.state.door.dress(), &top.words().common);
    let ways = Theme::ALL.map(|theme| {
        let label = match theme {
            Theme::System => words.theme_system,
            Theme::Light => words.theme_light,
            Theme::Dark => words.theme_dark,
        };
        let href = dressed(top, Dress { theme, ..dress });
        view! { <a href=href aria-current=(theme == dress.theme).then_some("true")>{label}</a> }
    });
    view! { <span class="foot__colours" role="group" aria-label=words.colours>{ways.to_vec()}</span> }
}

/// The way in, to the same page; who has a link was not asked to sign in.
fn sign_in(top: &Top<'_>) -> Option<impl IntoView + use<>> {
    matches!(top.state.door, Door::Public(_)).then(|| {
        let back = top.state.behind(Door::Member).href(top.domain);
        let mut next = String::new();
        crate::site_page::encode(&back, &mut next);
        view! { <a href=format!("{}?next={next}", routes::SIGN_IN) rel="nofollow">{top.words().doors.sign_in}</a> }
    })
}
