//! Text that a visitor chooses (paths, referrers, campaigns, properties, names of events, browsers) and that people write
//! (goals, segments, keys) is text wherever it is shown again: on pages, in files, in pictures, in answers to programs.

use super::named::{house, send, signed_in};
use super::openapi::operations;
use super::read::{self, Page};
use crate::common::{Answer, BROWSER, Client, House, Server, VISITOR, eventually};
use serde_json::{Value, json};
use std::io::{Cursor, Read};
use std::time::Duration;

/// In every hostile text, so that it can be searched for.
const MARK: &str = "boo";

fn hostile() -> Vec<String> {
    let mut texts: Vec<String> = [
        "<script>boo()</script>",
        "\"><img src=x onerror=boo()>",
        "'><svg/onload=boo()>",
        "=HYPERLINK(\"http://evil.example\",\"boo\")",
        "+1+boo",
        "-1-boo",
        "@SUM(boo)",
        "a;=boo()",
        "\u{202E}gnp.boo\u{2066}",
        "nul\u{0}boo",
        "two\r\nlines\tboo",
        "]]>boo<![CDATA[",
        "--><!-- boo",
        "</title></style></textarea></table></svg>boo",
        "{{boo}}${boo}%{boo}",
        "javascript:boo()",
        "&lt;boo&#60;&amp;",
        "%3Cboo%3E",
        "\u{FFFF}\u{1F43E}boo\u{300}\u{301}\u{302}",
    ]
    .map(str::to_owned)
    .into();
    texts.push("boo".repeat(90));
    texts
}

/// A house whose site and whose people's names are full of it.
fn filled() -> (House, Server, Client) {
    let house = house();
    let server = house.serve();
    let texts = hostile();
    for text in &texts {
        see(&server, text);
    }
    let browser = signed_in(&server, "ada@example.com");
    for text in &texts {
        name(&server, &browser, text);
    }
    (house, server, browser)
}

/// A visit of somebody who means no good.
fn see(server: &Server, text: &str) {
    let query: String = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(["utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term"].map(|name| (name, text)))
        .finish();
    let visible: String = text.chars().filter(|c| ('\u{20}'..'\u{7F}').contains(c)).collect();
    let agents = [format!("{BROWSER} {visible}"), format!("Mozilla/5.0 (compatible; {visible}bot/1.0; +https://evil.example/)")];
    let hits = [
        json!({"n": "pageview", "u": format!("https://example.com/{text}?{query}"), "r": format!("https://evil.example/{text}")}),
        json!({"n": "pageview", "u": format!("https://example.com/#{text}"), "r": text, "h": 1}),
        json!({"n": "pageview", "u": format!("https://{text}.example/boo"), "r": format!("android-app://{text}")}),
        json!({"n": text, "u": "https://example.com/", "$": {"amount": "9.50", "currency": text}}),
    ];
    for agent in &agents {
        for mut hit in hits.clone() {
            hit["d"] = "example.com".into();
            hit["p"] = json!({text: text, "boo": text});
            let headers = [("User-Agent", agent.as_str()), ("X-Forwarded-For", VISITOR), ("Accept-Language", visible.as_str())];
            let answer = server.event_with(&headers, hit.to_string().as_bytes());
            assert!([202, 400].contains(&answer.status), "{hit}: {}", answer.text());
        }
    }
}

/// Goals, segments, keys and shown properties of this name, where there can be such.
fn name(server: &Server, browser: &Client, text: &str) {
    let address = format!("{}@{}", text.replace(char::is_whitespace, ""), "x.example");
    let site = browser.get(&format!("{}/example.com/settings/danger", server.url)).field("site");
    let filter = format!("is,page,/{}", text.replace('%', "%25").replace(',', "%2C"));
    for (form, fields) in [
        ("/example.com/settings/goals", vec![("kind", "event"), ("event", text), ("name", text), ("key1", text), ("value1", text)]),
        ("/example.com/settings/segments", vec![("name", text), ("for", "site"), ("f", filter.as_str())]),
        ("/example.com/settings/properties", vec![("show", "these"), ("property", text), ("others", "boo")]),
        ("/example.com/settings/keys", vec![("name", text), ("scope", "stats")]),
        ("/example.com/settings/sharing/link", vec![("name", text), ("password", text), ("segment", text), ("last_day", text)]),
        ("/example.com/settings/sharing/link", vec![("name", text)]),
        ("/example.com/settings/sharing/hosts", vec![("hosts", text)]),
        ("/example.com/settings/people/invite", vec![("role", "viewer"), ("email", text)]),
        ("/example.com/settings/people/invite", vec![("role", "viewer"), ("email", &address)]),
        ("/example.com/settings/transfer", vec![("site", &site), ("email", text)]),
        ("/teams/new", vec![("name", text)]),
        ("/example.com/settings", vec![("timezone", text), ("keep_parameters", text)]),
        ("/sites/new", vec![("domain", text), ("timezone", "UTC")]),
        ("/sites/pin", vec![("domain", text), ("pinned", "true"), ("next", text)]),
    ] {
        let page = match form {
            form if form.starts_with("/sites") => "/sites/new",
            form if form.starts_with("/teams") => "/teams",
            _ => "/example.com/settings",
        };
        let answer = send(server, browser, page, form, &fields);
        assert!(matches!(answer.status, 200 | 303 | 404 | 422), "{form} {text:?}: {}", answer.status);
        innocent(form, &answer);
    }
}

