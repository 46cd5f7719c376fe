//! Where a visitor is, by the word of a CDN.

use crate::TrustedProxies;
use crate::country::country_code;
use footfall_domain::Place;
use http::{HeaderMap, HeaderValue};
use percent_encoding::percent_decode;
use std::net::IpAddr;

/// The longest name of a region or city kept, in bytes.
const MAX_NAME_BYTES: usize = 200;

/// The place in the headers of CloudFront or Cloudflare; `None` when the peer is no trusted proxy or says no country.
pub fn cdn_place(peer: IpAddr, headers: &HeaderMap, trusted: &TrustedProxies) -> Option<Place> {
    if !trusted.contains(peer) {
        return None;
    }
    if let Some(country) = headers.get("cloudfront-viewer-country").and_then(country) {
        let region = name(headers, "cloudfront-viewer-country-region-name").or_else(|| name(headers, "cloudfront-viewer-country-region"));
        let city = name(headers, "cloudfront-viewer-city");
        return Some(Place { country, region: region.unwrap_or_default(), city: city.unwrap_or_default() });
    }
    let country = headers.get("cf-ipcountry").and_then(country)?;
    Some(Place { country, ..Place::default() })
}

fn country(value: &HeaderValue) -> Option<String> {
    country_code(value.to_str().ok()?)
}

/// A name, which arrives percent-encoded, as UTF-8, or as Latin-1.
fn name(headers: &HeaderMap, header: &str) -> Option<String> {
    let bytes: Vec<u8> = percent_decode(headers.get(header)?.as_bytes()).collect();
    let text = String::from_utf8(bytes).unwrap_or_else(|error| error.as_bytes().iter().map(|byte| *byte as char).collect());
    let text = text.trim();
    (!text.is_empty() && text.len() <= MAX_NAME_BYTES && !text.contains(char::is_control)).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(peer: &str, pairs: &[(&'static str, &[u8])]) -> Option<(String, String, String)> {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_bytes(value).expect("a header"));
        }
        let place = cdn_place(peer.parse().expect("an address"), &headers, &TrustedProxies::default())?;
        Some((place.country, place.region, place.city))
    }

    fn of(country: &str, region: &str, city: &str) -> Option<(String, String, String)> {
        Some((country.to_owned(), region.to_owned(), city.to_owned()))
    }

    #[test]
    fn cloudfront_names_country_region_and_city() {
        let full: &[(&'static str, &[u8])] = &[
            ("cloudfront-viewer-country", b"BR"),
            ("cloudfront-viewer-country-region", b"SP"),
            ("cloudfront-viewer-country-region-name", "São Paulo".as_bytes()),
            ("cloudfront-viewer-city", b"S%C3%A3o%20Carlos"),
        ];
        assert_eq!(place("10.0.0.1", full), of("BR", "São Paulo", "São Carlos"));
        assert_eq!(place("10.0.0.1", &full[..2]), of("BR", "SP", ""));
        assert_eq!(
            place("10.0.0.1", &[("cloudfront-viewer-country", b"CH"), ("cloudfront-viewer-city", b"Z\xfcrich")]),
            of("CH", "", "Zürich")
        );
    }

    #[test]
    fn cloudflare_names_the_country() {
        assert_eq!(place("10.0.0.1", &[("cf-ipcountry", b"de")]), of("DE", "", ""));
        for unknown in [&b"XX"[..], b"T1", b"", b"DEU", b"D\xff"] {
            assert_eq!(place("10.0.0.1", &[("cf-ipcountry", unknown)]), None);
        }
    }

    #[test]
    fn a_stranger_names_nothing() {
        assert_eq!(place("198.51.100.9", &[("cf-ipcountry", b"DE"), ("cloudfront-viewer-country", b"BR")]), None);
    }
}
