//! What a site leaves out of its numbers, and how long it keeps them.

use footfall_domain::ExclusionKind;

/// What a site leaves out of its numbers, and how long it keeps them.
#[derive(Clone, Copy, Debug)]
pub struct ExclusionWords {
    /// The title of the page, from the domain.
    pub page_title: fn(&str) -> String,
    /// What rules do.
    pub why: &'static str,
    /// From when on.
    pub from_today: &'static str,
    /// No rules.
    pub none: &'static str,
    /// The head of a column.
    pub what: &'static str,
    /// The head of a column.
    pub since: &'static str,
    /// A rule that holds on every day.
    pub always: &'static str,
    /// What a rule leaves out, from its text; a country by its name.
    pub rule: fn(ExclusionKind, &str) -> String,
    /// The same of an address that is not said.
    pub an_address: &'static str,
    /// A button in the rule's row, from what it leaves out; only heard.
    pub remove: fn(&str) -> String,
    /// The head of the forms.
    pub add: &'static str,
    /// The name of a field.
    pub label: fn(ExclusionKind) -> &'static str,
    /// Below it.
    pub hint: fn(ExclusionKind) -> &'static str,
    /// The first choice of the countries.
    pub choose: &'static str,
    /// A button.
    pub exclude: &'static str,
    /// A button: what would it have done?
    pub look: &'static str,
    /// The answer: pageviews, of all, days.
    pub found: fn(&str, &str, &str) -> String,
    /// The answer for an address.
    pub not_kept: &'static str,
    /// A text that makes no rule of a kind.
    pub no_rule: fn(ExclusionKind) -> &'static str,
    /// A text that is too long.
    pub too_long: &'static str,
    /// There is such a rule.
    pub exists: &'static str,
    /// No more rules, from how many there may be.
    pub too_many: fn(usize) -> String,
    /// A part: how long hits are kept.
    pub retention: &'static str,
    /// What it does.
    pub retention_why: &'static str,
    /// A field.
    pub months: &'static str,
    /// Below it.
    pub months_hint: &'static str,
    /// Not a number of months, from the largest.
    pub no_months: fn(u16) -> String,
    /// The title of the page that asks, from the domain.
    pub confirm_title: fn(&str) -> String,
    /// What will be kept, from the number of months.
    pub keeps: fn(u16) -> String,
    /// What will be erased, from the number of days and the date.
    pub erases: fn(&str, &str) -> String,
    /// Nothing so far.
    pub erases_nothing: &'static str,
    /// It is for good.
    pub for_good: &'static str,
    /// A button.
    pub keep_so_long: &'static str,
    /// The way back.
    pub leave: &'static str,
}

pub(super) const EN: ExclusionWords = ExclusionWords {
    page_title: |domain| format!("Exclusions of {domain}"),
    why: "Hits that a rule names are not counted. They stay in the log: take the rule back, and they count again.",
    from_today: "A rule holds from today on, for all of today. Past days keep their numbers. At a site without past days it also holds for what you import.",
    none: "There are no rules: everything counts.",
    what: "Left out",
    since: "Since",
    always: "Always",
    rule: |kind, text| match kind {
        ExclusionKind::Path => format!("Pages that match {text}"),
        ExclusionKind::Hostname => format!("Hostnames that match {text}"),
        ExclusionKind::OnlyHostname => format!("Hostnames other than {text}"),
        ExclusionKind::Country => format!("Visits from {text}"),
        ExclusionKind::Address => format!("Visits from the address {text}"),
    },
    an_address: "Visits from an address",
    remove: |what| format!("Count again: {what}"),
    add: "Leave out",
    label: |kind| match kind {
        ExclusionKind::Path => "Pages",
        ExclusionKind::Hostname => "Hostnames",
        ExclusionKind::OnlyHostname => "All hostnames but",
        ExclusionKind::Country => "A country",
        ExclusionKind::Address => "An address",
    },
    hint: |kind| match kind {
        ExclusionKind::Path => "Such as /admin/* – a star stands for any characters.",
        ExclusionKind::Hostname => "Such as staging.example.com or *.test.",
        ExclusionKind::OnlyHostname => "Several such rules add up: a hit counts if its hostname is any of them.",
        ExclusionKind::Country => "As the place database or your CDN knows it.",
        ExclusionKind::Address => {
            "Yours is filled in; networks such as 192.0.2.0/24 will do too. It is kept until you take the rule back. Visitors’ addresses are never kept, so hits from before the rule stay counted."
        }
    },
    choose: "Choose a country",
    exclude: "Leave out",
    look: "How much is that?",
    found: |pageviews, of, days| format!("In the last {days} days that would have left out {pageviews} of {of} pageviews."),
    not_kept: "Nobody can say how much that would have been: addresses are not kept.",
    no_rule: |kind| match kind {
        ExclusionKind::Path => "A page begins with / or *, such as /admin/*.",
        ExclusionKind::Hostname | ExclusionKind::OnlyHostname => {
            "A hostname is written without https:// and path, such as staging.example.com."
        }
        ExclusionKind::Country => "Choose a country.",
        ExclusionKind::Address => "Write an address or a network, such as 192.0.2.7 or 2001:db8::/32.",
    },
    too_long: "That is too long.",
    exists: "There is such a rule already.",
    too_many: |most| format!("A site has at most {most} rules; take one back first."),
    retention: "How long hits are kept",
    retention_why: "Hits and numbers of older days are erased, day after day and for good. What is imported later for such days is refused.",
    months: "Months to keep",
    months_hint: "Empty: for ever.",
    no_months: |most| format!("Write a number of months from 1 to {most}, or nothing."),
    confirm_title: |domain| format!("How long {domain} keeps its hits"),
    keeps: |months| if months == 1 { "The site is to keep one month.".to_owned() } else { format!("The site is to keep {months} months.") },
    erases: |days, date| format!("Erased now: everything before {date}; the site’s numbers begin {days} days earlier."),
    erases_nothing: "Nothing is that old so far.",
    for_good: "What is erased cannot be brought back.",
    keep_so_long: "Erase what is older",
    leave: "Leave it as it is",
};

