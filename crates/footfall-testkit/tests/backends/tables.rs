//! Tables of DynamoDB, read directly or through a DAX server of ours in the same process.

use async_trait::async_trait;
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use footfall_dax::server::{Config, Server};
use footfall_store::conformance::Home;
use footfall_store::dynamo::Tuning;
use footfall_store::{DynamoOptions, DynamoStore, SecretKey, Store};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// A table of its own, to be deleted at the end.
pub struct Table {
    options: DynamoOptions,
    dax: Option<Server>,
}

impl Table {
    pub async fn new() -> Self {
        static TABLES: AtomicU32 = AtomicU32::new(0);
        let table = format!("laws-{}-{}", std::process::id(), TABLES.fetch_add(1, Ordering::Relaxed));
        let key = SecretKey::new([5; 32]);
        let options = DynamoOptions { table, region: Some(REGION.into()), endpoint: Some(endpoint()), reads: None, key };
        DynamoStore::create_table_with(&options, &tuning()).await.expect("a table");
        Self { options, dax: None }
    }

    pub async fn through_dax() -> Self {
        let mut table = Self::new().await;
        let here = "127.0.0.1:0".parse().expect("an address");
        let server = Server::start(Config::new(here, endpoint(), REGION, credentials())).await.expect("a DAX server");
        table.options.reads = Some(format!("dax://{}", server.local_addr()));
        table.dax = Some(server);
        table
    }

    /// Fails when the server had nothing to do: then the test would have tested nothing.
    pub async fn has_been_read_from_the_cache(&self) {
        let metrics = self.dax.as_ref().expect("a server").metrics();
        // Those that found nothing are hits, too.
        let sum = |name: &str| -> u64 {
            let lines = metrics.lines().filter_map(|line| line.strip_prefix(name)?.rsplit(' ').next());
            lines.map(|value| value.parse::<u64>().expect("a count")).sum()
        };
        let (hits, of_nothing) = (sum("footfall_dax_hits_total{"), sum("footfall_dax_negative_hits_total{"));
        assert!(hits > of_nothing, "nothing came from the cache:\n{metrics}");
    }

    pub async fn delete(self) {
        if let Some(server) = self.dax {
            server.stop().await;
        }
        let options = DynamoOptions { reads: None, ..self.options };
        DynamoStore::open_with(options, tuning()).await.expect("opens").destroy_table().await.expect("deleted");
    }
}

#[async_trait]
impl Home for Table {
    async fn open(&mut self) -> Arc<dyn Store> {
        Arc::new(DynamoStore::open_with(self.options.clone(), tuning()).await.expect("opens"))
    }
}

const REGION: &str = "us-east-1";

fn endpoint() -> String {
    std::env::var("FOOTFALL_TEST_DYNAMODB").expect("FOOTFALL_TEST_DYNAMODB names a DynamoDB Local, such as http://127.0.0.1:18000")
}

fn credentials() -> SharedCredentialsProvider {
    SharedCredentialsProvider::new(Credentials::new("laws", "laws", None, None, "a test"))
}

fn tuning() -> Tuning {
    Tuning { credentials: Some(credentials()), ..Tuning::default() }
}
