//! Query strings: pairs in, one spelling out.

/// The pairs of a query string, decoded. `+` is a space; bad bytes become U+FFFD.
pub fn pairs(query: &str) -> Vec<(String, String)> {
    let split = query.split('&').filter(|part| !part.is_empty());
    split.map(|part| part.split_once('=').unwrap_or((part, ""))).map(|(name, value)| (decode(name), decode(value))).collect()
}

/// The one spelling of these pairs, in the order given: `a=b&c=d`.
pub fn spell<'a>(pairs: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let mut out = String::new();
    for (name, value) in pairs {
        if !out.is_empty() {
            out.push('&');
        }
        out.push_str(name);
        out.push('=');
        encode(&value, &mut out);
    }
    out
}

fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match hex.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(if bytes[at] == b'+' { b' ' } else { bytes[at] });
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// What may stand in a query string as it is; everything else is percent-encoded.
pub fn encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' | b':' | b',' => out.push(char::from(byte)),
            _ => {
                const HEX: &[u8; 16] = b"0123456789ABCDEF";
                out.push('%');
                out.push(char::from(HEX[usize::from(byte >> 4)]));
                out.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_spelled_reads_back() {
        for text in ["", "a b", "ä&=%+", "/blog/a,b", "100%", "\u{1F43E}"] {
            let spelled = spell([("f", text.to_owned())]);
            assert_eq!(pairs(&spelled), [("f".to_owned(), text.to_owned())], "{spelled}");
        }
    }

    #[test]
    fn odd_spellings_are_understood() {
        assert_eq!(pairs("a=1+2&&b&c=%zz%4"), [("a".into(), "1 2".into()), ("b".into(), String::new()), ("c".into(), "%zz%4".into())]);
        assert_eq!(pairs("a=%FF"), [("a".to_owned(), "\u{FFFD}".to_owned())]);
        assert_eq!(pairs("a=%é"), [("a".to_owned(), "%é".to_owned())]);
    }
}
