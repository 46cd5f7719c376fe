//! The registry in memory: the plainest reading of what [`Registry`] promises.

use super::{MemoryStore, lock};
use crate::{
    ApiKey, Contents, ImportProgress, Lexicon, NewKey, Preferences, Refusals, Registry, RemovedSite, SecretRow, SecretUse, SignIn,
    StoreError, User,
};
use async_trait::async_trait;
use footfall_domain::{DropReason, LocalDate, Site, SiteId, SiteRules, UnixMillis, ZoneChange};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

#[derive(Debug, Default)]
pub(super) struct Tables {
    last_site: u64,
    last_key: u64,
    sites: BTreeMap<String, Site>,
    removed: BTreeMap<SiteId, RemovedSite>,
    users: BTreeMap<String, User>,
    keys: BTreeMap<u64, ([u8; 32], ApiKey)>,
    sign_ins: BTreeMap<[u8; 32], SignIn>,
    secrets: BTreeMap<LocalDate, ([u8; 32], SecretRow)>,
    imports: BTreeMap<(SiteId, [u8; 32]), ImportProgress>,
    refusals: BTreeMap<(Option<SiteId>, LocalDate, DropReason), u64>,
    lexicons: BTreeMap<SiteId, Lexicon>,
    preferences: BTreeMap<String, Preferences>,
    settings: BTreeMap<String, Vec<u8>>,
}

impl Tables {
    fn new_site_id(&mut self) -> SiteId {
        self.last_site += 1;
        SiteId(self.last_site)
    }

    /// Notes that a number is no site's any more, and forgets what was counted for it beside the log.
    fn note_removed(&mut self, site: SiteId) {
        self.removed.insert(site, RemovedSite { id: site, erased: false });
        self.imports.retain(|(of, _), _| *of != site);
        self.refusals.retain(|(of, _, _), _| *of != Some(site));
    }
}

#[async_trait]
impl Registry for MemoryStore {
    async fn sites(&self) -> Result<Vec<Site>, StoreError> {
        Ok(lock(&self.registry).sites.values().cloned().collect())
    }

    async fn add_site(&self, domain: &str, zone: &str, now: UnixMillis) -> Result<Site, StoreError> {
        let mut tables = lock(&self.registry);
        if tables.sites.contains_key(domain) {
            return Err(StoreError::Exists(format!("the site {domain}")));
        }
        let zones = vec![ZoneChange { from: UnixMillis::MIN, zone: zone.to_owned() }];
        let site = Site { id: tables.new_site_id(), domain: domain.to_owned(), zones, created: now, rules: SiteRules::default() };
        tables.sites.insert(domain.to_owned(), site.clone());
        Ok(site)
    }

    async fn put_site(&self, site: &Site) -> Result<(), StoreError> {
        let mut tables = lock(&self.registry);
        let known = tables.sites.values().find(|known| known.id == site.id).map(|known| known.domain.clone());
        let known = known.ok_or_else(|| StoreError::NotFound(format!("the site {}", site.domain)))?;
        if known != site.domain && tables.sites.contains_key(&site.domain) {
            return Err(StoreError::Exists(format!("the site {}", site.domain)));
        }
        tables.sites.remove(&known);
        tables.sites.insert(site.domain.clone(), site.clone());
        Ok(())
    }

    async fn reset_site(&self, domain: &str) -> Result<(Site, SiteId), StoreError> {
        let mut tables = lock(&self.registry);
        let mut site = tables.sites.get(domain).cloned().ok_or_else(|| StoreError::NotFound(format!("the site {domain}")))?;
        let old = std::mem::replace(&mut site.id, tables.new_site_id());
        tables.sites.insert(domain.to_owned(), site.clone());
        for (_, key) in tables.keys.values_mut().filter(|(_, key)| key.site == Some(old)) {
            key.site = Some(site.id);
        }
        if let Some(lexicon) = tables.lexicons.remove(&old) {
            tables.lexicons.insert(site.id, lexicon);
        }
        tables.note_removed(old);
        Ok((site, old))
    }

