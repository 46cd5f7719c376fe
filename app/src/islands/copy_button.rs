//! Copies the snippet.

#[cfg(not(feature = "ssr"))]
use super::browser;
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen_futures::JsFuture;

/// A button that copies the `code` of the `.snippet` it stands in. Hidden until it works: without scripts there is
/// nothing to press, and the text can be selected.
#[island]
pub fn CopyButton() -> impl IntoView {
    let button = NodeRef::<leptos::html::Button>::new();
    let (copied, set_copied) = signal(false);
    Effect::new(move || {
        if let Some(button) = button.get() {
            let _ = button.remove_attribute("hidden");
        }
    });
    let copy = move |_| {
        let text = button.get_untracked().and_then(|button| button.closest(".snippet").ok()?).and_then(|box_of| {
            let code = box_of.query_selector("code").ok()??;
            code.text_content()
        });
        let Some(text) = text else { return };
        leptos::task::spawn_local(async move {
            let done = JsFuture::from(window().navigator().clipboard().write_text(&text)).await.is_ok();
            set_copied.set(done);
            set_timeout(move || set_copied.set(false), Duration::from_secs(2));
        });
    };
    let (before, after) = said();
    let said = after.clone();
    view! {
        <button class="button button--small copy" type="button" hidden data-said=said node_ref=button on:click=copy>
            {move || if copied.get() { after.clone() } else { before.clone() }}
        </button>
    }
}

/// What the button says before and after.
#[cfg(feature = "ssr")]
fn said() -> (String, String) {
    let words = &use_context::<crate::words::Lang>().unwrap_or_default().words().common;
    (words.copy.to_owned(), words.copied.to_owned())
}

#[cfg(not(feature = "ssr"))]
fn said() -> (String, String) {
    (browser::text_of(".copy"), browser::attribute_of(".copy", "data-said"))
}
