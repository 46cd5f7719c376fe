//! The one thread that writes: take what waits, commit it, answer.

use super::connection::{self, Opened};
use super::plan::Plan;
use super::queue::{Append, Queue, Remove};
use super::removal::Removal;
use crate::codec::Packer;
use crate::stats::Counters;
use crate::{LogError, LogOptions};
use footfall_domain::Position;
use rusqlite::{Connection, ErrorCode, TransactionBehavior};
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;
use tokio::sync::watch;

/// The write-ahead log is moved into the file when about this many pages were written to it (16 MB).
const CHECKPOINT_PAGES: usize = 4_096;
const PAGE_BYTES: usize = 4_096;

pub(super) struct Writer {
    path: PathBuf,
    options: LogOptions,
    queue: Arc<Queue>,
    newest: watch::Sender<Option<Position>>,
    counters: Arc<Counters>,
    /// `None` after a failure, until the file could be opened again.
    connection: Option<Connection>,
    epoch: u64,
    next: u64,
    packer: Packer,
    removals: VecDeque<Removal>,
    /// Pages written since the last checkpoint, about.
    pages: usize,
    /// Erased bytes are still in the write-ahead log.
    scrub: bool,
}

impl Writer {
    pub fn new(
        path: &Path,
        options: &LogOptions,
        opened: Opened,
        queue: Arc<Queue>,
        newest: watch::Sender<Option<Position>>,
        counters: Arc<Counters>,
    ) -> Result<Self, LogError> {
        let removals = Removal::unfinished(&opened.connection)?.into();
        Ok(Self {
            path: path.to_owned(),
            options: options.clone(),
            queue,
            newest,
            counters,
            connection: Some(opened.connection),
            epoch: opened.epoch,
            next: opened.next,
            packer: Packer::new()?,
            removals,
            pages: 0,
            scrub: false,
        })
    }

    pub fn run(mut self) {
        loop {
            let work = self.queue.take(!self.removals.is_empty());
            if !work.appends.is_empty() {
                self.append(work.appends);
            }
            for remove in work.removes {
                self.begin_removal(remove);
            }
            if work.closing {
                break;
            }
            self.erase_slice();
            self.checkpoint();
        }
        self.checkpoint_whole();
    }

    /// One transaction for everything that waits. Nobody is answered before it is on disk.
    fn append(&mut self, appends: Vec<Append>) {
        let started = Instant::now();
        let plan = Plan::new(appends, self.next);
        let committed = self.commit(&plan);
        // Offsets of a failed commit are not given again: the disk may yet show that it has kept them.
        self.next = plan.next;
        self.queue.release(plan.hits, plan.bytes);
        match &committed {
            Ok(()) => {
                self.counters.committed(plan.hits as u64, started.elapsed());
                self.newest.send_replace(Some(self.position(plan.next - 1)));
            }
            Err(error) => {
                self.counters.failed();
                tracing::error!(%error, hits = plan.hits, "hits could not be written and their senders are told so");
            }
        }
        for (answer, last) in plan.answers {
            // Who no longer waits is not told; the hits stay.
            let _ = answer.send(committed.clone().map(|()| Position { epoch: self.epoch, partition: 0, offset: last }));
        }
    }