    async fn remove_site(&self, domain: &str) -> Result<SiteId, StoreError> {
        let mut tables = lock(&self.registry);
        let site = tables.sites.remove(domain).ok_or_else(|| StoreError::NotFound(format!("the site {domain}")))?;
        tables.keys.retain(|_, (_, key)| key.site != Some(site.id));
        tables.lexicons.remove(&site.id);
        tables.note_removed(site.id);
        Ok(site.id)
    }

    async fn removed_sites(&self) -> Result<Vec<RemovedSite>, StoreError> {
        Ok(lock(&self.registry).removed.values().copied().collect())
    }

    async fn note_erased(&self, site: SiteId) -> Result<(), StoreError> {
        if let Some(removed) = lock(&self.registry).removed.get_mut(&site) {
            removed.erased = true;
        }
        Ok(())
    }

    async fn forget_counts_of_removed_sites(&self) -> Result<u64, StoreError> {
        let tables = &mut *lock(&self.registry);
        let before = tables.imports.len() + tables.refusals.len();
        tables.imports.retain(|(of, _), _| !tables.removed.contains_key(of));
        tables.refusals.retain(|(of, _, _), _| of.is_none_or(|of| !tables.removed.contains_key(&of)));
        Ok((before - tables.imports.len() - tables.refusals.len()) as u64)
    }

    async fn users(&self) -> Result<Vec<User>, StoreError> {
        Ok(lock(&self.registry).users.values().cloned().collect())
    }

    async fn user(&self, email: &str) -> Result<Option<User>, StoreError> {
        Ok(lock(&self.registry).users.get(email).cloned())
    }

    async fn add_user(&self, email: &str, password_hash: &str, now: UnixMillis) -> Result<User, StoreError> {
        let mut tables = lock(&self.registry);
        if tables.users.contains_key(email) {
            return Err(StoreError::Exists(format!("the user {email}")));
        }
        let user = User { email: email.to_owned(), password_hash: password_hash.to_owned(), created: now };
        tables.users.insert(email.to_owned(), user.clone());
        Ok(user)
    }

    async fn set_password(&self, email: &str, password_hash: &str) -> Result<(), StoreError> {
        let mut tables = lock(&self.registry);
        let user = tables.users.get_mut(email).ok_or_else(|| StoreError::NotFound(format!("the user {email}")))?;
        user.password_hash = password_hash.to_owned();
        tables.sign_ins.retain(|_, sign_in| sign_in.email != email);
        Ok(())
    }

    async fn remove_user(&self, email: &str) -> Result<(), StoreError> {
        let mut tables = lock(&self.registry);
        tables.users.remove(email).ok_or_else(|| StoreError::NotFound(format!("the user {email}")))?;
        tables.preferences.remove(email);
        tables.sign_ins.retain(|_, sign_in| sign_in.email != email);
        Ok(())
    }

    async fn keys(&self) -> Result<Vec<ApiKey>, StoreError> {
        Ok(lock(&self.registry).keys.values().map(|(_, key)| key.clone()).collect())
    }

    async fn add_key(&self, key: NewKey) -> Result<ApiKey, StoreError> {
        let mut tables = lock(&self.registry);
        if tables.keys.values().any(|(hash, _)| *hash == key.hash) {
            return Err(StoreError::Exists("the key".to_owned()));
        }
        tables.last_key += 1;
        let kept = ApiKey { id: tables.last_key, site: key.site, scope: key.scope, name: key.name, created: key.created };
        tables.keys.insert(kept.id, (key.hash, kept.clone()));
        Ok(kept)
    }

    async fn remove_key(&self, id: u64) -> Result<(), StoreError> {
        let removed = lock(&self.registry).keys.remove(&id);
        removed.map(|_| ()).ok_or_else(|| StoreError::NotFound(format!("the key {id}")))
    }

    async fn key_by_hash(&self, hash: &[u8; 32]) -> Result<Option<ApiKey>, StoreError> {
        Ok(lock(&self.registry).keys.values().find(|(known, _)| known == hash).map(|(_, key)| key.clone()))
    }

