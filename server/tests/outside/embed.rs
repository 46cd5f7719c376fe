//! Widgets: for whom they are, what they say about themselves, and who may make them.

use super::named::{house as house_with_people, send, signed_in};
use crate::common::{Answer, Client, House, Server};
use serde_json::json;

const SHARING: &str = "/example.com/settings/sharing";
const SEGMENTS: &str = "/example.com/settings/segments";
const BUILDER: &str = "/example.com/settings/embed";

/// A site with a hit on `/a` and two on `/b`, whose visitor is one.
fn served(house: &House) -> Server {
    let server = house.serve();
    for path in ["a", "b", "b"] {
        assert_eq!(server.event(json!({"n": "pageview", "u": format!("https://example.com/{path}"), "d": "example.com"})).status, 202);
    }
    server
}

fn house() -> House {
    let house = house_with_people();
    house.ok(&["site", "public", "example.com", "on"]);
    house
}

/// Makes a shared link; the part of an address that names it.
fn link(server: &Server, owner: &Client, fields: &[(&str, &str)]) -> String {
    let made = send(server, owner, SHARING, &format!("{SHARING}/link"), fields);
    assert_eq!(made.status, 303, "{}", made.text());
    let text = owner.get(&format!("{}{SHARING}", server.url)).text();
    let name = fields.iter().find(|(name, _)| *name == "name").expect("a name").1;
    let from = text.find(name).expect("its name");
    let from = from + text[from..].find("auth=").expect("its address");
    text[from..].chars().take_while(|c| c.is_ascii_alphanumeric() || "-_=".contains(*c)).collect()
}

/// The numbers of a widget, as they are written: what is in bold, and in cells.
fn numbers(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 200, "{}", answer.text());
    let text = answer.text();
    text.split("<b>").skip(1).filter_map(|rest| rest.split('<').next()).map(str::to_owned).collect()
}

#[test]
fn who_has_a_widget_is_told_so_and_nothing_is_rendered() {
    let house = house();
    let server = served(&house);
    for path in ["/embed/example.com/visitors", "/embed/example.com/live"] {
        let first = server.get(path);
        assert_eq!(numbers(&first), ["1"], "{path}");
        let tag = first.header("etag").expect("a tag");
        let again = Client::new().get_with(&format!("{}{path}", server.url), &[("If-None-Match", tag)]);
        assert_eq!((again.status, again.text().len()), (304, 0), "{path}");
        assert_eq!(again.header("content-security-policy"), first.header("content-security-policy"));
    }
}

#[test]
fn a_widget_loads_nothing_but_our_files_and_knows_no_cookie() {
    let house = house();
    let server = served(&house);
    let owner = signed_in(&server, "ada@example.com");
    let path = format!("{}/embed/example.com/pages", server.url);
    let (theirs, anybodys) = (owner.get(&path), Client::new().get(&path));
    assert_eq!(theirs.text(), anybodys.text(), "whoever is signed in sees what everybody sees");
    assert_eq!(theirs.header("etag"), anybodys.header("etag"));
    let policy = anybodys.header("content-security-policy").expect("a policy");
    assert!(
        policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';") && policy.ends_with("frame-ancestors *"),
        "{policy}"
    );
    assert!(!policy.contains("unsafe") && anybodys.header("x-frame-options").is_none() && anybodys.header("set-cookie").is_none());
    assert_eq!(anybodys.header("x-robots-tag"), Some("noindex, nofollow"));
}

#[test]
fn other_spellings_lead_to_the_one_there_is() {
    let house = house();
    let server = served(&house);
    for (written, place) in [
        ("pages?limit=9&period=28d", "/embed/example.com/pages"),
        ("pages?theme=dark&accent=%23FFF", "/embed/example.com/pages?accent=ffffff&theme=dark"),
        ("live?period=7d&utm_source=x", "/embed/example.com/live"),
    ] {
        let answer = server.get(&format!("/embed/example.com/{written}"));
        assert_eq!((answer.status, answer.header("location")), (301, Some(place)), "{written}");
    }
    let capitals = server.get("/embed/Example.com/pages?limit=3");
    assert_eq!((capitals.status, capitals.header("location")), (301, Some("/embed/example.com/pages?limit=3")));
    let wrong = server.get("/embed/example.com/pages?limit=many&date=2131-01-01&period=day");
    assert!(wrong.status == 400 && wrong.text().contains("limit=many"), "{}", wrong.text());
    assert_eq!(server.get("/embed/example.com/visitors?date=2131-01-01&period=day").status, 400, "nobody meant today");
    assert_eq!(server.get("/embed/example.com/pages?date=2026-99-99").status, 400, "a date without a period");
}

