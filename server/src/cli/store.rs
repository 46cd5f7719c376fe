//! `footfall store`: making a table, and moving everything from one store to another.

use super::{Failure, copy, site, table};
use crate::config::{Config, StoreUrl, secret_key};
use crate::owner::{Folder, Taken};
use anyhow::Context;
use clap::Subcommand;
use footfall_domain::SystemEntropy;
use footfall_store::dynamo::{Created, KeyChange};
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
    /// Give a table whose key is lost the one of the settings; discards the daily secrets sealed with the lost one
    #[command(
        after_help = "Example:\n  export FOOTFALL_SECRET_KEY=$(openssl rand -hex 32)   # keep it\n  footfall store new-key --store 'dynamodb://footfall?region=eu-central-1' --yes\n\nNobody may use the table meanwhile: stop every instance first, and give all of them the new key afterwards. Only the\ndaily secrets are sealed; sites, people, keys and all numbers stay. Who has visited today is counted once more when\nthey come back. The key is found as for `footfall store create`."
    )]
    NewKey {
        /// The store [default: the one of the settings]
        #[arg(long, value_name = "URL")]
        store: Option<String>,
        /// Do not ask
        #[arg(long)]
        yes: bool,
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
        StoreCommand::NewKey { store, yes } => new_key(&config, store.as_deref(), yes).await,
        StoreCommand::Copy { from, to } => copy::run(&config, &from, &to).await,
    }
}

async fn create(config: &Config, url: Option<&str>) -> Result<(), Failure> {
    let url = table_url(config, url)?;
    let options = options(config, &url)?;
    let created = DynamoStore::create_table(&options).await.map_err(secret_key::explain).with_context(|| format!("cannot make {url}"))?;
    table::print(&match created {
        Created::Made => format!("Made the table {}.\n", options.table),
        Created::Existed => format!("The table {} was there already; it is Footfall's, and the key fits.\n", options.table),
    })
}

async fn new_key(config: &Config, url: Option<&str>, yes: bool) -> Result<(), Failure> {
    let url = table_url(config, url)?;
    site::confirm(yes, &format!("Give {url} another key, and discard the daily secrets sealed with the one it has?"))?;
    // A server of this data folder goes on with the old key as long as it runs. Of others nobody knows.
    let _folder = match Folder::take(&config.data, "footfall store new-key").map_err(anyhow::Error::from)? {
        Taken::Ours(folder) => folder,
        Taken::ByAnother(who) => {
            let words = format!("{who} owns the data folder {}; stop every instance that uses the table first", config.data.display());
            return Err(anyhow::Error::msg(words).into());
        }
    };
    let options = options(config, &url)?;
    let given = DynamoStore::new_key(&options).await.with_context(|| format!("cannot give {url} another key"))?;
    table::print(&told(&options.table, &given))
}

/// What came of it, and what is to be done.
fn told(table: &str, given: &KeyChange) -> String {
    let discarded = match given.discarded.as_slice() {
        [] if !given.changed => return format!("The table {table} has this key already; nothing was changed.\n"),
        [] => "No secret was sealed with the one before.".to_owned(),
        dates => {
            let dates: Vec<String> = dates.iter().map(ToString::to_string).collect();
            format!("Discarded the secrets it does not open, of {}: visitors of these dates are counted anew.", dates.join(", "))
        }
    };
    let which = if given.changed { "has the new key now" } else { "has this key already" };
    format!("The table {table} {which}. {discarded}\nGive every instance this key, and keep a copy of it.\n")
}

/// The table that is meant: one that was named, or the one of the settings.
fn table_url(config: &Config, url: Option<&str>) -> Result<String, Failure> {
    let (setting, url) = url.map_or(("backends.store", config.backends.store.as_str()), |url| ("--store", url));
    match StoreUrl::read(setting, url, &config.data)? {
        StoreUrl::Dynamo(url) => Ok(url),
        StoreUrl::Sqlite(_) => {
            let words = format!(
                "{setting} = \"{url}\" is a file, which is made when it is first used and has no key; name a table: --store dynamodb://TABLE?region=REGION"
            );
            Err(Failure::Usage(words))
        }
    }
}

fn options(config: &Config, url: &str) -> anyhow::Result<DynamoOptions> {
    Ok(DynamoOptions::of_url(url, &OpenOptions { key: Some(key(config)?), reads: None })?)
}

pub(super) fn key(config: &Config) -> anyhow::Result<SecretKey> {
    secret_key::of(config, &SystemEntropy, |words| eprintln!("footfall: {words}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use footfall_domain::LocalDate;

    #[test]
    fn what_became_of_a_key_is_said() {
        let told = |changed, dates: &[i32]| told("t", &KeyChange { changed, discarded: dates.iter().copied().map(LocalDate).collect() });
        assert_eq!(told(false, &[]), "The table t has this key already; nothing was changed.\n");
        assert!(told(true, &[]).starts_with("The table t has the new key now. No secret was sealed"), "{}", told(true, &[]));
        let text = told(true, &[0, 1]);
        assert!(text.contains("of 1970-01-01, 1970-01-02: visitors") && text.contains("every instance"), "{text}");
        assert!(told(false, &[0]).starts_with("The table t has this key already. Discarded"), "{}", told(false, &[0]));
    }
}
