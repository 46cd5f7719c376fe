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
    /// A rule of what is left out was added.
    pub rule_added: &'static str,
    /// One was taken back.
    pub rule_removed: &'static str,
    /// A site was reset.
    pub reset: &'static str,
    /// A site was removed.
    pub removed: &'static str,
    /// The password was changed.
    pub password: &'static str,
    /// Signed out.
    pub signed_out: &'static str,
    /// Signed out in all browsers.
    pub signed_out_everywhere: &'static str,
    /// A role was changed.
    pub role_changed: &'static str,
    /// Somebody was removed.
    pub member_removed: &'static str,
    /// An invitation was withdrawn.
    pub withdrawn: &'static str,
    /// An invitation was accepted.
    pub joined: &'static str,
    /// The site is public now.
    pub public_on: &'static str,
    /// The site is private now.
    pub public_off: &'static str,
    /// A shared link was made.
    pub link_made: &'static str,
    /// A shared link was removed.
    pub link_removed: &'static str,
    /// The site has another name.
    pub renamed: &'static str,
    /// The site was handed over.
    pub transferred: &'static str,
    /// The reader has left a site or team.
    pub left: &'static str,
    /// A team was dissolved.
    pub team_removed: &'static str,
    /// A link of an invitation that is used, ended or unknown.
    pub wrong_invitation: &'static str,
    /// What the reader's role does not allow.
    pub role_too_low: &'static str,
    /// The reader would lose their own last access without having said so.
    pub sure: &'static str,
    /// Nobody would own the site or team any more.
    pub last_owner: &'static str,
    /// Nobody would own a site without its team, from its domain.
    pub no_owner: fn(&str) -> String,
    /// Somebody is there already, from their email.
    pub member_exists: fn(&str) -> String,
    /// The person or team is not there any more.
    pub member_gone: &'static str,
    /// More people than there may be, from that number.
    pub many_members: fn(usize) -> String,
    /// More invitations than there may be, from that number.
    pub many_invitations: fn(usize) -> String,
    /// An account of this email exists: sign in with it.
    pub account_exists: &'static str,
    /// No name for a team.
    pub team_name: &'static str,
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
    /// More keys than one person may have; how many fit.
    pub many_keys: fn(usize) -> String,
    /// More sites than one person may own; how many fit, 0: none.
    pub many_sites: fn(usize) -> String,
    /// More teams than one person may own; how many fit.
    pub many_teams: fn(usize) -> String,
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
    /// A confirmation that was about another site, from the domain that both have had.
    pub another_site: fn(&str) -> String,
}

pub(super) const EN: NoticeWords = NoticeWords {
    added: "The site was added.",
    saved: "Saved.",
    key_removed: "The key was removed; it has stopped working.",
    rule_added: "Left out from today on; today’s numbers are counted again.",
    rule_removed: "Taken back; today’s numbers are counted again.",
    reset: "All hits and numbers of this site were erased. Counting goes on.",
    removed: "The site was removed with all its hits and numbers.",
    password: "Your password was changed. All other sign-ins of yours have ended.",
    signed_out: "You are signed out.",
    signed_out_everywhere: "You are signed out in all browsers.",
    role_changed: "The role was changed.",
    member_removed: "Removed; their role has ended. Keys and shared links of the site go on working.",
    withdrawn: "The invitation was withdrawn; its link has stopped working.",
    joined: "Welcome. You are in.",
    public_on: "The site is public now.",
    public_off: "The site is private now.",
    link_made: "The link was made.",
    link_removed: "The link was removed; it has stopped working.",
    renamed: "The site was renamed. Change data-domain in the snippet now.",
    transferred: "The site was handed over.",
    left: "You have left.",
    team_removed: "The team was dissolved.",
    wrong_invitation: "This link is not valid, or no longer. Ask who sent it for another.",
    role_too_low: "Your role does not allow that.",
    sure: "You would lose what you may do here. Tick the box if that is what you want.",
    last_owner: "Nobody would own it any more. Hand it over, make somebody else an owner, or remove it.",
    no_owner: |domain| format!("Nobody would own {domain} any more. Hand it over first, or remove it."),
    member_exists: |email| format!("{email} has a role here already."),
    member_gone: "Somebody else was faster: that is not there any more.",
    many_members: |most| format!("There can be at most {most} people with a role of their own; make a team."),
    many_invitations: |most| format!("There can be at most {most} open invitations; withdraw one first."),
    account_exists: "There is an account of this address already. Sign in with it to accept.",
    team_name: "A team needs a name of at most 100 characters, in one line.",
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
    many_sites: |most| match most {
        0 => "Only administrators of this installation add sites: ask one.".to_owned(),
        most => format!("You own {most} sites already, as many as anybody may: hand one over, or ask an administrator."),
    },
    many_teams: |most| format!("You own {most} teams already, as many as anybody may: dissolve one first."),
    many_keys: |most| format!("There are {most} keys already, as many as anybody may have: remove one first."),
    no_email: |written| format!("“{written}” is no e-mail address; write one such as ada@example.com."),
    user_exists: |email| format!("There is an account {email} already."),
    short_password: "The password is too short; use at least 10 characters.",
    long_password: "The password is longer than 1,000 bytes.",
    type_to_confirm: |text| format!("Type {text} to confirm."),
    another_site: |domain| {
        format!("Another site has got the name {domain} since this page was made. Nothing was done; look again whether you mean this one.")
    },
};

