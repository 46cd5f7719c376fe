//! `footfall query`.

use super::{Failure, ask_owner, table};
use crate::config::Config;
use crate::owner::protocol::Order;
use anyhow::Context;
use clap::Args;
use std::io::Read;
use std::path::PathBuf;

/// `footfall query`
#[derive(Args)]
#[command(
    after_help = "Example:\n  echo '{\"site_id\": \"example.com\", \"metrics\": [\"visitors\"], \"date_range\": \"7d\"}' | footfall query -\n\nThe query is the body of POST /api/v2/query; see docs/query-api.md."
)]
pub struct QueryArguments {
    /// A file with the query as JSON; - reads standard input
    file: PathBuf,
}

/// Queries are short; whatever is longer is another file.
const MOST_BYTES: u64 = 1_000_000;

pub(super) async fn run(config: Config, arguments: QueryArguments) -> Result<(), Failure> {
    let text = read(&arguments)?;
    let query = serde_json::from_str(&text).map_err(|error| Failure::Usage(format!("the query is no JSON: {error}")))?;
    let report = ask_owner::ask(config, Order::Query { query }).await?;
    let pretty = serde_json::to_string_pretty(&report).context("the answer is no JSON")?;
    table::print(&format!("{pretty}\n"))
}

fn read(arguments: &QueryArguments) -> Result<String, Failure> {
    let mut text = String::new();
    if arguments.file.as_os_str() == "-" {
        std::io::stdin().lock().take(MOST_BYTES).read_to_string(&mut text).context("cannot read the query from standard input")?;
    } else {
        let shown = arguments.file.display();
        let file = std::fs::File::open(&arguments.file).with_context(|| format!("cannot open the query {shown}"))?;
        file.take(MOST_BYTES).read_to_string(&mut text).with_context(|| format!("cannot read the query {shown}"))?;
    }
    Ok(text)
}
