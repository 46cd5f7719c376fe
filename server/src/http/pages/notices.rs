//! What just happened: after a form, the browser is sent to a page whose address names it.
//!
//! Only names of this list do anything, so that nobody can write words of theirs onto a page by a link.

use footfall_app::models::Notice;

/// What may have happened.
const DONE: [(&str, &str); 7] = [
    ("added", "The site was added."),
    ("saved", "Saved."),
    ("key-removed", "The key was removed; it has stopped working."),
    ("reset", "All hits and numbers of this site were erased. Counting goes on."),
    ("removed", "The site was removed with all its hits and numbers."),
    ("password", "Your password was changed. All other sign-ins of yours have ended."),
    ("signed-out", "You are signed out."),
];

/// The word for a page whose query string says `done=NAME`.
pub(super) fn of(query: Option<&str>) -> Option<Notice> {
    let pairs = url::form_urlencoded::parse(query?.as_bytes());
    let name = pairs.into_iter().find(|(key, _)| key == "done")?.1;
    DONE.iter().find(|(known, _)| *known == name).map(|(_, words)| Notice::Done((*words).to_owned()))
}

/// The address of a page that will say so.
pub(super) fn after(page: &str, name: &'static str) -> String {
    debug_assert!(DONE.iter().any(|(known, _)| *known == name), "{name} is not in the list");
    format!("{page}?done={name}")
}
