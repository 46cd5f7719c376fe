//! Laws 3, 4 and 5 on every backend: SQLite, memory, DynamoDB, and DynamoDB read through DAX.
//!
//! * *Embedded equals distributed* ([`same_everywhere`]): one story of hits, restarts, imports and generations gives the
//!   same answers to the byte, whatever store it is told over.
//! * *Twice equals once* ([`twice`]): days arrive in any order, some of them again, at the same time; the newest stays.
//! * *Readers see one generation* ([`one_generation`]): while generations are activated and undone.

mod answers;
mod draft;
mod homes;
mod house;
mod one_generation;
mod same_everywhere;
mod script;
mod tables;
mod twice;

use homes::Folder;
use std::sync::Arc;
use tables::Table;

fn memory() -> Arc<footfall_store::MemoryStore> {
    Arc::new(footfall_store::MemoryStore::new())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sqlite_answers_as_memory_does() {
    same_everywhere::agree(&mut memory(), &mut Folder::new()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn dynamodb_answers_as_memory_does() {
    let mut table = Table::new().await;
    same_everywhere::agree(&mut memory(), &mut table).await;
    table.delete().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn dynamodb_through_dax_answers_as_memory_does() {
    let mut table = Table::through_dax().await;
    same_everywhere::agree(&mut memory(), &mut table).await;
    table.has_been_read_from_the_cache().await;
    table.delete().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twice_equals_once_in_memory() {
    for seed in 0..3 {
        twice::equals_once(&mut memory(), seed).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twice_equals_once_in_sqlite() {
    for seed in 0..3 {
        twice::equals_once(&mut Folder::new(), seed).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn twice_equals_once_in_dynamodb() {
    for seed in 0..3 {
        let mut table = Table::new().await;
        twice::equals_once(&mut table, seed).await;
        table.delete().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn twice_equals_once_in_dynamodb_through_dax() {
    let mut table = Table::through_dax().await;
    twice::equals_once(&mut table, 3).await;
    table.has_been_read_from_the_cache().await;
    table.delete().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn readers_see_one_generation_in_memory() {
    one_generation::is_seen(&mut memory()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn readers_see_one_generation_in_sqlite() {
    one_generation::is_seen(&mut Folder::new()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn readers_see_one_generation_in_dynamodb() {
    let mut table = Table::new().await;
    one_generation::is_seen(&mut table).await;
    table.delete().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
async fn readers_see_one_generation_in_dynamodb_through_dax() {
    let mut table = Table::through_dax().await;
    one_generation::is_seen(&mut table).await;
    table.has_been_read_from_the_cache().await;
    table.delete().await;
}
