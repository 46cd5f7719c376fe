//! Forms as no page of ours sends them.

use super::{encoded, stored};
use crate::common::{Client, House};
use crate::named::{house, send, signed_in};

/// What no form of a page sends: choices it does not have, numbers of others' things, half of its fields. Rows: form, fields,
/// status, what the page says.
#[test]
fn what_no_page_sends_is_refused_and_changes_nothing() {
    let house = House::with_sites(&["example.com", "other.example"]);
    assert!(house.run_with_input(&["user", "add", "ada@example.com", "--password-stdin"], b"correct horse").status.success());
    house.ok(&["key", "add", "--site", "other.example", "--scope", "stats"]);
    house.ok(&["goal", "add", "--site", "other.example", "--event", "Buy"]);
    let server = house.serve();
    let browser = signed_in(&server, "ada@example.com");
    let before = stored(&house);
    let site = browser.get(&format!("{}/example.com/settings/danger", server.url)).field("site");
    type Row<'a> = (&'a str, &'a [(&'a str, &'a str)], u16, &'a str);
    let none = "which cannot stand there";
    let rows: [Row<'_>; 38] = [
        ("/example.com/settings", &[("timezone", "Europe/Berlin"), ("keep_parameters", "a=b")], 422, "no name of a query parameter"),
        ("/example.com/settings", &[("timezone", "Europe/Berlin"), ("keep_parameters", "a\u{7f}")], 422, "no name of a query parameter"),
        ("/example.com/settings", &[("timezone", "Mars/Base"), ("keep_parameters", "page")], 422, "no IANA time zone"),
        ("/example.com/settings", &[("keep_parameters", "page")], 422, "no IANA time zone"),
        ("/example.com/settings", &[], 422, "no IANA time zone"),
        ("/example.com/settings/keys", &[("name", "mine"), ("scope", "admin")], 422, none),
        ("/example.com/settings/keys", &[("name", "mine")], 422, none),
        ("/example.com/settings/keys/remove", &[("id", "x")], 422, none),
        ("/example.com/settings/keys/remove", &[("id", "1")], 404, "Nobody walks here"),
        ("/example.com/settings/rename", &[("domain", "other.example")], 422, "There is a site other.example already"),
        ("/example.com/settings/rename", &[("domain", "login")], 422, "own pages"),
        ("/example.com/settings/transfer", &[("site", &site), ("email", "nobody@example.com")], 422, "no account of this address"),
        ("/example.com/settings/people/role", &[("email", "bob@example.com"), ("role", "king")], 422, none),
        ("/example.com/settings/people/role", &[("email", "bob@example.com"), ("role", "admin")], 422, "not there any more"),
        ("/example.com/settings/people/invite", &[("role", "viewer"), ("email", "a b")], 422, "no e-mail address"),
        ("/example.com/settings/people/team", &[("team", "7")], 422, "Your role does not allow that"),
        ("/example.com/settings/sharing/public", &[("public", "perhaps")], 422, none),
        ("/example.com/settings/sharing/link", &[("name", "Board"), ("last_day", "2001-01-01")], 422, "not past"),
        ("/example.com/settings/sharing/link", &[("name", "Board"), ("segment", "9")], 422, "not there any more"),
        ("/example.com/settings/sharing/link", &[("name", "Board"), ("password", "short")], 422, "at least 10"),
        ("/example.com/settings/sharing/hosts", &[("hosts", "a.example; script-src *")], 422, "is no host"),
        ("/teams/new", &[("name", " ")], 422, "A team needs a name"),
        ("/example.com/settings/goals", &[("kind", "shoe"), ("event", "Buy")], 422, none),
        ("/example.com/settings/goals", &[("id", "x"), ("kind", "event"), ("event", "Buy")], 422, none),
        ("/example.com/settings/goals", &[("id", "1"), ("kind", "event"), ("event", "Buy")], 422, "not there any more"),
        ("/example.com/settings/goals", &[], 422, none),
        ("/example.com/settings/goals/remove", &[("id", "-1")], 422, none),
        ("/example.com/settings/goals/remove", &[], 422, none),
        ("/example.com/settings/properties", &[("show", "some"), ("property", "author")], 422, none),
        ("/example.com/settings/properties", &[("others", "author")], 422, none),
        ("/account/language", &[("language", "nl")], 422, none),
        ("/account/language", &[], 422, none),
        ("/theme", &[("theme", "pink")], 422, none),
        ("/sites/pin", &[("domain", "example.com"), ("pinned", "perhaps")], 422, none),
        ("/sites/pin", &[("domain", "nothing.example"), ("pinned", "true")], 404, "Nobody walks here"),
        ("/sites/new", &[("domain", "blog.example"), ("timezone", "Mars/Base")], 422, "no IANA time zone"),
        ("/sites/new", &[], 422, "is no domain"),
        ("/nothing.example/settings/goals", &[("kind", "event"), ("event", "Buy")], 404, "Nobody walks here"),
    ];
    for (form, fields, status, words) in rows {
        let answer = send(&server, &browser, "/account", form, fields);
        assert_eq!(answer.status, status, "{form} {fields:?}: {}", answer.text());
        assert!(answer.text().contains(words), "{form} {fields:?}: {}", answer.text());
        assert_eq!(stored(&house), before, "{form} {fields:?}");
    }
}