/// Whether an answer is harmless in the hands of who reads it; the page, where it is one.
fn innocent(what: &str, answer: &Answer) -> Option<Page> {
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{what}");
    if let Some(location) = answer.header("location") {
        assert!(location.starts_with('/') && !location.starts_with("//"), "{what} leads to {location}");
    }
    let kind = answer.header("content-type").unwrap_or("").split(';').next().unwrap_or("").to_owned();
    match kind.as_str() {
        "text/html" => {
            let page = read::html(&answer.body);
            assert_eq!(read::fault(&page), None, "{what}");
            assert_eq!(read::hides(&page.text), None, "{what}");
            return Some(page);
        }
        "text/csv" => assert_eq!(read::formula(&answer.text()), None, "{what}: {}", answer.text()),
        "image/svg+xml" => {
            let (elements, words) = read::svg(&answer.body);
            let known =
                ["svg", "g", "path", "line", "text", "rect", "circle", "title", "desc", "defs", "polyline", "linearGradient", "stop"];
            assert!(elements.iter().all(|name| known.contains(&name.as_str())), "{what}: {elements:?}");
            assert_eq!(read::hides(&words), None, "{what}");
        }
        "image/png" => assert!(answer.body.starts_with(b"\x89PNG\r\n\x1a\n"), "{what}"),
        "application/zip" => unpacked(what, &answer.body),
        "application/json" | "application/problem+json" => drop(answer.json()),
        _ => assert!(answer.body.is_empty(), "{what}: {kind}"),
    }
    None
}

fn unpacked(what: &str, zip: &[u8]) {
    let mut zip = zip::ZipArchive::new(Cursor::new(zip)).expect("a zip");
    assert!(zip.len() > 10, "{what}: {} files", zip.len());
    for at in 0..zip.len() {
        let mut file = zip.by_index(at).expect("a file");
        let mut text = String::new();
        file.read_to_string(&mut text).expect("UTF-8");
        let name = file.name().expect("a name").into_owned();
        assert!(!name.contains(|c: char| c.is_control() || "/\\:*?\"<>|".contains(c)) && !name.starts_with(['.', '-']), "{what}: {name:?}");
        assert_eq!(read::formula(&text), None, "{what}: {name}: {text}");
    }
}

/// The addresses of a route that show something else each: every list of every panel.
fn addresses(path: &str, said: &Value) -> Vec<String> {
    let named = |name: &str| -> Vec<String> {
        let said = said["parameters"].as_array().into_iter().flatten().find(|said| said["name"] == *name);
        let names = said.and_then(|said| said["schema"]["enum"].as_array()).into_iter().flatten();
        names.filter_map(|name| name.as_str().map(str::to_owned)).collect()
    };
    let place = path.replace("{domain}", "example.com");
    let (part, ending) = if path.contains("{panel}") { ("panel", "") } else { ("file", ".csv") };
    if !path.contains(&format!("{{{part}}}")) {
        return vec![place];
    }
    let mut all = Vec::new();
    for panel in named(part) {
        let place = place.replace(&format!("{{{part}}}"), &panel);
        let panel = panel.trim_end_matches(ending);
        all.push(place.clone());
        all.extend(named(panel).into_iter().map(|tab| format!("{place}?{panel}={tab}")));
    }
    all
}

#[test]
fn hostile_text_ends_as_text_everywhere() {
    let (house, server, browser) = filled();
    // What is for everybody is there too.
    house.ok(&["site", "public", "example.com", "on"]);
    let key = house.key("stats");
    eventually(Duration::from_secs(20), "counted", || pages_known(&server, &key) > 10);
    let mut shown = String::new();
    let routes = operations(&server);
    let gets = routes.iter().filter(|operation| operation.method == "GET" && operation.path.starts_with("/{domain}"));
    for address in gets.flat_map(|operation| addresses(&operation.path, &operation.said)) {
        let between = if address.contains('?') { '&' } else { '?' };
        let answer = browser.get(&format!("{}{address}{between}period=day", server.url));
        let answer = followed(&server, &browser, answer);
        assert_eq!(answer.status, 200, "{address}: {}", answer.text());
        let page = innocent(&address, &answer);
        shown.extend(page.into_iter().map(|page| page.text));
        if address.ends_with("export/pages.csv") {
            assert!(answer.text().contains(MARK), "{}", answer.text());
        }
    }
    for words in ["<script>boo()</script>", "\"><img src=x onerror=boo()>", "=HYPERLINK(", "]]>boo<![CDATA[", "</title></style>"] {
        assert!(shown.contains(words), "{words} is nowhere to be read");
    }
}

