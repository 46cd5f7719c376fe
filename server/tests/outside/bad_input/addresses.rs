//! Parameters, parts of paths, headers.

use super::{check, encoded, hostile, stored};
use crate::common::Client;
use crate::named::house;
use crate::openapi::{Operation, askers, operations};
use serde_json::json;
use std::collections::BTreeSet;

#[test]
fn no_parameter_of_an_address_breaks_or_changes_anything() {
    let house = house();
    let server = house.serve();
    server.event(json!({"n": "pageview", "u": "https://example.com/", "d": "example.com"}));
    let values = hostile();
    let mut shown = 0;
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
                    let answer = check(&client, &server, operation, &format!("{}?{}", operation.url, encoded(&pairs)), &headers, None);
                    shown += usize::from(asker == SIGNED_IN && operation.path.starts_with("/{domain}") && answer.status == 200);
                }
            }
        }
        assert_eq!(stored(&house), before, "who only asks changes nothing");
    }
    assert!(shown > 0, "some pages of the site were shown");
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
