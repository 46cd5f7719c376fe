//! `Authorization: Bearer KEY`.

use crate::accounts::Token;
use crate::house::House;
use footfall_store::{ApiKey, StoreError};
use http::HeaderMap;
use http::header::AUTHORIZATION;

/// Who asks, as far as a key tells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Bearer {
    /// No key was sent.
    Nobody,
    /// Something was sent that is no key of ours.
    Unknown,
    /// A key.
    Key(ApiKey),
}

/// Looks the key of a request up.
pub(super) async fn of(house: &House, headers: &HeaderMap) -> Result<Bearer, StoreError> {
    let Some(value) = headers.get(AUTHORIZATION) else { return Ok(Bearer::Nobody) };
    let text = value.to_str().unwrap_or("");
    let Some((scheme, key)) = text.split_once(' ') else { return Ok(Bearer::Nobody) };
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Ok(Bearer::Nobody);
    }
    let Some(token) = Token::presented(key.trim()) else { return Ok(Bearer::Unknown) };
    Ok(house.keys.find(&token).await?.map_or(Bearer::Unknown, Bearer::Key))
}
