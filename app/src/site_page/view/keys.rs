//! Keys. What a key does is a link or a field on the page that names it in `aria-keyshortcuts`; an island presses it.

use super::period::OFFERED;
use crate::islands::Keys;
use crate::words::{KeyboardWords, Lang};
use footfall_domain::LocalDate;
use leptos::prelude::*;

/// A key, beside what it does.
pub fn key(name: &'static str) -> impl IntoView {
    view! { <kbd class="key-cap" aria-hidden="true">{name}</kbd> }
}

/// A page that has keys.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeysOf {
    /// A site's numbers; whether there are other sites to look for.
    SitePage(bool),
    /// One list of them.
    Details,
    /// A site's numbers, read without signing in: there are no other sites to go to.
    Outside,
    /// One list of them.
    OutsideDetails,
    /// The list of sites.
    Sites {
        /// Whether it can be searched.
        searched: bool,
        /// Whether there are more than stand on a page.
        paged: bool,
    },
}

/// The list of a page's keys, opened by `?` or by its button in the foot, and the island that listens.
pub fn keys(lang: Lang, page: KeysOf) -> impl IntoView {
    let words = &lang.words().keyboard;
    let others = others(page, words).into_iter().map(|(key, text)| line(key, text.to_owned())).collect_view();
    let others = view! { <div><h3>{words.others}</h3><dl>{others}</dl></div> };
    let periods = (!matches!(page, KeysOf::Sites { .. })).then(|| view! { <div><h3>{words.periods}</h3><dl>{periods(lang)}</dl></div> });
    view! {
        // On a phone it is longer than the window: who has a keyboard there scrolls it by keys.
        <section class="menu keys" id="keys" popover="auto" aria-labelledby="keys-title" tabindex="0">
            <h2 id="keys-title">{words.title}</h2>
            <div class="keys__lists">{periods}{others}</div>
        </section>
        <Keys/>
    }
}

fn periods(lang: Lang) -> impl IntoView {
    let words = &lang.words().keyboard;
    // Relative periods are called the same on every day.
    let someday = LocalDate(0);
    let periods = OFFERED.iter().flat_map(|part| part.iter()).map(|(period, key)| line(key, period.label(someday, lang)));
    periods.chain([line("C", words.custom.to_owned()), line("← →", words.arrows.to_owned())]).collect_view()
}

fn others(page: KeysOf, words: &KeyboardWords) -> Vec<(&'static str, &'static str)> {
    match page {
        KeysOf::SitePage(searched) => {
            let search = searched.then_some(("/", words.search));
            let others = [("Esc", words.clear), ("0", words.sites), ("1 … 9", words.site), ("?", words.help)];
            [("I", words.interval), ("X", words.compare)].into_iter().chain(search).chain(others).collect()
        }
        KeysOf::Outside => vec![("I", words.interval), ("X", words.compare), ("Esc", words.clear), ("?", words.help)],
        KeysOf::OutsideDetails => vec![("/", words.search_list), ("Esc", words.back), ("?", words.help)],
        KeysOf::Details => {
            vec![("/", words.search_list), ("Esc", words.back), ("0", words.sites), ("1 … 9", words.site), ("?", words.help)]
        }
        KeysOf::Sites { searched, paged } => {
            let search = searched.then_some(("/", words.search_sites));
            let more = paged.then_some(("← →", words.more_sites));
            search.into_iter().chain(more).chain([("1 … 9", words.card), ("?", words.help)]).collect()
        }
    }
}

fn line(key: &'static str, text: String) -> impl IntoView {
    view! { <div><dt><kbd class="key-cap">{key}</kbd></dt><dd>{text}</dd></div> }
}
