use super::control::{Authorize, Control};
use super::options::{limited, limited_or_null, read_options};
use super::raw::{Raw, RawData, RawKeys, RawRequest, RawWrite, RawWrites};
use super::scan::{frame_limit, read_head};
use super::{MAX_EXPRESSION, MAX_ITEM, MAX_KEY, MAX_TABLE_NAME};
use crate::wire::cbor::{Reader, Token};
use crate::wire::error::WireError;
use crate::wire::method::Method;

/// Takes the request at the beginning of bytes apart; also how many bytes it took. Of a stream whose frames come in
/// pieces, ask [`RequestScanner`](super::RequestScanner) first where the frame ends.
///
/// # Errors
/// `Incomplete` when more must come; or what makes the connection useless: `Malformed`, `TooLarge`, `UnknownMethod`.
pub fn read_request(bytes: &[u8]) -> Result<(RawRequest<'_>, usize), WireError> {
    let mut from = Reader::of_stream(bytes);
    let method = read_head(&mut from)?;
    let limit = frame_limit(method);
    match read_arguments(method, &mut from) {
        Err(WireError::Incomplete) if bytes.len() > limit => Err(WireError::TooLarge("bytes of a request")),
        Ok(_) if from.position() > limit => Err(WireError::TooLarge("bytes of a request")),
        request => Ok((request?, from.position())),
    }
}

fn read_arguments<'a>(method: Method, from: &mut Reader<'a>) -> Result<RawRequest<'a>, WireError> {
    let control = match method {
        Method::AuthorizeConnection => Control::Authorize(read_authorize(from)?),
        Method::Endpoints => Control::Endpoints,
        Method::DefineKeySchema => Control::DefineKeySchema { table: read_name(from)? },
        Method::DefineAttributeList => Control::DefineAttributeList { id: from.uint()? },
        Method::DefineAttributeListId => Control::DefineAttributeListId { names: read_list(from, |from| Ok(from.text()?.into_owned()))? },
        data => return read_data(data, from).map(RawRequest::Data),
    };
    Ok(RawRequest::Control(control))
}

fn read_authorize(from: &mut Reader<'_>) -> Result<Authorize, WireError> {
    let access_key = from.text()?.into_owned();
    let signature = from.text()?.into_owned();
    let string_to_sign = from.byte_string()?.into_owned();
    let mut text_or_null = || Ok::<_, WireError>(if from.null()? { None } else { Some(from.text()?.into_owned()) });
    Ok(Authorize { access_key, signature, string_to_sign, token: text_or_null()?, user_agent: text_or_null()? })
}

fn read_data<'a>(method: Method, from: &mut Reader<'a>) -> Result<RawData<'a>, WireError> {
    Ok(match method {
        Method::Query | Method::Scan => RawData::Page {
            method,
            table: read_name(from)?,
            key_condition: if method == Method::Query { expression(from)? } else { None },
            options: read_options(from)?,
        },
        Method::BatchGetItem => RawData::BatchGet { tables: read_tables(from, read_keys)?, options: read_options(from)? },
        Method::BatchWriteItem => RawData::BatchWrite { tables: read_tables(from, read_writes)?, options: read_options(from)? },
        Method::TransactGetItems => read_transact_get(from)?,
        Method::TransactWriteItems => read_transact_write(from)?,
        _ => RawData::Item {
            method,
            table: read_name(from)?,
            key: key(from)?,
            attributes: if method == Method::PutItem { Some(attributes(from)?) } else { None },
            options: read_options(from)?,
        },
    })
}

/// Table by table of a batch: here their names are texts.
fn read_tables<'a, T>(
    from: &mut Reader<'a>,
    read: impl Fn(&mut Reader<'a>) -> Result<T, WireError>,
) -> Result<Vec<(String, T)>, WireError> {
    let mut pairs = from.map()?;
    let mut tables = Vec::new();
    while from.more(&mut pairs)? {
        tables.push((read_name(from)?, read(from)?));
    }
    Ok(tables)
}

fn read_keys<'a>(from: &mut Reader<'a>) -> Result<RawKeys<'a>, WireError> {
    let mut parts = from.array()?;
    let mut part = |from: &mut Reader<'a>| match from.more(&mut parts)? {
        true => Ok(()),
        false => Err(WireError::malformed("keys of a batch have too few parts")),
    };
    part(from)?;
    let consistent = !from.null()? && from.bool()?;
    part(from)?;
    let projection = expression(from)?;
    part(from)?;
    let keys = read_list(from, key)?;
    match from.more(&mut parts)? {
        true => Err(WireError::malformed("keys of a batch have too many parts")),
        false => Ok(RawKeys { consistent, projection, keys }),
    }
}

