//! CreateInvalidation, the one call of CloudFront's API that is used here: XML, signed as Amazon's own SDK signs
//! (docs/decisions/0835-purge-without-an-sdk.md).

use super::send::host;
use super::{Stale, paths};
use anyhow::Context;
use aws_config::BehaviorVersion;
use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use bytes::Bytes;
use footfall_domain::UnixMillis;
use http::Request;
use http::header::{CONTENT_TYPE, HOST};
use http_body_util::Full;
use std::time::{Duration, UNIX_EPOCH};
use url::Url;

/// CloudFront is everywhere, and is asked in one region only.
const REGION: &str = "us-east-1";
const XML: &str = "application/xml";

/// What requests are signed with: what every SDK of Amazon's finds. Roles change theirs, so they are asked for each time.
pub(super) async fn credentials(known: &mut Option<SharedCredentialsProvider>) -> anyhow::Result<Credentials> {
    if known.is_none() {
        let http = aws_smithy_http_client::Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https();
        *known = aws_config::defaults(BehaviorVersion::latest()).http_client(http).load().await.credentials_provider();
    }
    let words = "there are no AWS credentials to sign with";
    known.as_ref().context(words)?.provide_credentials().await.context(words)
}

/// A request that invalidates everything public of some sites.
pub(super) fn invalidation(
    endpoint: &Url,
    distribution: &str,
    sites: &[&Stale],
    credentials: Credentials,
    now: UnixMillis,
) -> anyhow::Result<Request<Full<Bytes>>> {
    let body: Bytes = batch(sites, now).into();
    let url = endpoint.join(&format!("/2020-05-31/distribution/{distribution}/invalidation"))?;
    let host = host(&url);
    let identity = credentials.into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region(REGION)
        .name("cloudfront")
        .time(UNIX_EPOCH + Duration::from_millis(now.0.max(0) as u64))
        .settings(SigningSettings::default())
        .build()?
        .into();
    let headers = [("host", host.as_str()), ("content-type", XML)];
    let signable = SignableRequest::new("POST", url.as_str(), headers.into_iter(), SignableBody::Bytes(&body))?;
    let (instructions, _signature) = sign(signable, &params)?.into_parts();
    let mut request = Request::post(url.as_str()).header(HOST, &host).header(CONTENT_TYPE, XML).body(Full::new(body))?;
    instructions.apply_to_request_http1x(&mut request);
    Ok(request)
}

/// The paths in Amazon's XML. Domains have letters, digits, `-`, `_` and dots only: nothing needs escaping.
fn batch(sites: &[&Stale], now: UnixMillis) -> String {
    let paths: Vec<String> = sites.iter().flat_map(|site| paths::of_site(&site.domain)).collect();
    let items: String = paths.iter().map(|path| format!("<Path>{path}</Path>")).collect();
    // The same paths at another time are another request; two instances at the same time may say the same.
    let millis = now.0;
    let reference = format!("footfall-{millis}-{}", &blake3::hash(items.as_bytes()).to_hex()[..16]);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><InvalidationBatch xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\">\
         <Paths><Quantity>{}</Quantity><Items>{items}</Items></Paths><CallerReference>{reference}</CallerReference></InvalidationBatch>",
        paths.len()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn an_invalidation_names_every_path_and_is_signed() {
        let stale = Stale { tag: "site-7".into(), domain: "shop.example".into(), why: "reset" };
        let endpoint = Url::parse("https://cloudfront.amazonaws.com").expect("a URL");
        let now = UnixMillis(1_790_000_000_123);
        let credentials = Credentials::new("AKIDEXAMPLE", "secret", Some("session".into()), None, "test");
        let request = invalidation(&endpoint, "E2EXAMPLE", &[&stale], credentials, now).expect("a request");
        assert_eq!(request.uri(), "https://cloudfront.amazonaws.com/2020-05-31/distribution/E2EXAMPLE/invalidation");
        let authorization = request.headers()["authorization"].to_str().expect("text");
        let scope = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260921/us-east-1/cloudfront/aws4_request, SignedHeaders=content-type;host;x-amz-date";
        assert!(authorization.starts_with(scope), "{authorization}");
        let body = batch(&[&stale], now);
        let paths = "<Quantity>6</Quantity><Items><Path>/shop.example*</Path><Path>/share/shop.example*</Path><Path>/embed/shop.example/*</Path>\
                     <Path>/counter/shop.example/*</Path><Path>/api/sites/shop.example/*</Path><Path>/api/stats/shop.example/*</Path></Items>";
        assert!(body.contains(paths) && body.contains("<CallerReference>footfall-1790000000123-"), "{body}");
    }
}
