//! The fields of a line of an access log: common or combined, as Apache, nginx and their kin write them.

use super::log_time;
use footfall_domain::UnixMillis;
use memchr::memchr;
use std::borrow::Cow;
use std::net::IpAddr;

/// A line's fields, escapes undone.
pub(super) struct Entry<'a> {
    pub(super) vhost: Option<&'a [u8]>,
    pub(super) address: IpAddr,
    pub(super) time: UnixMillis,
    pub(super) request: Cow<'a, [u8]>,
    /// `None` when the line says `-`: nothing was answered.
    pub(super) status: Option<u16>,
    /// `None` when the line says `-` or ends before it.
    pub(super) referrer: Option<Cow<'a, [u8]>>,
    /// `None` only when the line ends before it.
    pub(super) user_agent: Option<Cow<'a, [u8]>>,
}

/// Reads a line; the error says what is missing, in words without anything of the line.
///
/// Lenient where servers differ: the user may hold spaces or be absent, the bytes may be missing, anything may follow the
/// known fields.
pub(super) fn read(line: &[u8], with_vhost: bool) -> Result<Entry<'_>, &'static str> {
    let (first, rest) = word(line);
    let (vhost, host, rest) = if with_vhost {
        let (second, rest) = word(rest);
        (Some(first), second, rest)
    } else {
        (None, first, rest)
    };
    let address = address(host).ok_or_else(|| no_address(with_vhost, rest))?;
    let (time, rest) = time(rest).ok_or("no time such as [17/May/2015:10:05:03 +0000]")?;
    let (request, rest) = quoted(rest).ok_or("no request in quotes")?;
    let (status, rest) = word(rest);
    let status = status_code(status).ok_or("no status after the request")?;
    let (_bytes, rest) = word(rest);
    let (referrer, rest) = quoted(rest).map_or((None, rest), |(referrer, rest)| (Some(referrer), rest));
    let user_agent = quoted(rest).map(|(user_agent, _)| user_agent);
    Ok(Entry {
        vhost,
        address,
        time,
        request,
        status,
        referrer: referrer.filter(|text| **text != *b"-"),
        user_agent: user_agent.map(dash_is_empty),
    })
}

fn no_address(with_vhost: bool, rest: &[u8]) -> &'static str {
    if !with_vhost && address(word(rest).0).is_some() {
        "begins with a virtual host; use the format combined-vhost or common-vhost"
    } else if with_vhost {
        "no client address after the virtual host"
    } else {
        "does not begin with a client address"
    }
}

fn dash_is_empty(text: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    if *text == *b"-" { Cow::Borrowed(b"") } else { text }
}

/// The first word, and what follows the space after it.
fn word(text: &[u8]) -> (&[u8], &[u8]) {
    match memchr(b' ', text) {
        Some(end) => (&text[..end], &text[end + 1..]),
        None => (text, b""),
    }
}

fn address(text: &[u8]) -> Option<IpAddr> {
    let address: IpAddr = std::str::from_utf8(text).ok()?.parse().ok()?;
    Some(address.to_canonical())
}

/// The time in brackets, and what follows; identity and user before it are passed over.
fn time(text: &[u8]) -> Option<(UnixMillis, &[u8])> {
    let before_request = &text[..memchr(b'"', text).unwrap_or(text.len())];
    let mut from = 0;
    while let Some(open) = memchr(b'[', &before_request[from..]).map(|at| from + at) {
        let inside = &text[open + 1..];
        if let Some(time) = log_time::read(inside) {
            let rest = &inside[log_time::LENGTH..];
            return rest.strip_prefix(b"]").map(|rest| (time, rest.trim_ascii_start()));
        }
        from = open + 1;
    }
    None
}

/// A text in quotes at the beginning, escapes undone, and what follows.
fn quoted(text: &[u8]) -> Option<(Cow<'_, [u8]>, &[u8])> {
    let inside = text.strip_prefix(b"\"")?;
    let mut at = 0;
    loop {
        match inside.get(at)? {
            b'\\' => at += 2,
            // A quote inside an unescaped text is not followed by a space.
            b'"' if matches!(inside.get(at + 1), None | Some(b' ')) => {
                return Some((unescaped(&inside[..at]), inside[at + 1..].trim_ascii_start()));
            }
            _ => at += 1,
        }
    }
}

/// Undoes `\"`, `\\`, `\n`, `\xhh` and the like; a backslash before anything else stays.
fn unescaped(text: &[u8]) -> Cow<'_, [u8]> {
    let Some(first) = memchr(b'\\', text) else { return Cow::Borrowed(text) };
    let mut plain = text[..first].to_vec();
    let mut rest = &text[first..];
    while let Some((byte, after)) = rest.split_first() {
        let (read, length) = if *byte == b'\\' { escape(after) } else { (*byte, 0) };
        plain.push(read);
        rest = &after[length..];
    }
    Cow::Owned(plain)
}

/// The byte an escape stands for, and how many bytes after the backslash it takes.
fn escape(after: &[u8]) -> (u8, usize) {
    let hex = |digit: u8| (digit as char).to_digit(16).map(|value| value as u8);
    match after {
        [b'x', high, low, ..] if let (Some(high), Some(low)) = (hex(*high), hex(*low)) => (high * 16 + low, 3),
        [b'"', ..] => (b'"', 1),
        [b'\\', ..] => (b'\\', 1),
        [b'n', ..] => (b'\n', 1),
        [b'r', ..] => (b'\r', 1),
        [b't', ..] => (b'\t', 1),
        [b'b', ..] => (8, 1),
        [b'v', ..] => (11, 1),
        [b'f', ..] => (12, 1),
        _ => (b'\\', 0),
    }
}

/// A status of three digits; `Some(None)` for `-`, `0` and `000`, which servers write when nothing was answered.
fn status_code(text: &[u8]) -> Option<Option<u16>> {
    match text {
        b"-" | b"0" | b"000" => Some(None),
        [b'1'..=b'9', b'0'..=b'9', b'0'..=b'9'] => Some(std::str::from_utf8(text).ok()?.parse().ok()),
        _ => None,
    }
}
