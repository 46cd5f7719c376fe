//! Keys. What a key does is a link or a field on the page that names it in `aria-keyshortcuts`; an island presses it.

use super::period::OFFERED;
use crate::islands::Keys;
use crate::words::Lang;
use footfall_domain::LocalDate;
use leptos::prelude::*;

/// A key, beside what it does.
pub fn key(name: &'static str) -> impl IntoView {
    view! { <kbd class="key-cap" aria-hidden="true">{name}</kbd> }
}

/// The list of all keys, opened by `?` or by its button in the foot, and the island that listens.
pub fn keys(lang: Lang) -> impl IntoView {
    let words = &lang.words().keyboard;
    // Relative periods are called the same on every day.
    let someday = LocalDate(0);
    let periods = OFFERED.iter().flat_map(|part| part.iter()).map(|(period, key)| line(key, period.label(someday, lang)));
    let periods: Vec<_> = periods.chain([line("C", words.custom.to_owned()), line("← →", words.arrows.to_owned())]).collect();
    let others = [
        ("I", words.interval),
        ("X", words.compare),
        ("/", words.search),
        ("Esc", words.clear),
        ("0", words.sites),
        ("1 … 9", words.site),
        ("?", words.help),
    ];
    let others: Vec<_> = others.into_iter().map(|(key, text)| line(key, text.to_owned())).collect();
    view! {
        // On a phone it is longer than the window: who has a keyboard there scrolls it by keys.
        <section class="menu keys" id="keys" popover="auto" aria-labelledby="keys-title" tabindex="0">
            <h2 id="keys-title">{words.title}</h2>
            <div class="keys__lists">
                <div><h3>{words.periods}</h3><dl>{periods}</dl></div>
                <div><h3>{words.others}</h3><dl>{others}</dl></div>
            </div>
        </section>
        <Keys/>
    }
}

fn line(key: &'static str, text: String) -> impl IntoView {
    view! { <div><dt><kbd class="key-cap">{key}</kbd></dt><dd>{text}</dd></div> }
}
