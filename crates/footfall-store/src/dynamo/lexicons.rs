//! What people have given names to, and what they prefer.

use super::failure::Failure;
use super::item::{Item, bytes, check_size, get_bytes, get_text, number};
use super::many::Range;
use super::names;
use super::stats::Kind;
use super::table::{Expression, Table};
use crate::layout::{damaged, seal, unseal};
use crate::{Lexicon, Preferences, StoreError};
use footfall_domain::SiteId;

pub(super) async fn get(table: &Table, site: SiteId) -> Result<Lexicon, StoreError> {
    table.get(Kind::Registry, &names::lexicon(site), None).await?.map_or_else(|| Ok(Lexicon::default()), |item| read(&item))
}

/// Replaces a site's lexicon if it is still the one of this version, and the site still has this number.
pub(super) async fn replace(table: &Table, site: SiteId, lexicon: Lexicon) -> Result<u64, StoreError> {
    let expected = lexicon.version;
    let next = Lexicon { version: expected + 1, ..lexicon };
    let parts = vec![
        table.part_check(&names::site_number(site), Expression::present())?,
        table.part_put(item(site, &next)?, Some(still(expected)))?,
    ];
    match table.transact(Kind::Registry, parts).await {
        Ok(()) => Ok(next.version),
        Err(Failure::Cancelled(which)) if which.first() == Some(&true) => Err(StoreError::NotFound(format!("the site of number {site}"))),
        Err(Failure::Cancelled(_)) => Err(StoreError::Conflict(format!("the goals and segments of site {site}"))),
        Err(failure) => Err(failure.into()),
    }
}

/// That a lexicon is as it was read.
pub(super) fn still(version: u64) -> Expression {
    match version {
        0 => Expression::new("attribute_not_exists(pk) OR v = :v", [(":v", number(0))]),
        _ => Expression::new("v = :v", [(":v", number(version))]),
    }
}

pub(super) fn item(site: SiteId, lexicon: &Lexicon) -> Result<Item, StoreError> {
    let body = serde_json::to_vec(lexicon).map_err(|error| StoreError::Unavailable(error.to_string()))?;
    let item = names::lexicon(site).row([("v", number(lexicon.version)), ("b", bytes(seal(&body)?))]);
    check_size(&item, || format!("the list of goals and segments of site {site}"))?;
    Ok(item)
}

/// By site.
pub(super) async fn all(table: &Table) -> Result<Vec<(SiteId, Lexicon)>, StoreError> {
    let items = table.query(Kind::Registry, &Range::all(names::LEXICONS), true).await?;
    let site = |item: &Item| {
        let sk = get_text(item, "sk")?;
        sk.parse().map(SiteId).map_err(|_| damaged(format_args!("'{sk}' is no site's number")))
    };
    items.iter().map(|item| Ok((site(item)?, read(item)?))).collect()
}

fn read<T: serde::de::DeserializeOwned>(item: &Item) -> Result<T, StoreError> {
    serde_json::from_slice(&unseal(get_bytes(item, "b")?)?).map_err(damaged)
}

pub(super) async fn preferences(table: &Table, email: &str) -> Result<Preferences, StoreError> {
    table.get(Kind::Registry, &names::preferences(email), None).await?.map_or_else(|| Ok(Preferences::default()), |item| read(&item))
}

pub(super) async fn put_preferences(table: &Table, email: &str, preferences: &Preferences) -> Result<(), StoreError> {
    let parts =
        vec![table.part_check(&names::user(email), Expression::present())?, table.part_put(preferences_item(email, preferences)?, None)?];
    match table.transact(Kind::Registry, parts).await {
        Ok(()) => Ok(()),
        Err(Failure::Cancelled(_)) => Err(StoreError::NotFound(format!("the user {email}"))),
        Err(failure) => Err(failure.into()),
    }
}

pub(super) fn preferences_item(email: &str, preferences: &Preferences) -> Result<Item, StoreError> {
    let body = serde_json::to_vec(preferences).map_err(|error| StoreError::Unavailable(error.to_string()))?;
    let item = names::preferences(email).row([("b", bytes(seal(&body)?))]);
    check_size(&item, || format!("the preferences of {email}"))?;
    Ok(item)
}

/// By email.
pub(super) async fn all_preferences(table: &Table) -> Result<Vec<(String, Preferences)>, StoreError> {
    let items = table.query(Kind::Registry, &Range::all(names::PREFERENCES), true).await?;
    items.iter().map(|item| Ok((get_text(item, "sk")?.to_owned(), read(item)?))).collect()
}
