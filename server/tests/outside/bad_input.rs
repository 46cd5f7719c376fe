//! Bad input: wrong, huge and hostile values in every parameter of every route and every field of every form. The answer is
//! one the route says it gives, never a failure of the server, and what is refused has changed nothing.

use super::named::{house, send, signed_in};
use super::openapi::{Operation, askers, operations, unsaid};
use crate::common::{Client, House, Server};
use serde_json::json;
use std::collections::BTreeSet;

/// What people and programs send who mean no good, or mistyped.
fn hostile() -> Vec<String> {
    let mut values: Vec<String> = [
        "",
        " ",
        "-1",
        "0",
        "99999999999999999999",
        "1e400",
        "NaN",
        "null",
        "true",
        "\u{0}",
        "a\r\nSet-Cookie: x=y",
        "'; DROP TABLE sites; --",
        "\"><script>alert(1)</script>",
        "{{7*7}}${7*7}",
        "../../../../etc/passwd",
        "//evil.example",
        "=cmd|' /C calc'!A0",
        "\u{202e}\u{1F43E}\u{FFFF}",
        "2026-02-30",
        "9999-12-31",
        "-9999-01-01",
        "is,page,",
        "matches,page,(a+)+$",
        "matches,page,[",
        "is,segment,18446744073709551616",
        "is,goal,nothing",
        "[[[[[[[[",
        "{\"a\":",
    ]
    .map(str::to_owned)
    .into();
    values.push("x".repeat(20_000));
    values.push("ä".repeat(3_000));
    values.push(format!("matches,page,{}", "(a|".repeat(400)));
    values
}

/// Words of the page's address, whatever a route says of itself.
const OF_PAGES: [&str; 22] = [
    "period",
    "date",
    "from",
    "to",
    "comparison",
    "compare_from",
    "compare_to",
    "match_day_of_week",
    "interval",
    "metric",
    "f",
    "l",
    "q",
    "sort",
    "page",
    "sources",
    "properties",
    "filter",
    "edit",
    "by",
    "value",
    "machine",
];

/// Those that would end the test's own sign-in, or wait for a throttle.
const ENDS: [&str; 2] = ["/logout", "/account/password"];