fn read_writes<'a>(from: &mut Reader<'a>) -> Result<RawWrites<'a>, WireError> {
    let mut members = from.array()?;
    let mut writes = Vec::new();
    while from.more(&mut members)? {
        let key = key(from)?;
        if !from.more(&mut members)? {
            return Err(WireError::malformed("a key of a batch without its attributes"));
        }
        writes.push((key, attributes_or_null(from)?));
    }
    Ok(writes)
}

fn read_transact_get<'a>(from: &mut Reader<'a>) -> Result<RawData<'a>, WireError> {
    let tables = read_list(from, read_name)?;
    let keys = read_list(from, key)?;
    let projections = read_list(from, expression)?;
    let options = read_options(from)?;
    if keys.len() != tables.len() || projections.len() != tables.len() {
        return Err(WireError::malformed("the lists of a transaction are not equally long"));
    }
    let gets = tables.into_iter().zip(keys).zip(projections).map(|((table, key), projection)| (table, key, projection)).collect();
    Ok(RawData::TransactGet { gets, options })
}

fn read_transact_write<'a>(from: &mut Reader<'a>) -> Result<RawData<'a>, WireError> {
    let operations = read_list(from, Reader::int)?;
    let mut tables = read_list(from, read_name)?.into_iter();
    let mut keys = read_list(from, key)?.into_iter();
    let mut attributes = read_list(from, attributes_or_null)?.into_iter();
    // The values to return: always null.
    from.skip()?;
    let mut on_failure = read_list_or_null(from, |from| if from.null()? { Ok(0) } else { from.int() })?.into_iter();
    let mut conditions = read_list(from, expression)?.into_iter();
    let mut updates = read_list(from, expression)?.into_iter();
    let options = read_options(from)?;
    let uneven = || WireError::malformed("the lists of a transaction are not equally long");
    let writes: Vec<RawWrite<'a>> = operations
        .into_iter()
        .map(|operation| {
            Ok(RawWrite {
                operation,
                table: tables.next().ok_or_else(uneven)?,
                key: keys.next().ok_or_else(uneven)?,
                attributes: attributes.next().ok_or_else(uneven)?,
                old_on_failure: on_failure.next() == Some(2),
                condition: conditions.next().ok_or_else(uneven)?,
                update: updates.next().ok_or_else(uneven)?,
            })
        })
        .collect::<Result<_, WireError>>()?;
    let more = tables.len() + keys.len() + attributes.len() + on_failure.len() + conditions.len() + updates.len();
    if more > 0 { Err(uneven()) } else { Ok(RawData::TransactWrite { writes, options }) }
}

/// A name of a table or index: bytes in most places, a text in some.
pub(super) fn read_name(from: &mut Reader<'_>) -> Result<String, WireError> {
    let name = match from.peek()? {
        Token::Text => from.text()?.into_owned(),
        _ => String::from_utf8(from.byte_string()?.into_owned()).map_err(|_| WireError::malformed("a name is not UTF-8"))?,
    };
    if name.len() > MAX_TABLE_NAME { Err(WireError::TooLarge("bytes of a name")) } else { Ok(name) }
}

fn key<'a>(from: &mut Reader<'a>) -> Result<Raw<'a>, WireError> {
    limited(from, MAX_KEY, "bytes of a key")
}

fn attributes<'a>(from: &mut Reader<'a>) -> Result<Raw<'a>, WireError> {
    limited(from, MAX_ITEM, "bytes of an item")
}

fn attributes_or_null<'a>(from: &mut Reader<'a>) -> Result<Option<Raw<'a>>, WireError> {
    limited_or_null(from, MAX_ITEM, "bytes of an item")
}

fn expression<'a>(from: &mut Reader<'a>) -> Result<Option<Raw<'a>>, WireError> {
    limited_or_null(from, MAX_EXPRESSION, "bytes of an expression")
}

fn read_list<'a, T>(from: &mut Reader<'a>, mut read: impl FnMut(&mut Reader<'a>) -> Result<T, WireError>) -> Result<Vec<T>, WireError> {
    let mut members = from.array()?;
    let mut list = Vec::new();
    while from.more(&mut members)? {
        list.push(read(from)?);
    }
    Ok(list)
}

fn read_list_or_null<'a, T>(from: &mut Reader<'a>, read: impl FnMut(&mut Reader<'a>) -> Result<T, WireError>) -> Result<Vec<T>, WireError> {
    if from.null()? { Ok(Vec::new()) } else { read_list(from, read) }
}
