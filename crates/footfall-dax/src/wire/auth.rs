//! Who a connection speaks for: AWS's fourth signature over a time and a scope.
//!
//! The signature covers no request; it proves for some minutes that the sender knows the secret. Whoever can read a
//! connection can repeat it, so only TLS protects it.

use super::requests::Authorize;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// How many seconds a client's clock may be off: what AWS allows everywhere.
pub const ALLOWED_SKEW: u64 = 300;

/// The host the Python and the Node client sign, and the one the Go client signs.
const HOSTS: [&str; 2] = ["dax.amazonaws.com", "https://dax.amazonaws.com"];
const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// What [`Authorize::sign`] makes and [`Authorize::check`] checks.
pub type Authorization = Authorize;

/// Why a signature does not let in. The client is told none of it but that it is not let in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum AuthError {
    /// What was signed is not what the protocol says.
    #[error("what was signed is malformed")]
    Malformed,
    /// Signed for another region or service, or for another day than its time.
    #[error("signed for another scope")]
    Scope,
    /// Signed too long ago, or in the future: a clock is wrong, or somebody repeats an old signature.
    #[error("signed at another time: clocks differ by {seconds} seconds")]
    Skew {
        /// How far from now.
        seconds: u64,
    },
    /// Another secret.
    #[error("the signature does not match")]
    Signature,
}

impl Authorize {
    /// Signs as the Python and the Node client do. `now` is in seconds since 1970.
    pub fn sign(access_key: &str, secret: &str, token: Option<&str>, region: &str, now: u64) -> Self {
        let time = basic_time(now);
        let string_to_sign = string_to_sign(HOSTS[0], &time, region);
        let signature = hex(&signature(secret, &time[..8], region, string_to_sign.as_bytes()));
        Self {
            access_key: access_key.to_owned(),
            signature,
            string_to_sign: string_to_sign.into_bytes(),
            token: token.map(str::to_owned),
            user_agent: None,
        }
    }

    /// Whether the sender knows the secret of the access key it names, and signed it now, for this region.
    /// `region`: `None` lets in what was signed for any. `now` is in seconds since 1970.
    ///
    /// # Errors
    /// Why it is not let in.
    pub fn check(&self, secret: &str, region: Option<&str>, now: u64) -> Result<(), AuthError> {
        let signed = Signed::read(&self.string_to_sign).ok_or(AuthError::Malformed)?;
        // First the signature: nothing is told of anything else to whom it does not prove.
        let expected = hex(&signature(secret, signed.day, signed.region, &self.string_to_sign));
        if !bool::from(expected.as_bytes().ct_eq(self.signature.as_bytes())) {
            return Err(AuthError::Signature);
        }
        let canonical = |host| string_to_sign(host, signed.time, signed.region).into_bytes();
        if !HOSTS.iter().any(|host| canonical(host) == self.string_to_sign) {
            return Err(AuthError::Malformed);
        }
        if region.is_some_and(|region| region != signed.region) || !signed.time.starts_with(signed.day) {
            return Err(AuthError::Scope);
        }
        let seconds = seconds_of(signed.time).ok_or(AuthError::Malformed)?.abs_diff(now);
        if seconds > ALLOWED_SKEW {
            return Err(AuthError::Skew { seconds });
        }
        Ok(())
    }
}

/// What the lines say that were signed.
struct Signed<'a> {
    time: &'a str,
    day: &'a str,
    region: &'a str,
}

impl<'a> Signed<'a> {
    fn read(string_to_sign: &'a [u8]) -> Option<Self> {
        let mut lines = std::str::from_utf8(string_to_sign).ok()?.split('\n');
        let (algorithm, time, scope, _hash) = (lines.next()?, lines.next()?, lines.next()?, lines.next()?);
        let mut scope = scope.split('/');
        let (day, region) = (scope.next()?, scope.next()?);
        let right = algorithm == ALGORITHM && scope.eq(["dax", "aws4_request"]) && lines.next().is_none();
        right.then_some(Self { time, day, region })
    }
}

fn string_to_sign(host: &str, time: &str, region: &str) -> String {
    let no_body = hex(&Sha256::digest([]));
    let canonical = format!("POST\n/\n\nhost:{host}\nx-amz-date:{time}\n\nhost;x-amz-date\n{no_body}");
    let day = time.get(..8).unwrap_or_default();
    format!("{ALGORITHM}\n{time}\n{day}/{region}/dax/aws4_request\n{}", hex(&Sha256::digest(canonical)))
}

fn signature(secret: &str, day: &str, region: &str, string_to_sign: &[u8]) -> [u8; 32] {
    signature_for("dax", secret, day, region, string_to_sign)
}

/// AWS's fourth signature for any service.
pub(crate) fn signature_for(service: &str, secret: &str, day: &str, region: &str, string_to_sign: &[u8]) -> [u8; 32] {
    let parts = [day.as_bytes(), region.as_bytes(), service.as_bytes(), b"aws4_request"];
    let first = format!("AWS4{secret}").into_bytes();
    let key = parts.iter().fold(first, |key, part| hmac(&key, part).to_vec());
    hmac(&key, string_to_sign)
}

