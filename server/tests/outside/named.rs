//! Goals, segments and shown properties: made by forms, seen by pages and programs.

use crate::common::{Answer, Client, House, Server};
use serde_json::{Value, json};

const PASSWORD: &str = "correct horse";

/// A house with a site and two people.
pub fn house() -> House {
    let house = House::with_sites(&["example.com"]);
    for email in ["ada@example.com", "bob@example.com"] {
        assert!(house.run_with_input(&["user", "add", email, "--password-stdin"], PASSWORD.as_bytes()).status.success());
    }
    house
}

/// A browser that somebody has signed in with.
pub fn signed_in(server: &Server, email: &str) -> Client {
    let browser = Client::browser();
    let csrf = browser.get(&format!("{}/login", server.url)).field("csrf");
    let answer = browser.form(&format!("{}/login", server.url), &[("csrf", &csrf), ("email", email), ("password", PASSWORD), ("next", "")]);
    assert_eq!(answer.status, 303);
    browser
}

/// Sends a form of a page as its browser would.
pub fn send(server: &Server, browser: &Client, page: &str, form: &str, fields: &[(&str, &str)]) -> Answer {
    let shown = browser.get(&format!("{}{page}", server.url));
    assert_eq!(shown.status, 200, "{page}: {}", shown.text());
    let csrf = shown.field("csrf");
    let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("csrf", csrf.as_str())]).collect();
    browser.form(&format!("{}{form}", server.url), &fields)
}

const GOALS: &str = "/example.com/settings/goals";
const SEGMENTS: &str = "/example.com/settings/segments";
const PROPERTIES: &str = "/example.com/settings/properties";

fn goals(house: &House) -> Value {
    house.query(
        json!({"site_id": "example.com", "metrics": ["visitors", "conversion_rate"], "date_range": "day", "dimensions": ["event:goal"]}),
    )["results"]
        .clone()
}

#[test]
fn a_goal_made_today_counts_what_was_there_before() {
    let house = house();
    let server = house.serve();
    let browser = signed_in(&server, "ada@example.com");
    server.event(json!({"n": "pageview", "u": "https://example.com/thanks", "d": "example.com"}));
    server.event(json!({"n": "Buy", "u": "https://example.com/", "d": "example.com", "p": {"plan": "gold"}, "$": {"amount": "9.50", "currency": "EUR"}}));
    assert_eq!(goals(&house), json!([]));

    let make = |fields: &[(&str, &str)]| send(&server, &browser, GOALS, GOALS, fields);
    let made = make(&[("kind", "event"), ("event", "Buy"), ("key1", "plan"), ("value1", "gold"), ("currency", "eur"), ("name", "Gold")]);
    assert_eq!((made.status, made.header("location")), (303, Some("/example.com/settings/goals?done=saved")), "{}", made.text());
    assert_eq!(make(&[("kind", "page"), ("page", "/th*")]).status, 303);
    assert_eq!(make(&[("kind", "scroll"), ("page", "/thanks"), ("scroll", "75 %")]).status, 303);
    let reached = goals(&house);
    let row = |name: &str| json!({"dimensions": [name], "metrics": [1, 100.0]});
    assert!(
        reached.as_array().expect("rows").contains(&row("Gold")) && reached.as_array().expect("rows").contains(&row("Visit /th*")),
        "{reached}"
    );

    let page = browser.get(&format!("{}{GOALS}", server.url)).text();
    for words in ["Gold", "Custom event: Buy (plan = gold)", "EUR", "Views of /th*", "75% of /thanks seen"] {
        assert!(page.contains(words), "{words} in {page}");
    }
    let edited = browser.get(&format!("{}{GOALS}?edit=1", server.url));
    assert!(edited.text().contains("value=\"Gold\"") && edited.text().contains("value=\"plan\""), "{}", edited.text());
    let changed = send(&server, &browser, GOALS, GOALS, &[("id", "1"), ("kind", "event"), ("event", "Buy"), ("name", "Sold")]);
    assert_eq!(changed.status, 303);
    assert_eq!(make(&[("kind", "page"), ("page", "/th*")]).status, 422, "twice the same");
    assert_eq!(send(&server, &browser, GOALS, &format!("{GOALS}/remove"), &[("id", "2")]).status, 303);
    assert_eq!(goals(&house), json!([row("Sold")]));
    drop(server);
    let _again = house.serve();
    assert_eq!(goals(&house), json!([row("Sold")]), "after a restart");
}

