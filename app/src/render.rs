//! From a view to a string.

use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use std::sync::Arc;

/// Renders a whole page: no streaming and no inline scripts, so the same model always gives the same bytes, and a
/// policy without `unsafe-inline` needs neither nonces nor hashes.
pub fn render<V: IntoView>(page: impl FnOnce() -> V) -> String {
    format!("<!DOCTYPE html>{}", part(page))
}

/// Renders a piece of a page, which an island asks for.
pub fn part<V: IntoView>(piece: impl FnOnce() -> V) -> String {
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(|| piece().to_html());
    owner.unset_with_forced_cleanup();
    tidy(&html)
}

/// The marker leptos puts where something dynamic stands: needed by islands to find their way, and no valid HTML.
const MARKER: &str = "<!>";
/// The same node, as HTML writes it.
const COMMENT: &str = "<!---->";

/// Markers outside islands are left out, those inside become proper comments. Text between quotes of a tag is none of
/// our business: a page's address may hold anything.
fn tidy(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    let mut islands = 0_usize;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix(MARKER) {
            out.push_str(if islands > 0 { COMMENT } else { "" });
            rest = after;
            continue;
        }
        if rest.starts_with("<leptos-island") {
            islands += 1;
        } else if rest.starts_with("</leptos-island") {
            islands = islands.saturating_sub(1);
        }
        let tag = rest.len().min(end_of_tag(rest));
        out.push_str(&rest[..tag]);
        rest = &rest[tag..];
    }
    out.push_str(rest);
    out
}

/// How long the tag is with which `html` begins; a `>` between quotes does not end it.
fn end_of_tag(html: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in html.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at + 1,
            _ => {}
        }
    }
    html.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_go_outside_islands_and_are_comments_inside() {
        let html = "<p>a<!>b</p><leptos-island data-component=\"X\"><b>1<!>2</b></leptos-island><!><i title=\"<!> > \">c</i>";
        assert_eq!(tidy(html), "<p>ab</p><leptos-island data-component=\"X\"><b>1<!---->2</b></leptos-island><i title=\"<!> > \">c</i>");
        assert_eq!(tidy("a < b"), "a < b");
    }

    #[test]
    fn the_same_view_is_the_same_text() {
        let page = || render(|| view! { <p class="a">{"<b>"}{Some("x")}</p> });
        assert_eq!(page(), "<!DOCTYPE html><p class=\"a\">&lt;b&gt;x</p>");
        assert_eq!(page(), page());
    }
}
