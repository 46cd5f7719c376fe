//! A file that is known, on its way into the log.

use super::fingerprint::Known;
use super::lines::Lines;
use super::running::Turn;
use super::sort_out::{Batch, Judge, Seen};
use super::{ImportError, Summary, Tools};
use footfall_domain::{Hit, LocalDate, SiteId};
use footfall_eventlog::LogError;
use footfall_ingest::import::{Format, is_whole};
use footfall_ingest::{HitParts, hit, import_hit_id};
use footfall_processor::SiteEntry;
use footfall_store::ImportProgress;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// How many hits go to the log at once, or lines where few are hits. More would save commits; less would save memory,
/// and time for those who send hits meanwhile. A batch that was interrupted is read again.
const BATCH_HITS: usize = 2_000;
const BATCH_LINES: u64 = 20_000;

/// A file that is known, on its way.
pub(super) struct Reading<'a> {
    tools: Tools<'a>,
    site: SiteId,
    domain: String,
    format: Format,
    known: Known,
    lines: Lines,
    batch: Batch,
    summary: Summary,
    hits: u64,
    /// The date of the last line that had one.
    last_date: LocalDate,
    /// The site's days that had hits when the import began.
    had_hits: BTreeSet<LocalDate>,
    /// The dates that had a secret when the import began.
    had_secret: BTreeSet<LocalDate>,
    _turn: Turn,
}

impl<'a> Reading<'a> {
    pub(super) async fn new(
        tools: Tools<'a>,
        site: SiteId,
        domain: String,
        format: Format,
        known: Known,
        turn: Turn,
    ) -> Result<Self, ImportError> {
        let days = tools.log.days().await.map_err(ImportError::Log)?;
        let secrets = tools.registry.secrets().await?;
        Ok(Self {
            last_date: entry(&tools, site)?.calendar.moment(tools.clock.now()).date,
            tools,
            site,
            domain,
            format,
            lines: Lines::after(known.progress.bytes),
            batch: Batch::default(),
            summary: Summary { known: known.progress.lines, ..Summary::of(format) },
            hits: 0,
            known,
            had_hits: days.iter().filter(|day| day.site == site).map(|day| day.date).collect(),
            had_secret: secrets.iter().map(|row| row.date).collect(),
            _turn: turn,
        })
    }

    /// Lines read that were not known before.
    pub(super) fn lines_read(&self) -> u64 {
        self.summary.read
    }

    /// Hits in the log.
    pub(super) fn hits(&self) -> u64 {
        self.hits
    }

    /// Takes the next plain bytes of the file.
    pub(super) async fn take(&mut self, plain: &[u8]) -> Result<(), ImportError> {
        self.lines.add(plain);
        while self.fill()? {
            self.flush().await?;
        }
        Ok(())
    }

    /// The file has ended. A last line without an end is read if it is whole; else it is left for the next time.
    pub(super) async fn end(mut self) -> Result<Summary, ImportError> {
        if let Some(last) = self.lines.unfinished() {
            if is_whole(self.format, &last.bytes) {
                let entry = entry(&self.tools, self.site)?;
                let number = self.known.progress.lines + self.batch.lines;
                let judge = judge(&self.tools, self.format, &self.domain, &entry);
                judge.sort(&last, number, &mut self.batch, &mut self.last_date, &mut self.summary);
            } else {
                self.summary.unfinished = true;
            }
        }
        self.flush().await?;
        Ok(self.summary)
    }

    /// Reads lines into the batch; whether it is full.
    fn fill(&mut self) -> Result<bool, ImportError> {
        let entry = entry(&self.tools, self.site)?;
        let judge = judge(&self.tools, self.format, &self.domain, &entry);
        while self.batch.seen.len() < BATCH_HITS && self.batch.lines < BATCH_LINES {
            let Some(found) = self.lines.next() else { return Ok(false) };
            let number = self.known.progress.lines + self.batch.lines;
            judge.sort(&found, number, &mut self.batch, &mut self.last_date, &mut self.summary);
        }
        Ok(true)
    }

    /// Brings the batch into the log, then counts what was refused, then notes how far the file was read. Interrupted
    /// after the first step, the next import repeats the batch under the same ids.
    pub(super) async fn flush(&mut self) -> Result<(), ImportError> {
        let batch = std::mem::take(&mut self.batch);
        if batch.lines == 0 {
            return Ok(());
        }
        let hits = self.make_hits(batch.seen).await?;
        self.append(hits).await?;
        let refused: Vec<_> = batch.refused.iter().map(|((date, reason), count)| (Some(self.site), *date, *reason, *count)).collect();
        if !refused.is_empty() {
            self.tools.registry.add_refusals(&refused).await?;
        }
        let ImportProgress { import, lines, .. } = self.known.progress;
        self.known.progress = ImportProgress { import, bytes: batch.end, lines: lines + batch.lines };
        self.tools.registry.put_import_progress(self.site, self.known.fingerprint, self.known.progress).await?;
        Ok(())
    }

    async fn make_hits(&mut self, seen: Vec<Seen>) -> Result<Vec<Hit>, ImportError> {
        let entry = entry(&self.tools, self.site)?;
        let mut secrets: HashMap<LocalDate, [u8; 32]> = HashMap::new();
        let mut hits = Vec::with_capacity(seen.len());
        for Seen { line, time, sent, client, feed } in seen {
            let moment = entry.calendar.moment(time);
            let secret = match secrets.get(&moment.date) {
                Some(secret) => *secret,
                None => *secrets.entry(moment.date).or_insert(self.tools.engine.import_secret(moment.date).await?),
            };
            let id = import_hit_id(self.known.progress.import, &self.known.fingerprint, line);
            let hit = hit(HitParts { site: &entry.site, moment, time, id, feed, secret: &secret, sent: &sent, client: &client });
            self.note(&hit);
            hits.push(hit);
        }
        Ok(hits)
    }

    fn note(&mut self, hit: &Hit) {
        match self.tools.engine.forecast(hit) {
            Some(reason) => self.summary.drop_one(reason),
            None => self.summary.counted += 1,
        }
        if self.summary.days.insert(hit.date) && self.had_hits.contains(&hit.date) && !self.had_secret.contains(&hit.date) {
            self.summary.new_visitor_days.insert(hit.date);
        }
    }

    /// Appends, however long the log asks to wait.
    async fn append(&mut self, hits: Vec<Hit>) -> Result<(), ImportError> {
        if hits.is_empty() {
            return Ok(());
        }
        self.hits += hits.len() as u64;
        loop {
            match self.tools.engine.append(hits.clone()).await {
                Ok(_) => return Ok(()),
                Err(LogError::Behind { retry_after }) => tokio::time::sleep(retry_after).await,
                Err(error) => return Err(ImportError::Log(error)),
            }
        }
    }
}

/// The site as it is now: its zone or its rules may change while a long file is read.
fn entry(tools: &Tools<'_>, site: SiteId) -> Result<Arc<SiteEntry>, ImportError> {
    tools.engine.sites().by_id(site).cloned().ok_or(ImportError::SiteGone)
}

fn judge<'j>(tools: &Tools<'j>, format: Format, domain: &'j str, entry: &'j SiteEntry) -> Judge<'j> {
    let now = tools.clock.now();
    let kept_from = entry.site.kept_from(entry.calendar.moment(now).date);
    Judge { format, domain, calendar: &entry.calendar, places: tools.places, now, kept_from }
}
