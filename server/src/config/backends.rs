//! `[backends]`: which backend keeps what, by URL.

use footfall_store::{DynamoOptions, OpenOptions, SecretKey};
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
    /// Where rollups, sites and users are kept: `sqlite:PATH`, or `dynamodb://TABLE?region=REGION&endpoint=URL`, which
    /// several instances may share.
    pub store: String,
    /// Where what never changes in a DynamoDB table is read: `dax://HOST:PORT` or `daxs://HOST:PORT`; empty: in the table.
    pub reads: String,
    /// A file with the key that seals the daily secrets in a DynamoDB table, 64 hexadecimal digits; empty: see
    /// [`super::secret_key`].
    pub secret_key_file: PathBuf,
}

impl Default for BackendsConfig {
    fn default() -> Self {
        Self {
            eventlog: "sqlite:DATA/log.db".into(),
            archive: "file:DATA/archive".into(),
            store: "sqlite:DATA/footfall.db".into(),
            reads: String::new(),
            secret_key_file: PathBuf::new(),
        }
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
    /// A table of DynamoDB, as `DynamoOptions::of_url` reads it.
    Dynamo(String),
}

/// A backend URL this program cannot serve.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{setting} = \"{url}\": {reason}")]
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
        path_of("backends.eventlog", &self.eventlog, "sqlite", data).map(EventLogUrl::Sqlite)
    }

    /// The archive's backend.
    ///
    /// # Errors
    /// The URL names none this program has.
    pub fn archive(&self, data: &Path) -> Result<ArchiveUrl, BackendUrlError> {
        path_of("backends.archive", &self.archive, "file", data).map(ArchiveUrl::Folder)
    }

    /// The store's backend.
    ///
    /// # Errors
    /// The URL names none this program has.
    pub fn store(&self, data: &Path) -> Result<StoreUrl, BackendUrlError> {
        StoreUrl::read("backends.store", &self.store, data)
    }

    /// Where immutable pieces are read; `None`: where the store is.
    ///
    /// # Errors
    /// It is no address of a DAX cluster, or the store is no DynamoDB table.
    pub fn reads(&self, data: &Path) -> Result<Option<&str>, BackendUrlError> {
        if self.reads.is_empty() {
            return Ok(None);
        }
        let refused = |reason: &str| BackendUrlError { setting: "backends.reads", url: self.reads.clone(), reason: reason.to_owned() };
        if !matches!(self.store(data)?, StoreUrl::Dynamo(_)) {
            return Err(refused(
                "DAX stands in front of DynamoDB, and this store is a file; write store = \"dynamodb://TABLE\", or leave reads out",
            ));
        }
        let cluster = url::Url::parse(&self.reads).ok().filter(|url| ["dax", "daxs"].contains(&url.scheme()));
        if cluster.is_none_or(|url| url.host_str().is_none_or(str::is_empty)) {
            return Err(refused("no address of a DAX cluster; write dax://HOST:PORT, or daxs://HOST:PORT for TLS"));
        }
        Ok(Some(&self.reads))
    }
}

impl StoreUrl {
    /// The store of a URL; `setting` says in an error where it was written.
    ///
    /// # Errors
    /// The URL names none this program has.
    pub fn read(setting: &'static str, url: &str, data: &Path) -> Result<Self, BackendUrlError> {
        if !url.starts_with("dynamodb:") {
            return path_of(setting, url, "sqlite", data).map(StoreUrl::Sqlite).map_err(|error| BackendUrlError {
                reason: error.reason.replace("sqlite:PATH", "sqlite:PATH or dynamodb://TABLE?region=REGION"),
                ..error
            });
        }
        // Which key it is does not matter for whether the URL makes sense.
        let options = OpenOptions { key: Some(SecretKey::new([0; 32])), reads: None };
        match DynamoOptions::of_url(url, &options) {
            Ok(_) => Ok(Self::Dynamo(url.to_owned())),
            Err(error) => Err(BackendUrlError { setting, url: url.to_owned(), reason: error.to_string() }),
        }
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

    fn with_store(store: &str, reads: &str) -> BackendsConfig {
        BackendsConfig { store: store.into(), reads: reads.into(), ..BackendsConfig::default() }
    }

    #[test]
    fn a_table_is_a_store_and_what_is_wrong_in_its_url_is_said() {
        let store = |url: &str| with_store(url, "").store(Path::new("/srv/ff")).map_err(|error| error.to_string());
        let url = "dynamodb://footfall?region=eu-central-1&endpoint=http://127.0.0.1:8000";
        assert_eq!(store(url), Ok(StoreUrl::Dynamo(url.into())));
        let message = store("dynamodb://footfall?regoin=eu-central-1").expect_err("refused");
        assert!(message.contains("backends.store") && message.contains("'regoin' is no parameter"), "{message}");
        let message = store("postgres://footfall").expect_err("refused");
        assert!(message.contains("sqlite:PATH or dynamodb://TABLE"), "{message}");
    }

    #[test]
    fn reads_go_through_dax_only_where_the_store_is_a_table() {
        let reads = |store, reads| match with_store(store, reads).reads(Path::new("/srv/ff")) {
            Ok(reads) => Ok(reads.map(str::to_owned)),
            Err(error) => Err(error.to_string()),
        };
        assert_eq!(reads("dynamodb://footfall", ""), Ok(None));
        assert_eq!(reads("dynamodb://footfall", "dax://cache:8111"), Ok(Some("dax://cache:8111".into())));
        assert!(reads("dynamodb://footfall", "http://cache:8111").expect_err("refused").contains("dax://HOST:PORT"));
        let message = reads("sqlite:DATA/footfall.db", "dax://cache:8111").expect_err("refused");
        assert!(message.contains("backends.reads") && message.contains("leave reads out"), "{message}");
    }

    #[test]
    fn a_backend_that_does_not_exist_is_refused_in_words() {
        let message = eventlog("kafka://one,two/topic").expect_err("refused");
        assert!(message.contains("no backend 'kafka'") && message.contains("sqlite:PATH"), "{message}");
        assert!(eventlog("log.db").is_err());
        assert!(eventlog("sqlite:").is_err());
    }
}
