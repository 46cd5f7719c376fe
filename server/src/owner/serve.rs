//! The owner's side of the conversation.

use super::import_bytes::{ImportBytes, Pieces};
use super::protocol::{Answer, Envelope, Order, Refusal, VERSION};
use super::wire::{self, Kind};
use super::{Folder, socket};
use async_trait::async_trait;
use bytes::Bytes;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::UnixListener;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// Carries orders out. Implemented by the open house; a test has its own.
#[async_trait]
pub trait Orders: Send + Sync + 'static {
    /// Carries one order out. `file` gives the bytes that follow an import; `progress` takes notes on the way.
    async fn carry_out(
        &self,
        order: Order,
        file: ImportBytes,
        progress: mpsc::Sender<serde_json::Value>,
    ) -> Result<serde_json::Value, Refusal>;
}

/// The open socket of a folder.
pub struct Door {
    folder: PathBuf,
    listener: UnixListener,
}

impl Door {
    /// Opens the socket of a folder this process owns.
    ///
    /// # Errors
    /// The socket cannot be made.
    pub fn open(folder: &Folder) -> io::Result<Self> {
        Ok(Self { listener: socket::listen(folder.path())?, folder: folder.path().to_owned() })
    }

    /// Answers whoever asks until `stop` comes true, then waits for the orders under way.
    pub async fn serve(self, orders: Arc<dyn Orders>, mut stop: tokio::sync::watch::Receiver<bool>) {
        let mut under_way = JoinSet::new();
        loop {
            tokio::select! {
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, _)) => {
                        let orders = orders.clone();
                        under_way.spawn(async move {
                            if let Err(error) = converse(stream, orders).await {
                                tracing::debug!(error = %error, "a command went away");
                            }
                        });
                    }
                    Err(error) => {
                        tracing::warn!(error = %error, "the command socket cannot accept; trying again");
                        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
                    }
                },
                Some(_) = under_way.join_next() => {}
                () = came_true(&mut stop) => break,
            }
        }
        socket::remove(&self.folder);
        while under_way.join_next().await.is_some() {}
    }
}

/// Waits until a flag is up, or nobody can raise it any more.
async fn came_true(flag: &mut tokio::sync::watch::Receiver<bool>) {
    // The guard that `wait_for` returns must not live across another await.
    let _ = flag.wait_for(|up| *up).await.map(|_| ());
}

/// One conversation: an order, its file, notes, an answer.
pub(super) async fn converse<S>(stream: S, orders: Arc<dyn Orders>) -> io::Result<()>
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let (mut from, mut to) = tokio::io::split(stream);
    let Some((Kind::Order, payload)) = wire::read(&mut from).await? else { return Ok(()) };
    let order = match understand(&payload) {
        Ok(order) => order,
        Err(refusal) => return wire::write_json(&mut to, Kind::Answer, &Answer::Failed(refusal)).await,
    };
    let (pieces, file) = ImportBytes::new();
    // Dropped with the conversation: an import that is called off must not be fed on.
    let mut feeding = JoinSet::new();
    feeding.spawn(async move { feed(&mut from, pieces).await });
    let (notes_in, mut notes) = mpsc::channel(4);
    let work = orders.carry_out(order, file, notes_in);
    tokio::pin!(work);
    let outcome = loop {
        tokio::select! {
            Some(note) = notes.recv() => wire::write_json(&mut to, Kind::Progress, &note).await?,
            outcome = &mut work => break outcome,
        }
    };
    drop(feeding);
    wire::write_json(&mut to, Kind::Answer, &outcome.map_or_else(Answer::Failed, Answer::Done)).await
}

fn understand(payload: &[u8]) -> Result<Order, Refusal> {
    let version: Option<u32> =
        serde_json::from_slice(payload).ok().and_then(|value: serde_json::Value| value.get("version")?.as_u64()?.try_into().ok());
    if version != Some(VERSION) {
        return Err(Refusal::failed(
            "the server that owns this data folder is another version of footfall; use its own binary, or restart it with this one",
        ));
    }
    wire::json::<Envelope>(payload).map(|envelope| envelope.order).map_err(|error| Refusal::usage(error.to_string()))
}

/// Hands the pieces of the file on, and says how it ended.
async fn feed(from: &mut (impl AsyncRead + Unpin), pieces: Pieces) {
    loop {
        let piece = match wire::read(from).await {
            Ok(Some((Kind::Data, payload))) if payload.is_empty() => continue,
            Ok(Some((Kind::Data, payload))) => Ok(Bytes::from(payload)),
            Ok(Some((Kind::End, _))) => Ok(Bytes::new()),
            Ok(_) => return,
            Err(error) => Err(error),
        };
        let last = !matches!(&piece, Ok(piece) if !piece.is_empty());
        if pieces.send(piece).await.is_err() || last {
            return;
        }
    }
}
