//! Answers to transactions.

use super::Out;
use super::capacity::{
    read_capacities, read_collections, read_transaction_capacity, write_capacities, write_collections, write_transaction_capacity,
};
use super::item::{read_item, write_item};
use super::paths;
use crate::wire::cbor::{Reader, Sequence};
use crate::wire::error::WireError;
use crate::wire::model::{TransactGetItems, TransactGetOutput, TransactWriteOutput};
use crate::wire::names::Names;

pub(super) fn write_get<'a>(request: &TransactGetItems, output: &'a TransactGetOutput, out: &mut Out<'a, '_>) -> Result<(), WireError> {
    if request.gets.len() != output.items.len() {
        return Err(WireError::malformed("a transaction is answered with as many items as were asked for"));
    }
    out.to.array(2);
    out.to.array(output.items.len());
    for (get, item) in request.gets.iter().zip(&output.items) {
        match item {
            Some(item) => write_item(&get.table, paths(&get.projection), item, out)?,
            None => out.to.null(),
        }
    }
    write_capacities(&output.capacity, out.to, write_transaction_capacity);
    Ok(())
}

pub(super) fn read_get(request: &TransactGetItems, from: &mut Reader<'_>, names: &dyn Names) -> Result<TransactGetOutput, WireError> {
    let mut output = TransactGetOutput::default();
    let mut parts = from.array()?;
    next(from, &mut parts)?;
    let mut sequence = from.array()?;
    let mut gets = request.gets.iter();
    while from.more(&mut sequence)? {
        let get = gets.next().ok_or_else(|| WireError::malformed("more items than were asked for"))?;
        output.items.push(read_item(paths(&get.projection), &get.key, from, names)?);
    }
    if gets.next().is_some() {
        return Err(WireError::malformed("fewer items than were asked for"));
    }
    next(from, &mut parts)?;
    output.capacity = read_capacities(from, read_transaction_capacity)?;
    end(from, &mut parts)?;
    Ok(output)
}

pub(super) fn write_write<'a>(output: &'a TransactWriteOutput, out: &mut Out<'a, '_>) {
    out.to.array(3);
    // Clients skip the first.
    out.to.array(0);
    write_capacities(&output.capacity, out.to, write_transaction_capacity);
    write_collections(&output.collections, out.to);
}

pub(super) fn read_write(from: &mut Reader<'_>, names: &dyn Names) -> Result<TransactWriteOutput, WireError> {
    let mut output = TransactWriteOutput::default();
    if from.null()? {
        return Ok(output);
    }
    let mut parts = from.array()?;
    next(from, &mut parts)?;
    from.skip()?;
    next(from, &mut parts)?;
    output.capacity = read_capacities(from, read_transaction_capacity)?;
    next(from, &mut parts)?;
    output.collections = read_collections(from, names)?;
    end(from, &mut parts)?;
    Ok(output)
}

fn next(from: &mut Reader<'_>, parts: &mut Sequence) -> Result<(), WireError> {
    if from.more(parts)? { Ok(()) } else { Err(WireError::malformed("an answer to a transaction lacks a part")) }
}

fn end(from: &mut Reader<'_>, parts: &mut Sequence) -> Result<(), WireError> {
    if from.more(parts)? { Err(WireError::malformed("an answer to a transaction has a part too many")) } else { Ok(()) }
}
