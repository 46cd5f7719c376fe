//! What a registry promises: the things that cannot be derived from hits.

use crate::{ApiKey, AuditEntry, Contents, Lexicon, NewKey, Preferences, SecretRow, SecretUse, SignIn, StoreError, User};
use async_trait::async_trait;
use footfall_domain::{DropReason, LocalDate, Role, Site, SiteId, Team, UnixMillis};
use std::ops::RangeInclusive;

/// Keeps sites and what they have named, users, teams and what they prefer, keys, sign-ins, the audit log, secrets, imports,
/// refusals and settings.
///
/// What was changed is durable when the call returns. All calls fail with [`StoreError::Unavailable`] when the disk
/// does. Every backend passes `conformance::registry`.
#[async_trait]
pub trait Registry: Send + Sync + 'static {
    /// All sites, by domain.
    async fn sites(&self) -> Result<Vec<Site>, StoreError>;

    /// Adds a site under a number that was never used; its zone holds since ever. Who is named as its owner becomes a member
    /// of that role. No name is checked here.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when there is a site of that domain.
    async fn add_site(&self, domain: &str, zone: &str, now: UnixMillis, owner: Option<&str>) -> Result<Site, StoreError>;

    /// Replaces the site of the same number, all of it but its first number; `site.version` is that of the one which was
    /// read. Returns the site as it is kept, its version one higher.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]; [`StoreError::Conflict`] when the site was changed meanwhile: read it again and decide anew;
    /// [`StoreError::Exists`] when another site has the domain.
    async fn put_site(&self, site: &Site) -> Result<Site, StoreError>;

    /// Gives a site a new number, so that it begins empty, and forgets its imports and refusals. Its keys and lexicon stay,
    /// so does all else about it, its first number included; its version grows. Returns the site and its old number, which is noted in [`Registry::removed_sites`]; hits and rollups of that are
    /// the caller's to erase. With a number, only the site that has this one beside the domain.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]: there is none, or another has got the domain.
    async fn reset_site(&self, domain: &str, id: Option<SiteId>) -> Result<(Site, SiteId), StoreError>;

    /// Removes a site with its keys, lexicon, imports and refusals. Returns its number, which is noted in
    /// [`Registry::removed_sites`]; hits and rollups of that are the caller's to erase. With a number, only the site that has
    /// this one beside the domain.
    ///
    /// # Errors
    /// [`StoreError::NotFound`]: there is none, or another has got the domain.
    async fn remove_site(&self, domain: &str, id: Option<SiteId>) -> Result<SiteId, StoreError>;

    /// Every number that was a site's and is no more, since ever, in order. Only these may be erased from a log: a
    /// number that is neither here nor in [`Registry::sites`] belongs to another registry.
    async fn removed_sites(&self) -> Result<Vec<RemovedSite>, StoreError>;

    /// Notes that the hits and rollups of a removed number were erased. The number stays noted: a hit that was on its
    /// way may still arrive. Nothing happens for a number that is not there.
    async fn note_erased(&self, site: SiteId) -> Result<(), StoreError>;

    /// Forgets imports and refusals that were counted for removed numbers after their removal; returns how many.
    async fn forget_counts_of_removed_sites(&self) -> Result<u64, StoreError>;

    /// All users, by email.
    async fn users(&self) -> Result<Vec<User>, StoreError>;

    /// The user of an email; `None` when there is none.
    async fn user(&self, email: &str) -> Result<Option<User>, StoreError>;

    /// Adds a user.
    ///
    /// # Errors
    /// [`StoreError::Exists`].
    async fn add_user(&self, email: &str, password_hash: &str, administrator: bool, now: UnixMillis) -> Result<User, StoreError>;

    /// Says whether a user is an administrator of the installation.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    async fn set_administrator(&self, email: &str, administrator: bool) -> Result<(), StoreError>;

    /// Changes a password, and ends the user's sign-ins.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    async fn set_password(&self, email: &str, password_hash: &str) -> Result<(), StoreError>;

    /// Removes a user with the user's sign-ins, preferences and keys. Segments of theirs, and their roles at sites and in
    /// teams, are the caller's to remove: they would be those of who comes by the same email.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    async fn remove_user(&self, email: &str) -> Result<(), StoreError>;

    /// All keys, by number.
    async fn keys(&self) -> Result<Vec<ApiKey>, StoreError>;

    /// Keeps the hash of a key, under a number that was never used.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when the hash is known, [`StoreError::NotFound`] when its owner is not.
    async fn add_key(&self, key: NewKey) -> Result<ApiKey, StoreError>;

    /// Forgets a key.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    async fn remove_key(&self, id: u64) -> Result<(), StoreError>;

    /// The key of a hash; `None` when there is none.
    async fn key_by_hash(&self, hash: &[u8; 32]) -> Result<Option<ApiKey>, StoreError>;

    /// Remembers a sign-in by the hash of its token. `csrf` is what its forms must send back.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such user.
    async fn add_sign_in(&self, token_hash: [u8; 32], email: &str, csrf: [u8; 32], expires: UnixMillis) -> Result<(), StoreError>;

    /// The sign-in of a token's hash; `None` when there is none or `now` is not before its end.
    async fn sign_in(&self, token_hash: &[u8; 32], now: UnixMillis) -> Result<Option<SignIn>, StoreError>;

    /// Ends a sign-in; nothing happens when there is none.
    async fn remove_sign_in(&self, token_hash: &[u8; 32]) -> Result<(), StoreError>;

    /// Ends all sign-ins of a user.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such user.
    async fn end_sign_ins(&self, email: &str) -> Result<(), StoreError>;

    /// Forgets the sign-ins that have ended by `now`; returns how many.
    async fn remove_ended_sign_ins(&self, now: UnixMillis) -> Result<u64, StoreError>;

    /// All teams, by number.
    async fn teams(&self) -> Result<Vec<Team>, StoreError>;

    /// Adds a team under a number that was never used; nobody is in it.
    async fn add_team(&self, name: &str) -> Result<Team, StoreError>;

    /// Replaces the team of the same number; `team.version` is that of the one which was read. Returns the team as it is
    /// kept, its version one higher.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], or [`StoreError::Conflict`] when the team was changed meanwhile.
    async fn put_team(&self, team: &Team) -> Result<Team, StoreError>;

    /// Removes a team. Sites may still name its number, which gives nobody a role then.
    ///
    /// # Errors
    /// [`StoreError::NotFound`].
    async fn remove_team(&self, id: u64) -> Result<(), StoreError>;

    /// Writes an entry into the audit log.
    async fn note(&self, entry: &AuditEntry) -> Result<(), StoreError>;

    /// Entries of the audit log about a site, by its first number (`None`: those about no site), with their numbers: the
    /// newest first, at most `limit`, only those with a number below `before`.
    async fn audit(&self, of: Option<SiteId>, before: Option<u64>, limit: usize) -> Result<Vec<(u64, AuditEntry)>, StoreError>;

    /// Forgets entries of the audit log that were made before an instant; returns how many.
    async fn remove_audit_before(&self, instant: UnixMillis) -> Result<u64, StoreError>;

    /// A day's secret, the same for everybody who asks; `candidate` is kept if there is none yet. Remembers the use.
    async fn secret(&self, date: LocalDate, candidate: [u8; 32], usage: SecretUse) -> Result<[u8; 32], StoreError>;

    /// Which dates have a secret, in order.
    async fn secrets(&self) -> Result<Vec<SecretRow>, StoreError>;

    /// Destroys secrets, so that no byte of them stays in any file. Dates without one are no error.
    async fn destroy_secrets(&self, dates: &[LocalDate]) -> Result<(), StoreError>;

    /// How far an import of a file came; `None` for a file not seen before.
    async fn import_progress(&self, site: SiteId, fingerprint: &[u8; 32]) -> Result<Option<ImportProgress>, StoreError>;

    /// Remembers how far an import of a file came.
    async fn put_import_progress(&self, site: SiteId, fingerprint: [u8; 32], progress: ImportProgress) -> Result<(), StoreError>;

    /// All imports of a site, by number.
    async fn imports(&self, site: SiteId) -> Result<Vec<([u8; 32], ImportProgress)>, StoreError>;

    /// Adds to the numbers of hits refused before the log. All of them or none, when they are no more than
    /// [`REFUSALS_AT_ONCE`]; of more, some may have been added when it fails.
    async fn add_refusals(&self, counts: &[(Option<SiteId>, LocalDate, DropReason, u64)]) -> Result<(), StoreError>;

    /// Hits refused before the log, of a site (`None`: of an unknown site), by date and reason; no zeros.
    async fn refusals(&self, site: Option<SiteId>, dates: RangeInclusive<LocalDate>) -> Result<Refusals, StoreError>;

    /// What a site's people have named; an empty one where nothing was put.
    async fn lexicon(&self, site: SiteId) -> Result<Lexicon, StoreError>;

    /// Replaces a site's lexicon; its `version` is that of the one which was read. Returns the new version, one higher.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when no site has this number, [`StoreError::Conflict`] when the lexicon was replaced
    /// meanwhile: read it again and decide anew.
    async fn put_lexicon(&self, site: SiteId, lexicon: &Lexicon) -> Result<u64, StoreError>;

    /// What a user prefers; the usual where nothing was put.
    async fn preferences(&self, email: &str) -> Result<Preferences, StoreError>;

    /// Puts what a user prefers.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such user.
    async fn put_preferences(&self, email: &str, preferences: &Preferences) -> Result<(), StoreError>;

    /// A setting; `None` when it was never put.
    async fn setting(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError>;

    /// Puts a setting in place of what it was.
    async fn put_setting(&self, name: &str, value: &[u8]) -> Result<(), StoreError>;

    /// A number that grows with every change of a site, of a team, and of who is an administrator, whoever made it; `None`
    /// where nobody else can change one. Cheap enough to be asked every second; who sees another number reads
    /// [`Registry::sites`] and [`Registry::teams`] again.
    async fn sites_version(&self) -> Result<Option<u64>, StoreError> {
        Ok(None)
    }

    /// Everything the registry holds, for a copy of it. Read table by table: nobody may change it meanwhile.
    async fn contents(&self) -> Result<Contents, StoreError>;

    /// Makes the registry hold this and nothing else. What is equal already is not written again, so that the call may be
    /// repeated after an interruption.
    async fn restore(&self, contents: &Contents) -> Result<(), StoreError>;
}

/// A number that was a site's.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RemovedSite {
    /// The number.
    pub id: SiteId,
    /// Whether its hits and rollups were erased once; before that, the work is to be finished.
    pub erased: bool,
}

/// Rows that [`Registry::add_refusals`] adds at once in every backend: a transaction of DynamoDB holds no more.
pub const REFUSALS_AT_ONCE: usize = 100;

/// Numbers of refused hits, by date and reason.
pub type Refusals = Vec<(LocalDate, DropReason, u64)>;

/// How far an import of a file came.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ImportProgress {
    /// The import's number, part of the ids of its hits.
    pub import: u64,
    /// Bytes of the file that are in the log.
    pub bytes: u64,
    /// Lines of the file that are in the log.
    pub lines: u64,
}

/// A site as it is added.
pub(crate) fn new_site(id: SiteId, domain: &str, zone: &str, now: UnixMillis, owner: Option<&str>) -> Site {
    let mut site = Site::new(id, domain, zone, now);
    if let Some(owner) = owner {
        site.sharing.set_role(owner, Some(Role::Owner));
    }
    site
}

/// A site or team that is not as it was read.
pub(crate) fn changed_meanwhile(what: impl std::fmt::Display) -> StoreError {
    StoreError::Conflict(what.to_string())
}
