//! Who changed what: the audit log.

use footfall_domain::{SiteId, UnixMillis};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A change that somebody made.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct AuditEntry {
    /// When.
    pub at: UnixMillis,
    /// An email, `key:NAME`, or `command`.
    pub who: String,
    /// The first number of the site it was done to, which stays when the site is emptied; `None`: to the installation.
    pub site: Option<SiteId>,
    /// The site's name at that time; empty where there is no site.
    #[serde(default)]
    pub domain: String,
    /// What was done, such as `public-on` or `member-role`.
    pub deed: String,
    /// Details, as the deed has them. Never a secret.
    #[serde(default)]
    pub about: Value,
}