#[test]
fn a_segment_is_kept_from_the_filters_of_a_page() {
    let house = house();
    let server = house.serve();
    let (ada, bob) = (signed_in(&server, "ada@example.com"), signed_in(&server, "bob@example.com"));
    for path in ["/blog/a", "/blog/b", "/about"] {
        server.event(json!({"n": "pageview", "u": format!("https://example.com{path}"), "d": "example.com"}));
    }
    let from = format!("{SEGMENTS}?f=contains,page,/blog&period=day");
    let page = ada.get(&format!("{}{from}", server.url)).text();
    assert!(page.contains("contains /blog"), "{page}");
    let keep = |browser: &Client, name: &str, whose: &str, filters: &[&str]| {
        let mut fields = vec![("name", name), ("for", whose)];
        fields.extend(filters.iter().map(|filter| ("f", *filter)));
        send(&server, browser, &from, SEGMENTS, &fields)
    };
    let kept = keep(&ada, "Blog", "me", &["contains,page,/blog"]);
    assert_eq!((kept.status, kept.header("location")), (303, Some("/example.com?f=is,segment,1&period=28d")), "{}", kept.text());
    assert_eq!(keep(&ada, "Blog", "me", &["is,page,/about"]).status, 422, "the name is taken");
    assert_eq!(keep(&bob, "About", "site", &["is,page,/about"]).status, 303);
    assert_eq!(
        keep(&ada, "Blog too", "site", &["is,segment,1", "is,page,/blog/a"]).status,
        303,
        "what the segment asks is put in its place"
    );

    let listed = |browser: &Client| browser.get(&format!("{}{SEGMENTS}", server.url)).text();
    assert!(listed(&ada).contains(">Blog<") && listed(&ada).contains(">About<"));
    assert!(!listed(&bob).contains(">Blog<") && listed(&bob).contains(">Blog too<"));
    let views = |id: u64| {
        let query = json!({"site_id": "example.com", "metrics": ["pageviews"], "date_range": "day", "filters": [["is", "segment", [id]]]});
        server.query(&house.key("stats"), query)
    };
    crate::common::eventually(std::time::Duration::from_secs(5), "counted", || views(2).json()["results"][0]["metrics"] == json!([1]));
    assert_eq!(views(3).json()["results"][0]["metrics"], json!([1]));
    assert_eq!(views(1).status, 400, "a program may not use a personal segment");

    let change =
        |browser: &Client, what: &str, fields: &[(&str, &str)]| send(&server, browser, SEGMENTS, &format!("{SEGMENTS}/{what}"), fields);
    assert_eq!(change(&bob, "rename", &[("id", "1"), ("name", "Mine"), ("for", "me")]).status, 404, "somebody else's");
    assert_eq!(change(&bob, "remove", &[("id", "1")]).status, 303);
    assert!(listed(&ada).contains(">Blog<"), "still there");
    assert_eq!(change(&ada, "rename", &[("id", "1"), ("name", "Writing"), ("for", "site")]).status, 303);
    assert!(listed(&bob).contains(">Writing<"));
    let taken = change(&bob, "rename", &[("id", "1"), ("name", "Mine now"), ("for", "me")]);
    assert!(taken.status == 422 && taken.text().contains("everybody’s and stays so"), "{}", taken.text());
    assert!(listed(&ada).contains(">Writing<"), "nobody takes the site's segment away from the others");
    assert_eq!(change(&bob, "rename", &[("id", "1"), ("name", "Writing"), ("for", "site")]).status, 303, "a better name it may have");
    assert_eq!(views(1).json()["results"][0]["metrics"], json!([2]), "the site's now");
    assert_eq!(change(&ada, "remove", &[("id", "1")]).status, 303);
    assert!(!listed(&ada).contains(">Writing<"));
    house.ok(&["user", "remove", "bob@example.com"]);
    assert!(listed(&ada).contains(">About<"), "what is the site's stays");
}

