//! A site's settings.

use footfall_domain::DropReason;

/// A site's settings.
#[derive(Clone, Copy, Debug)]
pub struct SettingsWords {
    /// The title of the page, from the domain.
    pub title: fn(&str) -> String,
    /// A part: zone and parameters.
    pub general: &'static str,
    /// A zone that begins later, from the date.
    pub zone_waits: fn(&str) -> String,
    /// Below the zone.
    pub zone_hint: &'static str,
    /// A field.
    pub keep_parameters: &'static str,
    /// Below it.
    pub keep_parameters_hint: &'static str,
    /// Below the snippet.
    pub check: &'static str,
    /// A part: another domain.
    pub rename: &'static str,
    /// What it means.
    pub rename_why: &'static str,
    /// A field.
    pub new_domain: &'static str,
    /// Its button.
    pub rename_do: &'static str,
    /// A page: what shows the numbers elsewhere.
    pub embed: &'static str,
    /// A page: what is not to be counted.
    pub exclusions: &'static str,
    /// A page: the ways to an end, in one word.
    pub danger: &'static str,
    /// The title of the page of keys, from the domain.
    pub keys_title: fn(&str) -> String,
    /// The title of the page of what was not counted, from the domain.
    pub not_counted_title: fn(&str) -> String,
    /// The title of the page of ends, from the domain.
    pub danger_title: fn(&str) -> String,
    /// A part.
    pub keys: &'static str,
    /// What keys are for: before `stats`.
    pub keys_before: &'static str,
    /// Between `stats` and `events`.
    pub keys_between: &'static str,
    /// After `events`.
    pub keys_after: &'static str,
    /// The head of a column.
    pub key_name: &'static str,
    /// The head of a column.
    pub key_may: &'static str,
    /// The head of a column.
    pub key_made: &'static str,
    /// A field.
    pub new_key_name: &'static str,
    /// What the empty field shows.
    pub new_key_example: &'static str,
    /// Above the two choices.
    pub it_may: &'static str,
    /// What a key may: `stats`.
    pub may_read: &'static str,
    /// What a key may: `events`.
    pub may_send: &'static str,
    /// What a key may: `sites`.
    pub may_sites: &'static str,
    /// What a key may: `admin`.
    pub may_all: &'static str,
    /// A button.
    pub make_key: &'static str,
    /// A button in the key's row, from its name; only heard.
    pub remove_key: fn(&str) -> String,
    /// A key just made, from its name.
    pub key_shown_once: fn(&str) -> String,
    /// The name of the box with the key; only heard.
    pub new_key: &'static str,
    /// A part.
    pub not_counted: &'static str,
    /// What it shows.
    pub not_counted_why: &'static str,
    /// The name of its table; only heard.
    pub not_counted_by_day: &'static str,
    /// Nothing to show.
    pub nothing_left_out: &'static str,
    /// The head of a column.
    pub day: &'static str,
    /// The head of the last line.
    pub all: &'static str,
    /// A reason in few words, for the head of a column.
    pub reason: fn(DropReason) -> &'static str,
    /// A reason in a sentence.
    pub reason_why: fn(DropReason) -> &'static str,
    /// A part.
    pub ends: &'static str,
    /// The head of a form.
    pub transfer: &'static str,
    /// What it does.
    pub transfer_why: &'static str,
    /// A field.
    pub transfer_to: &'static str,
    /// A box.
    pub transfer_stay: &'static str,
    /// Its button.
    pub transfer_do: &'static str,
    /// There is no such account.
    pub transfer_nobody: &'static str,
    /// A field.
    pub confirm: &'static str,
    /// The head of a form.
    pub reset: &'static str,
    /// What it does.
    pub reset_why: &'static str,
    /// Its button.
    pub reset_do: &'static str,
    /// The head of a form.
    pub remove: &'static str,
    /// What it does.
    pub remove_why: &'static str,
    /// Its button.
    pub remove_do: &'static str,
}

