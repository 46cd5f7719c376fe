//! Forms: small, from our own pages, and sent back by who was shown them.

use super::super::problem::problem;
use super::super::{App, body};
use super::answer::Trouble;
use super::person::Person;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::Response;
use http::header::{CONTENT_TYPE, HOST, ORIGIN};
use http::{HeaderMap, StatusCode};
use std::sync::Arc;

/// The largest form.
const MAX_BYTES: usize = 64 * 1024;

/// A form and who sent it. Checked: it came from a page of ours that was shown to this person.
pub(super) struct Form {
    /// Who.
    pub person: Person,
    fields: Vec<(String, String)>,
}

impl Form {
    /// A field; empty when it was not sent.
    pub(super) fn field(&self, name: &str) -> &str {
        self.fields.iter().rfind(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The last part of the address it was sent to: which of a page's forms it is.
    pub(super) fn address(&self) -> &str {
        let path = self.person.here.split('?').next().unwrap_or_default();
        path.rsplit('/').next().unwrap_or_default()
    }

    /// All values of a field that may be sent several times.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// How much of a value that is none is shown.
const MOST_SHOWN: usize = 100;

impl Form {
    /// A field that says one of a few things. Who sends anything else, or no such field, has not seen the form: nothing is
    /// taken for granted and nothing changed.
    pub(super) fn choice<T>(&self, name: &'static str, known: impl FnOnce(&str) -> Option<T>) -> Result<T, Trouble> {
        let sent = self.fields.iter().rfind(|(field, _)| field == name).map(|(_, value)| value.as_str());
        let chosen = sent.and_then(known);
        chosen.ok_or_else(|| {
            let value: String = sent.unwrap_or_default().chars().take(MOST_SHOWN).collect();
            Trouble::Refused((self.person.lang.words().failure.no_choice)(name, &value))
        })
    }

    /// The number of what the form is about.
    pub(super) fn number(&self, name: &'static str) -> Result<u64, Trouble> {
        self.choice(name, |text| text.parse().ok())
    }
}

impl FromRequest<Arc<App>> for Form {
    type Rejection = Response;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        if !is_form(&parts.headers) {
            return Err(problem(StatusCode::UNSUPPORTED_MEDIA_TYPE, "a form is sent as application/x-www-form-urlencoded"));
        }
        let person = Person::from_request_parts(&mut parts, app).await?;
        let body = body::read(&parts.headers, body, MAX_BYTES).await.map_err(|no_body| match no_body {
            body::NoBody::TooLarge => problem(StatusCode::PAYLOAD_TOO_LARGE, "a form has at most 65,536 bytes"),
            body::NoBody::TooSlow => problem(StatusCode::REQUEST_TIMEOUT, "the form did not arrive within 10 seconds"),
            body::NoBody::Broken => problem(StatusCode::BAD_REQUEST, "the form did not arrive whole"),
        })?;
        let fields = url::form_urlencoded::parse(&body).into_owned().collect();
        let form = Self { person, fields };
        if from_our_own_page(&parts.headers, &app.base_url) && form.person.sent_back(form.field("csrf")) {
            Ok(form)
        } else {
            Err(Trouble::ForeignForm.answer(app, &form.person).await)
        }
    }
}

/// Whether the body says that it is a form, or does not say what it is.
fn is_form(headers: &HeaderMap) -> bool {
    let said = headers.get(CONTENT_TYPE).map(|value| value.to_str().unwrap_or("?"));
    said.and_then(|said| said.split(';').next()).is_none_or(|kind| kind.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"))
}

/// What browsers say about where a form was: `Sec-Fetch-Site` (all since 2023), else `Origin`. A client that says
/// neither is no browser that somebody could be tricked in; the token still has to match.
fn from_our_own_page(headers: &HeaderMap, base_url: &str) -> bool {
    let text = |name: &http::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin" || site == "none";
    }
    match text(&ORIGIN) {
        None => true,
        Some(origin) => {
            origin == base_url || text(&HOST).is_some_and(|host| origin.split_once("://").is_some_and(|(_, authority)| authority == host))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(pairs: &[(&'static str, &'static str)]) -> bool {
        let headers =
            pairs.iter().map(|(name, value)| (http::HeaderName::from_static(name), http::HeaderValue::from_static(value))).collect();
        from_our_own_page(&headers, "https://stats.example.com")
    }

    #[test]
    fn a_form_of_another_site_is_recognised() {
        assert!(ours(&[("sec-fetch-site", "same-origin")]));
        assert!(!ours(&[("sec-fetch-site", "cross-site")]));
        assert!(!ours(&[("sec-fetch-site", "same-site")]));
        assert!(ours(&[("origin", "https://stats.example.com"), ("host", "10.0.0.5:8000")]));
        assert!(ours(&[("origin", "http://127.0.0.1:8000"), ("host", "127.0.0.1:8000")]));
        assert!(!ours(&[("origin", "https://evil.example"), ("host", "stats.example.com")]));
        assert!(!ours(&[("origin", "null"), ("host", "stats.example.com")]));
    }
}
