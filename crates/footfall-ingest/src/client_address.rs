//! Who sent a request: the connection's peer, or whom the trusted proxies name
//! (`docs/decisions/0502-whose-word-counts-for-an-address.md`).

use crate::TrustedProxies;
use crate::address::{canonical, parse_address, parse_address_with_port};
use http::HeaderMap;
use http::header::FORWARDED;
use std::net::IpAddr;

/// The client's address, canonical.
///
/// Headers count only when the peer is a trusted proxy. The chain of `X-Forwarded-For` (else `Forwarded`) is walked from
/// its end: each proxy adds whom it saw, so the rightmost hop that is no trusted proxy is the client, whatever a client
/// wrote further left. Where there is no such hop, `CF-Connecting-IP` and `CloudFront-Viewer-Address` are asked; then the
/// farthest trusted hop; then the peer.
pub fn client_address(peer: IpAddr, headers: &HeaderMap, trusted: &TrustedProxies) -> IpAddr {
    let peer = canonical(peer);
    if !trusted.contains(peer) {
        return peer;
    }
    let mut nearest = peer;
    for hop in chain(headers).iter().rev() {
        match hop {
            Some(address) if trusted.contains(*address) => nearest = *address,
            Some(address) => return *address,
            // What no proxy of ours would write: nothing left of it can be believed.
            None => break,
        }
    }
    cdn_address(headers).unwrap_or(nearest)
}

/// The address a program states for its visitor: the first of `X-Forwarded-For`, as clients of Plausible's events API
/// write it. Only for requests that carry a key of scope `events`; whatever the peer.
pub fn stated_address(headers: &HeaderMap) -> Option<IpAddr> {
    forwarded_for(headers).first().copied().flatten()
}

/// The hops, the client's side first; `None` for one that is no address.
fn chain(headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    let hops = forwarded_for(headers);
    if hops.is_empty() { forwarded(headers) } else { hops }
}

fn forwarded_for(headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    let values = headers.get_all("x-forwarded-for").iter();
    // Bytes that are no text must not vanish: they would hide that a hop cannot be believed.
    values.flat_map(|value| value.to_str().unwrap_or("?").split(',')).filter(|hop| !hop.trim().is_empty()).map(parse_address).collect()
}

/// The `for=` of each element of `Forwarded` (RFC 7239).
fn forwarded(headers: &HeaderMap) -> Vec<Option<IpAddr>> {
    let values = headers.get_all(FORWARDED).iter();
    let elements = values.flat_map(|value| value.to_str().unwrap_or("?").split(',')).filter(|element| !element.trim().is_empty());
    elements.map(|element| element.split(';').find_map(for_pair).and_then(parse_address)).collect()
}

fn for_pair(pair: &str) -> Option<&str> {
    let (name, value) = pair.split_once('=')?;
    name.trim().eq_ignore_ascii_case("for").then_some(value)
}

