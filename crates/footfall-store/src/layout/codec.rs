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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Summary;
    use footfall_domain::{Counts, Dimension, DropReason, HourKey, Machine, MachineClass, Rollup, UnixMillis};

    /// What is pinned here is in files of the past: when one of these fails, a new format byte is due, and a reader of
    /// the old one.
    #[test]
    fn the_bytes_of_rows_never_change() {
        let counts = Counts { visitors: 1, visits: 2, duration_ms: -1, scroll_pairs: 300, ..Counts::default() };
        assert_eq!(plain(&[("é", counts)]).expect("encodes"), b"\x02\xc3\xa9\x02\x04\0\0\0\x01\0\0\0\0\xd8\x04");
        let machine = Machine { class: MachineClass::Monitor, name: "m".into() };
        assert_eq!(plain(&((machine, "/"), 5_i64)).expect("encodes"), b"\x03\x01m\x01/\x0a");
    }

    #[test]
    fn the_bytes_of_a_summary_never_change() {
        let mut rollup = Rollup::default();
        rollup.live.newest = Some(UnixMillis(1));
        rollup.live.hours.insert(HourKey { floor: UnixMillis(-1), offset_seconds: 3_600 }, Counts::default());
        rollup.drops.insert(DropReason::Bot, 7);
        let zeros = "\0".repeat(11);
        let bytes = Summary::of(&rollup).encode().expect("encodes");
        assert_eq!(bytes[0], 1);
        let expected = [b"\0\x01\x02".as_slice(), zeros.as_bytes(), b"\x01\x01\xa0\x38", zeros.as_bytes(), b"\0\0"].concat();
        assert_eq!(bytes[1..=expected.len()], expected);
    }

    #[test]
    fn tables_keep_their_numbers() {
        let names: Vec<&str> = Dimension::ALL.iter().map(|dimension| dimension.name()).collect();
        let pinned = "event:page event:hostname event:name visit:entry_page visit:exit_page visit:entry_page_hostname \
                      visit:exit_page_hostname visit:source visit:referrer visit:channel visit:utm_medium visit:utm_source \
                      visit:utm_campaign visit:utm_content visit:utm_term visit:device visit:browser visit:browser_version \
                      visit:os visit:os_version visit:country visit:region visit:city visit:screen visit:language";
        assert_eq!(names.join(" "), pinned, "a stored table is named by its dimension's place: new ones go to the end");
    }

    #[test]
    fn what_is_not_a_payload_is_damaged() {
        let sealed = seal(b"hello").expect("seals");
        assert_eq!(unseal(&sealed), Ok(b"hello".to_vec()));
        for broken in [&sealed[..sealed.len() - 1], &[], &[2, 0], &[1, 2, 3]] {
            assert!(matches!(unseal(broken), Err(StoreError::Damaged(_))), "{broken:?}");
        }
        assert!(matches!(value::<u8>(&[1, 2]), Err(StoreError::Damaged(_))), "bytes too many");
    }
}
