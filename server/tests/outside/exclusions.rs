//! What owners leave out of their numbers, and how long they keep them.

use super::named::{house, send, signed_in};
use crate::common::{Answer, BROWSER, Client, House, Server, contains, eventually, files_below};
use serde_json::json;
use std::time::Duration;

const PAGE: &str = "/example.com/settings/exclusions";
const MINE: &str = "203.0.113.77";

fn add(server: &Server, browser: &Client, kind: &str, text: &str) -> Answer {
    send(server, browser, PAGE, PAGE, &[("kind", kind), ("text", text), ("step", "exclude")])
}

fn take_back(server: &Server, browser: &Client, number: &str) {
    let taken = send(server, browser, PAGE, &format!("{PAGE}/remove"), &[("number", number)]);
    assert_eq!((taken.status, taken.header("location")), (303, Some("/example.com/settings/exclusions?done=rule-removed")));
}

/// Sends a page view; why it will not be counted.
fn hit(server: &Server, url: &str, address: &str) -> Option<String> {
    let body = json!({"n": "pageview", "u": url, "d": "example.com"}).to_string();
    let sent = server.event_with(&[("User-Agent", BROWSER), ("X-Forwarded-For", address)], body.as_bytes());
    assert_eq!(sent.status, 202);
    sent.header("x-footfall-dropped").map(|_| sent.text()).map(|text| if text.is_empty() { "1".into() } else { text })
}

fn pageviews(house: &House) -> i64 {
    house.metrics("example.com", &["pageviews"], "day")[0]
}

fn not_counted(server: &Server, browser: &Client) -> String {
    browser.get(&format!("{}/example.com/settings/not-counted", server.url)).text()
}

#[test]
fn a_path_is_left_out_from_today_on_and_comes_back() {
    let house = house();
    let server = house.serve();
    let owner = signed_in(&server, "ada@example.com");
    for path in ["/", "/admin/users", "/admin/orders"] {
        hit(&server, &format!("https://example.com{path}"), "198.51.100.1");
    }
    assert_eq!(pageviews(&house), 3);

    let looked = send(&server, &owner, PAGE, PAGE, &[("kind", "path"), ("text", "/admin/*"), ("step", "look")]);
    assert_eq!(looked.status, 200);
    assert!(looked.text().contains("In the last 28 days that would have left out 2 of 3 pageviews."), "{}", looked.text());
    assert_eq!(pageviews(&house), 3, "only looked");

    let added = add(&server, &owner, "path", "/admin/*");
    assert_eq!(
        (added.status, added.header("location")),
        (303, Some("/example.com/settings/exclusions?done=rule-added")),
        "{}",
        added.text()
    );
    assert!(hit(&server, "https://example.com/admin/late", "198.51.100.1").is_some());
    assert!(hit(&server, "https://example.com/late", "198.51.100.1").is_none());
    assert_eq!(pageviews(&house), 2, "today is counted again");
    assert!(not_counted(&server, &owner).contains("Page left out"));
    let metrics = server.get("/metrics").text();
    assert!(metrics.contains("reason=\"excluded_path\"} 3"), "{metrics}");
    let page = owner.get(&format!("{}{PAGE}", server.url)).text();
    assert!(page.contains("Pages that match /admin/*"), "{page}");

    take_back(&server, &owner, "1");
    assert_eq!(pageviews(&house), 5, "nothing was lost");
    assert!(!not_counted(&server, &owner).contains("Page left out"));
    let log = owner.get(&format!("{}/example.com/settings/log", server.url)).text();
    assert!(
        log.contains("Left out, rule 1: Pages that match /admin/*") && log.contains("Took back rule 1: Pages that match /admin/*"),
        "{log}"
    );
}

