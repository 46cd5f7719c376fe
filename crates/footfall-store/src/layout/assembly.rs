//! A rollup put together again from its pieces.

use super::{HeadPiece, OpenPack, PieceKind, Summary, TableId, decode_head, decode_machines, decode_tail};
use crate::StoreError;
use footfall_domain::{Counts, Dimension, Machine, Rollup};
use std::collections::{BTreeMap, HashMap};

/// Takes pieces in any order, but those of one table's head in theirs.
#[derive(Default)]
pub(crate) struct Assembly {
    tables: HashMap<TableId, Vec<(String, Counts)>>,
    heads: HashMap<TableId, HeadPiece>,
    machines: BTreeMap<(Machine, String), i64>,
}

impl Assembly {
    pub fn add(&mut self, table: TableId, kind: PieceKind, payload: &[u8]) -> Result<(), StoreError> {
        match (table, kind) {
            (TableId::PACK, _) => {
                let pack = OpenPack::open(payload)?;
                self.machines = pack.machines()?;
                for table in TableId::dimensions() {
                    self.tables.insert(table, pack.rows(table)?);
                }
                Ok(())
            }
            (TableId::MACHINES, _) => decode_machines(payload, &mut self.machines),
            (table, PieceKind::Head) => decode_head(payload, self.heads.entry(table).or_default()),
            (table, PieceKind::Tail) => decode_tail(payload, self.tables.entry(table).or_default()),
        }
    }

    pub fn rollup(mut self, summary: &Summary) -> Rollup {
        let mut rollup = summary.rollup();
        for (table, head) in self.heads {
            self.tables.entry(table).or_default().extend(head.top);
        }
        rollup.machines = self.machines;
        let (people, others) =
            if rollup.live.events > 0 { (&mut rollup.live, &mut rollup.log) } else { (&mut rollup.log, &mut rollup.live) };
        for (part, name) in [(people, TableId::people as fn(Dimension) -> TableId), (others, TableId::others)] {
            for (dimension, table) in Dimension::ALL.iter().zip(&mut part.dimensions) {
                table.extend(self.tables.remove(&name(*dimension)).unwrap_or_default());
            }
        }
        rollup
    }
}
