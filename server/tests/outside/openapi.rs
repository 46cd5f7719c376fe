//! The description of the routes is true: every operation in it is called, and answers as it says.

use super::named::{house, send, signed_in};
use super::read;
use crate::common::{Answer, Client, House, Server};
use serde_json::Value;

/// An operation of the document, with something in the place of its parameters.
pub struct Operation {
    pub method: String,
    pub path: String,
    pub url: String,
    pub said: Value,
}

/// Everything `/api/openapi.json` describes.
pub fn operations(server: &Server) -> Vec<Operation> {
    let document = server.get("/api/openapi.json").json();
    assert_eq!(document["openapi"], "3.1.0");
    let paths = document["paths"].as_object().expect("paths").clone();
    let mut operations = Vec::new();
    for (path, item) in paths {
        for (method, said) in item.as_object().expect("operations").clone() {
            operations.push(Operation { method: method.to_uppercase(), url: filled(&path), path: path.clone(), said });
        }
    }
    operations
}

/// A path with values that are there.
fn filled(path: &str) -> String {
    let value = |name: &str| match name {
        "domain" => "example.com",
        "panel" => "pages",
        "filter_name" => "page",
        "name" => "script.js",
        "file" if path.contains("/export/") => "pages.csv",
        _ => "x",
    };
    let parts = path.split('/').map(|part| match part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) {
        Some(name) => value(name),
        None => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// What of an answer is not as the document says.
pub fn unsaid(said: &Value, answer: &Answer) -> Option<String> {
    let Some(response) = said["responses"].get(answer.status.to_string()) else { return Some(format!("the status {}", answer.status)) };
    let content = response["content"].as_object()?;
    let found = answer.header("content-type").unwrap_or("").split(';').next().unwrap_or("").trim().to_owned();
    let known = content.keys().any(|name| *name == found || name == "*/*");
    (!known && !answer.body.is_empty()).then(|| format!("the type '{found}' with the status {}", answer.status))
}

/// Nobody, a person and a program, each with what they have to show.
pub fn askers(server: &Server, house: &House) -> [(Client, Vec<(&'static str, String)>); 3] {
    [
        (Client::browser(), Vec::new()),
        (signed_in(server, "ada@example.com"), Vec::new()),
        (Client::new(), vec![("Authorization", format!("Bearer {}", house.key("admin")))]),
    ]
}

#[test]
fn every_operation_answers_as_it_says() {
    let house = house();
    let server = house.serve();
    let all = operations(&server);
    assert!(all.len() > 75, "{} operations", all.len());
    for (client, headers) in askers(&server, &house) {
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        for Operation { method, path, url, said } in &all {
            let body = (method == "POST").then_some(&b""[..]);
            let answer = client.send(method, &format!("{}{url}", server.url), &headers, body);
            assert_eq!(unsaid(said, &answer), None, "{method} {path}: {}", answer.text());
            assert_ne!(answer.status, 405, "{method} {path}");
        }
    }
}

/// The description says all: what the pages' own forms and links send is in it.
#[test]
fn what_pages_send_is_described() {
    let house = house();
    let server = house.serve();
    let browser = signed_in(&server, "ada@example.com");
    let event = serde_json::json!({"n": "pageview", "u": "https://example.com/blog", "d": "example.com", "p": {"author": "Ada"}});
    assert_eq!(server.event(event).status, 202);
    let all = operations(&server);
    let segments = "/example.com/settings/segments";
    assert_eq!(send(&server, &browser, segments, segments, &[("name", "Blog"), ("for", "site"), ("f", "is,page,/blog")]).status, 303);
    let goals = "/example.com/settings/goals";
    assert_eq!(send(&server, &browser, goals, goals, &[("kind", "page"), ("page", "/blog")]).status, 303);
    let pages = all.iter().filter(|operation| operation.method == "GET").map(|operation| operation.url.clone());
    let more = ["?f=is,page,/blog&period=day", "?filter=page", "?filter=props", "?edit=is,page,/blog", "/settings/goals?edit=2"];
    let pages = pages.chain(more.map(|rest| format!("/example.com{rest}")));
    let pages = pages.chain(["?f=is,page,/blog", "?f=is,segment,1"].map(|rest| format!("{segments}{rest}")));
    let pages = pages.chain(
        ["sources", "places", "devices", "goals", "machines", "properties"].map(|panel| format!("/example.com/details/{panel}?q=a")),
    );
    for page in pages {
        let answer = browser.get(&format!("{}{page}", server.url));
        if answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
            for (method, path, names) in read::sent(&read::html(&answer.body)) {
                let operation = all.iter().find(|operation| operation.method == method && leads(&operation.path, &path));
                let Some(operation) = operation else { panic!("{page}: {method} {path} is not described") };
                let said = said_names(operation);
                let unknown: Vec<&String> = names.iter().filter(|name| !said.contains(name)).collect();
                assert!(unknown.is_empty(), "{page}: {method} {} does not say {unknown:?}", operation.path);
            }
        }
    }
}

/// Whether a path is one of a route's; a part of its own comes before one that may be anything.
fn leads(route: &str, path: &str) -> bool {
    let (route, path): (Vec<&str>, Vec<&str>) = (route.split('/').collect(), path.split('/').collect());
    let fits = |(known, part): (&&str, &&str)| if known.starts_with('{') { !part.is_empty() } else { known == part };
    route.len() == path.len() && route.iter().zip(&path).all(fits)
}

/// The names of parameters and fields.
fn said_names(operation: &Operation) -> Vec<String> {
    let parameters = operation.said["parameters"].as_array().into_iter().flatten();
    let parameters = parameters.filter_map(|parameter| parameter["name"].as_str().map(str::to_owned));
    let content = operation.said["requestBody"]["content"].as_object().into_iter().flatten();
    let fields = content.filter_map(|(_, content)| content["schema"]["properties"].as_object()).flat_map(|fields| fields.keys().cloned());
    parameters.chain(fields).collect()
}

#[test]
fn the_description_knows_where_things_were_moved() {
    let house = House::with_settings([("FOOTFALL_INGEST_EVENT_PATH", "/tally"), ("FOOTFALL_INGEST_PIXEL_PATH", "/dot.gif")]);
    let server = house.serve();
    let paths = server.get("/api/openapi.json").json()["paths"].clone();
    for path in
        ["/tally", "/dot.gif", "/api/event", "/api/v2/query", "/api/v1/stats/breakdown", "/{domain}/settings/goals", "/api/openapi.json"]
    {
        assert!(paths.get(path).is_some(), "{path}");
    }
}

#[test]
fn a_route_of_ours_that_is_not_there_is_a_problem() {
    let house = house();
    let server = house.serve();
    let answer = server.get("/api/nothing");
    assert_eq!((answer.status, answer.header("content-type")), (404, Some("application/problem+json")));
    let body = answer.json();
    assert_eq!((&body["type"], &body["title"], &body["status"]), (&"about:blank".into(), &"Not Found".into(), &404.into()));
    assert!(body["detail"].is_string());
}
