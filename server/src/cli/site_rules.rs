//! `footfall site exclude` and `footfall site retention`.

use super::site::confirm;
use super::{Failure, ask_owner, table};
use crate::config::Config;
use crate::owner::protocol::Order;
use clap::{Args, Subcommand, ValueEnum};
use footfall_domain::ExclusionKind;
use serde_json::Value;

/// `footfall site exclude …`
#[derive(Subcommand)]
pub enum ExcludeCommand {
    /// Leave hits out of a site's numbers, from today on
    #[command(
        after_help = "Example:\n  footfall site exclude add example.com path '/admin/*'\n  footfall site exclude add example.com address 192.0.2.0/24"
    )]
    Add {
        /// The site's domain
        domain: String,
        /// What the rule looks at
        kind: KindName,
        /// A page or hostname (a star stands for any characters), a country such as DE, an address or network
        text: String,
    },
    /// List what a site leaves out
    #[command(after_help = "Example:\n  footfall site exclude list example.com")]
    List {
        /// The site's domain
        domain: String,
    },
    /// Take a rule back: its hits count again, from today on
    #[command(after_help = "Example:\n  footfall site exclude remove example.com 3")]
    Remove {
        /// The site's domain
        domain: String,
        /// The rule's number, as `list` shows it
        number: u32,
    },
}

/// What a rule looks at.
#[derive(Clone, Copy, ValueEnum)]
pub enum KindName {
    /// Pages
    Path,
    /// A country
    Country,
    /// Hostnames
    Hostname,
    /// All hostnames but these
    OnlyHostname,
    /// An address or network, from now on
    Address,
}

/// `footfall site retention`
#[derive(Args)]
pub struct RetentionArguments {
    /// The site's domain
    domain: String,
    /// How many months hits and numbers are kept, or off: for ever
    months: String,
    /// Do not ask
    #[arg(long)]
    yes: bool,
}

impl KindName {
    fn kind(self) -> ExclusionKind {
        match self {
            KindName::Path => ExclusionKind::Path,
            KindName::Country => ExclusionKind::Country,
            KindName::Hostname => ExclusionKind::Hostname,
            KindName::OnlyHostname => ExclusionKind::OnlyHostname,
            KindName::Address => ExclusionKind::Address,
        }
    }
}

pub(super) async fn exclude(config: Config, command: ExcludeCommand) -> Result<(), Failure> {
    match command {
        ExcludeCommand::Add { domain, kind, text } => {
            let order = Order::SiteExclude { domain, kind: kind.kind().name().to_owned(), text };
            let rule = ask_owner::ask(config, order).await?;
            table::print(&format!("Rule {}: {}. Today's numbers are counted again; past days keep theirs.\n", rule["number"], said(&rule)))
        }
        ExcludeCommand::List { domain } => {
            let rules = ask_owner::ask(config, Order::SiteExclusions { domain }).await?;
            table::print(&table::of(&["NUMBER", "KIND", "LEFT OUT", "SINCE"], &rules, |rule| {
                let text = |name: &str| rule[name].as_str().unwrap_or("always").to_owned();
                vec![rule["number"].to_string(), text("kind"), text("text"), text("since")]
            }))
        }
        ExcludeCommand::Remove { domain, number } => {
            let rule = ask_owner::ask(config, Order::SiteInclude { domain, number }).await?;
            table::print(&format!("Took back rule {number}: {}. Today's numbers are counted again.\n", said(&rule)))
        }
    }
}

fn said(rule: &Value) -> String {
    let text = |name: &str| rule[name].as_str().unwrap_or("").to_owned();
    format!("{} {}", text("kind"), text("text"))
}

pub(super) async fn retention(config: Config, RetentionArguments { domain, months, yes }: RetentionArguments) -> Result<(), Failure> {
    let order = |sure| Order::SiteRetention { domain: domain.clone(), months: months.clone(), sure };
    let mut kept = ask_owner::ask(config.clone(), order(yes)).await?;
    if kept["done"] == false {
        let (days, from) = (&kept["days"], kept["from"].as_str().unwrap_or(""));
        confirm(false, &format!("Erase all hits and numbers of {domain} before {from}? Its numbers begin {days} days earlier."))?;
        kept = ask_owner::ask(config, order(true)).await?;
    }
    table::print(&match kept["months"].as_u64() {
        Some(months) => format!("{domain} keeps {months} months; what is older is erased, day after day.\n"),
        None => format!("{domain} keeps its hits for ever.\n"),
    })
}
