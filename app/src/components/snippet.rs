//! The lines to put into a web site.

use crate::islands::CopyButton;
use crate::words::Words;
use leptos::prelude::*;

/// The snippet of a site, to copy.
pub fn snippet(words: &Words, origin: &str, script: &str, domain: &str) -> impl IntoView + use<> {
    let text = format!(r#"<script defer data-domain="{domain}" src="{origin}{script}"></script>"#);
    let label = words.common.snippet;
    view! {
        <div class="snippet">
            <pre tabindex="0" aria-label=label><code>{text}</code></pre>
            <CopyButton/>
        </div>
    }
}
