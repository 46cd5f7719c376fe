//! What is wrong with what was given, said to whoever gave it.

use crate::accounts::{EmailFault, PasswordFault};
use footfall_app::words::Lang;
use footfall_domain::ExclusionKind;
use footfall_domain::exclusion::NotARule;
use std::fmt;

/// What is wrong. What people meet on pages has a kind of its own, so that it can be said in their language; commands
/// print it in English.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fault {
    /// No domain; what was written.
    NoDomain(String),
    /// A domain that is the address of a page of ours.
    OwnPage(String),
    /// A site of this domain is there already.
    SiteExists(String),
    /// No time zone; what was written.
    NoZone(String),
    /// More query parameters than can be kept.
    ManyParameters(usize),
    /// No name of a query parameter; what was written.
    NoParameter(String),
    /// No name for a key.
    KeyName,
    /// More keys than one person may have.
    ManyKeys(usize),
    /// More sites than one person may own.
    ManySites(usize),
    /// More teams than one person may own.
    ManyTeams(usize),
    /// No address of a person.
    Email(EmailFault),
    /// A user of this address is there already.
    UserExists(String),
    /// A password nobody should have.
    Password(PasswordFault),
    /// Beyond the role of who asks.
    RoleTooLow,
    /// Who asks would lose what they may do here, and has not said that they want it.
    NotSure,
    /// Nobody would own it any more.
    LastOwner,
    /// Nobody would own this site any more, from its domain.
    NoOwner(String),
    /// The person, or what they belong to, is not there any more.
    MemberGone,
    /// Somebody has a role here already.
    MemberExists(String),
    /// More people than there may be.
    ManyMembers(usize),
    /// More open invitations than there may be.
    ManyInvitations(usize),
    /// An invitation that was used, has ended, or never was.
    NoInvitation,
    /// There is no account of this address.
    NoAccount,
    /// There is an account of this address.
    AccountExists,
    /// No name for a team.
    TeamName,
    /// No name for a shared link; the most characters.
    LinkName(usize),
    /// There is a shared link of this name.
    LinkExists,
    /// The shared link is not there any more.
    LinkGone,
    /// More shared links than there may be.
    ManyLinks(usize),
    /// A shared link cannot end on this day.
    LinkDay,
    /// The segment of a shared link is not there.
    LinkSegment,
    /// No host that may frame; what was written.
    NoHost(String),
    /// More hosts than there may be.
    ManyHosts(usize),
    /// No rule of what is left out.
    NoRule(ExclusionKind, NotARule),
    /// There is such a rule.
    RuleExists,
    /// More rules than there may be.
    ManyRules(usize),
    /// No number of months; the largest.
    NoMonths(u16),
    /// Something only who has the configuration or the command line meets.
    Other(String),
}

