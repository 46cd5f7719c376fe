//! Who changed what, in words.

use super::Lang;
use crate::format;
use crate::models::LogRow;
use footfall_domain::{ExclusionKind, Role};

/// Who changed what, in words.
#[derive(Clone, Copy, Debug)]
pub struct LogWords {
    /// The head of it.
    pub title: &'static str,
    /// The title of the page, from the domain.
    pub page_title: fn(&str) -> String,
    /// What it holds.
    pub why: &'static str,
    /// Nothing yet.
    pub none: &'static str,
    /// The head of the log of accounts, teams and the installation.
    pub installation: &'static str,
    /// What it holds.
    pub installation_why: &'static str,
    /// Nothing in it yet.
    pub none_here: &'static str,
    /// The head of a column.
    pub when: &'static str,
    /// The head of a column.
    pub who: &'static str,
    /// The head of a column.
    pub what: &'static str,
    /// Done on the command line.
    pub command: &'static str,
    /// Done with a key, from its name.
    pub key: fn(&str) -> String,
    /// The way to older ones.
    pub older: &'static str,
    /// The way back.
    pub newest: &'static str,
    /// A deed; `None`: it has no words here.
    pub deed: fn(&LogRow) -> Option<String>,
}

/// What a rule leaves out. The log has no address.
fn rule(row: &LogRow, lang: Lang) -> String {
    let (said, text) = (&lang.words().exclusions, row.about("text"));
    match ExclusionKind::from_name(row.about("kind")) {
        None => format!("{} {text}", row.about("kind")),
        Some(ExclusionKind::Address) if text.is_empty() => said.an_address.to_owned(),
        Some(ExclusionKind::Country) => (said.rule)(ExclusionKind::Country, &format::country(text, lang)),
        Some(kind) => (said.rule)(kind, text),
    }
}

