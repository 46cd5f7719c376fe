//! One signed request.

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use http::{Request, Uri, header};
use http_body_util::Full;
use hyper::body::Bytes;
use std::time::{Duration, UNIX_EPOCH};

pub(super) type Error = Box<dyn std::error::Error + Send + Sync>;

pub(super) fn request(
    uri: &Uri,
    target: &str,
    body: Bytes,
    region: &str,
    credentials: Credentials,
    now: Duration,
) -> Result<Request<Full<Bytes>>, Error> {
    let host = uri.authority().map_or("", |authority| authority.as_str());
    let headers = [("host", host), ("content-type", "application/x-amz-json-1.0"), ("x-amz-target", target)];
    let identity = credentials.into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region(region)
        .name("dynamodb")
        .time(UNIX_EPOCH + now)
        .settings(SigningSettings::default())
        .build()?
        .into();
    let signable = SignableRequest::new("POST", uri.to_string(), headers.into_iter(), SignableBody::Bytes(&body))?;
    let (instructions, _signature) = sign(signable, &params)?.into_parts();
    let mut request = Request::post(uri.clone())
        .header(header::HOST, host)
        .header(header::CONTENT_TYPE, headers[1].1)
        .header("x-amz-target", target)
        .body(Full::new(body))?;
    instructions.apply_to_request_http1x(&mut request);
    Ok(request)
}
