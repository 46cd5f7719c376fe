//! The bytes of a connection, cut into requests, with a limit on everything a peer can make us wait for or keep.

use super::admission::Standing;
use crate::server::Shared;
use crate::server::accept::stopped;
use crate::server::room::Place;
use crate::server::stream::Stream;
use crate::wire::WireError;
use crate::wire::requests::{Preamble, RequestScanner, read_preamble};
use bytes::{Bytes, BytesMut};
use std::io;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::watch;
use tokio::time::Instant;

/// What is read at once.
const CHUNK: usize = 4 << 10;
/// A buffer that grew beyond this is given back while nobody sends anything.
const KEPT: usize = 16 << 10;
/// The most of a request that is kept of a peer who has not proved who he is: what is no large request yet.
const STRANGERS: usize = 64 << 10;
/// How long and how much is read of a peer that is told it sent nonsense, so that it gets to read that.
const PARTING: Duration = Duration::from_secs(1);
const PARTING_BYTES: usize = 1 << 20;

/// Why a connection ends.
#[derive(Debug)]
pub(super) enum Closed {
    /// The peer closed it, or it broke.
    ByPeer,
    /// The peer was too slow, or silent for too long.
    Late,
    /// The server stops.
    Stopping,
    /// What came cannot be read on.
    Malformed(WireError),
    /// A peer who has not proved who he is sends more than he needs for that.
    Stranger,
}

impl From<io::Error> for Closed {
    fn from(_broken: io::Error) -> Self {
        Self::ByPeer
    }
}

/// A connection as frames.
pub(super) struct Frames<'a, S> {
    stream: S,
    buffer: BytesMut,
    shared: &'a Shared,
    stopping: watch::Receiver<bool>,
    place: Place,
}

/// How long the next bytes may take.
#[derive(Clone, Copy)]
struct Patience {
    until: Instant,
    /// Whether a server that stops waits for them.
    started: bool,
}

impl<'a, S: Stream> Frames<'a, S> {
    pub(super) fn new(stream: S, shared: &'a Shared, stopping: watch::Receiver<bool>) -> Self {
        Self { stream, buffer: BytesMut::new(), shared, stopping, place: shared.room.enter() }
    }

    /// Reads what a connection begins with.
    pub(super) async fn preamble(&mut self) -> Result<Preamble, Closed> {
        let patience = Patience { until: Instant::now() + self.shared.config.limits.handshake, started: false };
        loop {
            match read_preamble(&self.buffer) {
                Ok((preamble, length)) => {
                    let _read = self.buffer.split_to(length);
                    return Ok(preamble);
                }
                Err(WireError::Incomplete) => self.read(patience).await?,
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// The next whole request; of who is not admitted a short one, so that he takes no room others need, and of a
    /// stranger soon, so that he takes no connection others need.
    pub(super) async fn next(&mut self, standing: Standing) -> Result<Bytes, Closed> {
        self.place = self.shared.room.enter();
        let limits = &self.shared.config.limits;
        if self.buffer.is_empty() {
            if self.buffer.capacity() > KEPT {
                self.buffer = BytesMut::new();
            }
            let idle = if standing == Standing::Stranger { limits.handshake } else { limits.idle };
            self.read(Patience { until: Instant::now() + idle, started: false }).await?;
        }
        let patience = Patience { until: Instant::now() + limits.request, started: true };
        let mut scanner = RequestScanner::new();
        loop {
            match scanner.scan(&self.buffer) {
                Ok(length) => return Ok(self.buffer.split_to(length).freeze()),
                Err(WireError::Incomplete) if standing != Standing::Admitted && self.buffer.len() >= STRANGERS => {
                    return Err(Closed::Stranger);
                }
                Err(WireError::Incomplete) => {
                    let room = tokio::time::timeout_at(patience.until, self.place.grow(self.buffer.len()));
                    room.await.map_err(|_elapsed| Closed::Late)?;
                    self.read(patience).await?;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Writes an answer.
    pub(super) async fn write(&mut self, answer: &[u8]) -> Result<(), Closed> {
        let write = async {
            self.stream.write_all(answer).await?;
            self.stream.flush().await
        };
        match tokio::time::timeout(self.shared.config.limits.write, write).await {
            Ok(written) => Ok(written?),
            Err(_late) => Err(Closed::Late),
        }
    }

    /// Writes a last answer and closes. What the peer still sends is read for a moment: closing with unread bytes would
    /// take the answer back.
    pub(super) async fn part(&mut self, answer: &[u8]) {
        let parting = async {
            self.write(answer).await.ok()?;
            self.stream.shutdown().await.ok()?;
            let mut read = 0;
            while read < PARTING_BYTES {
                self.buffer.clear();
                self.buffer.reserve(CHUNK);
                let more = self.stream.read_buf(&mut self.buffer).await.ok().filter(|more| *more > 0)?;
                read += more;
            }
            Some(())
        };
        // Nobody is told how the parting went.
        let _parted = tokio::time::timeout(PARTING, parting).await;
    }

    async fn read(&mut self, patience: Patience) -> Result<(), Closed> {
        self.buffer.reserve(CHUNK.max(self.buffer.len()).min(1 << 20));
        let mut stopping = self.stopping.clone();
        tokio::select! {
            biased;
            read = self.stream.read_buf(&mut self.buffer) => match read? {
                0 => Err(Closed::ByPeer),
                _ => Ok(()),
            },
            () = tokio::time::sleep_until(patience.until) => Err(Closed::Late),
            () = stopped(&mut stopping), if !patience.started => Err(Closed::Stopping),
        }
    }
}
