//! Why a hit was not counted (law 6): a closed list.

use serde::{Deserialize, Serialize};

macro_rules! reasons {
    ($($(#[$doc:meta])* $variant:ident = $name:literal;)*) => {
        /// Why a hit was not counted. Counted per site and day, shown on the site's settings page and in `/metrics`.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        pub enum DropReason { $($(#[$doc])* #[serde(rename = $name)] $variant,)* }

        impl DropReason {
            /// All of them.
            pub const ALL: &'static [DropReason] = &[$(DropReason::$variant,)*];

            /// Its name in metrics and tables.
            pub fn name(self) -> &'static str {
                match self { $(DropReason::$variant => $name,)* }
            }
        }
    };
}

reasons! {
    // Refused before the log: nothing was kept but the count.
    /// The request made no sense (400).
    Invalid = "invalid";
    /// The request was too large (413).
    TooLarge = "too_large";
    /// The log was behind or the disk full (503); the client was told to come again.
    Overloaded = "overloaded";
    /// No site has this domain.
    UnknownSite = "unknown_site";
    // Read from an access log, and no page view (import rules, docs/import.md).
    /// A line that could not be read.
    Unreadable = "unreadable";
    /// A request with another method than GET.
    NotGet = "not_get";
    /// An answer that redirected.
    Redirect = "redirect";
    /// An answer that failed.
    ErrorStatus = "error_status";
    /// A picture, script, style sheet, font, download …
    Asset = "asset";
    /// A feed.
    Feed = "feed";
    /// A health check.
    HealthCheck = "health_check";
    // Kept in the log, and not counted by the current logic.
    /// A machine, by its user agent.
    Bot = "bot";
    /// A referrer known for spam.
    SpamReferrer = "spam_referrer";
    /// An id that was counted already.
    Duplicate = "duplicate";
    /// Engagement without an open visit (definition 4).
    NoVisit = "no_visit";
    /// From a log, on a day that has hits of a tracker or server.
    OtherFeed = "other_feed";
    // Stored by their place in this list: new ones go to the end.
    /// From an address the site leaves out. Kept in the log.
    ExcludedAddress = "excluded_address";
    /// Of a hostname the site leaves out. Kept in the log.
    ExcludedHostname = "excluded_hostname";
    /// Of a page the site leaves out. Kept in the log.
    ExcludedPath = "excluded_path";
    /// From a country the site leaves out. Kept in the log.
    ExcludedCountry = "excluded_country";
    /// Of a day that is older than the site keeps hits. Refused before the log.
    TooOld = "too_old";
}

impl DropReason {
    /// The reason of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|reason| reason.name() == name)
    }
}
