//! `footfall key`.

use super::{Failure, ask_owner, table};
use crate::config::Config;
use crate::owner::protocol::Order;
use clap::{Args, Subcommand, ValueEnum};
use serde_json::Value;

/// `footfall key …`
#[derive(Subcommand)]
pub enum KeyCommand {
    /// Make a key, and print it alone on standard output, this once
    #[command(
        after_help = "Example:\n  footfall key add --site example.com --scope stats\n  KEY=$(footfall key add --scope events --name backend)"
    )]
    Add(AddArguments),
    /// List all keys (without their text: only a hash of it is kept)
    #[command(after_help = "Example:\n  footfall key list")]
    List,
    /// Remove a key; it stops working at once
    #[command(after_help = "Example:\n  footfall key remove 3")]
    Remove {
        /// Its number in `footfall key list`
        id: u64,
    },
}

/// `footfall key add`
#[derive(Args)]
pub struct AddArguments {
    /// The one site it is for [default: all sites]
    #[arg(long, value_name = "DOMAIN")]
    site: Option<String>,
    /// What it may do
    #[arg(long, value_enum)]
    scope: Scope,
    /// What it is for, in your words
    #[arg(long, default_value = "")]
    name: String,
}

/// What a key may do.
#[derive(Clone, Copy, ValueEnum)]
enum Scope {
    /// Ask for reports
    Stats,
    /// Send hits and state their visitors' addresses
    Events,
    /// Make, change and remove sites, and what is named and shared at them
    Sites,
    /// Everything
    Admin,
}

pub(super) async fn run(config: Config, command: KeyCommand) -> Result<(), Failure> {
    match command {
        KeyCommand::Add(AddArguments { site, scope, name }) => {
            let scope = scope.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
            let added = ask_owner::ask(config, Order::KeyAdd { site, scope, name }).await?;
            eprintln!("Key {} is shown this once; only its hash is kept.", added["id"]);
            table::print(&format!("{}\n", added["key"].as_str().unwrap_or("")))
        }
        KeyCommand::List => {
            let keys = ask_owner::ask(config, Order::KeyList).await?;
            table::print(&table::of(&["NUMBER", "SCOPE", "SITE", "NAME", "OWNER", "ADDED"], &keys, |key| {
                let text = |name: &str| key[name].as_str().unwrap_or("").to_owned();
                let site = if key["all_sites"] == Value::Bool(true) { "(all)".to_owned() } else { text("site") };
                vec![key["id"].to_string(), text("scope"), site, text("name"), text("owner"), text("created")]
            }))
        }
        KeyCommand::Remove { id } => {
            ask_owner::ask(config, Order::KeyRemove { id }).await?;
            table::print(&format!("Removed key {id}.\n"))
        }
    }
}
