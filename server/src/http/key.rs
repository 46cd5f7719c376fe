//! The key of a program, and how often it may ask. Answers as Plausible does: `{"error": …}`.

use super::App;
use super::bearer::{self, Bearer};
use super::limits::Allowance;
use axum::Json;
use axum::response::{IntoResponse, Response};
use footfall_store::{ApiKey, KeyScope};
use http::header::{CACHE_CONTROL, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde_json::{Value, json};

/// What a key is shown for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Purpose {
    /// To ask for reports.
    Reports,
    /// To read which sites there are and what is named at them.
    Names,
    /// To read and change sites, what is named at them, and who may see them.
    Sites,
}

impl Purpose {
    fn allows(self, scope: KeyScope) -> bool {
        match self {
            Purpose::Reports => matches!(scope, KeyScope::Stats | KeyScope::Admin),
            Purpose::Names => matches!(scope, KeyScope::Stats | KeyScope::Sites | KeyScope::Admin),
            Purpose::Sites => matches!(scope, KeyScope::Sites | KeyScope::Admin),
        }
    }

    /// Why another key will not do.
    fn refusal(self) -> &'static str {
        match self {
            Purpose::Reports => "this key may not ask for reports; make one with --scope stats",
            Purpose::Names | Purpose::Sites => "this key may not do this; make one with --scope sites",
        }
    }

    /// How to come by a key.
    fn help(self) -> &'static str {
        match self {
            Purpose::Reports => "send a key as Authorization: Bearer KEY; `footfall key add --scope stats` makes one",
            Purpose::Names | Purpose::Sites => "send a key as Authorization: Bearer KEY; `footfall key add --scope sites` makes one",
        }
    }
}

/// A key that may do what it is shown for, now.
pub(super) struct Admitted {
    /// The key.
    pub key: ApiKey,
    allowance: Option<Allowance>,
}

impl Admitted {
    /// The answer with what the key may still ask.
    pub fn answered(self, mut response: Response) -> Response {
        finish(&mut response, self.allowance);
        response
    }
}

/// Admits a program.
///
/// # Errors
/// What to answer instead: 401 without a key that may do this, 429 when it asked too much, 503.
pub(super) async fn admit(app: &App, headers: &HeaderMap, purpose: Purpose) -> Result<Admitted, Response> {
    let key = match bearer::of(&app.house, headers).await {
        Ok(Bearer::Key(key)) if purpose.allows(key.scope) => key,
        Ok(Bearer::Key(_)) => return Err(unauthorized(purpose.refusal())),
        Ok(Bearer::Nobody) => return Err(unauthorized(purpose.help())),
        Ok(Bearer::Unknown) => return Err(unauthorized("there is no such key")),
        Err(failure) => {
            tracing::error!(error = %failure, "the keys cannot be read");
            return Err(error(StatusCode::SERVICE_UNAVAILABLE, "the keys cannot be read at the moment"));
        }
    };
    let allowance = app.limits.take(key.id);
    if allowance.is_none_or(Allowance::is_granted) {
        return Ok(Admitted { key, allowance });
    }
    let words = "this key has asked too much within the hour; Retry-After says how many seconds to wait";
    let mut refusal = error(StatusCode::TOO_MANY_REQUESTS, words);
    finish(&mut refusal, allowance);
    Err(refusal)
}

/// Whether reports can be made already; what to answer where not.
pub(super) fn caught_up(app: &App) -> Result<(), Box<Response>> {
    if app.readiness.has_caught_up() {
        return Ok(());
    }
    let words = "the server has just started and is still folding the day's hits; ask again in a moment";
    let mut response = error(StatusCode::SERVICE_UNAVAILABLE, words);
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("2"));
    Err(Box::new(response))
}

/// 401; also for a site the key is not for: who may not ask about a site does not learn whether there is one.
pub(super) fn unauthorized(message: &str) -> Response {
    let mut response = error(StatusCode::UNAUTHORIZED, message);
    response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    response
}

/// `{"error": …}`.
pub(super) fn error(status: StatusCode, message: &str) -> Response {
    error_body(status, &json!({"error": message}))
}

/// An error in a shape of its own.
pub(super) fn error_body(status: StatusCode, body: &Value) -> Response {
    let mut response = (status, Json(body)).into_response();
    finish(&mut response, None);
    response
}

fn finish(response: &mut Response, allowance: Option<Allowance>) {
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    if let Some(allowance) = allowance {
        allowance.tell(headers);
    }
}
