//! Pages that are read without signing in, and the password of a link.

/// Pages that are read without signing in.
#[derive(Clone, Copy, Debug)]
pub struct OutsideWords {
    /// Who counted, at the foot.
    pub counted_by: &'static str,
    /// The ways to the page in other languages and colours, and to sign in.
    pub ways: &'static str,
    /// A segment that holds for everything behind a link.
    pub held: &'static str,
    /// The form of a password: its title.
    pub password_title: &'static str,
    /// Whose numbers are behind it.
    pub password_of: fn(&str) -> String,
    /// Its button.
    pub open: &'static str,
    /// It was another one.
    pub wrong: &'static str,
}

pub(super) const EN: OutsideWords = OutsideWords {
    counted_by: "Counted by Footfall",
    ways: "Language, colours, sign in",
    held: "Only",
    password_title: "This link has a password",
    password_of: |domain| format!("Who shared the numbers of {domain} with you knows it."),
    open: "Show the numbers",
    wrong: "This is another password than that of the link.",
};

pub(super) const DE: OutsideWords = OutsideWords {
    counted_by: "Gezählt von Footfall",
    ways: "Sprache, Farben, Anmelden",
    held: "Nur",
    password_title: "Dieser Link hat ein Passwort",
    password_of: |domain| format!("Wer die Zahlen von {domain} geteilt hat, kennt es."),
    open: "Zahlen zeigen",
    wrong: "Das ist ein anderes Passwort als das des Links.",
};
