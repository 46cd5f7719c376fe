//! Answers to batches.

use super::capacity::{read_capacities, read_capacity, read_collections, write_capacities, write_capacity, write_collections};
use super::projection::{Shape, read_projected};
use super::{Out, paths, schema, shared};
use crate::wire::attributes::decode_attributes;
use crate::wire::cbor::{Reader, Token};
use crate::wire::error::WireError;
use crate::wire::expr::{Path, project};
use crate::wire::key::{decode_key, write_key};
use crate::wire::model::{BatchGetItem, BatchGetOutput, BatchWrite, BatchWriteOutput, KeysAndProjection};
use crate::wire::names::Names;
use crate::wire::value::{Item, KeySchema};
use std::sync::Arc;

pub(super) fn write_get<'a>(request: &BatchGetItem, output: &'a BatchGetOutput, out: &mut Out<'a, '_>) -> Result<(), WireError> {
    // The clients depend on an old mistake of the server: two are announced, three come.
    out.to.array(2);
    out.to.map(output.items.len());
    for (table, items) in &output.items {
        out.to.text(table);
        match projection_of(request, table) {
            Some(paths) => {
                let shape = Shape::new(paths);
                out.to.array(items.len());
                items.iter().for_each(|item| shape.write(item, out.to));
            }
            None => {
                let schema = schema(table, out.names)?;
                out.to.array(items.len() * 2);
                for item in items {
                    write_key(item, &schema, out.to)?;
                    out.attributes.write(item, &schema, out.to)?;
                }
            }
        }
    }
    out.to.map(output.unprocessed.len());
    for (table, unprocessed) in &output.unprocessed {
        let schema = schema(table, out.names)?;
        out.to.text(table);
        out.to.array(unprocessed.keys.len());
        unprocessed.keys.iter().try_for_each(|key| write_key(key, &schema, out.to))?;
    }
    write_capacities(&output.capacity, out.to, write_capacity);
    Ok(())
}

pub(super) fn read_get(request: &BatchGetItem, from: &mut Reader<'_>, names: &dyn Names) -> Result<BatchGetOutput, WireError> {
    let mut output = BatchGetOutput::default();
    if from.null()? {
        return Ok(output);
    }
    skip_head_of_three(from)?;
    let mut tables = from.map()?;
    while from.more(&mut tables)? {
        let table = from.text()?.into_owned();
        let items = read_items(&table, projection_of(request, &table), from, names)?;
        output.items.insert(table, items);
    }
    let mut tables = from.map()?;
    while from.more(&mut tables)? {
        let table = from.text()?.into_owned();
        let asked = request.tables.get(&table).ok_or_else(|| WireError::malformed("keys of a table nobody asked for"))?;
        let keys = read_keys(&*schema(&table, names)?, from)?;
        output.unprocessed.insert(table, KeysAndProjection { keys, ..asked_without_keys(asked) });
    }
    output.capacity = read_capacities(from, read_capacity)?;
    Ok(output)
}

pub(super) fn write_write<'a>(output: &'a BatchWriteOutput, out: &mut Out<'a, '_>) -> Result<(), WireError> {
    out.to.map(output.unprocessed.len());
    for (table, writes) in &output.unprocessed {
        let schema = schema(table, out.names)?;
        out.to.text(table);
        out.to.array(writes.len() * 2);
        for write in writes {
            match write {
                BatchWrite::Put(item) => {
                    write_key(item, &schema, out.to)?;
                    out.attributes.write(item, &schema, out.to)?;
                }
                BatchWrite::Delete(key) => {
                    write_key(key, &schema, out.to)?;
                    out.to.null();
                }
            }
        }
    }
    write_capacities(&output.capacity, out.to, write_capacity);
    write_collections(&output.collections, out.to);
    Ok(())
}

pub(super) fn read_write(from: &mut Reader<'_>, names: &dyn Names) -> Result<BatchWriteOutput, WireError> {
    let mut output = BatchWriteOutput::default();
    if from.null()? {
        return Ok(output);
    }
    let mut tables = from.map()?;
    while from.more(&mut tables)? {
        let table = from.text()?.into_owned();
        let schema = schema(&table, names)?;
        let mut writes = Vec::new();
        read_pairs(&schema, from, names, |key, attributes| {
            writes.push(attributes.map_or_else(|| BatchWrite::Delete(key.clone()), |item| BatchWrite::Put(joined(item, key.clone()))));
        })?;
        output.unprocessed.insert(table, writes);
    }
    output.capacity = read_capacities(from, read_capacity)?;
    output.collections = read_collections(from, names)?;
    Ok(output)
}

/// Three items follow, whatever the array before them says.
fn skip_head_of_three(from: &mut Reader<'_>) -> Result<(), WireError> {
    let sequence = from.array()?;
    if sequence.known() == 2 { Ok(()) } else { Err(WireError::malformed("an answer to BatchGetItem begins with an array of 2")) }
}

fn read_items(table: &str, paths: Option<&[Path]>, from: &mut Reader<'_>, names: &dyn Names) -> Result<Vec<Arc<Item>>, WireError> {
    let mut items = Vec::new();
    let Some(paths) = paths else {
        read_pairs(&*schema(table, names)?, from, names, |key, attributes| {
            items.extend(attributes.map(|item| shared(joined(item, key))));
        })?;
        return Ok(items);
    };
    let mut sequence = from.array()?;
    while from.more(&mut sequence)? {
        let item = match from.peek()? {
            Token::Map => read_projected(from, paths)?,
            _ => project(&decode_attributes(&from.byte_string()?, names)?, paths),
        };
        items.push(shared(item));
    }
    Ok(items)
}

/// Reads an array of keys and attributes in turn.
fn read_pairs(
    schema: &KeySchema,
    from: &mut Reader<'_>,
    names: &dyn Names,
    mut each: impl FnMut(Item, Option<Item>),
) -> Result<(), WireError> {
    let mut sequence = from.array()?;
    while from.more(&mut sequence)? {
        let key = decode_key(&from.byte_string()?, schema)?;
        if !from.more(&mut sequence)? {
            return Err(WireError::malformed("a key without attributes"));
        }
        let attributes = if from.null()? { None } else { Some(decode_attributes(&from.byte_string()?, names)?) };
        each(key, attributes);
    }
    Ok(())
}

fn read_keys(schema: &KeySchema, from: &mut Reader<'_>) -> Result<Vec<Item>, WireError> {
    let mut keys = Vec::new();
    let mut sequence = from.array()?;
    while from.more(&mut sequence)? {
        keys.push(decode_key(&from.byte_string()?, schema)?);
    }
    Ok(keys)
}

fn projection_of<'a>(request: &'a BatchGetItem, table: &str) -> Option<&'a [Path]> {
    paths(&request.tables.get(table)?.projection)
}

fn asked_without_keys(asked: &KeysAndProjection) -> KeysAndProjection {
    KeysAndProjection { keys: Vec::new(), consistent: asked.consistent, projection: asked.projection.clone() }
}

fn joined(mut item: Item, key: Item) -> Item {
    item.extend(key);
    item
}
