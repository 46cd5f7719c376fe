//! Names that never change: sites, visitors, hits.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A site's permanent number. The domain is only its name; resetting a site mints a new number. 0 stands for no site.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct SiteId(pub u64);

/// A visitor of one site on one site-local day: a keyed hash of (site, address, user agent).
///
/// The key is the secret of the site-local date, so the same person on the next day is another visitor.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct VisitorId(pub u64);

impl VisitorId {
    /// The visitor's bucket: the top 8 bits of the hash, 0 to 255. A shard is a range of buckets (design, section 4).
    pub fn bucket(self) -> u8 {
        (self.0 >> 56) as u8
    }
}

/// A hit's 128-bit name, made before the log. A repeated id counts once.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct HitId(pub u128);

impl fmt::Display for SiteId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for HitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}
