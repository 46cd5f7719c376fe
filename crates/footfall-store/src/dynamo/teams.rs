//! Teams: one row each, replaced whole.

use super::counters::{SITES_VERSION, TEAM};
use super::failure::Failure;
use super::item::{Item, bytes, check_size, get_bytes, number};
use super::many::Range;
use super::names;
use super::stats::Kind;
use super::table::{Expression, Table};
use crate::StoreError;
use crate::layout::{damaged, seal, unseal};
use crate::registry::changed_meanwhile;
use footfall_domain::Team;

/// By number.
pub(super) async fn all(table: &Table) -> Result<Vec<Team>, StoreError> {
    table.query(Kind::Registry, &Range::all(names::TEAMS), true).await?.iter().map(read).collect()
}

pub(super) async fn add(table: &Table, name: &str) -> Result<Team, StoreError> {
    let team = Team { id: table.next(TEAM).await?, name: name.to_owned(), ..Team::default() };
    let parts = vec![table.part_put(item(&team)?, Some(Expression::absent()))?, table.part_raise(SITES_VERSION, None)?];
    table.transact(Kind::Registry, parts).await.map_err(StoreError::from)?;
    Ok(team)
}

/// Replaces a team if it is still the one of this version.
pub(super) async fn replace(table: &Table, team: &Team) -> Result<Team, StoreError> {
    let next = Team { version: team.version + 1, ..team.clone() };
    let still = Expression::new("v = :v", [(":v", number(team.version))]);
    let parts = vec![table.part_put(item(&next)?, Some(still))?, table.part_raise(SITES_VERSION, None)?];
    match table.transact(Kind::Registry, parts).await {
        Ok(()) => Ok(next),
        Err(Failure::Cancelled(_)) => match table.get(Kind::Registry, &names::team(team.id), None).await? {
            Some(_) => Err(changed_meanwhile(format_args!("the team {}", team.name))),
            None => Err(unknown(team.id)),
        },
        Err(failure) => Err(failure.into()),
    }
}

pub(super) async fn remove(table: &Table, id: u64) -> Result<(), StoreError> {
    let parts = vec![table.part_delete(&names::team(id), Some(Expression::present()))?, table.part_raise(SITES_VERSION, None)?];
    match table.transact(Kind::Registry, parts).await {
        Ok(()) => Ok(()),
        Err(Failure::Cancelled(_)) => Err(unknown(id)),
        Err(failure) => Err(failure.into()),
    }
}

pub(super) fn item(team: &Team) -> Result<Item, StoreError> {
    let body = serde_json::to_vec(team).map_err(|error| StoreError::Unavailable(error.to_string()))?;
    let item = names::team(team.id).row([("v", number(team.version)), ("b", bytes(seal(&body)?))]);
    check_size(&item, || format!("the team {}", team.name))?;
    Ok(item)
}

fn read(item: &Item) -> Result<Team, StoreError> {
    serde_json::from_slice(&unseal(get_bytes(item, "b")?)?).map_err(damaged)
}

fn unknown(id: u64) -> StoreError {
    StoreError::NotFound(format!("the team {id}"))
}
