//! How many visitors are here now.

use super::browser;
use crate::format::count;
use crate::words::Lang;
use leptos::prelude::*;
use std::time::Duration;

/// The number the page was made with, from the context on the server; none: the page is older than any such number.
#[derive(Clone, Copy)]
pub struct LiveCountStart(pub i64);

const EVERY: Duration = Duration::from_secs(10);

/// The number of current visitors, asked again every ten seconds while somebody may be looking.
///
/// Stands in an element `.live` whose `data-url` answers `{"visitors": n}`.
#[island]
pub fn LiveCount() -> impl IntoView {
    let Start { visitors, lang, one, other } = start();
    let (visitors, set_visitors) = signal(visitors);
    let (for_one, for_others) = (one.clone(), other.clone());
    Effect::new(move || {
        let url = browser::attribute_of(".live", "data-url");
        browser::while_visible(EVERY, move || {
            let url = url.clone();
            leptos::task::spawn_local(async move {
                if let Some(now) = browser::get_value(&url, "visitors").await.and_then(|value| value.as_f64()) {
                    set_visitors.set(Some(now as i64));
                }
            });
        });
    });
    view! {
        <b class="live__n">{move || visitors.get().map_or("–".to_owned(), |visitors| count(visitors, lang))}</b>
        " "
        <span class="live__of" data-one=for_one data-other=for_others>
            {move || if visitors.get() == Some(1) { one.clone() } else { other.clone() }}
        </span>
    }
}

/// What the island begins with.
struct Start {
    visitors: Option<i64>,
    lang: Lang,
    one: String,
    other: String,
}

#[cfg(feature = "ssr")]
fn start() -> Start {
    let lang = use_context::<Lang>().unwrap_or_default();
    let words = lang.words().site.current_visitors;
    let visitors = use_context::<LiveCountStart>().map(|start| start.0);
    Start { visitors, lang, one: words.one.to_owned(), other: words.other.to_owned() }
}

#[cfg(not(feature = "ssr"))]
fn start() -> Start {
    let visitors = browser::text_of(".live__n").replace([',', '.'], "").parse().ok();
    let word = |name| browser::attribute_of(".live__of", name);
    Start { visitors, lang: browser::lang(), one: word("data-one"), other: word("data-other") }
}
