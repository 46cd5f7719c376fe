//! Erasing a site's hits, or those of its days before a date, in slices, so that those who append need not wait long.
//!
//! What is to go is written down first: a removal that was interrupted goes on at the next start.

use super::queue::Answer;
use super::schema;
use crate::LogError;
use footfall_domain::{LocalDate, SiteId};
use rusqlite::Connection;

/// One transaction erases about this much …
const SLICE_BYTES: i64 = 8 << 20;
/// … and at most so many rows.
const SLICE_ROWS: i64 = 2_000;

/// After every day there is.
const EVERY_DAY: i64 = i64::MAX;

/// A removal under way.
pub(super) struct Removal {
    pub site: SiteId,
    /// Only days before this one; `None`: all.
    until: Option<LocalDate>,
    /// Everything below goes; what came later stays.
    before: u64,
    pub erased: u64,
    /// `None` where nobody waits for it: it was begun before the last start.
    pub answer: Option<Answer<u64>>,
}

impl Removal {
    /// Writes down that a site's hits below `next` are to go; from now on their days are gone.
    pub fn begin(connection: &mut Connection, site: SiteId, until: Option<LocalDate>, next: u64) -> rusqlite::Result<Self> {
        let removal = Self { site, until, before: next, erased: 0, answer: None };
        let transaction = connection.transaction()?;
        schema::set_meta(&transaction, "next", next.cast_signed())?;
        let (id, before) = (site.0.cast_signed(), next.cast_signed());
        match until {
            None => transaction.execute("INSERT OR REPLACE INTO removals (site, before) VALUES (?1, ?2)", (id, before))?,
            Some(until) => {
                let sql = "INSERT OR REPLACE INTO day_removals (site, before, until) VALUES (?1, ?2, ?3)";
                transaction.execute(sql, (id, before, until.0))?
            }
        };
        transaction.execute("DELETE FROM days WHERE site = ?1 AND date < ?2", (id, removal.end()))?;
        transaction.commit()?;
        Ok(removal)
    }

    /// Those that were begun and not finished.
    pub fn unfinished(connection: &Connection) -> rusqlite::Result<Vec<Self>> {
        let mut statement =
            connection.prepare("SELECT site, before, NULL FROM removals UNION ALL SELECT site, before, until FROM day_removals")?;
        let removal = |row: &rusqlite::Row<'_>| {
            let (site, before, until): (i64, i64, Option<i32>) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let (site, before) = (SiteId(site.cast_unsigned()), before.cast_unsigned());
            Ok(Self { site, until: until.map(LocalDate), before, erased: 0, answer: None })
        };
        statement.query_map([], removal)?.collect()
    }

    /// The first date that stays.
    fn end(&self) -> i64 {
        self.until.map_or(EVERY_DAY, |until| i64::from(until.0))
    }

    /// Erases a slice; `true` when nothing was left.
    pub fn slice(&mut self, connection: &mut Connection) -> rusqlite::Result<bool> {
        let site = self.site.0.cast_signed();
        let transaction = connection.transaction()?;
        let mut erased = 0;
        {
            let sql = "SELECT first, hits, length(payload) FROM batches WHERE site = ?1 AND first < ?2 AND date < ?4 ORDER BY date, first LIMIT ?3";
            let mut find = transaction.prepare_cached(sql)?;
            let mut delete = transaction.prepare_cached("DELETE FROM batches WHERE first = ?1")?;
            let rows: Vec<(i64, i64, i64)> = find
                .query_map((site, self.before.cast_signed(), SLICE_ROWS, self.end()), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
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
            let before = self.before.cast_signed();
            match self.until {
                None => transaction.execute("DELETE FROM removals WHERE site = ?1 AND before = ?2", (site, before))?,
                Some(until) => {
                    let sql = "DELETE FROM day_removals WHERE site = ?1 AND before = ?2 AND until = ?3";
                    transaction.execute(sql, (site, before, until.0))?
                }
            };
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