    fn commit(&mut self, plan: &Plan) -> Result<(), LogError> {
        let connection = connected(&mut self.connection, &self.path, &self.options, self.epoch)?;
        let mut pages = 0;
        let written = (|| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            {
                let sql = "INSERT INTO batches (first, hits, site, date, payload) VALUES (?1, ?2, ?3, ?4, ?5)";
                let mut insert = transaction.prepare_cached(sql)?;
                let sql = "INSERT INTO days (site, date, hits, last) VALUES (?1, ?2, ?3, ?4)
                           ON CONFLICT DO UPDATE SET hits = hits + excluded.hits, last = excluded.last";
                let mut count = transaction.prepare_cached(sql)?;
                for row in &plan.rows {
                    let payload = self.packer.pack(&row.bytes);
                    let (site, hits, last) = (row.site.0.cast_signed(), row.hits as i64, row.last().cast_signed());
                    insert.execute((row.first.cast_signed(), hits, site, row.date.0, &payload))?;
                    count.execute((site, row.date.0, hits, last))?;
                    pages += payload.len() / PAGE_BYTES + 3;
                }
            }
            transaction.commit()
        })();
        self.pages += pages;
        written.map_err(|error| self.failed(&error))
    }

    /// Makes ready for the next try after a failure.
    fn failed(&mut self, error: &rusqlite::Error) -> LogError {
        let full = error.sqlite_error_code() == Some(ErrorCode::DiskFull);
        match &self.connection {
            Some(connection) if full && connection.is_autocommit() => {
                // What is in the file already needs no second place in the write-ahead log.
                let _ = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
            }
            // After anything else the connection is not to be trusted.
            _ => self.connection = None,
        }
        LogError::unavailable(error)
    }

    fn begin_removal(&mut self, Remove { site, until, answer }: Remove) {
        let begun = connected(&mut self.connection, &self.path, &self.options, self.epoch)
            .and_then(|connection| Ok(Removal::begin(connection, site, until, self.next)?));
        match begun {
            Ok(mut removal) => {
                removal.answer = Some(answer);
                self.removals.push_back(removal);
            }
            Err(error) => {
                let _ = answer.send(Err(error));
            }
        }
    }

    fn erase_slice(&mut self) {
        let Some(mut removal) = self.removals.pop_front() else { return };
        let sliced =
            connected(&mut self.connection, &self.path, &self.options, self.epoch).and_then(|connection| Ok(removal.slice(connection)?));
        match sliced {
            Ok(false) => self.removals.push_front(removal),
            Ok(true) => self.finish_removal(removal),
            Err(error) => {
                tracing::error!(%error, site = %removal.site, "a site could not be erased; the rest goes at the next start");
                self.connection = None;
                removal.reply(Err(error));
            }
        }
    }

    fn finish_removal(&mut self, removal: Removal) {
        self.scrub = true;
        self.checkpoint();
        let last = self.connection.as_ref().map(connection::last_offset);
        if let Some(Ok(last)) = last {
            self.newest.send_replace(last.map(|offset| self.position(offset)));
        }
        let erased = removal.erased;
        removal.reply(Ok(erased));
    }

    /// Moves the write-ahead log into the file when it has grown, or when erased bytes must leave it.
    fn checkpoint(&mut self) {
        if self.scrub {
            self.scrub = !self.checkpoint_whole();
        } else if self.pages >= CHECKPOINT_PAGES {
            self.pages = 0;
            if let Some(connection) = &self.connection
                && let Err(error) = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))
            {
                // Nothing is lost by it: the hits are in the write-ahead log.
                tracing::warn!(%error, "the log could not be checkpointed");
            }
        }
    }

    /// Empties the write-ahead log; whether it could (readers may hold it up).
    fn checkpoint_whole(&mut self) -> bool {
        let Some(connection) = &self.connection else { return false };
        self.pages = 0;
        let blocked = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, bool>(0));
        blocked.is_ok_and(|blocked| !blocked)
    }

    fn position(&self, offset: u64) -> Position {
        Position { epoch: self.epoch, partition: 0, offset }
    }
}

/// The connection, opened again when a failure had closed it.
fn connected<'a>(
    connection: &'a mut Option<Connection>,
    path: &Path,
    options: &LogOptions,
    epoch: u64,
) -> Result<&'a mut Connection, LogError> {
    if connection.is_none() {
        let opened = connection::open_existing(path, options)?;
        if opened.epoch != epoch {
            return Err(LogError::unavailable("the file was replaced while it was in use: restart Footfall"));
        }
        *connection = Some(opened.connection);
    }
    connection.as_mut().ok_or(LogError::Closed)
}
