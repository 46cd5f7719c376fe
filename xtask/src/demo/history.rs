//! Four days of May 2015, told again as the four weeks before today.

use crate::shell;
use anyhow::{Context, Result};
use flate2::read::GzDecoder;
use jiff::civil::Date;
use jiff::{Span, Timestamp, tz::TimeZone};
use std::fs::File;
use std::io::{BufRead, BufReader, Write};

/// How many times the log is told: 8 × 4 days.
const TIMES: i64 = 8;
const LOG_DAYS: i64 = 4;
/// The log's last day.
const LAST: Date = Date::constant(2015, 5, 20);
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Writes the lines, oldest telling first; the last day is yesterday in UTC.
pub fn write(out: &mut impl Write) -> Result<()> {
    let path = shell::root().join("public/demo/access.log.gz");
    let log = File::open(&path).with_context(|| path.display().to_string())?;
    let lines: Vec<String> = BufReader::new(GzDecoder::new(log)).lines().map_while(Result::ok).collect();
    #[allow(clippy::disallowed_methods, reason = "the demo is about today")]
    let yesterday = Timestamp::now().to_zoned(TimeZone::UTC).date().yesterday()?;
    let to_yesterday = i64::from(LAST.until(yesterday)?.get_days());
    for telling in (0..TIMES).rev() {
        for (number, line) in lines.iter().enumerate() {
            // Fewer visitors further back, so that the page has something to say.
            if number % 16 < usize::try_from(telling).unwrap_or(0) {
                continue;
            }
            if let Some(line) = moved(line, to_yesterday - telling * LOG_DAYS, telling) {
                writeln!(out, "{line}")?;
            }
        }
    }
    Ok(())
}

/// The line `days` later, from other people of the same networks in each telling.
fn moved(line: &str, days: i64, telling: i64) -> Option<String> {
    let (address, rest) = line.split_once(' ')?;
    let (names, rest) = rest.split_once('[')?;
    let date: Date =
        format!("{}-{:02}-{}", rest.get(7..11)?, 1 + MONTHS.iter().position(|month| Some(*month) == rest.get(3..6))?, rest.get(0..2)?)
            .parse()
            .ok()?;
    let date = date.checked_add(Span::new().days(days)).ok()?;
    let (network, host) = address.rsplit_once('.')?;
    let host = (host.parse::<i64>().ok()? + 37 * telling) % 256;
    let month = MONTHS[usize::try_from(date.month() - 1).ok()?];
    Some(format!("{network}.{host} {names}[{:02}/{month}/{}{}", date.day(), date.year(), &rest[11..]))
}

#[cfg(test)]
mod tests {
    use super::moved;

    #[test]
    fn a_line_is_moved_by_days_and_comes_from_a_neighbour() {
        let line = r#"83.149.9.250 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 1 "-" "-""#;
        assert_eq!(moved(line, 20, 1).as_deref(), Some(r#"83.149.9.31 - - [06/Jun/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 1 "-" "-""#));
    }
}