fn encoded(pairs: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

#[test]
fn no_parameter_of_an_address_breaks_anything() {
    let house = house();
    let server = house.serve();
    server.event(json!({"n": "pageview", "u": "https://example.com/", "d": "example.com"}));
    let values = hostile();
    for (asker, (client, headers)) in askers(&server, &house).into_iter().enumerate() {
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        for (nth, operation) in operations(&server).iter().filter(|operation| operation.method == "GET").enumerate() {
            let is_page = operation.path.starts_with("/{domain}");
            // Pages are for who is signed in: what others send in their addresses is not read.
            let every = if is_page && asker == SIGNED_IN { 7 } else { values.len() };
            for (at, name) in parameters(operation, is_page).iter().enumerate() {
                // Each name meets some of the values on each route, and all of them on all routes together.
                for value in values.iter().skip((at + nth) % every).step_by(every) {
                    let site = ("site_id", "example.com");
                    let pairs = if name == "site_id" { vec![(name.as_str(), value.as_str())] } else { vec![site, (name, value)] };
                    check(&client, &server, operation, &format!("{}?{}", operation.url, encoded(&pairs)), &headers, None);
                }
            }
        }
    }
}

/// Which of [`askers`] is a person.
const SIGNED_IN: usize = 1;

/// The names an address may have.
fn parameters(operation: &Operation, is_page: bool) -> BTreeSet<String> {
    let said = operation.said["parameters"].as_array().into_iter().flatten().filter(|parameter| parameter["in"] == "query");
    let said = said.filter_map(|parameter| parameter["name"].as_str().map(str::to_owned));
    said.chain(OF_PAGES.into_iter().filter(|_| is_page).map(str::to_owned)).collect()
}

#[test]
fn no_part_of_a_path_breaks_anything() {
    let house = house();
    let server = house.serve();
    let parts = ["%00", "%FF", "..%2F..%2Fetc%2Fpasswd", "a%0D%0Ab", "%22%3E%3Cscript%3E", "%E2%80%AE", &"x".repeat(5_000), "-1", "%2e%2e"];
    for (client, headers) in askers(&server, &house) {
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        for operation in operations(&server).iter().filter(|operation| operation.method == "GET" && operation.path.contains('{')) {
            for part in parts {
                let pieces = operation.path.split('/').map(|piece| if piece.starts_with('{') { part } else { piece });
                let url = pieces.collect::<Vec<_>>().join("/");
                let answer = client.send("GET", &format!("{}{url}", server.url), &headers, None);
                assert!(answer.status < 500 || answer.status == 501, "{url}: {}", answer.text());
            }
        }
    }
}

#[test]
fn no_field_of_a_form_breaks_anything() {
    let house = house();
    let server = house.serve();
    let browser = signed_in(&server, "ada@example.com");
    let values = hostile();
    for operation in operations(&server).iter().filter(|operation| operation.method == "POST" && !ENDS.contains(&operation.path.as_str())) {
        let Some(form) = operation.said["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]["properties"].as_object()
        else {
            continue;
        };
        let fields: Vec<&str> = form.keys().map(String::as_str).filter(|name| *name != "csrf").collect();
        for (at, field) in fields.iter().enumerate() {
            for value in values.iter().skip(at % 2).step_by(2) {
                let csrf = browser.get(&format!("{}/account", server.url)).field("csrf");
                let body = encoded(&[(field, value), ("csrf", &csrf)]);
                let headers = [("Content-Type", "application/x-www-form-urlencoded")];
                check(&browser, &server, operation, &operation.url, &headers, Some(body.as_bytes()));
            }
        }
        for body in [&b"\xff\xfe&csrf=%ff"[..], b"&&&&====", b"{\"a\":1}", &vec![b'x'; 70_000]] {
            check(&browser, &server, operation, &operation.url, &[], Some(body));
        }
    }
    assert!(house.ok(&["site", "list"]).contains("example.com"), "nothing was confirmed");
}

#[test]
fn no_body_of_a_program_breaks_anything() {
    let house = house();
    let server = house.serve();
    let bearer = format!("Bearer {}", house.key("stats"));
    let deep = "[".repeat(100_000);
    let wide = format!("{{\"site_id\":\"example.com\",\"metrics\":[{}]}}", vec!["\"visitors\""; 5_000].join(","));
    for body in
        ["", "null", "[]", "{}", "1", "\"x\"", "{\"site_id\":1}", "\u{0}", &deep, &wide, "{\"site_id\":\"example.com\"", "\u{feff}{}"]
    {
        let answer = Client::new().post(&format!("{}/api/v2/query", server.url), &[("Authorization", &bearer)], body.as_bytes());
        assert_eq!(answer.status, 400, "{:.60}: {}", body, answer.text());
        assert!(answer.json()["error"].as_str().is_some_and(|words| !words.is_empty()), "{body:.60}");
        let event = server.event_with(&[], body.as_bytes());
        assert!((400..500).contains(&event.status), "{body:.60}: {}", event.status);
    }
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
    let before = everything(&house, &server, &browser);
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
        (segments, &[("name", ""), ("f", "is,page,/")], "Write a name of one line"),
        (segments, &[("name", &long), ("f", "is,page,/")], "Write a name of one line"),
        (segments, &[("name", "Nothing")], "cannot be kept"),
        (segments, &[("name", "Nonsense"), ("f", "is,shoe,9")], "there is no such filter"),
        (properties, &[("show", "these"), ("others", &long)], "no name of a property"),
    ];
    for (form, fields, words) in rows {
        let answer = send(&server, &browser, form, form, fields);
        assert_eq!(answer.status, 422, "{form} {fields:?}: {}", answer.text());
        assert!(answer.text().contains(words), "{form} {fields:?}: {}", answer.text());
        assert_eq!(everything(&house, &server, &browser), before, "{form} {fields:?}");
    }
}

/// What forms could change.
fn everything(house: &House, server: &Server, browser: &Client) -> Vec<String> {
    let page = |path: &str| {
        let text = browser.get(&format!("{}{path}", server.url)).text();
        text.split("<main")
            .nth(1)
            .unwrap_or_default()
            .split("name=\"csrf\"")
            .map(|part| part.split_once('>').map_or(part, |(_, rest)| rest))
            .collect::<String>()
    };
    let mut all: Vec<String> = ["goals", "segments", "properties"].map(|name| page(&format!("/example.com/settings/{name}"))).into();
    all.extend([house.ok(&["site", "list"]), house.ok(&["key", "list"]), house.ok(&["user", "list"])]);
    all
}

fn check(client: &Client, server: &Server, operation: &Operation, url: &str, headers: &[(&str, &str)], body: Option<&[u8]>) {
    let answer = client.send(&operation.method, &format!("{}{url}", server.url), headers, body);
    let shown: String = url.chars().take(200).collect();
    assert_eq!(unsaid(&operation.said, &answer), None, "{} {shown}: {}", operation.method, answer.text());
    assert!(answer.status < 500 || answer.status == 501, "{} {shown}: {}", operation.method, answer.text());
}
