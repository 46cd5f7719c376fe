//! Patterns: `*` stands for any characters, none among them (definition 27); two are as good as one.

/// Whether a text matches a pattern as a whole.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(first) else { return false };
    let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    for part in middle.split('*') {
        // The first place will do: what comes later leaves less room for the rest.
        let Some(at) = text.find(part) else { return false };
        text = &text[at + part.len()..];
    }
    text.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_anything() {
        for (pattern, text, expected) in [
            ("/a", "/a", true),
            ("/a", "/ab", false),
            ("/a*", "/a", true),
            ("/a*", "/a/b/c", true),
            ("/a/**", "/a/b/c", true),
            ("/a/**", "/a", false),
            ("*/draft", "/x/draft", true),
            ("*/draft", "/x/drafts", false),
            ("/a*b*c", "/a-b-c", true),
            ("/a*b*c", "/abc", true),
            ("/a*b*c", "/acb", false),
            ("/*b*b", "/b", false),
            ("*", "", true),
            ("**", "/x", true),
            ("*.example.com", "example.com", false),
            ("*.example.com", "a.b.example.com", true),
            ("", "", true),
            ("", "x", false),
            ("ab*ba", "aba", false),
            ("*é*", "/café/x", true),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
        }
    }
}
