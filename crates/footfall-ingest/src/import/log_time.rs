//! The time of an access log: `17/May/2015:10:05:03 +0000`.

use footfall_domain::UnixMillis;
use jiff::civil::Date;

/// How many bytes a time takes.
pub(super) const LENGTH: usize = 26;

/// Reads the time at the beginning of a text.
pub(super) fn read(text: &[u8]) -> Option<UnixMillis> {
    let [d1, d2, b'/', m1, m2, m3, b'/', y1, y2, y3, y4, b':', h1, h2, b':', n1, n2, b':', s1, s2, b' ', sign, zh1, zh2, zm1, zm2] =
        *text.first_chunk::<LENGTH>()?
    else {
        return None;
    };
    let (year, day) = (number(&[y1, y2, y3, y4])?, number(&[d1, d2])?);
    let date = Date::new(i16::try_from(year).ok()?, month([m1, m2, m3])?, i8::try_from(day).ok()?).ok().filter(|date| date.year() >= 1)?;
    let (hour, minute, second) = (number(&[h1, h2])?, number(&[n1, n2])?, number(&[s1, s2])?);
    let (zone_hour, zone_minute) = (number(&[zh1, zh2])?, number(&[zm1, zm2])?);
    if hour > 23 || minute > 59 || second > 60 || zone_hour > 23 || zone_minute > 59 {
        return None;
    }
    let east = (zone_hour * 60 + zone_minute) * 60;
    let east = match sign {
        b'+' => east,
        b'-' => -east,
        _ => return None,
    };
    // A leap second is its minute's last.
    let of_day = hour * 3_600 + minute * 60 + second.min(59);
    Some(UnixMillis((days(date) * 86_400 + of_day - east) * 1_000))
}

fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + i64::from(digit - b'0')))
}

fn month(name: [u8; 3]) -> Option<i8> {
    let names = [b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec"];
    names.iter().position(|known| known.eq_ignore_ascii_case(&name)).map(|at| at as i8 + 1)
}

fn days(date: Date) -> i64 {
    i64::from(footfall_domain::LocalDate::from_civil(date).0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn times_of_logs() {
        for (text, expected) in [
            ("17/May/2015:10:05:03 +0000", Some("2015-05-17T10:05:03Z")),
            ("29/Jul/2023:10:26:06 -0700] x", Some("2023-07-29T17:26:06Z")),
            ("29/Feb/2024:23:59:60 +0530", Some("2024-02-29T18:29:59Z")),
            ("29/Feb/2023:00:00:00 +0000", None),
            ("17/Mai/2015:10:05:03 +0000", None),
            ("17/May/2015:24:05:03 +0000", None),
            ("17/May/2015 10:05:03 +0000", None),
            ("17/May/2015:10:05:03", None),
            ("00/May/2015:10:05:03 +0000", None),
            ("", None),
        ] {
            let expected = expected.map(|at| UnixMillis::from(at.parse::<jiff::Timestamp>().expect("a timestamp")));
            assert_eq!(read(text.as_bytes()), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(seconds in -2_000_000_000_i64..4_000_000_000, minutes in -14 * 60..14 * 60_i32) {
            let at = jiff::Timestamp::from_second(seconds).expect("in range");
            let offset = jiff::tz::Offset::from_seconds(minutes * 60).expect("in range");
            let text = at.to_zoned(offset.to_time_zone()).strftime("%d/%b/%Y:%H:%M:%S %z").to_string();
            prop_assert_eq!(read(text.as_bytes()), Some(UnixMillis::from(at)));
        }
    }
}
