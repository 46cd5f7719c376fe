//! Public answers as caches see them: every line of `docs/formats/cdn.md`, and what somebody may try who wants a cache to
//! keep what it should not.

use super::named::{house as house_with_people, send, signed_in};
use super::openapi::{Operation, operations};
use crate::common::{Answer, BROWSER, Client, House, Server, eventually};
use footfall_domain::{Clock, SystemClock};
use serde_json::json;
use std::time::Duration;

const CONTRACT: &str = include_str!("../../../docs/formats/cdn.md");
const SHARING: &str = "/example.com/settings/sharing";

/// A public site with a hit today and one in 2015, a public one without any, and a private one.
fn house() -> House {
    let house = house_with_people();
    // Where it is day: near midnight answers are kept for shorter.
    let hour = SystemClock.now().0 / 3_600_000 % 24;
    let zone = if (3..21).contains(&hour) { "UTC" } else { "Etc/GMT-12" };
    house.ok(&["site", "remove", "example.com", "--yes"]);
    for domain in ["example.com", "empty.example", "private.example"] {
        house.ok(&["site", "add", domain, "--timezone", zone]);
    }
    for domain in ["example.com", "empty.example"] {
        house.ok(&["site", "public", domain, "on"]);
    }
    import(&house, "example.com", "access.log", 1);
    house
}

fn import(house: &House, domain: &str, name: &str, visitors: u32) {
    let line = |n: u32| format!("198.51.100.{n} - - [01/May/2015:10:00:00 +0000] \"GET /{n} HTTP/1.1\" 200 512 \"-\" \"{BROWSER}\"\n");
    let file = house.file(name, (1..=visitors).map(line).collect::<String>());
    house.ok(&["import", "--site", domain, file.to_str().expect("UTF-8")]);
}

fn served(house: &House) -> Server {
    let server = house.serve();
    let hit = json!({"n": "pageview", "u": "https://example.com/today", "d": "example.com"});
    assert_eq!(server.event(hit).status, 202);
    let seen = || server.get("/api/sites/example.com/current").json() == json!({"visitors": 1});
    eventually(Duration::from_secs(20), "the hit is counted", seen);
    server
}

/// Makes a shared link of `example.com`; its secret.
fn link(server: &Server, owner: &Client, fields: &[(&str, &str)]) -> String {
    let made = send(server, owner, SHARING, &format!("{SHARING}/link"), fields);
    assert!([200, 303].contains(&made.status), "{}", made.text());
    let text = owner.get(&format!("{}{SHARING}", server.url)).text();
    let name = fields.iter().find(|(name, _)| *name == "name").expect("a name").1;
    let at = text.find(name).unwrap_or_else(|| panic!("{name} in {text}"));
    let from = at + text[at..].find("?auth=").expect("a link") + "?auth=".len();
    text[from..].chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect()
}

/// Somebody who has said the password of a link.
fn entered(server: &Server, auth: &str, password: &str) -> Client {
    let browser = Client::browser();
    let csrf = browser.get(&format!("{}/share/example.com?auth={auth}", server.url)).field("csrf");
    let fields = [("csrf", csrf.as_str()), ("auth", auth), ("query", ""), ("password", password)];
    assert_eq!(browser.form(&format!("{}/share/example.com/authenticate", server.url), &fields).status, 303);
    browser
}

struct Line<'a> {
    path: &'a str,
    state: &'a str,
    status: u16,
    caching: &'a str,
    frames: &'a str,
    carries: &'a str,
}

fn plain(cell: &str) -> &str {
    cell.trim().trim_matches('`')
}

/// The rows of the table below a heading.
fn table(heading: &str) -> Vec<Vec<&'static str>> {
    let section = CONTRACT.split("\n## ").find(|section| section.starts_with(heading)).unwrap_or_else(|| panic!("no section {heading}"));
    let rows = section.lines().filter(|line| line.starts_with('|')).skip(2);
    rows.map(|row| row.trim_matches('|').split(" | ").map(plain).collect()).collect()
}

