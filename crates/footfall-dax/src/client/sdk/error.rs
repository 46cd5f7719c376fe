//! Errors of the service as each operation's own error type has them.

use super::value::item_to_sdk;
use crate::wire::DynamoError;
use aws_sdk_dynamodb::error::ErrorMetadata;
use aws_sdk_dynamodb::operation as of;
use aws_sdk_dynamodb::types::CancellationReason;
use aws_sdk_dynamodb::types::error as exception;

fn metadata(error: &DynamoError) -> ErrorMetadata {
    ErrorMetadata::builder().code(&error.code).message(&error.message).build()
}

fn reasons(error: &mut DynamoError) -> Option<Vec<CancellationReason>> {
    let reasons = error.reasons.take()?;
    let to_sdk = |reason: crate::wire::error::CancellationReason| {
        CancellationReason::builder()
            .set_code(reason.code.or_else(|| Some("None".into())))
            .set_message(reason.message)
            .set_item(reason.item.map(item_to_sdk))
            .build()
    };
    Some(reasons.into_iter().map(to_sdk).collect())
}

/// Makes an exception with what all have, then lets it add what only it has.
macro_rules! exception {
    (ConditionalCheckFailedException, $error:ident) => {
        exception::ConditionalCheckFailedException::builder()
            .set_item($error.item.take().map(item_to_sdk))
            .message($error.message.clone())
            .meta(metadata(&$error))
            .build()
    };
    (TransactionCanceledException, $error:ident) => {
        exception::TransactionCanceledException::builder()
            .set_cancellation_reasons(reasons(&mut $error))
            .message($error.message.clone())
            .meta(metadata(&$error))
            .build()
    };
    ($name:ident, $error:ident) => {
        exception::$name::builder().message($error.message.clone()).meta(metadata(&$error)).build()
    };
}

/// One function an operation: the exceptions its error type has a variant for; all others keep code and message.
macro_rules! errors {
    ($($module:ident: $type:ident { $($name:ident)* })*) => {$(
        #[allow(unused_mut, reason = "only some exceptions take something out of the error")]
        pub fn $module(mut error: DynamoError) -> of::$module::$type {
            match error.code.as_str() {
                $(stringify!($name) => of::$module::$type::$name(exception!($name, error)),)*
                _ => of::$module::$type::generic(metadata(&error)),
            }
        }
    )*};
}

errors! {
    get_item: GetItemError {
        InternalServerError ProvisionedThroughputExceededException RequestLimitExceeded ResourceNotFoundException ThrottlingException
    }
    put_item: PutItemError {
        ConditionalCheckFailedException InternalServerError ItemCollectionSizeLimitExceededException
        ProvisionedThroughputExceededException ReplicatedWriteConflictException RequestLimitExceeded
        ResourceNotFoundException ThrottlingException TransactionConflictException
    }
    update_item: UpdateItemError {
        ConditionalCheckFailedException InternalServerError ItemCollectionSizeLimitExceededException
        ProvisionedThroughputExceededException ReplicatedWriteConflictException RequestLimitExceeded
        ResourceNotFoundException ThrottlingException TransactionConflictException
    }
    delete_item: DeleteItemError {
        ConditionalCheckFailedException InternalServerError ItemCollectionSizeLimitExceededException
        ProvisionedThroughputExceededException ReplicatedWriteConflictException RequestLimitExceeded
        ResourceNotFoundException ThrottlingException TransactionConflictException
    }
    query: QueryError {
        InternalServerError ProvisionedThroughputExceededException RequestLimitExceeded ResourceNotFoundException ThrottlingException
    }
    scan: ScanError {
        InternalServerError ProvisionedThroughputExceededException RequestLimitExceeded ResourceNotFoundException ThrottlingException
    }
    batch_get_item: BatchGetItemError {
        InternalServerError ProvisionedThroughputExceededException RequestLimitExceeded ResourceNotFoundException ThrottlingException
    }
    batch_write_item: BatchWriteItemError {
        InternalServerError ItemCollectionSizeLimitExceededException ProvisionedThroughputExceededException
        ReplicatedWriteConflictException RequestLimitExceeded ResourceNotFoundException ThrottlingException
    }
    transact_get_items: TransactGetItemsError {
        InternalServerError ProvisionedThroughputExceededException RequestLimitExceeded ResourceNotFoundException
        ThrottlingException TransactionCanceledException
    }
    transact_write_items: TransactWriteItemsError {
        IdempotentParameterMismatchException InternalServerError ProvisionedThroughputExceededException RequestLimitExceeded
        ResourceNotFoundException ThrottlingException TransactionCanceledException TransactionInProgressException
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_sdk_dynamodb::error::ProvideErrorMetadata;

    #[test]
    fn what_the_sdk_has_a_variant_for_becomes_it_and_the_rest_keeps_its_name() {
        let of = |code: &str| put_item(DynamoError::client(code, "words"));
        assert!(of("ConditionalCheckFailedException").is_conditional_check_failed_exception());
        assert!(of("ProvisionedThroughputExceededException").is_provisioned_throughput_exceeded_exception());
        assert!(of("TransactionConflictException").is_transaction_conflict_exception());
        for code in ["ThrottlingException", "ValidationException", "AccessDeniedException", "SomethingNewException"] {
            assert_eq!((of(code).code(), of(code).message()), (Some(code), Some("words")));
        }
    }

    #[test]
    fn a_cancelled_transaction_keeps_its_reasons() {
        let reason = |code: Option<&str>| crate::wire::error::CancellationReason { code: code.map(str::to_owned), ..Default::default() };
        let reasons = Some(vec![reason(None), reason(Some("ConditionalCheckFailed"))]);
        let error = transact_write_items(DynamoError { reasons, ..DynamoError::client("TransactionCanceledException", "words") });
        let of::transact_write_items::TransactWriteItemsError::TransactionCanceledException(cancelled) = error else { panic!("{error:?}") };
        let codes: Vec<_> = cancelled.cancellation_reasons().iter().map(|reason| reason.code()).collect();
        assert_eq!(codes, [Some("None"), Some("ConditionalCheckFailed")]);
    }
}
