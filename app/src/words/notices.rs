//! What just happened, and what is wrong with a form.

/// What just happened, and what is wrong with a form.
#[derive(Clone, Copy, Debug)]
pub struct NoticeWords {
    /// A site was added.
    pub added: &'static str,
    /// Settings were saved.
    pub saved: &'static str,
    /// A key was removed.
    pub key_removed: &'static str,
    /// A site was reset.
    pub reset: &'static str,
    /// A site was removed.
    pub removed: &'static str,
    /// The password was changed.
    pub password: &'static str,
    /// Signed out.
    pub signed_out: &'static str,
    /// Sign-in: there is no account at all.
    pub nobody_yet: &'static str,
    /// Sign-in: no such account, or another password; which of the two is not said.
    pub no_match: &'static str,
    /// The page of the first account, with a wrong link.
    pub wrong_link: &'static str,
    /// The account: the present password is another.
    pub not_present_password: &'static str,
    /// A new key without a name.
    pub nameless_key: &'static str,
    /// No domain, from what was written.
    pub no_domain: fn(&str) -> String,
    /// A domain that is the address of a page of ours.
    pub own_page: fn(&str) -> String,
    /// There is such a site.
    pub site_exists: fn(&str) -> String,
    /// No time zone, from what was written.
    pub no_zone: fn(&str) -> String,
    /// Too many query parameters, from the most.
    pub many_parameters: fn(usize) -> String,
    /// No name of a query parameter, from what was written.
    pub no_parameter: fn(&str) -> String,
    /// No name for a key.
    pub key_name: &'static str,
    /// No address of a person, from what was written.
    pub no_email: fn(&str) -> String,
    /// There is such a user.
    pub user_exists: fn(&str) -> String,
    /// Too short a password.
    pub short_password: &'static str,
    /// Too long a password.
    pub long_password: &'static str,
    /// A confirmation that does not match, from what to type.
    pub type_to_confirm: fn(&str) -> String,
}

pub(super) const EN: NoticeWords = NoticeWords {
    added: "The site was added.",
    saved: "Saved.",
    key_removed: "The key was removed; it has stopped working.",
    reset: "All hits and numbers of this site were erased. Counting goes on.",
    removed: "The site was removed with all its hits and numbers.",
    password: "Your password was changed. All other sign-ins of yours have ended.",
    signed_out: "You are signed out.",
    nobody_yet: "Nobody has an account yet. Open the link that the server printed when it started, or run: footfall user add",
    no_match: "Address and password do not match.",
    wrong_link: "This link is not, or no longer, the one for the first sign-in. The server prints it when it starts, as long as nobody has an account.",
    not_present_password: "This is not your present password.",
    nameless_key: "Say what the key is for, so that you know which to remove one day.",
    no_domain: |written| format!("“{written}” is no domain; write one such as example.com."),
    own_page: |domain| format!("“{domain}” is the address of one of Footfall’s own pages; a site needs another name."),
    site_exists: |domain| format!("There is a site {domain} already."),
    no_zone: |written| format!("“{written}” is no IANA time zone; choose one such as Europe/Berlin."),
    many_parameters: |most| format!("At most {most} parameters can be kept."),
    no_parameter: |written| format!("“{written}” is no name of a query parameter."),
    key_name: "A key’s name has at most 100 characters, in one line.",
    no_email: |written| format!("“{written}” is no e-mail address; write one such as ada@example.com."),
    user_exists: |email| format!("There is an account {email} already."),
    short_password: "The password is too short; use at least 10 characters.",
    long_password: "The password is longer than 1,000 bytes.",
    type_to_confirm: |text| format!("Type {text} to confirm."),
};

pub(super) const DE: NoticeWords = NoticeWords {
    added: "Die Website wurde hinzugefügt.",
    saved: "Gespeichert.",
    key_removed: "Der Schlüssel wurde entfernt; er gilt nicht mehr.",
    reset: "Alle Zugriffe und Zahlen dieser Website wurden gelöscht. Gezählt wird weiter.",
    removed: "Die Website wurde mit allen Zugriffen und Zahlen entfernt.",
    password: "Das Passwort wurde geändert. Alle Ihre anderen Anmeldungen sind beendet.",
    signed_out: "Sie sind abgemeldet.",
    nobody_yet: "Noch hat niemand ein Konto. Öffnen Sie den Link, den der Server beim Start ausgegeben hat, oder geben Sie ein: footfall user add",
    no_match: "Adresse und Passwort passen nicht zusammen.",
    wrong_link: "Das ist nicht oder nicht mehr der Link für die erste Anmeldung. Der Server gibt ihn beim Start aus, solange niemand ein Konto hat.",
    not_present_password: "Das ist nicht Ihr bisheriges Passwort.",
    nameless_key: "Schreiben Sie, wofür der Schlüssel ist, damit Sie eines Tages wissen, welchen Sie entfernen können.",
    no_domain: |written| format!("„{written}“ ist keine Domain; gemeint ist etwas wie example.com."),
    own_page: |domain| format!("„{domain}“ ist die Adresse einer Seite von Footfall selbst; die Website braucht einen anderen Namen."),
    site_exists: |domain| format!("Die Website {domain} gibt es schon."),
    no_zone: |written| format!("„{written}“ ist keine IANA-Zeitzone; gemeint ist etwas wie Europe/Berlin."),
    many_parameters: |most| format!("Höchstens {most} Parameter können bleiben."),
    no_parameter: |written| format!("„{written}“ ist kein Name eines Parameters."),
    key_name: "Der Name eines Schlüssels hat höchstens 100 Zeichen, in einer Zeile.",
    no_email: |written| format!("„{written}“ ist keine E-Mail-Adresse; gemeint ist etwas wie ada@example.com."),
    user_exists: |email| format!("Das Konto {email} gibt es schon."),
    short_password: "Das Passwort ist zu kurz; es braucht mindestens 10 Zeichen.",
    long_password: "Das Passwort ist länger als 1.000 Bytes.",
    type_to_confirm: |text| format!("Zur Bestätigung {text} eintippen."),
};
