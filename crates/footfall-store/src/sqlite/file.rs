//! The main file: one connection that writes, some that read.

use super::schema;
use crate::StoreError;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Connections kept for the next reader.
const IDLE: usize = 4;

pub(super) struct Database {
    path: PathBuf,
    /// `None` after a failure, until the file could be opened again.
    writer: Mutex<Option<Connection>>,
    readers: Mutex<Vec<Connection>>,
}

impl Database {
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        create(path)?;
        let writer = connect(path)?;
        Ok(Self { path: path.to_owned(), writer: Mutex::new(Some(writer)), readers: Mutex::default() })
    }

    /// Does something in one transaction: all of it is on disk when this returns, or nothing of it.
    pub fn write<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut writer = lock(&self.writer);
        let connection = match writer.as_mut() {
            Some(connection) => connection,
            None => writer.insert(connect(&self.path)?),
        };
        let written = (|| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = work(&transaction)?;
            transaction.commit()?;
            Ok(done)
        })();
        if matches!(written, Err(StoreError::Unavailable(_))) {
            // After a failure of the disk the connection is not to be trusted.
            *writer = None;
        }
        written
    }

    /// Reads one state of the file.
    pub fn read<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let idle = lock(&self.readers).pop();
        let mut connection = idle.map_or_else(|| connect_reader(&self.path), Ok)?;
        let transaction = connection.transaction()?;
        let done = work(&transaction);
        drop(transaction);
        let failed = matches!(done, Err(StoreError::Unavailable(_)));
        let mut readers = lock(&self.readers);
        if !failed && readers.len() < IDLE {
            readers.push(connection);
        }
        done
    }
}

/// Makes an empty file that only its owner can read; SQLite gives its companions the same mode.
pub(super) fn create(path: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let created = match options.open(path) {
        Ok(file) => file.sync_all().and_then(|()| {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            File::open(folder)?.sync_all()
        }),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    };
    created.map_err(|error| StoreError::Unavailable(format!("{}: {error}", path.display())))
}

/// Opens a file that exists.
pub(super) fn raw(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    Ok(connection)
}

fn connect(path: &Path) -> Result<Connection, StoreError> {
    let mut connection = raw(path)?;
    let found = schema::STORE.check(&connection, path)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // What is deleted is overwritten where that costs nothing.
    connection.pragma_update(None, "secure_delete", "FAST")?;
    connection.pragma_update(None, "journal_size_limit", 16 << 20)?;
    schema::STORE.migrate(&mut connection, found)?;
    Ok(connection)
}

fn connect_reader(path: &Path) -> Result<Connection, StoreError> {
    let connection = raw(path)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

/// Connections hold no state that a panic elsewhere could leave half made.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