#[test]
fn an_owner_leaves_the_own_address_out_and_it_is_written_nowhere_but_in_the_rule() {
    let house = house();
    let server = house.serve();
    let owner = signed_in(&server, "ada@example.com");
    hit(&server, "https://example.com/before", MINE);
    let shown = owner.get_with(&format!("{}{PAGE}", server.url), &[("x-forwarded-for", MINE)]).text();
    assert!(shown.contains(&format!("value=\"{MINE}\"")), "as the server sees who asks: {shown}");
    let looked = send(&server, &owner, PAGE, PAGE, &[("kind", "address"), ("text", MINE), ("step", "look")]);
    assert!(looked.text().contains("addresses are not kept"), "{}", looked.text());

    assert_eq!(add(&server, &owner, "address", MINE).status, 303);
    assert!(hit(&server, "https://example.com/mine", MINE).is_some());
    assert!(hit(&server, "https://example.com/other", "203.0.113.78").is_none());
    assert_eq!(pageviews(&house), 2, "that from before stays");
    assert!(not_counted(&server, &owner).contains("Address left out"));
    let log = owner.get(&format!("{}/example.com/settings/log", server.url)).text();
    assert!(log.contains("Left out, rule 1: Visits from an address") && !log.contains(MINE), "{log}");
    take_back(&server, &owner, "1");
    assert_eq!(pageviews(&house), 3);
    let (_, _, log) = server.stop();
    assert!(!log.contains(MINE), "{log}");
    for file in files_below(&house.data()).into_iter().filter(|file| file.to_string_lossy().contains("log.db")) {
        assert!(!contains(&std::fs::read(&file).expect("readable"), MINE.as_bytes()), "{}", file.display());
    }
    assert!(!house.ok(&["site", "exclude", "list", "example.com"]).contains(MINE), "forgotten with its rule");
}

