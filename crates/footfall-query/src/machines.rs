//! What machines asked for: pageviews that are counted of nobody, a question of the pages.

use crate::{RunError, Source, View};
use footfall_domain::{LocalDate, Machine};
use rustc_hash::FxHashMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// How often a machine asked for a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MachineViews {
    /// Who.
    pub machine: Machine,
    /// Which page.
    pub page: Arc<str>,
    /// How often.
    pub views: i64,
}

/// The pageviews of machines on some days, of all feeds; each machine and page once, the most views first.
///
/// # Errors
/// The numbers could not be read.
pub async fn machine_views(dates: RangeInclusive<LocalDate>, view: &View, source: &dyn Source) -> Result<Vec<MachineViews>, RunError> {
    if dates.is_empty() {
        return Ok(Vec::new());
    }
    let parts = source.machines(view, dates).await?;
    let mut sums: FxHashMap<(&Machine, &Arc<str>), i64> = FxHashMap::default();
    for seen in parts.iter().flat_map(|part| part.iter()) {
        *sums.entry((&seen.machine, &seen.page)).or_default() += seen.views;
    }
    let whole =
        |((machine, page), views): ((&Machine, &Arc<str>), i64)| MachineViews { machine: machine.clone(), page: page.clone(), views };
    let mut all: Vec<_> = sums.into_iter().map(whole).collect();
    all.sort_unstable_by(|a, b| b.views.cmp(&a.views).then_with(|| (&a.machine, &a.page).cmp(&(&b.machine, &b.page))));
    Ok(all)
}