    async fn add_sign_in(&self, token_hash: [u8; 32], email: &str, csrf: [u8; 32], expires: UnixMillis) -> Result<(), StoreError> {
        let mut tables = lock(&self.registry);
        if !tables.users.contains_key(email) {
            return Err(StoreError::NotFound(format!("the user {email}")));
        }
        tables.sign_ins.insert(token_hash, SignIn { email: email.to_owned(), csrf, expires });
        Ok(())
    }

    async fn sign_in(&self, token_hash: &[u8; 32], now: UnixMillis) -> Result<Option<SignIn>, StoreError> {
        Ok(lock(&self.registry).sign_ins.get(token_hash).filter(|sign_in| now < sign_in.expires).cloned())
    }

    async fn remove_sign_in(&self, token_hash: &[u8; 32]) -> Result<(), StoreError> {
        lock(&self.registry).sign_ins.remove(token_hash);
        Ok(())
    }

    async fn remove_ended_sign_ins(&self, now: UnixMillis) -> Result<u64, StoreError> {
        let sign_ins = &mut lock(&self.registry).sign_ins;
        let before = sign_ins.len();
        sign_ins.retain(|_, sign_in| now < sign_in.expires);
        Ok((before - sign_ins.len()) as u64)
    }

    async fn secret(&self, date: LocalDate, candidate: [u8; 32], usage: SecretUse) -> Result<[u8; 32], StoreError> {
        let mut tables = lock(&self.registry);
        let empty = SecretRow { date, live: false, last_import_use: None };
        let (secret, row) = tables.secrets.entry(date).or_insert((candidate, empty));
        match usage {
            SecretUse::Live => row.live = true,
            SecretUse::Import { at } => row.last_import_use = row.last_import_use.max(Some(at)),
        }
        Ok(*secret)
    }

    async fn secrets(&self) -> Result<Vec<SecretRow>, StoreError> {
        Ok(lock(&self.registry).secrets.values().map(|(_, row)| *row).collect())
    }

    async fn destroy_secrets(&self, dates: &[LocalDate]) -> Result<(), StoreError> {
        lock(&self.registry).secrets.retain(|date, _| !dates.contains(date));
        Ok(())
    }

    async fn import_progress(&self, site: SiteId, fingerprint: &[u8; 32]) -> Result<Option<ImportProgress>, StoreError> {
        Ok(lock(&self.registry).imports.get(&(site, *fingerprint)).copied())
    }

    async fn put_import_progress(&self, site: SiteId, fingerprint: [u8; 32], progress: ImportProgress) -> Result<(), StoreError> {
        lock(&self.registry).imports.insert((site, fingerprint), progress);
        Ok(())
    }

    async fn imports(&self, site: SiteId) -> Result<Vec<([u8; 32], ImportProgress)>, StoreError> {
        let tables = lock(&self.registry);
        let of_site = tables.imports.iter().filter(|((of, _), _)| *of == site);
        let mut imports: Vec<_> = of_site.map(|((_, fingerprint), progress)| (*fingerprint, *progress)).collect();
        imports.sort_by_key(|(fingerprint, progress)| (progress.import, *fingerprint));
        Ok(imports)
    }

    async fn add_refusals(&self, counts: &[(Option<SiteId>, LocalDate, DropReason, u64)]) -> Result<(), StoreError> {
        let mut tables = lock(&self.registry);
        for (site, date, reason, n) in counts.iter().filter(|(.., n)| *n > 0) {
            *tables.refusals.entry((*site, *date, *reason)).or_default() += n;
        }
        Ok(())
    }

    async fn refusals(&self, site: Option<SiteId>, dates: RangeInclusive<LocalDate>) -> Result<Refusals, StoreError> {
        let tables = lock(&self.registry);
        let wanted = tables.refusals.iter().filter(|((of, date, _), _)| *of == site && dates.contains(date));
        Ok(wanted.map(|((_, date, reason), n)| (*date, *reason, *n)).collect())
    }