fn hmac(key: &[u8], text: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length will do");
    mac.update(text);
    mac.finalize().into_bytes().into()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(nibble.into(), 16).expect("four bits are a digit");
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// A time as `20261122T202831Z`.
fn basic_time(seconds: u64) -> String {
    let (year, month, day) = date_of((seconds / 86_400) as i64);
    let rest = seconds % 86_400;
    format!("{year:04}{month:02}{day:02}T{:02}{:02}{:02}Z", rest / 3600, rest / 60 % 60, rest % 60)
}

/// The seconds since 1970 of a time as `20261122T202831Z`.
pub(crate) fn seconds_of(time: &str) -> Option<u64> {
    let bytes = time.as_bytes();
    if bytes.len() != 16 || bytes[8] != b'T' || bytes[15] != b'Z' {
        return None;
    }
    let number = |from: usize, to: usize| -> Option<u64> {
        let digits = &bytes[from..to];
        digits.iter().try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u64::from(byte - b'0')))
    };
    let (year, month, day) = (number(0, 4)?, number(4, 6)?, number(6, 8)?);
    let (hour, minute, second) = (number(9, 11)?, number(11, 13)?, number(13, 15)?);
    let right = (1970..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    if !right || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let days = u64::try_from(days_of(year as i64, month as i64, day as i64)).ok()?;
    Some(days * 86_400 + hour * 3600 + minute * 60 + second)
}

/// The days since 1970 of a date, counted in years that begin in March: the leap day is then the last.
fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (century4, year_of) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    century4 * 146_097 + year_of * 365 + year_of / 4 - year_of / 100 + day_of_year - 719_468
}

/// Year, month and day of the days since 1970.
fn date_of(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (century4, day_of) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of = (day_of - day_of / 1460 + day_of / 36_524 - day_of / 146_096) / 365;
    let day_of_year = day_of - (365 * year_of + year_of / 4 - year_of / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = (shifted + 2) % 12 + 1;
    (century4 * 400 + year_of + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-22 20:28:31, when the Python client's bytes were captured.
    const CAPTURED: u64 = 1_795_379_311;
    const GO_HASH: &str = "c43be2b44d20516abdefd5717cc6c75fa0bf585a5c52180e7fb083604495b5a3";
    const GO_SIGNATURE: &str = "3b889768fa0d72a4052f50962180eb15c65b7c0c2c178fa22f73c5f0225c4e7f";

    fn captured() -> Authorization {
        Authorization::sign("AKIDUMMY", "SECRETDUMMY", None, "us-east-1", CAPTURED)
    }

    #[test]
    fn signs_as_the_python_client_did() {
        let signed = captured();
        let lines = "AWS4-HMAC-SHA256\n20261122T202831Z\n20261122/us-east-1/dax/aws4_request\n\
                     47747e490924a84794a05c4ff4a80a037eb66b0343e26a8aedcbee67c24091b9";
        assert_eq!(String::from_utf8(signed.string_to_sign).unwrap(), lines);
        assert_eq!(signed.signature, "b1b094d335767889ad68d4f9f340cd8c3e50b97bcb13b6003c367d4ed396d4c5");
    }

    #[test]
    fn lets_in_what_it_signs_and_what_the_go_client_signs() {
        assert_eq!(captured().check("SECRETDUMMY", Some("us-east-1"), CAPTURED), Ok(()));
        let lines = format!("AWS4-HMAC-SHA256\n20261122T202831Z\n20261122/us-east-1/dax/aws4_request\n{GO_HASH}");
        let go = Authorization { signature: GO_SIGNATURE.into(), string_to_sign: lines.into(), ..captured() };
        assert_eq!(go.check("SECRETDUMMY", None, CAPTURED), Ok(()));
    }

    #[test]
    fn lets_in_within_five_minutes_either_way() {
        for (now, answer) in [
            (CAPTURED - 300, Ok(())),
            (CAPTURED + 300, Ok(())),
            (CAPTURED + 301, Err(AuthError::Skew { seconds: 301 })),
            (CAPTURED - 301, Err(AuthError::Skew { seconds: 301 })),
        ] {
            assert_eq!(captured().check("SECRETDUMMY", None, now), answer);
        }
    }

    #[test]
    fn does_not_let_in_another_secret_scope_or_hash() {
        assert_eq!(captured().check("OTHER", None, CAPTURED), Err(AuthError::Signature));
        assert_eq!(captured().check("SECRETDUMMY", Some("eu-west-1"), CAPTURED), Err(AuthError::Scope));
        let cut = Authorization { string_to_sign: b"AWS4-HMAC-SHA256\n20261122T202831Z".to_vec(), ..captured() };
        assert_eq!(cut.check("SECRETDUMMY", None, CAPTURED), Err(AuthError::Malformed));
        // Rightly signed, but another request's hash: a signature made for something else.
        let lines = "AWS4-HMAC-SHA256\n20261122T202831Z\n20261122/us-east-1/dax/aws4_request\n00".to_owned();
        let signature = hex(&signature("SECRETDUMMY", "20261122", "us-east-1", lines.as_bytes()));
        let other = Authorization { signature, string_to_sign: lines.into(), ..captured() };
        assert_eq!(other.check("SECRETDUMMY", None, CAPTURED), Err(AuthError::Malformed));
    }

    #[test]
    fn times_read_back() {
        for seconds in [0, 951_782_399, 951_782_400, 951_868_800, 1_709_164_800, 4_107_542_399, CAPTURED] {
            assert_eq!(seconds_of(&basic_time(seconds)), Some(seconds));
        }
        assert_eq!(basic_time(951_782_400), "20000229T000000Z");
        assert_eq!(seconds_of("20261122T202831+"), None);
    }
}
