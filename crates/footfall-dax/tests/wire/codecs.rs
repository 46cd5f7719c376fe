//! Numbers, values, keys and attributes, both ways.

use crate::arbitrary::{attributes, item, key, number, table, value};
use crate::world::{World, schema};
use footfall_dax::wire::attributes::{decode_attributes, write_attributes};
use footfall_dax::wire::cbor::{Reader, Writer};
use footfall_dax::wire::key::{decode_compound, decode_key, encode_key, write_compound};
use footfall_dax::wire::lexdecimal::{read_lexdecimal, write_lexdecimal};
use footfall_dax::wire::number::Number;
use footfall_dax::wire::value::{Item, KeySchema, KeyType, Value};
use footfall_dax::wire::{KnownNames, WireError, list_id_of, read_number, read_value, write_number, write_value};
use proptest::prelude::*;

fn written(write: impl FnOnce(&mut Writer)) -> Vec<u8> {
    let mut to = Writer::new();
    write(&mut to);
    to.into_bytes()
}

fn lexdecimal(number: Number) -> Vec<u8> {
    let mut to = Vec::new();
    write_lexdecimal(number, &mut to);
    to
}

fn read_hex(bytes: &str) -> Result<Number, WireError> {
    read_number(&mut Reader::of_whole(&hex::decode(bytes).expect("hex")))
}

fn parsed(text: &str) -> Number {
    Number::parse(text).expect("a number")
}

proptest! {
    #[test]
    fn numbers_read_back_from_their_text(number in number()) {
        prop_assert_eq!(Number::parse(&number.to_string()), Ok(number));
        prop_assert_eq!(Number::parse(&format!("{}e{}", number.mantissa(), number.exponent())), Ok(number));
    }

    #[test]
    fn numbers_are_ordered_by_value(a in number(), b in number()) {
        // Another way to tell: the difference of whole numbers of the same scale.
        let scale = a.exponent().min(b.exponent());
        let whole = |n: Number| num_bigint::BigInt::from(n.mantissa()) * num_bigint::BigInt::from(10).pow((n.exponent() - scale) as u32);
        prop_assert_eq!(a.cmp(&b), whole(a).cmp(&whole(b)));
    }

    #[test]
    fn floats_read_back(float in any::<f32>().prop_filter("in range", |f| f.is_finite() && (f.abs() > 1e-30 || *f == 0.0))) {
        let float = f64::from(float);
        prop_assert_eq!(Number::from_f64(float).map(Number::to_f64), Some(float + 0.0));
    }

    #[test]
    fn numbers_read_back_from_cbor(number in number()) {
        let bytes = written(|to| write_number(number, to));
        let mut from = Reader::of_whole(&bytes);
        prop_assert_eq!(read_number(&mut from), Ok(number));
        prop_assert_eq!(from.finish(), Ok(()));
    }

    #[test]
    fn numbers_of_keys_read_back(number in number()) {
        prop_assert_eq!(read_lexdecimal(&lexdecimal(number)), Ok(number));
    }

    #[test]
    fn bytes_of_keys_sort_as_their_numbers_do(a in number(), b in number()) {
        prop_assert_eq!(lexdecimal(a).cmp(&lexdecimal(b)), a.cmp(&b));
    }

    #[test]
    fn near_numbers_of_keys_sort_too(number in number(), step in 1..1000_i128) {
        if let Ok(next) = Number::new(number.mantissa() + step, number.exponent().into()) {
            prop_assert_eq!(lexdecimal(number).cmp(&lexdecimal(next)), number.cmp(&next));
        }
    }

    #[test]
    fn any_bytes_are_a_number_of_a_key_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..24)) {
        if let Ok(number) = read_lexdecimal(&bytes) {
            prop_assert_eq!(read_lexdecimal(&lexdecimal(number)), Ok(number));
        }
    }

    #[test]
    fn values_read_back(value in value()) {
        let bytes = written(|to| write_value(&value, to));
        let mut from = Reader::of_whole(&bytes);
        prop_assert_eq!(read_value(&mut from), Ok(value));
        prop_assert_eq!(from.finish(), Ok(()));
    }

    #[test]
    fn keys_read_back((table, key) in table().prop_flat_map(|table| (Just(table.clone()), key(&table)))) {
        let schema = schema(&table).expect("a table of the world");
        let bytes = encode_key(&key, &schema).expect("a key");
        prop_assert_eq!(decode_key(&bytes, &schema), Ok(key));
    }

    #[test]
    fn the_key_of_an_item_is_its_own((table, item) in table().prop_flat_map(|table| (Just(table.clone()), item(&table)))) {
        let schema = schema(&table).expect("a table of the world");
        let key = schema.key_of(&item).expect("an item with its key");
        prop_assert_eq!(key.len(), schema.attributes());
        prop_assert_eq!(encode_key(&item, &schema), encode_key(&key, &schema));
    }

    #[test]
    fn attributes_and_key_make_the_item_again((table, item) in table().prop_flat_map(|table| (Just(table.clone()), item(&table)))) {
        let (world, schema) = (World::default(), schema(&table).expect("a table of the world"));
        let mut to = Writer::new();
        write_attributes(&item, &schema, &world, &mut to).expect("every list has an id");
        let mut again = decode_attributes(&Reader::of_whole(to.as_bytes()).byte_string().expect("bytes"), &world).expect("attributes");
        prop_assert!(again.keys().all(|name| !schema.has(name)));
        again.extend(schema.key_of(&item).expect("a key"));
        prop_assert_eq!(again, item);
    }

    #[test]
    fn paging_keys_of_indexes_read_back(key in attributes()) {
        let bytes = written(|to| write_compound(&key, to));
        prop_assert_eq!(decode_compound(&Reader::of_whole(&bytes).byte_string().expect("bytes")), Ok(key));
    }
}

