//! Language tags.

use footfall_domain::labels;

/// The longest tag kept; RFC 5646 (4.4.1) calls 35 characters enough for every registered one.
const LONGEST: usize = 35;

/// A BCP 47 tag in its usual case (`pt-BR`, `zh-Hant-TW`), or the label for none.
///
/// An underscore counts as a hyphen. What is no tag (`*`, an empty subtag, other characters) is none.
pub(crate) fn tag(sent: &str) -> String {
    let sent = sent.trim();
    if sent.len() > LONGEST || !sent.split(['-', '_']).enumerate().all(is_subtag) {
        return labels::NOT_SET.to_owned();
    }
    let mut tag = String::with_capacity(sent.len());
    let mut after_singleton = false;
    for (at, subtag) in sent.split(['-', '_']).enumerate() {
        if at > 0 {
            tag.push('-');
        }
        tag.push_str(&usual_case(at, subtag, after_singleton));
        after_singleton |= subtag.len() == 1;
    }
    tag
}

fn is_subtag((at, subtag): (usize, &str)) -> bool {
    let length = if at == 0 { 2..=8 } else { 1..=8 };
    let letters_first = at > 0 || subtag.bytes().all(|byte| byte.is_ascii_alphabetic());
    length.contains(&subtag.len()) && letters_first && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// RFC 5646 (2.1.1): all lower case, but regions in upper and scripts in title case, as long as no singleton stands before.
fn usual_case(at: usize, subtag: &str, after_singleton: bool) -> String {
    let lower = subtag.to_ascii_lowercase();
    match lower.len() {
        2 if at > 0 && !after_singleton => lower.to_ascii_uppercase(),
        4 if at > 0 && !after_singleton && lower.bytes().all(|byte| byte.is_ascii_alphabetic()) => {
            lower[..1].to_ascii_uppercase() + &lower[1..]
        }
        _ => lower,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_have_one_spelling() {
        for (sent, expected) in [
            ("en", "en"),
            ("EN-us", "en-US"),
            ("pt_BR", "pt-BR"),
            ("zh-hant-tw", "zh-Hant-TW"),
            ("es-419", "es-419"),
            ("ca-ES-valencia", "ca-ES-valencia"),
            ("en-u-ca-GREGORY", "en-u-ca-gregory"),
            (" de ", "de"),
            ("", "(not set)"),
            ("*", "(not set)"),
            ("e", "(not set)"),
            ("en-", "(not set)"),
            ("12-34", "(not set)"),
            ("<script>", "(not set)"),
            ("en-US,en;q=0.9", "(not set)"),
        ] {
            assert_eq!(tag(sent), expected, "{sent}");
        }
    }
}
