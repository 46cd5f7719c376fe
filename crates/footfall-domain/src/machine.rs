//! Visitors that are not people: shown, not just dropped.

use serde::{Deserialize, Serialize};

/// What a machine is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MachineClass {
    /// Indexes for a search engine.
    Search,
    /// Collects for training or indexing of models.
    AiCrawler,
    /// Fetches because a person asked an assistant.
    AiAssistant,
    /// Watches whether a site is up.
    Monitor,
    /// Collects for any other purpose.
    Scraper,
    /// A program's HTTP library, or a browser driven by a program.
    Library,
}

/// A machine by class and name, such as (search, `Googlebot`).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Machine {
    /// What it is for.
    pub class: MachineClass,
    /// The name it goes by.
    pub name: String,
}