pub(super) const DE: NoticeWords = NoticeWords {
    added: "Die Website wurde hinzugefügt.",
    saved: "Gespeichert.",
    key_removed: "Der Schlüssel wurde entfernt; er gilt nicht mehr.",
    rule_added: "Ab heute ausgenommen; die Zahlen von heute werden neu gezählt.",
    rule_removed: "Zurückgenommen; die Zahlen von heute werden neu gezählt.",
    reset: "Alle Zugriffe und Zahlen dieser Website wurden gelöscht. Gezählt wird weiter.",
    removed: "Die Website wurde mit allen Zugriffen und Zahlen entfernt.",
    password: "Das Passwort wurde geändert. Alle Ihre anderen Anmeldungen sind beendet.",
    signed_out: "Sie sind abgemeldet.",
    signed_out_everywhere: "Sie sind in allen Browsern abgemeldet.",
    role_changed: "Die Rolle wurde geändert.",
    member_removed: "Entfernt; die Rolle ist beendet. Schlüssel und geteilte Links der Website gelten weiter.",
    withdrawn: "Die Einladung wurde zurückgenommen; ihr Link gilt nicht mehr.",
    joined: "Willkommen. Sie gehören jetzt dazu.",
    public_on: "Die Website ist jetzt öffentlich.",
    public_off: "Die Website ist jetzt privat.",
    link_made: "Der Link wurde erstellt.",
    link_removed: "Der Link wurde entfernt; er gilt nicht mehr.",
    renamed: "Die Website wurde umbenannt. Ändern Sie jetzt data-domain im Code zum Einbinden.",
    transferred: "Die Website wurde übergeben.",
    left: "Sie gehören nicht mehr dazu.",
    team_removed: "Das Team wurde aufgelöst.",
    wrong_invitation: "Dieser Link gilt nicht oder nicht mehr. Bitten Sie um einen neuen.",
    role_too_low: "Das erlaubt Ihre Rolle nicht.",
    sure: "Sie würden verlieren, was Sie hier dürfen. Setzen Sie das Häkchen, wenn Sie das wollen.",
    last_owner: "Dann hätte es niemanden mehr, dem es gehört. Übergeben Sie es, geben Sie jemand anderem diese Rolle oder entfernen Sie es.",
    no_owner: |domain| format!("Dann hätte {domain} niemanden mehr, dem es gehört. Übergeben Sie es zuerst oder entfernen Sie es."),
    member_exists: |email| format!("{email} hat hier schon eine Rolle."),
    member_gone: "Jemand war schneller: Das gibt es nicht mehr.",
    many_members: |most| format!("Es kann höchstens {most} Personen mit eigener Rolle geben; gründen Sie ein Team."),
    many_invitations: |most| format!("Es kann höchstens {most} offene Einladungen geben; nehmen Sie zuerst eine zurück."),
    account_exists: "Ein Konto mit dieser Adresse gibt es schon. Melden Sie sich damit an, um anzunehmen.",
    team_name: "Ein Team braucht einen Namen von höchstens 100 Zeichen, in einer Zeile.",
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
    many_sites: |most| match most {
        0 => "Nur wer diese Installation verwaltet, fügt Websites hinzu: Fragen Sie dort.".to_owned(),
        most => format!(
            "Ihnen gehören schon {most} Websites, so viele wie jemandem gehören dürfen: Geben Sie eine ab, oder fragen Sie, wer die Installation verwaltet."
        ),
    },
    many_teams: |most| format!("Ihnen gehören schon {most} Teams, so viele wie jemandem gehören dürfen: Lösen Sie zuerst eines auf."),
    many_keys: |most| format!("Es gibt schon {most} Schlüssel, so viele wie jemand haben darf: Entfernen Sie zuerst einen."),
    no_email: |written| format!("„{written}“ ist keine E-Mail-Adresse; gemeint ist etwas wie ada@example.com."),
    user_exists: |email| format!("Das Konto {email} gibt es schon."),
    short_password: "Das Passwort ist zu kurz; es braucht mindestens 10 Zeichen.",
    long_password: "Das Passwort ist länger als 1.000 Bytes.",
    type_to_confirm: |text| format!("Zur Bestätigung {text} eintippen."),
    another_site: |domain| {
        format!(
            "Seit diese Seite entstand, hat eine andere Website den Namen {domain} bekommen. Es ist nichts geschehen; sehen Sie noch einmal nach, ob Sie diese meinen."
        )
    },
};
