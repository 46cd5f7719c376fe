//! People of a site or team, invitations, teams.

use super::Plural;
use super::plural::plural;
use footfall_domain::Role;

/// People of a site or team, invitations, teams.
#[derive(Clone, Copy, Debug)]
pub struct PeopleWords {
    /// The head of it.
    pub title: &'static str,
    /// The title of the page, from the domain.
    pub page_title: fn(&str) -> String,
    /// Who else may.
    pub why: &'static str,
    /// A role.
    pub role: fn(Role) -> &'static str,
    /// What it may, in few words.
    pub may: fn(Role) -> &'static str,
    /// The label of a choice of a role.
    pub role_label: &'static str,
    /// The same in somebody's row, from their email; only heard.
    pub role_of: fn(&str) -> String,
    /// Beside the reader's own row.
    pub you: &'static str,
    /// A button in somebody's row, from their email; only heard.
    pub change_one: fn(&str) -> String,
    /// A button in somebody's row.
    pub change: &'static str,
    /// A button in somebody's row, from their email; only heard.
    pub remove_one: fn(&str) -> String,
    /// The button of the reader's own row.
    pub leave: &'static str,
    /// The same, from what is left.
    pub leave_one: fn(&str) -> String,
    /// What that means.
    pub leave_why: &'static str,
    /// The head of the reader's own roles.
    pub own_roles: &'static str,
    /// The reader takes their own last way to the site: the box to press before.
    pub sure: &'static str,
    /// Nobody but administrators.
    pub nobody: &'static str,
    /// The head of invitations.
    pub invite: &'static str,
    /// How inviting goes.
    pub invite_why: &'static str,
    /// A field.
    pub invite_email: &'static str,
    /// Below it.
    pub invite_email_hint: &'static str,
    /// A button.
    pub invite_do: &'static str,
    /// An invitation just made, from its role.
    pub link_shown_once: fn(&str) -> String,
    /// The name of the box with it; only heard.
    pub new_link: &'static str,
    /// The head of open invitations.
    pub open: &'static str,
    /// For whoever has the link.
    pub for_anybody: &'static str,
    /// From who made it and the day it ends.
    pub open_until: fn(&str, &str) -> String,
    /// A button in its row, from who it is for; only heard.
    pub withdraw_one: fn(&str) -> String,
    /// A button in its row.
    pub withdraw: &'static str,
    /// The page of an invitation: its head, from what it is to.
    pub join: fn(&str) -> String,
    /// Who invites to what, from who, what and the role.
    pub join_why: fn(&str, &str, &str) -> String,
    /// The button, from who is signed in.
    pub join_as: fn(&str) -> String,
    /// The button that makes an account.
    pub join_new: &'static str,
    /// The way for who has an account.
    pub join_sign_in: &'static str,
    /// The invitation is for another, from whom and from who is signed in.
    pub join_other: fn(&str, &str) -> String,
    /// The role is held already, or more.
    pub join_already: &'static str,
    /// The head of the part about the team.
    pub team: &'static str,
    /// The site has one.
    pub team_why: &'static str,
    /// It has none.
    pub no_team: &'static str,
    /// The label of the choice.
    pub team_label: &'static str,
    /// The choice that is none.
    pub team_none: &'static str,
    /// The list of teams.
    pub teams: &'static str,
    /// What a team is.
    pub teams_why: &'static str,
    /// No team.
    pub teams_none: &'static str,
    /// A new one.
    pub team_new: &'static str,
    /// Its name.
    pub team_name: &'static str,
    /// Its button.
    pub team_make: &'static str,
    /// What its people may, below the list.
    pub team_people_why: &'static str,
    /// The head of its sites.
    pub team_sites: &'static str,
    /// It has none.
    pub team_no_sites: &'static str,
    /// A form: another name.
    pub team_rename: &'static str,
    /// A form: no more of it.
    pub team_remove: &'static str,
    /// What that does.
    pub team_remove_why: &'static str,
    /// Its button.
    pub team_remove_do: &'static str,
    /// How many people.
    pub people: Plural,
}

