//! Who may do what. The store never sees a password, key or token: only hashes that the caller made.

use footfall_domain::{SiteId, UnixMillis};
use serde::{Deserialize, Serialize};

/// Somebody who can sign in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct User {
    /// The name to sign in with, as the caller normalised it.
    pub email: String,
    /// Argon2id, in PHC form.
    pub password_hash: String,
    /// When the user was added.
    pub created: UnixMillis,
    /// Whether the user is an administrator of the installation: an owner of every site.
    pub administrator: bool,
}

/// A key of the API, without the key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ApiKey {
    /// Its number; never given twice.
    pub id: u64,
    /// The one site it opens; `None` opens all.
    pub site: Option<SiteId>,
    /// What it may do.
    pub scope: KeyScope,
    /// What its maker calls it.
    pub name: String,
    /// When it was made.
    pub created: UnixMillis,
    /// The email of whose rights it has; `None`: the installation's.
    pub owner: Option<String>,
}

/// A key to be kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewKey {
    /// Hash of the key.
    pub hash: [u8; 32],
    /// The one site it opens; `None` opens all.
    pub site: Option<SiteId>,
    /// What it may do.
    pub scope: KeyScope,
    /// What its maker calls it.
    pub name: String,
    /// When it was made.
    pub created: UnixMillis,
    /// The email of whose rights it has; `None`: the installation's.
    pub owner: Option<String>,
}

impl NewKey {
    /// The key as it is kept, under a number.
    pub(crate) fn kept(&self, id: u64) -> ApiKey {
        let (name, owner) = (self.name.clone(), self.owner.clone());
        ApiKey { id, site: self.site, scope: self.scope, name, created: self.created, owner }
    }
}

/// What a key may do.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyScope {
    /// Read reports.
    Stats,
    /// Send hits and state their visitors' addresses.
    Events,
    /// Make, change and remove sites, with what is named and shared at them.
    Sites,
    /// Everything.
    Admin,
}

impl KeyScope {
    /// All of them.
    pub const ALL: &'static [KeyScope] = &[KeyScope::Stats, KeyScope::Events, KeyScope::Sites, KeyScope::Admin];

    /// Its name on the command line and in tables.
    pub fn name(self) -> &'static str {
        match self {
            KeyScope::Stats => "stats",
            KeyScope::Events => "events",
            KeyScope::Sites => "sites",
            KeyScope::Admin => "admin",
        }
    }

    /// The scope of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|scope| scope.name() == name)
    }
}

/// A browser that is signed in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SignIn {
    /// Who.
    pub email: String,
    /// What its forms must send back.
    pub csrf: [u8; 32],
    /// When it ends.
    pub expires: UnixMillis,
}
