//! What hits mean: [`footfall_domain::Hit`] → [`footfall_domain::Event`], or a counted reason why not.

use footfall_domain::{DropReason, EventBatch, Hit, Site};

/// Raised whenever the code here would turn the same hit into another event. Part of the logic.
pub const ENRICH_VERSION: u32 = 1;

/// Turns hits into events. Cheap to create; the lists are made ready when the first hit needs them.
#[derive(Default)]
pub struct Enricher {}

impl Enricher {
    /// An enricher whose lists are not read yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The events of a batch, with what was dropped and why.
    pub fn batch<'a>(&self, hits: impl IntoIterator<Item = &'a Hit>, _site: &Site) -> EventBatch {
        let mut batch = EventBatch::default();
        for _hit in hits {
            *batch.drops.entry(DropReason::Bot).or_default() += 1;
        }
        batch
    }

    /// What the current logic will do with a hit; for the `x-footfall-dropped` header.
    pub fn forecast(&self, _hit: &Hit) -> Option<DropReason> {
        None
    }
}

/// Content hash of all lists; part of the logic.
pub fn lists_fingerprint() -> [u8; 16] {
    [0; 16]
}
