//! The Sites API: what programs do with sites, and what a key may.

use super::named::{house, send, signed_in};
use super::openapi::operations;
use crate::common::{Answer, Client, House, Server, eventually};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;

const PASSWORD: &str = "correct horse";

/// A program with a key.
struct Program<'a> {
    server: &'a Server,
    key: String,
}

impl<'a> Program<'a> {
    fn new(server: &'a Server, key: impl Into<String>) -> Self {
        Self { server, key: key.into() }
    }

    fn sends(&self, method: &str, path: &str, kind: &str, body: &[u8]) -> Answer {
        let (bearer, url) = (format!("Bearer {}", self.key), format!("{}/api/v1/sites{path}", self.server.url));
        Client::new().send(method, &url, &[("Authorization", &bearer), ("Content-Type", kind)], Some(body))
    }

    fn asks(&self, method: &str, path: &str, body: &Value) -> Answer {
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        self.sends(method, path, "application/json", &body)
    }

    fn gets(&self, path: &str) -> Answer {
        Client::new().get_with(&format!("{}/api/v1/sites{path}", self.server.url), &[("Authorization", &format!("Bearer {}", self.key))])
    }

    /// Something that works; what is answered.
    fn does(&self, method: &str, path: &str, body: Value) -> Value {
        let answer = self.asks(method, path, &body);
        assert_eq!(answer.status, 200, "{method} {path}: {}", answer.text());
        assert_eq!(answer.header("cache-control"), Some("private, no-store"));
        answer.json()
    }

