//! Builders named as those of aws-sdk-dynamodb's client.

#[macro_use]
mod builder;
mod batch;
mod paginator;
mod read;
mod transact;
mod write;

pub use batch::{BatchGetItemFluentBuilder, BatchWriteItemFluentBuilder};
pub use paginator::{QueryPaginator, QueryPaginatorItems, ScanPaginator, ScanPaginatorItems};
pub use read::{GetItemFluentBuilder, QueryFluentBuilder, ScanFluentBuilder};
pub use transact::{TransactGetItemsFluentBuilder, TransactWriteItemsFluentBuilder};
pub use write::{DeleteItemFluentBuilder, PutItemFluentBuilder, UpdateItemFluentBuilder};
