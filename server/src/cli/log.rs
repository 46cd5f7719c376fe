//! `footfall log`.

use super::{Failure, ask_owner, table};
use crate::config::Config;
use crate::owner::protocol::Order;
use clap::Args;
use serde_json::Value;

/// `footfall log`
#[derive(Args)]
#[command(after_help = "Example:\n  footfall log\n  footfall log --site example.com --limit 20")]
pub struct LogArguments {
    /// What was changed at this site; without it: accounts, teams and administrators
    #[arg(long, value_name = "DOMAIN")]
    site: Option<String>,
    /// So many changes at most, the newest first
    #[arg(long, value_name = "NUMBER", default_value_t = 100)]
    limit: usize,
}

pub(super) async fn run(config: Config, LogArguments { site, limit }: LogArguments) -> Result<(), Failure> {
    let changes = ask_owner::ask(config, Order::Log { site, most: limit }).await?;
    let text = |value: &Value| value.as_str().unwrap_or("").to_owned();
    table::print(&table::of(&["WHEN", "WHO", "WHAT", "ABOUT"], &changes, |change| {
        vec![text(&change["at"]), text(&change["who"]), text(&change["deed"]), about(&change["about"])]
    }))
}

/// `role=viewer email=vera@example.com`.
fn about(details: &Value) -> String {
    let pair = |(name, value): (&String, &Value)| match value {
        Value::Null => None,
        Value::String(text) => Some(format!("{name}={}", text.escape_debug())),
        other => Some(format!("{name}={other}")),
    };
    details.as_object().map(|details| details.iter().filter_map(pair).collect::<Vec<_>>().join(" ")).unwrap_or_default()
}
