//! From a line of an access log to a page view, or to the reason why it is none.

use super::access_log::{self, Entry};
use super::{Line, page_view};
use crate::Sent;
use crate::domain_name::normal_domain;
use footfall_domain::{DropReason, Feed};
use std::borrow::Cow;

/// The line without its end, a byte order mark and spaces around it.
pub(super) fn trimmed(line: &[u8]) -> &[u8] {
    line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii()
}

/// Reads and judges a line.
pub(super) fn parse(line: &[u8], with_vhost: bool, site_domain: &str) -> Line {
    let entry = match access_log::read(line, with_vhost) {
        Ok(entry) => entry,
        Err(why) => return Line::Unreadable(why.to_owned()),
    };
    let dropped = |reason| Line::Dropped(reason, Some(entry.time));
    if entry.vhost.is_some_and(|vhost| !belongs(vhost, site_domain)) {
        return dropped(DropReason::UnknownSite);
    }
    if let Some(reason) = page_view::status(entry.status) {
        return dropped(reason);
    }
    let Some(request) = Request::read(&entry.request) else {
        return Line::Unreadable("the request is no method and target".to_owned());
    };
    if request.method != b"GET" {
        return dropped(DropReason::NotGet);
    }
    let url = url(&request, &entry, site_domain);
    if request.is_absolute() && !belongs(url.as_bytes(), site_domain) {
        return dropped(DropReason::UnknownSite);
    }
    match page_view::request(request.path_and_query(), entry.user_agent.as_deref().unwrap_or_default()) {
        Some(reason) => dropped(reason),
        None => hit(entry, url, site_domain),
    }
}

fn hit(entry: Entry<'_>, url: String, site_domain: &str) -> Line {
    let referrer = entry.referrer.map(|text| String::from_utf8_lossy(&text).trim().to_owned()).unwrap_or_default();
    let sent =
        Sent { domains: vec![site_domain.to_owned()], name: "pageview".to_owned(), url, referrer, interactive: true, ..Sent::default() };
    let user_agent = entry.user_agent.map(Cow::into_owned).unwrap_or_default();
    Line::Hit { time: entry.time, sent, address: entry.address, user_agent, feed: Feed::Log }
}

/// Whether a host (or the host of a URL) is the site's, or below it.
fn belongs(host: &[u8], site_domain: &str) -> bool {
    let host = normal_domain(&String::from_utf8_lossy(host));
    host.strip_suffix(site_domain).is_some_and(|below| below.is_empty() || below.ends_with('.'))
}

/// `GET /path HTTP/1.1`, or of old `GET /path`.
struct Request<'a> {
    method: &'a [u8],
    target: &'a [u8],
}

impl<'a> Request<'a> {
    /// A target may hold spaces where a client did not encode them.
    fn read(request: &'a [u8]) -> Option<Self> {
        let space = memchr::memchr(b' ', request)?;
        let (method, rest) = (&request[..space], request[space + 1..].trim_ascii());
        if method.is_empty() || !method.iter().all(|byte| byte.is_ascii_uppercase() || matches!(byte, b'-' | b'_')) {
            return None;
        }
        let protocol = memchr::memrchr(b' ', rest).filter(|at| rest[at + 1..].starts_with(b"HTTP/"));
        let target = protocol.map_or(rest, |at| rest[..at].trim_ascii());
        (!target.is_empty() && !target.starts_with(b"HTTP/")).then_some(Self { method, target })
    }

    /// Whether the target is a whole URL, as proxies are sent them.
    fn is_absolute(&self) -> bool {
        let lower = self.target.get(..8.min(self.target.len())).unwrap_or_default().to_ascii_lowercase();
        lower.starts_with(b"http://") || lower.starts_with(b"https://")
    }

    fn path_and_query(&self) -> &'a [u8] {
        if !self.is_absolute() {
            return self.target;
        }
        let authority = memchr::memmem::find(self.target, b"://").map_or(0, |at| at + 3);
        let path = self.target[authority..].iter().position(|byte| matches!(byte, b'/' | b'?' | b'#'));
        path.map_or(b"/", |at| &self.target[authority + at..])
    }
}

/// The URL the request asked for.
fn url(request: &Request<'_>, entry: &Entry<'_>, site_domain: &str) -> String {
    let target = encoded(request.target);
    if request.is_absolute() {
        return target;
    }
    let slash = if target.starts_with('/') { "" } else { "/" };
    let Some(vhost) = entry.vhost.map(String::from_utf8_lossy) else { return format!("https://{site_domain}{slash}{target}") };
    let scheme = if vhost.ends_with(":80") { "http" } else { "https" };
    format!("{scheme}://{}{slash}{target}", vhost.trim().to_ascii_lowercase())
}

/// The target as text: spaces, control characters and bytes that are no UTF-8 percent-encoded.
fn encoded(target: &[u8]) -> String {
    let mut text = String::with_capacity(target.len());
    for chunk in target.utf8_chunks() {
        for char in chunk.valid().chars() {
            if char <= ' ' || char == '\u{7f}' {
                push_encoded(&mut text, char as u8);
            } else {
                text.push(char);
            }
        }
        chunk.invalid().iter().for_each(|byte| push_encoded(&mut text, *byte));
    }
    text
}

fn push_encoded(text: &mut String, byte: u8) {
    text.push_str(percent_encoding::percent_encode_byte(byte));
}
