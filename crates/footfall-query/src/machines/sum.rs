//! Adding up what machines asked for.

use super::{MachineBy, MachineRow, MachineTable};
use footfall_domain::{Machine, MachineClass};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The sums of a table on their way.
#[derive(Debug)]
pub struct MachineSum {
    table: MachineTable,
    sums: BTreeMap<Option<MachineClass>, FxHashMap<Arc<str>, i64>>,
}

impl MachineSum {
    /// Nothing yet.
    pub fn new(table: &MachineTable) -> Self {
        Self { table: table.clone(), sums: BTreeMap::new() }
    }

    /// Adds what one machine asked for, if the table is about it.
    pub fn add(&mut self, machine: &Machine, page: &str, views: i64) {
        let only = |wanted: &Option<Arc<str>>, is: &str| wanted.as_deref().is_none_or(|wanted| wanted == is);
        if !only(&self.table.machine, &machine.name) || !only(&self.table.page, page) {
            return;
        }
        let (class, value) = match self.table.by {
            MachineBy::Name => (Some(machine.class), machine.name.as_str()),
            MachineBy::Page => (None, page),
        };
        let sums = self.sums.entry(class).or_default();
        match sums.get_mut(value) {
            Some(sum) => *sum += views,
            None => drop(sums.insert(value.into(), views)),
        }
    }

    /// The rows in order of value and class, each once.
    pub fn rows(self) -> Vec<MachineRow> {
        let of_class = |(class, sums): (Option<MachineClass>, FxHashMap<Arc<str>, i64>)| {
            sums.into_iter().map(move |(value, views)| MachineRow { value, class, views })
        };
        let mut rows: Vec<_> = self.sums.into_iter().flat_map(of_class).collect();
        rows.sort_unstable_by(|a, b| a.name().cmp(&b.name()));
        rows
    }
}
