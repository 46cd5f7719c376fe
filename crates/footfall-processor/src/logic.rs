//! The logic in force, as a document with a content address.

use footfall_domain::{LogicId, SiteRules};
use serde::Serialize;

/// Everything that decides what a site's hits mean (design, section 1). Its canonical JSON is what is hashed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct LogicDocument {
    /// Version of the counting.
    pub fold: u32,
    /// Version of the enrichment's code.
    pub enrich: u32,
    /// Content hash of the enrichment's lists, hexadecimal.
    pub lists: String,
    /// The site's own rules.
    pub rules: SiteRules,
}

impl LogicDocument {
    /// What this build does under these rules.
    pub fn current(rules: &SiteRules) -> Self {
        let lists = footfall_enrich::lists_fingerprint().iter().map(|byte| format!("{byte:02x}")).collect();
        Self { fold: footfall_fold::FOLD_VERSION, enrich: footfall_enrich::ENRICH_VERSION, lists, rules: rules.clone() }
    }

    /// The first 128 bits of the BLAKE3 hash of the canonical JSON.
    pub fn id(&self) -> LogicId {
        let json = serde_json::to_vec(self).expect("numbers and texts serialise");
        let mut id = [0; 16];
        id.copy_from_slice(&blake3::hash(&json).as_bytes()[..16]);
        LogicId(id)
    }
}

/// The content address of the current logic of a site with these rules.
pub fn logic_of(rules: &SiteRules) -> LogicId {
    LogicDocument::current(rules).id()
}