/// What of a shared link may have changed, by the names it has in the log.
type OfLink = [(&'static str, fn(&str) -> String); 4];

const LINK_EN: OfLink = [
    ("from", |name| format!("it was called “{name}”")),
    ("password", |how| if how == "set" { "a new password".to_owned() } else { "no password any more".to_owned() }),
    ("segment", |how| if how == "set" { "another segment".to_owned() } else { "no segment any more".to_owned() }),
    ("end", |how| if how == "set" { "another last day".to_owned() } else { "no last day any more".to_owned() }),
];

const LINK_DE: OfLink = [
    ("from", |name| format!("er hieß „{name}“")),
    ("password", |how| if how == "set" { "ein neues Passwort".to_owned() } else { "kein Passwort mehr".to_owned() }),
    ("segment", |how| if how == "set" { "ein anderes Segment".to_owned() } else { "kein Segment mehr".to_owned() }),
    ("end", |how| if how == "set" { "ein anderer letzter Tag".to_owned() } else { "kein letzter Tag mehr".to_owned() }),
];

/// A sentence, and after it what of the details was changed.
fn listed(sentence: String, row: &LogRow, names: &OfLink) -> String {
    let parts = names.iter().filter(|(name, _)| !row.about(name).is_empty()).map(|(name, say)| say(row.about(name)));
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() { sentence } else { format!("{sentence}: {}", parts.join(", ")) }
}

fn role(row: &LogRow, lang: Lang) -> String {
    let name = row.about("role");
    Role::from_name(name).map_or_else(|| name.to_owned(), |role| (lang.words().people.role)(role).to_owned())
}

pub(super) const EN: LogWords = LogWords {
    title: "Log",
    page_title: |domain| format!("Log of {domain}"),
    why: "Who changed what about this site. It stays when the site is emptied or renamed.",
    none: "Nothing was changed yet.",
    installation: "Log of the installation",
    installation_why: "Who changed accounts, teams and administrators, and which sites were removed. Times are UTC.",
    none_here: "Nothing yet.",
    when: "When",
    who: "Who",
    what: "What",
    command: "Command line",
    key: |name| format!("Key {name}"),
    older: "Older",
    newest: "Newest",
    deed: |row| {
        let (about, role) = (|name| row.about(name), || role(row, Lang::En));
        Some(match row.deed.as_str() {
            "site-added" => "Added the site".to_owned(),
            "site-removed" if !about("domain").is_empty() => format!("Removed the site {}", about("domain")),
            "site-removed" => "Removed the site".to_owned(),
            "user-added" => format!("Added the account {}", about("email")),
            "user-removed" => format!("Removed the account {}", about("email")),
            "administrator-on" => format!("Made {} an administrator", about("email")),
            "administrator-off" => format!("Made {} no administrator any more", about("email")),
            "password-set" => format!("Set the password of {}", about("email")),
            "signed-out-everywhere" => "Signed out everywhere".to_owned(),
            "team-added" => format!("Made the team “{}”", about("team")),
            "team-renamed" => format!("Renamed a team “{}”", about("team")),
            "team-dissolved" => format!("Dissolved the team “{}”", about("team")),
            "team-role" => format!("Team “{}”: gave {} the role {}", about("team"), about("email"), role()),
            "team-removed" => format!("Team “{}”: removed {}", about("team"), about("email")),
            "team-left" => format!("Left the team “{}”", about("team")),
            "team-joined" => format!("Joined the team “{}” as {}, invited by {}", about("team"), role(), about("by")),
            "team-invited" => format!("Team “{}”: invited {} as {}", about("team"), or(about("email"), "somebody"), role()),
            "team-withdrawn" => format!("Team “{}”: withdrew the invitation of {}", about("team"), or(about("email"), "somebody")),
            "site-reset" => "Erased all hits and numbers".to_owned(),
            "site-renamed" => format!("Renamed the site from {} to {}", about("from"), about("to")),
            "site-transferred" => format!("Handed the site over to {}", about("to")),
            "settings-changed" if !about("to").is_empty() => format!("Changed the time zone from {} to {}", about("from"), about("to")),
            "settings-changed" => "Changed the kept parameters".to_owned(),
            "exclusion-added" => format!("Left out, rule {}: {}", about("number"), rule(row, Lang::En)),
            "exclusion-removed" => format!("Took back rule {}: {}", about("number"), rule(row, Lang::En)),
            "retention-changed" => format!("Changed for how many months hits are kept: {}", or(about("months"), "for ever")),
            "public-on" => "Made the site public".to_owned(),
            "public-off" => "Made the site private".to_owned(),
            "frame-hosts" => format!("Changed the hosts that may frame: {}", or(about("hosts"), "any")),
            "link-added" => format!("Made the shared link “{}”", about("name")),
            "link-changed" => listed(format!("Changed the shared link “{}”", about("name")), row, &LINK_EN),
            "link-removed" => format!("Removed the shared link “{}”", about("name")),
            "member-role" => format!("Gave {} the role {}", about("email"), role()),
            "member-removed" => format!("Removed {}", about("email")),
            "member-left" => "Left the site".to_owned(),
            "member-joined" => format!("Accepted the invitation of {} as {}", about("by"), role()),
            "invitation-made" => format!("Invited {} as {}", or(about("email"), "somebody"), role()),
            "invitation-removed" => format!("Withdrew the invitation of {}", or(about("email"), "somebody")),
            "team-given" => format!("Gave the site to the team “{}”", about("team")),
            "team-taken" => format!("Took the site from the team “{}”", about("team")),
            "key-added" if about("name").is_empty() => "Made a key without a name".to_owned(),
            "key-added" => format!("Made the key “{}”", about("name")),
            "key-removed" if about("name").is_empty() => "Removed a key without a name".to_owned(),
            "key-removed" => format!("Removed the key “{}”", about("name")),
            "imported" => format!("Imported a file; hits in it: {}", about("hits")),
            "goal-put" => format!("Made or changed the goal “{}”", about("name")),
            "goal-removed" => format!("Removed the goal “{}”", about("name")),
            "segment-put" => format!("Made or changed the segment “{}”", about("name")),
            "segment-removed" => format!("Removed the segment “{}”", about("name")),
            "properties-changed" => "Changed which properties are shown".to_owned(),
            _ => return None,
        })
    },
};

pub(super) const DE: LogWords = LogWords {
    title: "Protokoll",
    page_title: |domain| format!("Protokoll von {domain}"),
    why: "Wer was an dieser Website geändert hat. Es bleibt, wenn die Website geleert oder umbenannt wird.",
    none: "Noch wurde nichts geändert.",
    installation: "Protokoll der Installation",
    installation_why: "Wer Konten, Teams und Verwaltung geändert hat und welche Websites entfernt wurden. Zeiten sind UTC.",
    none_here: "Noch nichts.",
    when: "Wann",
    who: "Wer",
    what: "Was",
    command: "Kommandozeile",
    key: |name| format!("Schlüssel {name}"),
    older: "Ältere",
    newest: "Neueste",
    deed: |row| {
        let (about, role) = (|name| row.about(name), || role(row, Lang::De));
        Some(match row.deed.as_str() {
            "site-added" => "Website hinzugefügt".to_owned(),
            "site-removed" if !about("domain").is_empty() => format!("Website {} entfernt", about("domain")),
            "site-removed" => "Website entfernt".to_owned(),
            "user-added" => format!("Konto {} angelegt", about("email")),
            "user-removed" => format!("Konto {} entfernt", about("email")),
            "administrator-on" => format!("{} die Verwaltung der Installation gegeben", about("email")),
            "administrator-off" => format!("{} die Verwaltung der Installation genommen", about("email")),
            "password-set" => format!("Passwort von {} gesetzt", about("email")),
            "signed-out-everywhere" => "Überall abgemeldet".to_owned(),
            "team-added" => format!("Team „{}“ gegründet", about("team")),
            "team-renamed" => format!("Ein Team in „{}“ umbenannt", about("team")),
            "team-dissolved" => format!("Team „{}“ aufgelöst", about("team")),
            "team-role" => format!("Team „{}“: {} die Rolle {} gegeben", about("team"), about("email"), role()),
            "team-removed" => format!("Team „{}“: {} entfernt", about("team"), about("email")),
            "team-left" => format!("Team „{}“ verlassen", about("team")),
            "team-joined" => format!("Team „{}“ beigetreten, Rolle {}, eingeladen von {}", about("team"), role(), about("by")),
            "team-invited" => format!("Team „{}“: {} eingeladen, Rolle {}", about("team"), or(about("email"), "jemanden"), role()),
            "team-withdrawn" => format!("Team „{}“: Einladung für {} zurückgenommen", about("team"), or(about("email"), "jemanden")),
            "site-reset" => "Alle Zugriffe und Zahlen gelöscht".to_owned(),
            "site-renamed" => format!("Website von {} in {} umbenannt", about("from"), about("to")),
            "site-transferred" => format!("Website an {} übergeben", about("to")),
            "settings-changed" if !about("to").is_empty() => format!("Zeitzone von {} in {} geändert", about("from"), about("to")),
            "settings-changed" => "Parameter geändert, die bleiben".to_owned(),
            "exclusion-added" => format!("Ausgenommen, Regel {}: {}", about("number"), rule(row, Lang::De)),
            "exclusion-removed" => format!("Regel {} zurückgenommen: {}", about("number"), rule(row, Lang::De)),
            "retention-changed" => format!("Geändert, wie viele Monate Zugriffe behalten werden: {}", or(about("months"), "für immer")),
            "public-on" => "Website öffentlich gemacht".to_owned(),
            "public-off" => "Website privat gemacht".to_owned(),
            "frame-hosts" => format!("Hosts für Rahmen geändert: {}", or(about("hosts"), "alle")),
            "link-added" => format!("Geteilten Link „{}“ erstellt", about("name")),
            "link-changed" => listed(format!("Geteilten Link „{}“ geändert", about("name")), row, &LINK_DE),
            "link-removed" => format!("Geteilten Link „{}“ entfernt", about("name")),
            "member-role" => format!("{} die Rolle {} gegeben", about("email"), role()),
            "member-removed" => format!("{} entfernt", about("email")),
            "member-left" => "Die Website verlassen".to_owned(),
            "member-joined" => format!("Einladung von {} angenommen, Rolle {}", about("by"), role()),
            "invitation-made" => format!("{} eingeladen, Rolle {}", or(about("email"), "Jemanden"), role()),
            "invitation-removed" => format!("Einladung für {} zurückgenommen", or(about("email"), "jemanden")),
            "team-given" => format!("Website dem Team „{}“ gegeben", about("team")),
            "team-taken" => format!("Website dem Team „{}“ genommen", about("team")),
            "key-added" if about("name").is_empty() => "Einen Schlüssel ohne Namen erstellt".to_owned(),
            "key-added" => format!("Schlüssel „{}“ erstellt", about("name")),
            "key-removed" if about("name").is_empty() => "Einen Schlüssel ohne Namen entfernt".to_owned(),
            "key-removed" => format!("Schlüssel „{}“ entfernt", about("name")),
            "imported" => format!("Eine Datei importiert; Zugriffe darin: {}", about("hits")),
            "goal-put" => format!("Ziel „{}“ erstellt oder geändert", about("name")),
            "goal-removed" => format!("Ziel „{}“ entfernt", about("name")),
            "segment-put" => format!("Segment „{}“ erstellt oder geändert", about("name")),
            "segment-removed" => format!("Segment „{}“ entfernt", about("name")),
            "properties-changed" => "Auswahl der Eigenschaften geändert".to_owned(),
            _ => return None,
        })
    },
};

fn or<'a>(text: &'a str, otherwise: &'a str) -> &'a str {
    if text.is_empty() { otherwise } else { text }
}
