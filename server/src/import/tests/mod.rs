//! An office to import into, in memory. Addresses are those kept for documentation.

mod facts;
mod trouble;

use super::{ImportError, ImportRequest, Progress, Summary, Tools, run, run_blocking};
use flate2::Compression;
use flate2::write::GzEncoder;
use footfall_domain::{Clock, DropReason, Entropy, Feed, Hit, LocalDate, ManualClock, SiteId, SystemEntropy, UnixMillis};
use footfall_eventlog::{EventLog, LogError, MemoryLog};
use footfall_ingest::BuiltInCountries;
use footfall_ingest::import::Format;
use footfall_processor::{Engine, EngineParts};
use footfall_query::Source;
use footfall_store::{ImportProgress, MemoryStore, Registry};
use std::collections::BTreeSet;
use std::io::{self, Read, Write};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, ReadBuf};

const AGENT: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
const HOUR: i64 = 3_600_000;

/// An engine over memory, one site, a clock that stands still.
struct Office {
    log: Arc<MemoryLog>,
    store: Arc<MemoryStore>,
    clock: Arc<ManualClock>,
    places: BuiltInCountries,
    engine: Arc<Engine>,
    site: SiteId,
}

impl Office {
    async fn open() -> Self {
        let clock = Arc::new(ManualClock::at(instant("2026-11-23T12:00:00Z")));
        let (log, store) = (Arc::new(MemoryLog::new()), Arc::new(MemoryStore::new()));
        let site = store.add_site("example.com", "Europe/Berlin", clock.now(), None).await.expect("a site").id;
        let entropy: Arc<dyn Entropy> = Arc::new(SystemEntropy);
        let parts = EngineParts { log: log.clone(), rollups: store.clone(), registry: store.clone(), clock: clock.clone(), entropy };
        let engine = Engine::start(parts).await.expect("an engine");
        Self { log, store, clock, places: BuiltInCountries::new(), engine, site }
    }

    fn tools(&self) -> Tools<'_> {
        Tools {
            engine: &self.engine,
            log: &*self.log,
            registry: &*self.store,
            places: &self.places,
            clock: &*self.clock,
            entropy: &SystemEntropy,
        }
    }

    async fn import(&self, file: impl AsRef<[u8]>) -> Result<Summary, ImportError> {
        run(self.tools(), request(None), file.as_ref(), |_| ()).await
    }

    async fn imported(&self, file: impl AsRef<[u8]>) -> Summary {
        self.import(file).await.expect("imported")
    }

    async fn hits(&self) -> Vec<Hit> {
        self.log.read(None, usize::MAX).await.expect("the log").into_iter().map(|record| record.hit).collect()
    }

    /// Visitors and page views of the report, day by day.
    async fn counted(&self) -> Vec<(String, i64, i64)> {
        self.engine.wait_caught_up().await;
        let view = self.engine.view(self.site).await.expect("a view");
        let totals = self.engine.totals(&view, date("2026-01-01")..=date("2026-12-31")).await.expect("totals");
        totals.iter().map(|day| (day.date.to_string(), day.day.visitors, day.day.pageviews)).collect()
    }

    async fn refusals(&self) -> Vec<(String, &'static str, u64)> {
        let all = self.store.refusals(Some(self.site), date("2026-01-01")..=date("2026-12-31")).await.expect("refusals");
        all.iter().map(|(date, reason, count)| (date.to_string(), reason.name(), *count)).collect()
    }
}

fn request(format: Option<Format>) -> ImportRequest {
    ImportRequest { site: "https://www.Example.com/".into(), format }
}

fn instant(text: &str) -> UnixMillis {
    text.parse::<jiff::Timestamp>().expect("a timestamp").into()
}

fn date(text: &str) -> LocalDate {
    LocalDate::parse(text).expect("a date")
}

/// A page view: `visitor` asks for page `page`, on `day` of November 2026, second `second` of its noon hour.
fn view(day: u32, second: u32, visitor: u32, page: u32) -> String {
    let (minute, second) = (second / 60 % 60, second % 60);
    let (high, low) = (visitor / 250, visitor % 250 + 1);
    format!(
        "198.51.{high}.{low} - - [{day:02}/Nov/2026:12:{minute:02}:{second:02} +0100] \"GET /page/{page} HTTP/1.1\" 200 5 \"-\" \"{AGENT}\"\n"
    )
}

/// A file of `count` page views of 40 visitors on two days.
fn views(count: u32) -> String {
    (0..count).map(|n| view(10 + u32::from(n >= count / 2), n % 3_000, n % 40, n)).collect()
}

fn packed(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).expect("packed");
    encoder.finish().expect("packed")
}

/// A file that breaks after its bytes, as when the command goes away.
struct Broken<'a>(&'a [u8]);

impl AsyncRead for Broken<'_> {
    fn poll_read(mut self: Pin<&mut Self>, _: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if self.0.is_empty() {
            return Poll::Ready(Err(io::ErrorKind::UnexpectedEof.into()));
        }
        let n = self.0.len().min(into.remaining());
        into.put_slice(&self.0[..n]);
        self.0 = &self.0[n..];
        Poll::Ready(Ok(()))
    }
}
