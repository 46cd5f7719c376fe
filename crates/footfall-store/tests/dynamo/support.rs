//! Tables of the tests' own.

use async_trait::async_trait;
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use footfall_domain::{ManualClock, UnixMillis};
use footfall_store::Store;
use footfall_store::conformance::Home;
use footfall_store::dynamo::{DynamoOptions, DynamoStore, SecretKey, Tuning};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Where the server is.
pub fn endpoint() -> String {
    std::env::var("FOOTFALL_TEST_DYNAMODB").expect("FOOTFALL_TEST_DYNAMODB names no DynamoDB: run `cargo xtask test Dynamo`")
}

/// Any: the server knows no keys.
pub fn credentials() -> SharedCredentialsProvider {
    SharedCredentialsProvider::new(Credentials::new("AKIDFOOTFALL", "secret", None, None, "test"))
}

/// Quick to try again, so that tests of failures are.
pub fn tuning() -> Tuning {
    Tuning {
        credentials: Some(credentials()),
        first_backoff: Duration::from_millis(2),
        longest_backoff: Duration::from_millis(20),
        ..Tuning::default()
    }
}

/// A table that goes with the value.
pub struct Place {
    pub options: DynamoOptions,
    pub tuning: Tuning,
    pub clock: Arc<ManualClock>,
}

impl Place {
    /// Not made yet.
    pub fn new() -> Self {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let table = format!("store-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let key = SecretKey::new([7; 32]);
        let options = DynamoOptions { table, region: None, endpoint: Some(endpoint()), reads: None, key };
        // Later than any real time: the server deletes what has expired by its own clock.
        let clock = Arc::new(ManualClock::at(UnixMillis(2_200_000_000_000)));
        Self { options, tuning: Tuning { clock: clock.clone(), ..tuning() }, clock }
    }

    /// Makes the table and opens it.
    pub async fn made() -> (Self, Arc<DynamoStore>) {
        let place = Self::new();
        DynamoStore::create_table_with(&place.options, &place.tuning).await.expect("made");
        let store = place.open().await;
        (place, store)
    }

    /// Opens it, once more perhaps.
    pub async fn open(&self) -> Arc<DynamoStore> {
        Arc::new(DynamoStore::open_with(self.options.clone(), self.tuning.clone()).await.expect("opens"))
    }

    /// A client of the same server, to look behind the store.
    pub async fn raw(&self) -> aws_sdk_dynamodb::Client {
        raw_client(self.options.endpoint.as_deref().expect("an endpoint"))
    }
}

pub fn raw_client(endpoint: &str) -> aws_sdk_dynamodb::Client {
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(aws_sdk_dynamodb::config::BehaviorVersion::latest())
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .region(aws_sdk_dynamodb::config::Region::new("us-east-1"))
        .credentials_provider(credentials())
        .endpoint_url(endpoint);
    aws_sdk_dynamodb::Client::from_conf(config.build())
}

impl Drop for Place {
    /// Leaves no table behind, also where a test failed.
    fn drop(&mut self) {
        let (client, table) = (raw_client(&endpoint()), self.options.table.clone());
        let deleted = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            // It may never have been made.
            let _ = runtime.block_on(client.delete_table().table_name(table).send());
        });
        let _ = deleted.join();
    }
}

#[async_trait]
impl Home for Place {
    async fn open(&mut self) -> Arc<dyn Store> {
        DynamoStore::create_table_with(&self.options, &self.tuning).await.expect("made or there");
        Place::open(self).await
    }
}
