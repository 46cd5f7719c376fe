//! The pages about who is signed in.

use super::{Field, Frame, KeyRow, LogRow, NewKeyShown, Notice};
use crate::words::Lang;
use footfall_domain::Role;

/// The fewest characters a password may have; what the forms say.
pub const PASSWORD_MIN: usize = 10;

/// The first run: nobody has an account yet.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct FirstRun {
    /// Around the page.
    pub frame: Frame,
    /// The secret of the printed link, sent back by the form.
    pub token: String,
    /// The owner's address.
    pub email: Field,
    /// What is wrong with the password; it is never sent back.
    pub password_problem: Option<String>,
}

/// Sign in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SignIn {
    /// Around the page.
    pub frame: Frame,
    /// Where to go afterwards; sent back by the form.
    pub next: String,
    /// The address as it was sent.
    pub email: String,
    /// Why it did not work, or why the reader is here.
    pub notice: Option<Notice>,
}

/// The signed-in person's own page.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Account {
    /// Around the page; its `user` is who this is about.
    pub frame: Frame,
    /// What just happened.
    pub notice: Option<Notice>,
    /// The language chosen for the account; `None`: as the browser says.
    pub language: Option<Lang>,
    /// The roles the person has of their own.
    pub roles: Vec<OwnRole>,
    /// What was changed about accounts, teams and the installation, for who administers it; `None`: for nobody else.
    pub log: Option<InstallationLog>,
    /// The person's keys, by number.
    pub keys: Vec<KeyRow>,
    /// A key just made: its text is shown this once.
    pub new_key: Option<NewKeyShown>,
    /// The name in the form of a new key.
    pub key_name: Field,
    /// What is wrong with the present password.
    pub current_problem: Option<String>,
    /// What is wrong with the new password.
    pub password_problem: Option<String>,
}

/// A role somebody has of their own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OwnRole {
    /// The domain of the site it is at.
    pub site: Option<String>,
    /// The number of the team it is in.
    pub team: Option<u64>,
    /// What site or team are called.
    pub name: String,
    /// What they may there.
    pub role: Role,
}

/// What was changed about accounts, teams and the installation.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct InstallationLog {
    /// The newest first.
    pub rows: Vec<LogRow>,
    /// Where older ones begin; `None`: there are none.
    pub before: Option<u64>,
    /// Whether these are the newest.
    pub newest: bool,
}
