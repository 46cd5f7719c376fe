//! Who changed what at a site.

use super::{Frame, Notice};
use footfall_domain::LocalDate;

/// Who changed what, page by page.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LogPage {
    /// Around the page.
    pub frame: Frame,
    /// What just happened.
    pub notice: Option<Notice>,
    /// The site.
    pub domain: String,
    /// The newest first.
    pub rows: Vec<LogRow>,
    /// Where older ones begin; `None`: there are none.
    pub before: Option<u64>,
    /// Whether these are the newest.
    pub newest: bool,
}

/// One change.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LogRow {
    /// The day, in the site's calendar.
    pub date: LocalDate,
    /// The time of that day, such as `14:05`.
    pub time: String,
    /// An email, `key:NAME` or `command`.
    pub who: String,
    /// What was done, as the log names it: `public-on`.
    pub deed: String,
    /// Details by name: `role` is `admin`.
    pub about: Vec<(String, String)>,
}

impl LogRow {
    /// A detail; empty where there is none.
    pub fn about(&self, name: &str) -> &str {
        self.about.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text.as_str())
    }
}
