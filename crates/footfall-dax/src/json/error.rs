//! Errors: `{"__type": "…#ConditionalCheckFailedException", "message": "…"}`.

use super::answer::{item, some, text};
use super::value::write_item;
use crate::wire::error::{CancellationReason, DynamoError};
use serde_json::{Map, Value as Json, json};

/// The errors every service of AWS has; all others are DynamoDB's own.
const COMMON: [&str; 9] = [
    "AccessDeniedException",
    "ExpiredTokenException",
    "IncompleteSignatureException",
    "InvalidSignatureException",
    "MissingAuthenticationTokenException",
    "SerializationException",
    "ThrottlingException",
    "UnknownOperationException",
    "UnrecognizedClientException",
];

/// The errors whose model spells `Message` with a capital.
const CAPITAL: [&str; 3] = ["IdempotentParameterMismatchException", "TransactionCanceledException", "TransactionInProgressException"];

/// Reads the answer to a request that failed. Whatever the body is, it makes some error: of a proxy's page only the
/// status remains.
pub fn read_error(status: u16, body: &Json) -> DynamoError {
    let code = text(body, "__type").and_then(|name| name.rsplit('#').next().map(str::to_owned)).unwrap_or_else(|| {
        let server = status >= 500;
        if server { "InternalServerError" } else { "UnknownError" }.to_owned()
    });
    let message = text(body, "message").or_else(|| text(body, "Message")).unwrap_or_default();
    let reasons = some(body, "CancellationReasons").and_then(Json::as_array).map(|reasons| reasons.iter().map(reason).collect());
    DynamoError { code, message, status, reasons, item: item(body, "Item").ok().flatten() }
}

/// Writes an error: its status and its body.
pub fn write_error(error: &DynamoError) -> (u16, Json) {
    let code = error.code.as_str();
    let namespace = match code {
        "ValidationException" => "com.amazon.coral.validate",
        common if COMMON.contains(&common) => "com.amazon.coral.service",
        _ => "com.amazonaws.dynamodb.v20120810",
    };
    let mut body = Map::new();
    body.insert("__type".into(), json!(format!("{namespace}#{code}")));
    let message = if CAPITAL.contains(&code) { "Message" } else { "message" };
    body.insert(message.into(), json!(error.message));
    if let Some(item) = &error.item {
        body.insert("Item".into(), write_item(item));
    }
    if let Some(reasons) = &error.reasons {
        body.insert("CancellationReasons".into(), reasons.iter().map(reason_json).collect());
    }
    (error.status, Json::Object(body))
}

fn reason(json: &Json) -> CancellationReason {
    CancellationReason { code: text(json, "Code"), message: text(json, "Message"), item: item(json, "Item").ok().flatten() }
}

fn reason_json(reason: &CancellationReason) -> Json {
    let mut fields = Map::new();
    fields.insert("Code".into(), json!(reason.code.as_deref().unwrap_or("None")));
    if let Some(message) = &reason.message {
        fields.insert("Message".into(), json!(message));
    }
    if let Some(item) = &reason.item {
        fields.insert("Item".into(), write_item(item));
    }
    Json::Object(fields)
}
