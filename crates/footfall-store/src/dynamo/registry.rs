//! The registry, in a table. Everything is read consistently: two stores on one table see each other at once.

use super::counters::SITES_VERSION;
use super::{DynamoStore, audit, counts, keys, lexicons, removed, secrets, sites, teams, users};
use crate::{
    ApiKey, AuditEntry, Contents, ImportProgress, Lexicon, NewKey, Preferences, Refusals, Registry, RemovedSite, SecretRow, SecretUse,
    SignIn, StoreError, User,
};
use async_trait::async_trait;
use footfall_domain::{DropReason, LocalDate, Site, SiteId, Team, UnixMillis};
use std::ops::RangeInclusive;

#[async_trait]
impl Registry for DynamoStore {
    async fn sites(&self) -> Result<Vec<Site>, StoreError> {
        let table = &*self.inner.table;
        sites::all(table).await
    }

    async fn add_site(&self, domain: &str, zone: &str, now: UnixMillis, owner: Option<&str>) -> Result<Site, StoreError> {
        let table = &*self.inner.table;
        sites::add(table, domain, zone, now, owner).await
    }

    async fn put_site(&self, site: &Site) -> Result<Site, StoreError> {
        let table = &*self.inner.table;
        sites::put(table, site).await
    }

    async fn reset_site(&self, domain: &str, id: Option<SiteId>) -> Result<(Site, SiteId), StoreError> {
        let table = &*self.inner.table;
        sites::reset(table, domain, id).await
    }

    async fn remove_site(&self, domain: &str, id: Option<SiteId>) -> Result<SiteId, StoreError> {
        let table = &*self.inner.table;
        sites::remove(table, domain, id).await
    }

    async fn removed_sites(&self) -> Result<Vec<RemovedSite>, StoreError> {
        let table = &*self.inner.table;
        removed::all(table).await
    }

    async fn note_erased(&self, site: SiteId) -> Result<(), StoreError> {
        let table = &*self.inner.table;
        removed::note_erased(table, site).await
    }

    async fn forget_counts_of_removed_sites(&self) -> Result<u64, StoreError> {
        let table = &*self.inner.table;
        removed::forget_counts(table, &self.inner.looked_for).await
    }

    async fn users(&self) -> Result<Vec<User>, StoreError> {
        let table = &*self.inner.table;
        users::all(table).await
    }

    async fn user(&self, email: &str) -> Result<Option<User>, StoreError> {
        let table = &*self.inner.table;
        users::get(table, email).await
    }

    async fn add_user(&self, email: &str, password_hash: &str, administrator: bool, now: UnixMillis) -> Result<User, StoreError> {
        let table = &*self.inner.table;
        let user = User { email: email.to_owned(), password_hash: password_hash.to_owned(), created: now, administrator };
        users::add(table, &user).await.map(|()| user)
    }

    async fn set_administrator(&self, email: &str, administrator: bool) -> Result<(), StoreError> {
        let table = &*self.inner.table;
        users::set_administrator(table, email, administrator).await
    }

    async fn set_password(&self, email: &str, password_hash: &str) -> Result<(), StoreError> {
        let table = &*self.inner.table;
        users::set_password(table, email, password_hash).await
    }

    async fn remove_user(&self, email: &str) -> Result<(), StoreError> {
        let table = &*self.inner.table;
        users::remove(table, email).await
    }

    async fn keys(&self) -> Result<Vec<ApiKey>, StoreError> {
        let table = &*self.inner.table;
        Ok(keys::all(table).await?.into_iter().map(|(_, key)| key).collect())
    }

    async fn add_key(&self, key: NewKey) -> Result<ApiKey, StoreError> {
        let table = &*self.inner.table;
        keys::add(table, key).await
    }

    async fn remove_key(&self, id: u64) -> Result<(), StoreError> {
        let table = &*self.inner.table;
        keys::remove(table, id).await
    }

    async fn key_by_hash(&self, hash: &[u8; 32]) -> Result<Option<ApiKey>, StoreError> {
        let table = &*self.inner.table;
        keys::by_hash(table, hash).await
    }

    async fn add_sign_in(&self, token_hash: [u8; 32], email: &str, csrf: [u8; 32], expires: UnixMillis) -> Result<(), StoreError> {
        let table = &*self.inner.table;
        let sign_in = SignIn { email: email.to_owned(), csrf, expires };
        users::add_sign_in(table, token_hash, &sign_in).await
    }

    async fn sign_in(&self, token_hash: &[u8; 32], now: UnixMillis) -> Result<Option<SignIn>, StoreError> {
        let table = &*self.inner.table;
        users::sign_in(table, token_hash, now).await
    }

    async fn remove_sign_in(&self, token_hash: &[u8; 32]) -> Result<(), StoreError> {
        let table = &*self.inner.table;
        users::remove_sign_in(table, token_hash).await
    }

