//! Reading, beside the writer.

use super::connection::BUSY;
use crate::{LogError, LoggedDay, codec};
use footfall_domain::{LocalDate, Position, Record, SiteId};
use rusqlite::{Connection, OpenFlags, Row};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Connections kept for the next reader.
const IDLE: usize = 4;

/// Connections that only read.
pub(super) struct Readers {
    path: PathBuf,
    epoch: u64,
    /// `None` after the log was closed.
    idle: Mutex<Option<Vec<Connection>>>,
}

impl Readers {
    pub fn new(path: &Path, epoch: u64) -> Self {
        Self { path: path.to_owned(), epoch, idle: Mutex::new(Some(Vec::new())) }
    }

    pub fn read(&self, after: Option<Position>, limit: usize) -> Result<Vec<Record>, LogError> {
        let from = match after {
            None => 0,
            Some(after) if after.epoch != self.epoch => return Err(LogError::OtherEpoch),
            Some(after) => after.offset + 1,
        };
        // The batch that holds `from` may begin before it.
        let sql = "SELECT first, hits, payload FROM batches
                   WHERE first >= coalesce((SELECT max(first) FROM batches WHERE first <= ?1), 0) ORDER BY first";
        self.with(|connection| {
            let mut statement = connection.prepare_cached(sql)?;
            let mut rows = statement.query([from.cast_signed()])?;
            let mut records = Vec::new();
            while records.len() < limit.max(1)
                && let Some(row) = rows.next()?
            {
                self.decode(row, from, &mut records)?;
            }
            Ok(records)
        })
    }

    pub fn read_day(&self, site: SiteId, date: LocalDate, after: Option<Position>, limit: usize) -> Result<Vec<Record>, LogError> {
        let from = after.map_or(0, |after| after.offset + 1);
        // The batch that holds `from` may begin before it.
        let sql = "SELECT first, hits, payload FROM batches WHERE site = ?1 AND date = ?2
                   AND first >= coalesce((SELECT max(first) FROM batches WHERE site = ?1 AND date = ?2 AND first <= ?3), 0) ORDER BY first";
        self.with(|connection| {
            let mut statement = connection.prepare_cached(sql)?;
            let mut rows = statement.query((site.0.cast_signed(), date.0, from.cast_signed()))?;
            let mut records = Vec::new();
            while records.len() < limit.max(1)
                && let Some(row) = rows.next()?
            {
                self.decode(row, from, &mut records)?;
            }
            Ok(records)
        })
    }

    pub fn days(&self) -> Result<Vec<LoggedDay>, LogError> {
        let day = |row: &Row<'_>| {
            Ok(LoggedDay {
                site: SiteId(row.get::<_, i64>(0)?.cast_unsigned()),
                date: LocalDate(row.get(1)?),
                hits: row.get::<_, i64>(2)?.cast_unsigned(),
                last: self.position(row.get::<_, i64>(3)?.cast_unsigned()),
            })
        };
        self.with(|connection| {
            let mut statement = connection.prepare_cached("SELECT site, date, hits, last FROM days ORDER BY site, date")?;
            Ok(statement.query_map([], day)?.collect::<rusqlite::Result<_>>()?)
        })
    }

    /// Whether there are days of a site before a date.
    pub fn has_days_before(&self, site: SiteId, until: LocalDate) -> Result<bool, LogError> {
        self.with(|connection| {
            let sql = "SELECT EXISTS (SELECT 1 FROM days WHERE site = ?1 AND date < ?2)";
            Ok(connection.prepare_cached(sql)?.query_row((site.0.cast_signed(), until.0), |row| row.get(0))?)
        })
    }

    /// Opens no more connections and drops those kept.
    pub fn close(&self) {
        *self.idle() = None;
    }

    /// The hits of a row at `from` or after.
    fn decode(&self, row: &Row<'_>, from: u64, records: &mut Vec<Record>) -> Result<(), LogError> {
        let first = row.get::<_, i64>(0)?.cast_unsigned();
        let count = row.get::<_, u32>(1)? as usize;
        let payload = row.get_ref(2)?.as_blob().map_err(LogError::damaged)?;
        if first + (count as u64) <= from {
            return Ok(());
        }
        let hits = codec::decode(payload, count)?;
        let numbered = (first..).zip(hits).filter(|(offset, _)| *offset >= from);
        records.extend(numbered.map(|(offset, hit)| Record { position: self.position(offset), hit }));
        Ok(())
    }

    fn position(&self, offset: u64) -> Position {
        Position { epoch: self.epoch, partition: 0, offset }
    }

    /// Works with a connection of its own; keeps it for the next unless it failed.
    fn with<T>(&self, work: impl FnOnce(&Connection) -> Result<T, LogError>) -> Result<T, LogError> {
        let idle = self.idle().as_mut().ok_or(LogError::Closed)?.pop();
        let connection = idle.map_or_else(|| self.connect(), Ok)?;
        let done = work(&connection)?;
        if let Some(idle) = self.idle().as_mut().filter(|idle| idle.len() < IDLE) {
            idle.push(connection);
        }
        Ok(done)
    }

    fn connect(&self) -> Result<Connection, LogError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        connection.busy_timeout(BUSY)?;
        connection.pragma_update(None, "query_only", true)?;
        Ok(connection)
    }

    fn idle(&self) -> MutexGuard<'_, Option<Vec<Connection>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
