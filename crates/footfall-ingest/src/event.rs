//! The body of `POST /api/event`: what a tracker or a program says it saw.
//!
//! The rules are those of Plausible's endpoint, so that its trackers and clients work by changing the host
//! (`docs/decisions/0501-what-an-event-may-say.md`).

use crate::domain_name::{host_of, normal_domain};
use crate::fields::{Fields, Value};
use crate::{Invalid, engagement, props, revenue};
use footfall_domain::Revenue;

/// The largest body read; a larger one is answered with 413.
pub const MAX_BODY_BYTES: usize = 1_000_000;
/// The longest name of an event, in characters.
pub const MAX_NAME_CHARS: usize = 120;
/// The longest URL, in bytes; a longer referrer is cut to this.
pub const MAX_URL_BYTES: usize = 2_000;
/// The most sites one request may be counted for.
pub const MAX_DOMAINS: usize = 50;
/// The longest id a client may give its event, in bytes.
pub const MAX_ID_BYTES: usize = 200;
/// Wider windows than this do not exist; CSS pixels.
const MAX_SCREEN_WIDTH: f64 = 100_000.0;

/// What was sent, checked but not yet cut: the URL and the referrer still hold their whole query.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Sent {
    /// The sites to count it for, normalised ([`normal_domain`]), each once, in the order sent. Never empty.
    pub domains: Vec<String>,
    /// `pageview`, `engagement` or the name of a custom event.
    pub name: String,
    /// The URL as sent; up to [`MAX_URL_BYTES`], from an access log as long as it was.
    pub url: String,
    /// The referrer as sent, cut to [`MAX_URL_BYTES`]; empty when there was none.
    pub referrer: String,
    /// Properties as text, in the order sent (definition 24).
    pub props: Vec<(String, String)>,
    /// Whether a custom event ends a bounce.
    pub interactive: bool,
    /// Whether the fragment is part of the page.
    pub hash_routing: bool,
    /// Money; `None` also when what was sent made no sense.
    pub revenue: Option<Revenue>,
    /// Milliseconds engaged; engagement only.
    pub engaged_ms: Option<u32>,
    /// Deepest scroll, 0 to 100; engagement only.
    pub scroll_depth: Option<u8>,
    /// The window's width in CSS pixels.
    pub screen_width: Option<u32>,
    /// The client's own id of this event (`id`); the same id counts once.
    pub client_id: Option<String>,
}

/// Reads the body of `POST /api/event`, whatever its content type. Long and short names mean the same.
///
/// # Errors
/// The body is no JSON object, or a field breaks a rule; every broken field is named with what to do.
pub fn parse_event(body: &[u8]) -> Result<Sent, Invalid> {
    let fields = Fields::read(body).ok_or_else(|| {
        Invalid::of(
            "request",
            "is no JSON object; send one such as {\"n\": \"pageview\", \"u\": \"https://example.com/\", \"d\": \"example.com\"}",
        )
    })?;
    read(&fields)
}

/// Reads the fields of an event.
pub(crate) fn read(fields: &Fields<'_>) -> Result<Sent, Invalid> {
    let mut invalid = Invalid::default();
    let name = name(fields, &mut invalid);
    let url = url(fields, &mut invalid);
    let domains = domains(fields, &url, &mut invalid);
    let props = props::read(fields, &mut invalid);
    let engagement = (name == "engagement").then(|| engagement::read(fields, &mut invalid));
    let sent = Sent {
        domains,
        name,
        url,
        referrer: referrer(fields),
        props,
        interactive: truth(fields, &["i", "interactive"]).unwrap_or(true),
        hash_routing: truth(fields, &["h", "hashMode"]).unwrap_or(false),
        revenue: revenue::read(fields),
        engaged_ms: engagement.as_ref().and_then(|engagement| engagement.engaged_ms),
        scroll_depth: engagement.as_ref().and_then(|engagement| engagement.scroll_depth),
        screen_width: screen_width(fields),
        client_id: client_id(fields, &mut invalid),
    };
    invalid.domains.clone_from(&sent.domains);
    invalid.or(sent)
}

