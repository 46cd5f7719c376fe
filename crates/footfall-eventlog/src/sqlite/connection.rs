//! Opening the file for writing.

use super::schema;
use crate::{LogError, LogOptions};
use footfall_domain::Position;
use rusqlite::{Connection, OpenFlags, OptionalExtension};
use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;
use std::time::Duration;

/// How long to wait for a lock: only a checkpoint that readers hold up ever needs it.
pub(super) const BUSY: Duration = Duration::from_secs(5);

/// The writing connection and what the file says.
pub(super) struct Opened {
    pub connection: Connection,
    pub epoch: u64,
    /// The offset of the next hit.
    pub next: u64,
    /// The last hit that can be read.
    pub newest: Option<Position>,
}

/// Opens the file, or makes it; finds out where it ends.
pub(super) fn open(path: &Path, options: &LogOptions) -> Result<Opened, LogError> {
    create(path).map_err(|error| LogError::unavailable(format_args!("{}: {error}", path.display())))?;
    let mut opened = open_existing(path, options)?;
    let replaced = options.known.iter().any(|known| known.epoch == opened.epoch && known.offset >= opened.next);
    if replaced {
        tracing::warn!("the log ends before a position known from it: restored from an older copy, so a new epoch begins");
        schema::begin_epoch(&opened.connection, options.entropy.as_ref())?;
        opened = read_state(opened.connection)?;
    }
    Ok(opened)
}

/// Opens the file, which must exist: after a failure, a file that went away is no new log.
pub(super) fn open_existing(path: &Path, options: &LogOptions) -> Result<Opened, LogError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    let found = schema::check(&connection)?;
    let mut prepare = || {
        configure(&connection, options)?;
        schema::migrate(&mut connection, found, options.entropy.as_ref())
    };
    prepare()?;
    read_state(connection).map_err(LogError::unavailable)
}

/// Makes an empty file that only its owner can read; SQLite gives its companions the same mode.
fn create(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(file) => {
            file.sync_all()?;
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            File::open(folder)?.sync_all()
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}

fn configure(connection: &Connection, options: &LogOptions) -> rusqlite::Result<()> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // Every commit waits for the disk: law 1.
    connection.pragma_update(None, "synchronous", "FULL")?;
    // Removed hits are overwritten, not only forgotten.
    connection.pragma_update(None, "secure_delete", "ON")?;
    // The writer checkpoints after it has answered; this is the net below it, 64 MB.
    connection.pragma_update(None, "wal_autocheckpoint", 16_384)?;
    connection.pragma_update(None, "journal_size_limit", 64 << 20)?;
    if let Some(bytes) = options.max_file_bytes {
        let page_bytes: u64 = connection.query_row("PRAGMA page_size", [], |row| row.get::<_, i64>(0))?.unsigned_abs();
        let pages = (bytes / page_bytes).max(1).min(u64::from(u32::MAX - 1));
        connection.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))?;
    }
    Ok(())
}

fn read_state(connection: Connection) -> rusqlite::Result<Opened> {
    let epoch = schema::meta(&connection, "epoch")?.ok_or(rusqlite::Error::QueryReturnedNoRows)?.cast_unsigned();
    let kept = schema::meta(&connection, "next")?.unwrap_or(0).cast_unsigned();
    let last = last_offset(&connection)?;
    let next = last.map_or(0, |last| last + 1).max(kept);
    let newest = last.map(|offset| Position { epoch, partition: 0, offset });
    Ok(Opened { connection, epoch, next, newest })
}

/// The offset of the last hit in the file.
pub(super) fn last_offset(connection: &Connection) -> rusqlite::Result<Option<u64>> {
    let sql = "SELECT first + hits - 1 FROM batches ORDER BY first DESC LIMIT 1";
    connection.query_row(sql, [], |row| row.get::<_, i64>(0).map(i64::cast_unsigned)).optional()
}