    async fn end_sign_ins(&self, email: &str) -> Result<(), StoreError> {
        let table = &*self.inner.table;
        users::end_sign_ins(table, email).await
    }

    async fn remove_ended_sign_ins(&self, now: UnixMillis) -> Result<u64, StoreError> {
        let table = &*self.inner.table;
        users::remove_ended_sign_ins(table, now).await
    }

    async fn teams(&self) -> Result<Vec<Team>, StoreError> {
        let table = &*self.inner.table;
        teams::all(table).await
    }

    async fn add_team(&self, name: &str) -> Result<Team, StoreError> {
        let table = &*self.inner.table;
        teams::add(table, name).await
    }

    async fn put_team(&self, team: &Team) -> Result<Team, StoreError> {
        let table = &*self.inner.table;
        teams::replace(table, team).await
    }

    async fn remove_team(&self, id: u64) -> Result<(), StoreError> {
        let table = &*self.inner.table;
        teams::remove(table, id).await
    }

    async fn note(&self, entry: &AuditEntry) -> Result<(), StoreError> {
        let table = &*self.inner.table;
        audit::note(table, entry).await
    }

    async fn audit(&self, of: Option<SiteId>, before: Option<u64>, limit: usize) -> Result<Vec<(u64, AuditEntry)>, StoreError> {
        let table = &*self.inner.table;
        audit::page(table, of, before, limit).await
    }

    async fn remove_audit_before(&self, instant: UnixMillis) -> Result<u64, StoreError> {
        let table = &*self.inner.table;
        audit::remove_before(table, instant).await
    }

    async fn secret(&self, date: LocalDate, candidate: [u8; 32], usage: SecretUse) -> Result<[u8; 32], StoreError> {
        let table = &*self.inner.table;
        secrets::secret(table, &self.inner.sealer, date, candidate, usage).await
    }

    async fn secrets(&self) -> Result<Vec<SecretRow>, StoreError> {
        let table = &*self.inner.table;
        secrets::rows(table).await
    }

    async fn destroy_secrets(&self, dates: &[LocalDate]) -> Result<(), StoreError> {
        let table = &*self.inner.table;
        secrets::destroy(table, dates).await
    }

    async fn import_progress(&self, site: SiteId, fingerprint: &[u8; 32]) -> Result<Option<ImportProgress>, StoreError> {
        let table = &*self.inner.table;
        counts::import(table, site, fingerprint).await
    }

    async fn put_import_progress(&self, site: SiteId, fingerprint: [u8; 32], progress: ImportProgress) -> Result<(), StoreError> {
        let table = &*self.inner.table;
        counts::put_import(table, site, fingerprint, progress).await
    }

    async fn imports(&self, site: SiteId) -> Result<Vec<([u8; 32], ImportProgress)>, StoreError> {
        let table = &*self.inner.table;
        counts::imports(table, site).await
    }

    async fn add_refusals(&self, counts: &[(Option<SiteId>, LocalDate, DropReason, u64)]) -> Result<(), StoreError> {
        let table = &*self.inner.table;
        counts::add_refusals(table, counts).await
    }

    async fn refusals(&self, site: Option<SiteId>, dates: RangeInclusive<LocalDate>) -> Result<Refusals, StoreError> {
        let table = &*self.inner.table;
        counts::refusals(table, site, &dates).await
    }

    async fn lexicon(&self, site: SiteId) -> Result<Lexicon, StoreError> {
        let table = &*self.inner.table;
        lexicons::get(table, site).await
    }

    async fn put_lexicon(&self, site: SiteId, lexicon: &Lexicon) -> Result<u64, StoreError> {
        let table = &*self.inner.table;
        lexicons::replace(table, site, lexicon.clone()).await
    }

    async fn preferences(&self, email: &str) -> Result<Preferences, StoreError> {
        let table = &*self.inner.table;
        lexicons::preferences(table, email).await
    }

    async fn put_preferences(&self, email: &str, preferences: &Preferences) -> Result<(), StoreError> {
        let table = &*self.inner.table;
        lexicons::put_preferences(table, email, preferences).await
    }

    async fn setting(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let table = &*self.inner.table;
        counts::setting(table, name).await
    }

    async fn put_setting(&self, name: &str, value: &[u8]) -> Result<(), StoreError> {
        let table = &*self.inner.table;
        counts::put_setting(table, name, value).await
    }

    async fn contents(&self) -> Result<Contents, StoreError> {
        self.inner.contents().await
    }

    async fn restore(&self, contents: &Contents) -> Result<(), StoreError> {
        self.inner.restore(contents).await
    }

    async fn sites_version(&self) -> Result<Option<u64>, StoreError> {
        self.inner.table.standing(SITES_VERSION).await.map(Some)
    }
}
