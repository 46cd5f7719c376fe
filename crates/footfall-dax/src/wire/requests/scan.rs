use super::{MAX_EXPRESSION, MAX_ITEM, MAX_KEY, MAX_TABLE_NAME, SERVICE};
use crate::wire::cbor::{Reader, Scanner};
use crate::wire::error::WireError;
use crate::wire::method::Method;

/// The longest preamble.
pub(super) const MAX_PREAMBLE: usize = 4 << 10;

/// The most a batch may have: DynamoDB takes 16 MB; what is larger is let through far enough to be refused by DynamoDB.
const MAX_BATCH: usize = 20 << 20;

/// The longest request of a method, in bytes. A sender of more is cut off before it is kept.
///
/// The Python client sends expressions twice, as text with values and as trees, so twice what they need is allowed.
pub fn frame_limit(method: Method) -> usize {
    match method {
        // A session token has up to a few KB.
        Method::AuthorizeConnection => 64 << 10,
        Method::Endpoints | Method::DefineAttributeList => 64,
        Method::DefineKeySchema => MAX_TABLE_NAME + 64,
        // The names of one item.
        Method::DefineAttributeListId => MAX_ITEM,
        Method::GetItem => MAX_TABLE_NAME + MAX_KEY + 2 * MAX_EXPRESSION,
        Method::PutItem | Method::UpdateItem | Method::DeleteItem => MAX_TABLE_NAME + MAX_KEY + MAX_ITEM + 2 * MAX_EXPRESSION,
        Method::Query | Method::Scan => MAX_TABLE_NAME + MAX_KEY + 3 * MAX_EXPRESSION,
        Method::BatchGetItem | Method::BatchWriteItem | Method::TransactGetItems | Method::TransactWriteItems => MAX_BATCH,
    }
}

/// How many items follow the two numbers of a request.
fn arguments(method: Method) -> usize {
    match method {
        Method::Endpoints => 0,
        Method::DefineKeySchema | Method::DefineAttributeList | Method::DefineAttributeListId => 1,
        Method::Scan | Method::BatchGetItem | Method::BatchWriteItem => 2,
        Method::GetItem | Method::UpdateItem | Method::DeleteItem | Method::Query => 3,
        Method::PutItem | Method::TransactGetItems => 4,
        Method::AuthorizeConnection => 5,
        Method::TransactWriteItems => 9,
    }
}

/// Finds where a request ends. When more bytes have come it goes on where it stood: a sender of single bytes costs no
/// more than one of whole frames.
#[derive(Default, Debug)]
pub struct RequestScanner {
    scanner: Scanner,
    /// The method, and how many arguments are still to come.
    left: Option<(Method, usize)>,
}

impl RequestScanner {
    /// At the beginning of a frame.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many bytes the request at the beginning of `bytes` takes. After `Incomplete`: call again with the same bytes
    /// and more. After a request: begin a new one.
    ///
    /// # Errors
    /// `Incomplete`; or what makes this connection useless, because the end of the request cannot be found:
    /// `Malformed`, `TooLarge`, `UnknownMethod`.
    pub fn scan(&mut self, bytes: &[u8]) -> Result<usize, WireError> {
        if self.left.is_none() {
            let mut head = Reader::of_stream(bytes);
            let method = read_head(&mut head)?;
            self.scanner = Scanner::at(head.position());
            self.left = Some((method, arguments(method)));
        }
        let Some((method, left)) = &mut self.left else { unreachable!("it was just set") };
        let limit = frame_limit(*method);
        while *left > 0 {
            match self.scanner.item(bytes) {
                Ok(end) if end > limit => return Err(WireError::TooLarge("bytes of a request")),
                Err(WireError::Incomplete) if self.scanner.needed() > limit => return Err(WireError::TooLarge("bytes of a request")),
                outcome => outcome?,
            };
            *left -= 1;
        }
        Ok(self.scanner.position())
    }

    /// The method, once its number was there.
    pub fn method(&self) -> Option<Method> {
        self.left.map(|(method, _)| method)
    }
}

/// Reads the two numbers a request begins with.
pub(super) fn read_head(from: &mut Reader<'_>) -> Result<Method, WireError> {
    if from.int()? != SERVICE {
        return Err(WireError::malformed("a request begins with the number of the service"));
    }
    let id = from.int()?;
    Method::from_id(id).ok_or(WireError::UnknownMethod(id))
}
