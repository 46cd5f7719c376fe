//! `footfall import`.

use super::{Failure, ask_owner};
use crate::config::Config;
use crate::import::display::Bar;
use crate::owner::protocol::Order;
use anyhow::Context;
use clap::Args;
use std::path::{Path, PathBuf};
use tokio::io::AsyncRead;

/// `footfall import`
#[derive(Args)]
#[command(
    after_help = "Example:\n  footfall import --site example.com /var/log/nginx/access.log*\n  zcat access.log.gz | footfall import --site example.com --format combined -\n\nThe same file twice adds nothing; a file that has grown adds what is new. See docs/import.md."
)]
pub struct ImportArguments {
    /// The site the lines are counted for
    #[arg(long, value_name = "DOMAIN")]
    site: String,
    /// hits, common, combined, common-vhost or combined-vhost [default: found out from the first lines]
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
    /// Files, gzip or not; - reads standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}