pub(super) const EN: SettingsWords = SettingsWords {
    title: |domain| format!("Settings of {domain}"),
    general: "General",
    zone_waits: |date| format!("The change takes effect on {date}; until then days end where they did."),
    zone_hint: "A change takes effect at the next midnight. Past days keep their zone and their numbers: they cannot be cut anew. To begin in another zone without a past, empty the site: footfall site reset DOMAIN --timezone ZONE.",
    keep_parameters: "Query parameters to keep",
    keep_parameters_hint: "Beside utm_*, ref and source. All others are cut off before a hit is stored.",
    check: "Check whether it works",
    rename: "Rename",
    rename_why: "The pages here, shared links and widgets get new addresses, and data-domain in the snippet has to change. Hits that still name the old domain are not counted, and the old name is free for another site. Numbers, people and keys stay.",
    new_domain: "New domain",
    rename_do: "Rename",
    embed: "Embed",
    exclusions: "Exclusions",
    danger: "Danger",
    keys_title: |domain| format!("Keys of {domain}"),
    not_counted_title: |domain| format!("Not counted at {domain}"),
    danger_title: |domain| format!("Hand over, empty or remove {domain}"),
    keys: "Keys",
    keys_before: "For programs: ",
    keys_between: " reads reports, ",
    keys_after: " sends hits on behalf of visitors.",
    key_name: "Name",
    key_may: "May",
    key_made: "Made",
    new_key_name: "Name of a new key",
    new_key_example: "What it is for",
    it_may: "It may",
    may_read: "read reports",
    may_send: "send hits",
    may_sites: "change the site",
    may_all: "do everything",
    make_key: "Make a key",
    remove_key: |name| format!("Remove the key {name}"),
    key_shown_once: |name| format!("The key “{name}”. It is shown this once; only its hash is kept."),
    new_key: "New key",
    not_counted: "Not counted",
    not_counted_why: "Every hit that is in no report, by reason and day: the last 30 days that have any.",
    not_counted_by_day: "Not counted, by day",
    nothing_left_out: "Nothing was left out so far.",
    day: "Day",
    all: "All",
    reason: |reason| match reason {
        DropReason::Invalid => "Invalid",
        DropReason::TooLarge => "Too large",
        DropReason::Overloaded => "Overloaded",
        DropReason::UnknownSite => "Unknown site",
        DropReason::Unreadable => "Unreadable",
        DropReason::NotGet => "Not GET",
        DropReason::Redirect => "Redirect",
        DropReason::ErrorStatus => "Error",
        DropReason::Asset => "Asset",
        DropReason::Feed => "Feed",
        DropReason::HealthCheck => "Health check",
        DropReason::Bot => "Bot",
        DropReason::SpamReferrer => "Spam",
        DropReason::Duplicate => "Duplicate",
        DropReason::NoVisit => "No visit",
        DropReason::OtherFeed => "Other feed",
        DropReason::ExcludedAddress => "Address left out",
        DropReason::ExcludedHostname => "Hostname left out",
        DropReason::ExcludedPath => "Page left out",
        DropReason::ExcludedCountry => "Country left out",
        DropReason::TooOld => "Too old",
    },
    reason_why: |reason| match reason {
        DropReason::Invalid => "The request made no sense",
        DropReason::TooLarge => "The request was too large",
        DropReason::Overloaded => "The log was behind; the client was told to come again",
        DropReason::UnknownSite => "No site has this domain",
        DropReason::Unreadable => "A line of an access log that could not be read",
        DropReason::NotGet => "A request of an access log that was no GET",
        DropReason::Redirect => "An answer of an access log that redirected",
        DropReason::ErrorStatus => "An answer of an access log that failed",
        DropReason::Asset => "A picture, script, style sheet, font or download",
        DropReason::Feed => "A feed",
        DropReason::HealthCheck => "A health check",
        DropReason::Bot => "A machine, by its user agent",
        DropReason::SpamReferrer => "A referrer known for spam",
        DropReason::Duplicate => "An id that was counted already",
        DropReason::NoVisit => "Engagement without an open visit",
        DropReason::OtherFeed => "From an access log, on a day that a tracker counts",
        DropReason::ExcludedAddress => "From an address you exclude",
        DropReason::ExcludedHostname => "Of a hostname you exclude",
        DropReason::ExcludedPath => "Of a page you exclude",
        DropReason::ExcludedCountry => "From a country you exclude",
        DropReason::TooOld => "Of a day that is older than numbers are kept here",
    },
    ends: "Hand over, begin again, or end",
    transfer: "Hand the site over",
    transfer_why: "Another account becomes its owner, and the site leaves its team, if it has one. You stay as admin, unless you leave. Keys and shared links of the site go on working for whoever knows them: remove those that should not.",
    transfer_to: "E-mail of the new owner",
    transfer_stay: "I stay as admin",
    transfer_do: "Hand over",
    transfer_nobody: "There is no account of this address. Invite them as owner instead.",
    confirm: "Type the domain to confirm",
    reset: "Reset: forget all hits, keep the site",
    reset_why: "All hits and numbers of this site are erased for good. Its name, keys and settings stay.",
    reset_do: "Erase all hits",
    remove: "Remove the site",
    remove_why: "The site, its keys and all its hits are erased for good. Hits that still come are counted as “unknown site”.",
    remove_do: "Remove this site",
};

