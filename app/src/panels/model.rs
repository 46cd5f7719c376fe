//! What a panel shows.

use super::{Column, Panel, Shown};
use crate::site_page::LeftOut;
use footfall_domain::{Currency, MachineClass};

/// A panel's list.
#[derive(Clone, PartialEq, Debug)]
pub struct PanelReport {
    /// Which panel.
    pub panel: Panel,
    /// Which of its lists.
    pub shown: Shown,
    /// What the rows say, the first of it as a bar.
    pub columns: Vec<Column>,
    /// The first rows, largest first; in the map all there are.
    pub rows: Vec<PanelRow>,
    /// Whether there are more. How many is not asked: the first rows are found without reading all the others.
    pub more: bool,
    /// The properties seen, in the panel of properties; most seen first.
    pub properties: Vec<String>,
    /// Whether the site has no goals at all, in the panel of goals.
    pub no_goals: bool,
    /// What of the money is not in the rows.
    pub left_out: Option<LeftOut>,
    /// Whether the rows are there at all.
    pub state: State,
}

/// Whether a list was read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum State {
    /// It was.
    #[default]
    Read,
    /// It would read every hit of a period with many, and nobody asked for it by name.
    KeptBack,
}

/// A row of a list.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct PanelRow {
    /// The value, as a filter compares it.
    pub value: String,
    /// What the value is a part of: the browser of a version.
    pub of: Option<String>,
    /// A number for each column.
    pub numbers: Vec<Option<f64>>,
    /// The currency of those that are money.
    pub currency: Option<Currency>,
    /// What the machine is for, in a list of machines.
    pub class: Option<MachineClass>,
}

impl PanelRow {
    /// The number its bar shows.
    pub fn size(&self) -> i64 {
        self.number(0).round() as i64
    }

    /// The number of a column; nothing is nought.
    pub fn number(&self, at: usize) -> f64 {
        self.numbers.get(at).copied().flatten().unwrap_or(0.0)
    }
}
