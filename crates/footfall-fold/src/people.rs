//! Which hits count as people.

use footfall_domain::Feed;

/// The two groups of feeds, folded apart from each other.
///
/// People are counted from [`People::Live`] if the day has any such hit, else from [`People::Log`]. Only the whole day
/// can tell, so a shard answers for both ([`crate::Shard::feed_events`] says how many hits each has).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum People {
    /// Hits of trackers and servers.
    Live,
    /// Hits read from access logs.
    Log,
}

impl People {
    /// The group a feed belongs to.
    pub fn of(feed: Feed) -> Self {
        match feed {
            Feed::Tracker | Feed::Server => Self::Live,
            Feed::Log => Self::Log,
        }
    }
}
