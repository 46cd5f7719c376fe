//! The visitor's first language.

use http::HeaderMap;
use http::header::ACCEPT_LANGUAGE;

/// The longest tag kept: longer ones are no languages but fingerprints.
const MAX_TAG_CHARS: usize = 35;

/// The first language of `Accept-Language` as a BCP 47 tag in its usual case (`en-US`, `zh-Hant-TW`); empty when there is none.
pub fn first_language(headers: &HeaderMap) -> String {
    let Some(listed) = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()) else { return String::new() };
    listed.split(',').find_map(|item| tag(item.split(';').next().unwrap_or_default().trim())).unwrap_or_default()
}

fn tag(text: &str) -> Option<String> {
    let well_formed = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let mut parts = text.split('-');
    let language = parts.next().filter(|part| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic()))?;
    let mut tag = language.to_ascii_lowercase();
    for part in parts {
        if !well_formed(part) {
            return None;
        }
        tag.push('-');
        tag.push_str(&cased(part));
    }
    (tag.len() <= MAX_TAG_CHARS).then_some(tag)
}

/// Regions in capitals, scripts with one capital, the rest small.
fn cased(part: &str) -> String {
    let small = part.to_ascii_lowercase();
    match part.len() {
        2 => part.to_ascii_uppercase(),
        4 if part.bytes().all(|byte| byte.is_ascii_alphabetic()) => small[..1].to_ascii_uppercase() + &small[1..],
        _ => small,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_counts() {
        for (header, language) in [
            ("en-US,en;q=0.9", "en-US"),
            ("DE", "de"),
            ("zh-hant-tw;q=0.8, en", "zh-Hant-TW"),
            ("*, fr;q=0.5", "fr"),
            ("es-419", "es-419"),
            ("", ""),
            ("*", ""),
            ("x", ""),
            ("en_US", ""),
            ("<script>", ""),
            ("aa-aaaaaaaa-aaaaaaaa-aaaaaaaa-aaaaaaaa", ""),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, header.parse().expect("a header"));
            assert_eq!(first_language(&headers), language, "{header}");
        }
        assert_eq!(first_language(&HeaderMap::new()), "");
    }
}
