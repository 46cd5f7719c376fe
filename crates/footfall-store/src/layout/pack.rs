//! A small day: all its tables in one piece, each readable alone.

use super::codec::{plain, seal, unseal, value};
use super::table::Rows;
use super::{Piece, PieceKind, TableId};
use crate::StoreError;
use footfall_domain::{Counts, Machine};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The tables' bytes by number of table; empty tables are left out.
#[derive(Serialize, Deserialize, Default)]
struct Pack<'a> {
    #[serde(borrow)]
    tables: Vec<(u8, &'a [u8])>,
}

/// Packs the bytes of tables.
pub(super) fn lay_pack(tables: &[(TableId, Vec<u8>)]) -> Result<Piece, StoreError> {
    let pack = Pack { tables: tables.iter().map(|(table, bytes)| (table.number(), bytes.as_slice())).collect() };
    Ok(Piece { table: TableId::PACK, kind: PieceKind::Head, first: Vec::new(), payload: seal(&plain(&pack)?)? })
}

/// A pack, ready to be read table by table.
pub(crate) struct OpenPack(Vec<u8>);

impl OpenPack {
    pub fn open(payload: &[u8]) -> Result<Self, StoreError> {
        unseal(payload).map(Self)
    }

    /// A dimension's rows, sorted by value; none when the table was empty.
    pub fn rows(&self, table: TableId) -> Result<Vec<(String, Counts)>, StoreError> {
        let Some(table) = self.section(table)? else { return Ok(Vec::new()) };
        let rows: Rows<'_> = value(table)?;
        Ok(rows.into_iter().map(|(text, counts)| (text.to_owned(), counts)).collect())
    }

    /// The machines' table.
    pub fn machines(&self) -> Result<BTreeMap<(Machine, String), i64>, StoreError> {
        self.section(TableId::MACHINES)?.map_or(Ok(BTreeMap::new()), value)
    }

    fn section(&self, table: TableId) -> Result<Option<&[u8]>, StoreError> {
        let pack: Pack<'_> = value(&self.0)?;
        Ok(pack.tables.into_iter().find(|(number, _)| *number == table.number()).map(|(_, bytes)| bytes))
    }
}
