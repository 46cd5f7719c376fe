//! `footfall segment`: filters under a name, for everybody who reads a site.

use super::{Failure, ask_owner, table};
use crate::config::Config;
use crate::owner::protocol::Order;
use clap::Subcommand;
use serde_json::Value;

/// `footfall segment …`
#[derive(Subcommand)]
pub enum SegmentCommand {
    /// Keep filters under a name
    #[command(
        after_help = "Example:\n  footfall segment add --site example.com 'Readers on phones' '[[\"is\", \"visit:device\", [\"Mobile\"]]]'"
    )]
    Add {
        /// The site
        #[arg(long, value_name = "DOMAIN")]
        site: String,
        /// What it is called
        name: String,
        /// Filters as in a query (Plausible's Stats API v2), as JSON
        #[arg(value_parser = json)]
        filters: Value,
    },
    /// List the segments of a site, without those that are somebody's own
    #[command(after_help = "Example:\n  footfall segment list --site example.com")]
    List {
        /// The site
        #[arg(long, value_name = "DOMAIN")]
        site: String,
    },
    /// Remove a segment of a site
    #[command(after_help = "Example:\n  footfall segment remove --site example.com 4")]
    Remove {
        /// The site
        #[arg(long, value_name = "DOMAIN")]
        site: String,
        /// Its number in `footfall segment list`
        id: u64,
    },
}

fn json(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| format!("no JSON: {error}"))
}

pub(super) async fn run(config: Config, command: SegmentCommand) -> Result<(), Failure> {
    match command {
        SegmentCommand::Add { site, name, filters } => {
            let added = ask_owner::ask(config, Order::SegmentAdd { site, name, filters }).await?;
            table::print(&format!("Added segment {}, {}.\n", added["id"], added["name"].as_str().unwrap_or("")))
        }
        SegmentCommand::List { site } => {
            let segments = ask_owner::ask(config, Order::SegmentList { site }).await?;
            table::print(&table::of(&["NUMBER", "NAME", "FILTERS"], &segments, |segment| {
                vec![segment["id"].to_string(), segment["name"].as_str().unwrap_or("").to_owned(), segment["filters"].to_string()]
            }))
        }
        SegmentCommand::Remove { site, id } => {
            ask_owner::ask(config, Order::SegmentRemove { site, id }).await?;
            table::print(&format!("Removed segment {id}.\n"))
        }
    }
}
