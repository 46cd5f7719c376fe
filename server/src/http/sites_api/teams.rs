//! Teams the key's owner belongs to.

use super::call::{Call, Told};
use super::page::{Entry, newest_first, page};
use super::refusal::Refusal;
use footfall_domain::{Role, Team};
use serde_json::json;

/// Those the key may know of, the newest first.
pub(super) async fn list(call: Call) -> Told {
    let people = &call.app.house.people;
    let known: Vec<Team> = match (&call.key.owner, call.key.site) {
        (Some(owner), _) => people.rights(owner).await?.teams().cloned().collect(),
        (None, None) => people.teams().await?.values().cloned().collect(),
        // A site's own key knows of its site alone.
        (None, Some(_)) => Vec::new(),
    };
    let entry = |team: &Team| Entry {
        place: newest_first(team.id),
        told: json!({"id": team.id.to_string(), "name": team.name, "api_available": true}),
    };
    page("teams", known.iter().map(entry).collect(), &call.params)
}

/// The number of a team in which the key may at least what `least` may.
///
/// # Errors
/// There is none, or it may not: nobody learns which.
pub(super) async fn of(call: &Call, id: &str, least: Role) -> Result<u64, Refusal> {
    let unknown = Refusal::May("there is no such team, or the key may not use it for this");
    let Ok(id) = id.parse() else { return Err(unknown) };
    let people = &call.app.house.people;
    let may = match &call.key.owner {
        Some(owner) => people.rights(owner).await?.role_in(id) >= Some(least),
        None => call.key.site.is_none() && people.teams().await?.contains_key(&id),
    };
    if may { Ok(id) } else { Err(unknown) }
}
