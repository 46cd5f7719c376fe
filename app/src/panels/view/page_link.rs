//! The way from a row about a page to the page itself.

use super::super::{List, MachineList, PanelRow, plain};
use super::Around;
use crate::site_page::{Operator, Subject};
use footfall_domain::Dimension;
use leptos::prelude::*;
use std::fmt::Write as _;

/// A small link to the page a row is about, or to nowhere: hits name any page, and only an address that is surely one of
/// the site's own is worth a press.
pub fn page_link(around: Around<'_>, list: List, row: &PanelRow) -> Option<impl IntoView + use<>> {
    let of_pages =
        matches!(list, List::Values(Dimension::Page | Dimension::EntryPage | Dimension::ExitPage) | List::Machines(MachineList::Pages));
    let href = of_pages.then(|| address(host(around, list)?, &row.value)).flatten()?;
    let label = (around.words().panels.open_page)(&plain(&row.value));
    let title = href.clone();
    Some(view! {
        <a class="rows__open" href=href title=title target="_blank" rel="noreferrer noopener" aria-label=label>
            <span aria-hidden="true">"↗"</span>
        </a>
    })
}

/// The host whose pages are listed: the one a filter asks for, else the site's. A filter is text of the address, so its
/// host is believed only where it is the site's own or below it.
fn host<'a>(around: Around<'a>, list: List) -> Option<&'a str> {
    let own = around.domain;
    // Machines are counted whatever the filters say.
    let asked = around.state.filters.iter().filter(|_| !matches!(list, List::Machines(_)));
    let mut asked = asked.filter(|filter| filter.subject == Subject::Value(Dimension::Hostname));
    let Some(filter) = asked.next() else { return Some(own) };
    match &filter.values[..] {
        [value] if filter.operator == Operator::Is => of_site(value, own).then_some(value.as_str()),
        _ => Some(own),
    }
}

fn of_site(host: &str, own: &str) -> bool {
    let root = own.strip_prefix("www.").unwrap_or(own);
    host == root || host.strip_suffix(root).is_some_and(|before| before.ends_with('.'))
}

/// `https://example.org/a`; nothing where host or path is none. Paths are kept decoded (definition 21).
fn address(host: &str, path: &str) -> Option<String> {
    let label = |label: &str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    // Bytes that were no text are lost.
    if !host.split('.').all(label) || !path.starts_with('/') || path.contains(char::REPLACEMENT_CHARACTER) {
        return None;
    }
    let mut address = format!("https://{host}");
    for byte in path.bytes() {
        match byte {
            byte if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?#".contains(&byte) => address.push(char::from(byte)),
            byte => write!(address, "%{byte:02X}").ok()?,
        }
    }
    Some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_host_and_a_path() {
        for (path, written) in [
            ("/", "https://a.example/"),
            ("/über uns?q=ä&b=1#c", "https://a.example/%C3%BCber%20uns?q=%C3%A4&b=1#c"),
            ("/100%/%41", "https://a.example/100%25/%2541"),
            ("//evil.example", "https://a.example//evil.example"),
            ("/\\evil\"<script>\n\u{202E}", "https://a.example/%5Cevil%22%3Cscript%3E%0A%E2%80%AE"),
            ("/@evil.example", "https://a.example/@evil.example"),
        ] {
            assert_eq!(address("a.example", path).as_deref(), Some(written), "{path}");
        }
    }

    #[test]
    fn what_is_no_host_and_no_path_is_no_address() {
        for path in ["", "javascript:alert(1)", "a", "@evil.example", ".evil.example/", "(not set)", "/\u{FFFD}"] {
            assert_eq!(address("a.example", path), None, "{path}");
        }
        for host in ["", "a..example", ".a", "a@b.example", "a:80", "a/b", "a\\b", "ä.example", "a b"] {
            assert_eq!(address(host, "/"), None, "{host}");
        }
    }

    #[test]
    fn a_filter_names_no_strange_host() {
        for host in ["shop.example", "www.shop.example", "a.b.shop.example"] {
            assert!(of_site(host, "shop.example") && of_site(host, "www.shop.example"), "{host}");
        }
        for host in ["evil.example", "evilshop.example", "shop.example.evil.example", ""] {
            assert!(!of_site(host, "shop.example"), "{host}");
        }
    }
}
