//! The signed-in person's own page.

/// The signed-in person's own page.
#[derive(Clone, Copy, Debug)]
pub struct AccountWords {
    /// Above who is signed in.
    pub signed_in: &'static str,
    /// Below the choice of a language.
    pub language_hint: &'static str,
    /// A field.
    pub present_password: &'static str,
    /// A field.
    pub new_password: &'static str,
    /// Below it.
    pub new_password_hint: &'static str,
    /// A button.
    pub change_password: &'static str,
}

pub(super) const EN: AccountWords = AccountWords {
    signed_in: "Signed in",
    language_hint: "Wherever you sign in. Numbers, dates and names of countries follow.",
    present_password: "Present password",
    new_password: "New password",
    new_password_hint: "At least 10 characters. Ends all other sign-ins.",
    change_password: "Change password",
};

pub(super) const DE: AccountWords = AccountWords {
    signed_in: "Angemeldet",
    language_hint: "Überall, wo Sie sich anmelden. Zahlen, Daten und Ländernamen richten sich danach.",
    present_password: "Bisheriges Passwort",
    new_password: "Neues Passwort",
    new_password_hint: "Mindestens 10 Zeichen. Beendet alle anderen Anmeldungen.",
    change_password: "Passwort ändern",
};
