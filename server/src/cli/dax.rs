//! `footfall dax`: a cache in front of DynamoDB, of this program or of any other.

use super::serve::Signals;
use super::{Failure, quantity, table};
use crate::config::Config;
use crate::owner::{Folder, Taken};
use crate::{limits, logs};
use anyhow::{Context, anyhow};
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use clap::Args;
use footfall_dax::server::{self, AccessKey, Server, Tls};
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// `footfall dax`
#[derive(Args)]
#[command(
    after_help = "Examples:\n  footfall dax --listen 127.0.0.1:8111 --region eu-central-1\n  footfall dax --dynamodb http://127.0.0.1:8000 --region local --item-ttl 1m --item-memory 1GiB\n  footfall dax --listen 0.0.0.0:8111 --keys-file keys --tls-cert chain.pem --tls-key key.pem\n\nOne port speaks DAX (dax://), TLS (daxs://) and the JSON API of DynamoDB (http://). Requests to DynamoDB are signed\nwith the credentials an AWS SDK would find here: AWS_ACCESS_KEY_ID, a profile, or the role of the machine. Everybody\nwho is admitted reads and writes with them. SIGTERM or Ctrl-C ends it in good order within 10 seconds.",
    next_line_help = false
)]
pub struct DaxArguments {
    /// Address and port to listen on; port 0 takes a free one. Others than loopback need --keys-file
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8111")]
    listen: SocketAddr,
    /// DynamoDB, as http://HOST:PORT or https://HOST [default: Amazon's, in the region]
    #[arg(long, value_name = "URL")]
    dynamodb: Option<String>,
    /// The region requests are signed for [default: AWS_REGION, or the profile's]
    #[arg(long)]
    region: Option<String>,
    /// The address clients are told to connect to, where it is another than the one listened on
    #[arg(long, value_name = "ADDRESS:PORT")]
    advertise: Option<SocketAddr>,
    /// How long an item is kept, such as 5m; 0: until it is written or there is no room
    #[arg(long, value_name = "TIME", default_value = "5m", value_parser = quantity::duration)]
    item_ttl: Duration,
    /// How long a page of a query or scan is kept, such as 5m; 0: not at all
    #[arg(long, value_name = "TIME", default_value = "5m", value_parser = quantity::duration)]
    query_ttl: Duration,
    /// Memory for items
    #[arg(long, value_name = "SIZE", default_value = "256MiB", value_parser = quantity::bytes)]
    item_memory: usize,
    /// Memory for pages of queries and scans
    #[arg(long, value_name = "SIZE", default_value = "64MiB", value_parser = quantity::bytes)]
    query_memory: usize,
    /// Who is admitted: a file with an access key id and its secret on each line. Without it, everybody on this machine
    #[arg(long, value_name = "FILE")]
    keys_file: Option<PathBuf>,
    /// A certificate chain (PEM), for daxs:// and https://
    #[arg(long, value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// Its private key (PEM)
    #[arg(long, value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
}

/// The part of the data folder that the cache owns: a server may own the rest.
const FOLDER: &str = "dax";
const LISTS: &str = "attribute-lists";

pub(super) async fn run(config: Config, arguments: DaxArguments) -> Result<(), Failure> {
    logs::start(&config.log).map_err(|error| Failure::Usage(error.to_string()))?;
    limits::raise_open_files();
    let mut signals = Signals::new()?;
    let folder = match Folder::take(&config.data.join(FOLDER), "footfall dax").map_err(anyhow::Error::from)? {
        Taken::Ours(folder) => folder,
        Taken::ByAnother(who) => {
            let data = config.data.display();
            let words = format!("{who} keeps its lists of attributes under {data} already; stop it, or name another folder with --data");
            return Err(anyhow::Error::msg(words).into());
        }
    };
    let settings = settings(&arguments, folder.path()).await?;
    let listen = settings.listen;
    let server = Server::start(settings).await.map_err(|error| refused(error, listen))?;
    let address = server.local_addr();
    let scheme = if arguments.tls_cert.is_some() { "daxs" } else { "dax" };
    tracing::info!(listen.address = %address, "listening");
    table::print(&format!("Footfall {} caches DynamoDB on {scheme}://{address}\n", env!("CARGO_PKG_VERSION")))?;
    signals.wait().await;
    tracing::info!("draining: finishing what is under way");
    server.stop().await;
    tracing::info!("stopped");
    Ok(())
}