#[test]
fn a_segment_is_given_other_filters() {
    let house = house();
    let server = house.serve();
    let (ada, bob) = (signed_in(&server, "ada@example.com"), signed_in(&server, "bob@example.com"));
    let send = |browser: &Client, form: &str, fields: &[(&str, &str)]| send(&server, browser, SEGMENTS, form, fields);
    assert_eq!(send(&ada, SEGMENTS, &[("name", "Blog"), ("for", "me"), ("f", "contains,page,/blog")]).status, 303);
    let replace = |browser: &Client, fields: &[(&str, &str)]| send(browser, &format!("{SEGMENTS}/replace"), fields);
    let replaced = replace(&ada, &[("id", "1"), ("f", "contains,page,/writing"), ("f", "is,country,DE")]);
    assert_eq!(
        (replaced.status, replaced.header("location")),
        (303, Some("/example.com?f=is,segment,1&period=28d")),
        "{}",
        replaced.text()
    );
    let listed = |browser: &Client| browser.get(&format!("{}{SEGMENTS}", server.url)).text();
    assert!(listed(&ada).contains(">Blog<") && listed(&ada).contains("contains /writing") && !listed(&ada).contains("contains /blog"));
    let opened = ada.get(&format!("{}/example.com?f=is,segment,1&period=28d&edit=is,segment,1", server.url)).text();
    assert!(opened.contains("f=contains,page,/writing&amp;f=is,country,DE&amp;period=28d"), "{opened}");

    assert_eq!(replace(&bob, &[("id", "1"), ("f", "is,page,/")]).status, 404, "somebody else's");
    assert_eq!(replace(&ada, &[("id", "9"), ("f", "is,page,/")]).status, 404, "there is none");
    assert_eq!(replace(&ada, &[("id", "x"), ("f", "is,page,/")]).status, 422, "no number");
    assert_eq!(replace(&ada, &[("id", "1")]).status, 422, "a segment asks something");
    assert!(listed(&ada).contains("contains /writing"), "nothing has changed");
}

/// Made by a command, it may say more than chips can.
#[test]
fn a_segment_across_subjects_is_shown_whole() {
    let house = house();
    let filters = json!([
        ["is", "visit:browser", ["Firefox"]],
        ["or", [["is", "visit:country", ["DE", "FR"]], ["contains", "event:page", ["/blog"]]]]
    ]);
    house.ok(&["segment", "add", "--site", "example.com", "Across", &filters.to_string()]);
    let server = house.serve();
    let ada = signed_in(&server, "ada@example.com");
    let listed = ada.get(&format!("{}{SEGMENTS}", server.url)).text();
    let whole = "Browser is Firefox · (Country is Germany or France) or Page contains /blog";
    assert!(listed.contains(whole), "{listed}");
    let opened = ada.get(&format!("{}/example.com?f=is,segment,1&period=28d&edit=is,segment,1", server.url)).text();
    assert!(
        opened.contains("cannot be taken apart") && opened.contains("(Country is Germany or France) or Page contains /blog"),
        "{opened}"
    );
    assert!(!opened.contains("Show these filters instead"), "a part of them would be another question");
}

