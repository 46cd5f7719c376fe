//! The captured messages are understood, and nothing near them does harm.

use crate::feed::feed;
use crate::messages::{Message, requests, responses};
use crate::world::{Captured, captured_requests};
use footfall_dax::wire::Method;
use footfall_dax::wire::cbor::Writer;
use footfall_dax::wire::requests::{RawRequest, encode_request, read_preamble, read_request};
use footfall_dax::wire::responses::response_length;

#[test]
fn methods_have_the_numbers_clients_send() {
    for (method, bytes) in [
        (Method::AuthorizeConnection, "1a58c2336b"),
        (Method::Endpoints, "1a1b2bcf02"),
        (Method::DefineKeySchema, "3a2c43e27e"),
        (Method::DefineAttributeList, "1a27f9bd71"),
        (Method::DefineAttributeListId, "3a495927bb"),
        (Method::GetItem, "1a0fb0cc6a"),
        (Method::PutItem, "3a7d8e7e56"),
        (Method::UpdateItem, "1a54f89c0f"),
        (Method::DeleteItem, "1a3c696221"),
        (Method::Query, "3a3781c2ae"),
        (Method::Scan, "3a6fc8309b"),
        (Method::BatchGetItem, "3a29985cdb"),
        (Method::BatchWriteItem, "1a06ed585f"),
        (Method::TransactGetItems, "1a6f3d49db"),
        (Method::TransactWriteItems, "3a4524c569"),
    ] {
        let mut to = Writer::new();
        to.int(method.id());
        assert_eq!(hex::encode(to.as_bytes()), bytes, "{method:?}");
        assert_eq!(Method::from_id(method.id()), Some(method));
    }
    assert_eq!(Method::from_id(0), None);
}

#[test]
fn every_captured_request_is_understood() {
    for message in requests() {
        let Message { name, method, bytes } = &message;
        let Some(method) = method else {
            assert_eq!(read_preamble(bytes).map(|(_, used)| used), Ok(bytes.len()), "{name}");
            continue;
        };
        let (request, used) = read_request(bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!((request.method(), used), (*method, bytes.len()), "{name}");
        let RawRequest::Data(raw) = request else { continue };
        let request = raw.resolve(&Captured).unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut again = Writer::new();
        encode_request(&request, &Captured, &mut again).unwrap_or_else(|error| panic!("{name}: {error}"));
        let Ok((RawRequest::Data(raw), _)) = read_request(again.as_bytes()) else { panic!("{name}: ours is not read") };
        assert_eq!(raw.resolve(&Captured), Ok(request), "{name}");
    }
}

#[test]
fn every_answer_ends_where_it_ends() {
    for Message { name, method, bytes } in responses() {
        let method = method.expect("an answer is to a method");
        assert_eq!(response_length(method, &bytes), Ok(bytes.len()), "{name}");
        let followed = [bytes.as_slice(), &[0x80, 0xa0]].concat();
        assert_eq!(response_length(method, &followed), Ok(bytes.len()), "{name} and another");
    }
}

#[test]
fn the_corpus_and_what_is_near_it_makes_no_decoder_panic() {
    for message in requests().into_iter().chain(responses()) {
        let fed = feed(&message.bytes);
        let control = message.method.is_none_or(|method| !captured_requests().iter().any(|(_, request)| Method::of(request) == method));
        let error = matches!(message.bytes[..], [0x81..=0x97, ..]);
        assert!(fed.request || fed.answer || fed.part || control || error, "{} is nothing", message.name);
        for place in 0..message.bytes.len() {
            let mut near = message.bytes.clone();
            near[place] ^= 1 << (place % 8);
            feed(&near);
            near.remove(place);
            feed(&near);
        }
    }
}
