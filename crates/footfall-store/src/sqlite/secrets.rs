//! Secrets in a file of their own, so that destroying one leaves no byte of it (`docs/decisions/0403-secrets-file.md`).
//!
//! No write-ahead log: what is changed is copied to a rollback journal, which is deleted when the change is on disk.
//! Deleted rows are overwritten with zeros, and then the whole small file is written anew, because SQLite may have moved
//! a row between pages in its life and left a copy in the free space of the first.

use super::file::{create, lock, raw};
use super::schema::SECRETS;
use crate::{SecretRow, SecretUse, StoreError};
use footfall_domain::{LocalDate, UnixMillis};
use rusqlite::{Connection, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

pub(super) struct Secrets {
    path: PathBuf,
    /// `None` after a failure, until the file could be opened again.
    connection: Mutex<Option<Connection>>,
}

impl Secrets {
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        create(path)?;
        let connection = connect(path)?;
        // What a destruction that was interrupted left behind.
        connection.execute_batch("VACUUM")?;
        Ok(Self { path: path.to_owned(), connection: Mutex::new(Some(connection)) })
    }

    /// The secret of a date; `candidate` if there was none.
    pub fn secret(&self, date: LocalDate, candidate: [u8; 32], usage: SecretUse) -> Result<[u8; 32], StoreError> {
        let (live, import) = match usage {
            SecretUse::Live => (true, None),
            SecretUse::Import { at } => (false, Some(at.0)),
        };
        let sql = "INSERT INTO secrets (date, secret, live, last_import_use) VALUES (?1, ?2, ?3, ?4)
                   ON CONFLICT DO UPDATE SET
                       live = live OR excluded.live,
                       last_import_use = nullif(max(coalesce(last_import_use, ?5), coalesce(excluded.last_import_use, ?5)), ?5)
                   RETURNING secret";
        self.with(|connection| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let secret = transaction.query_row(sql, (date.0, candidate, live, import, i64::MIN), |row| row.get(0))?;
            transaction.commit()?;
            Ok(secret)
        })
    }

    pub fn rows(&self) -> Result<Vec<SecretRow>, StoreError> {
        self.with(|connection| {
            let mut statement = connection.prepare_cached("SELECT date, live, last_import_use FROM secrets ORDER BY date")?;
            let rows = statement.query_map([], |row| {
                let last_import_use = row.get::<_, Option<i64>>(2)?.map(UnixMillis);
                Ok(SecretRow { date: LocalDate(row.get(0)?), live: row.get(1)?, last_import_use })
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// All of them, by date.
    pub fn contents(&self) -> Result<Vec<(SecretRow, [u8; 32])>, StoreError> {
        self.with(|connection| {
            let sql = "SELECT date, live, last_import_use, secret FROM secrets ORDER BY date";
            let mut statement = connection.prepare_cached(sql)?;
            let rows = statement.query_map([], |row| {
                let last_import_use = row.get::<_, Option<i64>>(2)?.map(UnixMillis);
                Ok((SecretRow { date: LocalDate(row.get(0)?), live: row.get(1)?, last_import_use }, row.get(3)?))
            })?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Puts these in place of all there are.
    pub fn restore(&self, rows: &[(SecretRow, [u8; 32])]) -> Result<(), StoreError> {
        self.with(|connection| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            transaction.execute("DELETE FROM secrets", [])?;
            for (row, secret) in rows {
                let sql = "INSERT INTO secrets (date, secret, live, last_import_use) VALUES (?1, ?2, ?3, ?4)";
                transaction.execute(sql, (row.date.0, secret, row.live, row.last_import_use.map(|at| at.0)))?;
            }
            transaction.commit()?;
            connection.execute_batch("VACUUM")?;
            Ok(())
        })
    }

    pub fn destroy(&self, dates: &[LocalDate]) -> Result<(), StoreError> {
        self.with(|connection| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let mut destroyed = 0;
            for date in dates {
                destroyed += transaction.execute("DELETE FROM secrets WHERE date = ?1", [date.0])?;
            }
            transaction.commit()?;
            if destroyed > 0 {
                connection.execute_batch("VACUUM")?;
            }
            Ok(())
        })
    }

    fn with<T>(&self, work: impl FnOnce(&mut Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut kept = lock(&self.connection);
        let connection = match kept.as_mut() {
            Some(connection) => connection,
            None => kept.insert(connect(&self.path)?),
        };
        let done = work(connection);
        if done.is_err() {
            *kept = None;
        }
        done
    }
}

fn connect(path: &Path) -> Result<Connection, StoreError> {
    let mut connection = raw(path)?;
    let found = SECRETS.check(&connection, path)?;
    connection.pragma_update(None, "journal_mode", "DELETE")?;
    connection.pragma_update(None, "synchronous", "EXTRA")?;
    connection.pragma_update(None, "secure_delete", "ON")?;
    // Writing the file anew must leave no copy in the system's folder for temporary files.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    SECRETS.migrate(&mut connection, found)?;
    Ok(connection)
}
