//! Everybody who asks, the house they ask about, and what they learn from an answer.

use super::{PRIVATE, PUBLIC};
use crate::common::{Answer, Client, House, Server};
use crate::named::signed_in;
use std::collections::BTreeMap;

const PASSWORD: &str = "correct horse";

/// Somebody, or a program, with what they have to show.
pub struct Asker {
    /// As the table calls them.
    pub name: &'static str,
    pub browser: Client,
    pub headers: Vec<(&'static str, String)>,
    /// What a form of theirs sends back.
    pub csrf: String,
}

impl Asker {
    pub fn person(server: &Server, name: &'static str) -> Self {
        let browser = signed_in(server, &email(name));
        let csrf = browser.get(&format!("{}/account", server.url)).field("csrf");
        Self { name, browser, headers: Vec::new(), csrf }
    }

    pub fn nobody(server: &Server) -> Self {
        let browser = Client::browser();
        let csrf = browser.get(&format!("{}/login", server.url)).field("csrf");
        Self { name: "nobody", browser, headers: Vec::new(), csrf }
    }

    pub fn program(server: &Server, house: &House, name: &'static str) -> Self {
        let scope = name.strip_suffix(" key").expect("a key");
        let headers = vec![("Authorization", format!("Bearer {}", house.key(scope)))];
        // With the cookie of forms, so that pages differ by nothing that is chance.
        let browser = Client::browser();
        browser.get(&format!("{}/login", server.url));
        Self { name, browser, headers, csrf: String::new() }
    }

    /// Sends a form of theirs, which is taken.
    pub fn send(&self, server: &Server, path: &str, fields: &[(&str, &str)]) -> Answer {
        let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("csrf", self.csrf.as_str())]).collect();
        let answer = self.browser.form(&format!("{}{path}", server.url), &fields);
        assert!([200, 303].contains(&answer.status), "{path}: {} {}", answer.status, answer.text());
        answer
    }

    /// Programs name the site beside the path.
    pub fn ask(&self, server: &Server, method: &str, path: &str, domain: &str) -> Answer {
        let mut headers: Vec<(&str, &str)> = self.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        if path == "/api/event" && method == "POST" {
            let hit = serde_json::json!({"n": "pageview", "u": format!("https://{PRIVATE}/"), "d": PRIVATE});
            return self.browser.post(&format!("{}{path}", server.url), &headers, hit.to_string().as_bytes());
        }
        let sends = ["POST", "PUT"].contains(&method);
        let body = format!("csrf={}&site_id={domain}", self.csrf);
        let by_name = path.starts_with("/api/v1/sites/") && !sends;
        let path = if by_name { format!("{path}?site_id={domain}") } else { path.to_owned() };
        if sends {
            headers.push(("Content-Type", "application/x-www-form-urlencoded"));
            // Who is refused before the body has come is refused by the end of the connection too.
            headers.push(("Connection", "close"));
        }
        self.browser.send(method, &format!("{}{path}", server.url), &headers, sends.then_some(body.as_bytes()))
    }
}

pub fn email(name: &str) -> String {
    format!("{name}@example.com")
}

/// Sites and people in every role.
pub fn house() -> House {
    let house = House::with_sites(&[PRIVATE, PUBLIC, "other.example"]);
    house.ok(&["site", "public", PUBLIC, "on"]);
    let add = |email: &str, words: &[&str]| {
        let words: Vec<&str> = ["user", "add", email, "--password-stdin"].iter().chain(words).copied().collect();
        assert!(house.run_with_input(&words, PASSWORD.as_bytes()).status.success(), "{words:?}");
    };
    add(&email("administrator"), &[]);
    for name in ["stranger", "viewer", "editor", "admin", "owner"] {
        add(&email(name), &["--member"]);
    }
    house.ok(&["site", "role", "other.example", &email("stranger"), "viewer"]);
    for role in ["viewer", "editor", "admin", "owner"] {
        house.ok(&["site", "role", PRIVATE, &email(role), role]);
        house.ok(&["site", "role", PUBLIC, &email(role), role]);
    }
    house
}

/// A team of the owner's; its page.
pub fn team(server: &Server, owner: &Asker) -> String {
    let made = owner.send(server, "/teams/new", &[("name", "Shop")]);
    made.header("location").expect("its page").to_owned()
}

/// Takes somebody into a team.
pub fn takes_in(server: &Server, owner: &Asker, team: &str, name: &'static str, role: &str) {
    let invited = owner.send(server, &format!("{team}/invite"), &[("role", role), ("email", &email(name))]).text();
    let at = invited.find("/join?token=").expect("a link");
    let token = invited[at + 12..].chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect::<String>();
    Asker::person(server, name).send(server, "/join", &[("token", &token)]);
}

/// The path of a route about a site, or about the one team there is.
pub fn filled(route: &str, domain: &str) -> String {
    let value = |name: &str| match name {
        "domain" | "site" | "site_id" => domain.to_owned(),
        "panel" => "pages".to_owned(),
        "filter_name" => "page".to_owned(),
        "widget" => "visitors".to_owned(),
        "name" => "script.js".to_owned(),
        "file" if route.contains("/export/") => "pages.csv".to_owned(),
        "file" => "TOTAL.json".to_owned(),
        "path" => "TOTAL.json".to_owned(),
        "email" => email("nobody-yet"),
        "id" if route.starts_with("/teams/") => "1".to_owned(),
        "id" | "goal_id" => "77".to_owned(),
        _ => "x".to_owned(),
    };
    let part = |part: &str| part.strip_prefix('{').and_then(|part| part.strip_suffix('}')).map_or_else(|| part.to_owned(), value);
    route.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// Whether an answer refuses: the way to sign in, no such thing, or no key for it.
pub fn refuses(answer: &Answer) -> bool {
    let to_sign_in = answer.status == 303 && answer.header("location").is_some_and(|place| place.starts_with("/login"));
    to_sign_in || [401, 403, 404].contains(&answer.status)
}

/// What somebody learns from an answer, with every site's name in it made the same.
pub fn learnt(answer: &Answer, domain: &str) -> String {
    // When it was said, and how long a name is, say nothing of the site.
    let headers: BTreeMap<_, _> = answer.headers().filter(|(name, _)| !["date", "content-length"].contains(&name.as_str())).collect();
    format!("{} {headers:?} {}", answer.status, answer.text()).replace(domain, "SITE")
}
