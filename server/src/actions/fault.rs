//! What is wrong with what was given, said to whoever gave it.

use crate::accounts::{EmailFault, PasswordFault};
use footfall_app::words::Lang;
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
    /// No address of a person.
    Email(EmailFault),
    /// A user of this address is there already.
    UserExists(String),
    /// A password nobody should have.
    Password(PasswordFault),
    /// Something only who has the configuration or the command line meets.
    Other(String),
}

impl Fault {
    /// As a sentence in the language of a page.
    pub fn say(&self, lang: Lang) -> String {
        let words = &lang.words().notices;
        match self {
            Fault::NoDomain(written) => (words.no_domain)(written),
            Fault::OwnPage(domain) => (words.own_page)(domain),
            Fault::SiteExists(domain) => (words.site_exists)(domain),
            Fault::NoZone(written) => (words.no_zone)(written),
            Fault::ManyParameters(most) => (words.many_parameters)(*most),
            Fault::NoParameter(written) => (words.no_parameter)(written),
            Fault::KeyName => words.key_name.to_owned(),
            Fault::Email(fault) => (words.no_email)(fault.written()),
            Fault::UserExists(email) => (words.user_exists)(email),
            Fault::Password(PasswordFault::TooShort(_)) => words.short_password.to_owned(),
            Fault::Password(PasswordFault::TooLong) => words.long_password.to_owned(),
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
            Fault::KeyName => out.write_str("a key's name has at most 100 characters and none to control anything"),
            Fault::Email(fault) => fault.fmt(out),
            Fault::UserExists(email) => {
                write!(out, "there is a user {email} already; `footfall user password {email}` sets a new password")
            }
            Fault::Password(fault) => fault.fmt(out),
            Fault::Other(text) => out.write_str(text),
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
            Fault::UserExists("a@b".into()),
            Fault::Password(PasswordFault::TooShort(3)),
            Fault::Password(PasswordFault::TooLong),
        ];
        for fault in faults {
            assert_ne!(fault.say(Lang::De), fault.say(Lang::En), "{fault}");
        }
    }
}
