//! Bad input: wrong, huge and hostile values in every parameter of every route and every field of every form. The answer is
//! one the route says it gives, never a failure of the server, and what is refused has changed nothing.

use super::named::{house, send, signed_in};
use super::openapi::{Operation, askers, operations, unsaid};
use crate::common::{Answer, Client, House, Server};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;

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

/// Would end the test's own sign-in.
const ENDS: &str = "/logout";

fn encoded(pairs: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

#[test]
fn no_parameter_of_an_address_breaks_or_changes_anything() {
    let house = house();
    let server = house.serve();
    server.event(json!({"n": "pageview", "u": "https://example.com/", "d": "example.com"}));
    let values = hostile();
    for (asker, (client, headers)) in askers(&server, &house).into_iter().enumerate() {
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let before = stored(&house);
        for (nth, operation) in operations(&server).iter().filter(|operation| operation.method == "GET").enumerate() {
            // Pages are for who is signed in: what others send in their addresses is not read.
            let every = match operation.path.starts_with("/{domain}") {
                true if asker == SIGNED_IN => 10,
                true => values.len(),
                false => 2,
            };
            for (at, name) in parameters(operation).iter().enumerate() {
                // Each name meets some of the values on each route, and all of them on all routes together.
                for value in values.iter().skip((at + nth) % every).step_by(every) {
                    let site = ("site_id", "example.com");
                    let pairs = if name == "site_id" { vec![(name.as_str(), value.as_str())] } else { vec![site, (name, value)] };
                    check(&client, &server, operation, &format!("{}?{}", operation.url, encoded(&pairs)), &headers, None);
                }
            }
        }
        assert_eq!(stored(&house), before, "who only asks changes nothing");
    }
}

/// Which of [`askers`] is a person.
const SIGNED_IN: usize = 1;

/// The names an address may have.
fn parameters(operation: &Operation) -> BTreeSet<String> {
    let said = operation.said["parameters"].as_array().into_iter().flatten().filter(|parameter| parameter["in"] == "query");
    said.filter_map(|parameter| parameter["name"].as_str().map(str::to_owned)).collect()
}

#[test]
fn no_part_of_a_path_breaks_anything() {
    let house = house();
    let server = house.serve();
    let parts = ["%00", "%FF", "..%2F..%2Fetc%2Fpasswd", "a%0D%0Ab", "%22%3E%3Cscript%3E", "%E2%80%AE", &"x".repeat(5_000), "-1", "%2e%2e"];
    for (client, headers) in askers(&server, &house) {
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let before = stored(&house);
        for operation in operations(&server).iter().filter(|operation| operation.path.contains('{') && operation.method != "OPTIONS") {
            for part in parts {
                let pieces = operation.path.split('/').map(|piece| if piece.starts_with('{') { part } else { piece });
                let body = (operation.method == "POST").then_some(&b""[..]);
                check(&client, &server, operation, &pieces.collect::<Vec<_>>().join("/"), &headers, body);
            }
        }
        assert_eq!(stored(&house), before);
    }
}

#[test]
fn no_field_of_a_form_breaks_anything_and_what_is_refused_changes_nothing() {
    let house = house();
    let server = house.serve();
    let browser = signed_in(&server, "ada@example.com");
    let csrf = browser.get(&format!("{}/account", server.url)).field("csrf");
    let values = hostile();
    let headers = [("Content-Type", "application/x-www-form-urlencoded")];
    let mut before = stored(&house);
    let mut sent = |operation: &Operation, body: &[u8]| {
        let answer = check(&browser, &server, operation, &operation.url, &headers, Some(body));
        let after = stored(&house);
        if answer.status >= 400 {
            assert_eq!(after, before, "{} {}", operation.path, String::from_utf8_lossy(body));
        }
        before = after;
    };
    for operation in operations(&server).iter().filter(|operation| operation.method == "POST" && operation.path != ENDS) {
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
    assert!(house.ok(&["site", "list"]).contains("example.com"), "nothing was confirmed");
}

/// The fields of a form, but for its token.
fn form(said: &Value) -> Option<Vec<String>> {
    let fields = said["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]["properties"].as_object()?;
    Some(fields.keys().filter(|name| *name != "csrf").cloned().collect())
}

#[test]
fn no_header_breaks_anything() {
    let house = house();
    let server = house.serve();
    let long = "x".repeat(6_000);
    let values = [
        "",
        " ",
        "null",
        "-1",
        "99999999999999999999",
        "\"'<>,;=",
        "*/*;q=9",
        "bytes=0-",
        "=?utf-8?Q?x?=",
        "::ffff:1.2.3.4, ,",
        "Bearer",
        &long,
    ];
    let names = [
        "User-Agent",
        "Referer",
        "Cookie",
        "Authorization",
        "Accept",
        "Accept-Language",
        "Accept-Encoding",
        "Content-Type",
        "If-None-Match",
        "Origin",
        "Range",
        "Sec-Fetch-Site",
        "X-Forwarded-For",
        "X-Forwarded-Proto",
        "X-Debug-Request",
        "X-Footfall-Client-Address",
        "CF-IPCountry",
    ];
    let hit = br#"{"n":"pageview","u":"https://example.com/","d":"example.com"}"#;
    let before = stored(&house);
    for operation in operations(&server) {
        let body = match operation.path.as_str() {
            "/api/event" | "/api/v2/query" if operation.method == "POST" => Some(&hit[..]),
            "/login" | "/{domain}" | "/metrics" | "/pixel.gif" | "/js/{name}" | "/api/v1/stats/aggregate" if operation.method == "GET" => {
                None
            }
            _ => continue,
        };
        for name in names {
            for value in values {
                check(&Client::new(), &server, &operation, &operation.url, &[(name, value)], body);
            }
        }
    }
    assert_eq!(stored(&house), before);
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

/// Every field of a query with everything: the answer names the field.
#[test]
fn no_field_of_a_query_breaks_anything() {
    let house = house();
    let server = house.serve();
    let key = house.key("stats");
    let document = server.get("/api/openapi.json").json();
    let operation = operations(&server).into_iter().find(|operation| operation.path == "/api/v2/query").expect("described");
    let fields = document["components"]["schemas"]["Query"]["properties"].as_object().expect("fields").clone();
    for field in fields.keys() {
        for value in nonsense() {
            let mut query = json!({"site_id": "example.com", "metrics": ["visitors"], "date_range": "day"});
            query[field] = value;
            let answer = server.query(&key, query.clone());
            let shown: String = query.to_string().chars().take(200).collect();
            assert_eq!(unsaid(&operation.said, &answer), None, "{shown}: {}", answer.text());
            // An empty list, or a number that may be one, is no mistake everywhere.
            if answer.status == 200 {
                continue;
            }
            let body = answer.json();
            // Of what is nested too deep to be read, no field is known.
            if body["error"].as_str().is_some_and(|words| words.starts_with("the body cannot be read as JSON: recursion limit")) {
                continue;
            }
            assert!(
                [400, 401].contains(&answer.status) && body["error"].as_str().is_some_and(|words| !words.is_empty()),
                "{shown}: {body}"
            );
            assert!(answer.status == 401 || body["path"].as_str().is_some_and(|path| path.starts_with(field.as_str())), "{shown}: {body}");
        }
    }
}

/// Every field of a hit with everything: it is kept or refused with the field's name, and what is refused is not counted.
#[test]
fn no_field_of_a_hit_breaks_anything() {
    let house = house();
    let server = house.serve();
    let operation =
        operations(&server).into_iter().find(|operation| operation.path == "/api/event" && operation.method == "POST").expect("described");
    let fields = operation.said["requestBody"]["content"]["application/json"]["schema"]["properties"].as_object().expect("fields").clone();
    let mut kept = 0;
    for field in fields.keys() {
        for value in nonsense() {
            let mut hit = json!({"n": "pageview", "u": "https://example.com/", "d": "example.com"});
            hit[field] = value;
            let answer = server.event(hit.clone());
            let shown: String = hit.to_string().chars().take(200).collect();
            assert_eq!(unsaid(&operation.said, &answer), None, "{shown}: {}", answer.text());
            match answer.status {
                202 => kept += u64::from(answer.header("x-footfall-dropped").is_none()),
                400 => assert!(answer.json()["errors"].as_object().is_some_and(|errors| !errors.is_empty()), "{shown}"),
                413 => {}
                other => panic!("{other}: {shown}"),
            }
        }
    }
    let metrics = server.get("/metrics").text();
    let accepted = metrics.lines().find_map(|line| line.strip_prefix("footfall_hits_total{result=\"accepted\"} ")?.parse::<u64>().ok());
    assert_eq!(accepted, Some(kept));
}

/// Values of every kind.
fn nonsense() -> Vec<Value> {
    let mut values = vec![
        Value::Null,
        json!(true),
        json!(-1),
        json!(0),
        json!(1.5),
        json!(u64::MAX),
        json!(1e300),
        json!([]),
        json!({}),
        json!([null]),
        json!([[]]),
        json!([{}]),
        json!({"a": {"b": []}}),
        json!(vec!["visitors"; 2_000]),
        json!([["is", "event:page", vec!["x"; 5_000]], ["matches", "event:page", ["(a*)*b".repeat(300)]]]),
        json!(["9999-12-31", "0001-01-01"]),
        json!({"mode": "\u{0}"}),
    ];
    for depth in [20, 100, 200] {
        values.push((0..depth).fold(json!("is"), |inner, _| json!(["not", inner])));
        values.push((0..depth).fold(json!("is"), |inner, _| json!({"a": inner})));
    }
    values.extend(hostile().into_iter().flat_map(|text| [json!(text), json!([text]), json!([[text, text, [text]]]), json!({text: 1})]));
    values
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

/// What no form of a page sends: choices it does not have, numbers of others' things, half of its fields. Rows: form, fields,
/// status, what the page says.
#[test]
fn what_no_page_sends_is_refused_and_changes_nothing() {
    let house = House::with_sites(&["example.com", "other.example"]);
    assert!(house.run_with_input(&["user", "add", "ada@example.com", "--password-stdin"], b"correct horse").status.success());
    house.ok(&["key", "add", "--site", "other.example", "--scope", "stats"]);
    house.ok(&["goal", "add", "--site", "other.example", "--event", "Buy"]);
    let server = house.serve();
    let browser = signed_in(&server, "ada@example.com");
    let before = stored(&house);
    type Row<'a> = (&'a str, &'a [(&'a str, &'a str)], u16, &'a str);
    let none = "which cannot stand there";
    let rows: [Row<'_>; 25] = [
        ("/example.com/settings", &[("timezone", "Europe/Berlin"), ("keep_parameters", "a=b")], 422, "no name of a query parameter"),
        ("/example.com/settings", &[("timezone", "Europe/Berlin"), ("keep_parameters", "a\u{7f}")], 422, "no name of a query parameter"),
        ("/example.com/settings", &[("timezone", "Mars/Base"), ("keep_parameters", "page")], 422, "no IANA time zone"),
        ("/example.com/settings", &[("keep_parameters", "page")], 422, "no IANA time zone"),
        ("/example.com/settings", &[], 422, "no IANA time zone"),
        ("/example.com/settings/keys", &[("name", "mine"), ("scope", "admin")], 422, none),
        ("/example.com/settings/keys", &[("name", "mine")], 422, none),
        ("/example.com/settings/keys/remove", &[("id", "x")], 422, none),
        ("/example.com/settings/keys/remove", &[("id", "1")], 404, "Nobody walks here"),
        ("/example.com/settings/goals", &[("kind", "shoe"), ("event", "Buy")], 422, none),
        ("/example.com/settings/goals", &[("id", "x"), ("kind", "event"), ("event", "Buy")], 422, none),
        ("/example.com/settings/goals", &[("id", "1"), ("kind", "event"), ("event", "Buy")], 422, "not there any more"),
        ("/example.com/settings/goals", &[], 422, none),
        ("/example.com/settings/goals/remove", &[("id", "-1")], 422, none),
        ("/example.com/settings/goals/remove", &[], 422, none),
        ("/example.com/settings/properties", &[("show", "some"), ("property", "author")], 422, none),
        ("/example.com/settings/properties", &[("others", "author")], 422, none),
        ("/account/language", &[("language", "nl")], 422, none),
        ("/account/language", &[], 422, none),
        ("/theme", &[("theme", "pink")], 422, none),
        ("/sites/pin", &[("domain", "example.com"), ("pinned", "perhaps")], 422, none),
        ("/sites/pin", &[("domain", "nothing.example"), ("pinned", "true")], 404, "Nobody walks here"),
        ("/sites/new", &[("domain", "blog.example"), ("timezone", "Mars/Base")], 422, "no IANA time zone"),
        ("/sites/new", &[], 422, "is no domain"),
        ("/nothing.example/settings/goals", &[("kind", "event"), ("event", "Buy")], 404, "Nobody walks here"),
    ];
    for (form, fields, status, words) in rows {
        let answer = send(&server, &browser, "/account", form, fields);
        assert_eq!(answer.status, status, "{form} {fields:?}: {}", answer.text());
        assert!(answer.text().contains(words), "{form} {fields:?}: {}", answer.text());
        assert_eq!(stored(&house), before, "{form} {fields:?}");
    }
}

#[test]
fn more_pins_than_fit_are_refused_and_a_site_that_is_gone_takes_no_place() {
    let house = house();
    let server = house.serve();
    let browser = signed_in(&server, "ada@example.com");
    let csrf = browser.get(&format!("{}/account", server.url)).field("csrf");
    let post = |form: &str, fields: &[(&str, &str)]| {
        browser.form(&format!("{}{form}", server.url), &[fields, &[("csrf", csrf.as_str())]].concat())
    };
    let pin = |domain: &str| post("/sites/pin", &[("domain", domain), ("pinned", "true"), ("next", "/sites")]);
    for n in 0..100 {
        let domain = format!("site-{n}.example");
        assert_eq!(post("/sites/new", &[("domain", &domain), ("timezone", "UTC")]).status, 303, "{domain}");
        assert_eq!(pin(&domain).status, 303, "{domain}");
    }
    let before = stored(&house);
    let refused = pin("example.com");
    assert_eq!((refused.status, refused.text().contains("At most 100 sites can be kept first.")), (422, true), "{}", refused.text());
    assert_eq!(stored(&house), before);
    assert_eq!(pin("site-7.example").status, 303, "it is one of them");
    house.ok(&["site", "remove", "site-7.example", "--yes"]);
    assert_eq!(pin("example.com").status, 303);
}

/// A form that is right but for how it comes.
#[test]
fn a_form_that_comes_in_another_way_changes_nothing() {
    let house = house();
    let server = house.serve();
    let browser = signed_in(&server, "ada@example.com");
    let csrf = browser.get(&format!("{}/account", server.url)).field("csrf");
    let url = format!("{}/example.com/settings/goals", server.url);
    let fields = encoded(&[("kind", "event"), ("event", "Buy"), ("csrf", &csrf)]);
    let before = stored(&house);
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    let elsewhere = [form[0], ("Sec-Fetch-Site", "cross-site")];
    let json = [("Content-Type", "application/json")];
    let stranger = Client::browser();
    for (what, client, method, headers, body, status) in [
        ("as JSON", &browser, "POST", &json[..], fields.clone(), 415),
        ("without its token", &browser, "POST", &form[..], fields.replace(&csrf, ""), 403),
        ("with another token", &browser, "POST", &form[..], fields.replace(&csrf, &"A".repeat(43)), 403),
        ("from elsewhere", &browser, "POST", &elsewhere[..], fields.clone(), 403),
        ("of somebody else", &stranger, "POST", &form[..], fields.clone(), 403),
        ("by another method", &browser, "PUT", &form[..], fields.clone(), 405),
        ("with a megabyte", &browser, "POST", &form[..], format!("{fields}&name={}", "x".repeat(1_000_000)), 413),
    ] {
        let answer = client.send(method, &url, headers, Some(body.as_bytes()));
        assert_eq!(answer.status, status, "{what}: {}", answer.text());
        assert_eq!(stored(&house), before, "{what}");
    }
    assert_eq!(browser.send("POST", &url, &form, Some(fields.as_bytes())).status, 303, "and as it should");
}

/// The address of a form stays in the browser behind its answer, and is read when somebody loads it again.
#[test]
fn where_only_forms_are_taken_readers_are_told_so() {
    let house = house();
    let server = house.serve();
    let browser = signed_in(&server, "ada@example.com");
    let get = |path: &str, kinds: &str| browser.get_with(&format!("{}{path}", server.url), &[("Accept", kinds)]);
    for (path, kinds, kind, words) in [
        ("/example.com/settings/keys", "text/html,*/*;q=0.8", "text/html; charset=utf-8", "Go back to that page."),
        ("/example.com/settings/keys", "*/*", "application/problem+json", "Allow says which"),
        ("/api/v2/query", "text/html", "application/problem+json", "Allow says which"),
    ] {
        let answer = get(path, kinds);
        assert_eq!(
            (answer.status, answer.header("allow"), answer.header("content-type")),
            (405, Some("POST"), Some(kind)),
            "{path} {kinds}"
        );
        assert!(answer.text().contains(words), "{path} {kinds}: {}", answer.text());
    }
}

fn check(client: &Client, server: &Server, operation: &Operation, url: &str, headers: &[(&str, &str)], body: Option<&[u8]>) -> Answer {
    let answer = client.send(&operation.method, &format!("{}{url}", server.url), headers, body);
    let shown: String = url.chars().take(200).collect();
    assert_eq!(unsaid(&operation.said, &answer), None, "{} {shown}: {}", operation.method, answer.text());
    assert!(answer.status < 500 || answer.status == 501, "{} {shown}: {}", operation.method, answer.text());
    answer
}

/// What people and programs have made, as it lies in the store: all but sign-ins and what hits and refusals add up to.
fn stored(house: &House) -> String {
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
    let store = rusqlite::Connection::open_with_flags(house.data().join("footfall.db"), flags).expect("the store");
    store.busy_timeout(Duration::from_secs(10)).expect("patience");
    let rows = |table: &str| {
        let mut statement = store.prepare(&format!("SELECT * FROM {table} ORDER BY 1")).expect("a table");
        let columns = statement.column_count();
        let row = |row: &rusqlite::Row<'_>| (0..columns).map(|at| row.get::<_, rusqlite::types::Value>(at)).collect::<Result<Vec<_>, _>>();
        let rows = statement.query_map([], row).expect("read").collect::<Result<Vec<_>, _>>();
        format!("{table}: {:?}\n", rows.expect("rows"))
    };
    ["sites", "users", "keys", "settings", "lexicons", "preferences", "removed_sites", "imports"].map(rows).concat()
}