#[test]
fn a_segment_is_kept_whole_or_not_at_all() {
    let house = house();
    let server = house.serve();
    let (ada, bob) = (signed_in(&server, "ada@example.com"), signed_in(&server, "bob@example.com"));
    let blog = |filters: &[&'static str]| {
        [("name", "Blog"), ("for", "me")].into_iter().chain(filters.iter().map(|f| ("f", *f))).collect::<Vec<_>>()
    };
    assert_eq!(send(&server, &ada, SEGMENTS, SEGMENTS, &blog(&["contains,page,/blog"])).status, 303);
    assert_eq!(send(&server, &bob, SEGMENTS, SEGMENTS, &blog(&["is,page,/bob"])).status, 303);
    let listed = || ada.get(&format!("{}{SEGMENTS}", server.url)).text();
    let before = listed();
    let csrf = ada.get(&format!("{}{SEGMENTS}", server.url)).field("csrf");
    let long = format!("is_not,page,/a,{}", "x".repeat(2_049));
    for lost in
        ["is,shoe,9", "like,page,/a", "matches,page,(", "", &long, "is,segment,9", "is_not,segment,1,9", "is,segment,2", "is,goal,Signup"]
    {
        for (lang, words) in [("en", "Nothing was kept"), ("de", "Nichts wurde gespeichert")] {
            for form in [SEGMENTS.to_owned(), format!("{SEGMENTS}/replace")] {
                let fields = [("csrf", csrf.as_str()), ("id", "1"), ("name", "Other"), ("for", "me"), ("f", "is,country,DE"), ("f", lost)];
                let answer = ada.form_with(&format!("{}{form}", server.url), &[("Accept-Language", lang)], &fields);
                assert_eq!(answer.status, 422, "{form} {lost}: {}", answer.text());
                assert!(answer.text().contains(words), "{form} {lost}: {}", answer.text());
            }
        }
    }
    assert_eq!(listed(), before, "nothing has changed");
}

#[test]
fn filters_that_ask_too_much_together_are_said_in_the_readers_words() {
    let house = house();
    let server = house.serve();
    let ada = signed_in(&server, "ada@example.com");
    for name in ["One", "Two"] {
        let patterns = (0..30).map(|n| format!(",^/{name}{n}$")).collect::<String>();
        let filter = format!("matches,page{patterns}");
        assert_eq!(send(&server, &ada, SEGMENTS, SEGMENTS, &[("name", name), ("for", "me"), ("f", &filter)]).status, 303);
    }
    for (lang, words, title) in [
        ("en", "all filters, for they ask too much together", "That address makes no sense"),
        ("de", "alle Filter, denn zusammen fragen sie zu viel", "Diese Adresse ergibt keinen Sinn"),
    ] {
        let get = |page: &str| {
            ada.get_with(&format!("{}/example.com{page}?f=is,segment,1,2&period=day", server.url), &[("Accept-Language", lang)])
        };
        let (numbers, list) = (get(""), get("/details/pages"));
        assert_eq!((numbers.status, list.status), (200, 400), "{}", list.text());
        assert!(numbers.text().contains(words), "{}", numbers.text());
        assert!(list.text().contains(title), "{}", list.text());
        assert!(!numbers.text().contains("regular expressions") && !list.text().contains("regular expressions"));
    }
}

#[test]
fn what_is_named_at_a_site_has_its_room() {
    let house = house();
    let server = house.serve();
    let ada = signed_in(&server, "ada@example.com");
    let values = (0..100).map(|n| format!(",/{n}{}", "x".repeat(610))).collect::<String>();
    let filter = format!("is,page{values}");
    let mut kept = 0;
    let refused = loop {
        let name = format!("Long {kept}");
        let answer = send(&server, &ada, SEGMENTS, SEGMENTS, &[("name", &name), ("for", "site"), ("f", &filter)]);
        if answer.status != 303 {
            break answer;
        }
        kept += 1;
        assert!(kept < 9, "300 KB are full");
    };
    assert_eq!((refused.status, kept), (422, 4), "{}", refused.text());
    assert!(refused.text().contains("take 300 KB at most"), "{}", refused.text());
    assert_eq!(send(&server, &ada, SEGMENTS, &format!("{SEGMENTS}/remove"), &[("id", "1")]).status, 303);
    assert_eq!(send(&server, &ada, SEGMENTS, SEGMENTS, &[("name", "Again"), ("for", "site"), ("f", &filter)]).status, 303);
}

