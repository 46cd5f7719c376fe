//! One hit a line, as a JSON object.

use super::Line;
use crate::address::parse_address;
use crate::fields::{Fields, Value};
use crate::{Invalid, Sent, event};
use footfall_domain::{Feed, UnixMillis};

/// Whether a line is likely such a hit, and not the JSON of some server's log.
pub(super) fn looks_like(line: &[u8]) -> bool {
    Fields::read(line).is_some_and(|fields| ["time", "url", "address", "user_agent"].iter().all(|name| fields.get(name).is_some()))
}

/// Whether a line is a whole object.
pub(super) fn is_whole(line: &[u8]) -> bool {
    Fields::read(line).is_some()
}

/// Reads a line.
pub(super) fn parse(line: &[u8], site_domain: &str) -> Line {
    let Some(mut fields) = Fields::read(line) else { return Line::Unreadable("is no JSON object".to_owned()) };
    fields.put("d".to_owned(), Value::Text(site_domain.to_owned()));
    if fields.first(&["n", "name"]).is_none() {
        fields.put("n".to_owned(), Value::Text("pageview".to_owned()));
    }
    let mut invalid = Invalid::default();
    let time = required(&fields, "time", "an RFC 3339 time such as 2026-11-23T10:00:00.250Z", time, &mut invalid);
    let address = required(&fields, "address", "the client's address", parse_address, &mut invalid);
    let user_agent =
        required(&fields, "user_agent", "a text, empty when there was none", |text| Some(text.as_bytes().to_vec()), &mut invalid);
    let sent = event::read(&fields).unwrap_or_else(|more| {
        invalid.errors.extend(more.errors);
        Sent::default()
    });
    match (time, address, user_agent, invalid.or(sent)) {
        (Some(time), Some(address), Some(user_agent), Ok(sent)) => Line::Hit { time, sent, address, user_agent, feed: Feed::Server },
        (_, _, _, Err(invalid)) => Line::Unreadable(invalid.to_string()),
        _ => Line::Unreadable("a required field is missing".to_owned()),
    }
}

fn required<T>(fields: &Fields<'_>, name: &str, what: &str, read: impl FnOnce(&str) -> Option<T>, invalid: &mut Invalid) -> Option<T> {
    let value = fields.get(name).and_then(Value::text).and_then(read);
    if value.is_none() {
        invalid.add(name, format!("must be {what}"));
    }
    value
}

fn time(text: &str) -> Option<UnixMillis> {
    let time = UnixMillis::from(text.trim().parse::<jiff::Timestamp>().ok()?);
    (UnixMillis::MIN..=UnixMillis::MAX).contains(&time).then_some(time)
}
