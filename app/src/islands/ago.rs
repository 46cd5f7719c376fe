//! How long ago, counting on.

use super::browser;
use leptos::prelude::*;
use std::time::Duration;

/// The instant and how the server writes it, from the context on the server.
#[derive(Clone)]
pub struct AgoStart {
    /// RFC 3339.
    pub at: String,
    /// Such as `14:32:05`.
    pub text: String,
}

/// A time that becomes "3 s ago" and counts on. Another island may set its `datetime` when newer numbers have come.
#[island]
pub fn Ago() -> impl IntoView {
    let Start { at, text, said } = start();
    let (shown, set_shown) = signal(text);
    let steps = said.clone();
    let time = NodeRef::<leptos::html::Time>::new();
    Effect::new(move || {
        let Some(time) = time.get() else { return };
        let steps = steps.clone();
        browser::while_visible(Duration::from_secs(1), move || {
            let since = js_sys::Date::parse(&time.get_attribute("datetime").unwrap_or_default());
            set_shown.set(words(((js_sys::Date::now() - since) / 1000.0).max(0.0) as u64, &steps));
        });
    });
    view! { <time class="ago" datetime=at data-said=said node_ref=time>{shown}</time> }
}

/// What the island begins with; `said` holds the words from now to days ago, separated by `|`.
struct Start {
    at: String,
    text: String,
    said: String,
}

#[cfg(feature = "ssr")]
fn start() -> Start {
    let AgoStart { at, text } = use_context().unwrap_or_else(|| AgoStart { at: String::new(), text: String::new() });
    let words = &use_context::<crate::words::Lang>().unwrap_or_default().words().common;
    let said = [words.just_now, words.seconds_ago, words.minutes_ago, words.hours_ago, words.days_ago].join("|");
    Start { at, text, said }
}

#[cfg(not(feature = "ssr"))]
fn start() -> Start {
    Start {
        at: browser::attribute_of(".ago", "datetime"),
        text: browser::text_of(".ago"),
        said: browser::attribute_of(".ago", "data-said"),
    }
}

fn words(seconds: u64, said: &str) -> String {
    let (step, n) = match seconds {
        0..=1 => (0, 0),
        2..=59 => (1, seconds),
        60..=3599 => (2, seconds / 60),
        3600..=172_799 => (3, seconds / 3600),
        _ => (4, seconds / 86_400),
    };
    said.split('|').nth(step).unwrap_or_default().replace("{n}", &n.to_string())
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn times_grow_coarser() {
        let said = "just now|{n} s ago|{n} min ago|{n} h ago|{n} days ago";
        let texts = [0, 3, 59, 60, 7_199, 90_000, 180_000].map(|seconds| words(seconds, said));
        assert_eq!(texts, ["just now", "3 s ago", "59 s ago", "1 min ago", "1 h ago", "25 h ago", "2 days ago"]);
    }
}
