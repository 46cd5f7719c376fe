//! What a log promises.

use crate::LogError;
use async_trait::async_trait;
use footfall_domain::{Hit, LocalDate, Position, Record, SiteId};
use tokio::sync::watch;

/// Keeps hits durably and in order, and reads them from a position.
///
/// Positions grow with every hit and never repeat, also after a removal or a restart; there may be gaps. They say how
/// far a reader has come and nothing else. Every backend passes `conformance::all`.
#[async_trait]
pub trait EventLog: Send + Sync + 'static {
    /// Appends hits and returns the position of the last, when they are durable: on disk, acknowledged by it.
    ///
    /// All of them are kept or none. Hits of one call and one site-day keep their order. Callers that wait at the same
    /// time share one commit. Dropping the future does not take hits back.
    ///
    /// # Errors
    /// [`LogError::Behind`] when the queue is full and [`LogError::Unavailable`] when the disk is: nothing was kept,
    /// nothing answered before is lost, later calls work when there is room again. [`LogError::Empty`] for no hits,
    /// [`LogError::Closed`] after [`EventLog::close`].
    async fn append(&self, hits: Vec<Hit>) -> Result<Position, LogError>;

    /// Records after a position (`None`: from the start), in order of position, about `limit` of them: reading ends
    /// with the stored batch that reaches it. Empty when there is nothing newer.
    ///
    /// # Errors
    /// [`LogError::OtherEpoch`] when the position is of another life of the log, [`LogError::Unavailable`] and
    /// [`LogError::Damaged`] when the file cannot be read.
    async fn read(&self, after: Option<Position>, limit: usize) -> Result<Vec<Record>, LogError>;

    /// Records of one site-day after a position (`None`: from its start), in order, at most about `limit` of them:
    /// a large day is read in parts. Empty when there is nothing more.
    ///
    /// # Errors
    /// As [`EventLog::read`].
    async fn read_day(&self, site: SiteId, date: LocalDate, after: Option<Position>, limit: usize) -> Result<Vec<Record>, LogError>;

    /// Every site-day that has hits, by site and date.
    ///
    /// # Errors
    /// As [`EventLog::read`].
    async fn days(&self) -> Result<Vec<LoggedDay>, LogError>;

    /// The last durable position, `None` before the first hit; `changed()` wakes who follows the log.
    ///
    /// Set before the appending callers are answered, and never beyond what [`EventLog::read`] returns: it goes back
    /// when the last hits are removed (their positions are not given again).
    fn newest(&self) -> watch::Receiver<Option<Position>>;

    /// Erases a site's hits as of now, for good, and returns how many there were.
    ///
    /// A removal that was begun and interrupted goes on at the next start.
    ///
    /// # Errors
    /// [`LogError::Unavailable`] when the disk fails; the rest is erased at the next start or call.
    async fn remove_site(&self, site: SiteId) -> Result<u64, LogError>;

    /// Erases a site's hits of the days before `until`, as of now, for good, and returns how many there were. Cheap when
    /// there are none.
    ///
    /// A removal that was begun and interrupted goes on at the next start.
    ///
    /// # Errors
    /// As [`EventLog::remove_site`].
    async fn remove_days(&self, site: SiteId, until: LocalDate) -> Result<u64, LogError>;

    /// Writes what waits, answers it, and stops. Later calls get [`LogError::Closed`].
    async fn close(&self);
}

/// A site-day of which the log has hits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LoggedDay {
    /// The site.
    pub site: SiteId,
    /// The site-local day.
    pub date: LocalDate,
    /// How many hits.
    pub hits: u64,
    /// The position of the last.
    pub last: Position,
}
