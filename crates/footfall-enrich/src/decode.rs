//! Percent signs.

use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// A path, percent-decoded once: `%2F` too, `+` stays, bad bytes become U+FFFD (definition 21).
pub(crate) fn path(text: &str) -> Cow<'_, str> {
    if text.contains('%') { percent_decode_str(text).decode_utf8_lossy() } else { Cow::Borrowed(text) }
}

/// A name or value of a query: like a path, but `+` is a space (definition 22).
pub(crate) fn query(text: &str) -> Cow<'_, str> {
    if !text.contains('+') {
        return path(text);
    }
    let spaced = text.replace('+', " ");
    Cow::Owned(path(&spaced).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decoded_once_and_leniently() {
        for (sent, means) in [
            ("/a%20b", "/a b"),
            ("/a%2Fb", "/a/b"),
            ("/a%252Fb", "/a%2Fb"),
            ("/a+b", "/a+b"),
            ("/stra%C3%9Fe", "/straße"),
            ("/bad%FF", "/bad\u{FFFD}"),
            ("/not%zz%4", "/not%zz%4"),
            ("/straße", "/straße"),
        ] {
            assert_eq!(path(sent), means);
        }
        assert_eq!(query("spring+sale%21"), "spring sale!");
        assert_eq!(query("1%2B1"), "1+1");
    }
}
