//! Projections: out of their text, and applied to an item.

use super::parser::Parser;
use super::path::check_overlaps;
use super::{Path, PathElement, Projection, Substitutions};
use crate::wire::error::DynamoError;
use crate::wire::value::{Item, Value};
use std::collections::BTreeMap;

/// Parses a `ProjectionExpression`, with the names of its request put in.
///
/// # Errors
/// A `ValidationException` in DynamoDB's words.
pub fn parse_projection(text: &str, substitutions: &Substitutions) -> Result<Projection, DynamoError> {
    let mut parser = Parser::new("ProjectionExpression", text, substitutions)?;
    let mut paths = vec![parser.path()?];
    while parser.accept(",") {
        paths.push(parser.path()?);
    }
    parser.finish()?;
    check_overlaps(&parser, &paths.iter().collect::<Vec<_>>())?;
    Ok(paths)
}

/// What stands at a path, if anything does.
pub fn find<'a>(item: &'a Item, path: &Path) -> Option<&'a Value> {
    let mut elements = path.0.iter();
    let Some(PathElement::Name(first)) = elements.next() else { return None };
    elements.try_fold(item.get(first)?, |value, element| match (value, element) {
        (Value::M(map), PathElement::Name(name)) => map.get(name),
        (Value::L(list), PathElement::Index(index)) => list.get(usize::try_from(*index).ok()?),
        _ => None,
    })
}

/// An item with only what a projection names, nested as it was; of lists the elements named, close together, in the
/// list's order. As DynamoDB answers it.
pub fn project(item: &Item, projection: &[Path]) -> Item {
    assemble(projection.iter().filter_map(|path| Some((path, find(item, path)?.clone()))))
}

/// The item that values make which stand at paths of a projection, each given by its path's position: the form that
/// projected items have on the wire. Positions beyond the projection are left out.
pub fn from_ordinals(projection: &[Path], values: impl IntoIterator<Item = (usize, Value)>) -> Item {
    assemble(values.into_iter().filter_map(|(at, value)| Some((projection.get(at)?, value))))
}

/// A document being put together.
enum Node {
    Leaf(Value),
    Map(BTreeMap<String, Node>),
    List(BTreeMap<u32, Node>),
}

fn assemble<'a>(values: impl Iterator<Item = (&'a Path, Value)>) -> Item {
    let mut top = BTreeMap::new();
    for (path, value) in values {
        if let Some((PathElement::Name(name), rest)) = path.0.split_first() {
            insert(top.entry(name.clone()), rest, value);
        }
    }
    top.into_iter().map(|(name, node)| (name, node.into_value())).collect()
}

fn insert<K: Ord>(entry: std::collections::btree_map::Entry<'_, K, Node>, rest: &[PathElement], value: Value) {
    let Some((next, rest)) = rest.split_first() else {
        entry.insert_entry(Node::Leaf(value));
        return;
    };
    match next {
        PathElement::Name(name) => {
            if let Node::Map(map) = entry.or_insert_with(|| Node::Map(BTreeMap::new())) {
                insert(map.entry(name.clone()), rest, value);
            }
        }
        PathElement::Index(index) => {
            if let Node::List(list) = entry.or_insert_with(|| Node::List(BTreeMap::new())) {
                insert(list.entry(*index), rest, value);
            }
        }
    }
}

impl Node {
    fn into_value(self) -> Value {
        match self {
            Self::Leaf(value) => value,
            Self::Map(map) => Value::M(map.into_iter().map(|(name, node)| (name, node.into_value())).collect()),
            Self::List(list) => Value::L(list.into_values().map(Self::into_value).collect()),
        }
    }
}
