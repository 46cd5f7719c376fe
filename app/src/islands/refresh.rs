//! Keeps the last half hour up to date.

use super::browser;
use leptos::prelude::*;
use std::time::Duration;

const EVERY: Duration = Duration::from_secs(10);

/// Exchanges what is in `#now` by what its `data-url` answers, every ten seconds while somebody may be looking.
///
/// Not while something in it has the focus: it would be taken away from under the reader's fingers. What was opened
/// stays open.
#[island]
pub fn Refresh() -> impl IntoView {
    Effect::new(move || {
        let url = browser::attribute_of("#now", "data-url");
        browser::while_visible(EVERY, move || {
            let url = url.clone();
            leptos::task::spawn_local(async move {
                if let Some(html) = browser::get_text(&url).await
                    && browser::find("#now :focus").is_none()
                {
                    browser::exchange("#now", &html);
                }
            });
        });
    });
}
