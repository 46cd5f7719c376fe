//! The map in its panel, with the list behind it.

use super::super::{PanelReport, PanelRow};
use super::{Around, rows};
use crate::map::world;
use footfall_domain::labels;
use leptos::prelude::*;

/// The map, and the same as a table.
pub fn map(around: Around<'_>, list: &PanelReport) -> impl IntoView + use<> {
    let values = list.rows.iter().map(|row| (row.value.as_str(), row.size())).collect();
    let picture = world(around, &values);
    // How many are of an unknown country is said beside the scale.
    let known = list.rows.iter().filter(|row| row.value != labels::NOT_SET);
    let most = known.take(3).map(|row| entry(around, list, row)).collect_view();
    let table = rows::table(around, list);
    view! {
        {picture}
        <ul class="map__most">{most}</ul>
        <details class="chart__table">
            <summary>{around.words().panels.as_table}</summary>
            <div class="scroll" tabindex="0" role="region" aria-label=around.words().map.picture>{table}</div>
        </details>
    }
}

/// One of the countries with most visitors, below the map: what colours say only roughly.
fn entry(around: Around<'_>, list: &PanelReport, row: &PanelRow) -> impl IntoView + use<> {
    let number = list.columns.first().map(|column| column.text(row.numbers.first().copied().flatten(), None, around.lang));
    view! { <li>{rows::name_cell(around, list.panel, &list.shown, row)}<b>{number}</b></li> }
}
