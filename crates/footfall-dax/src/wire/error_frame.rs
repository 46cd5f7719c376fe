//! Errors on the wire: a sequence of codes, a message, and what DynamoDB said.

use super::attributes::{AttributeWriter, decode_attributes};
use super::cbor::{Reader, Writer};
use super::error::{CancellationReason, DynamoError, WireError};
use super::model::{Request, TransactAction, TransactWrite, TransactWriteItems};
use super::names::Names;
use super::value::Item;

/// The code of the error that asks for (another) `authorizeConnection`.
pub const AUTHENTICATION_REQUIRED: &str = "AuthenticationRequiredException";

/// An error as a server of the protocol gives it.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
#[error("{error}")]
pub struct ServerError {
    /// The codes, from general to particular; never empty.
    pub codes: Vec<i64>,
    /// What it means to the caller.
    pub error: DynamoError,
    /// The id DynamoDB gave the request.
    pub request_id: Option<String>,
}

/// What a client does about an error.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ErrorKind {
    /// The connection is to authenticate again; then the request is sent again.
    Authentication,
    /// Too much was asked: wait, then send again.
    Throttling,
    /// DynamoDB (or the server) failed; a read may be sent again, a write may have happened.
    Internal,
    /// The server says that sending it again may do.
    Retryable,
    /// The cluster is recovering: wait for it, with fresh endpoints.
    Recoverable,
    /// The server failed in a way that stays.
    Server,
    /// The caller's mistake: the same again fails again.
    Client,
}

impl ServerError {
    /// What a client does about it.
    pub fn kind(&self) -> ErrorKind {
        match self.codes.as_slice() {
            [_, 23, 31, 32..=34, ..] => ErrorKind::Authentication,
            [_, 37, 38, 39, 40 | 50 | 61, ..] => ErrorKind::Throttling,
            [1, ..] => ErrorKind::Retryable,
            [2, ..] => ErrorKind::Recoverable,
            [_, 37, 38, 39, 47, ..] | [3, 37, 54, ..] => ErrorKind::Internal,
            [4, ..] => ErrorKind::Client,
            _ => ErrorKind::Server,
        }
    }
}

/// The codes of exceptions, as the official clients know them.
const CODES: [(&str, &[i64]); 19] = [
    ("ResourceNotFoundException", &[4, 37, 38, 39, 41]),
    ("ProvisionedThroughputExceededException", &[4, 37, 38, 39, 40]),
    ("ConditionalCheckFailedException", &[4, 37, 38, 39, 43]),
    ("ResourceInUseException", &[4, 37, 38, 39, 45]),
    ("ValidationException", &[4, 37, 38, 39, 46]),
    ("InternalServerError", &[4, 37, 38, 39, 47]),
    ("ItemCollectionSizeLimitExceededException", &[4, 37, 38, 39, 48]),
    ("LimitExceededException", &[4, 37, 38, 39, 49]),
    ("ThrottlingException", &[4, 37, 38, 39, 50]),
    ("TransactionConflictException", &[4, 37, 38, 39, 57]),
    ("TransactionCanceledException", &[4, 37, 38, 39, 58]),
    ("TransactionInProgressException", &[4, 37, 38, 39, 59]),
    ("IdempotentParameterMismatchException", &[4, 37, 38, 39, 60]),
    ("RequestLimitExceeded", &[4, 37, 38, 39, 61]),
    ("AccessDeniedException", &[4, 37, 38, 42]),
    ("NotImplementedException", &[4, 37, 38, 44]),
    (AUTHENTICATION_REQUIRED, &[4, 23, 31, 33]),
    // Only read: what follows stands above under other codes.
    ("ResourceNotFoundException", &[4, 23, 24]),
    ("ResourceInUseException", &[4, 23, 35]),
];

/// The codes of an exception. Clients that do not know the codes take the exception's name.
fn codes_of(error: &DynamoError) -> &'static [i64] {
    let known = CODES.iter().find(|(code, _)| *code == error.code);
    let otherwise: &[i64] = if error.status >= 500 { &[3, 37, 38, 39] } else { &[4, 37, 38, 39] };
    known.map_or(otherwise, |(_, codes)| codes)
}

/// The exception of codes that came without its name.
fn name_of(codes: &[i64]) -> &'static str {
    let known = CODES.iter().find(|(_, known)| *known == codes);
    match (known, codes) {
        (Some((name, _)), _) => name,
        (_, [_, 23, 31, 32..=34, ..]) => AUTHENTICATION_REQUIRED,
        (_, [1..=3, ..]) => "InternalServerError",
        _ => "UnknownException",
    }
}

/// Writes an error as the whole answer to a request. The items among a cancelled transaction's reasons are written when
/// the request is given; that of a single failed condition has no place in the protocol.
///
/// # Errors
/// [`WireError::UnnamedList`], [`WireError::UnknownTable`]: nothing was written.
pub fn encode_error(error: &DynamoError, request: Option<&Request>, names: &dyn Names, to: &mut Writer) -> Result<(), WireError> {
    let start = to.len();
    let written = write_error(error, request, names, to);
    if written.is_err() {
        to.truncate(start);
    }
    written
}

