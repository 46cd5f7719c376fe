//! A request of a program: which key, what it sent, and what the key may do.

use super::super::App;
use super::super::body::{self, NoBody};
use super::super::key::{self, Purpose, error};
use super::params::Params;
use super::refusal::Refusal;
use axum::Json;
use axum::extract::{FromRequestParts, RawPathParams, Request, State};
use axum::response::{IntoResponse, Response};
use footfall_domain::{Role, Site};
use footfall_ingest::normal_domain;
use footfall_processor::SiteEntry;
use footfall_store::ApiKey;
use http::StatusCode;
use serde_json::Value;
use std::pin::Pin;
use std::sync::Arc;

/// The largest body: the name of a goal with properties is the longest thing in one.
const MAX_BYTES: usize = 64 * 1024;

/// A request that was admitted and read.
pub(super) struct Call {
    /// Where it is carried out.
    pub app: Arc<App>,
    /// What it is asked with.
    pub key: ApiKey,
    /// What was sent.
    pub params: Params,
}

/// How a request ends.
pub(super) type Told = Result<Value, Refusal>;
type Answering = Pin<Box<dyn Future<Output = Response> + Send>>;

/// The handler of a route: admits, reads, carries out, answers. What was begun is carried out though whoever asked hangs up.
pub(super) fn answering<Act, Done>(
    purpose: Purpose,
    act: Act,
) -> impl Fn(State<Arc<App>>, Request) -> Answering + Clone + Send + Sync + 'static
where
    Act: Fn(Call) -> Done + Copy + Send + Sync + 'static,
    Done: Future<Output = Told> + Send + 'static,
{
    move |State(app), request| Box::pin(answer(app, request, purpose, act))
}

async fn answer<Act, Done>(app: Arc<App>, request: Request, purpose: Purpose, act: Act) -> Response
where
    Act: Fn(Call) -> Done + Send,
    Done: Future<Output = Told> + Send + 'static,
{
    let (mut parts, body) = request.into_parts();
    let admitted = match key::admit(&app, &parts.headers, purpose).await {
        Ok(admitted) => admitted,
        Err(refusal) => return refusal,
    };
    let path = match RawPathParams::from_request_parts(&mut parts, &app).await {
        Ok(path) => path.iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect(),
        Err(_) => return admitted.answered(Refusal::NoSite.answer()),
    };
    let body = match body::read(&parts.headers, body, MAX_BYTES).await {
        Ok(body) => body,
        Err(no_body) => return admitted.answered(unread(no_body)),
    };
    let told = match Params::read(parts.uri.query().unwrap_or(""), &parts.headers, &body, path) {
        Ok(params) => {
            let doing = tokio::spawn(act(Call { app, key: admitted.key.clone(), params }));
            doing.await.unwrap_or_else(|failure| match failure.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(failure) => Err(Refusal::Broken(failure.into())),
            })
        }
        Err(refusal) => Err(refusal),
    };
    admitted.answered(told.map_or_else(Refusal::answer, |told| Json(told).into_response()))
}

fn unread(no_body: NoBody) -> Response {
    match no_body {
        NoBody::TooLarge => error(StatusCode::PAYLOAD_TOO_LARGE, "the body has at most 65,536 bytes"),
        NoBody::TooSlow => error(StatusCode::REQUEST_TIMEOUT, "the body did not arrive within 10 seconds"),
        NoBody::Broken => error(StatusCode::BAD_REQUEST, "the body did not arrive whole"),
    }
}

impl Call {
    /// Who the audit log says it was: the key's number, whose it is, and at last its name, which may be any text.
    pub fn who(&self) -> String {
        let owner = self.key.owner.as_ref().map(|owner| format!(" ({owner})")).unwrap_or_default();
        format!("key:{}{owner} {}", self.key.id, self.key.name).trim_end().to_owned()
    }

    /// The site of `site_id`, its domain.
    ///
    /// # Errors
    /// There is none, or the key may not do there what `least` may: nobody learns which.
    pub async fn site(&self, least: Role) -> Result<Arc<SiteEntry>, Refusal> {
        let domain = normal_domain(&self.params.needed("site_id")?);
        let entry = self.app.house.engine.sites().by_domain(&domain).cloned().ok_or(Refusal::NoSite)?;
        if self.app.house.people.opens(&self.key, &entry.site, least).await? { Ok(entry) } else { Err(Refusal::NoSite) }
    }

    /// What the key may do at a site it opens.
    ///
    /// # Errors
    /// Nothing any more, or the registry cannot be read.
    pub async fn role(&self, site: &Site) -> Result<Role, Refusal> {
        match &self.key.owner {
            Some(owner) => self.app.house.people.rights(owner).await?.role(site).ok_or(Refusal::NoSite),
            None => Ok(Role::Owner),
        }
    }

    /// All sites the key may know of.
    ///
    /// # Errors
    /// The registry cannot be read.
    pub async fn sites(&self) -> Result<Vec<Arc<SiteEntry>>, Refusal> {
        let rights = match &self.key.owner {
            Some(owner) => Some(self.app.house.people.rights(owner).await?),
            None => None,
        };
        let sees = |site: &Site| {
            self.key.site.is_none_or(|only| only == site.id) && rights.as_ref().is_none_or(|rights| rights.may(site, Role::Viewer))
        };
        Ok(self.app.house.engine.sites().iter().filter(|entry| sees(&entry.site)).cloned().collect())
    }
}
