//! The import of one file, fed with its bytes.

use super::fingerprint::{self, Known, MAX_WINDOW};
use super::reading::Reading;
use super::running::Turn;
use super::unpack::Unpack;
use super::{ImportError, ImportRequest, Progress, Summary, Tools};
use footfall_domain::SiteId;
use footfall_ingest::import::{Format, detect};
use footfall_ingest::normal_domain;

/// How many lines are looked at to find the format out.
const LINES_TO_DETECT: usize = 200;

/// The import of one file. Feed it with the file's bytes, then end it.
pub(super) struct Import<'a> {
    tools: Tools<'a>,
    site: SiteId,
    domain: String,
    wanted: Option<Format>,
    unpack: Unpack,
    stage: Stage<'a>,
    bytes: u64,
}

enum Stage<'a> {
    /// What the file is must be seen first.
    Beginning(Vec<u8>),
    /// It is known.
    Reading(Box<Reading<'a>>),
}

impl<'a> Import<'a> {
    pub(super) fn new(tools: Tools<'a>, request: &ImportRequest) -> Result<Self, ImportError> {
        let domain = normal_domain(&request.site);
        let book = tools.engine.sites();
        let site = book.by_domain(&domain).ok_or_else(|| ImportError::NoSite(domain.clone()))?.site.id;
        let stage = Stage::Beginning(Vec::new());
        Ok(Self { tools, site, domain, wanted: request.format, unpack: Unpack::new(), stage, bytes: 0 })
    }

    /// How far it is.
    pub(super) fn progress(&self) -> Progress {
        let (lines, hits) = match &self.stage {
            Stage::Beginning(_) => (0, 0),
            Stage::Reading(reading) => (reading.lines_read(), reading.hits()),
        };
        Progress { bytes: self.bytes, lines, hits }
    }

    /// Takes the next bytes of the file, a small piece at a time.
    pub(super) async fn feed(&mut self, bytes: Vec<u8>) -> Result<(), ImportError> {
        self.bytes += bytes.len() as u64;
        match self.unpack.take(bytes) {
            Ok(plain) => self.take(plain, false).await,
            Err(error) => Err(self.broken(error).await),
        }
    }

    /// The file cannot be read on: what was read goes to the log. Returns the error to end with.
    pub(super) async fn broken(&mut self, error: std::io::Error) -> ImportError {
        if let Stage::Reading(reading) = &mut self.stage
            && let Err(worse) = reading.flush().await
        {
            return worse;
        }
        ImportError::Input(error)
    }

    /// The file has ended: what is left goes to the log.
    pub(super) async fn end(mut self) -> Result<Summary, ImportError> {
        let unpack = std::mem::replace(&mut self.unpack, Unpack::Plain);
        match unpack.end() {
            Ok(rest) => self.take(rest, true).await?,
            Err(error) => return Err(self.broken(error).await),
        }
        match self.stage {
            Stage::Beginning(_) => Ok(Summary::default()),
            Stage::Reading(reading) => reading.end().await,
        }
    }

    async fn take(&mut self, plain: Vec<u8>, ended: bool) -> Result<(), ImportError> {
        let beginning = match &mut self.stage {
            Stage::Reading(reading) => return reading.take(&plain).await,
            Stage::Beginning(beginning) => beginning,
        };
        beginning.extend(plain);
        if beginning.is_empty() || (beginning.len() < MAX_WINDOW && !ended) {
            return Ok(());
        }
        let beginning = std::mem::take(beginning);
        let mut reading = self.recognise(&beginning).await?;
        reading.take(&beginning).await?;
        self.stage = Stage::Reading(Box::new(reading));
        Ok(())
    }

    /// Finds out what the file is, and what of it is in the log already.
    async fn recognise(&self, beginning: &[u8]) -> Result<Reading<'a>, ImportError> {
        let first_lines: Vec<&[u8]> = beginning.split(|byte| *byte == b'\n').take(LINES_TO_DETECT).collect();
        let format = self.wanted.or_else(|| detect(&first_lines)).ok_or(ImportError::UnknownFormat)?;
        let known = fingerprint::recognise(&self.tools, self.site, beginning).await?;
        let turn = Turn::take(self.site, known.fingerprint)?;
        // Before it was our turn another import of the file may have ended.
        let progress = self.tools.registry.import_progress(self.site, &known.fingerprint).await?.unwrap_or(known.progress);
        Reading::new(self.tools, self.site, self.domain.clone(), format, Known { progress, ..known }, turn).await
    }
}