/// Writes an error as the whole answer to a request, without the items of a cancelled transaction's reasons.
pub fn encode_error_without_items(error: &DynamoError, to: &mut Writer) {
    encode_error(error, None, &super::names::KnownNames::default(), to).expect("without items no name is asked for");
}

fn write_error(error: &DynamoError, request: Option<&Request>, names: &dyn Names, to: &mut Writer) -> Result<(), WireError> {
    let codes = codes_of(error);
    to.array(codes.len());
    codes.iter().for_each(|code| to.int(*code));
    to.text(&error.message);
    to.array(3 + usize::from(error.reasons.is_some()));
    to.null();
    to.text(&error.code);
    to.uint(error.status.into());
    if let Some(reasons) = &error.reasons {
        write_reasons(reasons, request, names, to)?;
    }
    Ok(())
}

fn write_reasons(reasons: &[CancellationReason], request: Option<&Request>, names: &dyn Names, to: &mut Writer) -> Result<(), WireError> {
    let mut attributes = AttributeWriter::new(names);
    to.array(reasons.len() * 3);
    for (index, reason) in reasons.iter().enumerate() {
        for text in [&reason.code, &reason.message] {
            match text {
                Some(text) => to.text(text),
                None => to.null(),
            }
        }
        match (&reason.item, write_at(request, index)) {
            (Some(item), Some(write)) => {
                let schema = names.key_schema(&write.table).ok_or_else(|| WireError::UnknownTable(write.table.clone()))?;
                attributes.write(item, &schema, to)?;
            }
            _ => to.null(),
        }
    }
    Ok(())
}

/// Reads the error an answer begins with; `None` where it begins with success.
///
/// # Errors
/// It is malformed, or an item in it needs what is not known here.
pub(super) fn read_error(from: &mut Reader<'_>, request: Option<&Request>, names: &dyn Names) -> Result<Option<ServerError>, WireError> {
    let mut codes = Vec::new();
    let mut sequence = from.array()?;
    while from.more(&mut sequence)? {
        codes.push(from.int()?);
    }
    if codes.is_empty() {
        return Ok(None);
    }
    let message = from.text()?.into_owned();
    let status = if codes[0] == 4 { 400 } else { 500 };
    let mut error = DynamoError { status, ..DynamoError::client(name_of(&codes), message) };
    let mut request_id = None;
    if !from.null()? {
        let mut info = from.array()?;
        if from.more(&mut info)? {
            request_id = optional_text(from)?;
        }
        if from.more(&mut info)? {
            error.code = optional_text(from)?.unwrap_or(error.code);
        }
        if from.more(&mut info)? && !from.null()? {
            let status = from.int()?;
            error.status = u16::try_from(status).map_err(|_| WireError::malformed("an HTTP status"))?;
        }
        if from.more(&mut info)? && !from.null()? {
            error.reasons = Some(read_reasons(from, request, names)?);
        }
        if from.more(&mut info)? {
            return Err(WireError::malformed("an error has at most four parts"));
        }
    }
    Ok(Some(ServerError { codes, error, request_id }))
}

fn read_reasons(from: &mut Reader<'_>, request: Option<&Request>, names: &dyn Names) -> Result<Vec<CancellationReason>, WireError> {
    let mut reasons = Vec::new();
    let mut sequence = from.array()?;
    while from.more(&mut sequence)? {
        let mut reason = CancellationReason { code: optional_text(from)?, ..CancellationReason::default() };
        let whole = from.more(&mut sequence)? && {
            reason.message = optional_text(from)?;
            from.more(&mut sequence)?
        };
        if !whole {
            return Err(WireError::malformed("a reason has three parts"));
        }
        if !from.null()? {
            let attributes = from.byte_string()?;
            reason.item = Some(with_key(decode_attributes(&attributes, names)?, write_at(request, reasons.len()), names)?);
        }
        reasons.push(reason);
    }
    Ok(reasons)
}

/// Adds the key, which the answer leaves to the request.
fn with_key(mut item: Item, write: Option<&TransactWrite>, names: &dyn Names) -> Result<Item, WireError> {
    let Some(write) = write else { return Ok(item) };
    let key = match &write.action {
        TransactAction::Put(item) => {
            let schema = names.key_schema(&write.table).ok_or_else(|| WireError::UnknownTable(write.table.clone()))?;
            schema.key_of(item)?
        }
        TransactAction::Check(key) | TransactAction::Delete(key) | TransactAction::Update(key, _) => key.clone(),
    };
    item.extend(key);
    Ok(item)
}

fn write_at(request: Option<&Request>, index: usize) -> Option<&TransactWrite> {
    match request {
        Some(Request::TransactWriteItems(TransactWriteItems { writes, .. })) => writes.get(index),
        _ => None,
    }
}

fn optional_text(from: &mut Reader<'_>) -> Result<Option<String>, WireError> {
    if from.null()? { Ok(None) } else { from.text().map(|text| Some(text.into_owned())) }
}
