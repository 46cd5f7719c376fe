//! What stands in a frame that has nothing to show.

use super::super::WidgetState;
use super::document;
use crate::models::AssetUrls;
use crate::render::render as to_html;
use crate::site_page::named_shortly;
use leptos::prelude::*;

/// Why there is nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Absence {
    /// There is no such widget or site, or nobody but others may see it: which, is not said.
    Nothing,
    /// The address says what makes no sense: this.
    Wrong(Vec<String>),
    /// The numbers cannot be read at the moment.
    Later,
}

/// A small document in the place of a widget. Only language and theme of the address are taken over.
pub fn absent(assets: &AssetUrls, state: &WidgetState, absence: &Absence) -> String {
    let words = &state.lang.words().widgets;
    let (title, why) = match absence {
        Absence::Nothing => (words.nothing_here, words.nothing_here_why.to_owned()),
        Absence::Wrong(what) => (words.bad_address, (words.bad_address_why)(&named_shortly(what))),
        Absence::Later => (words.later, words.later_why.to_owned()),
    };
    to_html(|| {
        let body = view! { <div class="head"><h1>{title}</h1></div><p class="nothing">{why}</p> }.into_any();
        document(assets, state, title.to_owned(), false, body)
    })
}
