//! Answers about one item.

use super::capacity::{read_capacity, read_collection, write_capacity, write_collection};
use super::projection::{Shape, read_projected};
use super::{Out, key, paths, read_numbered, schema, shared};
use crate::wire::attributes::{decode_attributes, decode_some_attributes};
use crate::wire::cbor::{Reader, Token};
use crate::wire::error::WireError;
use crate::wire::expr::{Path, project};
use crate::wire::model::{GetItem, GetItemOutput, ReturnValues, WriteOutput};
use crate::wire::names::Names;
use crate::wire::value::Item;

pub(super) fn write_get<'a>(request: &GetItem, output: &'a GetItemOutput, out: &mut Out<'a, '_>) -> Result<(), WireError> {
    // An item that is missing is left away: null in its place makes the Python client fail and the Go client crash.
    out.to.map(usize::from(output.item.is_some()) + usize::from(output.capacity.is_some()));
    if let Some(item) = &output.item {
        out.to.uint(key::ITEM);
        write_item(&request.table, paths(&request.projection), item, out)?;
    }
    if let Some(capacity) = &output.capacity {
        out.to.uint(key::CAPACITY);
        write_capacity(capacity, out.to);
    }
    Ok(())
}

pub(super) fn read_get(request: &GetItem, from: &mut Reader<'_>, names: &dyn Names) -> Result<GetItemOutput, WireError> {
    let mut output = GetItemOutput::default();
    read_numbered(from, |key, from| {
        match key {
            key::ITEM => output.item = read_item(paths(&request.projection), &request.key, from, names)?.map(shared),
            key::CAPACITY => output.capacity = read_capacity(from)?,
            _ => from.skip()?,
        }
        Ok(())
    })?;
    Ok(output)
}

/// Writes an item whose key the request names.
pub(super) fn write_item<'a>(table: &str, paths: Option<&[Path]>, item: &'a Item, out: &mut Out<'a, '_>) -> Result<(), WireError> {
    match paths {
        Some(paths) => {
            Shape::new(paths).write(item, out.to);
            Ok(())
        }
        None => {
            let schema = schema(table, out.names)?;
            out.attributes.write(item, &schema, out.to)
        }
    }
}

/// Reads an item whose key the request names; `None` for null.
pub(super) fn read_item(paths: Option<&[Path]>, key: &Item, from: &mut Reader<'_>, names: &dyn Names) -> Result<Option<Item>, WireError> {
    if from.null()? {
        return Ok(None);
    }
    if let (Some(paths), Token::Map) = (paths, from.peek()?) {
        return read_projected(from, paths).map(Some);
    }
    let mut item = decode_attributes(&from.byte_string()?, names)?;
    item.extend(key.iter().map(|(name, value)| (name.clone(), value.clone())));
    // Clients take whole items for projected ones too.
    Ok(Some(if let Some(paths) = paths { project(&item, paths) } else { item }))
}

pub(super) fn write_write<'a>(table: &str, values: ReturnValues, output: &'a WriteOutput, out: &mut Out<'a, '_>) -> Result<(), WireError> {
    let attributes = output.attributes.as_ref().filter(|_| values != ReturnValues::None);
    let present = [attributes.is_some(), output.capacity.is_some(), output.collection.is_some()];
    out.to.map(present.into_iter().map(usize::from).sum());
    if let Some(item) = attributes {
        out.to.uint(key::ATTRIBUTES);
        match values {
            ReturnValues::UpdatedOld | ReturnValues::UpdatedNew => out.attributes.write_some(item, out.to)?,
            _ => write_item(table, None, item, out)?,
        }
    }
    if let Some(capacity) = &output.capacity {
        out.to.uint(key::CAPACITY);
        write_capacity(capacity, out.to);
    }
    if let Some(collection) = &output.collection {
        out.to.uint(key::COLLECTION);
        write_collection(collection, out.to);
    }
    Ok(())
}

pub(super) fn read_write(
    table: &str,
    values: ReturnValues,
    key: impl Fn() -> Result<Item, WireError>,
    from: &mut Reader<'_>,
    names: &dyn Names,
) -> Result<WriteOutput, WireError> {
    let mut output = WriteOutput::default();
    read_numbered(from, |number, from| {
        match number {
            key::ATTRIBUTES if from.null()? => {}
            key::ATTRIBUTES => output.attributes = Some(read_attributes(values, &key, &from.byte_string()?, names)?),
            key::CAPACITY => output.capacity = read_capacity(from)?,
            key::COLLECTION => output.collection = read_collection(from, table, names)?,
            _ => from.skip()?,
        }
        Ok(())
    })?;
    Ok(output)
}

fn read_attributes(
    values: ReturnValues,
    key: impl Fn() -> Result<Item, WireError>,
    bytes: &[u8],
    names: &dyn Names,
) -> Result<Item, WireError> {
    if matches!(values, ReturnValues::UpdatedOld | ReturnValues::UpdatedNew) {
        return decode_some_attributes(bytes, names);
    }
    let mut item = decode_attributes(bytes, names)?;
    item.extend(key()?);
    Ok(item)
}
