//! Counters and the card of public sites, on other people's pages.

use super::named::{house, signed_in};
use crate::common::{Answer, Client, House, Server, eventually};
use serde_json::json;
use std::time::Duration;

/// A running house whose site is public, with three visitors, two of them on the blog.
fn public() -> (House, Server) {
    let house = house();
    house.ok(&["site", "public", "example.com", "on"]);
    house.ok(&["site", "add", "private.example"]);
    let server = house.serve();
    for (at, path) in ["/blog", "/blog", "/", "/straße/a%20b"].iter().enumerate() {
        let address = format!("203.0.113.{at}");
        let event = json!({"n": "pageview", "u": format!("https://example.com{path}"), "d": "example.com"}).to_string();
        let headers = [("User-Agent", crate::common::BROWSER), ("X-Forwarded-For", address.as_str())];
        assert_eq!(server.event_with(&headers, event.as_bytes()).status, 202);
    }
    eventually(Duration::from_secs(5), "counted", || house.metrics("example.com", &["visitors"], "day") == [4]);
    (house, server)
}

fn count(server: &Server, path: &str) -> String {
    let answer = server.get(path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    let json = answer.json();
    assert_eq!(json["count"], json["count_unique"]);
    json["count"].as_str().expect("a text").to_owned()
}

#[test]
fn a_page_and_the_whole_site_are_counted() {
    let (_house, server) = public();
    for (path, expected) in [
        ("TOTAL.json", "4"),
        ("blog.json", "2"),
        (".json", "1"),
        ("stra%C3%9Fe/a%20b.json", "1"),
        ("nobody-was-here.json", "0"),
        ("blog.json?start=week", "2"),
        ("blog.json?end=2020-01-01", "0"),
        ("blog.json?end=2020-01-01&start=2019-01-01", "0"),
    ] {
        assert_eq!(count(&server, &format!("/counter/example.com/{path}")), expected, "{path}");
    }
}

#[test]
fn a_counter_is_a_picture_too() {
    let (_house, server) = public();
    for (path, kind, begins) in [
        ("TOTAL.svg", "image/svg+xml", &b"<svg"[..]),
        ("TOTAL.png", "image/png", &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\xc8\0\0\0P"[..]),
        ("TOTAL.png?no_branding=1", "image/png", &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\xc8\0\0\0<"[..]),
        ("TOTAL.html", "text/html; charset=utf-8", &b"<!DOCTYPE html>"[..]),
    ] {
        let answer = server.get(&format!("/counter/example.com/{path}"));
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(kind)), "{path}");
        assert!(answer.body.starts_with(begins), "{path}");
    }
    let svg = server.get("/counter/example.com/blog.svg?lang=de&no_branding=1").text();
    assert!(
        svg.contains(">2<") && svg.contains("Besucher dieser Seite") && !svg.contains("Footfall") && svg.contains(r#"height="60""#),
        "{svg}"
    );
}

#[test]
fn any_page_may_read_a_counter_and_frame_its_document() {
    let (house, server) = public();
    for path in ["blog.json", "blog.svg", "blog.png", "/blog.json"] {
        let answer = server.get(&format!("/counter/example.com/{path}"));
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"), "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), Some("cross-origin"), "{path}");
    }
    let html = server.get("/counter/example.com/blog.html");
    let policy = html.header("content-security-policy").expect("a policy");
    assert!(policy.contains("frame-ancestors *") && policy.contains("style-src 'self'"), "{policy}");
    assert_eq!(html.header("x-frame-options"), None);
    let json = server.get("/counter/example.com/blog.json");
    assert!(json.header("content-security-policy").expect("a policy").contains("default-src 'none'"));
    drop(house);
}

#[test]
fn caches_carry_counters() {
    let (_house, server) = public();
    for path in
        ["/counter/example.com/blog.json", "/counter/example.com/TOTAL.png", "/counter/example.com/blog.html", "/example.com/card.png"]
    {
        let answer = server.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.header("cache-control").expect("said").starts_with("public, max-age="), "{path}");
        assert_eq!((answer.header("set-cookie"), answer.header("vary")), (None, Some("accept-encoding")), "{path}");
        assert!(answer.header("surrogate-key").expect("tagged").starts_with("site-"), "{path}");
        let tag = answer.header("etag").expect("a tag").to_owned();
        let again = Client::new().get_with(&format!("{}{path}", server.url), &[("If-None-Match", &tag)]);
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
    }
}

#[test]
fn an_address_has_one_spelling() {
    let (_house, server) = public();
    for (path, place) in [
        ("//blog.json", "/blog.json"),
        ("/%2Fblog.json", "/blog.json"),
        ("/blog.json?rnd=1&style=div%7B%7D", "/blog.json"),
        ("/TOTAL.svg?start=week&no_branding=true", "/TOTAL.svg?no_branding=1&start=week"),
        ("/stra%c3%9fe/a%20b.json", "/stra%C3%9Fe/a%20b.json"),
    ] {
        let answer = server.get(&format!("/counter/example.com{path}"));
        let place = format!("/counter/example.com{place}");
        assert_eq!((answer.status, answer.header("location")), (301, Some(&*place)), "{path}");
        assert_eq!(server.get(&place).status, 200);
    }
    assert_eq!(server.get("/counter/Example.com/blog.json").header("location"), Some("/counter/example.com/blog.json"));
    assert_eq!(server.get("/example.com/card.png?x=1").header("location"), Some("/example.com/card.png"));
}

