//! The registry, by SQL.

use super::{SqliteStore, audit, blocking, contents, imports, keys, lexicons, refusals, removed, settings, sites, teams, users};
use crate::registry::new_site;
use crate::{
    ApiKey, AuditEntry, Contents, ImportProgress, Lexicon, NewKey, Preferences, Refusals, Registry, RemovedSite, SecretRow, SecretUse,
    SignIn, StoreError, User,
};
use async_trait::async_trait;
use footfall_domain::{DropReason, LocalDate, Site, SiteId, Team, UnixMillis};
use std::ops::RangeInclusive;

#[async_trait]
impl Registry for SqliteStore {
    async fn sites(&self) -> Result<Vec<Site>, StoreError> {
        self.read(sites::all).await
    }

    async fn add_site(&self, domain: &str, zone: &str, now: UnixMillis, owner: Option<&str>) -> Result<Site, StoreError> {
        let site = new_site(SiteId(0), domain, zone, now, owner);
        self.write(move |transaction| sites::add(transaction, site)).await
    }

    async fn put_site(&self, site: &Site) -> Result<Site, StoreError> {
        let site = site.clone();
        self.write(move |transaction| sites::put(transaction, site)).await
    }

    async fn reset_site(&self, domain: &str, id: Option<SiteId>) -> Result<(Site, SiteId), StoreError> {
        let domain = domain.to_owned();
        self.write(move |transaction| sites::reset(transaction, &domain, id)).await
    }

    async fn remove_site(&self, domain: &str, id: Option<SiteId>) -> Result<SiteId, StoreError> {
        let domain = domain.to_owned();
        self.write(move |transaction| sites::remove(transaction, &domain, id)).await
    }

    async fn removed_sites(&self) -> Result<Vec<RemovedSite>, StoreError> {
        self.read(removed::all).await
    }

    async fn note_erased(&self, site: SiteId) -> Result<(), StoreError> {
        self.write(move |transaction| removed::note_erased(transaction, site)).await
    }

    async fn forget_counts_of_removed_sites(&self) -> Result<u64, StoreError> {
        self.write(removed::forget_counts).await
    }

    async fn users(&self) -> Result<Vec<User>, StoreError> {
        self.read(users::all).await
    }

    async fn user(&self, email: &str) -> Result<Option<User>, StoreError> {
        let email = email.to_owned();
        self.read(move |transaction| users::get(transaction, &email)).await
    }

    async fn add_user(&self, email: &str, password_hash: &str, administrator: bool, now: UnixMillis) -> Result<User, StoreError> {
        let user = User { email: email.to_owned(), password_hash: password_hash.to_owned(), created: now, administrator };
        self.write(move |transaction| users::add(transaction, &user).map(|()| user)).await
    }

    async fn set_administrator(&self, email: &str, administrator: bool) -> Result<(), StoreError> {
        let email = email.to_owned();
        self.write(move |transaction| users::set_administrator(transaction, &email, administrator)).await
    }

    async fn set_password(&self, email: &str, password_hash: &str) -> Result<(), StoreError> {
        let (email, password_hash) = (email.to_owned(), password_hash.to_owned());
        self.write(move |transaction| users::set_password(transaction, &email, &password_hash)).await
    }

    async fn remove_user(&self, email: &str) -> Result<(), StoreError> {
        let email = email.to_owned();
        self.write(move |transaction| users::remove(transaction, &email)).await
    }

    async fn keys(&self) -> Result<Vec<ApiKey>, StoreError> {
        self.read(keys::all).await
    }

    async fn add_key(&self, key: NewKey) -> Result<ApiKey, StoreError> {
        self.write(move |transaction| keys::add(transaction, &key)).await
    }

    async fn remove_key(&self, id: u64) -> Result<(), StoreError> {
        self.write(move |transaction| keys::remove(transaction, id)).await
    }

    async fn key_by_hash(&self, hash: &[u8; 32]) -> Result<Option<ApiKey>, StoreError> {
        let hash = *hash;
        self.read(move |transaction| keys::by_hash(transaction, hash)).await
    }

    async fn add_sign_in(&self, token_hash: [u8; 32], email: &str, csrf: [u8; 32], expires: UnixMillis) -> Result<(), StoreError> {
        let sign_in = SignIn { email: email.to_owned(), csrf, expires };
        self.write(move |transaction| users::add_sign_in(transaction, token_hash, &sign_in)).await
    }

    async fn sign_in(&self, token_hash: &[u8; 32], now: UnixMillis) -> Result<Option<SignIn>, StoreError> {
        let token_hash = *token_hash;
        self.read(move |transaction| users::sign_in(transaction, token_hash, now)).await
    }

    async fn remove_sign_in(&self, token_hash: &[u8; 32]) -> Result<(), StoreError> {
        let token_hash = *token_hash;
        self.write(move |transaction| users::remove_sign_in(transaction, token_hash)).await
    }

    async fn end_sign_ins(&self, email: &str) -> Result<(), StoreError> {
        let email = email.to_owned();
        self.write(move |transaction| users::end_sign_ins(transaction, &email)).await
    }

