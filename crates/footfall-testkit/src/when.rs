//! Instants, dates and clocks by their text.

use footfall_domain::{LocalDate, ManualClock, UnixMillis};
use std::sync::Arc;

/// The instant of an RFC 3339 text, such as `2026-06-10T20:00:00Z`.
///
/// # Panics
/// When it is none.
pub fn instant(text: &str) -> UnixMillis {
    text.parse::<jiff::Timestamp>().unwrap_or_else(|error| panic!("'{text}' is no instant: {error}")).into()
}

/// The date of a text such as `2026-06-10`.
///
/// # Panics
/// When it is none.
pub fn date(text: &str) -> LocalDate {
    LocalDate::parse(text).unwrap_or_else(|| panic!("'{text}' is no date"))
}

/// A clock that shows an instant until it is moved; clones show the same.
///
/// # Panics
/// When the text is no instant.
pub fn clock_at(text: &str) -> Arc<ManualClock> {
    Arc::new(ManualClock::at(instant(text)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use footfall_domain::Clock;

    #[test]
    fn a_clock_stands_still_until_it_is_moved() {
        let clock = clock_at("2026-06-10T23:59:59Z");
        clock.advance(1000);
        assert_eq!(clock.now(), instant("2026-06-11T02:00:00+02:00"));
        assert_eq!(clock.now().timestamp().to_string(), "2026-06-11T00:00:00Z");
        assert_eq!(date("2026-06-11").to_string(), "2026-06-11");
    }
}
