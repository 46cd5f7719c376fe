//! Custom properties whose values are shown.
//!
//! A site shows all that were seen until somebody chooses. Here the list is always that of those shown; the first change
//! through this API makes it a chosen one, in which nothing that was shown is lost.

use super::call::{Call, Told};
use super::refusal::Refusal;
use crate::actions::lexicon;
use crate::http::key;
use crate::http::pages::Seat;
use footfall_app::words::Lang;
use footfall_domain::{Metric, Role};
use footfall_processor::SiteEntry;
use footfall_query::{DateRange, Query, property_keys};
use serde_json::{Value, json};
use std::sync::Arc;

/// All of a site.
pub(super) async fn list(call: Call) -> Told {
    let entry = call.site(Role::Viewer).await?;
    let names = shown(&call, &entry).await?;
    Ok(json!({"custom_properties": names.iter().map(|name| json!({"property": name})).collect::<Vec<Value>>()}))
}

/// One more, if it is none of them yet.
pub(super) async fn put(call: Call) -> Told {
    let (_, name) = (call.params.needed("site_id")?, call.params.needed("property")?);
    let entry = call.site(Role::Editor).await?;
    let mut names = shown(&call, &entry).await?;
    if !names.contains(&name) {
        names.push(name);
        choose(&call, &entry, names).await?;
    }
    Ok(json!({"created": true}))
}

/// One less, if it is one of them.
pub(super) async fn remove(call: Call) -> Told {
    let name = call.params.needed("property")?;
    let entry = call.site(Role::Editor).await?;
    let mut names = shown(&call, &entry).await?;
    if names.contains(&name) {
        names.retain(|known| *known != name);
        choose(&call, &entry, names).await?;
    }
    Ok(json!({"deleted": true}))
}

async fn choose(call: &Call, entry: &SiteEntry, names: Vec<String>) -> Result<(), Refusal> {
    Ok(lexicon::show_properties(&call.app.house, &call.who(), entry.site.id, Some(names)).await?)
}

/// The properties that are shown, by name: those chosen, or all seen in the last 28 days.
pub(super) async fn shown(call: &Call, entry: &Arc<SiteEntry>) -> Result<Vec<String>, Refusal> {
    let app = &call.app;
    if let Some(chosen) = &app.house.lexicons.of(entry.site.id).await?.properties {
        return Ok(chosen.clone());
    }
    key::caught_up(app).map_err(Refusal::Behind)?;
    let seat = Seat::of(app, entry.clone(), None, Lang::default()).await.map_err(Refusal::Broken)?;
    let today = seat.today();
    let query = Query::new(entry.site.domain.clone(), DateRange::Dates(today.plus(-27), today), vec![Metric::Visitors]);
    let keys = property_keys(&query, &seat.context(), &seat.site, &seat.view, &*app.house.engine).await;
    let mut names: Vec<String> = keys.map_err(|error| Refusal::Broken(error.into()))?.into_iter().map(|key| key.name).collect();
    names.sort_unstable();
    Ok(names)
}
