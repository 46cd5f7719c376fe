//! Erasing a site's hits in slices, so that those who append need not wait long.
//!
//! What is to go is written down first: a removal that was interrupted goes on at the next start.

use super::queue::Answer;
use super::schema;
use crate::LogError;
use footfall_domain::SiteId;
use rusqlite::Connection;

/// One transaction erases about this much …
const SLICE_BYTES: i64 = 8 << 20;
/// … and at most so many rows.
const SLICE_ROWS: i64 = 2_000;

/// A removal under way.
pub(super) struct Removal {
    pub site: SiteId,
    /// Everything below goes; what came later stays.
    before: u64,
    pub erased: u64,
    /// `None` where nobody waits for it: it was begun before the last start.
    pub answer: Option<Answer<u64>>,
}

impl Removal {
    /// Writes down that a site's hits below `next` are to go; from now on its days are gone.
    pub fn begin(connection: &mut Connection, site: SiteId, next: u64) -> rusqlite::Result<Self> {
        let transaction = connection.transaction()?;
        schema::set_meta(&transaction, "next", next.cast_signed())?;
        let id = site.0.cast_signed();
        transaction.execute("INSERT OR REPLACE INTO removals (site, before) VALUES (?1, ?2)", (id, next.cast_signed()))?;
        transaction.execute("DELETE FROM days WHERE site = ?1", [id])?;
        transaction.commit()?;
        Ok(Self { site, before: next, erased: 0, answer: None })
    }

    /// Those that were begun and not finished.
    pub fn unfinished(connection: &Connection) -> rusqlite::Result<Vec<Self>> {
        let mut statement = connection.prepare("SELECT site, before FROM removals")?;
        let removal = |row: &rusqlite::Row<'_>| {
            let (site, before): (i64, i64) = (row.get(0)?, row.get(1)?);
            Ok(Self { site: SiteId(site.cast_unsigned()), before: before.cast_unsigned(), erased: 0, answer: None })
        };
        statement.query_map([], removal)?.collect()
    }

    /// Erases a slice; `true` when nothing was left.
    pub fn slice(&mut self, connection: &mut Connection) -> rusqlite::Result<bool> {
        let site = self.site.0.cast_signed();
        let transaction = connection.transaction()?;
        let mut erased = 0;
        {
            let sql = "SELECT first, hits, length(payload) FROM batches WHERE site = ?1 AND first < ?2 ORDER BY date, first LIMIT ?3";
            let mut find = transaction.prepare_cached(sql)?;
            let mut delete = transaction.prepare_cached("DELETE FROM batches WHERE first = ?1")?;
            let rows: Vec<(i64, i64, i64)> = find
                .query_map((site, self.before.cast_signed(), SLICE_ROWS), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .collect::<rusqlite::Result<_>>()?;
            let mut bytes = 0;
            for (first, hits, size) in rows {
                delete.execute([first])?;
                erased += hits.unsigned_abs();
                bytes += size;
                if bytes >= SLICE_BYTES {
                    break;
                }
            }
        }
        if erased == 0 {
            transaction.execute("DELETE FROM removals WHERE site = ?1 AND before = ?2", (site, self.before.cast_signed()))?;
        }
        transaction.commit()?;
        self.erased += erased;
        Ok(erased == 0)
    }

    /// Tells who waits, if anybody does.
    pub fn reply(self, answer: Result<u64, LogError>) {
        if let Some(waiting) = self.answer {
            let _ = waiting.send(answer);
        }
    }
}
