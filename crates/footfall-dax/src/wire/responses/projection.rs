//! Projected items: on the wire each path of the projection has a number, its place, and the item is a map from these
//! to what stands at the paths. Paths without anything are left away.

use crate::wire::cbor::{MAX_DEPTH, Reader, Writer};
use crate::wire::error::WireError;
use crate::wire::expr::{Path, PathElement, from_ordinals};
use crate::wire::value::{Item, Value};
use crate::wire::value_codec::{read_value, write_value};
use std::collections::BTreeMap;

/// The paths of a projection as the tree they make.
///
/// A projected item holds lists without what was not asked for: `a[2], a[5]` gives a list of two. Which path an element
/// came from is told by which paths it can come from. Where that leaves a choice it does not matter: every choice makes
/// the same item again.
pub struct Shape<'a> {
    root: Node<'a>,
}

enum Node<'a> {
    /// The end of the path with this number.
    End(usize),
    Names(BTreeMap<&'a str, Node<'a>>),
    Places(BTreeMap<u32, Node<'a>>),
}

impl<'a> Shape<'a> {
    /// Of paths that do not overlap (DynamoDB refuses those that do; here the first of them counts) and go no deeper
    /// than any document (nothing stands at those that do).
    pub fn new(paths: &'a [Path]) -> Self {
        let mut root = Node::Names(BTreeMap::new());
        for (number, path) in paths.iter().enumerate().filter(|(_, path)| path.0.len() <= MAX_DEPTH) {
            root.add(&path.0, number);
        }
        Self { root }
    }

    /// Writes a projected item.
    pub fn write(&self, item: &Item, to: &mut Writer) {
        let mut found = Vec::new();
        if let Node::Names(children) = &self.root {
            find_in_map(children, item, &mut found);
        }
        to.map(found.len());
        for (number, value) in found {
            to.uint(number as u64);
            write_value(value, to);
        }
    }
}

impl<'a> Node<'a> {
    fn add(&mut self, path: &'a [PathElement], number: usize) {
        let Some((first, rest)) = path.split_first() else { return };
        let child = match (self, first) {
            (Self::Names(children), PathElement::Name(name)) => children.entry(name).or_insert_with(|| Self::start(rest, number)),
            (Self::Places(children), PathElement::Index(place)) => children.entry(*place).or_insert_with(|| Self::start(rest, number)),
            _ => return,
        };
        child.add(rest, number);
    }

    fn start(path: &[PathElement], number: usize) -> Self {
        match path.first() {
            None => Self::End(number),
            Some(PathElement::Name(_)) => Self::Names(BTreeMap::new()),
            Some(PathElement::Index(_)) => Self::Places(BTreeMap::new()),
        }
    }

    /// Whether a value can be what a projection leaves of something here.
    fn can_leave(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::End(_), _) => true,
            (Self::Names(children), Value::M(map)) => {
                !map.is_empty() && map.iter().all(|(name, value)| children.get(name.as_str()).is_some_and(|child| child.can_leave(value)))
            }
            (Self::Places(children), Value::L(list)) => {
                let mut children = children.values();
                !list.is_empty() && list.iter().all(|value| children.any(|child| child.can_leave(value)))
            }
            _ => false,
        }
    }

    fn find<'v>(&self, value: &'v Value, found: &mut Vec<(usize, &'v Value)>) {
        match (self, value) {
            (Self::End(number), value) => found.push((*number, value)),
            (Self::Names(children), Value::M(map)) => find_in_map(children, map, found),
            (Self::Places(children), Value::L(list)) => {
                // Elements stand in their order: the first path that can have left one is as good as any later.
                let mut children = children.values();
                for value in list {
                    if let Some(child) = children.find(|child| child.can_leave(value)) {
                        child.find(value, found);
                    }
                }
            }
            _ => {}
        }
    }
}

fn find_in_map<'v>(children: &BTreeMap<&str, Node<'_>>, map: &'v BTreeMap<String, Value>, found: &mut Vec<(usize, &'v Value)>) {
    for (name, child) in children {
        if let Some(value) = map.get(*name) {
            child.find(value, found);
        }
    }
}

/// Reads a projected item.
///
/// # Errors
/// It is malformed, or has numbers no path has.
pub fn read_projected(from: &mut Reader<'_>, paths: &[Path]) -> Result<Item, WireError> {
    let mut values = Vec::new();
    let mut pairs = from.map()?;
    while from.more(&mut pairs)? {
        let number = usize::try_from(from.uint()?).unwrap_or(usize::MAX);
        if number >= paths.len() {
            return Err(WireError::malformed("a projected item has a path nobody asked for"));
        }
        values.push((number, read_value(from)?));
    }
    Ok(from_ordinals(paths, values))
}
