//! The room's door.

use crate::agent::{Cache, Reading};
use crate::{address::Address, batch::Batch, left_out, referrer::Referrer};
use footfall_domain::{DropReason, EventBatch, Hit, Site};

/// Turns hits into events.
///
/// Cheap to create: the lists are made ready, once for the process, when the first hit needs them. `Send + Sync`; what it
/// keeps (readings of recent user agents, a few megabytes at most) speeds answers up and never changes them.
#[derive(Default)]
pub struct Enricher {
    agents: Cache,
}

impl Enricher {
    /// An enricher that has seen nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The events of a batch, with what was dropped and why (law 6).
    ///
    /// All hits must be of `site`; its rules of each hit's day hold. Each distinct user agent, URL and referrer is worked out once. The order of events is
    /// that of the hits; the same hits in other batches give the same events.
    pub fn batch<'a>(&self, hits: impl IntoIterator<Item = &'a Hit>, site: &Site) -> EventBatch {
        let hits = hits.into_iter();
        let mut batch = Batch::new(&self.agents, &site.rules.exclusions, hits.size_hint().0);
        for hit in hits {
            debug_assert_eq!(hit.site, site.id, "a batch holds hits of one site");
            batch.add(hit);
        }
        batch.finish()
    }

    /// What the current logic will do with a hit, for the `x-footfall-dropped` header; `None` when it will reach the fold.
    ///
    /// A forecast: only the fold sees duplicates and engagement without a visit, only a whole day sees the other feed.
    pub fn forecast(&self, hit: &Hit, site: &Site) -> Option<DropReason> {
        if matches!(*self.agents.read(&hit.user_agent), Reading::Machine(_)) {
            return Some(DropReason::Bot);
        }
        let rules = &site.rules.exclusions;
        if !rules.before_any()
            && let Some(reason) = left_out::why(rules, hit)
        {
            return Some(reason);
        }
        let referrer = Referrer::of(&hit.referrer).filter(|referrer| referrer.host != Address::of(&hit.url).hostname())?;
        referrer.spam.then_some(DropReason::SpamReferrer)
    }
}
