//! What is said between a command and the owner of the data folder.
//!
//! The command sends one [`Order`]; for an import, the file's bytes follow in pieces. The owner answers with any number
//! of progress notes and exactly one [`Answer`].

use serde::{Deserialize, Serialize};

/// The version of this conversation. Two versions of the program do not talk to each other.
pub const VERSION: u32 = 3;

/// What a command wants.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "order", rename_all = "snake_case")]
pub enum Order {
    /// Adds a site.
    SiteAdd {
        /// As written; the owner normalises it.
        domain: String,
        /// IANA name.
        timezone: String,
    },
    /// Lists the sites.
    SiteList,
    /// Removes a site with everything it has.
    SiteRemove {
        /// Its name.
        domain: String,
    },
    /// Empties a site, and gives it another zone if one is named.
    SiteReset {
        /// Its name.
        domain: String,
        /// IANA name.
        timezone: Option<String>,
    },
    /// Opens a site's page to anybody, or closes it.
    SitePublic {
        /// Its name.
        domain: String,
        /// Whether anybody may see it.
        public: bool,
    },
    /// Gives somebody who has an account a role at a site, or takes it away.
    SiteRole {
        /// Its name.
        domain: String,
        /// The name they sign in with.
        email: String,
        /// `viewer`, `editor`, `admin` or `owner`; none: no role.
        role: Option<String>,
    },
    /// Leaves hits out of a site's numbers.
    SiteExclude {
        /// Its name.
        domain: String,
        /// `path`, `country`, `hostname`, `only-hostname` or `address`.
        kind: String,
        /// As written.
        text: String,
    },
    /// Lists what a site leaves out.
    SiteExclusions {
        /// Its name.
        domain: String,
    },
    /// Takes a rule of what is left out back.
    SiteInclude {
        /// Its name.
        domain: String,
        /// The rule's number.
        number: u32,
    },
    /// Says how long a site keeps hits.
    SiteRetention {
        /// Its name.
        domain: String,
        /// So many months, or `off`.
        months: String,
        /// Do it; otherwise only what would be erased is said.
        sure: bool,
    },
    /// Lists who changed what, the newest first.
    Log {
        /// At this site; none: accounts, teams and the installation.
        site: Option<String>,
        /// So many at most.
        most: usize,
    },
    /// Adds a user.
    UserAdd {
        /// The name to sign in with.
        email: String,
        /// In plain words, on its way to be hashed.
        password: String,
        /// Whether the user administers the installation.
        administrator: bool,
    },
    /// Makes a user an administrator of the installation, or no longer.
    UserAdministrator {
        /// The name to sign in with.
        email: String,
        /// Whether the user is to be one.
        administrator: bool,
    },
    /// Lists the users.
    UserList,
    /// Removes a user.
    UserRemove {
        /// The name to sign in with.
        email: String,
    },
    /// Sets a user's password and ends the user's sign-ins.
    UserPassword {
        /// The name to sign in with.
        email: String,
        /// In plain words, on its way to be hashed.
        password: String,
    },
    /// Makes an API key.
    KeyAdd {
        /// The one site it is for; none: all.
        site: Option<String>,
        /// `stats`, `events` or `admin`.
        scope: String,
        /// What it is for, in the operator's words.
        name: String,
    },
    /// Lists the keys (never their text: only a hash is kept).
    KeyList,
    /// Removes a key.
    KeyRemove {
        /// Its number in the list.
        id: u64,
    },
    /// Makes a goal.
    GoalAdd {
        /// The site.
        site: String,
        /// What is counted, as `footfall_query::Goal` reads it.
        goal: serde_json::Value,
    },
    /// Lists the goals of a site.
    GoalList {
        /// The site.
        site: String,
    },
    /// Removes a goal.
    GoalRemove {
        /// The site.
        site: String,
        /// Its number in the list.
        id: u64,
    },
    /// Keeps filters under a name, for everybody who reads the site.
    SegmentAdd {
        /// The site.
        site: String,
        /// What it is called.
        name: String,
        /// Filters as in a v2 query.
        filters: serde_json::Value,
    },
    /// Lists the segments of a site, without those that are somebody's own.
    SegmentList {
        /// The site.
        site: String,
    },
    /// Removes a segment of a site.
    SegmentRemove {
        /// The site.
        site: String,
        /// Its number in the list.
        id: u64,
    },
    /// Brings a file in; its bytes follow.
    Import {
        /// The site.
        site: String,
        /// `--format`; none: found out from the first lines.
        format: Option<String>,
    },
    /// Answers a v2 query.
    Query {
        /// The query's JSON.
        query: serde_json::Value,
    },
}

/// Never shows what is inside: an order may hold a password.
impl std::fmt::Debug for Order {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Order")
    }
}

/// An order with the version of who sends it.
#[derive(Serialize, Deserialize)]
pub struct Envelope {
    /// See [`VERSION`].
    pub version: u32,
    /// What is wanted.
    #[serde(flatten)]
    pub order: Order,
}

/// How an order ended.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Done; what the order gives.
    Done(serde_json::Value),
    /// Not done.
    Failed(Refusal),
}

/// Why an order was not carried out, for the person who gave it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Refusal {
    /// What is the matter and what to do.
    pub message: String,
    /// Whether the order itself makes no sense (exit code 2) rather than failed (exit code 1).
    pub usage: bool,
}

impl Refusal {
    /// The order could not be carried out.
    pub fn failed(message: impl Into<String>) -> Self {
        Self { message: message.into(), usage: false }
    }

    /// The order makes no sense as it was given.
    pub fn usage(message: impl Into<String>) -> Self {
        Self { message: message.into(), usage: true }
    }
}

/// An error inside, with its causes, in one line.
impl From<anyhow::Error> for Refusal {
    fn from(error: anyhow::Error) -> Self {
        Self::failed(format!("{error:#}"))
    }
}
