//! An item's attributes on the wire: the number of their list of names, then their values in its order.

use super::cbor::{Reader, Writer};
use super::error::WireError;
use super::names::{EMPTY_LIST, Names};
use super::value::{Item, KeySchema, Value};
use super::value_codec::{read_value, write_value};
use std::sync::Arc;

/// Writes an item's attributes, without those of its key, as a byte string.
///
/// # Errors
/// [`WireError::UnnamedList`]: their names have no id yet. What was written until then is to be taken back.
pub fn write_attributes(item: &Item, schema: &KeySchema, names: &dyn Names, to: &mut Writer) -> Result<(), WireError> {
    AttributeWriter::new(names).write(item, schema, to)
}

/// Writes the attributes of items one after the other: the id of a list is asked for once as long as it does not change.
pub struct AttributeWriter<'a> {
    names: &'a dyn Names,
    list: Vec<&'a str>,
    id: u64,
}

impl<'a> AttributeWriter<'a> {
    /// One that knows no list yet.
    pub fn new(names: &'a dyn Names) -> Self {
        Self { names, list: Vec::new(), id: EMPTY_LIST }
    }

    /// As [`write_attributes`].
    ///
    /// # Errors
    /// As [`write_attributes`].
    pub fn write(&mut self, item: &'a Item, schema: &KeySchema, to: &mut Writer) -> Result<(), WireError> {
        self.find_list(item.len(), || item.keys().map(String::as_str).filter(|name| !schema.has(name)))?;
        to.nested(|to| {
            to.uint(self.id);
            // The list is the item's names in the item's order.
            item.iter().filter(|(name, _)| !schema.has(name)).for_each(|(_, value)| write_value(value, to));
            Ok(())
        })
    }

    /// As [`Self::write`], of some attributes: their places in the list, and their values.
    ///
    /// # Errors
    /// As [`write_attributes`].
    pub fn write_some(&mut self, item: &'a Item, to: &mut Writer) -> Result<(), WireError> {
        self.find_list(item.len(), || item.keys().map(String::as_str))?;
        to.nested(|to| {
            to.uint(self.id);
            to.map(item.len());
            for (place, value) in item.values().enumerate() {
                to.uint(place as u64);
                write_value(value, to);
            }
            Ok(())
        })
    }

    fn find_list<I: Iterator<Item = &'a str>>(&mut self, at_most: usize, names: impl Fn() -> I) -> Result<(), WireError> {
        if names().eq(self.list.iter().copied()) {
            return Ok(());
        }
        self.list.clear();
        self.list.reserve(at_most);
        self.list.extend(names());
        let found = if self.list.is_empty() { Some(EMPTY_LIST) } else { self.names.list_id(&self.list) };
        let Some(id) = found else {
            let unnamed = self.list.drain(..).map(str::to_owned).collect();
            self.id = EMPTY_LIST;
            return Err(WireError::UnnamedList(unnamed));
        };
        self.id = id;
        Ok(())
    }
}

/// The names of an item's attributes without those of its key, as the list that stands for them.
pub fn attribute_names<'a>(item: &'a Item, schema: &KeySchema) -> Vec<&'a str> {
    item.keys().map(String::as_str).filter(|name| !schema.has(name)).collect()
}

/// Reads an item's attributes: all of the bytes. The key is not among them.
///
/// # Errors
/// [`WireError::UnknownList`], or they are malformed.
pub fn decode_attributes(bytes: &[u8], names: &dyn Names) -> Result<Item, WireError> {
    let mut from = Reader::of_whole(bytes);
    let mut item = Item::new();
    for name in list(from.uint()?, names)?.iter() {
        item.insert(name.clone(), read_value(&mut from)?);
    }
    from.finish()?;
    Ok(item)
}

/// The number of the list that the bytes of an item's attributes begin with.
///
/// # Errors
/// They do not begin with one.
pub fn list_of_attributes(bytes: &[u8]) -> Result<u64, WireError> {
    Reader::of_whole(bytes).uint()
}

/// Reads some of an item's attributes: all of the bytes.
///
/// # Errors
/// As [`decode_attributes`].
pub fn decode_some_attributes(bytes: &[u8], names: &dyn Names) -> Result<Item, WireError> {
    let mut from = Reader::of_whole(bytes);
    let list = list(from.uint()?, names)?;
    let mut places = from.map()?;
    let mut item = Item::new();
    while from.more(&mut places)? {
        let place = usize::try_from(from.uint()?).unwrap_or(usize::MAX);
        let value: Value = read_value(&mut from)?;
        let name = list.get(place).ok_or_else(|| WireError::malformed("a place beyond the list of attributes"))?;
        item.insert(name.clone(), value);
    }
    from.finish()?;
    Ok(item)
}

fn list(id: u64, names: &dyn Names) -> Result<Arc<[String]>, WireError> {
    if id == EMPTY_LIST {
        return Ok(Arc::from([]));
    }
    names.list(id).ok_or(WireError::UnknownList(id))
}
