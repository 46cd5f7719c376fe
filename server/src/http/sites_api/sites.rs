//! Sites: all, one, a new one, another name, none.

use super::call::{Call, Told};
use super::page::{Entry, newest_first, page};
use super::refusal::Refusal;
use super::{properties, teams};
use crate::actions::{self, sites};
use footfall_domain::{Role, Site};
use footfall_processor::SiteEntry;
use serde_json::{Value, json};
use std::sync::Arc;

/// Those the key may know of, the newest first; with `team_id` those of a team.
pub(super) async fn list(call: Call) -> Told {
    let team = match call.params.number("team_id")? {
        Some(id) => Some(teams::of(&call, &id, Role::Viewer).await?),
        None => None,
    };
    let all = call.sites().await?;
    let found = all.iter().filter(|entry| team.is_none_or(|team| entry.site.sharing.team == Some(team)));
    let entries = found.map(|entry| Entry { place: newest_first(entry.site.first_id.0), told: in_short(&entry.site) }).collect();
    page("sites", entries, &call.params)
}

/// One of them.
pub(super) async fn get(call: Call) -> Told {
    let entry = call.site(Role::Viewer).await?;
    told(&call, &entry).await
}

/// A new one; it is whose the key is.
pub(super) async fn create(call: Call) -> Told {
    if call.key.site.is_some() {
        return Err(Refusal::May("this key is for one site, and may make no other"));
    }
    let domain = call.params.needed("domain")?;
    let zone = call.params.text("timezone")?.unwrap_or_default();
    let team = match call.params.number("team_id")? {
        Some(id) => Some(teams::of(&call, &id, Role::Admin).await?),
        None => None,
    };
    let house = &call.app.house;
    let mut site = sites::add(house, &call.who(), &domain, &zone, call.key.owner.as_deref()).await?;
    if let Some(team) = team {
        site = actions::teams::hand(house, &call.who(), site.id, Some(team)).await?;
    }
    let entry = house.engine.sites().by_id(site.id).cloned().ok_or(Refusal::NoSite)?;
    told(&call, &entry).await
}

/// Another domain or time zone.
pub(super) async fn change(call: Call) -> Told {
    let (domain, zone) = (call.params.text("domain")?, call.params.text("timezone")?);
    if domain.is_none() && zone.is_none() {
        return Err(Refusal::Wrong("send a `domain` or a `timezone`: nothing else of a site is changed here".to_owned()));
    }
    let least = if domain.is_some() { Role::Owner } else { Role::Admin };
    let entry = call.site(least).await?;
    let house = &call.app.house;
    sites::set(house, &call.who(), entry.site.id, domain.as_deref(), zone.as_deref()).await?;
    let entry = house.engine.sites().by_id(entry.site.id).cloned().ok_or(Refusal::NoSite)?;
    told(&call, &entry).await
}

/// No more: with its hits, numbers and keys.
pub(super) async fn remove(call: Call) -> Told {
    let entry = call.site(Role::Owner).await?;
    sites::remove(&call.app.house, &call.who(), &entry.site.domain, Some(entry.site.id)).await?;
    Ok(json!({"deleted": true}))
}

fn in_short(site: &Site) -> Value {
    json!({"domain": site.domain, "timezone": site.zone()})
}

async fn told(call: &Call, entry: &Arc<SiteEntry>) -> Told {
    let mut told = in_short(&entry.site);
    told["custom_properties"] = json!(properties::shown(call, entry).await?);
    Ok(told)
}
