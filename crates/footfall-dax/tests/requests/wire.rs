//! Any request crosses the wire, whole or in pieces.

use super::{arbitrary, known_tables};
use footfall_dax::wire::cbor::Writer;
use footfall_dax::wire::model::*;
use footfall_dax::wire::requests::*;
use footfall_dax::wire::value::{Item, Value};
use footfall_dax::wire::{KnownNames, WireError, list_id_of};
use proptest::prelude::*;

/// Encodes as a client does: a list of names without an id gets one, then it is tried again.
fn encode(request: &Request, names: &mut KnownNames) -> Vec<u8> {
    let mut frame = Writer::new();
    loop {
        match encode_request(request, names, &mut frame) {
            Ok(()) => return frame.into_bytes(),
            Err(WireError::UnnamedList(list)) => {
                assert!(frame.is_empty(), "what could not be finished is taken back");
                names.lists.add(list_id_of(&list), list).expect("ids do not collide");
            }
            Err(other) => panic!("{other}"),
        }
    }
}

proptest! {
    #[test]
    fn any_request_crosses_the_wire(request in arbitrary::request()) {
        let mut names = known_tables();
        let frame = encode(&request, &mut names);
        let (RawRequest::Data(data), used) = read_request(&frame).unwrap() else { panic!("it is about items") };
        prop_assert_eq!(used, frame.len());
        for list in data.lists() {
            prop_assert!(list == 1 || names.lists.list(list).is_some());
        }
        prop_assert_eq!(data.resolve(&names), Ok(request));
    }

    #[test]
    fn a_part_of_a_frame_is_incomplete_and_the_rest_of_the_stream_is_not_its_own(request in arbitrary::request()) {
        let mut frame = encode(&request, &mut known_tables());
        let length = frame.len();
        let mut scanner = RequestScanner::new();
        for end in 0..length {
            prop_assert_eq!(read_request(&frame[..end]).map(|_| ()), Err(WireError::Incomplete));
            prop_assert_eq!(scanner.scan(&frame[..end]), Err(WireError::Incomplete));
        }
        frame.extend_from_slice(b"\x01\x1a\x1b\x2b\xcf\x02");
        prop_assert_eq!(read_request(&frame).unwrap().1, length);
        prop_assert_eq!(scanner.scan(&frame), Ok(length));
        prop_assert_eq!(RequestScanner::new().scan(&frame), Ok(length));
    }
}

#[test]
fn a_key_with_something_more_is_refused_and_not_sent_without_it() {
    let attribute = |name: &str| (name.to_owned(), Value::S("a".into()));
    let number = ("sk".to_owned(), Value::N(1.into()));
    let key = Item::from([attribute("pk"), number, attribute("more")]);
    let table = || "agg".to_owned();
    let tables = || [(table(), KeysAndProjection { keys: vec![key.clone()], ..Default::default() })].into();
    let delete = TransactAction::Delete(key.clone());
    for request in [
        Request::GetItem(GetItem { table: table(), key: key.clone(), ..Default::default() }),
        Request::UpdateItem(UpdateItem { table: table(), key: key.clone(), ..Default::default() }),
        Request::DeleteItem(DeleteItem { table: table(), key: key.clone(), ..Default::default() }),
        Request::BatchGetItem(BatchGetItem { tables: tables(), ..Default::default() }),
        Request::BatchWriteItem(BatchWriteItem { tables: [(table(), vec![BatchWrite::Delete(key.clone())])].into(), ..Default::default() }),
        Request::TransactWriteItems(TransactWriteItems {
            writes: vec![TransactWrite { table: table(), action: delete, condition: None, old_on_failure: false }],
            ..Default::default()
        }),
    ] {
        let mut frame = Writer::new();
        let refused = encode_request(&request, &known_tables(), &mut frame);
        assert_eq!(refused, Err(WireError::Invalid("The provided key element does not match the schema".into())), "{request:?}");
        assert!(frame.is_empty());
    }
}
