//! From a request to the hit that is kept.

use footfall_domain::{DayMoment, Feed, HitId, LocalDate, Place, Site, SiteId, SiteRules, UnixMillis};
use footfall_ingest::{BuiltInCountries, Client, HitParts, Places, TrustedProxies, hit, parse_event, visitor};
use http::{HeaderMap, HeaderValue};
use proptest::prelude::*;
use std::net::IpAddr;

fn site() -> Site {
    let rules = SiteRules { keep_parameters: vec!["page".into()], ..SiteRules::default() };
    Site { rules, ..Site::new(SiteId(7), "example.com", "UTC", UnixMillis(0)) }
}

fn headers(pairs: &[(&'static str, &'static [u8])]) -> HeaderMap {
    pairs.iter().map(|(name, value)| (http::HeaderName::from_static(name), HeaderValue::from_static_bytes(value))).collect()
}

trait FromStaticBytes {
    fn from_static_bytes(bytes: &'static [u8]) -> HeaderValue;
}

impl FromStaticBytes for HeaderValue {
    fn from_static_bytes(bytes: &'static [u8]) -> HeaderValue {
        HeaderValue::from_bytes(bytes).expect("a header value")
    }
}

/// One country, one city.
struct OnePlace;

impl Places for OnePlace {
    fn place(&self, _: IpAddr) -> Place {
        Place { country: "DE".into(), region: "Berlin".into(), city: "Berlin".into() }
    }
}

fn address(text: &str) -> IpAddr {
    text.parse().expect("an address")
}

#[test]
fn a_hit_holds_no_address_and_no_private_parameter() {
    let sent = parse_event(br#"{"n":"pageview","u":"https://me:pw@example.com/p?email=a@b.example&utm_source=n&page=2&gclid=Cj0#top","r":"https://mail.example/?token=t","d":"example.com"}"#).expect("an event");
    let client =
        Client { address: address("198.51.100.9"), user_agent: b"Fire\xfffox".to_vec(), language: "de".into(), place: Place::default() };
    let parts = HitParts {
        site: &site(),
        moment: DayMoment { date: LocalDate(20_000), offset_seconds: 3_600 },
        time: UnixMillis(1_000),
        id: HitId(5),
        feed: Feed::Tracker,
        secret: &[9; 32],
        sent: &sent,
        client: &client,
    };
    let hit = hit(parts);
    assert_eq!(hit.url, "https://example.com/p?utm_source=n&page=2&gclid");
    assert_eq!(hit.referrer, "https://mail.example/");
    assert_eq!(hit.user_agent, "Fire\u{fffd}fox");
    assert_eq!(hit.visitor, visitor(&[9; 32], SiteId(7), client.address, b"Fire\xfffox"), "hashed from the raw bytes");
    assert_eq!((hit.date, hit.offset_seconds), (LocalDate(20_000), 3_600));
    assert!(!format!("{hit:?}").contains("198.51"), "no address in a hit");
    assert!(!format!("{client:?}").contains("198.51"), "nor in what is printed of a client");
}

#[test]
fn a_fragment_is_kept_for_hash_routing_only() {
    let url = |body: &str| {
        let sent = parse_event(body.as_bytes()).expect("an event");
        let client = Client { address: address("198.51.100.9"), user_agent: vec![], language: String::new(), place: Place::default() };
        let moment = DayMoment { date: LocalDate(0), offset_seconds: 0 };
        hit(HitParts {
            site: &site(),
            moment,
            time: UnixMillis(0),
            id: HitId(0),
            feed: Feed::Tracker,
            secret: &[0; 32],
            sent: &sent,
            client: &client,
        })
        .url
    };
    assert_eq!(url(r#"{"n":"pageview","u":"https://example.com/#/a?x=1","h":1}"#), "https://example.com/#/a");
    assert_eq!(url(r#"{"n":"pageview","u":"https://example.com/#/a?x=1"}"#), "https://example.com/");
}

#[test]
fn a_forged_request_is_its_peer() {
    let forged = headers(&[
        ("x-forwarded-for", b"8.8.8.8"),
        ("cf-ipcountry", b"FR"),
        ("cloudfront-viewer-country", b"FR"),
        ("user-agent", b"Firefox"),
    ]);
    let honest = headers(&[("user-agent", b"Firefox")]);
    let of = |headers: &HeaderMap| Client::of_request(address("198.51.100.9"), headers, &TrustedProxies::default(), &OnePlace);
    assert!(of(&forged) == of(&honest));
    assert_eq!(of(&forged).place.country, "DE");
}

#[test]
fn a_cdn_comes_before_the_database_which_may_add_the_city() {
    let place = |pairs: &[(&'static str, &'static [u8])]| {
        Client::of_request(address("10.0.0.1"), &headers(pairs), &TrustedProxies::default(), &OnePlace).place
    };
    assert_eq!(place(&[("cf-ipcountry", b"FR")]), Place { country: "FR".into(), ..Place::default() });
    assert_eq!(place(&[("cf-ipcountry", b"DE")]).city, "Berlin");
    assert_eq!(place(&[("cloudfront-viewer-country", b"DE"), ("cloudfront-viewer-city", b"Bonn")]).city, "Bonn");
    assert_eq!(place(&[]).city, "Berlin");
}

#[test]
fn a_stated_client_has_its_own_place_whatever_the_program_s_cdn_says() {
    let headers = headers(&[("cf-ipcountry", b"FR"), ("user-agent", b"Firefox"), ("accept-language", b"de-AT,en")]);
    let client = Client::stated(address("::ffff:198.51.100.9"), &headers, &OnePlace);
    assert_eq!(client.address, address("198.51.100.9"));
    assert_eq!((client.place.country.as_str(), client.language.as_str()), ("DE", "de-AT"));
    assert_eq!(client.user_agent, b"Firefox");
}

#[test]
fn the_built_in_list_knows_well_known_addresses() {
    let places = BuiltInCountries::new();
    let country = |text: &str| places.place(address(text)).country;
    for (text, expected) in [
        ("8.8.8.8", "US"),
        ("::ffff:8.8.8.8", "US"),
        ("2001:4860:4860::8888", "US"),
        ("193.0.6.139", "NL"),
        ("2001:67c:2e8:22::c100:68b", "NL"),
        ("200.160.2.3", "BR"),
        ("133.11.0.1", "JP"),
    ] {
        assert_eq!(country(text), expected, "{text}");
    }
    for nowhere in ["127.0.0.1", "10.0.0.1", "192.168.1.1", "::1", "0.0.0.0", "255.255.255.255", "fe80::1"] {
        assert_eq!(country(nowhere), "", "{nowhere}");
    }
}

proptest! {
    /// Whatever stands in the headers: nothing panics, and a stranger's headers change nothing.
    #[test]
    fn no_header_panics_or_forges(values in prop::collection::vec("[ -~]{0,40}|[0-9a-f.:,\\[\\]\"= ;for]{0,60}", 8), peer: u32) {
        let names = ["x-forwarded-for", "forwarded", "cf-connecting-ip", "cloudfront-viewer-address", "cf-ipcountry", "cloudfront-viewer-country", "cloudfront-viewer-city", "cloudfront-viewer-country-region"];
        let headers: HeaderMap = names.iter().zip(&values).filter_map(|(name, value)| Some((http::HeaderName::from_static(name), HeaderValue::from_str(value).ok()?))).collect();
        let (peer, trusted) = (IpAddr::from(peer.to_be_bytes()), TrustedProxies::default());
        let client = Client::of_request(peer, &headers, &trusted, &OnePlace);
        if !trusted.contains(peer) {
            prop_assert!(client == Client::of_request(peer, &HeaderMap::new(), &trusted, &OnePlace));
        }
        Client::of_request(address("127.0.0.1"), &headers, &trusted, &OnePlace);
    }
}
