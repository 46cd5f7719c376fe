//! API keys.

use super::{ActionError, Fault, audit};
use crate::accounts::Token;
use crate::house::House;
use footfall_ingest::normal_domain;
use footfall_store::{ApiKey, KeyScope, NewKey, StoreError};
use serde_json::json;

/// What every key begins with, so that a leaked one is recognised.
const PREFIX: &str = "ff_";

/// The most keys one person has.
const MOST_OF_ONE: usize = 50;

/// A key to be made.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The domain of the one site it opens; `None`: all that it may.
    pub site: Option<&'a str>,
    /// What it may do.
    pub scope: KeyScope,
    /// What it is called.
    pub name: &'a str,
    /// The email of whose rights it has; `None`: the installation's.
    pub owner: Option<&'a str>,
}

/// Makes a key. Its text is returned this once; only its hash is kept.
///
/// # Errors
/// There is no such site, the name is too long, or its owner has as many as anybody may.
pub async fn add(house: &House, who: &str, wanted: Wanted<'_>) -> Result<(Token, ApiKey), ActionError> {
    let Wanted { site, scope, name, owner } = wanted;
    let name = name.trim();
    if name.chars().count() > 100 || name.contains(char::is_control) {
        return Err(ActionError::Invalid(Fault::KeyName));
    }
    if owner.is_some() && of_person(house, owner).await?.len() >= MOST_OF_ONE {
        return Err(ActionError::State(Fault::ManyKeys(MOST_OF_ONE)));
    }
    let entry = match site.map(normal_domain) {
        Some(domain) => {
            let book = house.engine.sites();
            let entry = book.by_domain(&domain).cloned();
            Some(entry.ok_or_else(|| ActionError::State(format!("there is no site {domain}; `footfall site list` shows all").into()))?)
        }
        None => None,
    };
    let site = entry.as_ref().map(|entry| &entry.site);
    let token = Token::new(PREFIX, &*house.outside.entropy);
    let (id, owner) = (site.map(|site| site.id), owner.map(str::to_owned));
    let key = NewKey { hash: token.hash(), site: id, scope, name: name.to_owned(), created: house.now(), owner };
    let kept = house.registry.add_key(key).await?;
    house.keys.forget();
    audit::note(house, who, site, "key-added", about(&kept)).await;
    Ok((token, kept))
}

/// The keys of somebody, by number; `None`: of the installation and its sites.
///
/// # Errors
/// The store cannot be read.
pub async fn of_person(house: &House, owner: Option<&str>) -> Result<Vec<ApiKey>, ActionError> {
    let mut keys = list(house).await?;
    keys.retain(|key| key.owner.as_deref() == owner);
    Ok(keys)
}

/// All keys, by number.
///
/// # Errors
/// The store cannot be read.
pub async fn list(house: &House) -> Result<Vec<ApiKey>, ActionError> {
    Ok(house.registry.keys().await?)
}

/// Removes a key; it stops working at once.
///
/// # Errors
/// There is no such key.
pub async fn remove(house: &House, who: &str, id: u64) -> Result<(), ActionError> {
    let known = list(house).await?.into_iter().find(|key| key.id == id);
    let removed = house.registry.remove_key(id).await;
    house.keys.forget();
    removed.map_err(|error| match error {
        StoreError::NotFound(_) => ActionError::State(format!("there is no key {id}; `footfall key list` shows all").into()),
        error => error.into(),
    })?;
    if let Some(key) = known {
        let entry = key.site.and_then(|site| house.engine.sites().by_id(site).cloned());
        audit::note(house, who, entry.as_ref().map(|entry| &entry.site), "key-removed", about(&key)).await;
    }
    Ok(())
}

/// What the audit log says of a key.
fn about(key: &ApiKey) -> serde_json::Value {
    json!({"id": key.id, "name": key.name, "scope": key.scope.name(), "owner": key.owner})
}
