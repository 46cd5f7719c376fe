//! Whatever is sent: no panic, nothing lost, and the same answer alone and in company.

mod common;

use common::{event_values, hit, site};
use footfall_domain::{Hit, labels};
use footfall_enrich::Enricher;
use proptest::prelude::*;

fn texts() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "https://",
        "http:",
        "//",
        "/",
        "?",
        "#",
        "&",
        "=",
        "%",
        "%2F",
        "%FF",
        "%zz",
        "+",
        "@",
        ":",
        "[",
        "]",
        "www.",
        "example.com",
        "BÜCHER.example",
        "utm_source",
        "utm_medium",
        "gclid",
        "google.de",
        "semalt.com",
        "Mozilla/5.0 (",
        "Android 10; K)",
        "Version/",
        "26.1",
        "OpenHarmony ",
        "bot",
        "Cubot",
        "curl",
        "008/",
        "\u{0}",
        "\u{FFFD}",
        "é",
        "日本",
        " ",
    ]);
    prop_oneof![any::<String>(), prop::collection::vec(pieces, 0..12).prop_map(|pieces| pieces.concat())]
}

fn hits() -> impl Strategy<Value = Hit> {
    (texts(), texts(), texts(), texts(), any::<Option<u32>>(), any::<bool>()).prop_map(|(url, referrer, user_agent, other, width, hash)| {
        Hit {
            url,
            referrer,
            user_agent,
            language: other.clone(),
            props: vec![(other.clone(), other)],
            screen_width: width,
            hash_routing: hash,
            ..hit()
        }
    })
}

/// Definition 21 once more, byte by byte: what the page of `https://example.com` and a path must be.
fn page_by_definition(path: &str) -> String {
    let bytes = path.as_bytes();
    let hex = |at: usize| bytes.get(at).and_then(|byte| (*byte as char).to_digit(16));
    let (mut decoded, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        match (bytes[at], hex(at + 1), hex(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                decoded.push((high * 16 + low) as u8);
                at += 3;
            }
            (byte, _, _) => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    if decoded.is_empty() { "/".to_owned() } else { String::from_utf8_lossy(&decoded).into_owned() }
}

proptest! {
    #[test]
    fn every_hit_is_an_event_or_a_drop_and_batches_do_not_matter(hits in prop::collection::vec(hits(), 1..8)) {
        let enricher = Enricher::new();
        let whole = enricher.batch(&hits, &site());
        let dropped: i64 = whole.drops.values().sum();
        prop_assert_eq!(whole.events.len() as i64 + dropped, hits.len() as i64);
        let mut alone = Vec::new();
        for hit in &hits {
            let batch = enricher.batch([hit], &site());
            prop_assert_eq!(enricher.forecast(hit, &site()), batch.drops.keys().copied().next());
            alone.extend(event_values(&batch));
        }
        prop_assert_eq!(alone, event_values(&whole));
    }

    #[test]
    fn no_value_is_empty(hit in hits()) {
        let batch = Enricher::new().batch([&hit], &site());
        for values in event_values(&batch) {
            prop_assert!(values.iter().all(|value| !value.is_empty()), "{:?}", values);
        }
    }

    #[test]
    fn the_page_is_decoded_by_definition(path in "(/[a-zA-Z%0-9+/.é]{0,20})?") {
        let hit = Hit { url: format!("https://example.com{path}?a=b"), ..hit() };
        let batch = Enricher::new().batch([&hit], &site());
        prop_assert_eq!(&**batch.values.text(batch.events[0].page), page_by_definition(&path));
    }

    #[test]
    fn a_hit_without_referrer_and_tags_is_direct(path in "/[a-z]{0,8}") {
        let hit = Hit { url: format!("https://example.com{path}"), ..hit() };
        let batch = Enricher::new().batch([&hit], &site());
        let origin = batch.values.origin_of(batch.events[0].origin);
        prop_assert_eq!(&**batch.values.text(origin.source), labels::DIRECT);
        prop_assert_eq!(&**batch.values.text(origin.channel), "Direct");
    }
}