    fn reads(&self, path: &str) -> Value {
        let answer = self.gets(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.json()
    }
}

/// A key of somebody's own, made on their page.
fn own_key(server: &Server, email: &str, scope: &str) -> String {
    let shown = send(server, &signed_in(server, email), "/account", "/account/keys", &[("name", "deploy bot"), ("scope", scope)]);
    assert_eq!(shown.status, 200, "{}", shown.text());
    let text = shown.text();
    let key = text.split_once("<code>ff_").expect("shown").1.split_once("</code>").expect("whole").0.to_owned();
    format!("ff_{key}")
}

/// With somebody who has an account and no role anywhere.
fn with_member(house: &House) {
    let words = ["user", "add", "cleo@example.com", "--member", "--password-stdin"];
    assert!(house.run_with_input(&words, PASSWORD.as_bytes()).status.success());
}

#[test]
fn a_site_is_made_renamed_and_removed() {
    let house = house();
    let server = house.serve();
    let program = Program::new(&server, house.key("sites"));
    let made =
        program.does("POST", "", json!({"domain": "Blog.example.com", "timezone": "Europe/Berlin", "tracker_script_configuration": {}}));
    assert_eq!(made, json!({"domain": "blog.example.com", "timezone": "Europe/Berlin", "custom_properties": []}));
    let both = json!([{"domain": "blog.example.com", "timezone": "Europe/Berlin"}, {"domain": "example.com", "timezone": "UTC"}]);
    assert_eq!(program.reads("")["sites"], both, "the newest first");
    assert_eq!(program.reads("/blog.example.com")["timezone"], "Europe/Berlin");
    let renamed = program.does("PUT", "/blog.example.com", json!({"domain": "news.example.com"}));
    assert_eq!(renamed["domain"], "news.example.com");
    assert_eq!(program.gets("/blog.example.com").status, 404);
    assert_eq!(program.does("PUT", "/news.example.com", json!({"timezone": "Asia/Tokyo"}))["timezone"], "Asia/Tokyo");
    assert_eq!(program.does("DELETE", "/news.example.com", Value::Null), json!({"deleted": true}));
    assert_eq!(house.ok(&["site", "list"]).lines().filter(|line| line.contains("example.com")).count(), 1);
}

/// Rows: the method, the path, what is sent, what is answered.
#[test]
fn what_makes_no_sense_is_refused_in_words() {
    let house = house();
    let server = house.serve();
    let program = Program::new(&server, house.key("sites"));
    for (method, path, body, status) in [
        ("POST", "", json!({}), 400),
        ("POST", "", json!({"domain": ""}), 400),
        ("POST", "", json!({"domain": ["a.example"]}), 400),
        ("POST", "", json!({"domain": "a b"}), 400),
        ("POST", "", json!({"domain": "login"}), 400),
        ("POST", "", json!({"domain": "example.com"}), 400),
        ("POST", "", json!({"domain": "a.example", "timezone": "Mars/Base"}), 400),
        ("POST", "", json!({"domain": "a.example", "team_id": "7"}), 403),
        ("PUT", "/example.com", json!({}), 400),
        ("PUT", "/example.com", json!({"domain": "a b"}), 400),
        ("PUT", "/goals", json!({"goal_type": "event", "event_name": "Buy"}), 400),
        ("PUT", "/goals", json!({"site_id": "example.com", "event_name": "Buy"}), 400),
        ("PUT", "/goals", json!({"site_id": "example.com", "goal_type": "dance"}), 400),
        ("PUT", "/goals", json!({"site_id": "example.com", "goal_type": "event"}), 400),
        ("PUT", "/goals", json!({"site_id": "example.com", "goal_type": "event", "event_name": "pageview"}), 400),
        ("PUT", "/goals", json!({"site_id": "example.com", "goal_type": "event", "event_name": "Buy", "custom_props": {"a": 1}}), 400),
        ("PUT", "/goals", json!({"site_id": "example.com", "goal_type": "page", "page_path": "/", "scroll_threshold": "101"}), 400),
        ("PUT", "/shared-links", json!({"site_id": "example.com"}), 400),
        ("PUT", "/shared-links", json!({"site_id": "example.com", "name": "a\nb"}), 400),
        ("PUT", "/custom-props", json!({"site_id": "example.com", "property": "a".repeat(301)}), 400),
        ("PUT", "/guests", json!({"site_id": "example.com", "email": "x", "role": "viewer"}), 400),
        ("PUT", "/guests", json!({"site_id": "example.com", "email": "x@example.com", "role": "owner"}), 400),
        ("DELETE", "/goals/1", json!({}), 400),
        ("DELETE", "/goals/1", json!({"site_id": "example.com"}), 404),
        ("DELETE", "/goals/one", json!({"site_id": "example.com"}), 404),
        ("DELETE", "/nobody.example", Value::Null, 404),
    ] {
        let answer = program.asks(method, path, &body);
        assert_eq!(answer.status, status, "{method} {path} {body}: {}", answer.text());
        assert!(answer.json()["error"].as_str().is_some_and(|words| !words.is_empty()), "{method} {path} {body}");
    }
    for query in ["?limit=0", "?limit=a", "?after=*", "?team_id=x"] {
        assert!([400, 403].contains(&program.gets(query).status), "{query}");
    }
    assert_eq!(program.sends("POST", "", "text/plain", b"domain=a.example").status, 415);
    assert_eq!(program.sends("POST", "", "application/json", b"{").status, 400);
    assert_eq!(program.sends("POST", "", "application/json", &[b' '; 70_000]).status, 413);
    assert_eq!(house.ok(&["site", "list"]).lines().filter(|line| line.contains("example")).count(), 1, "nothing was made");
}

#[test]
fn json_and_both_kinds_of_forms_say_the_same() {
    let house = house();
    let server = house.serve();
    let program = Program::new(&server, house.key("sites"));
    let fields = [("site_id", "example.com"), ("goal_type", "event"), ("event_name", "Buy"), ("custom_props[plan]", "gold")];
    let form: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let parts: String =
        fields.iter().map(|(name, text)| format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n")).collect();
    let json = json!({"site_id": "example.com", "goal_type": "event", "event_name": "Buy", "custom_props": {"plan": "gold"}});
    let ids = [
        program.sends("PUT", "/goals", "application/json", json.to_string().as_bytes()),
        program.sends("PUT", "/goals", "application/x-www-form-urlencoded", form.as_bytes()),
        program.sends("PUT", "/goals", "multipart/form-data; boundary=b", format!("{parts}--b--\r\n").as_bytes()),
    ]
    .map(|answer| answer.json());
    let goal = json!({
        "id": 1, "domain": "example.com", "goal_type": "event", "display_name": "Buy", "event_name": "Buy", "page_path": null,
        "custom_props": {"plan": "gold"}, "scroll_threshold": null, "currency": null,
    });
    assert_eq!(ids, [goal.clone(), goal.clone(), goal], "found, and not made again");
}

#[test]
fn a_goal_of_a_program_counts_and_is_removed() {
    let house = house();
    let server = house.serve();
    let program = Program::new(&server, house.key("sites"));
    let page = json!({"site_id": "example.com", "goal_type": "page", "page_path": "thanks", "display_name": "Bought"});
    let made = program.does("PUT", "/goals", page.clone());
    assert_eq!((&made["display_name"], &made["page_path"]), (&"Bought".into(), &"/thanks".into()));
    server.event(json!({"n": "pageview", "u": "https://example.com/thanks", "d": "example.com"}));
    let query = json!({"site_id": "example.com", "metrics": ["visitors"], "date_range": "day", "dimensions": ["event:goal"]});
    assert_eq!(house.query(query.clone())["results"][0]["dimensions"], json!(["Bought"]));
    program.does("PUT", "/goals", json!({"site_id": "example.com", "goal_type": "event", "event_name": "Signup", "currency": "EUR"}));
    let all = program.reads("/goals?site_id=example.com");
    assert_eq!(all["goals"].as_array().expect("goals").iter().map(|goal| goal["id"].clone()).collect::<Vec<_>>(), [json!(2), json!(1)]);
    assert_eq!(program.does("DELETE", "/goals/1", json!({"site_id": "example.com"})), json!({"deleted": true}));
    assert_eq!(program.gets("/goals?site_id=example.com&limit=1").json()["goals"][0]["event_name"], "Signup");
    assert_eq!(house.query(query)["results"], json!([]));
}

#[test]
fn a_list_comes_in_pages() {
    let house = house();
    let server = house.serve();
    let program = Program::new(&server, house.key("sites"));
    for at in 1..=5 {
        program.does("POST", "", json!({"domain": format!("s{at}.example")}));
    }
    let (mut found, mut query) = (Vec::new(), "?limit=4".to_owned());
    loop {
        let page = program.reads(&query);
        assert_eq!(page["meta"]["limit"], 4);
        found.extend(page["sites"].as_array().expect("sites").iter().map(|site| site["domain"].as_str().expect("a domain").to_owned()));
        let Some(after) = page["meta"]["after"].as_str() else { break };
        query = format!("?limit=4&after={after}");
    }
    assert_eq!(found, ["s5.example", "s4.example", "s3.example", "s2.example", "s1.example", "example.com"]);
    let back = program.reads(&query)["meta"]["before"].as_str().expect("a way back").to_owned();
    assert_eq!(program.reads(&format!("?limit=4&before={back}"))["sites"][0]["domain"], "s5.example");
}

#[test]
fn a_shared_link_is_found_by_its_name() {
    let house = house();
    let server = house.serve();
    let program = Program::new(&server, house.key("sites"));
    let body = json!({"site_id": "example.com", "name": "Board"});
    let made = program.does("PUT", "/shared-links", body.clone());
    let url = made["url"].as_str().expect("an address");
    assert!(url.starts_with(&format!("{}/share/example.com?auth=", server.url)), "{url}");
    assert_eq!(program.does("PUT", "/shared-links", body), made);
    assert_eq!(Client::new().get(url).status, 200, "it opens the numbers");
    assert_ne!(program.does("PUT", "/shared-links", json!({"site_id": "example.com", "name": "Other"}))["url"], made["url"]);
}

#[test]
fn properties_are_those_that_are_shown() {
    let house = house();
    let server = house.serve();
    let program = Program::new(&server, house.key("sites"));
    let shown = || program.reads("/example.com")["custom_properties"].clone();
    let put = |name: &str| program.does("PUT", "/custom-props", json!({"site_id": "example.com", "property": name}));
    assert_eq!(shown(), json!([]));
    server.event(json!({"n": "pageview", "u": "https://example.com/", "d": "example.com", "p": {"author": "Ada"}}));
    eventually(Duration::from_secs(5), "seen", || shown() == json!(["author"]));
    assert_eq!(put("plan/of day"), json!({"created": true}));
    assert_eq!(put("plan/of day"), json!({"created": true}));
    assert_eq!(shown(), json!(["author", "plan/of day"]), "what was shown stays");
    assert_eq!(program.reads("/custom-props?site_id=example.com")["custom_properties"][1], json!({"property": "plan/of day"}));
    for _ in 0..2 {
        let removed = program.does("DELETE", "/custom-props/plan/of%20day?site_id=example.com", Value::Null);
        assert_eq!(removed, json!({"deleted": true}));
    }
    assert_eq!(shown(), json!(["author"]));
}

#[test]
fn a_guest_is_invited_once() {
    let house = house();
    let server = house.serve();
    let program = Program::new(&server, house.key("sites"));
    let body = json!({"site_id": "example.com", "email": "Dora@example.com", "role": "editor"});
    let mut made = program.does("PUT", "/guests", body.clone());
    let url = made["url"].as_str().expect("the link, once").to_owned();
    made.as_object_mut().expect("an object").remove("url");
    assert_eq!(made, json!({"email": "dora@example.com", "role": "editor", "status": "invited"}));
    assert_eq!(program.does("PUT", "/guests", body), made, "found, and the link is not told again");
    assert_eq!(program.reads("/guests?site_id=example.com")["guests"], json!([made]));

    let browser = Client::browser();
    let page = browser.get(&url);
    let token = url.split_once("token=").expect("a token").1;
    let fields = [("csrf", &*page.field("csrf")), ("token", token), ("email", "dora@example.com"), ("password", PASSWORD)];
    assert_eq!(browser.form(&format!("{}/join", server.url), &fields).status, 303);
    assert_eq!(program.reads("/guests?site_id=example.com")["guests"][0]["status"], "accepted");
    assert_eq!(browser.get(&format!("{}/example.com", server.url)).status, 200);

    for email in ["dora@example.com", "nobody@example.com"] {
        let removed = program.does("DELETE", &format!("/guests/{email}?site_id=example.com"), Value::Null);
        assert_eq!(removed, json!({"deleted": true}));
    }
    assert_eq!(program.reads("/guests?site_id=example.com")["guests"], json!([]));
    assert_eq!(browser.get(&format!("{}/example.com", server.url)).status, 404);
}

/// Who takes a key away takes away what it gave and nobody has taken yet.
#[test]
fn what_a_removed_key_invited_to_is_closed() {
    let house = house();
    let key = house.key("sites");
    let server = house.serve();
    let body = json!({"site_id": "example.com", "email": "dora@example.com", "role": "editor"});
    let made = Program::new(&server, key).does("PUT", "/guests", body);
    let url = made["url"].as_str().expect("the link, once");
    assert_eq!(Client::browser().get(url).status, 200);
    house.ok(&["key", "remove", "1"]);
    assert_eq!(Client::browser().get(url).status, 400);
}

#[test]
fn owners_and_admins_are_no_guests() {
    let house = house();
    with_member(&house);
    house.ok(&["site", "role", "example.com", "cleo@example.com", "owner"]);
    let server = house.serve();
    let program = Program::new(&server, house.key("sites"));
    assert_eq!(program.reads("/guests?site_id=example.com")["guests"], json!([]));
    program.does("DELETE", "/guests/cleo@example.com?site_id=example.com", Value::Null);
    assert_eq!(signed_in(&server, "cleo@example.com").get(&format!("{}/example.com/settings", server.url)).status, 200);
}

#[test]
fn teams_are_those_of_the_keys_owner() {
    let house = house();
    with_member(&house);
    let server = house.serve();
    let browser = signed_in(&server, "ada@example.com");
    assert_eq!(send(&server, &browser, "/teams", "/teams/new", &[("name", "Shop")]).status, 303);
    let (all, cleo) = (Program::new(&server, house.key("sites")), Program::new(&server, own_key(&server, "cleo@example.com", "sites")));
    let team = json!({"id": "1", "name": "Shop", "api_available": true});
    assert_eq!(all.reads("/teams")["teams"], json!([team]));
    assert_eq!(cleo.reads("/teams")["teams"], json!([]));
    all.does("POST", "", json!({"domain": "shop.example", "team_id": "1"}));
    assert_eq!(all.reads("?team_id=1")["sites"], json!([{"domain": "shop.example", "timezone": "UTC"}]));
    let refused = cleo.asks("POST", "", &json!({"domain": "b.example", "team_id": "1"}));
    let unknown = cleo.asks("POST", "", &json!({"domain": "b.example", "team_id": "2"}));
    assert_eq!((refused.status, refused.text()), (403, unknown.text()), "a team of others is not there");
}

/// An editor's key widens no link: what stands in its segment is for those who share.
#[test]
fn a_goal_that_a_link_stands_on_is_not_an_editors_keys() {
    let house = house();
    with_member(&house);
    house.ok(&["site", "role", "example.com", "cleo@example.com", "editor"]);
    house.ok(&["goal", "add", "--site", "example.com", "--event", "Buy"]);
    house.ok(&["segment", "add", "--site", "example.com", "Buyers", r#"[["is", "event:goal", ["Buy"]]]"#]);
    let server = house.serve();
    let (sharing, ada) = ("/example.com/settings/sharing", signed_in(&server, "ada@example.com"));
    assert_eq!(send(&server, &ada, sharing, &format!("{sharing}/link"), &[("name", "Board"), ("segment", "2")]).status, 303);
    let (all, cleo) = (Program::new(&server, house.key("sites")), Program::new(&server, own_key(&server, "cleo@example.com", "sites")));
    let goal = json!({"site_id": "example.com", "goal_type": "page", "page_path": "/*", "display_name": "Buy"});
    for refused in [cleo.asks("PUT", "/goals", &goal), cleo.asks("DELETE", "/goals/1", &json!({"site_id": "example.com"}))] {
        assert_eq!((refused.status, refused.text().contains("the shared link “Board” shows")), (400, true), "{}", refused.text());
    }
    let other = json!({"site_id": "example.com", "goal_type": "page", "page_path": "/*"});
    assert_eq!(cleo.does("PUT", "/goals", other)["display_name"], "Visit /*");
    all.does("PUT", "/goals", json!({"site_id": "example.com", "goal_type": "page", "page_path": "/thanks", "display_name": "Buy"}));
    all.does("DELETE", "/goals/1", json!({"site_id": "example.com"}));
}

/// Rows: the scope, whether it reads names, whether it changes and reads people.
#[test]
fn a_key_does_what_its_scope_says() {
    let house = house();
    let server = house.serve();
    for (scope, names, all) in [("stats", 200, 401), ("events", 401, 401), ("sites", 200, 200), ("admin", 200, 200)] {
        let program = Program::new(&server, house.key(scope));
        for path in ["", "/example.com", "/goals?site_id=example.com", "/custom-props?site_id=example.com"] {
            assert_eq!(program.gets(path).status, names, "{scope} {path}");
        }
        for path in ["/guests?site_id=example.com", "/teams"] {
            assert_eq!(program.gets(path).status, all, "{scope} {path}");
        }
        let goal = json!({"site_id": "example.com", "goal_type": "event", "event_name": "Buy"});
        assert_eq!(program.asks("PUT", "/goals", &goal).status, all, "{scope}");
    }
    let wrong = Program::new(&server, "ff_wrong");
    for (path, key) in [("", &wrong), ("/example.com", &wrong)] {
        let answer = key.gets(path);
        assert_eq!((answer.status, answer.header("www-authenticate")), (401, Some("Bearer")));
    }
    assert_eq!(server.get("/api/v1/sites").status, 401);
    let sites = house.key("sites");
    let report = json!({"site_id": "example.com", "metrics": ["visitors"], "date_range": "day"});
    assert_eq!(server.query(&sites, report).status, 401, "what changes sites reads no reports");
}

/// All that can be asked of a site, with the least that may.
fn everything() -> Vec<(&'static str, &'static str, Value, &'static str)> {
    vec![
        ("GET", "/SITE", Value::Null, "viewer"),
        ("GET", "/goals?site_id=SITE", Value::Null, "viewer"),
        ("GET", "/custom-props?site_id=SITE", Value::Null, "viewer"),
        ("PUT", "/goals", json!({"site_id": "SITE", "goal_type": "event", "event_name": "Buy"}), "editor"),
        ("DELETE", "/goals/GOAL", json!({"site_id": "SITE"}), "editor"),
        ("PUT", "/custom-props", json!({"site_id": "SITE", "property": "author"}), "editor"),
        ("DELETE", "/custom-props/author?site_id=SITE", Value::Null, "editor"),
        ("GET", "/guests?site_id=SITE", Value::Null, "admin"),
        ("PUT", "/guests", json!({"site_id": "SITE", "email": "eve@example.com", "role": "viewer"}), "admin"),
        ("DELETE", "/guests/eve@example.com?site_id=SITE", Value::Null, "admin"),
        ("PUT", "/shared-links", json!({"site_id": "SITE", "name": "Board"}), "admin"),
        ("PUT", "/SITE", json!({"timezone": "Asia/Tokyo"}), "admin"),
        ("PUT", "/SITE", json!({"domain": "SITE"}), "owner"),
        ("DELETE", "/SITE", Value::Null, "owner"),
    ]
}

/// A key of somebody does what they may, and for all else the site is not there: the answers are the same to the letter.
#[test]
fn a_key_of_somebody_may_what_they_may() {
    let house = house();
    with_member(&house);
    let server = house.serve();
    let program = Program::new(&server, own_key(&server, "cleo@example.com", "sites"));
    let order = ["none", "viewer", "editor", "admin", "owner"];
    for (rank, role) in order.iter().enumerate() {
        house.ok(&["site", "role", "example.com", "cleo@example.com", role]);
        let own = |body: &Value, site: &str| serde_json::from_str::<Value>(&body.to_string().replace("SITE", site)).expect("JSON");
        for (method, path, body, least) in everything() {
            let asked = |site: &str| {
                // Numbers are never given twice: each editor made one before.
                let path = path.replace("SITE", site).replace("GOAL", &rank.saturating_sub(1).to_string());
                let body = own(&body, site);
                if method == "GET" { program.gets(&path) } else { program.asks(method, &path, &body) }
            };
            let (here, unknown) = (asked("example.com"), asked("nobody.example"));
            let may = rank >= order.iter().position(|known| *known == least).expect("a role");
            if may {
                assert_eq!(here.status, 200, "{role} {method} {path}: {}", here.text());
            } else {
                assert_eq!((here.status, here.text()), (404, unknown.text()), "{role} {method} {path}");
            }
            assert_eq!(unknown.status, 404, "{role} {method} {path}");
        }
    }
    assert_eq!(program.reads("")["sites"], json!([]), "the owner has removed it at last");
    program.does("POST", "", json!({"domain": "mine.example"}));
    assert_eq!(program.reads("")["sites"][0]["domain"], "mine.example", "what a key makes is whose the key is");
    program.does("DELETE", "/mine.example", Value::Null);
}

#[test]
fn a_key_of_one_site_knows_of_no_other() {
    let house = house();
    house.ok(&["site", "add", "b.example"]);
    let key = house.ok(&["key", "add", "--scope", "sites", "--site", "b.example"]);
    let server = house.serve();
    let program = Program::new(&server, key.trim());
    assert_eq!(program.reads("")["sites"], json!([{"domain": "b.example", "timezone": "UTC"}]));
    assert_eq!(program.gets("/example.com").text(), program.gets("/nobody.example").text());
    assert_eq!(program.asks("POST", "", &json!({"domain": "c.example"})).status, 403);
    assert_eq!(program.reads("/teams")["teams"], json!([]));
}

#[test]
fn somebody_makes_and_removes_keys_of_their_own() {
    let house = house();
    with_member(&house);
    house.ok(&["site", "role", "example.com", "cleo@example.com", "viewer"]);
    let words = ["user", "add", "dora@example.com", "--member", "--password-stdin"];
    assert!(house.run_with_input(&words, PASSWORD.as_bytes()).status.success());
    let server = house.serve();
    let (stats, sites) = (own_key(&server, "cleo@example.com", "stats"), own_key(&server, "cleo@example.com", "sites"));
    let report = |key: &str| server.query(key, json!({"site_id": "example.com", "metrics": ["visitors"], "date_range": "day"})).status;
    assert_eq!((report(&stats), report(&sites)), (200, 401));
    let [ada, cleo, dora] = ["ada", "cleo", "dora"].map(|name| signed_in(&server, &format!("{name}@example.com")));
    let page = cleo.get(&format!("{}/account", server.url)).text();
    assert!(page.contains("deploy bot") && !page.contains(&stats), "keys are shown once");
    assert!(!dora.get(&format!("{}/account", server.url)).text().contains("deploy bot"), "to whose they are");
    assert_eq!(send(&server, &ada, "/account", "/account/keys/remove", &[("id", "1")]).status, 303);
    assert_eq!(report(&stats), 200, "nobody removes another's");
    assert_eq!(send(&server, &cleo, "/account", "/account/keys/remove", &[("id", "1")]).status, 303);
    assert_eq!(report(&stats), 401);
    for (name, scope, status) in [("", "stats", 422), ("x", "admin", 422), ("x", "events", 422), (&*"x".repeat(101), "stats", 422)] {
        let answer = send(&server, &cleo, "/account", "/account/keys", &[("name", name), ("scope", scope)]);
        assert_eq!(answer.status, status, "{name} {scope}");
    }
    house.ok(&["user", "remove", "cleo@example.com"]);
    assert_eq!(Program::new(&server, sites).gets("").status, 401, "keys go with whose they are");
}

/// An invitation by somebody's key is theirs: who loses the role gives nobody one any more.
#[test]
fn an_invitation_ends_with_what_its_maker_may() {
    let house = house();
    with_member(&house);
    house.ok(&["site", "role", "example.com", "cleo@example.com", "admin"]);
    let server = house.serve();
    let program = Program::new(&server, own_key(&server, "cleo@example.com", "sites"));
    let invite = |email: &str| {
        let guest = program.does("PUT", "/guests", json!({"site_id": "example.com", "email": email, "role": "editor"}));
        guest["url"].as_str().expect("a link").to_owned()
    };
    let url = invite("second@example.com");
    assert_eq!(Client::browser().get(&url).status, 200);
    house.ok(&["site", "role", "example.com", "cleo@example.com", "viewer"]);
    assert_ne!(Client::browser().get(&url).status, 200, "it is taken back");
    house.ok(&["site", "role", "example.com", "cleo@example.com", "admin"]);
    let url = invite("third@example.com");
    house.ok(&["user", "remove", "cleo@example.com"]);
    assert_ne!(Client::browser().get(&url).status, 200, "it goes with whose it was");
    let all = Program::new(&server, house.key("sites"));
    assert_eq!(all.reads("/guests?site_id=example.com")["guests"], json!([]));
}

#[test]
fn two_changes_of_a_site_are_one() {
    let house = house();
    let server = house.serve();
    let program = Program::new(&server, house.key("sites"));
    let refused = program.asks("PUT", "/example.com", &json!({"domain": "a b", "timezone": "Asia/Tokyo"}));
    assert_eq!(refused.status, 400);
    assert_eq!(program.asks("PUT", "/example.com", &json!({"domain": "b.example", "timezone": "Mars/Base"})).status, 400);
    assert_eq!(program.reads("")["sites"], json!([{"domain": "example.com", "timezone": "UTC"}]), "neither was changed");
    let both = program.does("PUT", "/example.com", json!({"domain": "b.example", "timezone": "Asia/Tokyo"}));
    assert_eq!((&both["domain"], &both["timezone"]), (&"b.example".into(), &"Asia/Tokyo".into()));
}

#[test]
fn what_a_program_does_is_noted_under_its_keys_name() {
    let house = house();
    let server = house.serve();
    let key = house.ok(&["key", "add", "--scope", "sites", "--name", "deploy robot"]);
    let program = Program::new(&server, key.trim());
    program.does("PUT", "/goals", json!({"site_id": "example.com", "goal_type": "event", "event_name": "Buy"}));
    program.does("PUT", "/shared-links", json!({"site_id": "example.com", "name": "Board"}));
    let log = signed_in(&server, "ada@example.com").get(&format!("{}/example.com/settings/log", server.url));
    assert_eq!(log.text().matches("Key 1 deploy robot").count(), 2, "{}", log.text());
    let hers = Program::new(&server, own_key(&server, "ada@example.com", "sites"));
    hers.does("PUT", "/shared-links", json!({"site_id": "example.com", "name": "Hers"}));
    let log = signed_in(&server, "ada@example.com").get(&format!("{}/example.com/settings/log", server.url));
    // A long name may break behind an @.
    assert!(log.text().replace("<wbr>", "").contains("Key 2 (ada@example.com) deploy bot"), "{}", log.text());
}

#[test]
fn a_key_may_ask_only_so_much() {
    let house = house();
    let server = house.serve_with(&[("FOOTFALL_API_REQUESTS_PER_HOUR", "2")]);
    let program = Program::new(&server, house.key("sites"));
    let answers = [(); 3].map(|()| program.gets(""));
    assert_eq!(answers.each_ref().map(|answer| answer.status), [200, 200, 429]);
    assert_eq!(answers[0].header("ratelimit-remaining"), Some("1"));
    assert!(answers[2].header("retry-after").is_some());
}

#[test]
fn no_site_is_named_as_a_page_of_ours() {
    let house = house();
    let server = house.serve();
    let program = Program::new(&server, house.key("sites"));
    let first = |path: &str| path.trim_start_matches('/').split('/').next().unwrap_or_default().to_owned();
    let words: BTreeSet<String> = operations(&server).iter().map(|operation| first(&operation.path)).collect();
    let words: Vec<String> = words.into_iter().filter(|word| !word.is_empty() && !word.starts_with('{')).collect();
    assert!(words.len() > 20, "{words:?}");
    for word in words {
        assert_eq!(program.asks("POST", "", &json!({"domain": word})).status, 400, "{word}");
    }
}
