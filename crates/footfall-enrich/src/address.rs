//! URLs, read as far as definitions 20 to 23 need and no further.
//!
//! Not a WHATWG parser: that one would resolve dots and encode bytes anew, while a page is what was sent, decoded once.

use crate::decode;
use std::borrow::Cow;

/// The parts of a URL, as sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Address<'a> {
    /// Without its colon; empty when there is none.
    pub scheme: &'a str,
    /// Host without user and port; empty when there is none.
    pub host: &'a str,
    /// From the first slash after the host to the query.
    pub path: &'a str,
    /// Without its question mark; empty when there is none.
    pub query: &'a str,
    /// Without its hash sign; empty when there is none.
    pub fragment: &'a str,
}

impl<'a> Address<'a> {
    /// Takes any text apart; what is no URL is a path.
    pub fn of(url: &'a str) -> Self {
        let (rest, fragment) = cut(url.trim(), '#');
        let (rest, query) = cut(rest, '?');
        let (scheme, rest) = scheme_of(rest);
        let Some(rest) = rest.strip_prefix("//") else {
            return Self { scheme, host: "", path: rest, query, fragment };
        };
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        Self { scheme, host: host_of(authority), path, query, fragment }
    }

    /// The hostname (definition 20); empty when there is none.
    pub fn hostname(&self) -> Cow<'a, str> {
        hostname(self.host)
    }

    /// The page (definition 21). With hash routing the fragment belongs to it.
    pub fn page(&self, hash_routing: bool) -> Cow<'a, str> {
        let path = if self.path.is_empty() { Cow::Borrowed("/") } else { decode::path(self.path) };
        if hash_routing && !self.fragment.is_empty() {
            return Cow::Owned(format!("{path}#{}", decode::path(self.fragment)));
        }
        path
    }
}

/// Lower case, punycode, without one leading `www.` (definition 20).
fn hostname(host: &str) -> Cow<'_, str> {
    let plain = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'_' | b'[' | b']' | b':');
    if host.as_bytes().iter().all(plain) {
        return Cow::Borrowed(host.strip_prefix("www.").unwrap_or(host));
    }
    let decoded = decode::path(host);
    let ascii = if decoded.is_ascii() {
        decoded.to_ascii_lowercase()
    } else {
        // A name that IDNA refuses is still a name somebody sent: it keeps its letters.
        idna::domain_to_ascii(&decoded).unwrap_or_else(|_| decoded.to_lowercase())
    };
    Cow::Owned(ascii.strip_prefix("www.").map(str::to_owned).unwrap_or(ascii))
}

fn cut(text: &str, at: char) -> (&str, &str) {
    text.split_once(at).unwrap_or((text, ""))
}

fn scheme_of(text: &str) -> (&str, &str) {
    match text.split_once(':') {
        Some((scheme, rest)) if is_scheme(scheme) => (scheme, rest),
        _ => ("", text),
    }
}

fn is_scheme(text: &str) -> bool {
    text.as_bytes().first().is_some_and(u8::is_ascii_alphabetic)
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

fn host_of(authority: &str) -> &str {
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    if host.starts_with('[') {
        return host.find(']').map_or(host, |end| &host[..=end]);
    }
    cut(host, ':').0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hostname_is_one_word_for_one_host() {
        for (url, host) in [
            ("https://example.com/", "example.com"),
            ("https://www.example.com/", "example.com"),
            ("https://www.www.example.com/", "www.example.com"),
            ("https://WWW.Example.COM:8443/a", "example.com"),
            ("http://user:secret@example.com/a", "example.com"),
            ("https://blog.example.com", "blog.example.com"),
            ("https://bücher.example/", "xn--bcher-kva.example"),
            ("https://www.BÜCHER.example/", "xn--bcher-kva.example"),
            ("https://b%C3%BCcher.example/", "xn--bcher-kva.example"),
            ("http://[2001:DB8::1]:8080/a", "[2001:db8::1]"),
            ("//example.com/a", "example.com"),
            ("app://localhost/start", "localhost"),
            ("file:///home/page.html", ""),
            ("/only/a/path", ""),
            ("", ""),
        ] {
            assert_eq!(Address::of(url).hostname(), host, "{url}");
        }
    }

    #[test]
    fn the_page_is_the_path_decoded_once() {
        for (url, page) in [
            ("https://example.com", "/"),
            ("https://example.com?a=b", "/"),
            ("https://example.com/", "/"),
            ("https://example.com/Case/", "/Case/"),
            ("https://example.com//double//slash", "//double//slash"),
            ("https://example.com/a/../b", "/a/../b"),
            ("https://example.com/a%2Fb%20c", "/a/b c"),
            ("https://example.com/a+b?utm_source=x#part", "/a+b"),
            ("https://example.com/a%FFb", "/a\u{FFFD}b"),
            ("https://example.com/%E6%97%A5", "/日"),
            ("/only/a/path", "/only/a/path"),
            ("mailto:someone", "someone"),
            ("", "/"),
        ] {
            assert_eq!(Address::of(url).page(false), page, "{url}");
        }
    }

    #[test]
    fn the_fragment_is_part_of_the_page_only_with_hash_routing() {
        let address = Address::of("https://example.com/app#/users/J%C3%BCrgen");
        assert_eq!(address.page(false), "/app");
        assert_eq!(address.page(true), "/app#/users/Jürgen");
        assert_eq!(Address::of("https://example.com/app#").page(true), "/app");
        assert_eq!(Address::of("https://example.com#/start").page(true), "/#/start");
    }
}