    async fn remove_ended_sign_ins(&self, now: UnixMillis) -> Result<u64, StoreError> {
        self.write(move |transaction| users::remove_ended_sign_ins(transaction, now)).await
    }

    async fn teams(&self) -> Result<Vec<Team>, StoreError> {
        self.read(teams::all).await
    }

    async fn add_team(&self, name: &str) -> Result<Team, StoreError> {
        let name = name.to_owned();
        self.write(move |transaction| teams::add(transaction, name)).await
    }

    async fn put_team(&self, team: &Team) -> Result<Team, StoreError> {
        let team = team.clone();
        self.write(move |transaction| teams::replace(transaction, team)).await
    }

    async fn remove_team(&self, id: u64) -> Result<(), StoreError> {
        self.write(move |transaction| teams::remove(transaction, id)).await
    }

    async fn note(&self, entry: &AuditEntry) -> Result<(), StoreError> {
        let entry = entry.clone();
        self.write(move |transaction| audit::put(transaction, None, &entry)).await
    }

    async fn audit(&self, of: Option<SiteId>, before: Option<u64>, limit: usize) -> Result<Vec<(u64, AuditEntry)>, StoreError> {
        self.read(move |transaction| audit::page(transaction, of, before, limit)).await
    }

    async fn remove_audit_before(&self, instant: UnixMillis) -> Result<u64, StoreError> {
        self.write(move |transaction| audit::remove_before(transaction, instant)).await
    }

    async fn secret(&self, date: LocalDate, candidate: [u8; 32], usage: SecretUse) -> Result<[u8; 32], StoreError> {
        let secrets = self.secrets.clone();
        blocking(move || secrets.secret(date, candidate, usage)).await
    }

    async fn secrets(&self) -> Result<Vec<SecretRow>, StoreError> {
        let secrets = self.secrets.clone();
        blocking(move || secrets.rows()).await
    }

    async fn destroy_secrets(&self, dates: &[LocalDate]) -> Result<(), StoreError> {
        let (secrets, dates) = (self.secrets.clone(), dates.to_vec());
        blocking(move || secrets.destroy(&dates)).await
    }

    async fn import_progress(&self, site: SiteId, fingerprint: &[u8; 32]) -> Result<Option<ImportProgress>, StoreError> {
        let fingerprint = *fingerprint;
        self.read(move |transaction| imports::get(transaction, site, fingerprint)).await
    }

    async fn put_import_progress(&self, site: SiteId, fingerprint: [u8; 32], progress: ImportProgress) -> Result<(), StoreError> {
        self.write(move |transaction| imports::put(transaction, site, fingerprint, progress)).await
    }

    async fn imports(&self, site: SiteId) -> Result<Vec<([u8; 32], ImportProgress)>, StoreError> {
        self.read(move |transaction| imports::all(transaction, site)).await
    }

    async fn add_refusals(&self, counts: &[(Option<SiteId>, LocalDate, DropReason, u64)]) -> Result<(), StoreError> {
        let counts = counts.to_vec();
        self.write(move |transaction| refusals::add(transaction, &counts)).await
    }

    async fn refusals(&self, site: Option<SiteId>, dates: RangeInclusive<LocalDate>) -> Result<Refusals, StoreError> {
        self.read(move |transaction| refusals::get(transaction, site, &dates)).await
    }

    async fn lexicon(&self, site: SiteId) -> Result<Lexicon, StoreError> {
        self.read(move |transaction| lexicons::get(transaction, site)).await
    }

    async fn put_lexicon(&self, site: SiteId, lexicon: &Lexicon) -> Result<u64, StoreError> {
        let lexicon = lexicon.clone();
        self.write(move |transaction| lexicons::replace(transaction, site, lexicon)).await
    }

    async fn preferences(&self, email: &str) -> Result<Preferences, StoreError> {
        let email = email.to_owned();
        self.read(move |transaction| lexicons::preferences(transaction, &email)).await
    }

    async fn put_preferences(&self, email: &str, preferences: &Preferences) -> Result<(), StoreError> {
        let (email, preferences) = (email.to_owned(), preferences.clone());
        self.write(move |transaction| lexicons::put_preferences(transaction, &email, &preferences)).await
    }

    async fn setting(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let name = name.to_owned();
        self.read(move |transaction| settings::get(transaction, &name)).await
    }

    async fn put_setting(&self, name: &str, value: &[u8]) -> Result<(), StoreError> {
        let (name, value) = (name.to_owned(), value.to_vec());
        self.write(move |transaction| settings::put(transaction, &name, &value)).await
    }

    async fn contents(&self) -> Result<Contents, StoreError> {
        let secrets = self.secrets.clone();
        let secrets = blocking(move || secrets.contents()).await?;
        let rest = self.read(contents::get).await?;
        Ok(Contents { secrets, ..rest })
    }

    async fn restore(&self, contents: &Contents) -> Result<(), StoreError> {
        let (secrets, all) = (self.secrets.clone(), contents.clone());
        let rows = all.secrets.clone();
        blocking(move || secrets.restore(&rows)).await?;
        self.write(move |transaction| contents::put(transaction, &all)).await
    }
}
