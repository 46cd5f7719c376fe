//! When there is no page to show.

/// When there is no page to show.
#[derive(Clone, Copy, Debug)]
pub struct FailureWords {
    /// 404, in a few words.
    pub not_found: &'static str,
    /// 404, in a sentence.
    pub not_found_why: &'static str,
    /// 403.
    pub forbidden: &'static str,
    /// 403.
    pub forbidden_why: &'static str,
    /// 400; the sentence may come from who knows more.
    pub bad_address: &'static str,
    /// 400, of numbers.
    pub bad_question_why: &'static str,
    /// 405.
    pub forms_only: &'static str,
    /// 405.
    pub forms_only_why: &'static str,
    /// 422; the sentence comes from who knows more.
    pub refused: &'static str,
    /// 422, from a field of a form and what it said.
    pub no_choice: fn(&str, &str) -> String,
    /// 429.
    pub too_many: &'static str,
    /// 429, from the time until the next try.
    pub too_many_why: fn(&str) -> String,
    /// 503.
    pub behind: &'static str,
    /// 503, from the time until the next try.
    pub behind_why: fn(&str) -> String,
    /// 503, where too much is asked for at once.
    pub crowded: &'static str,
    /// The same, from the time until the next try.
    pub crowded_why: fn(&str) -> String,
    /// 500.
    pub broken: &'static str,
    /// 500, from the number in the log.
    pub broken_why: fn(&str) -> String,
    /// Loads the page again.
    pub try_again: &'static str,
    /// The way out for who is not signed in.
    pub home: &'static str,
    /// "in a second".
    pub a_second: &'static str,
    /// "in 5 seconds".
    pub seconds: fn(u64) -> String,
    /// "in 5 minutes".
    pub minutes: fn(u64) -> String,
}

pub(super) const EN: FailureWords = FailureWords {
    not_found: "Nobody walks here",
    not_found_why: "There is no such page, or it is not yours to see.",
    forbidden: "That form was too old",
    forbidden_why: "It was opened before you signed in, or came from another place. Go back, load the page again and send it once more.",
    bad_address: "That address makes no sense",
    bad_question_why: "What it asks cannot be answered, or its filters ask too much together. Go back and ask for less.",
    forms_only: "Nothing to read here",
    forms_only_why: "This address only takes the form of another page. Go back to that page.",
    refused: "That cannot be done",
    no_choice: |field, value| {
        format!(
            "The form’s field “{field}” says “{value}”, which cannot stand there. Nothing was changed. Go back, load the page again and send it once more."
        )
    },
    too_many: "Slow down a little",
    too_many_why: |wait| format!("There were too many attempts. Try again in {wait}."),
    behind: "Catching up",
    behind_why: |wait| format!("Hits are safe, but counting them is behind. Try again in {wait}."),
    crowded: "Too many at once",
    crowded_why: |wait| format!("More is asked for than can be made at the moment. Try again in {wait}."),
    broken: "Something broke",
    broken_why: |id| format!("It is our fault, and it is in the log as {id}. No hit was lost."),
    try_again: "Try again",
    home: "Home",
    a_second: "a second",
    seconds: |n| format!("{n} seconds"),
    minutes: |n| format!("{n} minutes"),
};

pub(super) const DE: FailureWords = FailureWords {
    not_found: "Hier geht niemand",
    not_found_why: "Diese Seite gibt es nicht, oder sie ist nicht für Sie bestimmt.",
    forbidden: "Das Formular war zu alt",
    forbidden_why: "Es wurde vor der Anmeldung geöffnet oder kam von anderswo. Gehen Sie zurück, laden Sie die Seite neu und senden Sie es noch einmal.",
    bad_address: "Diese Adresse ergibt keinen Sinn",
    bad_question_why: "Was sie fragt, lässt sich nicht beantworten, oder ihre Filter fragen zusammen zu viel. Gehen Sie zurück und fragen Sie nach weniger.",
    forms_only: "Hier gibt es nichts zu lesen",
    forms_only_why: "Diese Adresse nimmt nur das Formular einer anderen Seite an. Gehen Sie zurück auf diese Seite.",
    refused: "Das geht nicht",
    no_choice: |field, value| {
        format!(
            "Im Feld „{field}“ des Formulars steht „{value}“; das kann dort nicht stehen. Es wurde nichts geändert. Gehen Sie zurück, laden Sie die Seite neu und senden Sie es noch einmal."
        )
    },
    too_many: "Etwas langsamer, bitte",
    too_many_why: |wait| format!("Das waren zu viele Versuche. Bitte in {wait} noch einmal."),
    behind: "Gleich so weit",
    behind_why: |wait| format!("Alle Zugriffe sind sicher, aber noch nicht alle gezählt. Bitte in {wait} noch einmal."),
    crowded: "Zu viele auf einmal",
    crowded_why: |wait| format!("Gerade wird mehr verlangt, als sich machen lässt. Bitte in {wait} noch einmal."),
    broken: "Etwas ist kaputtgegangen",
    broken_why: |id| format!("Das ist unser Fehler; im Protokoll steht er als {id}. Kein Zugriff ging verloren."),
    try_again: "Noch einmal",
    home: "Startseite",
    a_second: "einer Sekunde",
    seconds: |n| format!("{n} Sekunden"),
    minutes: |n| format!("{n} Minuten"),
};
