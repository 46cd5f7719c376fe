//! Text to copy: the lines to put into a web site, links to pass on.

use crate::islands::CopyButton;
use crate::words::Words;
use leptos::prelude::*;

/// The snippet of a site, to copy.
pub fn snippet(words: &Words, origin: &str, script: &str, domain: &str) -> impl IntoView + use<> {
    let text = format!(r#"<script defer data-domain="{domain}" src="{origin}{script}"></script>"#);
    to_copy(words.common.snippet.to_owned(), text)
}

/// A box with text and the button that copies it. The label is only heard.
pub fn to_copy(label: String, text: String) -> impl IntoView + use<> {
    view! {
        <div class="snippet">
            <pre tabindex="0" aria-label=label><code>{text}</code></pre>
            <CopyButton/>
        </div>
    }
}
