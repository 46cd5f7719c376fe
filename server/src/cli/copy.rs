//! `footfall store copy`: everything of one store into another.

use super::store::key;
use super::{Failure, table};
use crate::config::{Config, StoreUrl, secret_key};
use crate::import::display::{clock, grouped, per_second, seconds_left};
use crate::owner::{Folder, Taken};
use anyhow::{Context, anyhow};
use footfall_store::copy::{CopyProgress, CopySummary, copy};
use footfall_store::{OpenOptions, SecretKey, Store, StoreError};
use std::io::{IsTerminal, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

pub(super) async fn run(config: &Config, from: &str, to: &str) -> Result<(), Failure> {
    let (from_url, to_url) = (StoreUrl::read("FROM", from, &config.data)?, StoreUrl::read("TO", to, &config.data)?);
    if from_url == to_url {
        return Err(Failure::Usage("FROM and TO are the same store".into()));
    }
    if let StoreUrl::Sqlite(path) = &from_url
        && !path.is_file()
    {
        return Err(anyhow!("{from}: there is no file {}", path.display()).into());
    }
    let mut folders = Vec::new();
    for url in [&from_url, &to_url] {
        folders.extend(own(config, url)?);
    }
    let key = if [&from_url, &to_url].iter().any(|url| matches!(url, StoreUrl::Dynamo(_))) { Some(key(config)?) } else { None };
    let (source, target) = (open(from, &from_url, key.clone()).await?, open(to, &to_url, key).await?);
    let mut bar = Bar::new();
    let outcome = copy(&*source, &*target, &mut |progress| bar.show(&progress)).await;
    bar.clear();
    let copied = outcome.map_err(stopped)?;
    drop(folders);
    table::print(&summary(&copied))
}

/// Why nothing was copied, or not all of it. A target that holds something else is refused before the first write.
fn stopped(error: StoreError) -> anyhow::Error {
    let begun = !matches!(error, StoreError::NotEmpty(_));
    let error = anyhow::Error::from(error);
    if begun { error.context("not copied to its end; the same command goes on from there") } else { error }
}

async fn open(written: &str, url: &StoreUrl, key: Option<SecretKey>) -> anyhow::Result<Arc<dyn Store>> {
    let url = match url {
        StoreUrl::Sqlite(path) => format!("sqlite:{}", path.display()),
        StoreUrl::Dynamo(url) => url.clone(),
    };
    let opened = footfall_store::open(&url, &OpenOptions { key, reads: None }).await;
    opened.map_err(secret_key::explain).with_context(|| format!("cannot open {written}"))
}

/// Owns the data folder a file is in, if it is in one, so that nobody changes the file meanwhile. A server is not asked to
/// copy: it would go on changing what was copied, and whoever copies a store wants to use the other one afterwards.
fn own(config: &Config, url: &StoreUrl) -> Result<Option<Folder>, Failure> {
    let StoreUrl::Sqlite(path) = url else { return Ok(None) };
    let path = std::path::absolute(path).map_err(anyhow::Error::from)?;
    let Some(data) = data_folder(config, &path)? else { return Ok(None) };
    match Folder::take(&data, "footfall store copy").map_err(anyhow::Error::from)? {
        Taken::Ours(folder) => {
            if let Some(parent) = path.parent() {
                let made = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(parent);
                made.with_context(|| format!("cannot create {}", parent.display()))?;
            }
            Ok(Some(folder))
        }
        Taken::ByAnother(who) => {
            let words = format!(
                "{who} owns the data folder {} and may change the store meanwhile; stop it, copy, and start it again (with the other store, \
                 if that is what the copy is for)",
                data.display()
            );
            Err(anyhow::Error::msg(words).into())
        }
    }
}

/// The data folder a path is in: the one of the settings, or the nearest one above that has been one.
fn data_folder(config: &Config, path: &Path) -> anyhow::Result<Option<PathBuf>> {
    let ours = std::path::absolute(&config.data)?;
    if path.starts_with(&ours) {
        return Ok(Some(ours));
    }
    Ok(path.ancestors().skip(1).find(|folder| folder.join("footfall.lock").is_file()).map(Path::to_owned))
}

/// How often the line is drawn again.
const REDRAW: Duration = Duration::from_millis(200);
/// How often a line is written where nobody can see one being drawn again.
const LINE: Duration = Duration::from_secs(30);

/// How far a copy is, on standard error.
struct Bar {
    started: Instant,
    drawn: Option<Instant>,
    terminal: bool,
}

impl Bar {
    fn new() -> Self {
        Self { started: Instant::now(), drawn: None, terminal: std::io::stderr().is_terminal() }
    }

    fn show(&mut self, progress: &CopyProgress) {
        let every = if self.terminal { REDRAW } else { LINE };
        if self.drawn.unwrap_or(self.started).elapsed() < every {
            return;
        }
        self.drawn = Some(Instant::now());
        let text = bar(progress, self.started.elapsed());
        let (before, after) = if self.terminal { ("\r\x1b[2K", "") } else { ("", "\n") };
        // A terminal that went away is no reason to stop.
        let _ = write!(std::io::stderr(), "{before}{text}{after}").and_then(|()| std::io::stderr().flush());
    }

    fn clear(&mut self) {
        if self.terminal && self.drawn.take().is_some() {
            let _ = write!(std::io::stderr(), "\r\x1b[2K").and_then(|()| std::io::stderr().flush());
        }
    }
}

fn bar(progress: &CopyProgress, elapsed: Duration) -> String {
    let CopyProgress { days, of } = *progress;
    let left = seconds_left(days, of, elapsed).map_or_else(String::new, |seconds| format!("  {} left", clock(seconds)));
    format!("{} of {} days  {} days/s{left}", grouped(days), grouped(of), grouped(per_second(days, elapsed)))
}

fn summary(copied: &CopySummary) -> String {
    let days = copied.written + copied.there;
    let rows = grouped(copied.registry_rows);
    if copied.unchanged {
        return format!("Everything was there already, and is equal: {} days, and {rows} rows of sites, people and keys.\n", grouped(days));
    }
    let before = if copied.there > 0 { format!(" ({} of them were there already)", grouped(copied.there)) } else { String::new() };
    format!("Copied and compared {} days{before}, and {rows} rows of sites, people and keys.\n", grouped(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_how_far_how_fast_and_how_long() {
        let at = |days, seconds| bar(&CopyProgress { days, of: 12_000 }, Duration::from_secs(seconds));
        assert_eq!(at(3_000, 30), "3,000 of 12,000 days  100 days/s  1:30 left");
        assert_eq!(at(0, 0), "0 of 12,000 days  0 days/s");
    }

    #[test]
    fn a_refused_target_is_no_copy_to_go_on_with() {
        let said = |error| format!("{:#}", stopped(error));
        assert!(said(StoreError::Throttled("x".into())).starts_with("not copied to its end"));
        assert!(said(StoreError::NotEmpty("its sites".into())).starts_with("the target holds other data: its sites"));
    }

    #[test]
    fn the_summary_says_what_was_there_before() {
        let copied = CopySummary { written: 2_000, there: 500, registry_rows: 12, ..CopySummary::default() };
        assert_eq!(
            summary(&copied),
            "Copied and compared 2,500 days (500 of them were there already), and 12 rows of sites, people and keys.\n"
        );
        assert!(summary(&CopySummary { unchanged: true, ..copied }).starts_with("Everything was there already"));
    }
}
