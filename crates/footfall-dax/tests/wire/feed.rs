//! Every decoder, over the same bytes: what the fuzzer calls ten million times and the tests once for each message.

use crate::world::{Captured, TABLES, captured_requests, schema};
use footfall_dax::wire::attributes::{decode_attributes, decode_some_attributes};
use footfall_dax::wire::cbor::{Reader, Writer};
use footfall_dax::wire::key::{decode_compound, decode_key, encode_key};
use footfall_dax::wire::lexdecimal::read_lexdecimal;
use footfall_dax::wire::number::Number;
use footfall_dax::wire::requests::{Control, RawRequest, encode_request, read_preamble, read_request};
use footfall_dax::wire::responses::{
    decode_endpoints, decode_key_schema, decode_list, decode_list_id, decode_response, encode_response, response_length,
};
use footfall_dax::wire::{Method, WireError, read_value};

/// What bytes turned out to be.
#[derive(Clone, Copy, Default)]
pub struct Fed {
    /// A request, understood.
    pub request: bool,
    /// An answer to one of the captured requests.
    pub answer: bool,
    /// A value or attributes.
    pub part: bool,
}

/// Decodes the bytes as everything they could be.
///
/// # Panics
/// Something that was decoded is not decoded again once it is encoded, or ends beyond its bytes.
pub fn feed(bytes: &[u8]) -> Fed {
    let _ = read_preamble(bytes);
    Fed { request: as_request(bytes), answer: as_answer(bytes), part: as_parts(bytes) }
}

fn as_request(bytes: &[u8]) -> bool {
    let Ok((request, used)) = read_request(bytes) else { return false };
    assert!(used <= bytes.len());
    match request {
        RawRequest::Control(Control::Authorize(authorize)) => {
            let _ = authorize.check("SECRETDUMMY", None, 1_795_379_311);
        }
        RawRequest::Control(_) => {}
        RawRequest::Data(raw) => {
            let _ = (raw.tables(), raw.lists());
            let Ok(request) = raw.resolve(&Captured) else { return false };
            let mut to = Writer::new();
            match encode_request(&request, &Captured, &mut to) {
                Ok(()) => {}
                // Two names of one attribute list may make another list than the captured ones; keys may lack parts.
                Err(WireError::UnnamedList(_) | WireError::Invalid(_)) => return true,
                Err(error) => panic!("a request that was read cannot be written: {error}: {request:?}"),
            }
            let again = read_request(to.as_bytes());
            let Ok((RawRequest::Data(raw), _)) = again else { panic!("{again:?} of {request:?}") };
            assert_eq!(raw.resolve(&Captured).as_ref(), Ok(&request));
        }
    }
    true
}

fn as_answer(bytes: &[u8]) -> bool {
    let mut understood = false;
    for method in Method::ALL {
        if let Ok(length) = response_length(method, bytes) {
            assert!(length <= bytes.len());
        }
    }
    let _ = (decode_endpoints(bytes), decode_key_schema(bytes), decode_list(bytes), decode_list_id(bytes));
    for (name, request) in captured_requests() {
        let Ok(Ok(response)) = decode_response(request, bytes, &Captured) else { continue };
        understood = true;
        let mut to = Writer::new();
        match encode_response(request, &response, &Captured, &mut to) {
            Ok(()) => {}
            Err(WireError::UnnamedList(_) | WireError::Invalid(_) | WireError::UnknownTable(_)) => continue,
            Err(error) => panic!("an answer to {name} that was read cannot be written: {error}: {response:?}"),
        }
        assert_eq!(response_length(Method::of(request), to.as_bytes()), Ok(to.len()), "{name}: {response:?}");
        let again = decode_response(request, to.as_bytes(), &Captured).expect("what we write").expect("a success");
        // Sizes and costs may be no numbers: then nothing equals itself.
        let comparable = response == response.clone();
        assert!(!comparable || again == response, "{name}: {response:?} became {again:?}");
    }
    understood
}

fn as_parts(bytes: &[u8]) -> bool {
    let mut from = Reader::of_whole(bytes);
    let mut understood = read_value(&mut from).is_ok() && from.is_at_end();
    understood |= decode_attributes(bytes, &Captured).is_ok();
    let _ = (decode_some_attributes(bytes, &Captured), decode_compound(bytes));
    let _ = read_lexdecimal(bytes);
    let _ = std::str::from_utf8(bytes).map(Number::parse);
    for table in TABLES {
        let schema = schema(table).expect("a table of the world");
        if let Ok(key) = decode_key(bytes, &schema) {
            let again = encode_key(&key, &schema).expect("what was read is a key");
            assert_eq!(decode_key(&again, &schema), Ok(key));
        }
    }
    understood
}
