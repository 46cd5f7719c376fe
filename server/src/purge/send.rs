//! What is sent to a cache.

use super::{Stale, cloudfront, paths};
use crate::config::PurgeTarget;
use anyhow::{Context, bail};
use bytes::Bytes;
use footfall_domain::Clock;
use http::header::{CONTENT_TYPE, HOST};
use http::{Method, Request, StatusCode};
use http_body_util::{BodyExt, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use std::sync::Arc;
use std::time::Duration;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use url::Url;

type Http = Client<HttpsConnector<HttpConnector>, Full<Bytes>>;

/// How long one request may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// What is read of an answer.
const MOST_READ: usize = 64 * 1024;
/// The header by which a cache knows what belongs together.
const SURROGATE_KEY: &str = "surrogate-key";

/// A cache that can be told.
pub(super) struct Cache {
    target: PurgeTarget,
    /// What addresses of this server begin with; no slash at the end.
    base_url: String,
    /// For signatures.
    clock: Arc<dyn Clock>,
    http: Option<Http>,
    credentials: Option<aws_credential_types::provider::SharedCredentialsProvider>,
}

impl Cache {
    pub fn new(target: PurgeTarget, public_url: &str, clock: Arc<dyn Clock>) -> Self {
        Self { target, base_url: public_url.trim_end_matches('/').to_owned(), clock, http: None, credentials: None }
    }

    /// For the log: nothing of its address that might be a secret.
    pub fn name(&self) -> String {
        match &self.target {
            PurgeTarget::Varnish(url) | PurgeTarget::Urls(url) => url.authority().to_owned(),
            PurgeTarget::CloudFront { distribution, .. } => distribution.clone(),
        }
    }

    /// Has it drop what it keeps of some sites.
    pub async fn tell(&mut self, sites: &[&Stale]) -> anyhow::Result<()> {
        let told = async {
            let request = match &self.target {
                PurgeTarget::Varnish(url) => ban(url, sites)?,
                PurgeTarget::Urls(url) => list(url, &self.base_url, sites)?,
                PurgeTarget::CloudFront { distribution, endpoint } => {
                    let credentials = cloudfront::credentials(&mut self.credentials).await?;
                    cloudfront::invalidation(endpoint, distribution, sites, credentials, self.clock.now())?
                }
            };
            self.send(request).await
        };
        tokio::time::timeout(PATIENCE, told).await.context("no answer in ten seconds")?
    }

    async fn send(&mut self, request: Request<Full<Bytes>>) -> anyhow::Result<()> {
        if self.http.is_none() {
            self.http = Some(client(request.uri().scheme_str() == Some("https"))?);
        }
        let http = self.http.as_ref().context("made above")?;
        // The error names the address only, which may hold a token: the causes below it do not.
        let answer = http.request(request).await.map_err(|error| anyhow::anyhow!("{}", causes(&error)))?;
        let status = answer.status();
        if status.is_success() {
            return Ok(());
        }
        let body = Limited::new(answer.into_body(), MOST_READ).collect().await.map(|body| body.to_bytes()).unwrap_or_default();
        bail!("{}", refusal(status, &body))
    }
}

/// What an answer that is no yes says.
fn refusal(status: StatusCode, body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    // Amazon's codes; other answers may repeat what was asked, which is nobody's business.
    let code = text.split_once("<Code>").and_then(|(_, rest)| rest.split_once("</Code>")).map(|(code, _)| code);
    let code = code.filter(|code| code.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    code.map_or_else(|| format!("it answered {status}"), |code| format!("it answered {status}: {code}"))
}

fn causes(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        words = format!("{words}: {cause}");
        next = cause.source();
    }
    words
}

/// What our VCL takes as a ban, from the addresses it trusts.
fn ban(url: &Url, sites: &[&Stale]) -> anyhow::Result<Request<Full<Bytes>>> {
    let tags: Vec<&str> = sites.iter().map(|site| site.tag.as_str()).collect();
    let request = request(Method::from_bytes(b"BAN")?, url).header(SURROGATE_KEY, tags.join(" "));
    Ok(request.body(Full::default())?)
}

/// Addresses, one a line. `*` at the end stands for everything that begins so.
fn list(url: &Url, base_url: &str, sites: &[&Stale]) -> anyhow::Result<Request<Full<Bytes>>> {
    let lines = sites.iter().flat_map(|site| paths::of_site(&site.domain)).map(|path| format!("{base_url}{path}\n"));
    let tags: Vec<&str> = sites.iter().map(|site| site.tag.as_str()).collect();
    let request = request(Method::POST, url).header(CONTENT_TYPE, "text/plain; charset=utf-8").header(SURROGATE_KEY, tags.join(" "));
    Ok(request.body(Full::new(lines.collect::<String>().into()))?)
}

fn request(method: Method, url: &Url) -> http::request::Builder {
    Request::builder().method(method).uri(url.as_str()).header(HOST, host(url))
}

/// The host as a request names it.
pub(super) fn host(url: &Url) -> String {
    let name = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| name.to_owned(), |port| format!("{name}:{port}"))
}

fn client(is_https: bool) -> anyhow::Result<Http> {
    let mut http = HttpConnector::new();
    http.enforce_http(false);
    http.set_connect_timeout(Some(PATIENCE / 2));
    let builder = HttpsConnectorBuilder::new();
    let builder = if is_https {
        builder.with_provider_and_native_roots(ring::default_provider()).context("the machine's certificates cannot be read")?
    } else {
        // Plain HTTP checks no certificate, and a machine without any must be able to use it.
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider())).with_safe_default_protocol_versions()?;
        builder.with_tls_config(config.with_root_certificates(RootCertStore::empty()).with_no_client_auth())
    };
    Ok(Client::builder(TokioExecutor::new()).pool_max_idle_per_host(0).build(builder.https_or_http().enable_http1().wrap_connector(http)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answers_words_are_not_repeated() {
        let body = b"<ErrorResponse><Error><Code>AccessDenied</Code><Message>token t0ken</Message></Error></ErrorResponse>";
        assert_eq!(refusal(StatusCode::FORBIDDEN, body), "it answered 403 Forbidden: AccessDenied");
        assert_eq!(refusal(StatusCode::BAD_GATEWAY, b"POST /?token=t0ken failed"), "it answered 502 Bad Gateway");
    }

    #[test]
    fn a_caches_name_has_no_token_in_it() {
        let url = Url::parse("https://hooks.example.com:8443/t0ken?t0ken").expect("a URL");
        assert_eq!(Cache::new(PurgeTarget::Urls(url), "", Arc::new(footfall_domain::SystemClock)).name(), "hooks.example.com:8443");
    }
}
