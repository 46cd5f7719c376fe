//! `[accounts]`: passwords and sign-ins.

use serde::{Deserialize, Serialize};

/// Passwords and sign-ins.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AccountsConfig {
    /// Days until a sign-in ends by itself.
    pub sign_in_days: u32,
    /// How many passwords are hashed at once; each takes 19 MiB for as long as it lasts.
    pub hashes_at_once: usize,
    /// How many sites somebody who does not administer the installation may own and add to; 0: only administrators add sites.
    pub sites_per_member: usize,
}

impl Default for AccountsConfig {
    fn default() -> Self {
        Self { sign_in_days: 30, hashes_at_once: 2, sites_per_member: 50 }
    }
}