#[test]
fn more_pins_than_fit_are_refused_and_a_site_that_is_gone_takes_no_place() {
    let house = house();
    let server = house.serve();
    let browser = signed_in(&server, "ada@example.com");
    let csrf = browser.get(&format!("{}/account", server.url)).field("csrf");
    let post = |form: &str, fields: &[(&str, &str)]| {
        browser.form(&format!("{}{form}", server.url), &[fields, &[("csrf", csrf.as_str())]].concat())
    };
    let pin = |domain: &str| post("/sites/pin", &[("domain", domain), ("pinned", "true"), ("next", "/sites")]);
    for n in 0..100 {
        let domain = format!("site-{n}.example");
        assert_eq!(post("/sites/new", &[("domain", &domain), ("timezone", "UTC")]).status, 303, "{domain}");
        assert_eq!(pin(&domain).status, 303, "{domain}");
    }
    let before = stored(&house);
    let refused = pin("example.com");
    assert_eq!((refused.status, refused.text().contains("At most 100 sites can be kept first.")), (422, true), "{}", refused.text());
    assert_eq!(stored(&house), before);
    assert_eq!(pin("site-7.example").status, 303, "it is one of them");
    house.ok(&["site", "remove", "site-7.example", "--yes"]);
    assert_eq!(pin("example.com").status, 303);
}

/// A form that is right but for how it comes.
#[test]
fn a_form_that_comes_in_another_way_changes_nothing() {
    let house = house();
    let server = house.serve();
    let browser = signed_in(&server, "ada@example.com");
    let csrf = browser.get(&format!("{}/account", server.url)).field("csrf");
    let url = format!("{}/example.com/settings/goals", server.url);
    let fields = encoded(&[("kind", "event"), ("event", "Buy"), ("csrf", &csrf)]);
    let before = stored(&house);
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    let elsewhere = [form[0], ("Sec-Fetch-Site", "cross-site")];
    let json = [("Content-Type", "application/json")];
    let stranger = Client::browser();
    for (what, client, method, headers, body, status) in [
        ("as JSON", &browser, "POST", &json[..], fields.clone(), 415),
        ("without its token", &browser, "POST", &form[..], fields.replace(&csrf, ""), 403),
        ("with another token", &browser, "POST", &form[..], fields.replace(&csrf, &"A".repeat(43)), 403),
        ("from elsewhere", &browser, "POST", &elsewhere[..], fields.clone(), 403),
        ("of somebody else", &stranger, "POST", &form[..], fields.clone(), 403),
        ("by another method", &browser, "PUT", &form[..], fields.clone(), 405),
        ("with a megabyte", &browser, "POST", &form[..], format!("{fields}&name={}", "x".repeat(1_000_000)), 413),
    ] {
        let answer = client.send(method, &url, headers, Some(body.as_bytes()));
        assert_eq!(answer.status, status, "{what}: {}", answer.text());
        assert_eq!(stored(&house), before, "{what}");
    }
    assert_eq!(browser.send("POST", &url, &form, Some(fields.as_bytes())).status, 303, "and as it should");
}

/// The address of a form stays in the browser behind its answer, and is read when somebody loads it again.
#[test]
fn where_only_forms_are_taken_readers_are_told_so() {
    let house = house();
    let server = house.serve();
    let browser = signed_in(&server, "ada@example.com");
    let get = |path: &str, kinds: &str| browser.get_with(&format!("{}{path}", server.url), &[("Accept", kinds)]);
    for (path, kinds, kind, words) in [
        ("/example.com/settings/keys/remove", "text/html,*/*;q=0.8", "text/html; charset=utf-8", "Go back to that page."),
        ("/example.com/settings/keys/remove", "*/*", "application/problem+json", "Allow says which"),
        ("/api/v2/query", "text/html", "application/problem+json", "Allow says which"),
    ] {
        let answer = get(path, kinds);
        assert_eq!(
            (answer.status, answer.header("allow"), answer.header("content-type")),
            (405, Some("POST"), Some(kind)),
            "{path} {kinds}"
        );
        assert!(answer.text().contains(words), "{path} {kinds}: {}", answer.text());
    }
}