#[test]
fn countries_and_hostnames() {
    let house = house();
    let server = house.serve();
    let owner = signed_in(&server, "ada@example.com");
    assert_eq!(add(&server, &owner, "hostname", "*.Staging.example.com").status, 303);
    assert!(hit(&server, "https://a.staging.example.com/", "198.51.100.1").is_some());
    assert!(hit(&server, "https://stolen.example/", "198.51.100.1").is_none());
    assert_eq!(add(&server, &owner, "only-hostname", "www.example.com").status, 303);
    assert!(hit(&server, "https://stolen.example/", "198.51.100.1").is_some());
    assert!(hit(&server, "https://www.example.com/", "198.51.100.1").is_none());
    assert_eq!(add(&server, &owner, "country", "NP").status, 303);
    let body = json!({"n": "pageview", "u": "https://example.com/", "d": "example.com"}).to_string();
    let headers = [("User-Agent", BROWSER), ("X-Forwarded-For", "198.51.100.1"), ("CF-IPCountry", "NP")];
    assert!(server.event_with(&headers, body.as_bytes()).header("x-footfall-dropped").is_some());
    assert_eq!(pageviews(&house), 1);
    let page = owner.get(&format!("{}{PAGE}", server.url)).text();
    for words in ["Hostnames that match *.staging.example.com", "Hostnames other than example.com", "Visits from Nepal"] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[test]
fn what_is_no_rule_is_said_beside_its_field() {
    let house = house();
    let server = house.serve();
    let owner = signed_in(&server, "ada@example.com");
    for (kind, text, words) in [
        ("path", "admin", "A page begins with / or *"),
        ("hostname", "https://example.com/", "without https:// and path"),
        ("country", "", "Choose a country."),
        ("country", "ZZ", "Choose a country."),
        ("address", "everybody", "Write an address or a network"),
    ] {
        let answer = add(&server, &owner, kind, text);
        assert_eq!(answer.status, 422, "{kind}");
        assert!(answer.text().contains(words), "{kind}: {}", answer.text());
    }
    assert_eq!(add(&server, &owner, "path", "/a").status, 303);
    assert!(add(&server, &owner, "path", "/a").text().contains("There is such a rule already."));
    assert_eq!(add(&server, &owner, "weather", "rain").status, 422);
    let page = owner.get(&format!("{}{PAGE}", server.url)).text();
    assert_eq!(page.matches("Pages that match").count(), 1 + page.matches("Count again: Pages that match").count());
}

#[test]
fn commands_do_the_same() {
    let house = house();
    let server = house.serve();
    let told = house.ok(&["site", "exclude", "add", "example.com", "path", "/admin/*"]);
    assert!(told.starts_with("Rule 1: path /admin/*."), "{told}");
    assert!(hit(&server, "https://example.com/admin/x", "198.51.100.1").is_some());
    let listed = house.ok(&["site", "exclude", "list", "example.com"]);
    assert!(listed.contains("/admin/*") && listed.contains("always"), "a site without a past: {listed}");
    let told = house.ok(&["site", "exclude", "remove", "example.com", "1"]);
    assert!(told.starts_with("Took back rule 1: path /admin/*."), "{told}");
    assert_eq!(pageviews(&house), 1);
    let (code, words) = house.fails(&["site", "exclude", "remove", "example.com", "1"]);
    assert!(code == 1 && words.contains("has no rule 1"), "{words}");
    let (code, words) = house.fails(&["site", "exclude", "add", "example.com", "address", "nobody"]);
    assert!(code == 2 && words.contains("Write an address or a network"), "{words}");
}

/// A line of an access log.
fn line(day: &str) -> String {
    format!("198.51.100.7 - - [{day}:10:00:00 +0000] \"GET /old HTTP/1.1\" 200 512 \"-\" \"{BROWSER}\"\n")
}

#[test]
fn rules_of_a_site_without_a_past_hold_for_what_is_imported_and_old_days_are_erased_for_good() {
    let house = house();
    house.ok(&["site", "exclude", "add", "example.com", "path", "/private"]);
    let private = line("02/May/2015").replace("/old", "/private");
    let file = house.file("access.log", line("01/May/2015") + &line("02/May/2015") + &private);
    let file = file.to_str().expect("UTF-8");
    house.ok(&["import", "--site", "example.com", file]);
    let old = || house.metrics("example.com", &["pageviews"], json!(["2015-01-01", "2015-12-31"]))[0];
    assert_eq!(old(), 2);

    let server = house.serve();
    let owner = signed_in(&server, "ada@example.com");
    let settings = "/example.com/settings";
    let retention = format!("{settings}/retention");
    let site = owner.get(&format!("{}{settings}", server.url)).field("site");
    let keep = |fields: &[(&str, &str)]| {
        let fields: Vec<(&str, &str)> = [("site", site.as_str())].into_iter().chain(fields.iter().copied()).collect();
        send(&server, &owner, settings, &retention, &fields)
    };
    for other in ["", "999"] {
        let refused = send(&server, &owner, settings, &retention, &[("site", other), ("months", "24"), ("sure", "yes")]);
        assert!(refused.status == 422 && refused.text().contains("Another site has got the name"), "{}", refused.text());
    }
    let wrong = keep(&[("months", "many")]);
    assert!(wrong.status == 422 && wrong.text().contains("Write a number of months"), "{}", wrong.text());
    let asked = keep(&[("months", "24")]);
    assert_eq!(asked.status, 200);
    assert!(asked.text().contains("Erased now: everything before") && asked.text().contains("cannot be brought back"), "{}", asked.text());
    assert_eq!(old(), 2, "only asked");
    assert_eq!(keep(&[("months", "24"), ("sure", "yes")]).status, 303);
    eventually(Duration::from_secs(20), "the old days are gone", || old() == 0);

    let other = house.file("other.log", line("03/May/2015"));
    let told = house.ok(&["import", "--site", "example.com", other.to_str().expect("UTF-8")]);
    assert!(told.contains("too_old") || told.contains("Too old") || told.contains("too old"), "{told}");
    assert_eq!(old(), 0);
    drop(server);
    let server = house.serve();
    assert_eq!(old(), 0, "nor does a start bring them back");
    let owner = signed_in(&server, "ada@example.com");
    assert!(owner.get(&format!("{}{settings}", server.url)).text().contains("value=\"24\""));
    assert!(house.ok(&["site", "retention", "example.com", "off"]).contains("for ever"));
    let (code, words) = house.fails(&["site", "retention", "example.com", "0"]);
    assert!(code == 2 && words.contains("Write a number of months"), "{words}");
}
