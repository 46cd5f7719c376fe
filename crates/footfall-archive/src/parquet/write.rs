//! Records to a file.

use super::GROUP_ROWS;
use super::columns::{COLUMNS, Column, Values, schema};
use crate::ArchiveError;
use footfall_domain::Record;
use parquet::basic::{Compression, ZstdLevel};
use parquet::column::writer::ColumnWriterImpl;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, FixedLenByteArray, FixedLenByteArrayType, Int32Type, Int64Type};
use parquet::errors::Result;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;
use std::fs::File;
use std::sync::Arc;

/// Writes records to an empty file; making it durable is the caller's.
pub(crate) fn write(file: &File, records: &[Record]) -> std::result::Result<(), ArchiveError> {
    // The file is new: what fails here is the disk.
    write_groups(file, records).map_err(|error| ArchiveError::Unavailable(error.to_string()))
}

fn write_groups(file: &File, records: &[Record]) -> Result<()> {
    let schema = Arc::new(parse_message_type(&schema())?);
    let zstd = Compression::ZSTD(ZstdLevel::try_new(3)?);
    let properties = WriterProperties::builder().set_compression(zstd).set_created_by("Footfall".to_owned()).build();
    let mut writer = SerializedFileWriter::new(file, schema, Arc::new(properties))?;
    for group in records.chunks(GROUP_ROWS) {
        let mut row_group = writer.next_row_group()?;
        for column in COLUMNS {
            let mut open = row_group.next_column()?.expect("the schema was made from these columns");
            write_column(&mut open, column, group)?;
            open.close()?;
        }
        row_group.close()?;
    }
    writer.close()?;
    Ok(())
}

fn write_column(open: &mut SerializedColumnWriter<'_>, column: &Column, records: &[Record]) -> Result<()> {
    match &column.values {
        Values::Truth { get, .. } => put(open.typed::<BoolType>(), column, records.iter().map(|record| Some(get(record)))),
        Values::Int { get, .. } => put(open.typed::<Int32Type>(), column, records.iter().map(get)),
        Values::Long { get, .. } => put(open.typed::<Int64Type>(), column, records.iter().map(|record| Some(get(record)))),
        Values::Text { get, .. } => {
            let bytes = |record| get(record).map(|text| ByteArray::from(text.into_owned().into_bytes()));
            put(open.typed::<ByteArrayType>(), column, records.iter().map(bytes))
        }
        Values::Id { get, .. } => {
            let bytes = |record| Some(FixedLenByteArray::from(get(record).to_be_bytes().to_vec()));
            put(open.typed::<FixedLenByteArrayType>(), column, records.iter().map(bytes))
        }
    }
}

/// Writes the values there are, and where there are none.
fn put<T: DataType>(writer: &mut ColumnWriterImpl<'_, T>, column: &Column, values: impl Iterator<Item = Option<T::T>>) -> Result<()> {
    let mut levels = Vec::new();
    let present: Vec<T::T> = values.inspect(|value| levels.push(i16::from(value.is_some()))).flatten().collect();
    writer.write_batch(&present, column.is_optional().then_some(levels.as_slice()), None)?;
    Ok(())
}
