//! Records from a file.

use super::columns::{COLUMNS, Column, Values};
use crate::{ArchiveError, SealKey};
use footfall_domain::{Feed, Hit, HitId, Place, Position, Record, UnixMillis, VisitorId};
use parquet::column::reader::{ColumnReaderImpl, get_typed_column_reader};
use parquet::data_type::{BoolType, ByteArrayType, DataType, FixedLenByteArrayType, Int32Type, Int64Type};
use parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};
use std::fs::File;

type Result<T> = std::result::Result<T, ArchiveError>;

/// Reads the records sealed under a key.
pub(crate) fn read(file: File, key: SealKey) -> Result<Vec<Record>> {
    let reader = SerializedFileReader::new(file).map_err(ArchiveError::damaged)?;
    let mut records = Vec::new();
    for n in 0..reader.num_row_groups() {
        let group = reader.get_row_group(n).map_err(ArchiveError::damaged)?;
        let rows = usize::try_from(group.metadata().num_rows()).map_err(ArchiveError::damaged)?;
        let start = records.len();
        records.resize(start + rows, blank(key));
        for column in COLUMNS {
            read_column(&*group, column, &mut records[start..])?;
        }
    }
    if records.iter().all(|record| key.holds(record)) { Ok(records) } else { Err(ArchiveError::Stray(key)) }
}

fn read_column(group: &dyn RowGroupReader, column: &Column, records: &mut [Record]) -> Result<()> {
    match &column.values {
        Values::Truth { set, .. } => take::<BoolType>(group, column, records, |record, value| {
            set(record, value);
            Ok(())
        }),
        Values::Int { set, .. } => take::<Int32Type>(group, column, records, |record, value| {
            set(record, value);
            Ok(())
        }),
        Values::Long { set, .. } => take::<Int64Type>(group, column, records, |record, value| {
            set(record, value);
            Ok(())
        }),
        Values::Text { set, .. } => take::<ByteArrayType>(group, column, records, |record, value| {
            set(record, String::from_utf8(value.data().to_vec()).map_err(ArchiveError::damaged)?)
        }),
        Values::Id { set, .. } => take::<FixedLenByteArrayType>(group, column, records, |record, value| {
            let bytes = value.data().try_into().map_err(ArchiveError::damaged)?;
            set(record, u128::from_be_bytes(bytes));
            Ok(())
        }),
    }
}

/// Reads a column and gives each record its value, if it has one.
fn take<T: DataType>(
    group: &dyn RowGroupReader,
    column: &Column,
    records: &mut [Record],
    set: impl Fn(&mut Record, T::T) -> Result<()>,
) -> Result<()> {
    let mut reader = typed::<T>(group, column)?;
    let (mut values, mut levels, mut rows) = (Vec::new(), Vec::new(), 0);
    while rows < records.len() {
        let levels = column.is_optional().then_some(&mut levels);
        let (read, _, _) = reader.read_records(records.len() - rows, levels, None, &mut values).map_err(ArchiveError::damaged)?;
        if read == 0 {
            return Err(ArchiveError::damaged(format_args!("the column '{}' ends early", column.name)));
        }
        rows += read;
    }
    let mut values = values.into_iter();
    for (row, record) in records.iter_mut().enumerate() {
        if levels.get(row).is_some_and(|level| *level == 0) {
            continue;
        }
        let value = values.next().ok_or_else(|| ArchiveError::damaged(format_args!("the column '{}' lacks values", column.name)))?;
        set(record, value)?;
    }
    Ok(())
}

/// The file's column of that name, if it is of that type.
fn typed<T: DataType>(group: &dyn RowGroupReader, column: &Column) -> Result<ColumnReaderImpl<T>> {
    let schema = group.metadata().schema_descr();
    let found = schema.columns().iter().position(|known| known.name() == column.name);
    let at = found.ok_or_else(|| ArchiveError::damaged(format_args!("there is no column '{}'", column.name)))?;
    let described = &schema.columns()[at];
    let fits = described.physical_type() == T::get_physical_type()
        && described.max_rep_level() == 0
        && described.max_def_level() == i16::from(column.is_optional());
    if !fits {
        return Err(ArchiveError::damaged(format_args!("the column '{}' is of another type", column.name)));
    }
    Ok(get_typed_column_reader(group.get_column_reader(at).map_err(ArchiveError::damaged)?))
}

/// A record of the key whose values are still to come.
fn blank(key: SealKey) -> Record {
    Record {
        position: Position { epoch: 0, partition: 0, offset: 0 },
        hit: Hit {
            id: HitId(0),
            site: key.site,
            time: UnixMillis(0),
            date: key.date,
            offset_seconds: 0,
            visitor: VisitorId(0),
            feed: Feed::Log,
            name: String::new(),
            url: String::new(),
            referrer: String::new(),
            user_agent: String::new(),
            language: String::new(),
            props: Vec::new(),
            interactive: false,
            hash_routing: false,
            engaged_ms: None,
            scroll_depth: None,
            screen_width: None,
            revenue: None,
            place: Place::default(),
            address_rules: Vec::new(),
        },
    }
}
