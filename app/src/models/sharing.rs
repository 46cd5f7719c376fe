//! Who may see a site without an account.

use super::{Field, Frame, Notice};
use footfall_domain::LocalDate;

/// The public switch, shared links, hosts that may frame.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SharingPage {
    /// Around the page.
    pub frame: Frame,
    /// What just happened.
    pub notice: Option<Notice>,
    /// The site.
    pub domain: String,
    /// Where this server is reached; no slash at the end.
    pub origin: String,
    /// Whether anybody may see the site's page.
    pub public: bool,
    /// Whether the caches in front are told at once.
    pub purges: bool,
    /// Those there are, in the order they were made.
    pub links: Vec<LinkRow>,
    /// The site's segments, by number.
    pub segments: Vec<(u64, String)>,
    /// The form of a new link.
    pub new: LinkForm,
    /// The form that changes a link, with its number, where it was sent and is wrong.
    pub changed: Option<(u64, LinkForm)>,
    /// Hosts that may frame, one a line.
    pub hosts: Field,
}

/// A shared link.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LinkRow {
    /// Its number.
    pub id: u64,
    /// The whole address.
    pub address: String,
    /// What its maker calls it.
    pub name: String,
    /// Whether it asks for a password.
    pub has_password: bool,
    /// The number of the segment that holds behind it.
    pub segment: Option<u64>,
    /// The last day on which it works.
    pub last_day: Option<LocalDate>,
    /// Whether it has ended.
    pub ended: bool,
}

/// A link as a form has it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LinkForm {
    /// What it is called.
    pub name: Field,
    /// What is wrong with the password; it is never sent back.
    pub password_problem: Option<String>,
    /// The segment chosen.
    pub segment: Option<u64>,
    /// The last day, as `2026-12-31`; empty: none.
    pub last_day: Field,
}
