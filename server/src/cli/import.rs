//! `footfall import`.

use super::{Failure, ask_owner, table};
use crate::config::Config;
use crate::import::Summary;
use crate::import::display::{Bar, summary};
use crate::owner::AskError;
use crate::owner::protocol::Order;
use anyhow::Context;
use clap::Args;
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use tokio::io::AsyncRead;

/// `footfall import`
#[derive(Args)]
#[command(
    after_help = "Example:\n  footfall import --site example.com /var/log/nginx/access.log*\n  ssh web cat access.log | footfall import --site example.com --format combined -\n\nThe same file twice adds nothing, a file that has grown adds what is new, and an import that was interrupted goes\non. What is a page view and what is not: docs/import.md."
)]
pub struct ImportArguments {
    /// The site the lines are counted for
    #[arg(long, value_name = "DOMAIN")]
    site: String,
    /// hits, common, combined, common-vhost or combined-vhost [default: found out from the first lines]
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
    /// Files, plain or gzip; - reads standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

pub(super) async fn run(config: Config, arguments: ImportArguments) -> Result<(), Failure> {
    let mut all = Summary::default();
    let several = arguments.files.len() > 1;
    for file in &arguments.files {
        let name = file.display().to_string();
        let brought_in = bring_in(config.clone(), &arguments, file, &name).await?;
        if several {
            eprintln!("{name}: {} read, {} kept, {} known before", brought_in.read, brought_in.counted, brought_in.known);
        }
        all.add(&brought_in);
    }
    table::print(&summary(&all))
}

async fn bring_in(config: Config, arguments: &ImportArguments, file: &Path, name: &str) -> Result<Summary, Failure> {
    let (input, size) = open(file).await?;
    let bar = RefCell::new(Bar::new(name, size));
    let order = Order::Import { site: arguments.site.clone(), format: arguments.format.clone() };
    let noted = |note: serde_json::Value| {
        if let Ok(progress) = serde_json::from_value(note) {
            bar.borrow_mut().show(progress);
        }
    };
    let outcome = ask_owner::ask_with(config, order, input, noted).await;
    bar.borrow_mut().clear();
    let answer = outcome.map_err(|failure| say_that_it_goes_on(failure, name))?;
    Ok(serde_json::from_value(answer).context("the summary cannot be read")?)
}

/// A file, or standard input, and its size where that is known.
async fn open(file: &Path) -> Result<(Box<dyn AsyncRead + Unpin>, Option<u64>), Failure> {
    if file.as_os_str() == "-" {
        return Ok((Box::new(tokio::io::stdin()), None));
    }
    let opened = tokio::fs::File::open(file).await.with_context(|| format!("cannot open {}", file.display()))?;
    let size = opened.metadata().await.ok().filter(std::fs::Metadata::is_file).map(|metadata| metadata.len());
    if opened.metadata().await.is_ok_and(|metadata| metadata.is_dir()) {
        let words = format!("{} is a folder: name its files, such as {}", file.display(), file.join("access.log*").display());
        return Err(Failure::Usage(words));
    }
    Ok((Box::new(opened), size))
}

/// Where the server was stopped in the middle, the same command goes on.
fn say_that_it_goes_on(failure: Failure, name: &str) -> Failure {
    match failure {
        Failure::Usage(message) => Failure::Usage(format!("{name}: {message}")),
        Failure::Failed(error) if matches!(error.downcast_ref(), Some(AskError::Gone)) => {
            Failure::Failed(error.context(format!("{name}: not brought in to its end; the same command goes on from there")))
        }
        Failure::Failed(error) => Failure::Failed(error.context(name.to_owned())),
    }
}
