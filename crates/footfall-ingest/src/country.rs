//! What is a country and what only looks like one.

/// An ISO 3166-1 code of two letters in capitals (Kosovo's `XK` among them); `None` for what lists write where they do not
/// know: regions (`AP`, `EU`), proxies (`A1`, `A2`), Tor (`T1`), `XX`, `ZZ`.
pub(crate) fn country_code(text: &str) -> Option<String> {
    let code = text.trim().to_ascii_uppercase();
    let letters = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    (letters && !matches!(code.as_str(), "AP" | "EU" | "XX" | "ZZ")).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_countries_are_countries() {
        for (text, code) in [
            ("de", Some("DE")),
            (" XK ", Some("XK")),
            ("AP", None),
            ("eu", None),
            ("T1", None),
            ("XX", None),
            ("", None),
            ("DEU", None),
            ("ÄÖ", None),
        ] {
            assert_eq!(country_code(text).as_deref(), code, "{text}");
        }
    }
}
