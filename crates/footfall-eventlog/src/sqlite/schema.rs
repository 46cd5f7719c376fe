//! The file's tables, and how older files become newer ones.

use crate::LogError;
use footfall_domain::Entropy;
use rusqlite::Connection;

/// One step a schema version, oldest first: `MIGRATIONS[n]` makes version n + 1. Never change one that was released.
const MIGRATIONS: &[&str] = &[
    "
    -- `epoch`: the life of the log, its 64 bits as a signed number. `next`: no hit will ever get a smaller offset;
    -- raised only where rows go away, otherwise the rows say it.
    CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;

    -- Hits of one site-day written by one commit; they have the offsets `first` to `first + hits - 1`.
    CREATE TABLE batches (
        first   INTEGER PRIMARY KEY,
        hits    INTEGER NOT NULL,
        site    INTEGER NOT NULL,
        date    INTEGER NOT NULL,
        payload BLOB NOT NULL
    ) STRICT;
    CREATE INDEX batches_by_day ON batches (site, date);

    -- The sum of `batches` by site-day: `last` is the offset of its last hit.
    CREATE TABLE days (
        site INTEGER NOT NULL,
        date INTEGER NOT NULL,
        hits INTEGER NOT NULL,
        last INTEGER NOT NULL,
        PRIMARY KEY (site, date)
    ) STRICT, WITHOUT ROWID;

    -- Removals begun and not yet finished: of the site, everything below `before`.
    CREATE TABLE removals (site INTEGER PRIMARY KEY, before INTEGER NOT NULL) STRICT;
",
    "
    -- Payloads of the formats 3 and 4.
    -- Removals of days begun and not yet finished: of the site, everything below `before` of the dates before `until`.
    CREATE TABLE day_removals (site INTEGER PRIMARY KEY, before INTEGER NOT NULL, until INTEGER NOT NULL) STRICT;
",
];

/// Refuses a file of a newer program or of another one, before anything is changed.
pub(super) fn check(connection: &Connection) -> Result<u32, LogError> {
    let known = MIGRATIONS.len() as u32;
    let found: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found > known {
        return Err(LogError::NewerSchema { found, known });
    }
    let tables: u32 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if found == 0 && tables > 0 {
        return Err(LogError::damaged("the file is a database of another program; nothing was changed"));
    }
    Ok(found)
}

/// Brings the file to the newest schema; a new file gets an epoch.
pub(super) fn migrate(connection: &mut Connection, found: u32, entropy: &dyn Entropy) -> rusqlite::Result<()> {
    if found as usize == MIGRATIONS.len() {
        return Ok(());
    }
    let transaction = connection.transaction()?;
    for migration in &MIGRATIONS[found as usize..] {
        transaction.execute_batch(migration)?;
    }
    if found == 0 {
        begin_epoch(&transaction, entropy)?;
    }
    transaction.pragma_update(None, "user_version", MIGRATIONS.len() as u32)?;
    transaction.commit()
}

/// Gives the log a new life: its positions cannot be compared with those before.
pub(super) fn begin_epoch(connection: &Connection, entropy: &dyn Entropy) -> rusqlite::Result<()> {
    let mut epoch = [0; 8];
    entropy.fill(&mut epoch);
    set_meta(connection, "epoch", i64::from_le_bytes(epoch))
}

pub(super) fn meta(connection: &Connection, name: &str) -> rusqlite::Result<Option<i64>> {
    use rusqlite::OptionalExtension;
    connection.query_row("SELECT value FROM meta WHERE name = ?1", [name], |row| row.get(0)).optional()
}

pub(super) fn set_meta(connection: &Connection, name: &str, value: i64) -> rusqlite::Result<()> {
    connection.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)", (name, value))?;
    Ok(())
}