async fn settings(arguments: &DaxArguments, folder: &Path) -> Result<server::Config, Failure> {
    let (region, credentials) = aws(arguments).await?;
    let endpoint = match &arguments.dynamodb {
        Some(url) => checked_url(url)?,
        None => format!("https://dynamodb.{region}.amazonaws.com"),
    };
    let mut settings = server::Config::new(arguments.listen, endpoint, region, credentials);
    settings.advertise = arguments.advertise;
    settings.item_ttl = arguments.item_ttl;
    settings.query_ttl = arguments.query_ttl;
    settings.item_bytes = arguments.item_memory;
    settings.query_bytes = arguments.query_memory;
    settings.lists_file = Some(folder.join(LISTS));
    if let Some(file) = &arguments.keys_file {
        settings.keys = keys(file)?;
    }
    if let (Some(chain), Some(key)) = (&arguments.tls_cert, &arguments.tls_key) {
        settings.tls = Some(Tls::from_pem_files(chain, key).map_err(|words| anyhow!("--tls-cert, --tls-key: {words}"))?);
    }
    Ok(settings)
}

/// The region, and what requests are signed with. Asked for once, so that what is missing is said now and not at the first
/// request.
async fn aws(arguments: &DaxArguments) -> Result<(String, SharedCredentialsProvider), Failure> {
    let http = aws_smithy_http_client::Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https();
    let mut loader = aws_config::defaults(aws_config::BehaviorVersion::latest()).http_client(http);
    if let Some(region) = &arguments.region {
        loader = loader.region(aws_config::Region::new(region.clone()));
    }
    let found = loader.load().await;
    let region = found.region().map(ToString::to_string).filter(|region| !region.is_empty());
    let region = region.ok_or_else(|| Failure::Usage("which region? Say --region eu-central-1, or set AWS_REGION".into()))?;
    let words = "there are no AWS credentials to sign with: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, name a profile \
                 (AWS_PROFILE), or give the machine a role; DynamoDB Local takes any";
    let credentials = found.credentials_provider().ok_or_else(|| anyhow!(words))?;
    credentials.provide_credentials().await.context(words)?;
    Ok((region, credentials))
}

fn checked_url(text: &str) -> Result<String, Failure> {
    let fits = |url: &url::Url| ["http", "https"].contains(&url.scheme()) && url.host_str().is_some() && url.path() == "/";
    if url::Url::parse(text).is_ok_and(|url| fits(&url)) {
        return Ok(text.trim_end_matches('/').to_owned());
    }
    Err(Failure::Usage(format!("--dynamodb {text}: write http://HOST:PORT or https://HOST")))
}

/// The keys of a file: an id and a secret on each line, `#` begins a remark.
fn keys(file: &Path) -> Result<Vec<AccessKey>, Failure> {
    let shown = file.display();
    let text = std::fs::read_to_string(file).with_context(|| format!("--keys-file: cannot read {shown}"))?;
    if std::fs::metadata(file).is_ok_and(|metadata| metadata.permissions().mode() & 0o077 != 0) {
        tracing::warn!("the file of access keys can be read by others than its owner");
    }
    let mut keys = Vec::new();
    for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty() && !line.trim_start().starts_with('#')) {
        let mut words = line.split_whitespace();
        let (Some(id), Some(secret), None) = (words.next(), words.next(), words.next()) else {
            let words = format!("--keys-file {shown}, line {}: write an access key id, a blank and its secret", at + 1);
            return Err(Failure::Usage(words));
        };
        keys.push(AccessKey { id: id.to_owned(), secret: secret.to_owned() });
    }
    if keys.is_empty() {
        return Err(Failure::Usage(format!("--keys-file {shown} has no key: write an access key id, a blank and its secret on a line")));
    }
    Ok(keys)
}

fn refused(error: std::io::Error, listen: SocketAddr) -> Failure {
    match error.kind() {
        std::io::ErrorKind::InvalidInput => Failure::Usage(format!("{error} (--keys-file, --listen; see `footfall dax --help`)")),
        std::io::ErrorKind::AddrInUse | std::io::ErrorKind::AddrNotAvailable | std::io::ErrorKind::PermissionDenied => {
            anyhow::Error::from(error).context(format!("cannot listen on {listen}; --listen names another address")).into()
        }
        _ => anyhow::Error::from(error).context("cannot start").into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys_of(text: &str) -> Result<Vec<(String, String)>, String> {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("keys");
        std::fs::write(&file, text).expect("written");
        let read = keys(&file).map_err(|failure| failure.to_string())?;
        Ok(read.into_iter().map(|key| (key.id, key.secret)).collect())
    }

    #[test]
    fn a_file_of_keys_has_one_on_each_line() {
        let read = keys_of("# who may come in\nAKIA1 secret+1\n\n  AKIA2\tsecret/2\n").expect("keys");
        assert_eq!(read, [("AKIA1".into(), "secret+1".into()), ("AKIA2".into(), "secret/2".into())]);
    }

    #[test]
    fn what_is_wrong_in_a_file_of_keys_is_said_without_the_key() {
        let message = keys_of("AKIA1 secret\nAKIA2 open sesame").expect_err("three words");
        assert!(message.contains("line 2") && !message.contains("sesame"), "{message}");
        assert!(keys_of("# nobody\n").expect_err("none").contains("has no key"));
    }
}
