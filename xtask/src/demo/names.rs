//! What the demo's owner has named: goals, and a segment.

use super::SITE;

/// The words after `footfall` that name them.
pub fn commands() -> Vec<Vec<&'static str>> {
    let goal = |words: &[&'static str]| [&["goal", "add", "--site", SITE], words].concat();
    let segment = |name: &'static str, filters: &'static str| vec!["segment", "add", "--site", SITE, name, filters];
    vec![
        goal(&["--event", "Download"]),
        goal(&["--event", "Signup", "--name", "Newsletter"]),
        goal(&["--event", "Sponsor", "--currency", "EUR"]),
        goal(&["--page", "/articles/*", "--scroll", "75", "--name", "Article read to the end"]),
        segment("Readers on phones", r#"[["is", "visit:screen", ["Mobile"]]]"#),
        segment("Sent by an AI", r#"[["is", "visit:channel", ["AI assistants"]]]"#),
    ]
}
