//! Projected items on the wire: which path stands for what.

use crate::world::World;
use footfall_dax::wire::cbor::Writer;
use footfall_dax::wire::expr::{Path, PathElement};
use footfall_dax::wire::model::{GetItem, GetItemOutput, Request, Response};
use footfall_dax::wire::responses::{decode_response, encode_response};
use footfall_dax::wire::value::{Item, Value};
use std::sync::Arc;

/// A path of names and places: `a 2 b` for `a[2].b`.
fn path(words: &str) -> Path {
    let element = |word: &str| word.parse().map_or_else(|_| PathElement::Name(word.to_owned()), PathElement::Index);
    Path(words.split(' ').map(element).collect())
}

fn number(whole: i32) -> Value {
    Value::N(whole.into())
}

fn map<const N: usize>(pairs: [(&str, Value); N]) -> Value {
    Value::M(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// The bytes of the item of the answer; it reads back, too.
#[track_caller]
fn written(paths: &[&str], item: &[(&str, Value)]) -> String {
    let projection = Some(paths.iter().map(|words| path(words)).collect());
    let request = Request::GetItem(GetItem { table: "agg".into(), projection, ..GetItem::default() });
    let item: Item = item.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    let response = Response::GetItem(GetItemOutput { item: Some(Arc::new(item)), capacity: None });
    let (world, mut to) = (World::default(), Writer::new());
    encode_response(&request, &response, &world, &mut to).expect("a projected item needs no names");
    assert_eq!(decode_response(&request, to.as_bytes(), &world), Ok(Ok(response)));
    hex::encode(&to.as_bytes()[3..])
}

#[test]
fn names_stand_for_themselves() {
    assert_eq!(written(&["b", "m x", "a"], &[("a", number(1)), ("m", map([("x", number(2))]))]), "a202010102");
}

/// What DynamoDB Local answers for `a` = [0, 1, {b: 2, c: 22}, [], {}, [9]].
#[test]
fn places_of_a_list_are_told_by_their_order() {
    let nine = || Value::L(vec![number(9)]);
    let b = || map([("b", number(2))]);
    assert_eq!(written(&["a 2 b", "a 5"], &[("a", Value::L(vec![b(), nine()]))]), "a20002018109");
    assert_eq!(written(&["a 5", "a 0"], &[("a", Value::L(vec![number(0), nine()]))]), "a20100008109");
    // Nothing is at a[5][3].
    assert_eq!(written(&["a 2 b", "a 5 3", "a 1"], &[("a", Value::L(vec![number(1), b()]))]), "a202010002");
    assert_eq!(written(&["a 4"], &[("a", Value::L(vec![map([])]))]), "a100a0");
    assert_eq!(written(&["nope"], &[]), "a0");
}

#[test]
fn an_element_is_given_to_a_path_that_can_have_left_it() {
    // a[0] has no x: what came is the whole of a[1], though it has an x.
    let whole = map([("x", number(1)), ("y", number(2))]);
    assert_eq!(written(&["a 0 x", "a 1"], &[("a", Value::L(vec![whole]))]), "a101a2617801617902");
    // Here either path makes the same item.
    assert_eq!(written(&["a 0 x", "a 1"], &[("a", Value::L(vec![map([("x", number(1))])]))]), "a10001");
    // a[0][0] cannot have left a number, nor a[1].x a list.
    let lists = Value::L(vec![Value::L(vec![number(7)]), map([("x", number(8))]), number(9)]);
    assert_eq!(written(&["a 3", "a 2 x", "a 1 x", "a 0 0"], &[("a", lists)]), "a3030702080009");
}

#[test]
fn a_path_deeper_than_any_document_finds_nothing() {
    let deep = format!("a{}", " b".repeat(100_000));
    assert_eq!(written(&[&deep, "c"], &[("c", number(1))]), "a10101");
}