pub(super) const EN: PeopleWords = PeopleWords {
    title: "People",
    page_title: |domain| format!("People of {domain}"),
    why: "Administrators of the installation may do everything at every site; they need no role here.",
    role: |role| match role {
        Role::Viewer => "Viewer",
        Role::Editor => "Editor",
        Role::Admin => "Admin",
        Role::Owner => "Owner",
    },
    may: |role| match role {
        Role::Viewer => "sees the numbers",
        Role::Editor => "also names goals, segments and properties",
        Role::Admin => "also changes settings, shares, invites and removes people",
        Role::Owner => "also renames, hands over, empties and deletes the site",
    },
    role_label: "Role",
    role_of: |email| format!("Role of {email}"),
    you: "you",
    change_one: |email| format!("Change the role of {email}"),
    change: "Change",
    remove_one: |email| format!("Remove {email}"),
    leave: "Leave",
    leave_one: |name| format!("Leave {name}"),
    leave_why: "You lose this role at once; somebody there would have to invite you again.",
    own_roles: "Sites and teams",
    sure: "Yes, even if I can no longer change this afterwards",
    nobody: "Nobody yet but the administrators of the installation.",
    invite: "Invite somebody",
    invite_why: "You get a link to pass on; no mail is sent. It works once, for seven days.",
    invite_email: "E-mail (optional)",
    invite_email_hint: "With an address, only who signs in by it can accept.",
    invite_do: "Make a link",
    link_shown_once: |role| format!("Invitation as {role}. The link is shown this once; only its hash is kept."),
    new_link: "Link of the invitation",
    open: "Open invitations",
    for_anybody: "Whoever has the link",
    open_until: |by, day| format!("by {by}, until {day}"),
    withdraw_one: |who| format!("Withdraw the invitation for {who}"),
    withdraw: "Withdraw",
    join: |to| format!("Join {to}"),
    join_why: |by, to, role| format!("{by} invites you to {to} as {role}."),
    join_as: |email| format!("Accept as {email}"),
    join_new: "Create account and join",
    join_sign_in: "I have an account: sign in",
    join_other: |only, you| format!("This invitation is for {only}. You are signed in as {you}: sign out first."),
    join_already: "You are in already.",
    team: "Team",
    team_why: "Everybody of the team has their role here too.",
    no_team: "A team is people who have their role at several sites together.",
    team_label: "This site’s team",
    team_none: "None",
    teams: "Teams",
    teams_why: "People who have their role at several sites together. A site is given to a team on its page of people.",
    teams_none: "You belong to no team.",
    team_new: "New team",
    team_name: "Name",
    team_make: "Make a team",
    team_people_why: "Each has this role at every site of the team.",
    team_sites: "Sites",
    team_no_sites: "No site has this team yet.",
    team_rename: "Rename",
    team_remove: "Dissolve the team",
    team_remove_why: "Its people lose what they may through it; sites and accounts stay.",
    team_remove_do: "Dissolve this team",
    people: plural("person", "people"),
};

pub(super) const DE: PeopleWords = PeopleWords {
    title: "Personen",
    page_title: |domain| format!("Personen von {domain}"),
    why: "Wer die Installation verwaltet, darf bei jeder Website alles und braucht hier keine Rolle.",
    role: |role| match role {
        Role::Viewer => "Leserecht",
        Role::Editor => "Bearbeitung",
        Role::Admin => "Verwaltung",
        Role::Owner => "Inhaberschaft",
    },
    may: |role| match role {
        Role::Viewer => "sieht die Zahlen",
        Role::Editor => "benennt auch Ziele, Segmente und Eigenschaften",
        Role::Admin => "ändert auch Einstellungen, teilt, lädt ein und entfernt Personen",
        Role::Owner => "kann die Website auch umbenennen, übergeben, leeren und löschen",
    },
    role_label: "Rolle",
    role_of: |email| format!("Rolle von {email}"),
    you: "Sie",
    change_one: |email| format!("Rolle von {email} ändern"),
    change: "Ändern",
    remove_one: |email| format!("{email} entfernen"),
    leave: "Verlassen",
    leave_one: |name| format!("{name} verlassen"),
    leave_why: "Sie verlieren diese Rolle sofort; jemand dort müsste Sie wieder einladen.",
    own_roles: "Websites und Teams",
    sure: "Ja, auch wenn ich danach nichts mehr daran ändern kann",
    nobody: "Noch niemand außer denen, die die Installation verwalten.",
    invite: "Jemanden einladen",
    invite_why: "Sie bekommen einen Link zum Weitergeben; es wird keine E-Mail verschickt. Er gilt einmal, sieben Tage lang.",
    invite_email: "E-Mail-Adresse (freiwillig)",
    invite_email_hint: "Mit einer Adresse kann nur annehmen, wer sich mit ihr anmeldet.",
    invite_do: "Link erstellen",
    link_shown_once: |role| {
        format!("Einladung mit der Rolle {role}. Der Link erscheint nur dieses eine Mal; gespeichert wird nur sein Hash.")
    },
    new_link: "Link der Einladung",
    open: "Offene Einladungen",
    for_anybody: "Wer den Link hat",
    open_until: |by, day| format!("von {by}, bis {day}"),
    withdraw_one: |who| format!("Einladung für {who} zurücknehmen"),
    withdraw: "Zurücknehmen",
    join: |to| format!("Bei {to} mitmachen"),
    join_why: |by, to, role| format!("{by} lädt Sie zu {to} ein, mit der Rolle {role}."),
    join_as: |email| format!("Als {email} annehmen"),
    join_new: "Konto anlegen und annehmen",
    join_sign_in: "Ich habe ein Konto: anmelden",
    join_other: |only, you| format!("Diese Einladung ist für {only}. Sie sind als {you} angemeldet: Melden Sie sich zuerst ab."),
    join_already: "Sie gehören schon dazu.",
    team: "Team",
    team_why: "Alle aus dem Team haben ihre Rolle auch hier.",
    no_team: "Ein Team sind Personen, die ihre Rolle bei mehreren Websites gemeinsam haben.",
    team_label: "Team dieser Website",
    team_none: "Keines",
    teams: "Teams",
    teams_why: "Personen, die ihre Rolle bei mehreren Websites gemeinsam haben. Ein Team bekommt eine Website auf deren Seite der Personen.",
    teams_none: "Sie gehören zu keinem Team.",
    team_new: "Neues Team",
    team_name: "Name",
    team_make: "Team gründen",
    team_people_why: "Alle haben diese Rolle bei jeder Website des Teams.",
    team_sites: "Websites",
    team_no_sites: "Noch hat keine Website dieses Team.",
    team_rename: "Umbenennen",
    team_remove: "Team auflösen",
    team_remove_why: "Seine Personen verlieren, was sie durch das Team dürfen; Websites und Konten bleiben.",
    team_remove_do: "Dieses Team auflösen",
    people: plural("Person", "Personen"),
};
