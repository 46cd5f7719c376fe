//! Pages of queries and scans.

use super::capacity::{read_capacity, write_capacity};
use super::projection::{Shape, read_projected};
use super::{Out, key, paths, read_numbered, schema, shared};
use crate::wire::attributes::decode_attributes;
use crate::wire::cbor::{Reader, Token};
use crate::wire::error::WireError;
use crate::wire::expr::{Path, project};
use crate::wire::key::{decode_compound, decode_key, write_compound, write_key};
use crate::wire::model::{PageOutput, ReadOptions};
use crate::wire::names::Names;
use crate::wire::value::{Item, KeySchema};
use std::sync::Arc;

pub(super) fn write<'a>(table: &str, options: &ReadOptions, page: &'a PageOutput, out: &mut Out<'a, '_>) -> Result<(), WireError> {
    let present = [page.items.is_some(), page.last.is_some(), page.capacity.is_some()];
    out.to.map(2 + present.into_iter().map(usize::from).sum::<usize>());
    if let Some(items) = &page.items {
        out.to.uint(key::ITEMS);
        out.to.array(items.len());
        write_items(table, paths(&options.projection), items, out)?;
    }
    out.to.uint(key::COUNT);
    out.to.int(page.count.into());
    out.to.uint(key::SCANNED);
    out.to.int(page.scanned.into());
    if let Some(last) = &page.last {
        out.to.uint(key::LAST);
        match options.index {
            Some(_) => write_compound(last, out.to),
            None => write_key(last, &*schema(table, out.names)?, out.to)?,
        }
    }
    if let Some(capacity) = &page.capacity {
        out.to.uint(key::CAPACITY);
        write_capacity(capacity, out.to);
    }
    Ok(())
}

pub(super) fn read(table: &str, options: &ReadOptions, from: &mut Reader<'_>, names: &dyn Names) -> Result<PageOutput, WireError> {
    let mut page = PageOutput::default();
    read_numbered(from, |number, from| {
        match number {
            key::ITEMS if from.null()? => {}
            key::ITEMS => page.items = Some(read_items(table, paths(&options.projection), from, names)?),
            key::COUNT => page.count = read_count(from)?,
            key::SCANNED => page.scanned = read_count(from)?,
            key::LAST if from.null()? => {}
            key::LAST if options.index.is_some() => page.last = Some(decode_compound(&from.byte_string()?)?),
            key::LAST => page.last = Some(decode_key(&from.byte_string()?, &*schema(table, names)?)?),
            key::CAPACITY => page.capacity = read_capacity(from)?,
            _ => from.skip()?,
        }
        Ok(())
    })?;
    Ok(page)
}

fn write_items<'a>(table: &str, paths: Option<&[Path]>, items: &'a [Arc<Item>], out: &mut Out<'a, '_>) -> Result<(), WireError> {
    if let Some(paths) = paths {
        let shape = Shape::new(paths);
        items.iter().for_each(|item| shape.write(item, out.to));
        return Ok(());
    }
    let schema = schema(table, out.names)?;
    for item in items {
        out.to.array(2);
        write_key(item, &schema, out.to)?;
        out.attributes.write(item, &schema, out.to)?;
    }
    Ok(())
}

fn read_items(table: &str, paths: Option<&[Path]>, from: &mut Reader<'_>, names: &dyn Names) -> Result<Vec<Arc<Item>>, WireError> {
    let mut items = Vec::new();
    let mut known_schema = None;
    let mut sequence = from.array()?;
    while from.more(&mut sequence)? {
        let item = match (paths, from.peek()?) {
            (Some(paths), Token::Map) => read_projected(from, paths)?,
            _ => {
                let schema = match &known_schema {
                    Some(schema) => schema,
                    None => known_schema.insert(schema(table, names)?),
                };
                let item = read_pair(schema, from, names)?;
                // Clients take whole items for projected ones too.
                if let Some(paths) = paths { project(&item, paths) } else { item }
            }
        };
        items.push(shared(item));
    }
    Ok(items)
}

fn read_pair(schema: &KeySchema, from: &mut Reader<'_>, names: &dyn Names) -> Result<Item, WireError> {
    let expected = || WireError::malformed("an item of a page is a key and attributes");
    let mut pair = from.array()?;
    if !from.more(&mut pair)? {
        return Err(expected());
    }
    let key = decode_key(&from.byte_string()?, schema)?;
    if !from.more(&mut pair)? {
        return Err(expected());
    }
    let mut item = decode_attributes(&from.byte_string()?, names)?;
    if from.more(&mut pair)? {
        return Err(expected());
    }
    item.extend(key);
    Ok(item)
}

fn read_count(from: &mut Reader<'_>) -> Result<i32, WireError> {
    i32::try_from(from.int()?).map_err(|_| WireError::malformed("a count is too large"))
}
