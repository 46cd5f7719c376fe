//! Lengths of time and sizes as people write them.

use std::time::Duration;

/// A length of time: a whole number and `ms`, `s`, `m` or `h`.
pub(super) fn duration(text: &str) -> Result<Duration, String> {
    let (number, unit) = split(text).ok_or("write a number and ms, s, m or h, such as 90s")?;
    let millis = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" | "min" => 60_000,
        "h" => 3_600_000,
        "" if number == 0 => 1,
        _ => return Err("write a number and ms, s, m or h, such as 90s".into()),
    };
    number.checked_mul(millis).map(Duration::from_millis).ok_or_else(|| "that is too long".into())
}

/// A size in bytes: a whole number and `KiB`, `MiB` or `GiB` (or `KB`, `MB`, `GB`, which are a little less).
pub(super) fn bytes(text: &str) -> Result<usize, String> {
    let (number, unit) = split(text).ok_or("write a number and MiB or GiB, such as 256MiB")?;
    let factor: u64 = match unit.to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "kb" => 1_000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        _ => return Err("write a number and MiB or GiB, such as 256MiB".into()),
    };
    number.checked_mul(factor).and_then(|bytes| usize::try_from(bytes).ok()).ok_or_else(|| "that is more than there can be".into())
}

fn split(text: &str) -> Option<(u64, &str)> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    Some((text[..digits].parse().ok()?, text[digits..].trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_need_their_unit() {
        assert_eq!(duration("90s"), Ok(Duration::from_secs(90)));
        assert_eq!(duration("5 m"), Ok(Duration::from_secs(300)));
        assert_eq!(duration("250ms"), Ok(Duration::from_millis(250)));
        assert_eq!(duration("0"), Ok(Duration::ZERO));
        for wrong in ["", "5", "m", "5 days", "-1s", "99999999999999999999h"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn sizes_come_in_both_kinds_of_units() {
        assert_eq!(bytes("256MiB"), Ok(256 << 20));
        assert_eq!(bytes("1 gb"), Ok(1_000_000_000));
        assert_eq!(bytes("4096"), Ok(4096));
        for wrong in ["", "MiB", "1 cup", "99999999999999GiB"] {
            assert!(bytes(wrong).is_err(), "{wrong}");
        }
    }
}
