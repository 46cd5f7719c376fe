//! What programs send: queries and hits.

use super::hostile;
use crate::common::Client;
use crate::named::house;
use crate::openapi::{operations, unsaid};
use serde_json::{Value, json};

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