#[test]
fn a_link_shows_its_segment_and_nothing_beside() {
    let house = house();
    let server = served(&house);
    let owner = signed_in(&server, "ada@example.com");
    house.ok(&["site", "public", "example.com", "off"]);
    let fields = [("name", "Only a"), ("for", "site"), ("f", "is,page,/a")];
    assert_eq!(send(&server, &owner, SEGMENTS, SEGMENTS, &fields).status, 303);
    let whole = link(&server, &owner, &[("name", "Whole")]);
    let part = link(&server, &owner, &[("name", "Part"), ("segment", "1")]);
    let locked = link(&server, &owner, &[("name", "Locked"), ("password", "open sesame please")]);
    let get = |widget: &str, auth: &str| server.get(&format!("/embed/example.com/{widget}?{auth}"));
    assert_eq!(numbers(&get("pageviews", &whole)), ["3"]);
    assert_eq!(numbers(&get("pageviews", &part)), ["1"]);
    assert_eq!(numbers(&get("live", &part)), ["1"]);
    let pages = get("pages", &part).text();
    assert!(pages.contains(">/a<") && !pages.contains(">/b<") && !pages.contains("href=\"/example.com"), "{pages}");
    for (widget, auth) in [("visitors", &*locked), ("machines", &part), ("visitors", "auth=guessed"), ("visitors", "")] {
        assert_eq!(get(widget, auth).status, 404, "{widget} {auth}");
    }
    assert_eq!(get("machines", &whole).status, 200);
    assert_eq!(send(&server, &owner, SHARING, &format!("{SHARING}/remove"), &[("id", "1")]).status, 303);
    assert_eq!(get("pageviews", &whole).status, 404, "removed");
}

#[test]
fn a_link_whose_segment_asks_for_a_goal_that_is_gone_opens_no_widget() {
    let house = house();
    house.ok(&["goal", "add", "--site", "example.com", "--event", "Signup"]);
    let server = served(&house);
    let owner = signed_in(&server, "ada@example.com");
    let fields = [("name", "Signed up"), ("for", "site"), ("f", "is,goal,Signup")];
    assert_eq!(send(&server, &owner, SEGMENTS, SEGMENTS, &fields).status, 303);
    let part = link(&server, &owner, &[("name", "Part"), ("segment", "2")]);
    let get = || server.get(&format!("/embed/example.com/visitors?{part}"));
    assert_eq!(get().status, 200);
    house.ok(&["goal", "remove", "--site", "example.com", "1"]);
    assert_eq!(get().status, 404, "for good: no cache shows an old page instead");
}

#[test]
fn the_builder_shows_secrets_to_who_may_see_them() {
    let house = house();
    let server = served(&house);
    let owner = signed_in(&server, "ada@example.com");
    house.ok(&["site", "public", "example.com", "off"]);
    assert!(house.run_with_input(&["user", "add", "vera@example.com", "--member", "--password-stdin"], b"correct horse").status.success());
    house.ok(&["site", "role", "example.com", "vera@example.com", "viewer"]);
    let secret = link(&server, &owner, &[("name", "Press")]);
    let page = |browser: &Client, query: &str| browser.get(&format!("{}{BUILDER}{query}", server.url));
    let shown = page(&owner, "?widget=chart&theme=dark");
    assert!(shown.text().contains(&format!("src=\"/embed/example.com/chart?{secret}&amp;theme=dark\"")), "{}", shown.text());
    let policy = shown.header("content-security-policy").expect("a policy");
    assert!(policy.contains("frame-src 'self';") && policy.ends_with("frame-ancestors 'none'"), "{policy}");
    let vera = signed_in(&server, "vera@example.com");
    for query in ["", "?link=1", &format!("?{secret}")] {
        let theirs = page(&vera, query);
        assert_eq!(theirs.status, 200);
        assert!(!theirs.text().contains("<iframe") && !theirs.text().contains(&secret[5..]), "{query}");
    }
    house.ok(&["site", "public", "example.com", "on"]);
    assert!(page(&vera, "?widget=shoes&height=1").text().contains("widget=shoes, height=1"));
    assert!(page(&vera, "").text().contains("src=\"/embed/example.com/visitors\""));
}

#[test]
fn colours_come_as_a_sheet_that_nobody_need_ask_for_again() {
    let house = House::with_sites(&[]);
    let server = house.serve();
    let sheet = server.get("/embed/style.css?accent=ffe600&background=transparent&v=2");
    assert_eq!((sheet.status, sheet.header("content-type")), (200, Some("text/css; charset=utf-8")));
    assert_eq!(sheet.header("cache-control"), Some("public, max-age=31536000, immutable"));
    assert!(sheet.text().starts_with(":root:root{--paper:transparent;--accent:light-dark(#"));
    for other in ["", "?accent=FFE600&v=2", "?accent=ffe600", "?accent=red&v=2", "?accent=ffe600&v=2&x=1", "?background=url(x)&v=2"] {
        assert_eq!(server.get(&format!("/embed/style.css{other}")).status, 404, "{other}");
    }
}
