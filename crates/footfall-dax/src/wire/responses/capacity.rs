//! What a request cost, and the sizes of item collections.

use crate::wire::cbor::{Reader, Writer};
use crate::wire::error::WireError;
use crate::wire::model::{Capacity, CollectionMetrics, Units};
use crate::wire::names::Names;
use crate::wire::value_codec::{read_value, write_value};
use std::collections::BTreeMap;

/// Writes the cost of a plain request: a byte string. Reads and writes are not told apart in it.
pub(super) fn write_capacity(capacity: &Capacity, to: &mut Writer) {
    let written = to.nested(|to| {
        to.text(&capacity.table_name);
        to.float(capacity.total.all);
        match capacity.table {
            Some(units) => to.float(units.all),
            None => to.null(),
        }
        write_indexes(&capacity.global_indexes, to);
        write_indexes(&capacity.local_indexes, to);
        Ok::<_, WireError>(())
    });
    written.expect("units are always written");
}

/// Reads the cost of a plain request; `None` for null.
pub(super) fn read_capacity(from: &mut Reader<'_>) -> Result<Option<Capacity>, WireError> {
    if from.null()? {
        return Ok(None);
    }
    let bytes = from.byte_string()?;
    let mut from = Reader::of_whole(&bytes);
    let capacity = Capacity {
        table_name: from.text()?.into_owned(),
        total: read_all_units(&mut from)?,
        table: if from.null()? { None } else { Some(read_all_units(&mut from)?) },
        global_indexes: read_indexes(&mut from, read_all_units)?,
        local_indexes: read_indexes(&mut from, read_all_units)?,
    };
    from.finish()?;
    Ok(Some(capacity))
}

/// Keys of the map that tells a transaction's cost.
mod key {
    pub const UNITS: u64 = 1;
    pub const READ: u64 = 2;
    pub const WRITE: u64 = 3;
    pub const TABLE_NAME: u64 = 4;
    pub const TABLE: u64 = 5;
    pub const GLOBAL_INDEXES: u64 = 6;
    pub const LOCAL_INDEXES: u64 = 7;
}

/// Writes the cost of a transaction on one table.
pub(super) fn write_transaction_capacity(capacity: &Capacity, to: &mut Writer) {
    let indexes = [(key::GLOBAL_INDEXES, &capacity.global_indexes), (key::LOCAL_INDEXES, &capacity.local_indexes)];
    let present = indexes.iter().filter(|(_, indexes)| !indexes.is_empty()).count();
    to.map(1 + pairs_of(capacity.total) + usize::from(capacity.table.is_some()) + present);
    to.uint(key::TABLE_NAME);
    to.text(&capacity.table_name);
    write_units(capacity.total, to);
    if let Some(table) = capacity.table {
        to.uint(key::TABLE);
        to.map(pairs_of(table));
        write_units(table, to);
    }
    for (key, indexes) in indexes.into_iter().filter(|(_, indexes)| !indexes.is_empty()) {
        to.uint(key);
        to.map(indexes.len());
        for (name, units) in indexes {
            to.text(name);
            to.map(pairs_of(*units));
            write_units(*units, to);
        }
    }
}

/// Reads the cost of a transaction on one table; `None` for null.
pub(super) fn read_transaction_capacity(from: &mut Reader<'_>) -> Result<Option<Capacity>, WireError> {
    if from.null()? {
        return Ok(None);
    }
    let mut capacity = Capacity::default();
    let mut pairs = from.map()?;
    while from.more(&mut pairs)? {
        match from.uint()? {
            key::TABLE_NAME => capacity.table_name = from.text()?.into_owned(),
            key::TABLE if from.null()? => {}
            key::TABLE => capacity.table = Some(read_units_map(from)?),
            key::GLOBAL_INDEXES => capacity.global_indexes = read_indexes(from, read_units_map)?,
            key::LOCAL_INDEXES => capacity.local_indexes = read_indexes(from, read_units_map)?,
            other => read_unit(other, &mut capacity.total, from)?,
        }
    }
    Ok(Some(capacity))
}

/// Writes the size of a collection: a byte string.
pub(super) fn write_collection(metrics: &CollectionMetrics, to: &mut Writer) {
    let written = to.nested(|to| {
        write_value(&metrics.key.1, to);
        to.float(metrics.size_gb.0);
        to.float(metrics.size_gb.1);
        Ok::<_, WireError>(())
    });
    written.expect("sizes are always written");
}

