use crate::wire::cbor::{Reader, Token, Writer};
use crate::wire::error::WireError;

/// What a connection begins with.
const MAGIC: &str = "J7yne5G";

/// What a client says once, when it has connected. It is not answered.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Preamble {
    /// Such as `DaxPythonClient-2.1.0`.
    pub user_agent: Option<String>,
}

/// Reads a preamble; also how many bytes it took.
///
/// # Errors
/// `Incomplete` until all of it is there; `Malformed` for bytes no client of DAX sends.
pub fn read_preamble(bytes: &[u8]) -> Result<(Preamble, usize), WireError> {
    if bytes.len() > super::scan::MAX_PREAMBLE {
        return read(&mut Reader::of_whole(&bytes[..super::scan::MAX_PREAMBLE]));
    }
    read(&mut Reader::of_stream(bytes))
}

fn read(from: &mut Reader<'_>) -> Result<(Preamble, usize), WireError> {
    let beginning = from.rest();
    // Tell a stranger by its first bytes, without waiting for a text to end.
    let expected = [&[0x60 | MAGIC.len() as u8], MAGIC.as_bytes()].concat();
    if !expected.starts_with(&beginning[..beginning.len().min(expected.len())]) {
        return Err(WireError::malformed("a connection begins with the magic word"));
    }
    from.text()?;
    if from.int()? != 0 {
        return Err(WireError::malformed("an unknown layering"));
    }
    // The session: bytes of the Python and Node clients, text of the Go client, or nothing.
    match from.peek()? {
        Token::Bytes | Token::Text | Token::Null => from.skip()?,
        _ => return Err(WireError::malformed("a session is bytes, a text or null")),
    }
    let mut preamble = Preamble::default();
    let mut headers = from.map()?;
    while from.more(&mut headers)? {
        let name = from.text()?;
        if name == "UserAgent" && from.peek()? == Token::Text {
            preamble.user_agent = Some(from.text()?.into_owned());
        } else {
            from.skip()?;
        }
    }
    from.int()?;
    Ok((preamble, from.position()))
}

/// Writes a preamble. `session` is any 16 bytes that are this connection's own.
pub fn encode_preamble(session: &[u8; 16], user_agent: &str, to: &mut Writer) {
    to.text(MAGIC);
    to.int(0);
    to.byte_string(session);
    to.map(1);
    to.text("UserAgent");
    to.text(user_agent);
    to.int(0);
}