impl Fault {
    /// As a sentence in the language of a page.
    pub fn say(&self, lang: Lang) -> String {
        let (words, sharing) = (&lang.words().notices, &lang.words().sharing);
        match self {
            Fault::NoDomain(written) => (words.no_domain)(written),
            Fault::OwnPage(domain) => (words.own_page)(domain),
            Fault::SiteExists(domain) => (words.site_exists)(domain),
            Fault::NoZone(written) => (words.no_zone)(written),
            Fault::ManyParameters(most) => (words.many_parameters)(*most),
            Fault::NoParameter(written) => (words.no_parameter)(written),
            Fault::KeyName => words.key_name.to_owned(),
            Fault::ManyKeys(most) => (words.many_keys)(*most),
            Fault::ManySites(most) => (words.many_sites)(*most),
            Fault::ManyTeams(most) => (words.many_teams)(*most),
            Fault::Email(fault) => (words.no_email)(fault.written()),
            Fault::UserExists(email) => (words.user_exists)(email),
            Fault::Password(PasswordFault::TooShort(_)) => words.short_password.to_owned(),
            Fault::Password(PasswordFault::TooLong) => words.long_password.to_owned(),
            Fault::RoleTooLow => words.role_too_low.to_owned(),
            Fault::NotSure => words.sure.to_owned(),
            Fault::LastOwner => words.last_owner.to_owned(),
            Fault::NoOwner(domain) => (words.no_owner)(domain),
            Fault::MemberGone => words.member_gone.to_owned(),
            Fault::MemberExists(email) => (words.member_exists)(email),
            Fault::ManyMembers(most) => (words.many_members)(*most),
            Fault::ManyInvitations(most) => (words.many_invitations)(*most),
            Fault::NoInvitation => words.wrong_invitation.to_owned(),
            Fault::NoAccount => lang.words().settings.transfer_nobody.to_owned(),
            Fault::AccountExists => words.account_exists.to_owned(),
            Fault::TeamName => words.team_name.to_owned(),
            Fault::LinkName(most) => (sharing.wrong_name)(*most),
            Fault::LinkExists => sharing.exists.to_owned(),
            Fault::LinkGone => sharing.gone.to_owned(),
            Fault::ManyLinks(most) => (sharing.full)(*most),
            Fault::LinkDay => sharing.wrong_day.to_owned(),
            Fault::LinkSegment => sharing.wrong_segment.to_owned(),
            Fault::NoHost(written) => (sharing.no_host)(written),
            Fault::ManyHosts(most) => (sharing.many_hosts)(*most),
            Fault::NoRule(_, NotARule::TooLong) => lang.words().exclusions.too_long.to_owned(),
            Fault::NoRule(kind, _) => (lang.words().exclusions.no_rule)(*kind).to_owned(),
            Fault::RuleExists => lang.words().exclusions.exists.to_owned(),
            Fault::ManyRules(most) => (lang.words().exclusions.too_many)(*most),
            Fault::NoMonths(most) => (lang.words().exclusions.no_months)(*most),
            Fault::Other(text) => text.clone(),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::NoDomain(written) => write!(out, "'{written}' is no domain; write one such as example.com"),
            Fault::OwnPage(domain) => write!(out, "'{domain}' is the address of one of Footfall's own pages; a site needs another name"),
            Fault::SiteExists(domain) => write!(out, "there is a site {domain} already"),
            Fault::NoZone(written) => write!(out, "'{written}' is no IANA time zone; write a name such as Europe/Berlin or UTC"),
            Fault::ManyParameters(most) => write!(out, "at most {most} parameters can be kept"),
            Fault::NoParameter(written) => write!(out, "'{written}' is no name of a query parameter"),
            Fault::ManyKeys(most) => write!(out, "one person has at most {most} keys; remove one first"),
            Fault::ManySites(0) => out.write_str("only administrators of the installation add sites ([accounts] sites_per_member = 0)"),
            Fault::ManySites(most) => {
                write!(out, "one person owns at most {most} sites ([accounts] sites_per_member); hand one over first")
            }
            Fault::ManyTeams(most) => write!(out, "one person owns at most {most} teams; dissolve one first"),
            Fault::KeyName => out.write_str("a key's name has at most 100 characters and none to control anything"),
            Fault::Email(fault) => fault.fmt(out),
            Fault::UserExists(email) => {
                write!(out, "there is a user {email} already; `footfall user password {email}` sets a new password")
            }
            Fault::Password(fault) => fault.fmt(out),
            Fault::Other(text) => out.write_str(text),
            // The rest is met on pages, and said to programs as pages say it in English.
            fault => out.write_str(&fault.say(Lang::En)),
        }
    }
}

impl From<String> for Fault {
    fn from(text: String) -> Self {
        Self::Other(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_meet_on_pages_is_said_in_their_language() {
        let faults = [
            Fault::NoDomain("a b".into()),
            Fault::OwnPage("login".into()),
            Fault::SiteExists("a.example".into()),
            Fault::NoZone("Mars/Base".into()),
            Fault::ManyParameters(50),
            Fault::NoParameter("a=b".into()),
            Fault::KeyName,
            Fault::ManyKeys(50),
            Fault::ManySites(0),
            Fault::ManySites(50),
            Fault::ManyTeams(50),
            Fault::UserExists("a@b".into()),
            Fault::LastOwner,
            Fault::NoOwner("a.example".into()),
            Fault::Password(PasswordFault::TooShort(3)),
            Fault::Password(PasswordFault::TooLong),
        ];
        for fault in faults {
            assert_ne!(fault.say(Lang::De), fault.say(Lang::En), "{fault}");
        }
    }
}
