//! API keys.

use super::{ActionError, Fault};
use crate::accounts::Token;
use crate::house::House;
use footfall_ingest::normal_domain;
use footfall_store::{ApiKey, KeyScope, NewKey, StoreError};

/// What every key begins with, so that a leaked one is recognised.
const PREFIX: &str = "ff_";

/// Makes a key. Its text is returned this once; only its hash is kept.
///
/// # Errors
/// There is no such site, or the name is too long.
pub async fn add(house: &House, site: Option<&str>, scope: KeyScope, name: &str) -> Result<(Token, ApiKey), ActionError> {
    let name = name.trim();
    if name.chars().count() > 100 || name.contains(char::is_control) {
        return Err(ActionError::Invalid(Fault::KeyName));
    }
    let site = match site.map(normal_domain) {
        Some(domain) => {
            let book = house.engine.sites();
            let entry = book
                .by_domain(&domain)
                .ok_or_else(|| ActionError::State(format!("there is no site {domain}; `footfall site list` shows all").into()))?;
            Some(entry.site.id)
        }
        None => None,
    };
    let token = Token::new(PREFIX, &*house.outside.entropy);
    let key = NewKey { hash: token.hash(), site, scope, name: name.to_owned(), created: house.now(), owner: None };
    let kept = house.registry.add_key(key).await?;
    house.keys.forget();
    Ok((token, kept))
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
pub async fn remove(house: &House, id: u64) -> Result<(), ActionError> {
    let removed = house.registry.remove_key(id).await;
    house.keys.forget();
    removed.map_err(|error| match error {
        StoreError::NotFound(_) => ActionError::State(format!("there is no key {id}; `footfall key list` shows all").into()),
        error => error.into(),
    })
}
