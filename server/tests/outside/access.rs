//! Who may do what: every route, asked by everybody there is, against the tables of `docs/access.md`; and who is refused
//! sees what stands where there is no site at all.

use super::named::signed_in;
use super::openapi::operations;
use crate::common::{Answer, Client, House, Server};
use footfall_domain::{SharedLink, UnixMillis};
use footfall_store::{Registry, SqliteStore};
use std::collections::BTreeMap;
use std::fmt::Write as _;

const TABLES: &str = include_str!("../../../docs/access.md");
const PRIVATE: &str = "private.example";
const PUBLIC: &str = "public.example";
/// No site at all.
const UNKNOWN: &str = "unknown.example";
const PASSWORD: &str = "correct horse";

/// What would end the asker, or what is asked about, or refuses a password that nobody has sent: called only where it is
/// refused to who asks.
const ENDING: [&str; 7] = [
    "POST /login",
    "POST /logout",
    "POST /account/leave",
    "POST /account/sign-out-everywhere",
    "POST /account/password",
    "DELETE /api/v1/sites/{site_id}",
    "POST /account/keys",
];

/// Somebody, or a program, with what they have to show.
struct Asker {
    /// As the table calls them.
    name: &'static str,
    browser: Client,
    headers: Vec<(&'static str, String)>,
    /// What a form of theirs sends back.
    csrf: String,
}

impl Asker {
    fn person(server: &Server, name: &'static str) -> Self {
        let browser = signed_in(server, &email(name));
        let csrf = browser.get(&format!("{}/account", server.url)).field("csrf");
        Self { name, browser, headers: Vec::new(), csrf }
    }

    fn nobody(server: &Server) -> Self {
        let browser = Client::browser();
        let csrf = browser.get(&format!("{}/login", server.url)).field("csrf");
        Self { name: "nobody", browser, headers: Vec::new(), csrf }
    }

    fn program(server: &Server, house: &House, name: &'static str) -> Self {
        let scope = name.strip_suffix(" key").expect("a key");
        let headers = vec![("Authorization", format!("Bearer {}", house.key(scope)))];
        // With the cookie of forms, so that pages differ by nothing that is chance.
        let browser = Client::browser();
        browser.get(&format!("{}/login", server.url));
        Self { name, browser, headers, csrf: String::new() }
    }

    /// Programs name the site beside the path.
    fn ask(&self, server: &Server, method: &str, path: &str, domain: &str) -> Answer {
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
        }
        self.browser.send(method, &format!("{}{path}", server.url), &headers, sends.then_some(body.as_bytes()))
    }
}

fn email(name: &str) -> String {
    format!("{name}@example.com")
}