/// What of an answer could tell one thing from another.
fn seen(answer: &Answer) -> (u16, String, Vec<Option<String>>) {
    let names = ["content-type", "cache-control", "access-control-allow-origin", "surrogate-key", "location", "set-cookie", "vary"];
    (answer.status, answer.text(), names.map(|name| answer.header(name).map(str::to_owned)).to_vec())
}

#[test]
fn a_private_site_looks_like_none() {
    let (house, server) = public();
    let browser = signed_in(&server, "ada@example.com");
    for path in [
        "/counter/SITE/blog.json",
        "/counter/SITE/TOTAL.png",
        "/counter/SITE/blog.html",
        "/counter/SITE//blog.svg",
        "/SITE/card.png",
        "/SITE/card.png?lang=de",
    ] {
        let at = |site: &str| server.get(&path.replace("SITE", site));
        let (private, unknown) = (at("private.example"), at("nobody.example"));
        assert_eq!(private.status, 404, "{path}");
        assert_eq!(private.header("cache-control"), Some("private, no-store"));
        assert_eq!(seen(&private), seen(&unknown), "{path}");
        let member = browser.get(&format!("{}{}", server.url, path.replace("SITE", "private.example")));
        assert_eq!(member.status, 404, "{path}: there is no counter for its owner either");
    }
    house.ok(&["site", "public", "example.com", "off"]);
    eventually(Duration::from_secs(5), "it is private", || server.get("/counter/example.com/blog.json").status == 404);
}

#[test]
fn what_makes_no_sense_is_refused() {
    let (_house, server) = public();
    for (path, status) in [
        ("blog.json?start=yesterday", 400),
        ("blog.json?end=2026-02-31", 400),
        ("blog.json?end=2020-01-01&start=2021-01-01", 400),
        ("blog.exe", 404),
        ("blog", 404),
    ] {
        let answer = server.get(&format!("/counter/example.com/{path}"));
        assert_eq!((answer.status, answer.header("cache-control")), (status, Some("private, no-store")), "{path}");
    }
}

#[test]
fn a_public_page_says_what_a_link_to_it_shows() {
    let (_house, server) = public();
    let text = server.get("/example.com").text();
    for tag in [
        format!(r#"<meta property="og:url" content="{}/example.com">"#, server.url),
        format!(r#"<meta property="og:image" content="{}/example.com/card.png">"#, server.url),
        format!(r#"<link rel="canonical" href="{}/example.com">"#, server.url),
        r#"<meta name="twitter:card" content="summary_large_image">"#.to_owned(),
    ] {
        assert!(text.contains(&tag), "{tag} in {}", text.split("</head>").next().unwrap_or(""));
    }
    assert!(text.contains("4 visitors in the last 28 days"));
    let card = server.get("/example.com/card.png");
    assert!(card.body.starts_with(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x04\xb0\0\0\x02v"), "1200 by 630");
    let german = server.get("/example.com?lang=de").text();
    assert!(german.contains("/example.com/card.png?lang=de") && german.contains("Besucher in den letzten 28 Tagen"));
}

#[test]
fn pages_that_are_not_public_say_nothing_to_who_shows_links() {
    let (house, server) = public();
    house.ok(&["site", "public", "example.com", "off"]);
    let browser = signed_in(&server, "ada@example.com");
    let page = browser.get(&format!("{}/example.com", server.url));
    assert_eq!(page.status, 200);
    assert!(!page.text().contains("og:") && !page.text().contains("card.png"));
}

/// Whether robots.txt lets a program read an address (RFC 9309): of the rules that fit, the longest.
fn may_read(robots: &str, agent: &str, address: &str) -> bool {
    let fits = |pattern: &str| {
        let mut rest = address;
        pattern.split('*').enumerate().all(|(at, part)| {
            let found = if at == 0 { rest.starts_with(part).then_some(0) } else { rest.find(part) };
            found.map(|from| rest = &rest[from + part.len()..]).is_some()
        })
    };
    let group = |name: &str| robots.split("\n\n").find(|group| group.lines().any(|line| line == format!("User-agent: {name}")));
    let rules = group(agent).or_else(|| group("*")).expect("a group for everybody").lines().filter_map(|line| {
        let (word, pattern) = line.split_once(": ")?;
        (word != "User-agent" && fits(pattern)).then_some((pattern.len(), word == "Allow"))
    });
    rules.max().is_none_or(|(_, allowed)| allowed)
}

#[test]
fn who_shows_links_may_read_what_they_show() {
    let (_house, server) = public();
    let robots = server.get("/robots.txt").text();
    for address in ["/example.com", "/example.com?lang=de", "/example.com?f=is,page,/a&period=7d", "/example.com/card.png?lang=de"] {
        assert!(may_read(&robots, "Twitterbot", address), "{address}");
        let (status, page) = (server.get(address).status, address.contains("card.png") || address == "/example.com");
        assert_eq!((status, may_read(&robots, "Googlebot", address)), (200, page), "{address}: of views there are too many to look for");
    }
    for address in ["/api/stats/example.com/suggestions/page", "/share/example.com?auth=x", "/embed/example.com/visitors"] {
        assert!(!may_read(&robots, "Twitterbot", address) && !may_read(&robots, "Googlebot", address), "{address}");
    }
    assert!(!may_read(&robots, "Googlebot", "/example.com/details/pages"));
}
