//! The operations, each with the SDK's types for what goes in and comes out.

use super::error::DaxError;
use super::sdk::{error, input, output};
use crate::wire::DynamoError;
use crate::wire::model::{Request, Response};
use aws_sdk_dynamodb::operation as of;
use std::fmt::Debug;

/// An operation of DynamoDB's data plane. Implemented for the SDK's own types, such as
/// `aws_sdk_dynamodb::operation::get_item::GetItem`.
pub trait Operation: sealed::Sealed {
    /// What the SDK sends.
    type Input;
    /// What the SDK gives back.
    type Output;
    /// How the SDK says that the service refused.
    type Error: std::error::Error + Debug + Send + Sync + 'static;

    /// The request in this crate's words.
    #[doc(hidden)]
    fn request(input: Self::Input) -> Result<Request, DaxError>;
    /// The answer in the SDK's words.
    #[doc(hidden)]
    fn output(response: Response) -> Result<Self::Output, DaxError>;
    /// The error in the SDK's words.
    #[doc(hidden)]
    fn error(error: DynamoError) -> Self::Error;
}

mod sealed {
    pub trait Sealed {}
}

macro_rules! operations {
    ($($module:ident: $operation:ident, $input:ident, $output:ident, $error:ident;)*) => {$(
        impl sealed::Sealed for of::$module::$operation {}

        impl Operation for of::$module::$operation {
            type Input = of::$module::$input;
            type Output = of::$module::$output;
            type Error = of::$module::$error;

            fn request(input: Self::Input) -> Result<Request, DaxError> {
                input::$module(input)
            }

            fn output(response: Response) -> Result<Self::Output, DaxError> {
                output::$module(response)
            }

            fn error(error: DynamoError) -> Self::Error {
                error::$module(error)
            }
        }
    )*};
}

operations! {
    get_item: GetItem, GetItemInput, GetItemOutput, GetItemError;
    put_item: PutItem, PutItemInput, PutItemOutput, PutItemError;
    update_item: UpdateItem, UpdateItemInput, UpdateItemOutput, UpdateItemError;
    delete_item: DeleteItem, DeleteItemInput, DeleteItemOutput, DeleteItemError;
    query: Query, QueryInput, QueryOutput, QueryError;
    scan: Scan, ScanInput, ScanOutput, ScanError;
    batch_get_item: BatchGetItem, BatchGetItemInput, BatchGetItemOutput, BatchGetItemError;
    batch_write_item: BatchWriteItem, BatchWriteItemInput, BatchWriteItemOutput, BatchWriteItemError;
    transact_get_items: TransactGetItems, TransactGetItemsInput, TransactGetItemsOutput, TransactGetItemsError;
    transact_write_items: TransactWriteItems, TransactWriteItemsInput, TransactWriteItemsOutput, TransactWriteItemsError;
}
