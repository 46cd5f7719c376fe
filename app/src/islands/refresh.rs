//! Keeps the last half hour up to date, and says so when that cannot be done.

use super::browser::{self, Piece};
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

const EVERY: Duration = Duration::from_secs(10);
/// A server that is started again is away for a moment; so many answers may fail before that is worth a word.
const FAILURES: u32 = 2;

/// Exchanges what is in `#now` by what its `data-url` answers, every ten seconds while somebody may be looking.
///
/// Not while something in it has the focus: it would be taken away from under the reader's fingers. What was opened
/// stays open. What comes says in `data-at` of when it is; the page's `.ago` count from there. While nothing comes,
/// `#stale` says why in the words of its attributes, and the document has `data-stale`.
#[island]
pub fn Refresh() -> impl IntoView {
    Effect::new(move || {
        let url = browser::attribute_of("#now", "data-url");
        let failures = Rc::new(Cell::new(0_u32));
        browser::while_visible(EVERY, move || {
            let (url, failures) = (url.clone(), failures.clone());
            leptos::task::spawn_local(async move {
                match browser::get_piece(&url).await {
                    Piece::Here(html) => {
                        failures.set(0);
                        say(None);
                        show(&html);
                    }
                    Piece::Elsewhere => say(Some("data-signed-out")),
                    Piece::Lost => {
                        failures.set(failures.get() + 1);
                        if failures.get() >= FAILURES {
                            say(Some("data-lost"));
                        }
                    }
                }
            });
        });
    });
}

fn show(html: &str) {
    if browser::find("#now :focus").is_some() {
        return;
    }
    browser::exchange("#now", html);
    let at = browser::attribute_of("#now [data-at]", "data-at");
    if !at.is_empty() {
        browser::set_everywhere(".ago", "datetime", &at);
    }
}

/// What stands above the numbers while they stand still.
fn say(why: Option<&str>) {
    let Some(place) = browser::find("#stale") else { return };
    let words = why.and_then(|name| place.get_attribute(name));
    if place.text_content() != Some(words.clone().unwrap_or_default()) {
        place.set_text_content(words.as_deref());
    }
    if let Some(page) = browser::find("html") {
        let _ = if words.is_some() { page.set_attribute("data-stale", "") } else { page.remove_attribute("data-stale") };
    }
}