/// Sites and people in every role.
fn house() -> House {
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

/// The rows of the table below a heading: the first cell, and the others.
fn table(heading: &str) -> Vec<(String, Vec<String>)> {
    let from = TABLES.split_once(&format!("## {heading}\n")).unwrap_or_else(|| panic!("no heading {heading}")).1;
    let part = from.split("\n## ").next().unwrap_or_default();
    let cells =
        |line: &str| -> Vec<String> { line.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`').to_owned()).collect() };
    let lines = part.lines().filter(|line| line.starts_with('|') && !line.starts_with("|-") && !line.starts_with("| -"));
    lines.map(|line| cells(line)).map(|mut cells| (cells.remove(0), cells)).collect()
}

/// What stands in the table of a kind of route for each asker.
fn allowed() -> BTreeMap<String, BTreeMap<String, bool>> {
    let mut rows = table("Who may").into_iter();
    let names = rows.next().expect("a head").1;
    let row = |cells: Vec<String>| names.iter().cloned().zip(cells.iter().map(|cell| cell == "yes")).collect();
    rows.map(|(kind, cells)| (kind, row(cells))).collect()
}

/// The path of a route about a site.
fn filled(route: &str, domain: &str) -> String {
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
        "id" | "goal_id" => "77".to_owned(),
        _ => "x".to_owned(),
    };
    let part = |part: &str| part.strip_prefix('{').and_then(|part| part.strip_suffix('}')).map_or_else(|| part.to_owned(), value);
    route.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// Whether an answer refuses: the way to sign in, no such thing, or no key for it.
fn refuses(answer: &Answer) -> bool {
    let to_sign_in = answer.status == 303 && answer.header("location").is_some_and(|place| place.starts_with("/login"));
    to_sign_in || [401, 403, 404].contains(&answer.status)
}

/// What somebody learns from an answer, with every site's name in it made the same.
fn learnt(answer: &Answer, domain: &str) -> String {
    let headers =
        ["location", "cache-control", "content-type", "www-authenticate", "set-cookie", "x-robots-tag", "content-security-policy"];
    let headers: Vec<_> = headers.iter().map(|name| (name, answer.header(name).unwrap_or_default())).collect();
    format!("{} {headers:?} {}", answer.status, answer.text()).replace(domain, "SITE")
}

#[test]
fn every_route_is_for_whom_the_table_says() {
    let house = house();
    let server = house.serve();
    let kinds = allowed();
    let routes: BTreeMap<String, String> = table("Routes").into_iter().skip(1).map(|(route, cells)| (route, cells[0].clone())).collect();
    let mut askers = vec![Asker::nobody(&server)];
    askers.extend(["stranger", "viewer", "editor", "admin", "owner", "administrator"].map(|name| Asker::person(&server, name)));
    askers.extend(["stats key", "events key", "sites key", "admin key"].map(|name| Asker::program(&server, &house, name)));
    let mut wrong = String::new();
    let mut asked = 0;
    for operation in operations(&server) {
        let route = format!("{} {}", operation.method, operation.path);
        let Some(kind) = routes.get(&route) else {
            writeln!(wrong, "{route}: in no line of the table of routes").expect("text");
            continue;
        };
        // The Sites API names the site beside the path.
        let named = operation.path.starts_with("/api/v1/sites/") && operation.path != "/api/v1/sites/teams";
        let by_site = named || ["{domain}", "{site}", "{site_id}"].iter().any(|name| operation.path.contains(name));
        for (domain, suffix) in [(PRIVATE, ""), (PUBLIC, " of a public site")] {
            if suffix != "" && !by_site {
                continue;
            }
            let row = kinds.get(&format!("{kind}{suffix}")).or_else(|| kinds.get(kind)).unwrap_or_else(|| panic!("no line about {kind}"));
            let path = filled(&operation.path, domain);
            for asker in &askers {
                let may = row[asker.name];
                if may && ENDING.contains(&route.as_str()) {
                    continue;
                }
                let answer = asker.ask(&server, &operation.method, &path, domain);
                asked += 1;
                // What is not there is not there for those who may look for it either.
                let absent = answer.status == 404 && may && (kind == "open" || operation.path.contains("id}"));
                let refused = refuses(&answer) && !absent;
                if refused == may {
                    writeln!(wrong, "{route} ({kind}{suffix}), {}: {}, expected {may}", asker.name, answer.status).expect("text");
                } else if refused && by_site {
                    let unknown = asker.ask(&server, &operation.method, &filled(&operation.path, UNKNOWN), UNKNOWN);
                    if learnt(&answer, domain) != learnt(&unknown, UNKNOWN) {
                        writeln!(
                            wrong,
                            "{route} ({kind}{suffix}), {}: {} is told from unknown: {}",
                            asker.name, answer.status, unknown.status
                        )
                        .expect("text");
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(asked > 1_000, "{asked}");
}

#[test]
fn the_tables_name_no_route_that_is_gone() {
    let house = House::new();
    let server = house.serve();
    let there: Vec<String> = operations(&server).into_iter().map(|operation| format!("{} {}", operation.method, operation.path)).collect();
    let gone: Vec<String> = table("Routes").into_iter().skip(1).map(|(route, _)| route).filter(|route| !there.contains(route)).collect();
    assert_eq!(gone, Vec::<String>::new());
}

/// A form of somebody signed in does nothing unless it was shown to them: no route forgets to ask.
#[test]
fn no_form_is_taken_that_was_not_shown() {
    let house = house();
    let server = house.serve();
    let owner = Asker::person(&server, "owner");
    let other = Asker::person(&server, "admin");
    let mut forms = 0;
    for operation in operations(&server).into_iter().filter(|operation| operation.said["tags"][0] == "Forms") {
        let path = filled(&operation.path, PRIVATE);
        for csrf in [String::new(), "x".repeat(43), other.csrf.clone()] {
            let forged = Asker { csrf, browser: signed_in(&server, &email("owner")), name: "owner", headers: Vec::new() };
            let answer = forged.ask(&server, "POST", &path, PRIVATE);
            assert_eq!(answer.status, 403, "POST {path}");
        }
        forms += 1;
    }
    assert!(forms > 40, "{forms}");
    assert_eq!(owner.ask(&server, "GET", "/private.example", PRIVATE).status, 200, "nothing was removed or renamed");
}

/// What a member sees is framed by nobody and kept by no cache, also where the same address is public to others.
#[test]
fn what_members_see_is_neither_framed_nor_kept() {
    let house = house();
    let server = house.serve();
    let owner = Asker::person(&server, "owner");
    let mut wrong = String::new();
    for operation in operations(&server).into_iter().filter(|operation| operation.method == "GET") {
        let carried = operation.said["x-carried"].as_str().unwrap_or("private");
        let framed = ["/embed/", "/counter/", "/share/"].iter().any(|beginning| operation.path.starts_with(beginning));
        if framed || ["immutable", "script"].contains(&carried) || operation.path == "/{domain}/card.png" {
            continue;
        }
        for domain in [PRIVATE, PUBLIC] {
            let answer = owner.ask(&server, "GET", &filled(&operation.path, domain), domain);
            let caching = answer.header("cache-control").unwrap_or_default();
            let policy = answer.header("content-security-policy").unwrap_or_default();
            let of_site =
                operation.path.contains("{domain}") || operation.path.starts_with("/account") || operation.path.starts_with("/teams");
            if of_site && !caching.starts_with("private") {
                writeln!(wrong, "GET {} may be kept: {caching}", operation.path).expect("text");
            }
            if !policy.contains("frame-ancestors 'none'") {
                writeln!(wrong, "GET {} may be framed: {policy}", operation.path).expect("text");
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// A link opens what stands behind it, for nobody in particular; one that ended, that never was, or that is another site's
/// is told from no site by nothing.
#[test]
fn links_open_what_they_say_and_no_more() {
    const OPEN: &str = "open-link-of-some-site";
    const ENDED: &str = "ended-link-of-some-site";
    let house = house();
    add_links(&house, &[(OPEN, None), (ENDED, Some(UnixMillis(1_000)))]);
    let server = house.serve();
    let nobody = Asker::nobody(&server);
    let stranger = Asker::person(&server, "stranger");
    let behind = |path: &str| path.starts_with("/share/{domain}") || path.starts_with("/embed/{domain}");
    let mut asked = 0;
    for operation in operations(&server).into_iter().filter(|operation| operation.method == "GET" && behind(&operation.path)) {
        let at = |domain: &str, slug: &str| format!("{}?auth={slug}", filled(&operation.path, domain));
        for asker in [&nobody, &stranger] {
            let opened = asker.ask(&server, "GET", &at(PRIVATE, OPEN), PRIVATE);
            assert!(!refuses(&opened), "{} {}: {}", asker.name, operation.path, opened.status);
            assert_eq!(opened.header("set-cookie"), None, "{}", operation.path);
            for (domain, slug) in [(PRIVATE, ENDED), (PRIVATE, "never-was-a-link"), ("other.example", OPEN), (PUBLIC, ENDED)] {
                let refused = asker.ask(&server, "GET", &at(domain, slug), domain);
                let unknown = asker.ask(&server, "GET", &at(UNKNOWN, slug), UNKNOWN);
                assert!(refuses(&refused), "{} {domain} {slug}: {}", operation.path, refused.status);
                assert_eq!(learnt(&refused, domain), learnt(&unknown, UNKNOWN), "{} {domain} {slug}", operation.path);
                asked += 1;
            }
        }
    }
    assert!(asked > 50, "{asked}");
    let elsewhere = nobody.ask(&server, "GET", &format!("/{PRIVATE}?auth={OPEN}"), PRIVATE);
    assert!(refuses(&elsewhere), "a link is no key to the site's own page: {}", elsewhere.status);
}

/// Puts links into the store of a house nobody has open: one that has ended already cannot be made by a form.
fn add_links(house: &House, links: &[(&str, Option<UnixMillis>)]) {
    put_links(house, links, None);
}

fn put_links(house: &House, links: &[(&str, Option<UnixMillis>)], password_hash: Option<&str>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let store = SqliteStore::open(&house.data().join("footfall.db")).await.expect("the store");
        let mut site = store.sites().await.expect("sites").into_iter().find(|site| site.domain == PRIVATE).expect("the site");
        for (slug, expires) in links {
            let id = site.sharing.next_id();
            let (name, created) = (format!("link {id}"), UnixMillis(0));
            let password_hash = password_hash.map(str::to_owned);
            let link = SharedLink { id, slug: (*slug).to_owned(), name, password_hash, segment: None, created, expires: *expires };
            site.sharing.links.push(link);
        }
        store.put_site(&site).await.expect("put");
    });
}

/// Before its password was said, a link shows the way to say it and nothing else; a widget behind it is not there.
#[test]
fn a_link_with_a_password_shows_nothing_before() {
    const SLUG: &str = "link-that-asks-a-password";
    let house = house();
    put_links(&house, &[(SLUG, None)], Some("$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g"));
    let server = house.serve();
    let nobody = Asker::nobody(&server);
    let behind = |path: &str| path.starts_with("/share/{domain}") || path.starts_with("/embed/{domain}");
    for operation in operations(&server).into_iter().filter(|operation| operation.method == "GET" && behind(&operation.path)) {
        let answer = nobody.ask(&server, "GET", &format!("{}?auth={SLUG}", filled(&operation.path, PRIVATE)), PRIVATE);
        let asks = answer.status == 200 && answer.text().contains("type=\"password\"") && !answer.text().contains("class=\"panel");
        let leads = answer.status == 303 && answer.header("location").is_some_and(|place| place.starts_with("/share/"));
        assert!(refuses(&answer) || asks || leads, "{}: {} {}", operation.path, answer.status, answer.text());
        assert_eq!(answer.header("cache-control"), Some("private, no-store"), "{}", operation.path);
        // What stands where there is no widget may be framed: a frame of a blog says so too.
        let unframed = answer.header("content-security-policy").is_some_and(|policy| policy.contains("frame-ancestors 'none'"));
        assert!(unframed || operation.path.starts_with("/embed/"), "{}", operation.path);
    }
}

/// A key of somebody opens what they may see at that moment, and is told from one for no site by nothing.
#[test]
fn a_persons_key_may_what_the_person_may() {
    let house = house();
    let server = house.serve();
    let key = |name: &'static str, scope: &str| {
        let browser = signed_in(&server, &email(name));
        let csrf = browser.get(&format!("{}/account", server.url)).field("csrf");
        let fields = [("csrf", csrf.as_str()), ("name", "mine"), ("scope", scope)];
        let made = browser.form(&format!("{}/account/keys", server.url), &fields).text();
        let at = made.find("ff_").unwrap_or_else(|| panic!("a key: {made}"));
        format!("Bearer {}", &made[at..at + 46])
    };
    let report = |key: &str, domain: &str| {
        let query = serde_json::json!({"site_id": domain, "metrics": ["visitors"], "date_range": "day"});
        Client::new().post(&format!("{}/api/v2/query", server.url), &[("Authorization", key)], query.to_string().as_bytes())
    };
    let change = |key: &str, domain: &str| {
        let headers = [("Authorization", key), ("Content-Type", "application/json")];
        Client::new().send("PUT", &format!("{}/api/v1/sites/{domain}", server.url), &headers, Some(b"{\"timezone\": \"Europe/Berlin\"}"))
    };
    let told = |answer: &Answer, domain: &str| format!("{} {}", answer.status, answer.text()).replace(domain, "SITE");
    for (name, reads, manages) in [("stranger", false, false), ("viewer", true, false), ("editor", true, false), ("owner", true, true)] {
        let (stats, sites) = (key(name, "stats"), key(name, "sites"));
        let (answer, unknown) = (report(&stats, PRIVATE), report(&stats, UNKNOWN));
        assert_eq!(answer.status == 200, reads, "{name}: {}", answer.text());
        assert!(reads || told(&answer, PRIVATE) == told(&unknown, UNKNOWN), "{name}: {} {}", answer.text(), unknown.text());
        let (answer, unknown) = (change(&sites, PRIVATE), change(&sites, UNKNOWN));
        assert_eq!(answer.status == 200, manages, "{name}: {}", answer.text());
        assert!(manages || told(&answer, PRIVATE) == told(&unknown, UNKNOWN), "{name}: {} {}", answer.text(), unknown.text());
        assert_eq!(report(&sites, PRIVATE).status, 401, "{name}: a key for sites reads no numbers");
    }
    let stats = key("viewer", "stats");
    house.ok(&["site", "role", PRIVATE, &email("viewer"), "none"]);
    assert_eq!(report(&stats, PRIVATE).status, 401, "the role is gone, and what the key opened with it");
}

/// A role by a team is a role.
#[test]
fn a_team_gives_its_roles_and_takes_them() {
    let house = house();
    let server = house.serve();
    let (owner, stranger) = (Asker::person(&server, "owner"), Asker::person(&server, "stranger"));
    let post = |path: &str, fields: &[(&str, &str)]| {
        let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("csrf", owner.csrf.as_str())]).collect();
        let answer = owner.browser.form(&format!("{}{path}", server.url), &fields);
        assert!([200, 303].contains(&answer.status), "{path}: {} {}", answer.status, answer.text());
        answer
    };
    let made = post("/teams/new", &[("name", "Shop")]);
    let team = made.header("location").expect("its page").to_owned();
    let number = team.rsplit('/').next().expect("a number").to_owned();
    let invited = post(&format!("{team}/invite"), &[("role", "editor"), ("email", &email("stranger"))]).text();
    let at = invited.find("/join?token=").expect("a link");
    let token = invited[at + 12..].chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect::<String>();
    let joined = stranger.browser.form(&format!("{}/join", server.url), &[("csrf", &stranger.csrf), ("token", &token)]);
    assert_eq!(joined.status, 303, "{}", joined.text());
    let stranger = Asker::person(&server, "stranger");
    let status = |path: &str| stranger.ask(&server, "GET", &format!("/{PRIVATE}{path}"), PRIVATE).status;
    assert_eq!([status(""), status("/settings/goals"), status("/settings")], [404, 404, 404], "the team has no site yet");
    post(&format!("/{PRIVATE}/settings/people/team"), &[("team", &number)]);
    assert_eq!([status("?period=28d"), status("/settings/goals"), status("/settings")], [200, 200, 404], "an editor by the team");
    post(&format!("/{PRIVATE}/settings/people/team"), &[("team", "")]);
    assert_eq!([status(""), status("/settings/goals")], [404, 404]);
}