pub(super) const DE: SettingsWords = SettingsWords {
    title: |domain| format!("Einstellungen von {domain}"),
    general: "Allgemein",
    zone_waits: |date| format!("Die Änderung gilt ab {date}; bis dahin enden Tage wie bisher."),
    zone_hint: "Eine Änderung gilt ab der nächsten Mitternacht. Vergangene Tage behalten ihre Zone und ihre Zahlen: Sie lassen sich nicht neu schneiden. Um ohne Vergangenheit in einer anderen Zone zu beginnen, leeren Sie die Website: footfall site reset DOMAIN --timezone ZONE.",
    keep_parameters: "Parameter der Adresse, die bleiben",
    keep_parameters_hint: "Neben utm_*, ref und source. Alle anderen werden abgeschnitten, bevor ein Zugriff gespeichert wird.",
    check: "Prüfen, ob es funktioniert",
    rename: "Umbenennen",
    rename_why: "Die Seiten hier, geteilte Links und Widgets bekommen neue Adressen, und data-domain im Code zum Einbinden muss sich ändern. Zugriffe, die noch die alte Domain nennen, werden nicht gezählt, und der alte Name ist für eine andere Website frei. Zahlen, Personen und Schlüssel bleiben.",
    new_domain: "Neue Domain",
    rename_do: "Umbenennen",
    embed: "Einbetten",
    exclusions: "Ausschlüsse",
    danger: "Gefahr",
    keys_title: |domain| format!("Schlüssel von {domain}"),
    not_counted_title: |domain| format!("Nicht gezählt bei {domain}"),
    danger_title: |domain| format!("{domain} übergeben, leeren oder entfernen"),
    keys: "Schlüssel",
    keys_before: "Für Programme: ",
    keys_between: " liest Berichte, ",
    keys_after: " sendet Zugriffe im Namen von Besuchern.",
    key_name: "Name",
    key_may: "Darf",
    key_made: "Erstellt",
    new_key_name: "Name eines neuen Schlüssels",
    new_key_example: "Wofür er ist",
    it_may: "Er darf",
    may_read: "Berichte lesen",
    may_send: "Zugriffe senden",
    may_sites: "die Website ändern",
    may_all: "alles",
    make_key: "Schlüssel erstellen",
    remove_key: |name| format!("Schlüssel {name} entfernen"),
    key_shown_once: |name| format!("Der Schlüssel „{name}“. Er erscheint nur dieses eine Mal; gespeichert wird nur sein Hash."),
    new_key: "Neuer Schlüssel",
    not_counted: "Nicht gezählt",
    not_counted_why: "Jeder Zugriff, der in keinem Bericht steht, nach Grund und Tag: die letzten 30 Tage, an denen es welche gab.",
    not_counted_by_day: "Nicht gezählt, nach Tagen",
    nothing_left_out: "Bisher wurde nichts ausgelassen.",
    day: "Tag",
    all: "Alle",
    reason: |reason| match reason {
        DropReason::Invalid => "Ungültig",
        DropReason::TooLarge => "Zu groß",
        DropReason::Overloaded => "Überlastet",
        DropReason::UnknownSite => "Unbekannte Website",
        DropReason::Unreadable => "Unlesbar",
        DropReason::NotGet => "Kein GET",
        DropReason::Redirect => "Weiterleitung",
        DropReason::ErrorStatus => "Fehler",
        DropReason::Asset => "Beiwerk",
        DropReason::Feed => "Feed",
        DropReason::HealthCheck => "Lebenszeichen",
        DropReason::Bot => "Bot",
        DropReason::SpamReferrer => "Spam",
        DropReason::Duplicate => "Doppelt",
        DropReason::NoVisit => "Ohne Besuch",
        DropReason::OtherFeed => "Andere Quelle",
        DropReason::ExcludedAddress => "Adresse ausgenommen",
        DropReason::ExcludedHostname => "Hostname ausgenommen",
        DropReason::ExcludedPath => "Seite ausgenommen",
        DropReason::ExcludedCountry => "Land ausgenommen",
        DropReason::TooOld => "Zu alt",
    },
    reason_why: |reason| match reason {
        DropReason::Invalid => "Die Anfrage ergab keinen Sinn",
        DropReason::TooLarge => "Die Anfrage war zu groß",
        DropReason::Overloaded => "Das Protokoll kam nicht nach; der Absender sollte es später noch einmal versuchen",
        DropReason::UnknownSite => "Keine Website hat diese Domain",
        DropReason::Unreadable => "Eine Zeile eines Zugriffsprotokolls, die nicht zu lesen war",
        DropReason::NotGet => "Eine Anfrage eines Zugriffsprotokolls, die kein GET war",
        DropReason::Redirect => "Eine Antwort eines Zugriffsprotokolls, die weiterleitete",
        DropReason::ErrorStatus => "Eine Antwort eines Zugriffsprotokolls, die scheiterte",
        DropReason::Asset => "Ein Bild, Skript, Stylesheet, eine Schrift oder ein Download",
        DropReason::Feed => "Ein Feed",
        DropReason::HealthCheck => "Eine Prüfung, ob der Server lebt",
        DropReason::Bot => "Eine Maschine, nach ihrer eigenen Angabe",
        DropReason::SpamReferrer => "Eine Herkunft, die für Spam bekannt ist",
        DropReason::Duplicate => "Eine Nummer, die schon gezählt wurde",
        DropReason::NoVisit => "Beschäftigung ohne offenen Besuch",
        DropReason::OtherFeed => "Aus einem Zugriffsprotokoll, an einem Tag, den ein Tracker zählt",
        DropReason::ExcludedAddress => "Von einer Adresse, die Sie ausnehmen",
        DropReason::ExcludedHostname => "Von einem Hostnamen, den Sie ausnehmen",
        DropReason::ExcludedPath => "Auf einer Seite, die Sie ausnehmen",
        DropReason::ExcludedCountry => "Aus einem Land, das Sie ausnehmen",
        DropReason::TooOld => "Von einem Tag, der länger her ist, als hier Zahlen behalten werden",
    },
    ends: "Übergeben, neu beginnen oder aufhören",
    transfer: "Website übergeben",
    transfer_why: "Ein anderes Konto wird Inhaber, und die Website verlässt ihr Team, falls sie eines hat. Sie behalten die Verwaltung, sofern Sie nicht gehen. Schlüssel und geteilte Links der Website gelten für alle weiter, die sie kennen: Entfernen Sie, was nicht bleiben soll.",
    transfer_to: "E-Mail-Adresse der neuen Inhaberin oder des neuen Inhabers",
    transfer_stay: "Ich behalte die Verwaltung",
    transfer_do: "Übergeben",
    transfer_nobody: "Ein Konto mit dieser Adresse gibt es nicht. Laden Sie die Person stattdessen ein.",
    confirm: "Zur Bestätigung die Domain eintippen",
    reset: "Zurücksetzen: alle Zugriffe vergessen, die Website behalten",
    reset_why: "Alle Zugriffe und Zahlen dieser Website werden endgültig gelöscht. Name, Schlüssel und Einstellungen bleiben.",
    reset_do: "Alle Zugriffe löschen",
    remove: "Website entfernen",
    remove_why: "Die Website, ihre Schlüssel und alle Zugriffe werden endgültig gelöscht. Zugriffe, die noch kommen, zählen als „unbekannte Website“.",
    remove_do: "Diese Website entfernen",
};
