//! The secrets of site-local dates: what makes a visitor, and what must be gone when its date is.

use footfall_domain::{LocalDate, UnixMillis};

/// What a day's secret is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SecretUse {
    /// Hits of today: kept until the date has ended in every zone in use.
    Live,
    /// Hits of the past: kept until 48 hours after the last import that used it.
    Import {
        /// When it was used.
        at: UnixMillis,
    },
}

/// That there is a secret, and why; never the secret itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SecretRow {
    /// Of which date.
    pub date: LocalDate,
    /// Whether live hits used it.
    pub live: bool,
    /// When an import last used it.
    pub last_import_use: Option<UnixMillis>,
}
