//! Every field of every form, and what the pages say to those they refuse.

use super::{check, encoded, hostile, stored};
use crate::named::{house, send, signed_in};
use crate::openapi::{Operation, operations};
use serde_json::Value;
use std::collections::BTreeSet;

/// Would end the test's own sign-in.
const ENDS: &str = "/logout";

#[test]
fn no_field_of_a_form_breaks_anything_and_what_is_refused_changes_nothing() {
    let house = house();
    let server = house.serve();
    let browser = signed_in(&server, "ada@example.com");
    let csrf = browser.get(&format!("{}/account", server.url)).field("csrf");
    let values = hostile();
    let headers = [("Content-Type", "application/x-www-form-urlencoded")];
    let mut before = stored(&house);
    // Forms some of whose fields were read: not all were refused for their token.
    let mut read = BTreeSet::new();
    let mut sent = |operation: &Operation, body: &[u8]| {
        let answer = check(&browser, &server, operation, &operation.url, &headers, Some(body));
        let after = stored(&house);
        if answer.status >= 400 {
            assert_eq!(after, before, "{} {}", operation.path, String::from_utf8_lossy(body));
        }
        before = after;
        if answer.status != 403 {
            read.insert(operation.path.clone());
        }
    };
    let operations = operations(&server);
    let forms =
        || operations.iter().filter(|operation| operation.method == "POST" && operation.path != ENDS && form(&operation.said).is_some());
    for operation in forms() {
        let Some(fields) = form(&operation.said) else { continue };
        // A right form with one field wrong gets further than one in which all else is missing.
        let right = &operation.said["requestBody"]["content"]["application/x-www-form-urlencoded"]["example"];
        for (at, field) in fields.iter().enumerate() {
            for (nth, value) in values.iter().enumerate() {
                let others = fields.iter().filter(|other| *other != field && (at + nth) % 2 == 0);
                let others = others.map(|other| (other.as_str(), right[other].as_str().unwrap_or_default()));
                let pairs: Vec<(&str, &str)> = others.chain([(field.as_str(), value.as_str()), ("csrf", &csrf)]).collect();
                sent(operation, encoded(&pairs).as_bytes());
            }
        }
        for body in [&b"\xff\xfe&csrf=%ff"[..], b"&&&&====", b"{\"a\":1}", &vec![b'x'; 70_000]] {
            sent(operation, body);
        }
    }
    assert_eq!(forms().map(|form| form.path.clone()).collect::<BTreeSet<_>>(), read);
    assert!(house.ok(&["site", "list"]).contains("example.com"), "nothing was confirmed");
}

/// The fields of a form, but for its token.
fn form(said: &Value) -> Option<Vec<String>> {
    let fields = said["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]["properties"].as_object()?;
    Some(fields.keys().filter(|name| *name != "csrf").cloned().collect())
}

/// Form, fields, what the page says.
type Row<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);

/// Rows: form, fields, what the page says. Each is refused with its reason, and leaves everything as it was.
#[test]
fn what_is_wrong_with_a_form_is_said_and_changes_nothing() {
    let house = house();
    let server = house.serve();
    let browser = signed_in(&server, "ada@example.com");
    let (goals, segments, properties) =
        ("/example.com/settings/goals", "/example.com/settings/segments", "/example.com/settings/properties");
    let long = "x".repeat(700);
    let before = stored(&house);
    let rows: [Row<'_>; 19] = [
        (goals, &[("kind", "event")], "Write the name of a custom event"),
        (goals, &[("kind", "event"), ("event", "pageview")], "Write the name of a custom event"),
        (goals, &[("kind", "event"), ("event", &long)], "Write the name of a custom event"),
        (goals, &[("kind", "event"), ("event", "a\u{0}b")], "Write the name of a custom event"),
        (goals, &[("kind", "event"), ("event", "Buy"), ("key1", "plan")], "Write each property once"),
        (
            goals,
            &[("kind", "event"), ("event", "Buy"), ("key1", "a"), ("value1", "1"), ("key2", "a"), ("value2", "2")],
            "Write each property once",
        ),
        (goals, &[("kind", "event"), ("event", "Buy"), ("currency", "EURO")], "three letters"),
        (goals, &[("kind", "event"), ("event", "Buy"), ("currency", "<b>")], "three letters"),
        (goals, &[("kind", "event"), ("event", "Buy"), ("name", &long)], "Write a name of one line"),
        (goals, &[("kind", "page"), ("page", "thanks")], "begins with /"),
        (goals, &[("kind", "page"), ("page", "")], "begins with /"),
        (goals, &[("kind", "scroll"), ("page", "/"), ("scroll", "101")], "from 1 to 100"),
        (goals, &[("kind", "scroll"), ("page", "/"), ("scroll", "far")], "from 1 to 100"),
        (goals, &[("kind", "event"), ("event", "Buy"), ("id", "77")], "not there any more"),
        (segments, &[("for", "me"), ("name", ""), ("f", "is,page,/")], "Write a name of one line"),
        (segments, &[("for", "me"), ("name", &long), ("f", "is,page,/")], "Write a name of one line"),
        (segments, &[("for", "me"), ("name", "Nothing")], "cannot be kept"),
        (segments, &[("for", "me"), ("name", "Nonsense"), ("f", "is,shoe,9")], "there is no such filter"),
        (properties, &[("show", "these"), ("others", &long)], "no name of a property"),
    ];
    for (form, fields, words) in rows {
        let answer = send(&server, &browser, form, form, fields);
        assert_eq!(answer.status, 422, "{form} {fields:?}: {}", answer.text());
        assert!(answer.text().contains(words), "{form} {fields:?}: {}", answer.text());
        assert_eq!(stored(&house), before, "{form} {fields:?}");
    }
}
