//! Numbers that are given once, and numbers that grow with every change.

use super::item::{get_number, number};
use super::names;
use super::stats::Kind;
use super::table::{Expression, Table};
use crate::StoreError;
use aws_sdk_dynamodb::types::TransactWriteItem;

/// Of sites.
pub(super) const SITE: &str = "site";
/// Of keys.
pub(super) const KEY: &str = "key";
/// Of teams.
pub(super) const TEAM: &str = "team";
/// Of entries of the audit log.
pub(super) const AUDIT: &str = "audit";
/// Of passwords: a sign-in names the one it was made with.
pub(super) const PASSWORD: &str = "password";
/// Grows with every change of a site, of a team, and of who is an administrator.
pub(super) const SITES_VERSION: &str = "sites-version";
/// Grows with every change of a key.
pub(super) const KEYS_VERSION: &str = "keys-version";

impl Table {
    /// The next number of a counter. Nobody else gets it, now or later; it may be given in vain.
    pub async fn next(&self, counter: &str) -> Result<u64, StoreError> {
        let item = self.update(Kind::Registry, &names::counter(counter), one_more(), None).await.map_err(StoreError::from)?;
        get_number(&item, "n")
    }

    /// Where a counter stands; 0 for one that was never used.
    pub async fn standing(&self, counter: &str) -> Result<u64, StoreError> {
        match self.get(Kind::Registry, &names::counter(counter), None).await? {
            Some(item) => get_number(&item, "n"),
            None => Ok(0),
        }
    }

    /// Raises a counter in a transaction; only if it stands where it stood, when that is given.
    pub fn part_raise(&self, counter: &str, standing: Option<u64>) -> Result<TransactWriteItem, StoreError> {
        let still = standing.map(|standing| match standing {
            0 => Expression::absent(),
            _ => Expression::new("n = :standing", [(":standing", number(standing))]),
        });
        self.part_update(&names::counter(counter), one_more(), still)
    }
}

fn one_more() -> Expression {
    Expression::new("ADD n :one", [(":one", number(1))])
}
