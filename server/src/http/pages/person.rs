//! Who is at the other end, as far as cookies tell.

use super::super::App;
use super::super::problem::problem;
use super::answer::Trouble;
use super::cookies;
use crate::accounts::Token;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use footfall_app::models::Theme;
use footfall_app::words::Lang;
use footfall_ingest::client_address;
use footfall_store::SignIn;
use http::HeaderMap;
use http::header::ACCEPT_LANGUAGE;
use http::request::Parts;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use subtle::ConstantTimeEq;

/// Who asks for a page.
pub(in crate::http) struct Person {
    /// Who is signed in; `None`: nobody.
    pub signed_in: Option<SignedIn>,
    /// The token of the form cookie, as it was sent or as it is about to be set.
    pub form: Token,
    /// Whether the form cookie still has to be set.
    pub form_is_new: bool,
    /// Light or dark.
    pub theme: Theme,
    /// The language of the pages: the person's choice, else the browser's.
    pub lang: Lang,
    /// The client's address, for throttling; never kept.
    pub address: IpAddr,
    /// Path and query of the page.
    pub here: String,
}

/// Somebody who is signed in.
pub(in crate::http) struct SignedIn {
    /// The token in the cookie.
    pub token: Token,
    /// What the registry knows.
    pub sign_in: SignIn,
}

/// What the derived form token is for.
const FORM_PURPOSE: &str = "footfall 2026 token of forms before sign-in";

impl Person {
    /// The token every form of this person sends back.
    pub(super) fn csrf(&self) -> String {
        match &self.signed_in {
            Some(signed_in) => URL_SAFE_NO_PAD.encode(signed_in.sign_in.csrf),
            None => self.form.derive(FORM_PURPOSE),
        }
    }

    /// Whether a form was shown to this person by us.
    pub(super) fn sent_back(&self, csrf: &str) -> bool {
        let fresh = self.signed_in.is_none() && self.form_is_new;
        !fresh && self.csrf().as_bytes().ct_eq(csrf.as_bytes()).into()
    }

    /// Who is signed in, or the way to sign in and back.
    pub(super) fn member(&self) -> Result<&SignedIn, Trouble> {
        self.signed_in.as_ref().ok_or_else(|| Trouble::SignInFirst(self.here.clone()))
    }
}

impl FromRequestParts<Arc<App>> for Person {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Response> {
        let https = app.house.config.server.is_https();
        let cookie = |name: &str| cookies::get(&parts.headers, &cookies::name_of(name, https)).and_then(Token::presented);
        let signed_in = match cookie(cookies::SIGN_IN) {
            Some(token) => app
                .house
                .registry
                .sign_in(&token.hash(), app.house.now())
                .await
                .map(|found| found.map(|sign_in| SignedIn { token, sign_in })),
            None => Ok(None),
        };
        let signed_in = signed_in.map_err(|error| {
            tracing::error!(error = %error, "the sign-ins cannot be read");
            problem(http::StatusCode::SERVICE_UNAVAILABLE, "the sign-ins cannot be read at the moment")
        })?;
        let form = cookie(cookies::FORM);
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::from([0, 0, 0, 0]), |peer| peer.0.ip());
        Ok(Self {
            signed_in,
            form_is_new: form.is_none(),
            form: form.unwrap_or_else(|| Token::new("", &*app.house.outside.entropy)),
            theme: cookies::get(&parts.headers, cookies::THEME).and_then(Theme::from_name).unwrap_or_default(),
            lang: spoken(&parts.headers),
            address: client_address(peer, &parts.headers, &app.house.trusted),
            here: parts.uri.path_and_query().map_or("/", |here| here.as_str()).to_owned(),
        })
    }
}

/// The language chosen in this browser, else the best that the browser asks for.
fn spoken(headers: &HeaderMap) -> Lang {
    let chosen = cookies::get(headers, cookies::LANGUAGE).and_then(Lang::from_code);
    chosen.unwrap_or_else(|| headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).map_or_else(Lang::default, Lang::accepted))
}
