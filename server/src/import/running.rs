//! One import of a file at a time.

use super::ImportError;
use footfall_domain::SiteId;
use std::collections::HashSet;
use std::sync::{LazyLock, Mutex, PoisonError};

/// A file of a site.
type Name = (SiteId, [u8; 32]);

static RUNNING: LazyLock<Mutex<HashSet<Name>>> = LazyLock::new(Mutex::default);

/// That this file is being imported, until it is dropped. One process owns the data folder, so its memory is enough.
pub(super) struct Turn(Name);

impl Turn {
    pub(super) fn take(site: SiteId, fingerprint: [u8; 32]) -> Result<Self, ImportError> {
        let name = (site, fingerprint);
        let free = RUNNING.lock().unwrap_or_else(PoisonError::into_inner).insert(name);
        // A turn is made only when it was free: dropping one gives it back.
        if free { Ok(Self(name)) } else { Err(ImportError::Running) }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        RUNNING.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
    }
}
