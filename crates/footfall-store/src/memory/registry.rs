//! The registry in memory: the plainest reading of what [`Registry`] promises.

use super::tables::Tables;
use super::{MemoryStore, lock};
use crate::registry::{changed_meanwhile, new_site};
use crate::{
    ApiKey, AuditEntry, Contents, ImportProgress, Lexicon, NewKey, Preferences, Refusals, Registry, RemovedSite, SecretRow, SecretUse,
    SignIn, StoreError, User,
};
use async_trait::async_trait;
use footfall_domain::{DropReason, LocalDate, Site, SiteId, Team, UnixMillis};
use std::ops::RangeInclusive;

#[async_trait]
impl Registry for MemoryStore {
    async fn sites(&self) -> Result<Vec<Site>, StoreError> {
        Ok(lock(&self.registry).sites.values().cloned().collect())
    }

    async fn add_site(&self, domain: &str, zone: &str, now: UnixMillis, owner: Option<&str>) -> Result<Site, StoreError> {
        let mut tables = lock(&self.registry);
        if tables.sites.contains_key(domain) {
            return Err(StoreError::Exists(format!("the site {domain}")));
        }
        let site = new_site(tables.new_site_id(), domain, zone, now, owner);
        tables.sites.insert(domain.to_owned(), site.clone());
        Ok(site)
    }

    async fn put_site(&self, site: &Site) -> Result<Site, StoreError> {
        let mut tables = lock(&self.registry);
        let known = tables.sites.values().find(|known| known.id == site.id).cloned();
        let known = known.ok_or_else(|| StoreError::NotFound(format!("the site {}", site.domain)))?;
        if known.version != site.version {
            return Err(changed_meanwhile(format_args!("the site {}", known.domain)));
        }
        if known.domain != site.domain && tables.sites.contains_key(&site.domain) {
            return Err(StoreError::Exists(format!("the site {}", site.domain)));
        }
        let next = Site { version: known.version + 1, first_id: known.first_id, ..site.clone() };
        tables.sites.remove(&known.domain);
        tables.sites.insert(next.domain.clone(), next.clone());
        Ok(next)
    }

    async fn reset_site(&self, domain: &str, id: Option<SiteId>) -> Result<(Site, SiteId), StoreError> {
        let mut tables = lock(&self.registry);
        let mut site = meant(tables.sites.get(domain), domain, id)?;
        let old = std::mem::replace(&mut site.id, tables.new_site_id());
        site.version += 1;
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

    async fn remove_site(&self, domain: &str, id: Option<SiteId>) -> Result<SiteId, StoreError> {
        let mut tables = lock(&self.registry);
        let site = meant(tables.sites.get(domain), domain, id)?;
        tables.sites.remove(domain);
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

    async fn add_user(&self, email: &str, password_hash: &str, administrator: bool, now: UnixMillis) -> Result<User, StoreError> {
        let mut tables = lock(&self.registry);
        if tables.users.contains_key(email) {
            return Err(StoreError::Exists(format!("the user {email}")));
        }
        let user = User { email: email.to_owned(), password_hash: password_hash.to_owned(), created: now, administrator };
        tables.users.insert(email.to_owned(), user.clone());
        Ok(user)
    }

    async fn set_administrator(&self, email: &str, administrator: bool) -> Result<(), StoreError> {
        lock(&self.registry).user(email)?.administrator = administrator;
        Ok(())
    }

    async fn set_password(&self, email: &str, password_hash: &str) -> Result<(), StoreError> {
        let mut tables = lock(&self.registry);
        tables.user(email)?.password_hash = password_hash.to_owned();
        tables.sign_ins.retain(|_, sign_in| sign_in.email != email);
        Ok(())
    }

    async fn remove_user(&self, email: &str) -> Result<(), StoreError> {
        let mut tables = lock(&self.registry);
        tables.user(email)?;
        tables.users.remove(email);
        tables.preferences.remove(email);
        tables.keys.retain(|_, (_, key)| key.owner.as_deref() != Some(email));
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
        if let Some(owner) = &key.owner {
            tables.user(owner)?;
        }
        tables.last_key += 1;
        let kept = key.kept(tables.last_key);
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
        tables.user(email)?;
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

    async fn end_sign_ins(&self, email: &str) -> Result<(), StoreError> {
        let mut tables = lock(&self.registry);
        tables.user(email)?;
        tables.sign_ins.retain(|_, sign_in| sign_in.email != email);
        Ok(())
    }

    async fn remove_ended_sign_ins(&self, now: UnixMillis) -> Result<u64, StoreError> {
        let sign_ins = &mut lock(&self.registry).sign_ins;
        let before = sign_ins.len();
        sign_ins.retain(|_, sign_in| now < sign_in.expires);
        Ok((before - sign_ins.len()) as u64)
    }

    async fn teams(&self) -> Result<Vec<Team>, StoreError> {
        Ok(lock(&self.registry).teams.values().cloned().collect())
    }

    async fn add_team(&self, name: &str) -> Result<Team, StoreError> {
        let mut tables = lock(&self.registry);
        tables.last_team += 1;
        let team = Team { id: tables.last_team, name: name.to_owned(), ..Team::default() };
        tables.teams.insert(team.id, team.clone());
        Ok(team)
    }

    async fn put_team(&self, team: &Team) -> Result<Team, StoreError> {
        let mut tables = lock(&self.registry);
        let known = tables.teams.get_mut(&team.id).ok_or_else(|| StoreError::NotFound(format!("the team {}", team.id)))?;
        if known.version != team.version {
            return Err(changed_meanwhile(format_args!("the team {}", known.name)));
        }
        *known = Team { version: team.version + 1, ..team.clone() };
        Ok(known.clone())
    }

    async fn remove_team(&self, id: u64) -> Result<(), StoreError> {
        let removed = lock(&self.registry).teams.remove(&id);
        removed.map(|_| ()).ok_or_else(|| StoreError::NotFound(format!("the team {id}")))
    }

    async fn note(&self, entry: &AuditEntry) -> Result<(), StoreError> {
        let mut tables = lock(&self.registry);
        tables.last_audit += 1;
        let number = tables.last_audit;
        tables.audit.insert(number, entry.clone());
        Ok(())
    }

    async fn audit(&self, of: Option<SiteId>, before: Option<u64>, limit: usize) -> Result<Vec<(u64, AuditEntry)>, StoreError> {
        let tables = lock(&self.registry);
        let earlier = tables.audit.iter().rev().filter(|(number, entry)| entry.site == of && before.is_none_or(|before| **number < before));
        Ok(earlier.take(limit).map(|(number, entry)| (*number, entry.clone())).collect())
    }

    async fn remove_audit_before(&self, instant: UnixMillis) -> Result<u64, StoreError> {
        let audit = &mut lock(&self.registry).audit;
        let before = audit.len();
        audit.retain(|_, entry| entry.at >= instant);
        Ok((before - audit.len()) as u64)
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
        tables.user(email)?;
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
        Ok(lock(&self.registry).contents())
    }

    async fn restore(&self, contents: &Contents) -> Result<(), StoreError> {
        *lock(&self.registry) = Tables::of(contents.clone());
        Ok(())
    }
}

/// The site of a domain, if it is the one that was meant.
fn meant(found: Option<&Site>, domain: &str, id: Option<SiteId>) -> Result<Site, StoreError> {
    let found = found.filter(|site| id.is_none_or(|id| id == site.id)).cloned();
    found.ok_or_else(|| StoreError::NotFound(format!("the site {domain}")))
}