#[test]
fn numbers_have_the_bytes_clients_know() {
    for (text, bytes) in [
        ("0", "00"),
        ("-1", "20"),
        ("1000000", "1a000f4240"),
        ("18446744073709551615", "1bffffffffffffffff"),
        ("18446744073709551616", "c249010000000000000000"),
        ("-18446744073709551616", "3bffffffffffffffff"),
        ("-18446744073709551617", "c349010000000000000000"),
        ("99999999999999999999999999999999999999", "c2504b3b4ca85a86c47a098a223fffffffff"),
        ("3.14", "c48221 19013a".replace(' ', "").as_str()),
        ("9.50", "c482201 85f".replace(' ', "").as_str()),
        // A whole number is written as one, however many zeros it has.
        ("1e10", "1b00000002540be400"),
    ] {
        assert_eq!(hex::encode(written(|to| write_number(parsed(text), to))), bytes, "{text}");
        assert_eq!(read_hex(bytes), Ok(parsed(text)), "{text}");
    }
}

#[test]
fn a_number_is_read_in_every_form_clients_write() {
    for (bytes, text) in [
        ("c482200a", "1.0"),
        ("c4820a01", "1e10"),
        ("c482011896", "1.50E+3"),
        ("fb3fb999999999999a", "0.1"),
        ("fbc0091eb851eb851f", "-3.14"),
        ("fa3dcccccd", "0.1"),
        ("f93800", "0.5"),
        ("c2487fffffffffffffff", "9223372036854775807"),
        ("c248ffffffffffffffff", "18446744073709551615"),
        ("c240", "0"),
        ("c340", "-1"),
        ("c4822ac34100", "-1e-11"),
        ("c482387f1904d2", "1234e-128"),
    ] {
        assert_eq!(read_hex(bytes), Ok(parsed(text)), "{text}");
    }
}

#[test]
fn what_is_no_number_of_dynamodbs_is_the_callers_mistake() {
    for bytes in ["c482187f01", "c4823901f301", "fb7ff0000000000000", "fb7e37e43c8800759c", "c258410100"] {
        let bytes = if bytes == "c258410100" { format!("c2584101{}", "00".repeat(64)) } else { bytes.to_owned() };
        assert!(matches!(read_hex(&bytes), Err(WireError::Invalid(_))), "{bytes}: {:?}", read_hex(&bytes));
    }
    for bytes in ["6161", "c101", "c48101", "c483010101", "c4826101", "f4", "c5820101"] {
        assert!(matches!(read_hex(bytes), Err(WireError::Malformed(_))), "{bytes}");
    }
}

#[test]
fn equal_numbers_are_the_same_key_however_they_were_spelled() {
    let hash_only = KeySchema { hash: ("pk".into(), KeyType::N), range: None };
    let spelled: Vec<Item> = ["01", "c482200a", "c4820001", "fb3ff0000000000000", "c24101", "c4822103e8".replace("03e8", "1864").as_str()]
        .into_iter()
        .map(|bytes| decode_key(&hex::decode(bytes).expect("hex"), &hash_only).expect("a key"))
        .collect();
    assert!(spelled.iter().all(|key| *key == spelled[0]), "{spelled:?}");
    assert_eq!(encode_key(&spelled[1], &hash_only), Ok(vec![1]));
    let both = schema("agg").expect("a table of the world");
    let sorted = ["63752331c11c0000", "63752331c11c0010"].map(|bytes| decode_key(&hex::decode(bytes).expect("hex"), &both));
    assert_eq!(sorted[0], sorted[1]);
}

