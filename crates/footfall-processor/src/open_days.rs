//! Reading open days: what was added up since the last hit, else what is in memory.

use crate::blocking::blocking;
use crate::engine::Engine;
use crate::kept::{MadeFrom, Value, What};
use crate::open_day::OpenDay;
use footfall_domain::{Dimension, LocalDate, SiteId};
use footfall_query::head::Limits;
use footfall_query::{DayHits, Head, MachineRow, MachineTable};
use std::sync::Arc;

impl Engine {
    /// The head of an open day's table.
    pub(crate) async fn open_head(&self, site: SiteId, dimension: Dimension, date: LocalDate, day: Arc<OpenDay>) -> Head {
        // Before anything is read of the day.
        let made_from = MadeFrom::Open { site, date, edition: day.edition() };
        if let Some(Value::Heads(heads)) = self.kept(&What::Heads(dimension), &made_from)
            && let [head] = &*heads
        {
            return head.clone();
        }
        let rows = Limits::default().rows;
        let head = at_leisure(day, move |day| Head::of_table(date, day.table(day.people(), dimension), rows)).await;
        self.keep(What::Heads(dimension), &made_from, &Value::Heads(Arc::new([head.clone()])));
        head
    }

    /// What machines did on an open day, in order of value.
    pub(crate) async fn open_machines(&self, site: SiteId, asked: &MachineTable, date: LocalDate, day: Arc<OpenDay>) -> Arc<[MachineRow]> {
        let made_from = MadeFrom::Open { site, date, edition: day.edition() };
        let what = What::Machines(asked.clone());
        if let Some(Value::Machines(rows)) = self.kept(&what, &made_from) {
            return rows;
        }
        let asked = asked.clone();
        let rows = at_leisure(day, move |day| day.machine_rows(&asked)).await;
        self.keep(what, &made_from, &Value::Machines(rows.clone()));
        rows
    }
}

/// Reads a day: a large one on a thread of its own.
pub(crate) async fn at_leisure<T: Send + 'static>(day: Arc<OpenDay>, read: impl FnOnce(&OpenDay) -> T + Send + 'static) -> T {
    if day.is_large() { blocking(move || read(&day)).await } else { read(&day) }
}
