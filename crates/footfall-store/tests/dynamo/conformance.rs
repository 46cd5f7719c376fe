//! It behaves like every store, read directly and through DAX.

use super::support::Place;
use footfall_store::conformance;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn the_dynamodb_store_keeps_rollups() {
    conformance::rollups(Place::new).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn the_dynamodb_store_is_a_registry() {
    conformance::registry(Place::new).await;
}