fn name(fields: &Fields<'_>, invalid: &mut Invalid) -> String {
    let name = match fields.first(&["n", "name"]) {
        Some(Value::Text(text)) => text.clone(),
        Some(Value::Number(text)) if is_integer(text) => (*text).to_owned(),
        Some(_) => {
            invalid.add("event_name", "must be a text or a whole number");
            return String::new();
        }
        None => String::new(),
    };
    if name.trim().is_empty() {
        invalid.add("event_name", "can't be blank; send `n` (or `name`), `pageview` for a page view");
    } else if name.chars().count() > MAX_NAME_CHARS {
        invalid.add("event_name", format!("is too long; use at most {MAX_NAME_CHARS} characters"));
    }
    name
}

fn is_integer(text: &str) -> bool {
    text.strip_prefix('-').unwrap_or(text).bytes().all(|byte| byte.is_ascii_digit())
}

fn url(fields: &Fields<'_>, invalid: &mut Invalid) -> String {
    let url = match fields.first(&["u", "url"]) {
        Some(Value::Text(text)) => text.trim().to_owned(),
        Some(_) => {
            invalid.add("url", "must be a text");
            return String::new();
        }
        None => String::new(),
    };
    if url.is_empty() {
        invalid.add("url", "is required; send `u` (or `url`), the page's whole URL");
    } else if url.len() > MAX_URL_BYTES {
        invalid.add("url", format!("is too long; use at most {MAX_URL_BYTES} bytes"));
    } else if has_scheme(&url, "data") {
        invalid.add("url", "scheme is not allowed; send the URL of a page, not of data");
    }
    url
}

/// Whether a URL begins with a scheme, seen as a browser sees it: whatever case, tabs and line ends left out.
fn has_scheme(url: &str, scheme: &str) -> bool {
    let mut shown = url.chars().filter(|char| !matches!(char, '\t' | '\n' | '\r')).skip_while(|char| *char <= ' ');
    scheme.chars().chain([':']).all(|expected| shown.next().is_some_and(|char| char.eq_ignore_ascii_case(&expected)))
}

fn domains(fields: &Fields<'_>, url: &str, invalid: &mut Invalid) -> Vec<String> {
    let listed = match fields.first(&["d", "domain"]) {
        Some(Value::Text(text)) => text.clone(),
        Some(_) => {
            invalid.add("domain", "must be a text: the site's domain, or several with commas between them");
            return Vec::new();
        }
        None => host_of(url).to_owned(),
    };
    let mut domains: Vec<String> = Vec::new();
    for domain in listed.split(',').map(normal_domain).filter(|domain| !domain.is_empty()) {
        if !domains.contains(&domain) {
            domains.push(domain);
        }
        if domains.len() > MAX_DOMAINS {
            invalid.add("domain", format!("names too many sites; send at most {MAX_DOMAINS} in one request"));
            return Vec::new();
        }
    }
    if domains.is_empty() {
        invalid.add("domain", "can't be blank; send `d` (or `domain`), the domain the site was added with");
    }
    domains
}

fn referrer(fields: &Fields<'_>) -> String {
    let text = fields.first(&["r", "referrer"]).and_then(Value::text).unwrap_or_default().trim();
    cut_to(text, MAX_URL_BYTES).to_owned()
}

fn screen_width(fields: &Fields<'_>) -> Option<u32> {
    let width = fields.first(&["w", "screen_width"])?.number()?;
    (1.0..=MAX_SCREEN_WIDTH).contains(&width).then_some(width as u32)
}

fn client_id(fields: &Fields<'_>, invalid: &mut Invalid) -> Option<String> {
    let id = match fields.first(&["id"])? {
        Value::Text(text) => text.clone(),
        Value::Number(text) => (*text).to_owned(),
        _ => return None,
    };
    if id.len() > MAX_ID_BYTES {
        invalid.add("id", format!("is too long; use at most {MAX_ID_BYTES} bytes"));
    }
    (!id.trim().is_empty()).then_some(id)
}

/// A truth value, also as 0 and 1 or as text.
fn truth(fields: &Fields<'_>, names: &[&str]) -> Option<bool> {
    match names.iter().find_map(|name| fields.get(name).filter(|value| !matches!(value, Value::Null)))? {
        Value::Bool(truth) => Some(*truth),
        Value::Number(text) => Some(*text != "0"),
        Value::Text(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// The beginning of a text, at most `bytes` long, never half a character.
pub(crate) fn cut_to(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}
