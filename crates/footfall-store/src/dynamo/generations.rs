//! Generation rows: activation and undo are one conditional write.

use super::failure::Failure;
use super::item::{Item, bytes, check_size, get_bytes, number};
use super::names;
use super::stats::Kind;
use super::table::{Expression, Table};
use crate::layout::{damaged, seal, unseal};
use crate::{GenerationRow, StoreError};
use footfall_domain::SiteId;

pub(super) async fn get(table: &Table, site: SiteId) -> Result<GenerationRow, StoreError> {
    let Some(item) = table.get(Kind::Days, &names::generations(site), None).await? else {
        return Ok(GenerationRow::default());
    };
    // What may grow fields with time is kept as JSON.
    serde_json::from_slice(&unseal(get_bytes(&item, "b")?)?).map_err(damaged)
}

pub(super) async fn activate(table: &Table, site: SiteId, expected: u64, row: GenerationRow) -> Result<(), StoreError> {
    let row = GenerationRow { version: expected + 1, ..row };
    let unchanged = match expected {
        0 => Expression::new("attribute_not_exists(pk) OR v = :v", [(":v", number(0))]),
        _ => Expression::new("v = :v", [(":v", number(expected))]),
    };
    match table.put(Kind::Days, item(site, &row)?, Some(unchanged)).await {
        Ok(()) => Ok(()),
        // Perhaps by ourselves, when the answer to a first attempt was lost.
        Err(Failure::Condition) if get(table, site).await? == row => Ok(()),
        Err(Failure::Condition) => Err(StoreError::Conflict(format!("the generations of site {site}"))),
        Err(failure) => Err(failure.into()),
    }
}

pub(super) async fn put(table: &Table, site: SiteId, row: &GenerationRow) -> Result<(), StoreError> {
    table.put(Kind::Days, item(site, row)?, None).await.map_err(StoreError::from)
}

fn item(site: SiteId, row: &GenerationRow) -> Result<Item, StoreError> {
    let body = serde_json::to_vec(row).map_err(|error| StoreError::Unavailable(error.to_string()))?;
    let item = names::generations(site).row([("v", number(row.version)), ("b", bytes(seal(&body)?))]);
    check_size(&item, || format!("the list of activations of site {site}"))?;
    Ok(item)
}