/// Reads the size of a collection of a table; `None` for null.
pub(super) fn read_collection(from: &mut Reader<'_>, table: &str, names: &dyn Names) -> Result<Option<CollectionMetrics>, WireError> {
    if from.null()? {
        return Ok(None);
    }
    let bytes = from.byte_string()?;
    let mut from = Reader::of_whole(&bytes);
    let value = read_value(&mut from)?;
    let size_gb = (from.float()?, from.float()?);
    from.finish()?;
    let schema = names.key_schema(table).ok_or_else(|| WireError::UnknownTable(table.to_owned()))?;
    Ok(Some(CollectionMetrics { key: (schema.hash.0.clone(), value), size_gb }))
}

/// Writes the sizes of collections by table.
pub(super) fn write_collections(collections: &BTreeMap<String, Vec<CollectionMetrics>>, to: &mut Writer) {
    to.map(collections.len());
    for (table, metrics) in collections {
        to.text(table);
        to.array(metrics.len());
        metrics.iter().for_each(|metrics| write_collection(metrics, to));
    }
}

/// Reads the sizes of collections by table.
pub(super) fn read_collections(from: &mut Reader<'_>, names: &dyn Names) -> Result<BTreeMap<String, Vec<CollectionMetrics>>, WireError> {
    let mut collections = BTreeMap::new();
    if from.null()? {
        return Ok(collections);
    }
    let mut tables = from.map()?;
    while from.more(&mut tables)? {
        let table = from.text()?.into_owned();
        let mut metrics = Vec::new();
        let mut sequence = from.array()?;
        while from.more(&mut sequence)? {
            metrics.extend(read_collection(from, &table, names)?);
        }
        collections.insert(table, metrics);
    }
    Ok(collections)
}

/// Writes the costs of a request on several tables.
pub(super) fn write_capacities(capacities: &[Capacity], to: &mut Writer, write: fn(&Capacity, &mut Writer)) {
    to.array(capacities.len());
    capacities.iter().for_each(|capacity| write(capacity, to));
}

/// Reads the costs of a request on several tables.
pub(super) fn read_capacities(
    from: &mut Reader<'_>,
    read: fn(&mut Reader<'_>) -> Result<Option<Capacity>, WireError>,
) -> Result<Vec<Capacity>, WireError> {
    let mut capacities = Vec::new();
    if from.null()? {
        return Ok(capacities);
    }
    let mut sequence = from.array()?;
    while from.more(&mut sequence)? {
        capacities.extend(read(from)?);
    }
    Ok(capacities)
}

fn write_indexes(indexes: &BTreeMap<String, Units>, to: &mut Writer) {
    if indexes.is_empty() {
        return to.null();
    }
    to.map(indexes.len());
    for (name, units) in indexes {
        to.text(name);
        to.float(units.all);
    }
}

fn read_indexes(
    from: &mut Reader<'_>,
    read: fn(&mut Reader<'_>) -> Result<Units, WireError>,
) -> Result<BTreeMap<String, Units>, WireError> {
    let mut indexes = BTreeMap::new();
    if from.null()? {
        return Ok(indexes);
    }
    let mut pairs = from.map()?;
    while from.more(&mut pairs)? {
        let name = from.text()?.into_owned();
        indexes.insert(name, read(from)?);
    }
    Ok(indexes)
}

fn read_all_units(from: &mut Reader<'_>) -> Result<Units, WireError> {
    Ok(Units { all: from.float()?, ..Units::default() })
}

fn pairs_of(units: Units) -> usize {
    1 + usize::from(units.read.is_some()) + usize::from(units.write.is_some())
}

fn write_units(units: Units, to: &mut Writer) {
    for (key, units) in [(key::UNITS, Some(units.all)), (key::READ, units.read), (key::WRITE, units.write)] {
        if let Some(units) = units {
            to.uint(key);
            to.float(units);
        }
    }
}

fn read_units_map(from: &mut Reader<'_>) -> Result<Units, WireError> {
    let mut units = Units::default();
    let mut pairs = from.map()?;
    while from.more(&mut pairs)? {
        let key = from.uint()?;
        read_unit(key, &mut units, from)?;
    }
    Ok(units)
}

fn read_unit(key: u64, units: &mut Units, from: &mut Reader<'_>) -> Result<(), WireError> {
    if from.null()? {
        return Ok(());
    }
    match key {
        key::UNITS => units.all = from.float()?,
        key::READ => units.read = Some(from.float()?),
        key::WRITE => units.write = Some(from.float()?),
        _ => from.skip()?,
    }
    Ok(())
}