    async fn lexicon(&self, site: SiteId) -> Result<Lexicon, StoreError> {
        Ok(lock(&self.registry).lexicons.get(&site).cloned().unwrap_or_default())
    }

    async fn put_lexicon(&self, site: SiteId, lexicon: &Lexicon) -> Result<u64, StoreError> {
        let mut tables = lock(&self.registry);
        if !tables.sites.values().any(|known| known.id == site) {
            return Err(StoreError::NotFound(format!("the site of number {site}")));
        }
        let current = tables.lexicons.entry(site).or_default();
        if current.version != lexicon.version {
            return Err(StoreError::Conflict(format!("the goals and segments of site {site}")));
        }
        *current = Lexicon { version: lexicon.version + 1, ..lexicon.clone() };
        Ok(current.version)
    }

    async fn preferences(&self, email: &str) -> Result<Preferences, StoreError> {
        Ok(lock(&self.registry).preferences.get(email).cloned().unwrap_or_default())
    }

    async fn put_preferences(&self, email: &str, preferences: &Preferences) -> Result<(), StoreError> {
        let mut tables = lock(&self.registry);
        if !tables.users.contains_key(email) {
            return Err(StoreError::NotFound(format!("the user {email}")));
        }
        tables.preferences.insert(email.to_owned(), preferences.clone());
        Ok(())
    }

    async fn setting(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        Ok(lock(&self.registry).settings.get(name).cloned())
    }

    async fn put_setting(&self, name: &str, value: &[u8]) -> Result<(), StoreError> {
        lock(&self.registry).settings.insert(name.to_owned(), value.to_vec());
        Ok(())
    }

    async fn contents(&self) -> Result<Contents, StoreError> {
        let tables = lock(&self.registry);
        Ok(Contents {
            last_site: tables.last_site,
            last_key: tables.last_key,
            sites: tables.sites.values().cloned().collect(),
            removed: tables.removed.values().copied().collect(),
            users: tables.users.values().cloned().collect(),
            keys: tables.keys.values().cloned().collect(),
            sign_ins: tables.sign_ins.iter().map(|(hash, sign_in)| (*hash, sign_in.clone())).collect(),
            secrets: tables.secrets.values().map(|(secret, row)| (*row, *secret)).collect(),
            imports: tables.imports.iter().map(|((site, fingerprint), progress)| (*site, *fingerprint, *progress)).collect(),
            refusals: tables.refusals.iter().map(|((site, date, reason), n)| (*site, *date, *reason, *n)).collect(),
            lexicons: tables.lexicons.iter().map(|(site, lexicon)| (*site, lexicon.clone())).collect(),
            preferences: tables.preferences.iter().map(|(email, theirs)| (email.clone(), theirs.clone())).collect(),
            settings: tables.settings.iter().map(|(name, value)| (name.clone(), value.clone())).collect(),
        })
    }

    async fn restore(&self, contents: &Contents) -> Result<(), StoreError> {
        let all = contents.clone();
        *lock(&self.registry) = Tables {
            last_site: all.last_site,
            last_key: all.last_key,
            sites: all.sites.into_iter().map(|site| (site.domain.clone(), site)).collect(),
            removed: all.removed.into_iter().map(|removed| (removed.id, removed)).collect(),
            users: all.users.into_iter().map(|user| (user.email.clone(), user)).collect(),
            keys: all.keys.into_iter().map(|(hash, key)| (key.id, (hash, key))).collect(),
            sign_ins: all.sign_ins.into_iter().collect(),
            secrets: all.secrets.into_iter().map(|(row, secret)| (row.date, (secret, row))).collect(),
            imports: all.imports.into_iter().map(|(site, fingerprint, progress)| ((site, fingerprint), progress)).collect(),
            refusals: all.refusals.into_iter().map(|(site, date, reason, n)| ((site, date, reason), n)).collect(),
            lexicons: all.lexicons.into_iter().collect(),
            preferences: all.preferences.into_iter().collect(),
            settings: all.settings.into_iter().collect(),
        };
        Ok(())
    }
}
