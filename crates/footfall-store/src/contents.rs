//! Everything a registry holds, as plain data.

use crate::{ApiKey, AuditEntry, ImportProgress, Lexicon, Preferences, RemovedSite, SecretRow, SignIn, User};
use footfall_domain::{DropReason, LocalDate, Site, SiteId, Team};
use std::fmt;

/// All of a registry, each list in the order of its key. Holds hashes of passwords and keys, and living secrets: it goes
/// from one store to another and nowhere else.
#[derive(Clone, PartialEq, Default)]
#[allow(missing_docs, reason = "each list is what its call of the registry says")]
pub struct Contents {
    /// The highest number a site was given.
    pub last_site: u64,
    /// The highest number a key was given.
    pub last_key: u64,
    /// The highest number a team was given.
    pub last_team: u64,
    /// The highest number an entry of the audit log was given.
    pub last_audit: u64,
    pub sites: Vec<Site>,
    pub removed: Vec<RemovedSite>,
    pub users: Vec<User>,
    /// With the hash of each.
    pub keys: Vec<([u8; 32], ApiKey)>,
    /// By the hash of its token.
    pub sign_ins: Vec<([u8; 32], SignIn)>,
    pub secrets: Vec<(SecretRow, [u8; 32])>,
    /// By site and fingerprint.
    pub imports: Vec<(SiteId, [u8; 32], ImportProgress)>,
    /// `None`: of no known site.
    pub refusals: Vec<(Option<SiteId>, LocalDate, DropReason, u64)>,
    pub lexicons: Vec<(SiteId, Lexicon)>,
    /// By email.
    pub preferences: Vec<(String, Preferences)>,
    pub settings: Vec<(String, Vec<u8>)>,
    pub teams: Vec<Team>,
    /// With the number of each.
    pub audit: Vec<(u64, AuditEntry)>,
}

impl Contents {
    /// Rows in all lists.
    pub fn rows(&self) -> usize {
        let people = self.users.len() + self.keys.len() + self.sign_ins.len() + self.preferences.len() + self.teams.len();
        let sites = self.sites.len() + self.removed.len() + self.imports.len() + self.refusals.len() + self.lexicons.len();
        people + sites + self.secrets.len() + self.settings.len() + self.audit.len()
    }

    /// Whether nothing was ever put into the registry.
    pub fn is_empty(&self) -> bool {
        self.rows() == 0 && self.last() == [0; 4]
    }

    /// The highest numbers given.
    fn last(&self) -> [u64; 4] {
        [self.last_site, self.last_key, self.last_team, self.last_audit]
    }

    /// The first list in which two registries differ, in words; `None` when they are equal.
    pub fn difference(&self, other: &Self) -> Option<&'static str> {
        let lists = [
            ("the numbers given to sites, keys, teams and entries of the audit log", self.last() == other.last()),
            ("sites", self.sites == other.sites),
            ("removed sites", self.removed == other.removed),
            ("users", self.users == other.users),
            ("keys", self.keys == other.keys),
            ("sign-ins", self.sign_ins == other.sign_ins),
            ("secrets", self.secrets == other.secrets),
            ("imports", self.imports == other.imports),
            ("refusals", self.refusals == other.refusals),
            ("goals and segments", self.lexicons == other.lexicons),
            ("preferences", self.preferences == other.preferences),
            ("settings", self.settings == other.settings),
            ("teams", self.teams == other.teams),
            ("entries of the audit log", self.audit == other.audit),
        ];
        lists.into_iter().find(|(_, same)| !same).map(|(name, _)| name)
    }
}

/// Says how much, never what.
impl fmt::Debug for Contents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Contents of {} rows", self.rows())
    }
}
