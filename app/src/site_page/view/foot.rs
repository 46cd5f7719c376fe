//! How fresh the page is, whose days it counts, and what it knows about people.

use super::super::Freshness;
use super::Top;
use crate::islands::{Ago, AgoStart, LiveCountStart};
use crate::words::Lang;
use leptos::prelude::*;

/// More seconds behind than this are worth a word on top of the page.
const LATE_SECONDS: u64 = 10;

/// What the islands of bar and foot begin with.
pub fn provide_start(top: &Top<'_>) {
    provide_context(top.frame.lang);
    if top.frame.outside.is_some() {
        // What is carried by caches says no number of this moment: the islands ask for it.
        return;
    }
    provide_context(LiveCountStart(top.current));
    let at = top.freshness.complete_until.clone();
    provide_context(AgoStart { text: clock(&at).to_owned(), at });
}

/// A word on top where counting is behind: the page is not wrong, it is old.
pub fn late(fresh: &Freshness, lang: Lang) -> Option<impl IntoView + use<>> {
    let words = &lang.words().site;
    (fresh.lag_seconds > LATE_SECONDS).then(|| {
        let behind = match fresh.lag_seconds {
            seconds @ ..=120 => (words.seconds)(seconds),
            seconds => (words.minutes)(seconds / 60),
        };
        view! { <p class="notice" role="status">{(words.behind)(&behind)}</p> }
    })
}

/// The foot line; none in a frame.
pub fn foot(top: &Top<'_>) -> Option<AnyView> {
    match &top.frame.outside {
        None => Some(foot_inside(top).into_any()),
        Some(outside) => (!outside.embed).then(|| super::outside::foot(top, newest(top)).into_any()),
    }
}

/// When the newest hit was, where one is known.
fn newest(top: &Top<'_>) -> Option<AnyView> {
    let fresh = top.freshness;
    fresh.newest_hit.as_ref().map(|at| {
        let (at, text) = (at.clone(), moment(at, &fresh.complete_until, top.frame.lang));
        view! { <span>{top.words().site.newest_hit}<time datetime=at>{text}</time></span> }.into_any()
    })
}

fn foot_inside(top: &Top<'_>) -> impl IntoView + use<> {
    let words = &top.words().site;
    let keyboard = top.words().keyboard.title;
    let newest = newest(top);
    view! {
        <footer class="wrap foot" inert=top.sheet.is_some()>
            <span class="foot__fresh">{words.updated}<Ago/></span>
            {newest}
            <span>{top.zone.to_owned()}</span>
            <span>{words.promise}</span>
            <button class="link foot__keys" type="button" popovertarget="keys" aria-keyshortcuts="?">{keyboard}</button>
        </footer>
    }
}

/// The clock time of an instant in RFC 3339: `14:32:05`.
pub fn clock(at: &str) -> &str {
    at.get(11..19).unwrap_or(at)
}

/// The clock time, with the date where it is another than `today`'s.
fn moment(at: &str, today: &str, lang: Lang) -> String {
    let date = at.get(..10).unwrap_or_default();
    if today.starts_with(date) {
        return clock(at).to_owned();
    }
    let day = footfall_domain::LocalDate::parse(date).map(|date| crate::format::day_short(date, lang)).unwrap_or_default();
    format!("{day}, {}", at.get(11..16).unwrap_or_default())
}
