//! Who may see and change a site, a team, and how one comes to be such.

use super::{Field, Frame, Notice};
use footfall_domain::{LocalDate, Role};

/// The people of a site.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PeoplePage {
    /// Around the page.
    pub frame: Frame,
    /// What just happened.
    pub notice: Option<Notice>,
    /// The site.
    pub domain: String,
    /// Its people, and those invited.
    pub people: PeopleList,
    /// The team whose people have their role here too.
    pub team: Option<TeamName>,
    /// Teams the reader could give the site to.
    pub teams: Vec<TeamName>,
}

/// People and invitations: of a site or of a team.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PeopleList {
    /// By email.
    pub members: Vec<MemberRow>,
    /// Roles the reader may give, the least first.
    pub may_give: Vec<Role>,
    /// Those that nobody has accepted yet.
    pub invitations: Vec<InvitationRow>,
    /// An invitation just made: its link is shown this once.
    pub new_link: Option<NewLink>,
    /// The role chosen in the form of a new one.
    pub role: Option<Role>,
    /// The email in that form.
    pub email: Field,
}

/// Somebody with a role.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MemberRow {
    /// The name they sign in with.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// Whether it is the reader.
    pub is_reader: bool,
    /// Whether the reader may change or remove them.
    pub may_change: bool,
}

/// An invitation that nobody has accepted yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InvitationRow {
    /// Its number.
    pub id: u64,
    /// What who accepts it may do.
    pub role: Role,
    /// The one who may accept it; `None`: whoever has the link.
    pub email: Option<String>,
    /// Who made it.
    pub by: String,
    /// The day on which it ends.
    pub ends: LocalDate,
}

/// An invitation just made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewLink {
    /// The whole address.
    pub address: String,
    /// What who accepts it may do.
    pub role: Role,
    /// The one who may accept it; `None`: whoever has the link.
    pub email: Option<String>,
}

/// A team, as a way to it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TeamName {
    /// Its number.
    pub id: u64,
    /// What its people call it.
    pub name: String,
}

/// An invitation, as who opens its link sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JoinPage {
    /// Around the page; its `user` is who would accept.
    pub frame: Frame,
    /// The secret of the link, sent back by the form.
    pub token: String,
    /// The site or team.
    pub to: String,
    /// What who accepts may do.
    pub role: Role,
    /// Who made the invitation.
    pub by: String,
    /// The one it is for, where it names one.
    pub only: Option<String>,
    /// The address of a new account.
    pub email: Field,
    /// What is wrong with the new account's password.
    pub password_problem: Option<String>,
}

/// The teams the reader belongs to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TeamsPage {
    /// Around the page.
    pub frame: Frame,
    /// What just happened.
    pub notice: Option<Notice>,
    /// Each with the number of its people and sites.
    pub teams: Vec<TeamRow>,
    /// The name of a new one.
    pub name: Field,
}

/// One team of the list.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TeamRow {
    /// The team.
    pub team: TeamName,
    /// How many people it has.
    pub people: usize,
    /// How many sites it has.
    pub sites: usize,
}

/// A team.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TeamPage {
    /// Around the page.
    pub frame: Frame,
    /// What just happened.
    pub notice: Option<Notice>,
    /// The team.
    pub team: TeamName,
    /// Its new name, as it was sent.
    pub name: Field,
    /// Its people, and those invited.
    pub people: PeopleList,
    /// The domains of its sites.
    pub sites: Vec<String>,
    /// What the reader is in it.
    pub role: Option<Role>,
}
