//! `[backends]`: which backend keeps what, by URL.

use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Which backend keeps what. `DATA` at the beginning of a path stands for the data folder.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct BackendsConfig {
    /// Where hits are kept: `sqlite:PATH`.
    pub eventlog: String,
    /// Where closed days go: `file:PATH`.
    pub archive: String,
    /// Where rollups, sites and users are kept: `sqlite:PATH`.
    pub store: String,
}

impl Default for BackendsConfig {
    fn default() -> Self {
        Self { eventlog: "sqlite:DATA/log.db".into(), archive: "file:DATA/archive".into(), store: "sqlite:DATA/footfall.db".into() }
    }
}

/// A backend of the event log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum EventLogUrl {
    /// One SQLite file.
    Sqlite(PathBuf),
}

/// A backend of the archive.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ArchiveUrl {
    /// A folder.
    Folder(PathBuf),
}

/// A backend of the store.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum StoreUrl {
    /// One SQLite file.
    Sqlite(PathBuf),
}

/// A backend URL this program cannot serve.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("backends.{setting} = \"{url}\": {reason}")]
pub struct BackendUrlError {
    setting: &'static str,
    url: String,
    reason: String,
}

impl BackendsConfig {
    /// The event log's backend.
    ///
    /// # Errors
    /// The URL names none this program has.
    pub fn eventlog(&self, data: &Path) -> Result<EventLogUrl, BackendUrlError> {
        path_of("eventlog", &self.eventlog, "sqlite", data).map(EventLogUrl::Sqlite)
    }

    /// The archive's backend.
    ///
    /// # Errors
    /// The URL names none this program has.
    pub fn archive(&self, data: &Path) -> Result<ArchiveUrl, BackendUrlError> {
        path_of("archive", &self.archive, "file", data).map(ArchiveUrl::Folder)
    }

    /// The store's backend.
    ///
    /// # Errors
    /// The URL names none this program has.
    pub fn store(&self, data: &Path) -> Result<StoreUrl, BackendUrlError> {
        path_of("store", &self.store, "sqlite", data).map(StoreUrl::Sqlite)
    }
}

/// The path of a `scheme:PATH` URL, `DATA` replaced.
fn path_of(setting: &'static str, url: &str, scheme: &str, data: &Path) -> Result<PathBuf, BackendUrlError> {
    let refused = |reason: String| BackendUrlError { setting, url: url.to_owned(), reason };
    let Some((given, path)) = url.split_once(':') else {
        return Err(refused(format!("no backend URL; write {scheme}:PATH, such as {scheme}:DATA/…")));
    };
    if given != scheme {
        return Err(refused(format!("this version has no backend '{given}' for it; write {scheme}:PATH")));
    }
    if path.is_empty() {
        return Err(refused(format!("the path is missing; write {scheme}:PATH, such as {scheme}:DATA/…")));
    }
    let path = Path::new(path);
    Ok(match path.strip_prefix("DATA") {
        Ok(inside) => data.join(inside),
        Err(_) => path.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn eventlog(url: &str) -> Result<EventLogUrl, String> {
        let config = BackendsConfig { eventlog: url.into(), ..BackendsConfig::default() };
        config.eventlog(Path::new("/srv/ff")).map_err(|error| error.to_string())
    }

    #[test]
    fn data_stands_for_the_data_folder() {
        assert_eq!(eventlog("sqlite:DATA/log.db"), Ok(EventLogUrl::Sqlite("/srv/ff/log.db".into())));
        assert_eq!(eventlog("sqlite:/var/log.db"), Ok(EventLogUrl::Sqlite("/var/log.db".into())));
        assert_eq!(eventlog("sqlite:DATABASE.db"), Ok(EventLogUrl::Sqlite("DATABASE.db".into())));
    }

    #[test]
    fn a_backend_that_does_not_exist_is_refused_in_words() {
        let message = eventlog("kafka://one,two/topic").expect_err("refused");
        assert!(message.contains("no backend 'kafka'") && message.contains("sqlite:PATH"), "{message}");
        assert!(eventlog("log.db").is_err());
        assert!(eventlog("sqlite:").is_err());
    }
}
