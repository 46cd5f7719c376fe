//! Whether an HTTP request is signed with a key of this server: AWS's fourth signature, over the request itself.

use crate::server::{AccessKey, Shared};
use crate::wire::auth::{ALLOWED_SKEW, hex, seconds_of, signature_for};
use crate::wire::error::DynamoError;
use http::request::Parts;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// Headers a signature must cover: what is done, when, and for whom.
const MUST_BE_SIGNED: [&str; 3] = ["host", "x-amz-date", "x-amz-target"];

/// What the header `Authorization` says.
#[derive(Debug)]
struct Signed<'a> {
    access_key: &'a str,
    day: &'a str,
    region: &'a str,
    headers: &'a str,
    signature: &'a str,
}

/// Whom a request says it is from; where nobody is asked for a key, from anybody.
#[derive(Debug)]
pub(super) struct Claim<'a>(Option<(Signed<'a>, &'a AccessKey, &'a str)>);

/// What a request claims before its body is read: a key of this server, its region, and now.
///
/// # Errors
/// In DynamoDB's words, which tell nobody who is not let in what was wrong but the time.
pub(super) fn claim<'a>(head: &'a Parts, shared: &'a Shared) -> Result<Claim<'a>, DynamoError> {
    if shared.config.keys.is_empty() {
        return Ok(Claim(None));
    }
    let Some(authorization) = text(head, "authorization") else {
        return Err(DynamoError::client("MissingAuthenticationTokenException", "Request is missing Authentication Token"));
    };
    let signed = Signed::read(authorization).ok_or_else(incomplete)?;
    let time = text(head, "x-amz-date").ok_or_else(incomplete)?;
    let invalid = || DynamoError::client("UnrecognizedClientException", "The security token included in the request is invalid.");
    let key = shared.config.keys.iter().find(|key| key.id == signed.access_key).ok_or_else(invalid)?;
    let now = shared.config.clock.unix().as_secs();
    let skew = seconds_of(time).map(|seconds| seconds.abs_diff(now));
    if signed.region != shared.config.region || !time.starts_with(signed.day) || skew.is_none_or(|skew| skew > ALLOWED_SKEW) {
        return Err(DynamoError::client("InvalidSignatureException", "Signed for another region, or at another time than now."));
    }
    Ok(Claim(Some((signed, key, time))))
}

impl Claim<'_> {
    /// Lets a request in.
    ///
    /// # Errors
    /// As [`claim`]: it was not signed with the key's secret, or not these bytes were.
    pub(super) fn check(&self, head: &Parts, body: &[u8]) -> Result<(), DynamoError> {
        let Some((signed, key, time)) = &self.0 else { return Ok(()) };
        let canonical = canonical_request(head, body, signed.headers).ok_or_else(incomplete)?;
        let scope = format!("{}/{}/dynamodb/aws4_request", signed.day, signed.region);
        let string_to_sign = format!("AWS4-HMAC-SHA256\n{time}\n{scope}\n{}", hex(&Sha256::digest(canonical)));
        let expected = hex(&signature_for("dynamodb", &key.secret, signed.day, signed.region, string_to_sign.as_bytes()));
        if !bool::from(expected.as_bytes().ct_eq(signed.signature.as_bytes())) {
            let words = "The request signature we calculated does not match the signature you provided.";
            return Err(DynamoError::client("InvalidSignatureException", words));
        }
        Ok(())
    }
}

fn incomplete() -> DynamoError {
    DynamoError::client("IncompleteSignatureException", "The signature is not one of AWS4-HMAC-SHA256 for dynamodb.")
}

impl<'a> Signed<'a> {
    fn read(authorization: &'a str) -> Option<Self> {
        let parts = authorization.strip_prefix("AWS4-HMAC-SHA256 ")?;
        let part = |name: &str| parts.split(',').find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='));
        let mut scope = part("Credential")?.rsplitn(5, '/');
        let (Some("aws4_request"), Some("dynamodb")) = (scope.next(), scope.next()) else { return None };
        let (region, day, access_key) = (scope.next()?, scope.next()?, scope.next()?);
        Some(Self { access_key, day, region, headers: part("SignedHeaders")?, signature: part("Signature")? })
    }
}

/// What was signed; `None` when a header is missing or one that must be signed is not.
fn canonical_request(head: &Parts, body: &[u8], signed_headers: &str) -> Option<String> {
    if !MUST_BE_SIGNED.iter().all(|name| signed_headers.split(';').any(|signed| signed == *name)) {
        return None;
    }
    let mut canonical = format!("{}\n/\n\n", head.method);
    for name in signed_headers.split(';') {
        let values: Option<Vec<String>> = head.headers.get_all(name).iter().map(|value| value.to_str().ok().map(one_space)).collect();
        let values = values.filter(|values| !values.is_empty())?;
        canonical.push_str(&format!("{name}:{}\n", values.join(",")));
    }
    canonical.push_str(&format!("\n{signed_headers}\n{}", hex(&Sha256::digest(body))));
    Some(canonical)
}

/// As signers write a value: no space around it, one at a time within.
fn one_space(value: &str) -> String {
    value.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

fn text<'a>(head: &'a Parts, name: &str) -> Option<&'a str> {
    head.headers.get(name)?.to_str().ok()
}
