//! The words of the command line. Names are fixed: other programs call them.

use super::{dax, goal, import, key, log, query, segment, serve, site, store, user};
use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Self-hosted web analytics whose history can be replayed.
#[derive(Parser)]
#[command(
    name = "footfall",
    version,
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "Example:\n  footfall serve                          serve on http://127.0.0.1:8000, everything under ./data\n  footfall site add example.com           count a site\n\nEvery command works while the server runs and while it is stopped."
)]
pub struct Arguments {
    /// The folder that holds everything [default: ./data; or FOOTFALL_DATA]
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// A TOML file of settings [or FOOTFALL_CONFIG]; see docs/configuration.md
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Subcommand)]
pub enum Command {
    /// Serve: count hits and show pages
    Serve(serve::ServeArguments),
    /// Add, list, remove or reset sites
    #[command(subcommand, after_help = "Example:\n  footfall site add example.com --timezone Europe/Berlin\n  footfall site list")]
    Site(site::SiteCommand),
    /// Add, list or remove people who can sign in, or set their passwords
    #[command(subcommand, after_help = "Example:\n  footfall user add ada@example.com\n  footfall user list")]
    User(user::UserCommand),
    /// Add, list or remove API keys
    #[command(subcommand, after_help = "Example:\n  footfall key add --site example.com --scope stats\n  footfall key list")]
    Key(key::KeyCommand),
    /// List who changed what
    Log(log::LogArguments),
    /// Add, list or remove what visitors are hoped to do
    #[command(
        subcommand,
        after_help = "Example:\n  footfall goal add --site example.com --event Signup\n  footfall goal list --site example.com"
    )]
    Goal(goal::GoalCommand),
    /// Add, list or remove filters that have a name
    #[command(
        subcommand,
        after_help = "Example:\n  footfall segment add --site example.com 'Readers on phones' '[[\"is\", \"visit:device\", [\"Mobile\"]]]'\n  footfall segment list --site example.com"
    )]
    Segment(segment::SegmentCommand),
    /// Bring in access logs or hits
    Import(import::ImportArguments),
    /// Make a store in DynamoDB, give it another key, or move everything from one store to another
    #[command(
        subcommand,
        after_help = "Example:\n  footfall store create --store 'dynamodb://footfall?region=eu-central-1'\n  footfall store copy sqlite:DATA/footfall.db 'dynamodb://footfall?region=eu-central-1'"
    )]
    Store(store::StoreCommand),
    /// Cache a DynamoDB: the protocol of DAX and the JSON API on one port
    Dax(Box<dax::DaxArguments>),
    /// Answer a query (Plausible's Stats API v2) as JSON
    Query(query::QueryArguments),
}
