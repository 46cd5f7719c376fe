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
    /// A title: the person's own keys.
    pub keys: &'static str,
    /// What they are for.
    pub keys_hint: &'static str,
    /// What a key may: `sites`.
    pub may_sites: &'static str,
    /// A button: ends all sign-ins.
    pub sign_out_everywhere: &'static str,
    /// What it does.
    pub sign_out_everywhere_hint: &'static str,
}

pub(super) const EN: AccountWords = AccountWords {
    signed_in: "Signed in",
    language_hint: "Wherever you sign in. Numbers, dates and names of countries follow.",
    present_password: "Present password",
    new_password: "New password",
    new_password_hint: "At least 10 characters. Ends all other sign-ins.",
    change_password: "Change password",
    keys: "API keys",
    keys_hint: "For programs of yours. A key may at each site what you may there, as long as you may.",
    may_sites: "make and change sites",
    sign_out_everywhere: "Sign out everywhere",
    sign_out_everywhere_hint: "Ends your sign-ins in all browsers, this one included.",
};

pub(super) const DE: AccountWords = AccountWords {
    signed_in: "Angemeldet",
    language_hint: "Überall, wo Sie sich anmelden. Zahlen, Daten und Ländernamen richten sich danach.",
    present_password: "Bisheriges Passwort",
    new_password: "Neues Passwort",
    new_password_hint: "Mindestens 10 Zeichen. Beendet alle anderen Anmeldungen.",
    change_password: "Passwort ändern",
    keys: "API-Schlüssel",
    keys_hint: "Für Ihre Programme. Ein Schlüssel darf auf jeder Website, was Sie dort dürfen, solange Sie es dürfen.",
    may_sites: "Websites anlegen und ändern",
    sign_out_everywhere: "Überall abmelden",
    sign_out_everywhere_hint: "Beendet Ihre Anmeldungen in allen Browsern, auch in diesem.",
};
