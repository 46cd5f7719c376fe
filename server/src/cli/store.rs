//! `footfall store`: making a table, and moving everything from one store to another.

use super::{Failure, copy, table};
use crate::config::{Config, StoreUrl, secret_key};
use anyhow::Context;
use clap::Subcommand;
use footfall_domain::SystemEntropy;
use footfall_store::dynamo::Created;
use footfall_store::{DynamoOptions, DynamoStore, OpenOptions, SecretKey};

/// `footfall store …`
#[derive(Subcommand)]
pub enum StoreCommand {
    /// Make the table of a store in DynamoDB, paid by the request; one that is there already is checked
    #[command(
        after_help = "Examples:\n  footfall store create --store 'dynamodb://footfall?region=eu-central-1'\n  FOOTFALL_BACKENDS_STORE='dynamodb://footfall' footfall store create\n\nThe key that seals the daily secrets is FOOTFALL_SECRET_KEY, or the file [backends] secret_key_file names. Where\nneither is given, one is made in the data folder; every other instance on the table needs the same key."
    )]
    Create {
        /// The store [default: the one of the settings]
        #[arg(long, value_name = "URL")]
        store: Option<String>,
    },
    /// Copy everything of one store into another that is empty: sites, people, keys, secrets, settings and all numbers
    #[command(
        after_help = "Examples:\n  footfall store copy sqlite:DATA/footfall.db 'dynamodb://footfall?region=eu-central-1'\n  footfall store copy 'dynamodb://footfall' sqlite:/var/backups/footfall.db\n\nNobody may use either store meanwhile: stop the server first. What was copied is read again and compared. A copy that\nwas interrupted goes on when the command is given again. The event log is not touched: it stays in its data folder\nand goes with either store."
    )]
    Copy {
        /// The store to read, as in [backends] store
        from: String,
        /// The store to fill
        to: String,
    },
}

pub(super) async fn run(config: Config, command: StoreCommand) -> Result<(), Failure> {
    match command {
        StoreCommand::Create { store } => create(&config, store.as_deref()).await,
        StoreCommand::Copy { from, to } => copy::run(&config, &from, &to).await,
    }
}

async fn create(config: &Config, url: Option<&str>) -> Result<(), Failure> {
    let (setting, url) = url.map_or(("backends.store", config.backends.store.as_str()), |url| ("--store", url));
    let StoreUrl::Dynamo(url) = StoreUrl::read(setting, url, &config.data)? else {
        let words = format!(
            "{setting} = \"{url}\" is a file, which is made when it is first used; name a table: --store dynamodb://TABLE?region=REGION"
        );
        return Err(Failure::Usage(words));
    };
    let options = OpenOptions { key: Some(key(config)?), reads: None };
    let options = DynamoOptions::of_url(&url, &options).map_err(anyhow::Error::from)?;
    let created = DynamoStore::create_table(&options).await.map_err(secret_key::explain).with_context(|| format!("cannot make {url}"))?;
    table::print(&match created {
        Created::Made => format!("Made the table {}.\n", options.table),
        Created::Existed => format!("The table {} was there already; it is Footfall's, and the key fits.\n", options.table),
    })
}

pub(super) fn key(config: &Config) -> anyhow::Result<SecretKey> {
    secret_key::of(config, &SystemEntropy, |words| eprintln!("footfall: {words}"))
}
