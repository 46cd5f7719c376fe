//! `footfall serve`.

use super::Failure;
use super::ask_owner::Owned;
use crate::actions::sites::shadowed;
use crate::config::Config;
use crate::http::{App, Assets, Listener, router};
use crate::owner::{Folder, Taken};
use crate::{limits, logs};
use anyhow::Context;
use clap::Args;
use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};

/// `footfall serve`
#[derive(Args)]
#[command(
    after_help = "Example:\n  footfall serve --listen 127.0.0.1:8000 --data ./data\n\nSIGTERM or Ctrl-C ends it in good order within 10 seconds."
)]
pub struct ServeArguments {
    /// Address and port to listen on [default: 127.0.0.1:8000; or FOOTFALL_LISTEN]; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub listen: Option<SocketAddr>,
    /// Show the settings as a TOML file, and do nothing else
    #[arg(long)]
    pub print_config: bool,
}

/// After SIGTERM: how long a load balancer has to notice that the server is not ready, how long requests under way may
/// take, and commands. Together with the flush they stay below ten seconds.
const NOTICE: Duration = Duration::from_millis(300);
const FINISH_REQUESTS: Duration = Duration::from_secs(5);
const FINISH_COMMANDS: Duration = Duration::from_secs(2);
const FLUSH: Duration = Duration::from_secs(2);

/// What others are told who want the folder.
const SERVE: &str = "footfall serve";

pub(super) async fn serve(config: Config) -> Result<(), Failure> {
    logs::start(&config.log).map_err(|error| Failure::Usage(error.to_string()))?;
    limits::raise_open_files();
    let mut signals = Signals::new()?;
    let folder = match Folder::take(&config.data, SERVE).map_err(anyhow::Error::from)? {
        Taken::Ours(folder) => folder,
        Taken::ByAnother(who) => {
            let data = config.data.display();
            let words = match who.doing.as_deref() {
                None | Some(SERVE) => {
                    format!("{who} owns the data folder {data} already; stop it first, or name another folder with --data")
                }
                Some(_) => format!(
                    "{who} owns the data folder {data} until it is done; wait for it, or stop it (an import goes on when it is given again)"
                ),
            };
            return Err(anyhow::Error::msg(words).into());
        }
    };
    let listener = Listener::bind(config.server.listen).await;
    let listener = listener
        .with_context(|| format!("cannot listen on {}; is another server there? --listen names another address", config.server.listen))?;
    let address = listener.address().context("the system does not say where it listens")?;
    let owned = Owned::open(config, folder).await?;
    let app = App::new(owned.house.clone(), Assets::new(&owned.house.config.ingest), address);
    greet(&app, address).await?;
    let waiting = tokio::spawn({
        let app = app.clone();
        async move { app.readiness.await_fold(&app.house).await }
    });
    let stop = {
        let app = app.clone();
        async move {
            signals.wait().await;
            tracing::info!("draining: no longer ready, finishing what is under way");
            app.readiness.drain();
            tokio::time::sleep(NOTICE).await;
        }
    };
    listener.serve(router(app), stop, FINISH_REQUESTS).await;
    waiting.abort();
    close(owned).await;
    tracing::info!("stopped");
    Ok(())
}

async fn close(owned: Owned) {
    if tokio::time::timeout(FINISH_COMMANDS + FLUSH, owned.close_within(FINISH_COMMANDS)).await.is_err() {
        tracing::warn!("the flush took too long; what was answered is in the log, the rest is folded again at the next start");
    }
}

/// Says where the server is, and how to sign in for the first time.
async fn greet(app: &Arc<App>, address: SocketAddr) -> Result<(), Failure> {
    tracing::info!(listen.address = %address, data = %app.house.config.data.display(), "listening");
    if let Some(words) = app.assets.fault() {
        tracing::warn!("{words}");
    }
    for site in app.house.registry.sites().await.context("the store cannot be read")? {
        if let Some(words) = shadowed(&app.house.config.ingest, &site.domain) {
            tracing::warn!("{words}; the site's pages cannot be reached there");
        }
    }
    let mut text = format!("Footfall {} listens on http://{address}\n", env!("CARGO_PKG_VERSION"));
    if app.house.registry.users().await.context("the store cannot be read")?.is_empty() {
        text += &format!("Create your account: {}{}?token={}\n", app.base_url, footfall_app::routes::SETUP, app.house.setup.text());
    }
    // On standard output, not in the log: the link is a secret until it is used.
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    Ok(())
}

/// What ends a server.
pub(super) struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

impl Signals {
    pub(super) fn new() -> anyhow::Result<Self> {
        let listen = |kind| signal(kind).context("the system does not deliver signals");
        Ok(Self { terminate: listen(SignalKind::terminate())?, interrupt: listen(SignalKind::interrupt())? })
    }

    pub(super) async fn wait(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
