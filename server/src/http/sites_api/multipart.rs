//! `multipart/form-data` (RFC 7578) of a few short fields, which is what `curl -F` sends. Files are none of them.

use memchr::memmem;

/// More fields than any request has.
const MOST_FIELDS: usize = 100;

/// The fields of a body in the order they were sent. `None`: it is not what its type says, or has something else than text.
pub(super) fn fields(content_type: &str, body: &[u8]) -> Option<Vec<(String, String)>> {
    let boundary = format!("--{}", parameter(content_type, "boundary").filter(|boundary| (1..=70).contains(&boundary.len()))?);
    // Every boundary but the first one stands on a line of its own; what is before the first is no part.
    let (first, between) = (memmem::find(body, boundary.as_bytes())?, format!("\r\n{boundary}"));
    let mut rest = &body[first + boundary.len()..];
    let mut fields = Vec::new();
    while !rest.starts_with(b"--") {
        let part = rest.strip_prefix(b"\r\n")?;
        let end = memmem::find(part, between.as_bytes())?;
        fields.push(field(&part[..end])?);
        rest = &part[end + between.len()..];
        if fields.len() > MOST_FIELDS {
            return None;
        }
    }
    Some(fields)
}

/// A part: its name and its text.
fn field(part: &[u8]) -> Option<(String, String)> {
    let end = memmem::find(part, b"\r\n\r\n")?;
    let (head, text) = (std::str::from_utf8(&part[..end]).ok()?, &part[end + 4..]);
    let disposition = head.split("\r\n").find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.trim().eq_ignore_ascii_case("content-disposition").then_some(value)
    })?;
    if parameter(disposition, "filename").is_some() {
        return None;
    }
    Some((parameter(disposition, "name")?, String::from_utf8(text.to_vec()).ok()?))
}

/// A parameter of a header's value: `name=value` or `name="value"`, after a semicolon.
fn parameter(value: &str, name: &str) -> Option<String> {
    let mut rest = value;
    loop {
        rest = rest[rest.find(';')? + 1..].trim_start();
        let (known, after) = rest.split_once('=')?;
        let (text, after) = match after.strip_prefix('"') {
            Some(quoted) => until_quote(quoted)?,
            None => {
                let end = after.find(';').unwrap_or(after.len());
                (after[..end].trim().to_owned(), &after[end..])
            }
        };
        if known.trim().eq_ignore_ascii_case(name) {
            return Some(text);
        }
        rest = after;
    }
}

/// The text before the closing quotation mark, and what is behind it. Browsers and curl escape a quotation mark.
fn until_quote(quoted: &str) -> Option<(String, &str)> {
    let (mut text, mut escaped) = (String::new(), false);
    for (at, c) in quoted.char_indices() {
        match c {
            '"' if !escaped => return Some((text.replace("%22", "\""), &quoted[at + 1..])),
            '\\' if !escaped => escaped = true,
            c => {
                text.push(c);
                escaped = false;
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What curl 8 sends.
    fn sent(pairs: &[(&str, &str)]) -> (String, Vec<u8>) {
        let boundary = "------------------------dm5qv0DBnnl0JTmkL2Nd8y";
        let parts: String = pairs
            .iter()
            .map(|(name, text)| format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n"))
            .collect();
        (format!("multipart/form-data; boundary={boundary}"), format!("{parts}--{boundary}--\r\n").into_bytes())
    }

    #[test]
    fn it_reads_what_is_sent() {
        let pairs = [("site_id", "example.com"), ("name", "Ünïcode\r\n-- and lines"), ("empty", ""), ("custom_props[plan]", "gold")];
        let (kind, body) = sent(&pairs);
        let read = fields(&kind, &body).expect("a form");
        assert_eq!(read, pairs.map(|(name, text)| (name.to_owned(), text.to_owned())));
        assert_eq!(fields(&kind, &sent(&[]).1), Some(Vec::new()));
    }

    #[test]
    fn names_are_quoted_or_not() {
        for (value, name) in [
            ("form-data; name=\"a\"", "a"),
            ("form-data;NAME=a", "a"),
            ("form-data; x=\"1;name=2\"; name=\"a \\\"b\\\"\"", "a \"b\""),
            ("form-data; name=\"a%22b\"", "a\"b"),
        ] {
            assert_eq!(parameter(value, "name").as_deref(), Some(name), "{value}");
        }
        for value in ["form-data", "form-data; name", "form-data; name=\"a", "form-data; filename=\"a\""] {
            assert_eq!(parameter(value, "name"), None, "{value}");
        }
    }

    #[test]
    fn what_is_cut_off_or_a_file_is_no_form() {
        let (kind, body) = sent(&[("a", "1"), ("b", "2")]);
        for end in 0..body.len() - 2 {
            let read = fields(&kind, &body[..end]);
            assert!(read.is_none(), "{end}: {read:?}");
        }
        let file = b"--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a.txt\"\r\n\r\n1\r\n--x--\r\n";
        assert_eq!(fields("multipart/form-data; boundary=x", file), None);
        assert_eq!(fields("multipart/form-data", &body), None);
        assert_eq!(fields("multipart/form-data; boundary=\"\"", &body), None);
    }
}
