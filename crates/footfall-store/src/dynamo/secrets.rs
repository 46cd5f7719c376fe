//! Secrets of dates, sealed. The first candidate wins by one write; a destroyed secret is a deleted row.

use super::failure::Failure;
use super::item::{Item, bytes, get_bytes, get_flag, get_number, get_text, number};
use super::many::Range;
use super::names;
use super::seal::Sealer;
use super::stats::Kind;
use super::table::{Expression, Table};
use crate::layout::damaged;
use crate::{SecretRow, SecretUse, StoreError};
use aws_sdk_dynamodb::types::AttributeValue;
use footfall_domain::{LocalDate, UnixMillis};

/// Destructions met while a secret is used, before we give up.
const MEETINGS: u32 = 12;

pub(super) async fn secret(
    table: &Table,
    sealer: &Sealer,
    date: LocalDate,
    candidate: [u8; 32],
    usage: SecretUse,
) -> Result<[u8; 32], StoreError> {
    let name = names::secret(date);
    for _ in 0..MEETINGS {
        let known = table.get(Kind::Registry, &name, None).await?;
        if let Some(known) = &known
            && remembers(&read(known)?, usage)
        {
            return open(sealer, date, known);
        }
        let row = match known {
            Some(row) => row,
            None => {
                let sealed = sealer.seal(&place(date), &candidate)?;
                table.update(Kind::Registry, &name, first(sealed, usage), None).await.map_err(StoreError::from)?
            }
        };
        if remembers(&read(&row)?, usage) || remember(table, date, usage, &row).await? {
            return open(sealer, date, &row);
        }
    }
    Err(StoreError::Conflict(format!("the secret of {date}")))
}

/// Keeps a secret with its use, if there is none: of several that come at once, all get the first one's back. In one write:
/// a secret without a use would be due to be destroyed.
fn first(sealed: Vec<u8>, usage: SecretUse) -> Expression {
    let sealed = (":sealed", bytes(sealed));
    match usage {
        SecretUse::Live => {
            let words = "SET sealed = if_not_exists(sealed, :sealed), live = :yes";
            Expression::new(words, [sealed, (":yes", AttributeValue::Bool(true))])
        }
        SecretUse::Import { at } => {
            let words =
                "SET sealed = if_not_exists(sealed, :sealed), live = if_not_exists(live, :no), imported = if_not_exists(imported, :at)";
            Expression::new(words, [sealed, (":no", AttributeValue::Bool(false)), (":at", number(at.0))])
        }
    }
}

/// Remembers a use of the secret that is in `row`; not when that was destroyed meanwhile.
async fn remember(table: &Table, date: LocalDate, usage: SecretUse, row: &Item) -> Result<bool, StoreError> {
    let same = (":sealed", bytes(get_bytes(row, "sealed")?));
    let (update, still) = match usage {
        SecretUse::Live => {
            (Expression::new("SET live = :yes", [(":yes", AttributeValue::Bool(true))]), Expression::new("sealed = :sealed", [same]))
        }
        SecretUse::Import { at } => (
            Expression::new("SET imported = :at", [(":at", number(at.0))]),
            Expression::new("sealed = :sealed AND (attribute_not_exists(imported) OR imported < :at)", [same]),
        ),
    };
    match table.update(Kind::Registry, &names::secret(date), update, Some(still)).await {
        Ok(_) => Ok(true),
        Err(Failure::Condition) => {
            let now_there = table.get(Kind::Registry, &names::secret(date), None).await?;
            let Some(now_there) = now_there else { return Ok(false) };
            Ok(get_bytes(&now_there, "sealed")? == get_bytes(row, "sealed")? && remembers(&read(&now_there)?, usage))
        }
        Err(failure) => Err(failure.into()),
    }
}

fn remembers(row: &SecretRow, usage: SecretUse) -> bool {
    match usage {
        SecretUse::Live => row.live,
        SecretUse::Import { at } => row.last_import_use >= Some(at),
    }
}

pub(super) async fn rows(table: &Table) -> Result<Vec<SecretRow>, StoreError> {
    items(table).await?.iter().map(read).collect()
}

/// All of them, by date.
pub(super) async fn contents(table: &Table, sealer: &Sealer) -> Result<Vec<(SecretRow, [u8; 32])>, StoreError> {
    let items = items(table).await?;
    let opened = items.iter().map(|item| {
        let row = read(item)?;
        Ok((row, open(sealer, row.date, item)?))
    });
    opened.collect()
}

pub(super) async fn destroy(table: &Table, dates: &[LocalDate]) -> Result<(), StoreError> {
    let mut dates = dates.to_vec();
    dates.sort_unstable();
    dates.dedup();
    table.delete_many(Kind::Registry, dates.into_iter().map(names::secret)).await
}

/// Deletes the secrets that the key does not open; returns their dates.
pub(super) async fn discard_unopened(table: &Table, sealer: &Sealer) -> Result<Vec<LocalDate>, StoreError> {
    let mut discarded = Vec::new();
    for item in items(table).await? {
        let date = read(&item)?.date;
        if open(sealer, date, &item).is_ok() {
            continue;
        }
        let same = Expression::new("sealed = :sealed", [(":sealed", bytes(get_bytes(&item, "sealed")?))]);
        match table.delete(Kind::Registry, &names::secret(date), Some(same)).await {
            // A failed condition: our first attempt did it and its answer was lost, or somebody else has been faster.
            Ok(()) | Err(Failure::Condition) => discarded.push(date),
            Err(failure) => return Err(failure.into()),
        }
    }
    Ok(discarded)
}

pub(super) fn item(sealer: &Sealer, row: &SecretRow, secret: &[u8; 32]) -> Result<Item, StoreError> {
    let sealed = sealer.seal(&place(row.date), secret)?;
    let mut item = names::secret(row.date).row([("sealed", bytes(sealed)), ("live", AttributeValue::Bool(row.live))]);
    if let Some(at) = row.last_import_use {
        item.insert("imported".to_owned(), number(at.0));
    }
    Ok(item)
}

async fn items(table: &Table) -> Result<Vec<Item>, StoreError> {
    table.query(Kind::Registry, &Range::all(names::SECRETS), true).await
}

fn read(item: &Item) -> Result<SecretRow, StoreError> {
    let imported = item.contains_key("imported").then(|| get_number(item, "imported")).transpose()?;
    let date = names::read_date(get_text(item, "sk")?)?;
    Ok(SecretRow { date, live: get_flag(item, "live")?, last_import_use: imported.map(UnixMillis) })
}

fn open(sealer: &Sealer, date: LocalDate, item: &Item) -> Result<[u8; 32], StoreError> {
    let secret = sealer.open(&place(date), get_bytes(item, "sealed")?)?;
    secret.try_into().map_err(|_| damaged("a secret that is not 32 bytes long"))
}

/// What a secret is sealed for: one of another date put in its place does not open.
fn place(date: LocalDate) -> String {
    format!("secret of {date}")
}
