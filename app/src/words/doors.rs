//! Sign-in and first run.

use crate::models::PASSWORD_MIN;

const _: () = assert!(PASSWORD_MIN == 10, "the hints here and on the account's page say the number");

/// Sign-in and first run.
#[derive(Clone, Copy, Debug)]
pub struct DoorWords {
    /// Sign-in: its head and its button.
    pub sign_in: &'static str,
    /// First run: the title of the page.
    pub welcome: &'static str,
    /// First run: its head.
    pub welcome_to: &'static str,
    /// First run: what the form is for.
    pub owner: &'static str,
    /// First run: what a password has to be.
    pub password_hint: &'static str,
    /// First run: the button.
    pub create_account: &'static str,
}

pub(super) const EN: DoorWords = DoorWords {
    sign_in: "Sign in",
    welcome: "Welcome",
    welcome_to: "Welcome to Footfall",
    owner: "Make the owner’s account. It stays on this machine, like everything else.",
    password_hint: "At least 10 characters. It is kept as an Argon2id hash.",
    create_account: "Create account",
};

pub(super) const DE: DoorWords = DoorWords {
    sign_in: "Anmelden",
    welcome: "Willkommen",
    welcome_to: "Willkommen bei Footfall",
    owner: "Legen Sie das erste Konto an. Es bleibt auf dieser Maschine, wie alles andere auch.",
    password_hint: "Mindestens 10 Zeichen. Gespeichert wird nur ein Argon2id-Hash.",
    create_account: "Konto anlegen",
};
