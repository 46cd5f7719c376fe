//! `footfall site`.

use super::site_rules::{self, ExcludeCommand, RetentionArguments};
use super::{Failure, ask_owner, table};
use crate::config::Config;
use crate::owner::protocol::Order;
use clap::{Args, Subcommand, ValueEnum};
use footfall_domain::Role;
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
    /// Let anybody see a site's numbers, or only people with a role
    #[command(after_help = "Example:\n  footfall site public example.com on")]
    Public {
        /// The site's domain
        domain: String,
        /// Whether anybody may see it
        public: Switch,
    },
    /// Give somebody who has an account a role at a site, or take it away
    #[command(after_help = "Example:\n  footfall site role example.com bob@example.com viewer")]
    Role {
        /// The site's domain
        domain: String,
        /// The address they sign in with
        email: String,
        /// What they may there
        role: RoleName,
    },
    /// Say which hits are not counted
    #[command(
        subcommand,
        after_help = "Example:\n  footfall site exclude add example.com path '/admin/*'\n  footfall site exclude list example.com"
    )]
    Exclude(ExcludeCommand),
    /// Say how long hits and numbers are kept
    #[command(after_help = "Example:\n  footfall site retention example.com 24\n  footfall site retention example.com off")]
    Retention(RetentionArguments),
}

/// A role, or none.
#[derive(Clone, Copy, ValueEnum)]
pub enum RoleName {
    /// See the numbers
    Viewer,
    /// Also name goals, segments and properties
    Editor,
    /// Also change settings, share, invite and remove people
    Admin,
    /// Also rename, hand over, empty and delete the site
    Owner,
    /// No role
    None,
}

impl RoleName {
    fn role(self) -> Option<Role> {
        match self {
            RoleName::Viewer => Some(Role::Viewer),
            RoleName::Editor => Some(Role::Editor),
            RoleName::Admin => Some(Role::Admin),
            RoleName::Owner => Some(Role::Owner),
            RoleName::None => None,
        }
    }
}

/// On or off.
#[derive(Clone, Copy, ValueEnum)]
pub enum Switch {
    /// Yes
    On,
    /// No
    Off,
}

impl Switch {
    /// Whether it is on.
    pub(super) fn is_on(self) -> bool {
        matches!(self, Switch::On)
    }
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
        SiteCommand::Exclude(command) => site_rules::exclude(config, command).await,
        SiteCommand::Retention(arguments) => site_rules::retention(config, arguments).await,
        SiteCommand::List => {
            let sites = ask_owner::ask(config, Order::SiteList).await?;
            table::print(&table::of(&["DOMAIN", "TIMEZONE", "PUBLIC", "ADDED"], &sites, |site| {
                let zone = match &site["next_timezone"] {
                    Value::Null => text(site, "timezone").to_owned(),
                    next => format!("{} ({} from {})", text(site, "timezone"), text(next, "timezone"), text(next, "from")),
                };
                let public = if site["public"] == true { "yes" } else { "no" };
                vec![text(site, "domain").to_owned(), zone, public.to_owned(), text(site, "created").to_owned()]
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
        SiteCommand::Role { domain, email, role } => {
            let role = role.role().map(Role::name);
            let order = Order::SiteRole { domain, email: email.clone(), role: role.map(str::to_owned) };
            let site = ask_owner::ask(config, order).await?;
            let now = role.map_or_else(|| "has no role".to_owned(), |role| format!("is {role}"));
            table::print(&format!("{email} {now} at {} now.\n", text(&site, "domain")))
        }
        SiteCommand::Public { domain, public } => {
            let public = public.is_on();
            let site = ask_owner::ask(config, Order::SitePublic { domain, public }).await?;
            let now = if public { "Anybody can see" } else { "Only people with a role can see" };
            table::print(&format!("{now} {} now.\n", text(&site, "domain")))
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
