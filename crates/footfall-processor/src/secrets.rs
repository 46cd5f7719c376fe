//! The secrets of site-local dates: made on first use, destroyed on time (design, section 5).

use crate::engine::{Engine, EngineError, UNPOISONED};
use crate::follow::describe;
use footfall_domain::{LocalDate, UnixMillis};
use footfall_store::{SecretRow, SecretUse};
use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::sleep;

const HOUR_MS: i64 = 3_600_000;
/// An import's secret outlives its last use by this long: a day split over two files must count like one file.
const IMPORT_KEEP_MS: i64 = 48 * HOUR_MS;
/// A date has ended everywhere on earth once it has ended at UTC−12.
const LAST_OFFSET_MS: i64 = 12 * HOUR_MS;
/// A hit received in a date's last moment may still be on its way to its secret.
const LATE_MS: i64 = 60_000;
/// How often the keeper looks for secrets to destroy.
const TICK: Duration = Duration::from_secs(20);
/// So long before a date begins its secret is fetched: midnight must not wait for a store that is slow or away just then.
const AHEAD_MS: i64 = 10 * 60_000;
/// An import states its use of a secret at most this often; the true last use may be this much later than the stated one.
const IMPORT_USE_MS: i64 = HOUR_MS;

/// Secrets in use, so that a hit costs no read of the store.
#[derive(Default)]
pub(crate) struct SecretKeeper {
    live: Mutex<FxHashMap<LocalDate, [u8; 32]>>,
    import: Mutex<FxHashMap<LocalDate, ([u8; 32], UnixMillis)>>,
}

impl SecretKeeper {
    fn dates(&self) -> Vec<LocalDate> {
        let mut dates: Vec<LocalDate> = self.live.lock().expect(UNPOISONED).keys().copied().collect();
        dates.extend(self.import.lock().expect(UNPOISONED).keys());
        dates
    }

    fn forget(&self, dates: &[LocalDate]) {
        self.live.lock().expect(UNPOISONED).retain(|date, _| !dates.contains(date));
        self.import.lock().expect(UNPOISONED).retain(|date, _| !dates.contains(date));
    }
}

pub(crate) async fn run(engine: Arc<Engine>) {
    let mut stopping = engine.stopping();
    loop {
        if let Err(error) = engine.destroy_due_secrets().await {
            tracing::error!(error = %describe(&error), "secrets that are due could not be destroyed; trying again");
        }
        if let Err(error) = engine.fetch_secrets_ahead().await {
            tracing::error!(error = %describe(&error), "the secret of a date that begins soon could not be fetched; trying again");
        }
        tokio::select! { () = sleep(TICK) => {}, _ = stopping.wait_for(|stop| *stop) => return }
    }
}

impl Engine {
    /// The secret of a site-local date for hits that arrive now; made on first use.
    ///
    /// # Errors
    /// The registry failed.
    pub async fn live_secret(&self, date: LocalDate) -> Result<[u8; 32], EngineError> {
        if let Some(secret) = self.secrets.live.lock().expect(UNPOISONED).get(&date) {
            return Ok(*secret);
        }
        let secret = self.parts.registry.secret(date, self.candidate(), SecretUse::Live).await?;
        self.secrets.live.lock().expect(UNPOISONED).insert(date, secret);
        Ok(secret)
    }

    /// The secret of a date touched by an import of old hits; kept until 48 hours after its last such use.
    ///
    /// # Errors
    /// The registry failed.
    pub async fn import_secret(&self, date: LocalDate) -> Result<[u8; 32], EngineError> {
        let now = self.clock().now();
        if let Some((secret, stated)) = self.secrets.import.lock().expect(UNPOISONED).get(&date)
            && now.since(*stated) < IMPORT_USE_MS
        {
            return Ok(*secret);
        }
        let secret = self.parts.registry.secret(date, self.candidate(), SecretUse::Import { at: now }).await?;
        self.secrets.import.lock().expect(UNPOISONED).insert(date, (secret, now));
        Ok(secret)
    }

    /// Fetches the secrets of dates that begin within ten minutes, at sites whose present date's is in use here. Runs by itself every
    /// 20 seconds.
    ///
    /// # Errors
    /// The registry failed.
    pub async fn fetch_secrets_ahead(&self) -> Result<(), EngineError> {
        let now = self.clock().now();
        let in_use: Vec<LocalDate> = self.secrets.live.lock().expect(UNPOISONED).keys().copied().collect();
        let mut soon: Vec<LocalDate> = Vec::new();
        for site in self.sites().iter().filter(|site| in_use.contains(&site.calendar.moment(now).date)) {
            let date = site.calendar.moment(now.plus(AHEAD_MS)).date;
            if !in_use.contains(&date) && !soon.contains(&date) {
                soon.push(date);
            }
        }
        for date in soon {
            self.live_secret(date).await?;
        }
        Ok(())
    }

    /// Destroys the secrets whose time is over; returns their dates. Runs by itself every 20 seconds.
    ///
    /// # Errors
    /// The registry failed; nothing was destroyed.
    pub async fn destroy_due_secrets(&self) -> Result<Vec<LocalDate>, EngineError> {
        let now = self.clock().now();
        let known = self.secrets.dates();
        let rows = self.parts.registry.secrets().await?;
        // Another instance may have destroyed what is remembered here. What was made after the list was asked for stays.
        let gone: Vec<LocalDate> = known.into_iter().filter(|date| rows.iter().all(|row| row.date != *date)).collect();
        self.secrets.forget(&gone);
        let due: Vec<LocalDate> = rows.iter().filter(|row| self.is_due(row, now)).map(|row| row.date).collect();
        if !due.is_empty() {
            self.parts.registry.destroy_secrets(&due).await?;
            self.secrets.forget(&due);
            tracing::info!(secrets.destroyed = due.len(), "secrets of ended dates are destroyed");
        }
        Ok(due)
    }

    fn is_due(&self, row: &SecretRow, now: UnixMillis) -> bool {
        let imported = row.last_import_use.is_some_and(|at| now.since(at) < IMPORT_KEEP_MS + IMPORT_USE_MS);
        !imported && (!row.live || now >= self.ends_everywhere(row.date))
    }

    /// When a date has ended in every time zone, and at every site (a site that moved west has a longer day).
    fn ends_everywhere(&self, date: LocalDate) -> UnixMillis {
        let earth = UnixMillis(i64::from(date.0 + 1) * 24 * HOUR_MS + LAST_OFFSET_MS);
        self.sites().iter().map(|site| site.calendar.day(date).end).max().map_or(earth, |sites| sites.max(earth)).plus(LATE_MS)
    }

    fn candidate(&self) -> [u8; 32] {
        let mut secret = [0; 32];
        self.entropy().fill(&mut secret);
        secret
    }
}
