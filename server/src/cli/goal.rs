//! `footfall goal`.

use super::{Failure, ask_owner, table};
use crate::config::Config;
use crate::owner::protocol::Order;
use clap::{Args, Subcommand};
use serde_json::{Map, Value, json};

/// `footfall goal …`
#[derive(Subcommand)]
pub enum GoalCommand {
    /// Make a goal: a custom event, or a page; it counts what was before it too
    #[command(
        after_help = "Example:\n  footfall goal add --site example.com --event Signup --prop plan=pro\n  footfall goal add --site example.com --page '/blog/*' --scroll 75 --name 'Read to the end'"
    )]
    Add(AddArguments),
    /// List the goals of a site
    #[command(after_help = "Example:\n  footfall goal list --site example.com")]
    List {
        /// The site
        #[arg(long, value_name = "DOMAIN")]
        site: String,
    },
    /// Remove a goal; the hits it counted stay
    #[command(after_help = "Example:\n  footfall goal remove --site example.com 3")]
    Remove {
        /// The site
        #[arg(long, value_name = "DOMAIN")]
        site: String,
        /// Its number in `footfall goal list`
        id: u64,
    },
}

/// `footfall goal add`
#[derive(Args)]
pub struct AddArguments {
    /// The site
    #[arg(long, value_name = "DOMAIN")]
    site: String,
    /// The custom event that is counted
    #[arg(long, value_name = "NAME", required_unless_present = "page", conflicts_with = "page")]
    event: Option<String>,
    /// A property the event must have, up to three times
    #[arg(long = "prop", value_name = "NAME=VALUE", value_parser = pair, requires = "event")]
    props: Vec<(String, String)>,
    /// The page that is counted; `*` stands for any characters
    #[arg(long, value_name = "PATTERN")]
    page: Option<String>,
    /// How far down the page it must have been read, percent
    #[arg(long, value_name = "PERCENT", requires = "page")]
    scroll: Option<u8>,
    /// What it is called [default: what it counts]
    #[arg(long)]
    name: Option<String>,
    /// The currency of its revenue, such as EUR; only with it do pages show revenue [default: that of the amounts, for queries]
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
}

impl AddArguments {
    /// The goal as the owner reads it; what was not said is not in it.
    fn goal(&self) -> Result<Value, Failure> {
        let mut props = Map::new();
        for (name, value) in &self.props {
            if props.insert(name.clone(), json!(value)).is_some() {
                return Err(Failure::Usage(format!("the property '{name}' is named twice; an event has one value of it")));
            }
        }
        let said = [
            ("event", self.event.as_ref().map(|event| json!(event))),
            ("props", (!props.is_empty()).then_some(Value::Object(props))),
            ("page", self.page.as_ref().map(|page| json!(page))),
            ("scroll", self.scroll.map(|percent| json!(percent))),
            ("name", self.name.as_ref().map(|name| json!(name))),
            ("currency", self.currency.as_ref().map(|code| json!(code.to_uppercase()))),
        ];
        Ok(said.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect::<Map<_, _>>().into())
    }
}

fn pair(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').filter(|(name, value)| !name.is_empty() && !value.is_empty());
    pair.map(|(name, value)| (name.to_owned(), value.to_owned())).ok_or_else(|| "write a property as NAME=VALUE".to_owned())
}

pub(super) async fn run(config: Config, command: GoalCommand) -> Result<(), Failure> {
    match command {
        GoalCommand::Add(arguments) => {
            let added = ask_owner::ask(config, Order::GoalAdd { goal: arguments.goal()?, site: arguments.site }).await?;
            table::print(&format!("Added goal {}, {}.\n", added["id"], added["name"].as_str().unwrap_or("")))
        }
        GoalCommand::List { site } => {
            let goals = ask_owner::ask(config, Order::GoalList { site }).await?;
            table::print(&table::of(&["NUMBER", "NAME", "COUNTS", "CURRENCY"], &goals, |goal| {
                let text = |name: &str| goal[name].as_str().unwrap_or("").to_owned();
                vec![goal["id"].to_string(), text("name"), counted(goal), text("currency")]
            }))
        }
        GoalCommand::Remove { site, id } => {
            ask_owner::ask(config, Order::GoalRemove { site, id }).await?;
            table::print(&format!("Removed goal {id}.\n"))
        }
    }
}

/// What a goal counts, in the words of `footfall goal add`.
fn counted(goal: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
    if let Some(event) = goal["event"].as_str() {
        let props = goal["props"].as_object().into_iter().flatten().map(|(name, value)| format!(" {name}={}", text(value)));
        return format!("event {event}{}", props.collect::<String>());
    }
    let scroll = goal["scroll"].as_u64().map(|percent| format!(", {percent} % of it")).unwrap_or_default();
    format!("page {}{scroll}", text(&goal["page"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_counted_is_said_in_the_words_of_the_command() {
        assert_eq!(counted(&json!({"event": "Buy", "props": {"plan": "pro"}})), "event Buy plan=pro");
        assert_eq!(counted(&json!({"page": "/blog/*", "scroll": 75})), "page /blog/*, 75 % of it");
        assert_eq!(counted(&json!({"page": "/", "scroll": null})), "page /");
    }

    #[test]
    fn a_property_has_a_name_and_a_value() {
        assert_eq!(pair("plan=a=b"), Ok(("plan".to_owned(), "a=b".to_owned())));
        for wrong in ["plan", "=pro", "plan="] {
            assert!(pair(wrong).is_err(), "{wrong}");
        }
    }
}
