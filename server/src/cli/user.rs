//! `footfall user`.

use super::site::Switch;
use super::{Failure, ask_owner, table};
use crate::config::Config;
use crate::owner::protocol::Order;
use clap::{Args, Subcommand};
use std::io::{IsTerminal, Read};

/// `footfall user …`
#[derive(Subcommand)]
pub enum UserCommand {
    /// Add somebody who can sign in
    #[command(
        after_help = "Example:\n  footfall user add ada@example.com\n  footfall user add bob@example.com --member\n  pass footfall | footfall user add ada@example.com --password-stdin"
    )]
    Add(AddArguments),
    /// List everybody who can sign in
    #[command(after_help = "Example:\n  footfall user list")]
    List,
    /// Remove somebody, and end their sign-ins
    #[command(after_help = "Example:\n  footfall user remove ada@example.com")]
    Remove {
        /// The address to sign in with
        email: String,
    },
    /// Set somebody's password, and end their sign-ins
    #[command(after_help = "Example:\n  footfall user password ada@example.com")]
    Password(PasswordArguments),
    /// Let somebody do everything at every site, or only what sites and teams give them
    #[command(after_help = "Example:\n  footfall user administrator ada@example.com on")]
    Administrator {
        /// The address to sign in with
        email: String,
        /// Whether they administer the installation
        administrator: Switch,
    },
}

/// Who, what they may, and where the password comes from.
#[derive(Args)]
pub struct AddArguments {
    #[command(flatten)]
    who: PasswordArguments,
    /// No administrator: they see only sites that give them a role
    #[arg(long)]
    member: bool,
}

/// Who, and where the password comes from.
#[derive(Args)]
pub struct PasswordArguments {
    /// The address to sign in with
    email: String,
    /// Read the password from standard input instead of asking for it
    #[arg(long)]
    password_stdin: bool,
}

pub(super) async fn run(config: Config, command: UserCommand) -> Result<(), Failure> {
    match command {
        UserCommand::Add(AddArguments { who: PasswordArguments { email, password_stdin }, member }) => {
            let password = password(password_stdin)?;
            let user = ask_owner::ask(config, Order::UserAdd { email, password, administrator: !member }).await?;
            table::print(&format!("Added {}.\n", user["email"].as_str().unwrap_or("")))
        }
        UserCommand::List => {
            let users = ask_owner::ask(config, Order::UserList).await?;
            let text = |value: &serde_json::Value| value.as_str().unwrap_or("").to_owned();
            table::print(&table::of(&["EMAIL", "ROLE", "ADDED"], &users, |user| {
                let role = if user["administrator"] == true { "administrator" } else { "member" };
                vec![text(&user["email"]), role.to_owned(), text(&user["created"])]
            }))
        }
        UserCommand::Remove { email } => {
            ask_owner::ask(config.clone(), Order::UserRemove { email: email.clone() }).await?;
            table::print(&format!("Removed {email} with their roles and keys. Keys and shared links of sites go on working.\n"))?;
            say_who_is_missing(config).await
        }
        UserCommand::Administrator { email, administrator } => {
            let administrator = administrator.is_on();
            ask_owner::ask(config.clone(), Order::UserAdministrator { email: email.clone(), administrator }).await?;
            let now = if administrator { "is an administrator now" } else { "is no administrator any more" };
            table::print(&format!("{email} {now}.\n"))?;
            say_who_is_missing(config).await
        }
        UserCommand::Password(PasswordArguments { email, password_stdin }) => {
            let password = password(password_stdin)?;
            ask_owner::ask(config, Order::UserPassword { email: email.clone(), password }).await?;
            table::print(&format!("Set the password of {email}; all sign-ins of that account have ended.\n"))
        }
    }
}

/// A command may take the last administrator, and leave sites to nobody: whoever runs it can give it back, and is told.
async fn say_who_is_missing(config: Config) -> Result<(), Failure> {
    let users = ask_owner::ask(config, Order::UserList).await?;
    if users.as_array().is_some_and(|users| users.iter().any(|user| user["administrator"] == true)) {
        return Ok(());
    }
    table::print(
        "Nobody administers this installation any more: sites without an owner of their own are nobody's.\n\
         `footfall user administrator EMAIL on` makes somebody an administrator, `footfall user add EMAIL` adds one.\n",
    )
}

/// Far more than a password may have; see `accounts::password`.
const MOST_BYTES: u64 = 10_000;

/// Asks for a password, twice, or reads it from standard input (one line break at its end is not part of it).
fn password(from_stdin: bool) -> Result<String, Failure> {
    let failed = |error: std::io::Error| Failure::Failed(anyhow::Error::from(error).context("cannot read the password"));
    if from_stdin {
        let mut password = String::new();
        std::io::stdin().lock().take(MOST_BYTES).read_to_string(&mut password).map_err(failed)?;
        let bare = password.strip_suffix('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
        return Ok(bare.unwrap_or(&password).to_owned());
    }
    if !std::io::stdin().is_terminal() {
        return Err(Failure::Usage("there is no terminal to ask for a password; pass it on standard input with --password-stdin".into()));
    }
    let first = rpassword::prompt_password("Password: ").map_err(failed)?;
    let second = rpassword::prompt_password("The same again: ").map_err(failed)?;
    if first == second { Ok(first) } else { Err(Failure::Usage("the two passwords differ; try again".into())) }
}