#[test]
fn a_segment_that_does_not_fit_at_the_site_stays_whose_it_is() {
    let house = house();
    let server = house.serve();
    let ada = signed_in(&server, "ada@example.com");
    let csrf = ada.get(&format!("{}{SEGMENTS}", server.url)).field("csrf");
    let post = |form: &str, fields: &[(&str, &str)]| {
        let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("csrf", csrf.as_str())]).collect();
        ada.form(&format!("{}{SEGMENTS}{form}", server.url), &fields).status
    };
    let keep = |name: &str, whose: &str| post("", &[("name", name), ("for", whose), ("f", "is,country,DE")]);
    assert_eq!(keep("Mine", "me"), 303);
    for n in 1..=100 {
        assert_eq!(keep(&format!("Site {n}"), "site"), 303, "{n}");
    }
    assert_eq!(keep("One more", "site"), 422);
    let rename = |name: &str, whose: &str| post("/rename", &[("id", "1"), ("name", name), ("for", whose)]);
    assert_eq!(rename("Mine", "site"), 422);
    assert_eq!(rename("Still mine", "me"), 303);
    assert_eq!(post("/remove", &[("id", "2")]), 303);
    assert_eq!(rename("Everybody's", "site"), 303);
}

#[test]
fn pins_come_first_in_the_menu_too() {
    let house = House::with_sites(&["a.example", "b.example", "c.example"]);
    assert!(house.run_with_input(&["user", "add", "ada@example.com", "--password-stdin"], PASSWORD.as_bytes()).status.success());
    let server = house.serve();
    let ada = signed_in(&server, "ada@example.com");
    let first = || {
        let page = ada.get(&format!("{}/a.example", server.url)).text();
        let end = page.find("aria-keyshortcuts=\"1\"").expect("a first site");
        page[..end].rsplit("href=\"").next().map(|link| link.split('"').next().unwrap_or_default().to_owned())
    };
    assert_eq!(first().as_deref(), Some("/a.example"));
    let pin =
        |pinned: &str| send(&server, &ada, "/sites", "/sites/pin", &[("domain", "c.example"), ("pinned", pinned), ("next", "/sites")]);
    assert_eq!(pin("true").status, 303);
    assert_eq!(first().as_deref(), Some("/c.example"));
    assert_eq!(pin("false").status, 303);
    assert_eq!(first().as_deref(), Some("/a.example"));
}

#[test]
fn shown_properties_are_chosen() {
    let house = house();
    let server = house.serve();
    let browser = signed_in(&server, "ada@example.com");
    let event = |key: &str| json!({"n": "pageview", "u": "https://example.com/", "d": "example.com", "p": {key: "x"}});
    server.event(event("author"));
    server.event(event("secret-plan"));
    let page = || browser.get(&format!("{}{PROPERTIES}", server.url)).text();
    crate::common::eventually(std::time::Duration::from_secs(5), "seen", || page().contains("secret-plan"));
    let chosen = send(&server, &browser, PROPERTIES, PROPERTIES, &[("show", "these"), ("property", "author"), ("others", "plan, tier")]);
    assert_eq!(chosen.status, 303);
    assert!(page().contains("value=\"plan, tier\""), "{}", page());
    let wrong = send(&server, &browser, PROPERTIES, PROPERTIES, &[("show", "these"), ("others", &"x".repeat(301))]);
    assert_eq!(wrong.status, 422);
    assert_eq!(send(&server, &browser, PROPERTIES, PROPERTIES, &[("show", "all")]).status, 303);
    assert!(page().contains("value=\"all\" checked"));
}

#[test]
fn who_is_not_signed_in_changes_nothing() {
    let house = house();
    let server = house.serve();
    let stranger = Client::browser();
    let csrf = stranger.get(&format!("{}/login", server.url)).field("csrf");
    for form in [GOALS, SEGMENTS, PROPERTIES, "/example.com/settings/goals/remove", "/example.com/settings/segments/remove"] {
        let answer =
            stranger.form(&format!("{}{form}", server.url), &[("csrf", &csrf), ("kind", "event"), ("event", "Buy"), ("name", "x")]);
        assert_eq!(answer.status, 303, "{form}");
        assert!(answer.header("location").is_some_and(|place| place.starts_with("/login")), "{form}");
        assert_eq!(stranger.form(&format!("{}{form}", server.url), &[("event", "Buy")]).status, 403, "{form} without the token");
    }
    assert_eq!(goals(&house), json!([]));
}
