//! Bringing a file in, for a command.

use super::audit::{COMMAND, note};
use crate::house::House;
use crate::import::{ImportError, ImportRequest, Progress, Tools, run_blocking};
use crate::owner::protocol::Refusal;
use crate::owner::{ImportBytes, Reply};
use anyhow::Context;
use footfall_ingest::import::Format;
use footfall_ingest::normal_domain;
use serde_json::json;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::mpsc;

/// How often the command hears how far it is.
const NOTE_EVERY: Duration = Duration::from_millis(200);

/// Reads the file to its end; notes on the way say how far it is. Answers with the summary.
pub(super) async fn bring_in(
    house: &Arc<House>,
    site: String,
    format: Option<String>,
    file: ImportBytes,
    notes: mpsc::Sender<serde_json::Value>,
) -> Reply {
    let format = format.map(|name| name.parse::<Format>()).transpose().map_err(|error| Refusal::usage(error.to_string()))?;
    let (ours, domain) = (house.clone(), normal_domain(&site));
    let (house, request) = (house.clone(), ImportRequest { site, format });
    let reading = tokio::task::spawn_blocking(move || {
        let mut noted: Option<Instant> = None;
        run_blocking(Tools::from(&*house), request, file, |progress: Progress| {
            if noted.is_none_or(|at| at.elapsed() >= NOTE_EVERY) {
                noted = Some(Instant::now());
                // Where the command does not keep up, the next note says more.
                let _ = notes.try_send(serde_json::json!(progress));
            }
        })
    });
    let outcome = reading.await.context("the import broke off")?;
    let summary = outcome.map_err(|error| match error {
        ImportError::UnknownFormat => Refusal::usage(error.to_string()),
        error => Refusal::from(anyhow::Error::from(error)),
    })?;
    ours.note_import_drops(&summary.dropped);
    if summary.counted > 0 {
        let entry = ours.engine.sites().by_domain(&domain).cloned();
        note(&ours, COMMAND, entry.as_ref().map(|entry| &entry.site), "imported", json!({"hits": summary.counted})).await;
    }
    Ok(serde_json::to_value(&summary).context("the summary is no JSON")?)
}
