//! Why an import ended before the end of its file.

use footfall_eventlog::LogError;
use footfall_processor::EngineError;
use footfall_store::StoreError;
use std::io;

/// Why an import ended. What was brought in before stays, and the same command goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// There is no such site.
    #[error("there is no site {0}; `footfall site list` shows all, `footfall site add {0}` adds it")]
    NoSite(String),
    /// The first lines are in no known format.
    #[error(
        "the first lines are in no format this program knows; if you know better, name it: --format hits, combined, common, combined-vhost or common-vhost"
    )]
    UnknownFormat,
    /// Another command is bringing the same file in.
    #[error("this file is being imported already; wait until that has ended")]
    Running,
    /// The site was removed or reset meanwhile.
    #[error("the site was removed or reset while the file was read; import it again if it is still wanted")]
    SiteGone,
    /// The file cannot be read on.
    #[error("the file cannot be read on; what was read before is kept, and the same command goes on from there")]
    Input(#[source] io::Error),
    /// The log takes no hits.
    #[error("the event log takes no hits; what was read before is kept, and the same command goes on from there")]
    Log(#[source] LogError),
    /// The store failed.
    #[error("the store failed; what was read before is kept, and the same command goes on from there")]
    Store(#[source] StoreError),
    /// The engine failed.
    #[error("the day's secret cannot be had; what was read before is kept, and the same command goes on from there")]
    Engine(#[source] EngineError),
}

impl From<StoreError> for ImportError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<EngineError> for ImportError {
    fn from(error: EngineError) -> Self {
        Self::Engine(error)
    }
}