/// Where an address has one spelling, that one.
fn followed(server: &Server, browser: &Client, answer: Answer) -> Answer {
    match answer.header("location") {
        Some(place) if [301, 303].contains(&answer.status) => browser.get(&format!("{}{place}", server.url)),
        _ => answer,
    }
}

fn pages_known(server: &Server, key: &str) -> usize {
    rows(server, key, "event:page").len()
}

fn rows(server: &Server, key: &str, dimension: &str) -> Vec<String> {
    let query = json!({"site_id": "example.com", "metrics": ["visitors"], "date_range": "day", "dimensions": [dimension]});
    let answer = server.query(key, query).json();
    let rows = answer["results"].as_array().cloned().unwrap_or_else(|| panic!("{dimension}: {answer}"));
    rows.iter().filter_map(|row| row["dimensions"][0].as_str().map(str::to_owned)).collect()
}

#[test]
fn hostile_words_in_an_address_end_as_text() {
    let (_house, server, browser) = filled();
    for text in hostile() {
        let value = text.replace('%', "%25").replace(',', "%2C");
        let filter = format!("is,page,/{value}");
        let named = format!("is,props:{value},{value}");
        for (page, pairs) in [
            ("", vec![("period", "day"), ("f", filter.as_str())]),
            ("", vec![("period", "day"), ("f", &named), ("edit", &named)]),
            ("", vec![("period", "day"), ("by", "page"), ("op", "contains"), ("value", &text)]),
            ("", vec![("period", &text), ("metric", &text), ("pages", &text), ("filter", &text), ("comparison", &text)]),
            ("/details/properties", vec![("period", "day"), ("property", &text), ("q", &text), ("sort", &text)]),
            ("/details/machines", vec![("period", "day"), ("machine", &text), ("asked", &text)]),
            ("/realtime", vec![("f", &filter)]),
            ("/settings/segments", vec![("f", &named)]),
            ("/settings", vec![("done", &text)]),
            ("/export/pages.csv", vec![("period", "day"), ("f", &filter)]),
            ("/export/properties.csv", vec![("period", "day"), ("property", &text), ("properties", &text)]),
            ("/chart.svg", vec![("period", "day"), ("f", &named)]),
            ("/chart.png", vec![("period", "day"), ("f", &named)]),
        ] {
            let query: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
            let answer = browser.get(&format!("{}/example.com{page}?{query}", server.url));
            innocent(page, &answer);
            let answer = followed(&server, &browser, answer);
            // A file of what the site does not have is refused rather than made of something else.
            assert!(answer.status == 200 || answer.status == 400 && page.contains('.'), "{page}?{query}: {}", answer.status);
            innocent(&format!("{page}?{query}"), &answer);
        }
        let next = url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let nobody = Client::browser();
        for page in [format!("/login?next={next}"), format!("/setup?token={next}"), format!("/{next}"), format!("/api/{next}")] {
            innocent(&page, &nobody.get(&format!("{}{page}", server.url)));
        }
    }
}

#[test]
fn programs_get_the_text_as_it_was() {
    let (house, server, browser) = filled();
    let key = house.key("stats");
    eventually(Duration::from_secs(20), "counted", || pages_known(&server, &key) > 10);
    let script = "<script>boo()</script>";
    for dimension in ["event:name", "visit:utm_source", "visit:utm_term", "event:props:boo", "event:goal"] {
        let found = rows(&server, &key, dimension);
        assert!(found.iter().any(|value| value == script), "{dimension}: {found:?}");
    }
    for subject in ["page", "source", "referrer", "utm_source", "goal", "segment", "props:boo", "hostname", "browser"] {
        let answer = browser.get(&format!("{}/api/stats/example.com/suggestions/{subject}?q=boo&period=day", server.url));
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/json")), "{subject}");
        innocent(subject, &answer);
    }
    let bearer = format!("Bearer {key}");
    let old = "/api/v1/stats/breakdown?site_id=example.com&period=day&property=event:page";
    let answer = Client::new().get_with(&format!("{}{old}", server.url), &[("Authorization", &bearer)]);
    assert!(answer.json()["results"].as_array().is_some_and(|rows| rows.len() > 10), "{}", answer.text());
}

#[test]
fn no_site_has_a_hostile_name() {
    let house = house();
    // What no command line can say is left to the form.
    for text in hostile().iter().filter(|text| !text.contains('\u{0}')) {
        house.run(&["site", "add", "--", text]);
    }
    let listed = house.ok(&["site", "list"]);
    // Of `javascript:boo()` a host is left.
    let plain =
        |line: &str| line.split(' ').next().is_some_and(|domain| domain.chars().all(|c| c.is_ascii_alphanumeric() || ".-_".contains(c)));
    assert!(listed.lines().all(plain), "{listed}");
}
