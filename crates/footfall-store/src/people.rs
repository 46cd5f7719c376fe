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
    /// What its owner calls it.
    pub name: String,
    /// When it was made.
    pub created: UnixMillis,
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
    /// What its owner calls it.
    pub name: String,
    /// When it was made.
    pub created: UnixMillis,
}

/// What a key may do.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyScope {
    /// Read reports.
    Stats,
    /// Send hits and state their visitors' addresses.
    Events,
    /// Everything.
    Admin,
}

impl KeyScope {
    /// All of them.
    pub const ALL: &'static [KeyScope] = &[KeyScope::Stats, KeyScope::Events, KeyScope::Admin];

    /// Its name on the command line and in tables.
    pub fn name(self) -> &'static str {
        match self {
            KeyScope::Stats => "stats",
            KeyScope::Events => "events",
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
