//! A site's settings, a page each.

use super::{Field, Frame, Notice, Retention};
use footfall_domain::{DropReason, LocalDate};

/// Zone, parameters, the name, and the snippet.
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
    /// A new domain, as it was sent.
    pub new_domain: Field,
    /// How long hits are kept.
    pub retention: Retention,
    /// Where this server is reached; no slash at the end.
    pub origin: String,
    /// The path of the tracker's script.
    pub script: String,
}

/// The site's keys.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct KeysPage {
    /// Around the page.
    pub frame: Frame,
    /// What just happened.
    pub notice: Option<Notice>,
    /// The site.
    pub domain: String,
    /// The site's keys.
    pub keys: Vec<KeyRow>,
    /// A key just made: shown this once.
    pub new_key: Option<NewKeyShown>,
    /// What is wrong with a new key's name.
    pub key_name: Field,
}

/// What was not counted.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct NotCountedPage {
    /// Around the page.
    pub frame: Frame,
    /// The site.
    pub domain: String,
    /// Newest day first; days without any are left out.
    pub drops: Vec<DropRow>,
}

/// The ways to an end: hand over, empty, remove.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct DangerPage {
    /// Around the page.
    pub frame: Frame,
    /// What just happened.
    pub notice: Option<Notice>,
    /// The site.
    pub domain: String,
    /// Which site it is, whatever it is called when a form arrives.
    pub site: String,
    /// Who gets the site, as it was sent.
    pub new_owner: Field,
    /// Whether the form of handing over is open.
    pub transfer_open: bool,
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
    /// `stats`, `events`, `sites` or `admin`.
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
