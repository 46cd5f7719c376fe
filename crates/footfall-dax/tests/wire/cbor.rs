//! Items of CBOR: read, skipped and measured alike.

use footfall_dax::wire::WireError;
use footfall_dax::wire::cbor::{MAX_DEPTH, Reader, Scanner, Token, Writer};
use proptest::prelude::*;

fn reader(hex: &str) -> Vec<u8> {
    hex::decode(hex).expect("hex")
}

/// An item and its bytes, in forms that a writer of ours never makes too.
fn item() -> impl Strategy<Value = Vec<u8>> {
    let leaf = prop_oneof![
        any::<i64>().prop_map(|number| written(|to| to.int(number))),
        any::<f64>().prop_map(|number| written(|to| to.float(number))),
        any::<bool>().prop_map(|value| written(|to| to.bool(value))),
        "\\PC{0,40}".prop_map(|text| written(|to| to.text(&text))),
        proptest::collection::vec(any::<u8>(), 0..300).prop_map(|bytes| written(|to| to.byte_string(&bytes))),
        Just(written(Writer::null)),
        // In pieces, and with lengths longer than need be.
        Just(reader("7f6161626262ff")),
        Just(reader("5f41004100ff")),
        Just(reader("1b0000000000000001")),
        Just(reader("f93c00")),
    ];
    leaf.prop_recursive(5, 40, 5, |inner| {
        let many = || proptest::collection::vec(inner.clone(), 0..5);
        prop_oneof![
            many().prop_map(|items| [written(|to| to.array(items.len())), items.concat()].concat()),
            many().prop_map(|items| [vec![0x9f], items.concat(), vec![0xff]].concat()),
            many().prop_map(|items| [
                vec![0xbf],
                items.iter().flat_map(|item| [item.clone(), item.clone()]).flatten().collect(),
                vec![0xff]
            ]
            .concat()),
            inner.clone().prop_map(|item| [written(|to| to.tag(3321)), item].concat()),
        ]
    })
}

fn written(write: impl FnOnce(&mut Writer)) -> Vec<u8> {
    let mut to = Writer::new();
    write(&mut to);
    to.into_bytes()
}

proptest! {
    #[test]
    fn an_item_ends_where_it_ends_however_it_arrives(item in item(), rest in proptest::collection::vec(any::<u8>(), 0..4)) {
        let bytes = [item.clone(), rest].concat();
        prop_assert_eq!(Scanner::new().item(&bytes), Ok(item.len()));
        let mut slow = Scanner::new();
        for length in 0..item.len() {
            prop_assert_eq!(slow.item(&bytes[..length]), Err(WireError::Incomplete));
            prop_assert!(slow.needed() > length && slow.needed() <= item.len(), "needs {} of {}", slow.needed(), item.len());
        }
        prop_assert_eq!(slow.item(&bytes[..item.len()]), Ok(item.len()));
        let mut reader = Reader::of_stream(&bytes);
        prop_assert_eq!(reader.raw_item(), Ok(&item[..]));
    }

    #[test]
    fn whole_numbers_read_back(number in any::<i64>()) {
        let bytes = written(|to| to.int(number));
        prop_assert_eq!(Reader::of_whole(&bytes).int(), Ok(number));
        prop_assert_eq!(Reader::of_whole(&bytes).float(), Ok(number as f64));
    }

    #[test]
    fn what_is_nested_is_a_byte_string_with_the_shortest_head(content in proptest::collection::vec(any::<u8>(), 0..600)) {
        let nested = written(|to| to.nested(|to| { to.raw(&content); Ok::<_, WireError>(()) }).expect("nothing fails"));
        prop_assert_eq!(nested, written(|to| to.byte_string(&content)));
    }
}

#[test]
fn a_long_nested_string_has_a_longer_head() {
    for length in [23, 24, 255, 256, 65_535, 65_536] {
        let content = vec![7; length];
        let nested = written(|to| {
            to.nested(|to| {
                to.raw(&content);
                Ok::<_, WireError>(())
            })
            .expect("nothing fails")
        });
        assert_eq!(nested, written(|to| to.byte_string(&content)), "{length} bytes");
    }
}

#[test]
fn strings_in_pieces_are_put_together() {
    assert_eq!(Reader::of_whole(&reader("7f6161626262ff")).text().as_deref(), Ok("abb"));
    assert_eq!(Reader::of_whole(&reader("5f41014102ff")).byte_string().as_deref(), Ok(&[1, 2][..]));
    assert!(Reader::of_whole(&reader("7f4161ff")).text().is_err(), "bytes are no piece of a text");
}

#[test]
fn floats_of_every_width_are_read() {
    for (bytes, value) in
        [("f93c00", 1.0), ("f9c400", -4.0), ("f90001", 5.960464477539063e-8), ("fa47c35000", 100_000.0), ("fb3ff199999999999a", 1.1)]
    {
        assert_eq!(Reader::of_whole(&reader(bytes)).float(), Ok(value), "{bytes}");
    }
}

#[test]
fn a_length_beyond_the_bytes_is_no_reason_to_set_memory_aside() {
    // Two billion items, 18 quintillion bytes.
    for (bytes, stream, whole) in [
        ("9a7fffffff", WireError::TooLarge("items of an array"), WireError::TooLarge("items of an array")),
        ("9a00ffffff01", WireError::Incomplete, WireError::malformed("it ends too early")),
    ] {
        let bytes = reader(bytes);
        assert_eq!(Reader::of_stream(&bytes).array().map(|_| ()), Err(stream));
        assert_eq!(Reader::of_whole(&bytes).array().map(|_| ()), Err(whole));
    }
    assert_eq!(Reader::of_stream(&reader("5bffffffffffffffff")).byte_string(), Err(WireError::TooLarge("bytes of a string")));
    assert_eq!(Scanner::new().item(&reader("5bffffffffffffffff")), Err(WireError::TooLarge("bytes of a message")));
    assert_eq!(Scanner::new().item(&reader("9bffffffffffffffff")), Err(WireError::TooLarge("items of an array")));
}

#[test]
fn depth_has_a_limit() {
    let nested = |depth: usize| [vec![0x81; depth], vec![0]].concat();
    assert_eq!(Scanner::new().item(&nested(MAX_DEPTH)), Ok(MAX_DEPTH + 1));
    assert_eq!(Scanner::new().item(&nested(MAX_DEPTH + 1)), Err(WireError::TooLarge("depth")));
    let bytes = nested(MAX_DEPTH + 1);
    let mut reader = Reader::of_whole(&bytes);
    let entered = std::iter::repeat_with(|| reader.array()).take_while(Result::is_ok).count();
    assert_eq!(entered, MAX_DEPTH);
}

#[test]
fn breaks_and_reserved_heads_are_refused() {
    for bytes in ["ff", "81ff", "1c", "1f", "9fc1ff", "df"] {
        assert!(matches!(Scanner::new().item(&reader(bytes)), Err(WireError::Malformed(_))), "{bytes}");
    }
    assert_eq!(Reader::of_whole(&reader("ff")).peek(), Ok(Token::Other));
}
