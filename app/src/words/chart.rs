//! The main chart and the table behind it.

/// The main chart and the table behind it.
#[derive(Clone, Copy, Debug)]
pub struct ChartWords {
    /// The head of it.
    pub title: &'static str,
}

pub(super) const EN: ChartWords = ChartWords { title: "Chart" };

pub(super) const DE: ChartWords = ChartWords { title: "Verlauf" };
