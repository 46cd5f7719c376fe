//! Keys of the API, by their hashes. There are few: the list is read whole.

use super::counters::{KEY, KEYS_VERSION};
use super::failure::Failure;
use super::item::{Item, check_size, get_number, get_text, number, text};
use super::many::Range;
use super::names;
use super::stats::Kind;
use super::table::{Expression, Table};
use crate::layout::damaged;
use crate::{ApiKey, KeyScope, NewKey, StoreError};
use footfall_domain::{SiteId, UnixMillis};

/// By number.
pub(super) async fn all(table: &Table) -> Result<Vec<([u8; 32], ApiKey)>, StoreError> {
    let items = table.query(Kind::Registry, &Range::all(names::KEYS), true).await?;
    let keys: Result<Vec<_>, StoreError> = items.iter().map(|item| Ok((names::read_hash(get_text(item, "sk")?)?, key(item)?))).collect();
    let mut keys = keys?;
    keys.sort_by_key(|(_, key)| key.id);
    Ok(keys)
}

pub(super) async fn by_hash(table: &Table, hash: &[u8; 32]) -> Result<Option<ApiKey>, StoreError> {
    table.get(Kind::Registry, &names::key(hash), None).await?.as_ref().map(key).transpose()
}

pub(super) async fn add(table: &Table, new: NewKey) -> Result<ApiKey, StoreError> {
    let id = table.next(KEY).await?;
    let key = new.kept(id);
    let mut parts = vec![table.part_put(item(&new.hash, &key)?, Some(Expression::absent()))?, table.part_raise(KEYS_VERSION, None)?];
    if let Some(site) = key.site {
        // A site that is removed in this moment takes its keys along, and would not see this one.
        parts.push(table.part_check(&names::removed(site), Expression::absent())?);
    }
    if let Some(owner) = &key.owner {
        // So does a user who is removed in this moment.
        parts.push(table.part_check(&names::user(owner), Expression::present())?);
    }
    let owner_at = parts.len() - 1;
    match table.transact(Kind::Registry, parts).await {
        Ok(()) => Ok(key),
        Err(Failure::Cancelled(which)) if which.first() == Some(&true) => Err(StoreError::Exists("the key".to_owned())),
        Err(Failure::Cancelled(which)) if key.owner.is_some() && which.get(owner_at) == Some(&true) => {
            Err(StoreError::NotFound(format!("the user {}", key.owner.unwrap_or_default())))
        }
        Err(Failure::Cancelled(_)) => {
            let site = key.site.map(|site| site.to_string()).unwrap_or_default();
            Err(StoreError::NotFound(format!("the site of number {site}")))
        }
        Err(failure) => Err(failure.into()),
    }
}

pub(super) async fn remove(table: &Table, id: u64) -> Result<(), StoreError> {
    let unknown = || StoreError::NotFound(format!("the key {id}"));
    let (hash, _) = all(table).await?.into_iter().find(|(_, key)| key.id == id).ok_or_else(unknown)?;
    let same = Expression::new("id = :id", [(":id", number(id))]);
    let parts = vec![table.part_delete(&names::key(&hash), Some(same))?, table.part_raise(KEYS_VERSION, None)?];
    match table.transact(Kind::Registry, parts).await {
        Ok(()) => Ok(()),
        Err(Failure::Cancelled(_)) => Err(unknown()),
        Err(failure) => Err(failure.into()),
    }
}

pub(super) fn item(hash: &[u8; 32], key: &ApiKey) -> Result<Item, StoreError> {
    let mut item = names::key(hash).row([
        ("id", number(key.id)),
        ("scope", text(key.scope.name())),
        ("label", text(&key.name)),
        ("created", number(key.created.0)),
    ]);
    if let Some(site) = key.site {
        item.insert("site".to_owned(), number(site.0));
    }
    if let Some(owner) = &key.owner {
        item.insert("whose".to_owned(), text(owner));
    }
    check_size(&item, || format!("the key {}", key.id))?;
    Ok(item)
}

fn key(item: &Item) -> Result<ApiKey, StoreError> {
    let scope = get_text(item, "scope")?;
    let site = item.contains_key("site").then(|| get_number(item, "site")).transpose()?;
    Ok(ApiKey {
        id: get_number(item, "id")?,
        site: site.map(SiteId),
        scope: KeyScope::from_name(scope).ok_or_else(|| damaged(format_args!("a key of unknown scope '{scope}'")))?,
        name: get_text(item, "label")?.to_owned(),
        created: UnixMillis(get_number(item, "created")?),
        owner: item.contains_key("whose").then(|| get_text(item, "whose").map(str::to_owned)).transpose()?,
    })
}