pub(super) const DE: ExclusionWords = ExclusionWords {
    page_title: |domain| format!("Ausschlüsse von {domain}"),
    why: "Zugriffe, die eine Regel nennt, werden nicht gezählt. Sie bleiben im Protokoll: Nehmen Sie die Regel zurück, zählen sie wieder.",
    from_today: "Eine Regel gilt ab heute, für den ganzen heutigen Tag. Vergangene Tage behalten ihre Zahlen. Hat die Website noch keine vergangenen Tage, gilt sie auch für das, was Sie importieren.",
    none: "Es gibt keine Regeln: Alles zählt.",
    what: "Ausgenommen",
    since: "Seit",
    always: "Immer",
    rule: |kind, text| match kind {
        ExclusionKind::Path => format!("Seiten, auf die {text} passt"),
        ExclusionKind::Hostname => format!("Hostnamen, auf die {text} passt"),
        ExclusionKind::OnlyHostname => format!("Andere Hostnamen als {text}"),
        ExclusionKind::Country => format!("Besuche aus {text}"),
        ExclusionKind::Address => format!("Besuche von der Adresse {text}"),
    },
    an_address: "Besuche von einer Adresse",
    remove: |what| format!("Wieder zählen: {what}"),
    add: "Ausnehmen",
    label: |kind| match kind {
        ExclusionKind::Path => "Seiten",
        ExclusionKind::Hostname => "Hostnamen",
        ExclusionKind::OnlyHostname => "Alle Hostnamen außer",
        ExclusionKind::Country => "Ein Land",
        ExclusionKind::Address => "Eine Adresse",
    },
    hint: |kind| match kind {
        ExclusionKind::Path => "Etwa /admin/* – ein Stern steht für beliebige Zeichen.",
        ExclusionKind::Hostname => "Etwa staging.example.com oder *.test.",
        ExclusionKind::OnlyHostname => "Mehrere solche Regeln ergänzen sich: Ein Zugriff zählt, wenn sein Hostname auf eine davon passt.",
        ExclusionKind::Country => "So, wie die Ortsdatenbank oder Ihr CDN es kennt.",
        ExclusionKind::Address => {
            "Ihre ist eingetragen; auch Netze wie 192.0.2.0/24 sind möglich. Sie wird behalten, bis Sie die Regel zurücknehmen. Adressen von Besuchern werden nie behalten, darum bleiben Zugriffe von vor der Regel gezählt."
        }
    },
    choose: "Land wählen",
    exclude: "Ausnehmen",
    look: "Wie viel ist das?",
    found: |pageviews, of, days| format!("In den letzten {days} Tagen wären {pageviews} von {of} Seitenaufrufen ausgenommen worden."),
    not_kept: "Wie viel das gewesen wäre, kann niemand sagen: Adressen werden nicht behalten.",
    no_rule: |kind| match kind {
        ExclusionKind::Path => "Eine Seite beginnt mit / oder *, etwa /admin/*.",
        ExclusionKind::Hostname | ExclusionKind::OnlyHostname => "Ein Hostname steht ohne https:// und Pfad, etwa staging.example.com.",
        ExclusionKind::Country => "Wählen Sie ein Land.",
        ExclusionKind::Address => "Schreiben Sie eine Adresse oder ein Netz, etwa 192.0.2.7 oder 2001:db8::/32.",
    },
    too_long: "Das ist zu lang.",
    exists: "Eine solche Regel gibt es schon.",
    too_many: |most| format!("Eine Website hat höchstens {most} Regeln; nehmen Sie erst eine zurück."),
    retention: "Wie lange Zugriffe behalten werden",
    retention_why: "Zugriffe und Zahlen älterer Tage werden gelöscht, Tag für Tag und endgültig. Was für solche Tage später importiert wird, wird abgelehnt.",
    months: "Monate",
    months_hint: "Leer: für immer.",
    no_months: |most| format!("Schreiben Sie eine Zahl von Monaten von 1 bis {most}, oder nichts."),
    confirm_title: |domain| format!("Wie lange {domain} Zugriffe behält"),
    keeps: |months| {
        if months == 1 {
            "Die Website soll einen Monat behalten.".to_owned()
        } else {
            format!("Die Website soll {months} Monate behalten.")
        }
    },
    erases: |days, date| format!("Jetzt wird gelöscht: alles vor dem {date}; die Zahlen der Website beginnen {days} Tage früher."),
    erases_nothing: "Bisher ist nichts so alt.",
    for_good: "Was gelöscht ist, lässt sich nicht zurückholen.",
    keep_so_long: "Älteres löschen",
    leave: "So lassen, wie es ist",
};
