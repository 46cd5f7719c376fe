//! How many visitors are here now.

use super::browser;
use crate::format::count;
use leptos::prelude::*;
use std::time::Duration;

/// The number the page was made with, from the context on the server.
#[derive(Clone, Copy)]
pub struct LiveCountStart(pub i64);

const EVERY: Duration = Duration::from_secs(10);

/// The number of current visitors, asked again every ten seconds while somebody may be looking.
///
/// Stands in an element `.live` whose `data-url` answers `{"visitors": n}`.
#[island]
pub fn LiveCount() -> impl IntoView {
    let (visitors, set_visitors) = signal(start());
    Effect::new(move || {
        let url = browser::attribute_of(".live", "data-url");
        browser::while_visible(EVERY, move || {
            let url = url.clone();
            leptos::task::spawn_local(async move {
                if let Some(now) = browser::get_value(&url, "visitors").await.and_then(|value| value.as_f64()) {
                    set_visitors.set(now as i64);
                }
            });
        });
    });
    view! {
        <b class="live__n">{move || count(visitors.get())}</b>
        <span>{move || if visitors.get() == 1 { " current visitor" } else { " current visitors" }}</span>
    }
}

fn start() -> i64 {
    if cfg!(feature = "hydrate") {
        browser::text_of(".live__n").replace(',', "").parse().unwrap_or(0)
    } else {
        use_context::<LiveCountStart>().map_or(0, |start| start.0)
    }
}
