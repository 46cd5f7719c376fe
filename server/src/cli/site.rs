//! `footfall site`.

use super::{Failure, ask_owner, table};
use crate::config::Config;
use crate::owner::protocol::Order;
use clap::{Args, Subcommand};
use serde_json::Value;
use std::io::{BufRead, IsTerminal, Write};

/// `footfall site …`
#[derive(Subcommand)]
pub enum SiteCommand {
    /// Add a site
    #[command(after_help = "Example:\n  footfall site add example.com --timezone Europe/Berlin")]
    Add(AddArguments),
    /// List all sites
    #[command(after_help = "Example:\n  footfall site list")]
    List,
    /// Remove a site with all its hits and numbers, for good
    #[command(after_help = "Example:\n  footfall site remove example.com --yes")]
    Remove(RemoveArguments),
    /// Erase a site's hits and numbers, and keep counting
    #[command(after_help = "Example:\n  footfall site reset example.com --yes")]
    Reset(ResetArguments),
}

/// `footfall site add`
#[derive(Args)]
pub struct AddArguments {
    /// The site's domain, such as example.com
    domain: String,
    /// Its time zone (IANA name): where its days begin
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    timezone: String,
}

/// `footfall site remove`
#[derive(Args)]
pub struct RemoveArguments {
    /// The site's domain
    domain: String,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

/// `footfall site reset`
#[derive(Args)]
pub struct ResetArguments {
    /// The site's domain
    domain: String,
    /// Begin anew in another time zone
    #[arg(long, value_name = "ZONE")]
    timezone: Option<String>,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

pub(super) async fn run(config: Config, command: SiteCommand) -> Result<(), Failure> {
    match command {
        SiteCommand::Add(AddArguments { domain, timezone }) => {
            let site = ask_owner::ask(config, Order::SiteAdd { domain, timezone }).await?;
            table::print(&format!("Added {}, time zone {}.\n", text(&site, "domain"), text(&site, "timezone")))
        }
        SiteCommand::List => {
            let sites = ask_owner::ask(config, Order::SiteList).await?;
            table::print(&table::of(&["DOMAIN", "TIMEZONE", "ADDED"], &sites, |site| {
                let zone = match &site["next_timezone"] {
                    Value::Null => text(site, "timezone").to_owned(),
                    next => format!("{} ({} from {})", text(site, "timezone"), text(next, "timezone"), text(next, "from")),
                };
                vec![text(site, "domain").to_owned(), zone, text(site, "created").to_owned()]
            }))
        }
        SiteCommand::Remove(RemoveArguments { domain, yes }) => {
            confirm(yes, &format!("Remove {domain} with all its hits and numbers?"))?;
            ask_owner::ask(config, Order::SiteRemove { domain: domain.clone() }).await?;
            table::print(&format!("Removed {domain}.\n"))
        }
        SiteCommand::Reset(ResetArguments { domain, timezone, yes }) => {
            confirm(yes, &format!("Erase all hits and numbers of {domain}?"))?;
            let site = ask_owner::ask(config, Order::SiteReset { domain, timezone }).await?;
            table::print(&format!("Reset {}, time zone {}.\n", text(&site, "domain"), text(&site, "timezone")))
        }
    }
}

fn text<'a>(json: &'a Value, key: &str) -> &'a str {
    json[key].as_str().unwrap_or("")
}

/// Asks a person. A program, which nobody can ask, has to say that it means it.
pub(super) fn confirm(yes: bool, question: &str) -> Result<(), Failure> {
    if yes {
        return Ok(());
    }
    if !std::io::stdin().is_terminal() {
        return Err(Failure::Usage(format!("{question} There is no terminal to ask; say --yes to do it. Nothing was changed")));
    }
    eprint!("{question} [y/N] ");
    let _ = std::io::stderr().flush();
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer).map_err(|error| Failure::Failed(error.into()))?;
    if ["y", "yes"].contains(&answer.trim().to_lowercase().as_str()) {
        Ok(())
    } else {
        Err(Failure::Failed(anyhow::anyhow!("nothing was changed")))
    }
}
