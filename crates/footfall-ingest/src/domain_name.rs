//! One spelling for each domain: what a site is called, and what a request calls it.

/// A domain in its one spelling: lower case, punycode, without scheme, user, port, path, final dot or one leading `www.`.
///
/// `HTTPS://www.Bücher.example:443/x` is `xn--bcher-kva.example`. Blank is empty. What no resolver would take is kept in
/// lower case, so that it can be named in a message.
pub fn normal_domain(text: &str) -> String {
    let text = text.trim();
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let host = host(rest).trim_end_matches('.');
    let ascii = if host.is_ascii() {
        host.to_ascii_lowercase()
    } else {
        match url::Host::parse(host) {
            Ok(url::Host::Domain(domain)) => domain,
            _ => host.to_lowercase(),
        }
    };
    match ascii.strip_prefix("www.") {
        Some(bare) if !bare.is_empty() => bare.to_owned(),
        _ => ascii,
    }
}

/// The host of a URL as written, without user and port; empty when it has none.
pub(crate) fn host_of(url: &str) -> &str {
    url.split_once("://").map_or("", |(_, rest)| host(rest))
}

/// The host at the beginning of what follows a scheme.
fn host(rest: &str) -> &str {
    let authority = &rest[..rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len())];
    let host_port = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    if host_port.starts_with('[') {
        return host_port.find(']').map_or(host_port, |end| &host_port[..=end]);
    }
    host_port.split_once(':').map_or(host_port, |(host, _)| host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_has_one_spelling() {
        for (text, domain) in [
            ("example.com", "example.com"),
            (" WWW.Example.COM. ", "example.com"),
            ("https://www.Bücher.example:443/x?y#z", "xn--bcher-kva.example"),
            ("user:pass@example.com:8080", "example.com"),
            ("www.www.example.com", "www.example.com"),
            ("www.", "www"),
            ("localhost:8000", "localhost"),
            ("[::1]:8000", "[::1]"),
            ("[::1", "[::1"),
            ("", ""),
            ("  ", ""),
            ("example.com/blog", "example.com"),
        ] {
            assert_eq!(normal_domain(text), domain, "{text}");
        }
    }

    #[test]
    fn a_url_without_authority_has_no_host() {
        for (url, host) in [
            ("https://example.com/a", "example.com"),
            ("app://localhost/a/b", "localhost"),
            ("https://me@example.com?x@y", "example.com"),
            ("file:///etc", ""),
            ("/a/b", ""),
            ("about:blank", ""),
        ] {
            assert_eq!(host_of(url), host, "{url}");
        }
    }
}
