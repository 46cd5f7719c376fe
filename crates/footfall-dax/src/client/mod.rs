//! A client of DAX clusters (and of this crate's own server) in the types of aws-sdk-dynamodb.
//!
//! Code written for `aws_sdk_dynamodb::Client` changes where it makes the client, and nowhere else:
//!
//! ```no_run
//! # async fn example(aws: aws_types::SdkConfig) -> Result<(), Box<dyn std::error::Error>> {
//! use aws_sdk_dynamodb::types::AttributeValue;
//!
//! // let client = aws_sdk_dynamodb::Client::new(&aws);
//! let client = footfall_dax::client::Client::new(&aws, "dax://cluster.example:8111")?;
//!
//! let answer = client.get_item().table_name("music").key("artist", AttributeValue::S("Nina".into())).send().await?;
//! println!("{:?}", answer.item());
//! # Ok(()) }
//! ```
//!
//! A client is cheap to clone and connects when it is first used; it belongs to the tokio runtime it was first used in.
//! Dropping the future of a call is always safe: its connection is closed, not reused.

mod auth;
mod cluster;
mod config;
mod connection;
mod credentials;
mod error;
mod execute;
mod flight;
mod fluent;
mod keys;
mod names;
mod node;
mod operation;
mod retry;
pub mod sdk;
mod tls;
mod url;

pub use config::{Config, ConfigBuilder, ConfigError};
pub use error::DaxError;
pub use fluent::*;
pub use operation::Operation;
pub use url::{Scheme, Seed, Seeds, UrlError};

use crate::wire::model::{Request, Response};
use aws_sdk_dynamodb::error::SdkError;
use std::sync::Arc;

/// A client of one cluster. Clones share connections, caches and the picture of the cluster.
#[derive(Clone)]
pub struct Client {
    shared: Arc<execute::Shared>,
}

impl Client {
    /// Makes a client of the cluster at `url` with region and credentials of an SDK's configuration; timeouts and
    /// retries are this client's own ([`Config::builder`]). Nothing is connected yet.
    ///
    /// # Errors
    /// The URL is not `dax://host[:port]` or `daxs://host[:port]` (or several `dax://`, separated by commas), the
    /// configuration has no region, or the system's root certificates cannot be read.
    pub fn new(aws: &aws_types::SdkConfig, url: &str) -> Result<Self, ConfigError> {
        let mut config = Config::builder().url(url);
        if let Some(region) = aws.region() {
            config = config.region(region.clone());
        }
        if let Some(credentials) = aws.credentials_provider() {
            config = config.credentials_provider(credentials);
        }
        Ok(Self::from_conf(config.build()?))
    }

    /// Makes a client. Nothing is connected yet.
    pub fn from_conf(config: Config) -> Self {
        Self { shared: Arc::new(execute::Shared::new(config)) }
    }

    /// The configuration.
    pub fn config(&self) -> &Config {
        &self.shared.cluster().config
    }

    /// Sends an operation given as the SDK's own input type; `client.call::<GetItem>(input)`.
    ///
    /// # Errors
    /// What the service answered, as the SDK gives it; see [`DaxError`] for what else can happen and as which
    /// [`SdkError`] it arrives.
    pub async fn call<O: Operation>(&self, input: O::Input) -> Result<O::Output, SdkError<O::Error>> {
        let request = O::request(input).map_err(DaxError::into_sdk::<O>)?;
        let response = self.execute(request).await.map_err(DaxError::into_sdk::<O>)?;
        O::output(response).map_err(DaxError::into_sdk::<O>)
    }

    /// Sends a request in the words of this crate's wire model.
    ///
    /// # Errors
    /// See [`DaxError`].
    pub async fn execute(&self, request: Request) -> Result<Response, DaxError> {
        self.shared.execute(request).await
    }
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client").field("config", self.config()).finish_non_exhaustive()
    }
}
