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

/// A time that becomes "3 s ago" and counts on.
#[island]
pub fn Ago() -> impl IntoView {
    let AgoStart { at, text } = start();
    let (shown, set_shown) = signal(text);
    let instant = at.clone();
    Effect::new(move || {
        let since = js_sys::Date::parse(&instant);
        browser::while_visible(Duration::from_secs(1), move || {
            set_shown.set(words(((js_sys::Date::now() - since) / 1000.0).max(0.0) as u64));
        });
    });
    view! { <time class="ago" datetime=at>{shown}</time> }
}

fn start() -> AgoStart {
    if cfg!(feature = "hydrate") {
        AgoStart { at: browser::attribute_of(".ago", "datetime"), text: browser::text_of(".ago") }
    } else {
        use_context().unwrap_or_else(|| AgoStart { at: String::new(), text: String::new() })
    }
}

fn words(seconds: u64) -> String {
    match seconds {
        0..=1 => "just now".to_owned(),
        2..=59 => format!("{seconds} s ago"),
        60..=3599 => format!("{} min ago", seconds / 60),
        3600..=172_799 => format!("{} h ago", seconds / 3600),
        _ => format!("{} days ago", seconds / 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn times_grow_coarser() {
        let texts = [0, 3, 59, 60, 7_199, 90_000, 180_000].map(words);
        assert_eq!(texts, ["just now", "3 s ago", "59 s ago", "1 min ago", "1 h ago", "25 h ago", "2 days ago"]);
    }
}