fn cdn_address(headers: &HeaderMap) -> Option<IpAddr> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    text("cf-connecting-ip").and_then(parse_address).or_else(|| text("cloudfront-viewer-address").and_then(parse_address_with_port))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().expect("a header"));
        }
        headers
    }

    /// The address found for requests of `peer`, with the default trust and `203.0.113.0/24` (a CDN) beside it.
    fn check(peer: &str, pairs: &[(&'static str, &str)], expected: &str) {
        let ranges = ["127.0.0.0/8", "10.0.0.0/8", "::1", "203.0.113.0/24"];
        let trusted = TrustedProxies::parse(ranges).expect("networks");
        let found = client_address(peer.parse().expect("an address"), &headers(pairs), &trusted);
        assert_eq!(found.to_string(), expected, "{peer} {pairs:?}");
    }

    #[test]
    fn an_untrusted_peer_is_the_client_whatever_it_claims() {
        let forged = [
            ("x-forwarded-for", "1.1.1.1"),
            ("forwarded", "for=1.1.1.1"),
            ("cf-connecting-ip", "1.1.1.1"),
            ("cloudfront-viewer-address", "1.1.1.1:1"),
        ];
        check("198.51.100.9", &forged, "198.51.100.9");
        check("::ffff:198.51.100.9", &forged, "198.51.100.9");
    }

    #[test]
    fn the_rightmost_untrusted_hop_is_the_client() {
        check("127.0.0.1", &[("x-forwarded-for", "198.51.100.9")], "198.51.100.9");
        check("127.0.0.1", &[("x-forwarded-for", "6.6.6.6, 198.51.100.9")], "198.51.100.9");
        check("127.0.0.1", &[("x-forwarded-for", "6.6.6.6, 198.51.100.9, 203.0.113.5, 10.0.0.2")], "198.51.100.9");
        check("127.0.0.1", &[("x-forwarded-for", "6.6.6.6"), ("x-forwarded-for", "198.51.100.9")], "198.51.100.9");
        check("127.0.0.1", &[("x-forwarded-for", "[2001:db8::7]:4711")], "2001:db8::7");
        check("::1", &[("x-forwarded-for", "::ffff:198.51.100.9")], "198.51.100.9");
    }

    #[test]
    fn forwarded_is_read_where_there_is_no_x_forwarded_for() {
        check("127.0.0.1", &[("forwarded", "for=198.51.100.9;proto=https;by=10.0.0.1")], "198.51.100.9");
        check("127.0.0.1", &[("forwarded", "proto=http; For=\"[2001:db8::7]:80\", for=10.0.0.2")], "2001:db8::7");
        check("127.0.0.1", &[("forwarded", "for=1.1.1.1"), ("x-forwarded-for", "198.51.100.9")], "198.51.100.9");
    }

    #[test]
    fn a_cdn_names_the_client_where_the_chain_does_not() {
        check("203.0.113.5", &[("cf-connecting-ip", "198.51.100.9")], "198.51.100.9");
        check("203.0.113.5", &[("cloudfront-viewer-address", "198.51.100.9:46532")], "198.51.100.9");
        check("203.0.113.5", &[("cloudfront-viewer-address", "2001:db8::7:46532")], "2001:db8::7");
        check("127.0.0.1", &[("x-forwarded-for", "203.0.113.5"), ("cf-connecting-ip", "198.51.100.9")], "198.51.100.9");
        // A header passed through by a proxy that knows better.
        check("127.0.0.1", &[("x-forwarded-for", "198.51.100.9"), ("cf-connecting-ip", "6.6.6.6")], "198.51.100.9");
    }

    #[test]
    fn garbage_ends_the_chain() {
        check("127.0.0.1", &[("x-forwarded-for", "198.51.100.9, unknown")], "127.0.0.1");
        check("127.0.0.1", &[("x-forwarded-for", "198.51.100.9, <x>, 10.0.0.2")], "10.0.0.2");
        check("127.0.0.1", &[("forwarded", "for=_hidden")], "127.0.0.1");
        check("127.0.0.1", &[("forwarded", "for=198.51.100.9, proto=https")], "127.0.0.1");
        check("127.0.0.1", &[("x-forwarded-for", ""), ("cf-connecting-ip", "nonsense")], "127.0.0.1");
    }

    #[test]
    fn visitors_inside_the_house_have_their_own_address() {
        check("127.0.0.1", &[("x-forwarded-for", "10.0.0.9")], "10.0.0.9");
        check("127.0.0.1", &[("x-forwarded-for", "10.0.0.9, 10.0.0.2")], "10.0.0.9");
        check("127.0.0.1", &[], "127.0.0.1");
    }

    #[test]
    fn a_program_states_the_first_address() {
        let stated = |value: &str| stated_address(&headers(&[("x-forwarded-for", value)])).map(|address| address.to_string());
        assert_eq!(stated("83.149.9.216").as_deref(), Some("83.149.9.216"));
        assert_eq!(stated("83.149.9.216, 10.0.0.1").as_deref(), Some("83.149.9.216"));
        assert_eq!(stated("nobody"), None);
        assert_eq!(stated_address(&HeaderMap::new()), None);
    }
}
