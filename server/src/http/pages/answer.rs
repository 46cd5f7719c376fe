//! Pages and what stands in for them.

use super::super::App;
use super::person::Person;
use super::workshop::Crowded;
use super::{cookies, frame};
use crate::actions::ActionError;
use axum::response::{Html, IntoResponse, Redirect, Response};
use footfall_app::models::{Failure, FailureKind};
use footfall_app::{pages, routes};
use footfall_query::{QueryError, RunError, SourceError};
use footfall_store::StoreError;
use http::header::{CACHE_CONTROL, RETRY_AFTER, SET_COOKIE};
use http::{HeaderValue, StatusCode};

/// A page, or why there is none.
pub(super) type Page = Result<Response, Trouble>;

/// Why there is no page.
#[derive(Debug)]
pub(in crate::http) enum Trouble {
    /// There is none, or not for this person.
    NotFound,
    /// Nobody is signed in; where to come back to.
    SignInFirst(String),
    /// The form was too old, or came from elsewhere.
    ForeignForm,
    /// The link for the first sign-in is wrong or used up.
    WrongLink,
    /// The link of an invitation was used, has ended, or never was.
    WrongInvitation,
    /// The address takes forms; who reads it finds nothing.
    FormsOnly,
    /// The form asks what no form of ours asks, or what cannot be done; why.
    Refused(String),
    /// Too many wrong passwords; seconds to wait.
    TooMany(u64),
    /// The days are still being folded after the start.
    Behind,
    /// The address asks what cannot be answered.
    Senseless(QueryError),
    /// Something of ours failed.
    Broken(anyhow::Error),
}

/// When to look again while the days are being folded.
const BEHIND_SECONDS: u64 = 2;
/// How long a form cookie is good for: as long as a tab may stay open.
const FORM_SECONDS: u64 = 24 * 60 * 60;

/// Answers with a page or with what stands in for it.
pub(super) async fn of(app: &App, person: &Person, page: Page) -> Response {
    let mut response = match page {
        Ok(response) => response,
        Err(trouble) => trouble.answer(app, person).await,
    };
    response.headers_mut().entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-store"));
    // Where it only leads on there is no form to bring back.
    if person.signed_in.is_none() && person.form_is_new && !response.status().is_redirection() {
        let headers = response.headers_mut();
        headers.append(SET_COOKIE, cookies::set(cookies::FORM, person.form.text(), FORM_SECONDS, app.house.config.server.is_https()));
    }
    response
}

/// A finished page.
pub(super) fn html(text: String) -> Page {
    Ok(Html(text).into_response())
}

/// A page with something wrong on it.
pub(super) fn html_with(status: StatusCode, text: String) -> Page {
    Ok((status, Html(text)).into_response())
}

/// "Look there", after a form (303).
pub(super) fn see(place: &str) -> Page {
    Ok(Redirect::to(place).into_response())
}

impl Trouble {
    /// What to show instead.
    pub(super) async fn answer(self, app: &App, person: &Person) -> Response {
        let kind = match self {
            Trouble::NotFound => FailureKind::NotFound,
            Trouble::SignInFirst(back) => return Redirect::to(&sign_in_and_back(&back)).into_response(),
            Trouble::ForeignForm => FailureKind::Forbidden,
            Trouble::WrongLink => FailureKind::BadAddress(person.lang.words().notices.wrong_link.to_owned()),
            Trouble::WrongInvitation => FailureKind::BadAddress(person.lang.words().notices.wrong_invitation.to_owned()),
            Trouble::Senseless(fault) => {
                note_fault(&fault);
                FailureKind::BadAddress(person.lang.words().failure.bad_question_why.to_owned())
            }
            Trouble::FormsOnly => FailureKind::FormsOnly,
            Trouble::Refused(why) => FailureKind::Refused(why),
            Trouble::TooMany(seconds) => FailureKind::TooMany(seconds),
            Trouble::Behind => FailureKind::Behind(BEHIND_SECONDS),
            Trouble::Broken(error) if error.is::<Crowded>() => FailureKind::Crowded(Crowded::WAIT_SECONDS),
            Trouble::Broken(error) => FailureKind::Broken(note(app, &error)),
        };
        let status = StatusCode::from_u16(kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let wait = match &kind {
            FailureKind::TooMany(seconds) | FailureKind::Behind(seconds) | FailureKind::Crowded(seconds) => Some(*seconds),
            _ => None,
        };
        // No list of sites: what failed may be the registry itself.
        let frame = frame::plain(app, person);
        let mut response = (status, [(CACHE_CONTROL, "private, no-store")], Html(pages::failure(&Failure { frame, kind }))).into_response();
        if let Some(seconds) = wait {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// What is wrong with a page's question is said for programs, in English: it stands in the log.
pub(super) fn note_fault(fault: &QueryError) {
    tracing::info!(%fault, "a page was asked what cannot be answered");
}

/// Writes the error into the log under a number that the page shows.
fn note(app: &App, error: &anyhow::Error) -> String {
    let mut bytes = [0; 4];
    app.house.outside.entropy.fill(&mut bytes);
    let id = format!("{:08x}", u32::from_be_bytes(bytes));
    tracing::error!(failure.id = id, error = format!("{error:#}"), "a page could not be made");
    id
}

fn sign_in_and_back(back: &str) -> String {
    if back == "/" || back == routes::SITES {
        return routes::SIGN_IN.to_owned();
    }
    let next: String = url::form_urlencoded::byte_serialize(back.as_bytes()).collect();
    format!("{}?next={next}", routes::SIGN_IN)
}

impl From<anyhow::Error> for Trouble {
    fn from(error: anyhow::Error) -> Self {
        Self::Broken(error)
    }
}

impl From<Crowded> for Trouble {
    fn from(crowded: Crowded) -> Self {
        Self::Broken(crowded.into())
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Broken(anyhow::Error::from(error).context("the store failed"))
    }
}

impl From<SourceError> for Trouble {
    fn from(error: SourceError) -> Self {
        Self::Broken(error.into())
    }
}

impl From<RunError> for Trouble {
    fn from(error: RunError) -> Self {
        match error {
            RunError::Query(fault) => Self::Senseless(fault),
            RunError::Source(error) => error.into(),
        }
    }
}

impl From<ActionError> for Trouble {
    fn from(error: ActionError) -> Self {
        Self::Broken(error.into())
    }
}
