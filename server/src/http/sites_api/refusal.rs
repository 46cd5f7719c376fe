//! Why a program is not given what it asked for.

use super::super::key;
use crate::actions::ActionError;
use crate::actions::lexicon::LexiconError;
use axum::response::Response;
use footfall_store::StoreError;
use http::StatusCode;

/// Why a program is not given what it asked for. Answered as `{"error": …}`.
#[derive(Debug)]
pub(super) enum Refusal {
    /// What was sent makes no sense: 400.
    Wrong(String),
    /// There is no such site, or the key may not do this there: 404. Nobody learns which of the two.
    NoSite,
    /// There is no such thing at the site: 404.
    Nothing(&'static str),
    /// The key may not do this anywhere: 403.
    May(&'static str),
    /// A body of a type that is not understood: 415.
    Kind,
    /// The days are still being folded after the start: 503.
    Behind(Box<Response>),
    /// Something failed; the log says what: 503.
    Broken(anyhow::Error),
}

impl Refusal {
    /// The answer.
    pub(super) fn answer(self) -> Response {
        let (status, message) = match self {
            Refusal::Wrong(message) => (StatusCode::BAD_REQUEST, message),
            Refusal::NoSite => (StatusCode::NOT_FOUND, "there is no such site, or the key may not do this there".to_owned()),
            Refusal::Nothing(what) => (StatusCode::NOT_FOUND, format!("there is no such {what}")),
            Refusal::May(message) => (StatusCode::FORBIDDEN, message.to_owned()),
            Refusal::Kind => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "send application/json, application/x-www-form-urlencoded or multipart/form-data".to_owned(),
            ),
            Refusal::Behind(response) => return *response,
            Refusal::Broken(error) => {
                tracing::error!(error = format!("{error:#}"), "a request of the Sites API could not be carried out");
                (StatusCode::SERVICE_UNAVAILABLE, "this cannot be done at the moment".to_owned())
            }
        };
        key::error(status, &message)
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::Broken(error.into())
    }
}

impl From<ActionError> for Refusal {
    fn from(error: ActionError) -> Self {
        match error {
            ActionError::Invalid(fault) | ActionError::State(fault) => Self::Wrong(fault.to_string()),
            ActionError::Broken { message, source } => Self::Broken(source.context(message)),
        }
    }
}

impl From<LexiconError> for Refusal {
    fn from(error: LexiconError) -> Self {
        match error {
            LexiconError::Broken(error) => error.into(),
            // The site went meanwhile.
            LexiconError::Gone => Self::NoSite,
            error => Self::Wrong(error.to_string()),
        }
    }
}