fn lines(heading: &str) -> Vec<Line<'static>> {
    let line = |cells: Vec<&'static str>| match cells[..] {
        [path, state, status, caching, frames, carries] => {
            Line { path, state, status: status.parse().expect("a status"), caching, frames, carries }
        }
        _ => panic!("six cells: {cells:?}"),
    };
    table(heading).into_iter().map(line).collect()
}

fn caching(word: &str) -> String {
    let rows = table("Headers");
    let row = rows.iter().find(|row| row[0] == word).unwrap_or_else(|| panic!("the word {word} is explained"));
    row[1].to_owned()
}

/// What is other than the line says.
fn faults(line: &Line<'_>, answer: &Answer) -> Vec<String> {
    let header = |name: &str| answer.header(name).unwrap_or("").to_owned();
    let mut expected = vec![("cache-control", caching(line.caching)), ("set-cookie", String::new())];
    let mut faults = Vec::new();
    if answer.status != line.status {
        faults.push(format!("status {}", answer.status));
    }
    if line.carries == "public" {
        expected.push(("vary", "accept-encoding".to_owned()));
        let tag = header("etag");
        if tag.len() < 34 || !tag.starts_with('"') {
            faults.push(format!("etag {tag}"));
        }
    }
    if line.carries != "nothing" && !header("surrogate-key").starts_with("site-") {
        faults.push("no surrogate key".to_owned());
    }
    if line.carries == "nothing" && !header("surrogate-key").is_empty() {
        faults.push(format!("surrogate key {}", header("surrogate-key")));
    }
    // Files have tags: they carry nothing of a site.
    if line.carries == "nothing" && line.caching == "none" && !header("etag").is_empty() {
        faults.push(format!("etag {}", header("etag")));
    }
    if line.caching == "none" {
        // What nobody keeps may carry the cookie of a form.
        expected.retain(|(name, _)| *name != "set-cookie");
    }
    for (name, value) in expected {
        if header(name) != value {
            faults.push(format!("{name}: {}", header(name)));
        }
    }
    let policy = header("content-security-policy");
    let framed = !policy.contains("frame-ancestors 'none'");
    if framed != (line.frames == "any")
        || framed == answer.header("x-frame-options").is_some() && header("content-type").starts_with("text/html")
    {
        faults.push(format!("frames: {policy}"));
    }
    faults
}

/// A path of the table at a site, with what a link adds.
fn filled(path: &str, domain: &str, auth: Option<&str>) -> String {
    let path = path.replace("{domain}", domain);
    let Some(auth) = auth else { return path };
    match path.split_once('?') {
        // In its place by name; odd spellings stay odd.
        Some((path, query)) => format!("{path}?auth={auth}&{query}"),
        None => format!("{path}?auth={auth}"),
    }
}

/// The tables of what is answered to anybody.
const OPEN_TO_ALL: [&str; 4] = ["Public pages", "Widgets", "Counters and cards", "Files"];

