//! Messages that stop early: whatever has come of one, it is known that more must come.

use crate::messages::{Message, requests, responses};
use crate::world::{Captured, captured_requests};
use footfall_dax::wire::requests::{RequestScanner, read_preamble, read_request};
use footfall_dax::wire::responses::{ResponseEnd, decode_response, response_length};
use footfall_dax::wire::{Method, WireError};

#[test]
fn every_beginning_of_a_request_is_incomplete() {
    for Message { name, method, bytes } in requests() {
        let mut scanner = RequestScanner::new();
        for length in 0..bytes.len() {
            let begun = &bytes[..length];
            if method.is_none() {
                assert_eq!(read_preamble(begun), Err(WireError::Incomplete), "{length} bytes of {name}");
                continue;
            }
            assert_eq!(read_request(begun), Err(WireError::Incomplete), "{length} bytes of {name}");
            assert_eq!(scanner.scan(begun), Err(WireError::Incomplete), "{length} bytes of {name}");
        }
        if method.is_some() {
            assert_eq!(scanner.scan(&bytes), Ok(bytes.len()), "{name} byte by byte");
        }
    }
}

#[test]
fn every_beginning_of_an_answer_is_incomplete() {
    for Message { name, method, bytes } in responses() {
        let method = method.expect("an answer is to a method");
        let mut end = ResponseEnd::of(method);
        for length in 0..bytes.len() {
            let begun = &bytes[..length];
            assert_eq!(response_length(method, begun), Err(WireError::Incomplete), "{length} bytes of {name}");
            assert_eq!(end.find(begun), Err(WireError::Incomplete), "{length} bytes of {name}");
            assert!(end.needed() > length && end.needed() <= bytes.len(), "{length} bytes of {name}: needs {}", end.needed());
        }
        assert_eq!(end.find(&bytes), Ok(bytes.len()), "{name} byte by byte");
    }
}

#[test]
fn every_beginning_of_an_answer_is_read_as_incomplete() {
    for Message { name, method, bytes } in responses() {
        let of_method = captured_requests().iter().filter(|(_, request)| Some(Method::of(request)) == method);
        for (request_name, request) in of_method {
            let Ok(_) = decode_response(request, &bytes, &Captured) else { continue };
            for length in 0..bytes.len() {
                let answer = decode_response(request, &bytes[..length], &Captured);
                assert_eq!(answer, Err(WireError::Incomplete), "{length} bytes of {name} as answer to {request_name}");
            }
        }
    }
}
