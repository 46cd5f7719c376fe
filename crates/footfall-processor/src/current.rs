//! Who is there right now (definition 7).

use crate::engine::Engine;
use footfall_domain::{SiteId, UnixMillis};

/// Ten-second slots in five minutes.
const SLOTS: i64 = 30;
const SLOT_MS: i64 = 10_000;

/// Current visitors as of a ten-second boundary.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CurrentVisitors {
    /// Distinct visitors whose last counted hit is at most five minutes older than `as_of`.
    pub visitors: i64,
    /// The ten-second boundary before now. Asking on the boundary keeps the count additive over shards and free of the
    /// clock (design, section 4), and exact: a slot is wholly inside the five minutes or wholly outside.
    pub as_of: UnixMillis,
}

impl Engine {
    /// The site's current visitors. Around local midnight both days' visitors are summed.
    pub async fn current_visitors(&self, site: SiteId) -> CurrentVisitors {
        let slot = self.clock().now().0.div_euclid(SLOT_MS);
        let days = self.open_days_of(site);
        let visitors = days.iter().map(|(_, day)| day.seen_since(slot - SLOTS)).sum();
        CurrentVisitors { visitors, as_of: UnixMillis(slot * SLOT_MS) }
    }
}
