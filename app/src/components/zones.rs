//! The choice of a time zone.

use crate::models::Field;
use crate::panels::plain;
use crate::words::Words;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// The names by region: `Europe/Berlin` under `Europe`. Old names and those of the sea are left out.
fn names() -> BTreeMap<String, Vec<String>> {
    let mut regions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in jiff::tz::db().available() {
        const REGIONS: [&str; 10] =
            ["Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];
        let name = name.as_str();
        if let Some((region, _)) = name.split_once('/')
            && REGIONS.contains(&region)
        {
            regions.entry(region.to_owned()).or_default().push(name.to_owned());
        }
    }
    regions
}

/// `Berlin · Europe`: the city first, so that typing it finds it.
fn shown(words: &Words, zone: &str) -> String {
    let (region, city) = zone.split_once('/').unwrap_or(("", zone));
    let city = city.split('/').rev().collect::<Vec<_>>().join(", ").replace('_', " ");
    format!("{city} · {}", (words.common.zone_region)(region))
}

/// A select of all time zones, called `timezone`.
pub fn zone_select(words: &Words, field: &Field, hint: &'static str) -> impl IntoView + use<> {
    let chosen = if field.value.is_empty() { "UTC".to_owned() } else { field.value.clone() };
    let known = names();
    let odd = chosen != "UTC" && !known.values().any(|zones| zones.contains(&chosen));
    let odd = odd.then(|| view! { <option value=chosen.clone() selected=true>{plain(&chosen)}</option> });
    let groups = known.into_iter().map(|(region, zones)| {
        let options = zones.into_iter().map(|zone| {
            let shown = shown(words, &zone);
            let selected = zone == chosen;
            view! { <option value=zone selected=selected>{shown}</option> }
        });
        let region = (words.common.zone_region)(&region).to_owned();
        view! { <optgroup label=region>{options.collect_view()}</optgroup> }
    });
    let groups = groups.collect_view();
    let (utc, label) = (chosen == "UTC", words.common.time_zone);
    view! {
        <div class="field" class:field--wrong=field.problem.is_some()>
            <label for="timezone">{label}</label>
            <select id="timezone" name="timezone" aria-describedby="timezone-hint">
                {odd}
                <option value="UTC" selected=utc>"UTC"</option>
                {groups}
            </select>
            <p class="hint" id="timezone-hint">{hint}</p>
            {super::problem(field.problem.as_deref(), "timezone-problem".to_owned())}
        </div>
    }
}
