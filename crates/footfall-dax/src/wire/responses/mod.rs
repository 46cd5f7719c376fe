//! Answers, both ways.
//!
//! An answer leaves out what the request says already: keys that were given, the paths of projections. So both ways need
//! the request.

mod batch;
mod capacity;
mod define;
mod item;
mod length;
mod page;
mod projection;
mod transact;

pub use define::{
    Endpoint, Role, decode_endpoints, decode_key_schema, decode_list, decode_list_id, encode_endpoints, encode_key_schema, encode_list,
    encode_list_id,
};
pub use length::{ResponseEnd, response_length};

use super::attributes::AttributeWriter;
use super::cbor::{Reader, Writer};
use super::error::WireError;
use super::error_frame::{ServerError, read_error};
use super::model::{Request, Response};
use super::names::Names;
use super::value::{Item, KeySchema};
use std::sync::Arc;

/// Writes the whole answer to a request that succeeded.
///
/// # Errors
/// [`WireError::UnnamedList`] or [`WireError::UnknownTable`] where something must be registered or fetched first,
/// [`WireError::Invalid`] where an item lacks its key, [`WireError::Malformed`] where the answer is not one to this
/// request. Nothing was written then.
pub fn encode_response(request: &Request, response: &Response, names: &dyn Names, to: &mut Writer) -> Result<(), WireError> {
    let start = to.len();
    let written = write_response(request, response, names, to);
    if written.is_err() {
        to.truncate(start);
    }
    written
}

/// Reads the whole answer to a request: all of the bytes. The inner error is what the server answered with.
///
/// # Errors
/// [`WireError::UnknownList`] and [`WireError::UnknownTable`]: ask the server and decode again. `Incomplete`,
/// `Malformed`, `TooLarge`: the connection is of no use any more.
pub fn decode_response(request: &Request, bytes: &[u8], names: &dyn Names) -> Result<Result<Response, ServerError>, WireError> {
    let mut from = Reader::of_stream(bytes);
    let response = match read_error(&mut from, Some(request), names)? {
        Some(error) => Err(error),
        None => Ok(read_response(request, &mut from, names)?),
    };
    from.finish()?;
    Ok(response)
}

fn write_response(request: &Request, response: &Response, names: &dyn Names, to: &mut Writer) -> Result<(), WireError> {
    to.array(0);
    let mut out = Out { names, attributes: AttributeWriter::new(names), to };
    match (request, response) {
        (Request::GetItem(request), Response::GetItem(output)) => item::write_get(request, output, &mut out),
        (Request::PutItem(request), Response::Write(output)) => {
            item::write_write(&request.table, request.options.return_values, output, &mut out)
        }
        (Request::UpdateItem(request), Response::Write(output)) => {
            item::write_write(&request.table, request.options.return_values, output, &mut out)
        }
        (Request::DeleteItem(request), Response::Write(output)) => {
            item::write_write(&request.table, request.options.return_values, output, &mut out)
        }
        (Request::Query(request), Response::Page(page)) => page::write(&request.table, &request.options, page, &mut out),
        (Request::Scan(request), Response::Page(page)) => page::write(&request.table, &request.options, page, &mut out),
        (Request::BatchGetItem(request), Response::BatchGetItem(output)) => batch::write_get(request, output, &mut out),
        (Request::BatchWriteItem(_), Response::BatchWriteItem(output)) => batch::write_write(output, &mut out),
        (Request::TransactGetItems(request), Response::TransactGetItems(output)) => transact::write_get(request, output, &mut out),
        (Request::TransactWriteItems(_), Response::TransactWriteItems(output)) => {
            transact::write_write(output, &mut out);
            Ok(())
        }
        _ => Err(WireError::malformed("the answer is of another kind than the request")),
    }
}

fn read_response(request: &Request, from: &mut Reader<'_>, names: &dyn Names) -> Result<Response, WireError> {
    Ok(match request {
        Request::GetItem(request) => Response::GetItem(item::read_get(request, from, names)?),
        Request::PutItem(request) => {
            let key = || schema(&request.table, names)?.key_of(&request.item);
            Response::Write(item::read_write(&request.table, request.options.return_values, key, from, names)?)
        }
        Request::UpdateItem(request) => {
            let key = || Ok(request.key.clone());
            Response::Write(item::read_write(&request.table, request.options.return_values, key, from, names)?)
        }
        Request::DeleteItem(request) => {
            let key = || Ok(request.key.clone());
            Response::Write(item::read_write(&request.table, request.options.return_values, key, from, names)?)
        }
        Request::Query(request) => Response::Page(page::read(&request.table, &request.options, from, names)?),
        Request::Scan(request) => Response::Page(page::read(&request.table, &request.options, from, names)?),
        Request::BatchGetItem(request) => Response::BatchGetItem(batch::read_get(request, from, names)?),
        Request::BatchWriteItem(_) => Response::BatchWriteItem(batch::read_write(from, names)?),
        Request::TransactGetItems(request) => Response::TransactGetItems(transact::read_get(request, from, names)?),
        Request::TransactWriteItems(_) => Response::TransactWriteItems(transact::read_write(from, names)?),
    })
}

/// Where an answer goes, and what it needs on the way.
struct Out<'a, 'w> {
    names: &'a dyn Names,
    attributes: AttributeWriter<'a>,
    to: &'w mut Writer,
}

/// The keys of the map that most answers are.
mod key {
    pub const ITEM: u64 = 0;
    pub const CAPACITY: u64 = 1;
    pub const ATTRIBUTES: u64 = 2;
    pub const COLLECTION: u64 = 3;
    pub const ITEMS: u64 = 7;
    pub const COUNT: u64 = 8;
    pub const LAST: u64 = 9;
    pub const SCANNED: u64 = 10;
}

fn schema(table: &str, names: &dyn Names) -> Result<Arc<KeySchema>, WireError> {
    names.key_schema(table).ok_or_else(|| WireError::UnknownTable(table.to_owned()))
}

/// Reads a map of numbered values; null is an empty one.
fn read_numbered<'a>(from: &mut Reader<'a>, mut read: impl FnMut(u64, &mut Reader<'a>) -> Result<(), WireError>) -> Result<(), WireError> {
    if from.null()? {
        return Ok(());
    }
    let mut pairs = from.map()?;
    while from.more(&mut pairs)? {
        let key = from.uint()?;
        read(key, from)?;
    }
    Ok(())
}

/// What an item is under this projection: `None` for a projection without paths, which is none.
fn paths(projection: &Option<super::expr::Projection>) -> Option<&[super::expr::Path]> {
    projection.as_deref().filter(|paths| !paths.is_empty())
}

/// An item that was read, as answers hold it.
fn shared(item: Item) -> Arc<Item> {
    Arc::new(item)
}
