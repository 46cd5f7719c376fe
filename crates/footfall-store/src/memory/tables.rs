//! What the registry in memory holds.

use crate::{ApiKey, AuditEntry, Contents, ImportProgress, Lexicon, Preferences, RemovedSite, SecretRow, SignIn, StoreError, User};
use footfall_domain::{DropReason, LocalDate, Site, SiteId, Team};
use std::collections::BTreeMap;

#[derive(Debug, Default)]
pub(super) struct Tables {
    pub last_site: u64,
    pub last_key: u64,
    pub last_team: u64,
    pub last_audit: u64,
    pub sites: BTreeMap<String, Site>,
    pub removed: BTreeMap<SiteId, RemovedSite>,
    pub users: BTreeMap<String, User>,
    pub keys: BTreeMap<u64, ([u8; 32], ApiKey)>,
    pub sign_ins: BTreeMap<[u8; 32], SignIn>,
    pub secrets: BTreeMap<LocalDate, ([u8; 32], SecretRow)>,
    pub imports: BTreeMap<(SiteId, [u8; 32]), ImportProgress>,
    pub refusals: BTreeMap<(Option<SiteId>, LocalDate, DropReason), u64>,
    pub lexicons: BTreeMap<SiteId, Lexicon>,
    pub preferences: BTreeMap<String, Preferences>,
    pub settings: BTreeMap<String, Vec<u8>>,
    pub teams: BTreeMap<u64, Team>,
    pub audit: BTreeMap<u64, AuditEntry>,
}

impl Tables {
    pub fn new_site_id(&mut self) -> SiteId {
        self.last_site += 1;
        SiteId(self.last_site)
    }

    /// Notes that a number is no site's any more, and forgets what was counted for it beside the log.
    pub fn note_removed(&mut self, site: SiteId) {
        self.removed.insert(site, RemovedSite { id: site, erased: false });
        self.imports.retain(|(of, _), _| *of != site);
        self.refusals.retain(|(of, _, _), _| *of != Some(site));
    }

    /// A user, who must be there.
    pub fn user(&mut self, email: &str) -> Result<&mut User, StoreError> {
        self.users.get_mut(email).ok_or_else(|| StoreError::NotFound(format!("the user {email}")))
    }

    /// All of it, as plain data.
    pub fn contents(&self) -> Contents {
        Contents {
            last_site: self.last_site,
            last_key: self.last_key,
            last_team: self.last_team,
            last_audit: self.last_audit,
            sites: self.sites.values().cloned().collect(),
            removed: self.removed.values().copied().collect(),
            users: self.users.values().cloned().collect(),
            keys: self.keys.values().cloned().collect(),
            sign_ins: self.sign_ins.iter().map(|(hash, sign_in)| (*hash, sign_in.clone())).collect(),
            secrets: self.secrets.values().map(|(secret, row)| (*row, *secret)).collect(),
            imports: self.imports.iter().map(|((site, fingerprint), progress)| (*site, *fingerprint, *progress)).collect(),
            refusals: self.refusals.iter().map(|((site, date, reason), n)| (*site, *date, *reason, *n)).collect(),
            lexicons: self.lexicons.iter().map(|(site, lexicon)| (*site, lexicon.clone())).collect(),
            preferences: self.preferences.iter().map(|(email, theirs)| (email.clone(), theirs.clone())).collect(),
            settings: self.settings.iter().map(|(name, value)| (name.clone(), value.clone())).collect(),
            teams: self.teams.values().cloned().collect(),
            audit: self.audit.iter().map(|(number, entry)| (*number, entry.clone())).collect(),
        }
    }

    /// A registry that holds this.
    pub fn of(all: Contents) -> Self {
        Self {
            last_site: all.last_site,
            last_key: all.last_key,
            last_team: all.last_team,
            last_audit: all.last_audit,
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
            teams: all.teams.into_iter().map(|team| (team.id, team)).collect(),
            audit: all.audit.into_iter().collect(),
        }
    }
}
