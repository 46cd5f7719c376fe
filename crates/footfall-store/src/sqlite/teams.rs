//! Teams.

use super::generations::{from_json, to_json};
use crate::StoreError;
use crate::registry::changed_meanwhile;
use footfall_domain::Team;
use rusqlite::{OptionalExtension, Transaction};

/// By number.
pub(super) fn all(transaction: &Transaction<'_>) -> Result<Vec<Team>, StoreError> {
    let mut statement = transaction.prepare_cached("SELECT body FROM teams ORDER BY id")?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    rows.map(|row| row.map_err(StoreError::from).and_then(|body| from_json(&body))).collect()
}

pub(super) fn add(transaction: &Transaction<'_>, name: String) -> Result<Team, StoreError> {
    transaction.execute("INSERT INTO teams (body) VALUES ('{}')", [])?;
    let team = Team { id: transaction.last_insert_rowid().cast_unsigned(), name, ..Team::default() };
    put(transaction, &team)?;
    Ok(team)
}

pub(super) fn replace(transaction: &Transaction<'_>, team: Team) -> Result<Team, StoreError> {
    let sql = "SELECT body FROM teams WHERE id = ?1";
    let known: Option<String> = transaction.query_row(sql, [team.id.cast_signed()], |row| row.get(0)).optional()?;
    let known: Team = from_json(&known.ok_or_else(|| unknown(team.id))?)?;
    if known.version != team.version {
        return Err(changed_meanwhile(format_args!("the team {}", known.name)));
    }
    let next = Team { version: team.version + 1, ..team };
    put(transaction, &next)?;
    Ok(next)
}

pub(super) fn put(transaction: &Transaction<'_>, team: &Team) -> Result<(), StoreError> {
    transaction.execute("INSERT OR REPLACE INTO teams (id, body) VALUES (?1, ?2)", (team.id.cast_signed(), to_json(team)?))?;
    Ok(())
}

pub(super) fn remove(transaction: &Transaction<'_>, id: u64) -> Result<(), StoreError> {
    match transaction.execute("DELETE FROM teams WHERE id = ?1", [id.cast_signed()])? {
        0 => Err(unknown(id)),
        _ => Ok(()),
    }
}

fn unknown(id: u64) -> StoreError {
    StoreError::NotFound(format!("the team {id}"))
}
