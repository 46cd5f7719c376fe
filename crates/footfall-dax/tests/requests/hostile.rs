//! Bytes nobody should send.

use super::{arbitrary, known_tables};
use footfall_dax::wire::cbor::Writer;
use footfall_dax::wire::expr::codec::*;
use footfall_dax::wire::requests::*;
use footfall_dax::wire::{KnownNames, Method, WireError, list_id_of};
use proptest::prelude::*;

/// The frame of a request, and names it can be resolved with.
fn frame_of(request: &footfall_dax::wire::model::Request) -> (Vec<u8>, KnownNames) {
    let mut names = known_tables();
    let mut frame = Writer::new();
    while let Err(WireError::UnnamedList(list)) = encode_request(request, &names, &mut frame) {
        names.lists.add(list_id_of(&list), list).expect("ids do not collide");
    }
    (frame.into_bytes(), names)
}

fn swallow(bytes: &[u8], names: &KnownNames) {
    let _ = read_preamble(bytes);
    let _ = RequestScanner::new().scan(bytes);
    let _ = read_condition(bytes);
    let _ = read_update(bytes);
    let _ = read_projection(bytes);
    if let Ok((RawRequest::Data(data), _)) = read_request(bytes) {
        let _ = (data.tables(), data.lists(), data.resolve(names));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        swallow(&bytes, &known_tables());
    }

    #[test]
    fn no_broken_frame_makes_it_panic(request in arbitrary::request(), breaks in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)) {
        let (mut frame, names) = frame_of(&request);
        for (at, byte) in breaks {
            let at = at.index(frame.len());
            frame[at] = byte;
        }
        swallow(&frame, &names);
    }

    #[test]
    fn scanner_and_reader_agree_where_a_frame_ends(request in arbitrary::request(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let (mut frame, _) = frame_of(&request);
        let at = at.index(frame.len());
        frame[at] = byte;
        if let (Ok((_, used)), Ok(scanned)) = (read_request(&frame), RequestScanner::new().scan(&frame)) {
            prop_assert_eq!(used, scanned);
        }
    }
}

/// A frame's beginning: service, method, and what more is given in hexadecimal.
fn begun(method: Method, more: &str) -> Vec<u8> {
    let mut frame = Writer::new();
    frame.int(1);
    frame.int(method.id());
    frame.raw(&hex::decode(more).expect("it is hexadecimal"));
    frame.into_bytes()
}

#[test]
fn a_length_beyond_the_limit_is_refused_before_the_bytes_come() {
    for (method, more) in [
        // A table name of 2 GB, a key of 1 GB, a list of 4 billion names, an item of 64 MB.
        (Method::GetItem, "5a7fffffff"),
        (Method::DeleteItem, "436167675a3fffffff"),
        (Method::DefineAttributeListId, "9affffffff"),
        (Method::PutItem, "4361676741005a04000000"),
    ] {
        let frame = begun(method, more);
        assert!(matches!(RequestScanner::new().scan(&frame), Err(WireError::TooLarge(_))), "{method:?}");
    }
}

#[test]
fn what_does_not_end_is_cut_off_at_the_methods_limit() {
    // A text in pieces of one byte.
    let mut frame = begun(Method::DefineKeySchema, "5f");
    let mut scanner = RequestScanner::new();
    while frame.len() <= frame_limit(Method::DefineKeySchema) {
        assert_eq!(scanner.scan(&frame), Err(WireError::Incomplete));
        frame.extend_from_slice(&[0x41, 0x61]);
    }
    assert!(matches!(scanner.scan(&frame), Err(WireError::TooLarge(_))));
    assert!(matches!(read_request(&frame), Err(WireError::TooLarge(_))));
}

#[test]
fn an_unknown_method_ends_the_conversation() {
    let mut frame = Writer::new();
    frame.int(1);
    frame.int(-313_431_286);
    assert_eq!(read_request(frame.as_bytes()), Err(WireError::UnknownMethod(-313_431_286)));
    assert_eq!(RequestScanner::new().scan(frame.as_bytes()), Err(WireError::UnknownMethod(-313_431_286)));
}

#[test]
fn lists_of_a_transaction_must_be_equally_long() {
    // Two tables, one key.
    let frame = begun(Method::TransactGetItems, "82436167674361676781486375233100000000 82f6f6bfff".replace(' ', "").as_str());
    assert!(matches!(read_request(&frame), Err(WireError::Malformed(_))));
}

#[test]
fn an_expression_that_is_none_spoils_only_its_request() {
    // Frame by frame they can be read; what the condition is comes out when it is resolved.
    let frame = begun(Method::DeleteItem, "436167674863752331c26c0010bf0443616263ff");
    let (RawRequest::Data(data), used) = read_request(&frame).unwrap() else { panic!("it is about an item") };
    assert_eq!(used, frame.len());
    assert!(matches!(data.resolve(&known_tables()), Err(WireError::Malformed(_))));
}

#[test]
fn trees_deeper_than_any_expression_are_refused() {
    for kind in ["8208", "8306"] {
        let deep = format!("8301{}820c82126161 80", kind.repeat(100_000)).replace(' ', "");
        assert!(matches!(read_condition(&hex::decode(deep).unwrap()), Err(WireError::TooLarge(_))));
    }
    let operand = format!("830183008212616182{}80", "1082".repeat(100));
    assert!(read_condition(&hex::decode(operand).unwrap()).is_err());
}
