//! Finds whom to ask: the owner of the data folder, or this process once it has become the owner.

use super::Failure;
use crate::actions::HouseOrders;
use crate::config::Config;
use crate::house::{House, Outside};
use crate::owner::protocol::Order;
use crate::owner::{Asker, Door, Folder, Taken, connect};
use anyhow::Context;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How long to wait for an owner that is starting or ending: it has the folder and does not answer yet, or no more.
const PATIENCE: Duration = Duration::from_secs(15);
const PAUSE: Duration = Duration::from_millis(50);

/// Whom to ask.
pub(super) enum Owner {
    /// Another process.
    Other(Asker),
    /// This one; [`Owned::close`] it afterwards.
    Us(Box<Owned>),
}

/// A folder this process owns for the time of one command.
pub(super) struct Owned {
    pub house: Arc<House>,
    stop: watch::Sender<bool>,
    door: JoinHandle<()>,
}

/// Gives an order to the owner of the data folder and prints nothing.
pub(super) async fn ask(config: Config, order: Order) -> Result<serde_json::Value, Failure> {
    ask_with(config, order, tokio::io::empty(), |_| ()).await
}

/// The same with a file; see [`Asker::ask_with`].
pub(super) async fn ask_with<F: tokio::io::AsyncRead + Unpin>(
    config: Config,
    order: Order,
    file: F,
    noted: impl FnMut(serde_json::Value),
) -> Result<serde_json::Value, Failure> {
    let reply = match find(config, doing(&order)).await? {
        Owner::Other(asker) => asker.ask_with(order, file, noted).await,
        Owner::Us(owned) => {
            let reply = Asker::inside(Arc::new(HouseOrders(owned.house.clone()))).ask_with(order, file, noted).await;
            owned.close().await;
            reply
        }
    };
    Ok(reply.map_err(anyhow::Error::from)??)
}

/// What others are told who want the folder meanwhile.
fn doing(order: &Order) -> &'static str {
    match order {
        Order::Import { .. } => "footfall import",
        Order::Query { .. } => "footfall query",
        _ => "a footfall command",
    }
}

/// Connects to the owner, or becomes it.
async fn find(config: Config, doing: &str) -> Result<Owner, Failure> {
    let data = config.data.clone();
    let started = tokio::time::Instant::now();
    loop {
        let connected = connect(&data).await.with_context(|| format!("cannot talk to the process that owns {}", data.display()))?;
        if let Some(stream) = connected {
            return Ok(Owner::Other(Asker::over(stream)));
        }
        match Folder::take(&data, doing).map_err(anyhow::Error::from)? {
            Taken::Ours(folder) => return Ok(Owner::Us(Box::new(Owned::open(config, folder).await?))),
            Taken::ByAnother(_) if started.elapsed() < PATIENCE => tokio::time::sleep(PAUSE).await,
            Taken::ByAnother(who) => {
                let words = format!(
                    "{who} owns the data folder {} and does not answer; wait until it has started or ended, and try again",
                    data.display()
                );
                return Err(Failure::Failed(anyhow::Error::msg(words)));
            }
        }
    }
}

impl Owned {
    /// Opens the house, and the door for other commands meanwhile.
    pub(super) async fn open(config: Config, folder: Folder) -> Result<Self, Failure> {
        let door = Door::open(&folder).context("cannot open the command socket in the data folder")?;
        let house = House::open(config, folder, Outside::default()).await?;
        let (stop, stopping) = watch::channel(false);
        let door = tokio::spawn(door.serve(Arc::new(HouseOrders(house.clone())), stopping));
        Ok(Self { house, stop, door })
    }

    /// Answers no more commands, waits for those under way (for `patience` at most), and closes the house.
    pub(super) async fn close_within(self, patience: Duration) {
        self.stop.send_replace(true);
        let abort = self.door.abort_handle();
        if tokio::time::timeout(patience, self.door).await.is_err() {
            tracing::warn!("a command was still being carried out; it has to be given again");
            abort.abort();
        }
        self.house.close().await;
    }

    /// Closes when all commands have been carried out.
    pub(super) async fn close(self) {
        self.close_within(Duration::MAX).await;
    }
}
