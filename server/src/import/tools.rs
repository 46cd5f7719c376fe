//! What an import works with.

use crate::house::House;
use footfall_domain::{Clock, Entropy};
use footfall_eventlog::EventLog;
use footfall_ingest::Places;
use footfall_processor::Engine;
use footfall_store::Registry;

/// What an import works with.
#[derive(Clone, Copy)]
pub struct Tools<'a> {
    /// Takes the hits, gives the secrets.
    pub engine: &'a Engine,
    /// Tells which days had hits before.
    pub log: &'a dyn EventLog,
    /// Remembers files, and counts what is no hit.
    pub registry: &'a dyn Registry,
    /// Where addresses are.
    pub places: &'a dyn Places,
    /// What time it is.
    pub clock: &'a dyn Clock,
    /// Gives the key of fingerprints, once.
    pub entropy: &'a dyn Entropy,
}

impl<'a> From<&'a House> for Tools<'a> {
    fn from(house: &'a House) -> Self {
        Self {
            engine: &house.engine,
            log: &**house.log(),
            registry: &*house.registry,
            places: &*house.places,
            clock: &*house.outside.clock,
            entropy: &*house.outside.entropy,
        }
    }
}
