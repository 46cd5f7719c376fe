//! Bytes of pieces: a format byte, then postcard, compressed with zstd.
//!
//! Format 1 is the only one. A test pins the bytes of a row: when the words of the domain change, it fails, and a new
//! format byte is due.

use crate::StoreError;
use serde::{Deserialize, Serialize};

const POSTCARD_ZSTD: u8 = 1;
const ZSTD_LEVEL: i32 = 3;

/// Postcard of a value.
pub fn plain<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, StoreError> {
    postcard::to_stdvec(value).map_err(|error| StoreError::Unavailable(error.to_string()))
}

/// Seals bytes into a payload.
pub fn seal(plain: &[u8]) -> Result<Vec<u8>, StoreError> {
    let compressed = zstd::bulk::compress(plain, ZSTD_LEVEL).map_err(|error| StoreError::Unavailable(error.to_string()))?;
    let mut payload = Vec::with_capacity(1 + compressed.len());
    payload.push(POSTCARD_ZSTD);
    payload.extend_from_slice(&compressed);
    Ok(payload)
}

/// The bytes that were sealed.
pub fn unseal(payload: &[u8]) -> Result<Vec<u8>, StoreError> {
    match payload.split_first() {
        Some((&POSTCARD_ZSTD, compressed)) => zstd::stream::decode_all(compressed).map_err(damaged),
        Some((format, _)) => Err(damaged(format_args!("unknown format {format}"))),
        None => Err(damaged("an empty piece")),
    }
}

/// A value from its postcard, all of it.
pub fn value<'a, T: Deserialize<'a>>(plain: &'a [u8]) -> Result<T, StoreError> {
    match postcard::take_from_bytes(plain) {
        Ok((value, [])) => Ok(value),
        Ok((_, rest)) => Err(damaged(format_args!("{} bytes too many", rest.len()))),
        Err(error) => Err(damaged(error)),
    }
}

pub fn damaged(why: impl ToString) -> StoreError {
    StoreError::Damaged(why.to_string())
}