#[test]
fn the_captured_key_has_its_bytes() {
    let schema = schema("agg").expect("a table of the world");
    let key = Item::from([("pk".to_owned(), Value::S("u#1".into())), ("sk".to_owned(), Value::N(42.into()))]);
    assert_eq!(hex::encode(encode_key(&key, &schema).expect("a key")), "63752331c26c0010");
    assert_eq!(decode_key(&hex::decode("637523313eae7fd0").expect("hex"), &schema).expect("a key")["sk"], Value::N(parsed("-3.14")));
}

#[test]
fn a_key_of_another_schema_is_the_callers_mistake() {
    let schema = schema("agg").expect("a table of the world");
    let text = |name: &str| (name.to_owned(), Value::S("x".into()));
    for key in [Item::from([text("pk")]), Item::from([text("pk"), text("sk")]), Item::new()] {
        assert!(matches!(encode_key(&key, &schema), Err(WireError::Invalid(words)) if words.contains("does not match the schema")));
    }
    assert!(matches!(decode_key(&[1, 0x80], &schema), Err(WireError::Invalid(_))), "a number where a text belongs");
    assert!(decode_key(&[], &schema).is_err());
    assert!(decode_key(&[0xff], &KeySchema { hash: ("pk".into(), KeyType::S), range: None }).is_err(), "no UTF-8");
}

#[test]
fn the_captured_attributes_have_their_bytes() {
    let world = World::default().with_list(2, &["alpha", "beta"]);
    let mut item = Item::from([("alpha".to_owned(), Value::S("hi".into())), ("beta".to_owned(), Value::N(7.into()))]);
    assert_eq!(decode_attributes(&[2, 0x62, b'h', b'i', 7], &world), Ok(item.clone()));
    item.extend([("pk".to_owned(), Value::S("u#1".into())), ("sk".to_owned(), Value::N(42.into()))]);
    let mut to = Writer::new();
    write_attributes(&item, &schema("agg").expect("a table of the world"), &world, &mut to).expect("a known list");
    assert_eq!(hex::encode(to.as_bytes()), "450262686907");
}

#[test]
fn the_registered_order_of_names_counts_and_not_ours() {
    let world = World::default().with_list(9, &["b", "a"]);
    let item = decode_attributes(&[9, 1, 2], &world).expect("a known list");
    assert_eq!(item, Item::from([("a".to_owned(), Value::N(2.into())), ("b".to_owned(), Value::N(1.into()))]));
}

#[test]
fn an_unknown_list_is_never_guessed() {
    let nobody = KnownNames::default();
    assert_eq!(decode_attributes(&[7, 1], &nobody), Err(WireError::UnknownList(7)));
    assert_eq!(decode_attributes(&[1], &nobody), Ok(Item::new()));
    assert!(decode_attributes(&[1, 0], &nobody).is_err(), "the empty list has no values");
    let item = Item::from([("a".to_owned(), Value::Null)]);
    let unnamed = write_attributes(&item, &schema("agg").expect("a table of the world"), &nobody, &mut Writer::new());
    assert_eq!(unnamed, Err(WireError::UnnamedList(vec!["a".into()])));
}

#[test]
fn ids_of_lists_are_fixed_for_ever() {
    // A restarted server, or another node, must give the same ids: these must never change.
    assert_eq!(list_id_of::<&str>(&[]), 1);
    assert_eq!(list_id_of(&["alpha", "beta"]), list_id_of(&["alpha".to_owned(), "beta".to_owned()]));
    assert_ne!(list_id_of(&["alpha", "beta"]), list_id_of(&["beta", "alpha"]));
    assert_ne!(list_id_of(&["ab", "c"]), list_id_of(&["a", "bc"]));
    assert!((1 << 48..1 << 49).contains(&list_id_of(&["x"])));
    assert_eq!(list_id_of(&["alpha", "beta"]), 383_805_787_874_200);
}

#[test]
fn two_lists_never_share_an_id() {
    let mut names = KnownNames::default();
    names.lists.add(5, vec!["a".into()]).expect("a new list");
    names.lists.add(5, vec!["a".into()]).expect("the same again");
    assert!(names.lists.add(5, vec!["b".into()]).is_err());
    assert!(names.lists.add(6, vec!["a".into()]).is_err());
    assert!(names.lists.add(1, vec!["b".into()]).is_err());
    assert_eq!((names.lists.len(), names.lists.id(&["a"]), names.lists.id(&["b"])), (1, Some(5), None));
}

#[test]
fn documents_may_be_as_deep_as_dynamodbs_and_not_much_deeper() {
    let nested = |depth: usize| [vec![0x81; depth], vec![0]].concat();
    assert!(read_value(&mut Reader::of_whole(&nested(40))).is_ok());
    assert_eq!(read_value(&mut Reader::of_whole(&nested(100_000))), Err(WireError::TooLarge("depth")));
}
