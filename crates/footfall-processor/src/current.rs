//! Who is there right now (definition 7).

use crate::engine::Engine;
use footfall_domain::{SiteId, UnixMillis};
use footfall_query::current;

/// Current visitors as of a ten-second boundary.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CurrentVisitors {
    /// Distinct visitors whose last counted hit is at most five minutes older than `as_of`.
    pub visitors: i64,
    /// The ten-second boundary before now.
    pub as_of: UnixMillis,
}

impl Engine {
    /// The site's current visitors, without reading hits. Around local midnight both days' visitors are summed.
    /// [`footfall_query::current_visitors`] answers the same under filters.
    pub async fn current_visitors(&self, site: SiteId) -> CurrentVisitors {
        let now = self.clock().now();
        let from_slot = current::since(now).0.div_euclid(current::SLOT_MS);
        let visitors = self.open_days_of(site).iter().map(|(_, day)| day.seen_since(from_slot)).sum();
        CurrentVisitors { visitors, as_of: current::as_of(now) }
    }
}
