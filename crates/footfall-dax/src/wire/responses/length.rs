//! Where an answer ends: nothing in the protocol says how long it is.

use crate::wire::cbor::Scanner;
use crate::wire::error::WireError;
use crate::wire::method::Method;

/// How many bytes the whole answer at the beginning of `bytes` takes.
///
/// # Errors
/// `Incomplete`: more must come. To read a long answer piece by piece use [`ResponseEnd`], which does not begin anew.
pub fn response_length(method: Method, bytes: &[u8]) -> Result<usize, WireError> {
    ResponseEnd::of(method).find(bytes)
}

/// Finds where an answer ends, while it is still coming.
#[derive(Clone, Debug)]
pub struct ResponseEnd {
    method: Method,
    scanner: Scanner,
    next: Next,
}

/// What comes where the scanner stands.
#[derive(Clone, Copy, Debug)]
enum Next {
    /// The codes of an error, or none.
    Codes,
    /// The body of a success. Its first byte tells how many items it is.
    Body,
    Items(usize),
}

impl ResponseEnd {
    /// Of an answer to this method.
    pub fn of(method: Method) -> Self {
        Self { method, scanner: Scanner::new(), next: Next::Codes }
    }

    /// The length of the whole answer. `bytes` are all from its beginning.
    ///
    /// # Errors
    /// `Incomplete` until it is whole: call again with more. `Malformed`, `TooLarge`: the connection is of no use.
    pub fn find(&mut self, bytes: &[u8]) -> Result<usize, WireError> {
        loop {
            self.next = match self.next {
                Next::Codes => {
                    let end = self.scanner.item(bytes)?;
                    after_codes(&bytes[..end])?
                }
                Next::Body => {
                    let start = self.scanner.position();
                    let first = *bytes.get(start).ok_or(WireError::Incomplete)?;
                    self.body(first, start)
                }
                Next::Items(0) => return Ok(self.scanner.position()),
                Next::Items(left) => {
                    self.scanner.item(bytes)?;
                    Next::Items(left - 1)
                }
            };
        }
    }

    /// After `Incomplete`: so many bytes are needed at least.
    pub fn needed(&self) -> usize {
        self.scanner.needed().max(self.scanner.position() + 1)
    }

    fn body(&mut self, first: u8, start: usize) -> Next {
        const NULL: u8 = 0xf6;
        const ARRAY_OF_TWO: u8 = 0x82;
        Next::Items(match (self.method, first) {
            (Method::BatchGetItem, ARRAY_OF_TWO) => {
                // Two are announced, three come.
                self.scanner = Scanner::at(start + 1);
                3
            }
            (Method::BatchWriteItem, first) if first != NULL => 3,
            _ => 1,
        })
    }
}

fn after_codes(codes: &[u8]) -> Result<Next, WireError> {
    const ARRAY: u8 = 4;
    match codes {
        [0x80] | [0x9f, 0xff] => Ok(Next::Body),
        // A message, and what DynamoDB said.
        [first, ..] if first >> 5 == ARRAY => Ok(Next::Items(2)),
        _ => Err(WireError::malformed("an answer begins with an array of codes")),
    }
}
