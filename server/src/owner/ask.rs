//! The command's side of the conversation.

use super::protocol::{Answer, Envelope, Order, Refusal, VERSION};
use super::serve::{Orders, converse};
use super::wire::{self, Kind, PIECE};
use std::io;
use std::sync::Arc;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite};

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// Somebody to give an order to: the owner of the folder, over its socket or in this very process.
pub struct Asker(Box<dyn Stream>);

/// How an order ended: what it gives, or why not.
pub type Reply = Result<serde_json::Value, Refusal>;

/// Why there was no answer.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// The owner went away before it answered.
    #[error("the process that owns the data folder went away before it answered")]
    Gone,
    /// The stream to the owner broke.
    #[error("cannot talk to the process that owns the data folder")]
    Stream(#[source] io::Error),
    /// The file to bring in cannot be read.
    #[error("cannot read the file")]
    File(#[source] io::Error),
}

impl Asker {
    /// Asks over a stream that leads to the owner.
    pub fn over(stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static) -> Self {
        Self(Box::new(stream))
    }

    /// Asks this process, which is the owner itself.
    pub fn inside(orders: Arc<dyn Orders>) -> Self {
        let (ours, theirs) = tokio::io::duplex(2 * PIECE);
        tokio::spawn(async move { converse(theirs, orders).await });
        Self::over(ours)
    }

    /// Gives an order that needs no file.
    ///
    /// # Errors
    /// There was no answer.
    pub async fn ask(self, order: Order) -> Result<Reply, AskError> {
        self.ask_with(order, tokio::io::empty(), |_| ()).await
    }

    /// Gives an order with a file. `noted` hears the owner's notes on the way.
    ///
    /// # Errors
    /// There was no answer.
    pub async fn ask_with<F>(self, order: Order, mut file: F, mut noted: impl FnMut(serde_json::Value)) -> Result<Reply, AskError>
    where
        F: AsyncRead + Unpin,
    {
        let (mut from, mut to) = tokio::io::split(self.0);
        wire::write_json(&mut to, Kind::Order, &Envelope { version: VERSION, order }).await.map_err(AskError::Stream)?;
        let sending = async {
            let mut piece = vec![0; PIECE];
            loop {
                let n = file.read(&mut piece).await.map_err(AskError::File)?;
                let kind = if n == 0 { Kind::End } else { Kind::Data };
                if wire::write(&mut to, kind, &piece[..n]).await.is_err() || n == 0 {
                    // Where the owner no longer listens it has answered already, or is gone: reading tells which.
                    return Ok::<(), AskError>(());
                }
            }
        };
        let hearing = async {
            loop {
                match wire::read(&mut from).await {
                    Ok(Some((Kind::Progress, payload))) => noted(wire::json(&payload).map_err(AskError::Stream)?),
                    Ok(Some((Kind::Answer, payload))) => return wire::json::<Answer>(&payload).map_err(AskError::Stream),
                    Ok(_) => return Err(AskError::Gone),
                    Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Err(AskError::Gone),
                    Err(error) if error.kind() == io::ErrorKind::ConnectionReset => return Err(AskError::Gone),
                    Err(error) => return Err(AskError::Stream(error)),
                }
            }
        };
        tokio::pin!(sending, hearing);
        let answer = tokio::select! {
            answer = &mut hearing => answer?,
            outcome = &mut sending => { outcome?; hearing.await? }
        };
        Ok(match answer {
            Answer::Done(value) => Ok(value),
            Answer::Failed(refusal) => Err(refusal),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::owner::ImportBytes;
    use async_trait::async_trait;
    use serde_json::json;
    use tokio::sync::mpsc;

    /// Counts the bytes of a file, noting every mebibyte.
    struct Counting;

    #[async_trait]
    impl Orders for Counting {
        async fn carry_out(&self, order: Order, mut file: ImportBytes, progress: mpsc::Sender<serde_json::Value>) -> Reply {
            let Order::Import { site, .. } = order else { return Err(Refusal::usage("only imports here")) };
            let counted = tokio::task::spawn_blocking(move || {
                let (mut total, mut buffer) = (0_usize, vec![0; 1 << 20]);
                loop {
                    match io::Read::read(&mut file, &mut buffer) {
                        Ok(0) => return Ok(total),
                        Ok(n) => total += n,
                        Err(error) => return Err(error.to_string()),
                    }
                    let _ = progress.blocking_send(json!(total));
                }
            });
            counted.await.expect("not cancelled").map(|bytes| json!({"site": site, "bytes": bytes})).map_err(Refusal::failed)
        }
    }

    fn import() -> Order {
        Order::Import { site: "a.test".into(), format: None }
    }

    #[tokio::test]
    async fn a_file_goes_through_whole_and_notes_come_back() {
        let file = vec![7; 3_000_001];
        let mut notes = 0;
        let reply = Asker::inside(Arc::new(Counting)).ask_with(import(), &file[..], |_| notes += 1).await;
        assert_eq!(reply.expect("an answer"), Ok(json!({"site": "a.test", "bytes": 3_000_001})));
        assert!(notes > 1);
    }

    #[tokio::test]
    async fn a_refusal_says_why() {
        let reply = Asker::inside(Arc::new(Counting)).ask(Order::SiteList).await.expect("an answer");
        assert_eq!(reply, Err(Refusal::usage("only imports here")));
    }

    #[tokio::test]
    async fn an_owner_that_dies_is_noticed() {
        let (ours, theirs) = tokio::io::duplex(64);
        drop(theirs);
        assert!(matches!(Asker::over(ours).ask(Order::SiteList).await, Err(AskError::Stream(_) | AskError::Gone)));
    }

    #[tokio::test]
    async fn a_command_that_dies_in_its_file_leaves_no_half_line() {
        let (mut ours, theirs) = tokio::io::duplex(1 << 20);
        let owner = tokio::spawn(converse(theirs, Arc::new(Counting)));
        wire::write_json(&mut ours, Kind::Order, &Envelope { version: VERSION, order: import() }).await.expect("written");
        wire::write(&mut ours, Kind::Data, b"half a li").await.expect("written");
        tokio::io::AsyncWriteExt::shutdown(&mut ours).await.expect("closed");
        let mut answer = None;
        while let Ok(Some((kind, payload))) = wire::read(&mut ours).await {
            if kind == Kind::Answer {
                answer = Some(wire::json::<Answer>(&payload).expect("an answer"));
            }
        }
        let Some(Answer::Failed(refusal)) = answer else { panic!("the import must fail: {answer:?}") };
        assert!(refusal.message.contains("went away"), "{refusal:?}");
        owner.await.expect("joined").expect("no error");
    }

    #[tokio::test]
    async fn another_version_is_told_so() {
        let (mut ours, theirs) = tokio::io::duplex(1 << 20);
        tokio::spawn(converse(theirs, Arc::new(Counting)));
        wire::write(&mut ours, Kind::Order, br#"{"version": 99, "order": "dance"}"#).await.expect("written");
        let (_, payload) = wire::read(&mut ours).await.expect("read").expect("a frame");
        let Answer::Failed(refusal) = wire::json(&payload).expect("an answer") else { panic!("refused") };
        assert!(refusal.message.contains("another version"), "{refusal:?}");
    }
}
