//! A site's settings.

use super::{Field, Frame, Notice};
use footfall_domain::{DropReason, LocalDate};

/// A site's settings.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SiteSettings {
    /// Around the page.
    pub frame: Frame,
    /// What just happened.
    pub notice: Option<Notice>,
    /// The site.
    pub domain: String,
    /// Its IANA time zone.
    pub timezone: Field,
    /// Where a changed zone waits: the local date on which it begins.
    pub timezone_from: Option<LocalDate>,
    /// Query parameters kept beside the usual ones, separated by spaces.
    pub keep_parameters: Field,
    /// Where this server is reached; no slash at the end.
    pub origin: String,
    /// The path of the tracker's script.
    pub script: String,
    /// What was not counted, newest day first; days without any are left out.
    pub drops: Vec<DropRow>,
    /// The site's keys.
    pub keys: Vec<KeyRow>,
    /// A key just made: shown this once.
    pub new_key: Option<NewKeyShown>,
    /// What is wrong with a new key's name.
    pub key_name: Field,
    /// What is wrong with the confirmation of a reset.
    pub reset_problem: Option<String>,
    /// What is wrong with the confirmation of a removal.
    pub remove_problem: Option<String>,
}

/// One day's hits that were not counted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DropRow {
    /// The site-local day.
    pub date: LocalDate,
    /// How many by reason; none is zero.
    pub reasons: Vec<(DropReason, i64)>,
}

/// One key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeyRow {
    /// Its number.
    pub id: u64,
    /// What it was called.
    pub name: String,
    /// `stats`, `events` or `admin`.
    pub scope: String,
    /// When it was made.
    pub created: LocalDate,
}

/// A key just made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewKeyShown {
    /// What it was called.
    pub name: String,
    /// The key itself.
    pub key: String,
}
