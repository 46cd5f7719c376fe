//! What just happened: after a form, the browser is sent to a page whose address names it.
//!
//! Only names of this list do anything, so that nobody can write words of theirs onto a page by a link.

use super::person::Person;
use footfall_app::models::Notice;
use footfall_app::words::NoticeWords;

/// The name in the address.
pub(super) const NAME: &str = "done";

/// How something is said.
type Say = fn(&NoticeWords) -> &'static str;

/// What may have happened, and how it is said.
const DONE: [(&str, Say); 22] = [
    ("added", |words| words.added),
    ("saved", |words| words.saved),
    ("rule-added", |words| words.rule_added),
    ("rule-removed", |words| words.rule_removed),
    ("key-removed", |words| words.key_removed),
    ("reset", |words| words.reset),
    ("removed", |words| words.removed),
    ("password", |words| words.password),
    ("signed-out", |words| words.signed_out),
    ("signed-out-everywhere", |words| words.signed_out_everywhere),
    ("role-changed", |words| words.role_changed),
    ("member-removed", |words| words.member_removed),
    ("withdrawn", |words| words.withdrawn),
    ("joined", |words| words.joined),
    ("left", |words| words.left),
    ("public-on", |words| words.public_on),
    ("public-off", |words| words.public_off),
    ("link-made", |words| words.link_made),
    ("link-removed", |words| words.link_removed),
    ("renamed", |words| words.renamed),
    ("transferred", |words| words.transferred),
    ("team-removed", |words| words.team_removed),
];

/// The word for a page whose query string says `done=NAME`.
pub(super) fn of(person: &Person, query: Option<&str>) -> Option<Notice> {
    let pairs = url::form_urlencoded::parse(query?.as_bytes());
    let name = pairs.into_iter().find(|(key, _)| key == NAME)?.1;
    DONE.iter().find(|(known, _)| *known == name).map(|(_, say)| Notice::Done(say(&person.lang.words().notices).to_owned()))
}

/// The address of a page that will say so.
pub(super) fn after(page: &str, name: &'static str) -> String {
    debug_assert!(DONE.iter().any(|(known, _)| *known == name), "{name} is not in the list");
    format!("{page}?{NAME}={name}")
}