#[test]
fn every_line_of_the_contract_is_kept() {
    let house = house();
    let server = served(&house);
    let owner = signed_in(&server, "ada@example.com");
    let open = link(&server, &owner, &[("name", "Open link"), ("no_password", "yes")]);
    let locked = link(&server, &owner, &[("name", "Locked link"), ("password", "open sesame please")]);
    let page = server.get("/example.com").text();
    let asset: String = page.split_once("/assets/").expect("a file").1.chars().take_while(|c| *c != '"').collect();
    let mut wrong = Vec::new();
    let mut ask = |line: &Line<'_>, browser: &Client, path: String| {
        // A guest without anything; and one who takes gzip.
        for headers in [&[][..], &[("Accept-Encoding", "gzip")]] {
            let answer = browser.get_with(&format!("{}{path}", server.url), headers);
            let found = faults(line, &answer);
            if !found.is_empty() {
                wrong.push(format!("{path} ({}): {}", line.state, found.join("; ")));
            }
        }
    };
    for line in OPEN_TO_ALL.iter().flat_map(|heading| lines(heading)) {
        let domain = match line.state {
            "private" => "private.example",
            "unknown" => "unknown.example",
            "empty" => "empty.example",
            _ => "example.com",
        };
        ask(&line, &Client::new(), filled(line.path, domain, None).replace("{file}", &asset));
    }
    for line in lines("Shared links") {
        let auth = match line.state {
            "private" | "entered" => &locked,
            "unknown" => "nosuchlinkatall",
            _ => &open,
        };
        let browser = if line.state == "entered" { entered(&server, &locked, "open sesame please") } else { Client::new() };
        ask(&line, &browser, filled(line.path, "example.com", Some(auth)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_import_into_a_day_that_is_over_makes_another_page_of_it() {
    let house = house();
    let server = served(&house);
    let path = "/example.com?date=2015-05-01&period=day";
    let first = server.get(path);
    let tag = first.header("etag").expect("a tag").to_owned();
    let known = |tag: &str| Client::new().get_with(&format!("{}{path}", server.url), &[("If-None-Match", tag)]).status;
    assert_eq!(known(&tag), 304);
    import(&house, "example.com", "more.log", 5);
    assert_eq!(known(&tag), 200);
    let after = server.get(path);
    assert_ne!(after.header("etag"), Some(&*tag));
    assert!(after.text().contains("/5") && !first.text().contains("/5"));
}

#[test]
fn strangers_cannot_tell_a_private_site_from_none() {
    let house = house();
    let server = house.serve();
    let stranger = Client::new();
    for path in [
        "/{domain}",
        "/{domain}/details/pages",
        "/{domain}/export.zip",
        "/{domain}/chart.svg",
        "/api/sites/{domain}/current",
        "/share/{domain}?auth=x",
    ] {
        let ask = |domain: &str| {
            let answer = stranger.get(&format!("{}{}", server.url, path.replace("{domain}", domain)));
            (
                answer.status,
                answer.header("location").map(|place| place.replace(domain, "{domain}")),
                answer.text().replace(domain, "{domain}").len(),
            )
        };
        assert_eq!(ask("private.example"), ask("unknown.example"), "{path}");
    }
}

#[test]
fn who_may_see_a_public_site_as_a_member_sees_it_as_one() {
    let house = house();
    let server = served(&house);
    let ada = signed_in(&server, "ada@example.com");
    let own = ada.get(&format!("{}/example.com?period=28d", server.url));
    assert_eq!((own.status, own.header("cache-control"), own.header("etag")), (200, Some("private, no-store"), None));
    assert!(own.text().contains("Site settings") || own.text().contains("/example.com/settings"));
    let public = server.get("/example.com").text();
    for private in ["/example.com/settings", "ada@example.com", "csrf", "/logout", "\"/sites", "private.example", "name=\"theme\""] {
        assert!(!public.contains(private), "{private} on a public page");
    }
    assert!(public.contains("Counted by Footfall") && public.contains("/login?next="));
}

#[test]
fn nothing_of_a_request_but_its_address_reaches_a_public_answer() {
    let house = house();
    let server = served(&house);
    let plain = server.get("/example.com");
    let odd = [
        ("Host", "evil.example"),
        ("X-Forwarded-Host", "evil.example"),
        ("X-Forwarded-Proto", "gopher"),
        ("Forwarded", "host=evil.example"),
        ("X-Original-URL", "/sites"),
        ("X-Rewrite-URL", "/sites"),
        ("Accept-Language", "de"),
        ("Cookie", "lang=de; theme=dark; period=7d; footfall=AAAA"),
        ("Origin", "https://evil.example"),
        ("User-Agent", "evil-agent/1.0"),
    ];
    for (name, value) in odd {
        let answer = Client::new().get_with(&format!("{}/example.com", server.url), &[(name, value)]);
        assert_eq!((answer.status, answer.header("etag")), (200, plain.header("etag")), "{name}");
        assert!(answer.body == plain.body, "{name}");
    }
    let echoed = server.get("/example.com?x=%3Cscript%3Ealert(1)%3C/script%3E&utm_source=evil");
    assert_eq!((echoed.status, echoed.header("location")), (301, Some("/example.com")));
    for spelling in ["/example.com?", "/example.com?&&", "/Example.com", "/example%2Ecom", "/example.com?period=28d&period=28d"] {
        let answer = server.get(spelling);
        assert_eq!((answer.status, answer.header("location")), (301, Some("/example.com")), "{spelling}");
    }
}

#[test]
fn a_members_page_is_never_kept_under_the_name_of_a_file() {
    let house = house();
    let server = served(&house);
    let ada = signed_in(&server, "ada@example.com");
    for path in [
        "/example.com/x.css",
        "/example.com;.js",
        "/example.com%2f..",
        "/example.com%00.css",
        "/example.com/settings/x.js",
        "/example.com/settings;.css",
        "/account/x.css",
        "/assets/..%2faccount",
        "/js/..%2f..%2faccount",
        "/sites%3f.css",
        "/share/example.com/x.css",
    ] {
        let answer = ada.get(&format!("{}{path}", server.url));
        let caching = answer.header("cache-control").unwrap_or("private");
        assert!(!caching.contains("public") || answer.status == 301, "{path}: {} {caching}", answer.status);
        assert!(!answer.text().contains("/account/password"), "{path}");
    }
}

#[test]
fn a_link_shows_its_segment_and_nothing_else() {
    let house = house();
    let server = served(&house);
    let ada = signed_in(&server, "ada@example.com");
    let segments = "/example.com/settings/segments";
    let made =
        send(&server, &ada, &format!("{segments}?f=is,page,/5"), segments, &[("name", "Fives"), ("for", "site"), ("f", "is,page,/5")]);
    assert_eq!(made.status, 303, "{}", made.text());
    import(&house, "example.com", "more.log", 9);
    let auth = link(&server, &ada, &[("name", "Fives only"), ("no_password", "yes"), ("segment", "1")]);
    let day = "date=2015-05-01&period=day";
    let page = server.get(&format!("/share/example.com?auth={auth}&{day}"));
    assert_eq!(page.status, 200, "{}", page.text());
    let text = page.text();
    assert!(text.contains("chip--held") && text.contains("Fives"));
    assert!(text.contains(">/5<") && !text.contains(">/4<"), "other pages are not there");
    assert!(page.header("x-robots-tag").is_some_and(|tag| tag.contains("noindex")));
    assert!(text.contains("content=\"noindex, nofollow\""));
    for path in ["details/pages", "export/pages.csv"] {
        let below = server.get(&format!("/share/example.com/{path}?auth={auth}&{day}"));
        assert_eq!(below.status, 200, "{path}");
        assert!(below.text().contains("/5") && !below.text().contains("/4"), "{path}: {}", below.text());
    }
    let typed = server.get(&format!("/api/stats/example.com/suggestions/page?auth={auth}&{day}&q=/")).json();
    assert_eq!(typed, json!([{"value": "/5", "label": "/5"}]));
    let now = server.get(&format!("/api/sites/example.com/current?auth={auth}")).json();
    assert_eq!(now, json!({"visitors": 0}), "who reads /today is not theirs");
    assert_eq!(server.get("/api/sites/example.com/current").json(), json!({"visitors": 1}));
    let lifted = server.get(&format!("/share/example.com?auth={auth}&{day}&f=is_not,segment,1"));
    assert!(!lifted.text().contains(">/4<"), "a filter of one's own only narrows");
}

#[test]
fn behind_a_segment_nobody_learns_what_others_are_called() {
    let house = house();
    let server = served(&house);
    let ada = signed_in(&server, "ada@example.com");
    let segments = "/example.com/settings/segments";
    for (name, filter) in [("Fives", "is,page,/5"), ("Rivals of ours", "is,page,/4")] {
        assert_eq!(send(&server, &ada, segments, segments, &[("name", name), ("for", "site"), ("f", filter)]).status, 303);
    }
    import(&house, "example.com", "more.log", 9);
    let bound = link(&server, &ada, &[("name", "Fives only"), ("no_password", "yes"), ("segment", "1")]);
    let whole = link(&server, &ada, &[("name", "All of it"), ("no_password", "yes")]);
    let day = "date=2015-05-01&period=day";
    // Followed to where the address leads: what a stranger ends up with.
    let seen = |auth: &str, path: &str, more: &str| {
        let place = format!("{path}?auth={auth}&{day}{more}");
        let mut answer = server.get(&place);
        while let Some(place) = answer.header("location").map(str::to_owned) {
            answer = server.get(&place);
        }
        assert_eq!(answer.status, 200, "{place}");
        answer.text()
    };
    let (page, list) = ("/share/example.com", "/share/example.com/details/pages");
    let suggested = "/api/stats/example.com/suggestions/segment";
    for (path, more) in [
        (page, ""),
        (page, "&filter=segment"),
        (page, "&edit=is,segment,2"),
        (page, "&edit=is,segment,1,2"),
        (page, "&f=is,segment,2"),
        (list, ""),
        (list, "&filter=segment"),
        (list, "&edit=is,segment,2"),
        (suggested, "&q="),
        (suggested, "&q=rivals"),
        ("/share/example.com/chart.svg", "&f=is,segment,2"),
    ] {
        let text = seen(&bound, path, more);
        assert!(!text.contains("Rivals"), "{path} {more}: {text}");
        assert!(!text.contains(">/4<"), "{path} {more}: their pages are not there either");
    }
    for (path, more) in [(page, ""), (page, "&filter=segment"), (list, ""), (suggested, "&q=rivals")] {
        assert!(seen(&whole, path, more).contains("Rivals"), "{path} {more}: this is where it would stand");
    }
}

#[test]
fn a_guest_who_asks_too_much_is_told_so() {
    let house = house();
    let server = served(&house);
    let ada = signed_in(&server, "ada@example.com");
    let segments = "/example.com/settings/segments";
    for name in ["One", "Two"] {
        let filter = format!("matches,page{}", (0..30).map(|n| format!(",^/{name}{n}$")).collect::<String>());
        assert_eq!(send(&server, &ada, segments, segments, &[("name", name), ("for", "site"), ("f", &filter)]).status, 303);
    }
    let asked = server.get("/api/stats/example.com/suggestions/source?f=is,segment,1,2&period=day&q=");
    assert_eq!((asked.status, asked.header("cache-control")), (400, Some("private, no-store")), "{}", asked.text());
    assert_eq!(server.get("/api/stats/example.com/suggestions/source?f=is,segment,1&period=day&q=").status, 200);
}

#[test]
fn of_properties_that_are_not_shown_guests_learn_nothing() {
    let house = house();
    let server = served(&house);
    let props = json!({"author": "ada", "email": "eve@example.com"});
    let hit = json!({"n": "pageview", "u": "https://example.com/today", "d": "example.com", "p": props});
    assert_eq!(server.event(hit).status, 202);
    let suggested = |name: &str| server.get(&format!("/api/stats/example.com/suggestions/props:{name}?period=day&q=")).json();
    let told = || suggested("email").to_string().contains("eve@example.com");
    eventually(Duration::from_secs(20), "the hit is counted", told);
    let ada = signed_in(&server, "ada@example.com");
    let properties = "/example.com/settings/properties";
    let chosen = send(&server, &ada, properties, properties, &[("show", "these"), ("property", "author")]);
    assert_eq!(chosen.status, 303, "{}", chosen.text());
    assert_eq!(suggested("email"), json!([]));
    assert!(suggested("author").to_string().contains("ada"));
    for path in ["", "/details/pages", "/export/pages.csv", "/chart.svg"] {
        let asked = server.get(&format!("/example.com{path}?f=is,props:email,eve@example.com&period=day"));
        let without = format!("/example.com{path}?period=day");
        // By way of the one spelling of the address.
        let place = asked.header("location").unwrap_or_default().to_owned();
        let last = if place == without { asked } else { server.get(&place) };
        assert_eq!((last.status, last.header("location")), (301, Some(&*without)), "{path}");
        assert_eq!(server.get(&format!("/example.com{path}?f=is,props:author,ada&period=day")).status, 200, "{path}");
    }
    // What is suggested under a filter would say whether somebody passes it.
    let under = |what: &str, filter: &str| server.get(&format!("/api/stats/example.com/suggestions/{what}?{filter}period=day&q=")).text();
    for what in ["page", "browser", "goal", "prop_key", "props:author"] {
        for filter in
            ["is,props:email,eve@example.com", "is,props:email,nobody", "is_not,props:email,eve@example.com", "has_done,props:email,x"]
        {
            assert_eq!(under(what, &format!("f={filter}&")), under(what, ""), "{what} {filter}");
        }
    }
    assert!(under("page", "").contains("/today"));
    assert!(!under("page", "f=is,props:author,nobody&").contains("/today"), "of what is shown they may ask");
    // The owner's own words are no way around either.
    let segments = "/example.com/settings/segments";
    let named = [("name", "Somebody"), ("for", "site"), ("f", "is,props:email,eve@example.com")];
    assert_eq!(send(&server, &ada, segments, segments, &named).status, 303);
    for open in ["", "/details/pages"] {
        let place = format!("/example.com{open}?period=day&edit=is,segment,1");
        let asked = server.get(&place);
        let asked = asked.header("location").map(|place| server.get(place)).unwrap_or(asked);
        assert!(asked.status == 200 && asked.text().contains("Somebody") && asked.text().contains("sheet__box"), "{}", asked.text());
        assert!(!asked.text().contains("eve@example.com") && !asked.text().contains("email"), "{place}: {}", asked.text());
        let theirs = ada.get(&format!("{}{place}", server.url)).text();
        assert!(theirs.contains("eve@example.com"), "members see what it asks: {theirs}");
    }
}

#[test]
fn a_link_with_a_password_opens_for_who_says_it() {
    let house = house();
    let server = served(&house);
    let ada = signed_in(&server, "ada@example.com");
    let auth = link(&server, &ada, &[("name", "Locked link"), ("password", "open sesame please")]);
    let page = format!("/share/example.com?auth={auth}");
    let guest = Client::browser();
    let url = |path: &str| format!("{}{path}", server.url);
    let form = guest.get(&url(&page));
    assert!(form.text().contains("type=\"password\"") && !form.text().contains("headline"));
    let csrf = form.field("csrf");
    let say = |browser: &Client, csrf: &str, password: &str| {
        let fields = [("csrf", csrf), ("auth", auth.as_str()), ("query", "period=7d"), ("password", password)];
        browser.form(&url("/share/example.com/authenticate"), &fields)
    };
    assert_eq!(say(&guest, "", "open sesame please").status, 403, "the form is ours");
    let wrong = say(&guest, &csrf, "open sesame");
    assert_eq!((wrong.status, guest.cookie("footfall-link")), (401, None));
    let right = say(&guest, &csrf, "open sesame please");
    assert_eq!((right.status, right.header("location")), (303, Some(&*format!("/share/example.com?auth={auth}&period=7d"))));
    let ticket = right.header("set-cookie").expect("a ticket").to_owned();
    assert!(ticket.contains("HttpOnly") && ticket.contains("SameSite=Lax") && ticket.contains("Max-Age=86400"), "{ticket}");
    for path in
        [page.clone(), format!("/share/example.com/details/pages?auth={auth}"), format!("/share/example.com/export.zip?auth={auth}")]
    {
        let inside = guest.get(&url(&path));
        assert_eq!(
            (inside.status, inside.header("cache-control"), inside.header("etag")),
            (200, Some("private, no-store"), None),
            "{path}"
        );
        assert!(inside.header("content-security-policy").is_some_and(|policy| policy.contains("frame-ancestors 'none'")));
        assert_ne!(Client::new().get(&url(&path)).body, inside.body, "nobody else is in");
    }
    // Nor does a cache keep the way to them.
    for path in ["", "/details/pages", "/realtime", "/export/pages.csv", "/export.zip", "/chart.svg", "/chart.png"] {
        for odd in ["&unknown=1", "&f=is,goal,Nothing"] {
            let moved = guest.get(&url(&format!("/share/example.com{path}?auth={auth}{odd}")));
            let said = (moved.status, moved.header("cache-control"), moved.header("surrogate-key"));
            assert_eq!(said, (301, Some("private, no-store"), None), "{path} {odd}");
        }
    }
    let other = link(&server, &ada, &[("name", "Another link"), ("password", "another password")]);
    assert!(guest.get(&url(&format!("/share/example.com?auth={other}"))).text().contains("type=\"password\""), "a ticket is for one link");
    // Guessing is slowed down.
    let stranger = Client::browser();
    let csrf = stranger.get(&url(&page)).field("csrf");
    let statuses: Vec<u16> = (0..8).map(|_| say(&stranger, &csrf, "no").status).collect();
    assert!(statuses.contains(&429), "{statuses:?}");
}

#[test]
fn the_dress_of_a_page_is_in_its_address() {
    let house = house();
    let server = served(&house);
    let page = |query: &str| server.get(&format!("/example.com?{query}")).text();
    assert!(page("theme=dark").contains("data-theme=\"dark\""));
    assert!(page("lang=de").contains("Gezählt von Footfall"));
    let bare = page("embed=true");
    assert!(!bare.contains("<footer") && !bare.contains("/login") && bare.contains("top--bare"));
    let coloured = page("background=f0f0f0");
    let sheet = coloured.split("/embed/style.css").nth(1).and_then(|rest| rest.split('"').next()).expect("a sheet").replace("&amp;", "&");
    let css = server.get(&format!("/embed/style.css{sheet}"));
    assert_eq!(css.status, 200);
    assert!(css.text().contains("#f0f0f0"), "{}", css.text());
    assert!(page("width=manual").contains("data-width=\"manual\""));
    // Every link keeps it.
    let text = page("lang=de&theme=dark");
    let links: Vec<&str> = text.split("href=\"/example.com").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(links.len() > 50);
    let plain =
        links.iter().filter(|link| !link.contains("theme=dark") && !link.contains("theme=light") && !link.contains("lang=de")).count();
    assert_eq!(plain, 0, "{links:?}");
}

/// Whether a path of the contract is one of a route's.
fn fits(route: &str, path: &str) -> bool {
    let path = path.split('?').next().unwrap_or_default();
    let (route, path): (Vec<&str>, Vec<&str>) = (route.split('/').collect(), path.split('/').collect());
    route.len() == path.len() && route.iter().zip(&path).all(|(route, path)| route == path || (route.starts_with('{') && !path.is_empty()))
}

/// The states that a route of a site has, beside errors: not all are of every period, and what has seconds to live has one.
fn states(route: &str) -> &'static [&'static str] {
    match route {
        "/{domain}/realtime" | "/{domain}/card.png" => &["open", "empty", "another spelling", "private", "unknown"],
        "/share/{domain}/realtime" => &["open", "another spelling", "private", "entered", "unknown"],
        "/api/sites/{domain}/current" => &["open", "empty", "private", "unknown"],
        route if route.starts_with("/share/") => &["open", "closed", "empty", "another spelling", "private", "entered", "unknown"],
        route if route.contains("{domain}") => &["open", "closed", "empty", "another spelling", "private", "unknown"],
        _ => &["open"],
    }
}

/// Whoever adds a route that caches may carry says in the contract how, in each state there is; and of those with a name
/// in them for each kind the contract knows.
#[test]
fn every_state_of_every_route_that_is_carried_is_in_the_contract() {
    let house = house();
    let server = house.serve();
    let lines: Vec<Line<'_>> = OPEN_TO_ALL.iter().chain(&["Shared links"]).flat_map(|heading| lines(heading)).collect();
    let carried = operations(&server).into_iter().filter(|operation| operation.method == "GET");
    let carried = carried.filter(|operation| !["private", "never"].contains(&operation.said["x-carried"].as_str().unwrap_or("private")));
    let mut missing = Vec::new();
    for Operation { path: route, .. } in carried {
        for state in states(&route) {
            if !lines.iter().any(|line| line.state == *state && fits(&route, line.path)) {
                missing.push(format!("{route} ({state})"));
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}
