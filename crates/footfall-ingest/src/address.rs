//! Reading an address out of the many ways headers write one.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// The canonical form: an IPv4-mapped IPv6 address is the IPv4 address (definition 2).
pub fn canonical(address: IpAddr) -> IpAddr {
    address.to_canonical()
}

/// Reads an address as proxies write it: bare, with a port, in brackets, in quotes, with a zone (`fe80::1%eth0`).
///
/// Names, `unknown` and hidden identifiers (`_hidden`) are none.
pub fn parse_address(text: &str) -> Option<IpAddr> {
    let text = text.trim().trim_matches('"').trim();
    let address = if let Some(inner) = text.strip_prefix('[') {
        let (inside, after) = inner.split_once(']')?;
        if !after.is_empty() && !after.strip_prefix(':').is_some_and(is_port) {
            return None;
        }
        without_zone(inside).parse::<Ipv6Addr>().ok().map(IpAddr::V6)
    } else {
        without_zone(text).parse().ok().or_else(|| text.parse().ok().map(|socket: SocketAddr| socket.ip()))
    };
    address.map(canonical)
}

/// Reads `address:port` where the address may be a bare IPv6 one, as CloudFront writes it: the port is what follows the
/// last colon.
pub fn parse_address_with_port(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = text.rsplit_once(':').filter(|(_, port)| is_port(port)).and_then(|(address, _)| parse_address(address));
    bare.or_else(|| parse_address(text))
}

fn is_port(text: &str) -> bool {
    text.parse::<u16>().is_ok()
}

fn without_zone(text: &str) -> &str {
    match text.split_once('%') {
        Some((address, zone)) if !zone.is_empty() && address.contains(':') => address,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn address(text: &str) -> Option<String> {
        parse_address(text).map(|address| address.to_string())
    }

    #[test]
    fn the_ways_headers_write_an_address() {
        for (text, expected) in [
            ("192.0.2.1", "192.0.2.1"),
            (" 192.0.2.1 ", "192.0.2.1"),
            ("192.0.2.1:8080", "192.0.2.1"),
            ("2001:db8::1", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("[2001:db8::1]:443", "2001:db8::1"),
            ("\"[2001:db8::1]:443\"", "2001:db8::1"),
            ("fe80::1%eth0", "fe80::1"),
            ("[fe80::1%25eth0]:80", "fe80::1"),
            ("::ffff:192.0.2.1", "192.0.2.1"),
            ("[::ffff:c000:201]:9", "192.0.2.1"),
        ] {
            assert_eq!(address(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_address() {
        for text in [
            "",
            "unknown",
            "_hidden",
            "localhost",
            "192.0.2",
            "192.0.2.256",
            "192.0.2.1:99999",
            "[2001:db8::1",
            "[192.0.2.1]",
            "[::1]x",
            "192.0.2.1%1",
            "01.2.3.4",
            "-",
        ] {
            assert_eq!(address(text), None, "{text}");
        }
    }

    #[test]
    fn cloudfront_writes_the_port_after_the_last_colon() {
        for (text, expected) in [
            ("198.51.100.10:46532", Some("198.51.100.10")),
            ("2001:db8::1:46532", Some("2001:db8::1")),
            ("2001:db8::1:443", Some("2001:db8::1")),
            ("2001:db8:1:2:3:4:5:6:443", Some("2001:db8:1:2:3:4:5:6")),
            ("[2001:db8::1]:443", Some("2001:db8::1")),
            ("198.51.100.10", Some("198.51.100.10")),
            ("garbage:1", None),
        ] {
            assert_eq!(parse_address_with_port(text).map(|address| address.to_string()).as_deref(), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(bytes: u128, v4: bool, port: u16) {
            let any = if v4 { IpAddr::from((bytes as u32).to_be_bytes()) } else { IpAddr::from(bytes.to_be_bytes()) };
            let expected = Some(canonical(any));
            prop_assert_eq!(parse_address(&any.to_string()), expected);
            prop_assert_eq!(parse_address(&SocketAddr::new(any, port).to_string()), expected);
            prop_assert_eq!(parse_address_with_port(&SocketAddr::new(any, port).to_string()), expected);
            prop_assert_eq!(parse_address_with_port(&format!("{any}:{port}")), expected);
        }

        #[test]
        fn no_text_panics(text: String) {
            parse_address(&text);
            parse_address_with_port(&text);
        }
    }
}
