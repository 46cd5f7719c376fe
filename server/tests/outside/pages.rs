//! People: the first run, signing in and out, and what a form must bring.

use crate::common::{BROWSER, Client, House, Server, VISITOR};
use serde_json::json;

const EMAIL: &str = "ada@example.com";
const PASSWORD: &str = "correct horse";

fn house_with_user() -> House {
    let house = House::with_sites(&["example.com"]);
    assert!(house.run_with_input(&["user", "add", EMAIL, "--password-stdin"], PASSWORD.as_bytes()).status.success());
    house
}

fn sign_in(server: &Server, password: &str) -> (Client, crate::common::Answer) {
    let browser = Client::browser();
    let form = browser.get(&format!("{}/login", server.url));
    assert_eq!(form.status, 200);
    let answer = browser
        .form(&format!("{}/login", server.url), &[("csrf", &form.field("csrf")), ("email", EMAIL), ("password", password), ("next", "")]);
    (browser, answer)
}

#[test]
fn the_first_link_creates_the_owner_once() {
    let house = House::new();
    let mut server = house.serve();
    let line = server.next_line();
    let link = line.trim().rsplit(' ').next().expect("a link").to_owned();
    assert!(link.contains("/setup?token="), "{line}");
    let browser = Client::browser();
    let form = browser.get(&link);
    assert_eq!(form.status, 200, "{}", form.text());
    let setup = format!("{}/setup", server.url);
    let fields = |csrf: &str, password: &str| {
        [("csrf", csrf.to_owned()), ("token", form.field("token")), ("email", EMAIL.to_owned()), ("password", password.to_owned())]
    };
    let send = |password: &str| {
        let fields = fields(&form.field("csrf"), password);
        browser.form(&setup, &fields.each_ref().map(|(name, value)| (*name, value.as_str())))
    };
    let short = send("short");
    assert_eq!(short.status, 422);
    assert!(short.text().contains("at least"), "{}", short.text());
    let created = send(PASSWORD);
    assert_eq!((created.status, created.header("location")), (303, Some("/sites")));
    assert_eq!(browser.get(&format!("{}/sites", server.url)).status, 200);
    assert!(house.ok(&["user", "list"]).contains(EMAIL));
    // The link is used up.
    assert_eq!(Client::new().get(&link).status, 400);
    let (status, _, log) = server.stop();
    assert!(status.success() && !log.contains("token"), "{log}");
    let mut server = house.serve();
    server.signal("TERM");
    assert_eq!(server.next_line(), "", "with an account there is no link");
}

#[test]
fn a_wrong_link_creates_nobody() {
    let house = House::new();
    let server = house.serve();
    for link in ["/setup", "/setup?token=", "/setup?token=wrong"] {
        assert_eq!(server.get(link).status, 400, "{link}");
    }
    let browser = Client::browser();
    let csrf = browser.get(&format!("{}/login", server.url)).field("csrf");
    let answer =
        browser.form(&format!("{}/setup", server.url), &[("csrf", &csrf), ("token", "wrong"), ("email", EMAIL), ("password", PASSWORD)]);
    assert_eq!(answer.status, 400);
    assert!(!house.ok(&["user", "list"]).contains(EMAIL));
}

#[test]
fn who_signs_in_sees_the_sites_and_who_signs_out_does_not() {
    let house = house_with_user();
    let server = house.serve();
    let (browser, answer) = sign_in(&server, PASSWORD);
    assert_eq!((answer.status, answer.header("location")), (303, Some("/sites")));
    let cookie = answer.header("set-cookie").expect("a cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && !cookie.contains("Secure"), "{cookie}");
    let sites = browser.get(&format!("{}/sites", server.url));
    assert!(sites.status == 200 && sites.text().contains("example.com"), "{}", sites.text());
    let current = browser.get(&format!("{}/api/sites/example.com/current", server.url));
    assert_eq!(current.json(), json!({"visitors": 0}));
    let before = browser.cookie("footfall").expect("signed in");
    let out = browser.form(&format!("{}/logout", server.url), &[("csrf", &sites.field("csrf"))]);
    assert_eq!(out.status, 303);
    assert_eq!(browser.cookie("footfall"), None);
    let stale = Client::new().get_with(&format!("{}/sites", server.url), &[("Cookie", &format!("footfall={before}"))]);
    assert_eq!(stale.status, 303, "the token is dead on the server too");
}

#[test]
fn without_sign_in_every_page_leads_to_the_form_and_back() {
    let house = house_with_user();
    let server = house.serve();
    for (page, form) in [
        ("/", "/login"),
        ("/sites", "/login"),
        ("/sites/new", "/login?next=%2Fsites%2Fnew"),
        ("/account", "/login?next=%2Faccount"),
        ("/example.com?period=28d", "/login?next=%2Fexample.com%3Fperiod%3D28d"),
        ("/example.com/settings", "/login?next=%2Fexample.com%2Fsettings"),
        ("/nobody.example", "/login?next=%2Fnobody.example"),
    ] {
        let answer = server.get(page);
        assert_eq!((answer.status, answer.header("location")), (303, Some(form)), "{page}");
    }
    assert_eq!(server.get("/api/sites/example.com/current").status, 401);
    assert_eq!(server.get("/api/sites/nobody.example/current").status, 401);
    let browser = Client::browser();
    let form = browser.get(&format!("{}/login?next=%2Faccount", server.url));
    let fields = [("csrf", form.field("csrf")), ("next", form.field("next")), ("email", EMAIL.into()), ("password", PASSWORD.into())];
    let answer = browser.form(&format!("{}/login", server.url), &fields.each_ref().map(|(name, value)| (*name, value.as_str())));
    assert_eq!(answer.header("location"), Some("/account"));
}

#[test]
fn wrong_passwords_are_slowed_down() {
    let house = house_with_user();
    let server = house.serve();
    for _ in 0..5 {
        let (_, answer) = sign_in(&server, "wrong password");
        assert_eq!(answer.status, 401);
        assert!(answer.text().contains("do not match"));
    }
    let (_, answer) = sign_in(&server, PASSWORD);
    assert_eq!(answer.status, 429, "also the right one has to wait now");
    assert!(answer.header("retry-after").is_some());
    std::thread::sleep(std::time::Duration::from_millis(2_100));
    assert_eq!(sign_in(&server, PASSWORD).1.status, 303);
}

#[test]
fn an_unknown_account_is_answered_like_a_wrong_password() {
    let house = house_with_user();
    let server = house.serve();
    let browser = Client::browser();
    let csrf = browser.get(&format!("{}/login", server.url)).field("csrf");
    let answer =
        browser.form(&format!("{}/login", server.url), &[("csrf", &csrf), ("email", "nobody@example.com"), ("password", PASSWORD)]);
    assert_eq!(answer.status, 401);
    assert!(answer.text().contains("do not match"));
}

/// Rows: what another site could make a browser send.
#[test]
fn forms_of_other_sites_do_nothing() {
    let house = house_with_user();
    let server = house.serve();
    let (browser, _) = sign_in(&server, PASSWORD);
    let csrf = browser.get(&format!("{}/sites/new", server.url)).field("csrf");
    let url = format!("{}/sites/new", server.url);
    for (headers, csrf) in [
        (&[][..], ""),
        (&[], "wrong"),
        (&[("Sec-Fetch-Site", "cross-site")], &csrf),
        (&[("Sec-Fetch-Site", "same-site")], &csrf),
        (&[("Origin", "https://evil.example")], &csrf),
        (&[("Origin", "null")], &csrf),
    ] {
        let answer = browser.form_with(&url, headers, &[("csrf", csrf), ("domain", "evil.example"), ("timezone", "UTC")]);
        assert_eq!(answer.status, 403, "{headers:?}");
    }
    assert!(!house.ok(&["site", "list"]).contains("evil.example"));
    let answer = browser.form_with(
        &url,
        &[("Sec-Fetch-Site", "same-origin")],
        &[("csrf", &csrf), ("domain", "new.example"), ("timezone", "Asia/Tokyo")],
    );
    assert_eq!((answer.status, answer.header("location")), (303, Some("/new.example/install?done=added")));
    assert!(house.ok(&["site", "list"]).contains("new.example"));
}

#[test]
fn a_new_site_waits_for_its_first_hit() {
    let house = house_with_user();
    let server = house.serve();
    let (browser, _) = sign_in(&server, PASSWORD);
    let install = browser.get(&format!("{}/example.com/install", server.url));
    assert!(install.status == 200 && install.text().contains("data-domain=\"example.com\""), "{}", install.text());
    let facts = format!("{}/api/sites/example.com/first-hit", server.url);
    assert_eq!(browser.get(&facts).json(), json!({"received": false}));
    server.event_with(&[("User-Agent", BROWSER), ("X-Forwarded-For", VISITOR)], br#"{"n":"pageview","u":"https://example.com/"}"#);
    let soon = std::time::Duration::from_secs(30);
    crate::common::eventually(soon, "received", || browser.get(&facts).json() == json!({"received": true}));
    let current = format!("{}/api/sites/example.com/current", server.url);
    crate::common::eventually(soon, "and counted", || browser.get(&current).json() == json!({"visitors": 1}));
}

#[test]
fn the_site_page_shows_the_numbers_under_one_address() {
    let house = house_with_user();
    let server = house.serve();
    let (browser, _) = sign_in(&server, PASSWORD);
    for path in ["/a", "/b"] {
        server.event(json!({"n": "pageview", "u": format!("https://example.com{path}"), "d": "example.com"}));
    }
    house.query(json!({"site_id": "example.com", "metrics": ["visitors"], "date_range": "day"}));
    let page = browser.get(&format!("{}/example.com?period=day", server.url));
    assert_eq!(page.status, 200, "{}", page.text());
    let text = page.text();
    assert!(text.starts_with("<!DOCTYPE html>") && text.contains("<svg") && text.contains("/b"), "{text}");
    assert!(!text.contains(" style=") && !text.contains("onclick="), "nothing inline");
    let other_spelling = browser.get(&format!("{}/example.com?metric=visitors&period=day", server.url));
    assert_eq!((other_spelling.status, other_spelling.header("location")), (303, Some("/example.com?period=day")));
    let small = browser.get_with(&format!("{}/example.com?period=day", server.url), &[("Accept-Encoding", "br")]);
    assert_eq!(small.header("content-encoding"), Some("br"));
    assert!(small.body.len() * 3 < page.body.len(), "{} of {} bytes", small.body.len(), page.body.len());
    assert_eq!(browser.get(&format!("{}/nobody.example", server.url)).status, 404);
    assert_eq!(browser.get(&format!("{}/no/such/page", server.url)).status, 404);
}

#[test]
fn an_address_is_found_in_capitals_and_with_a_slash() {
    let house = house_with_user();
    let server = house.serve();
    let (browser, _) = sign_in(&server, PASSWORD);
    for (written, place) in [
        ("/Example.com?period=7d", "/example.com?period=7d"),
        ("/example.com/?f=is,page,/A&period=7d", "/example.com?f=is,page,/A&period=7d"),
        ("/EXAMPLE.COM/settings/", "/example.com/settings"),
        ("/example.com/details/pages/", "/example.com/details/pages"),
        ("/example.com/export.zip/", "/example.com/export.zip"),
        ("/sites/", "/sites"),
    ] {
        let answer = browser.get(&format!("{}{written}", server.url));
        assert_eq!((answer.status, answer.header("location")), (308, Some(place)), "{written}");
        assert_eq!(browser.get(&format!("{}{place}", server.url)).status, 200, "{place}");
    }
    for nowhere in ["//evil.example/", "/nobody.example", "/api/V1/", "/assets/none/"] {
        let answer = browser.get(&format!("{}{nowhere}", server.url));
        assert_eq!((answer.status == 308, answer.header("location")), (false, None), "{nowhere}");
    }
}

#[test]
fn what_a_page_leaves_out_it_says() {
    let house = house_with_user();
    let server = house.serve();
    let (browser, _) = sign_in(&server, PASSWORD);
    server.event(json!({"n": "pageview", "u": "https://example.com/", "d": "example.com"}));
    let text = |page: &str| browser.get(&format!("{}{page}", server.url)).text();
    crate::common::eventually(std::time::Duration::from_secs(5), "counted", || {
        !text("/example.com/details/pages?period=day").contains("Nothing")
    });
    for (page, lost) in [
        ("/example.com?interval=hour&period=28d", "interval=hour"),
        ("/example.com?period=day&page=2", "page=2"),
        ("/example.com?period=7d&from=2026-01-01", "from=2026-01-01"),
        ("/example.com/details/pages?period=day&page=x", "page=x"),
        ("/example.com/details/pages?period=day&sort=conversion_rate", "sort=conversion_rate"),
        ("/example.com/details/pages?period=28d&interval=hour", "interval=hour"),
        ("/example.com/details/pages?period=day&machine=GPTBot", "machine=GPTBot"),
        ("/example.com/settings/segments?f=is,shoe,1&f=is,page,/", "f=is,shoe,1"),
        ("/sites?page=x", "page=x"),
        ("/sites?page=2", "page=2"),
    ] {
        assert!(text(page).contains(&format!("is left out: {lost}<")), "{page}");
    }
}

#[test]
fn of_many_sites_only_those_that_are_seen_have_cards() {
    let names: Vec<String> = (0..60).map(|n| format!("s{n:02}.example")).collect();
    let house = House::with_sites(&names.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(house.run_with_input(&["user", "add", EMAIL, "--password-stdin"], PASSWORD.as_bytes()).status.success());
    let server = house.serve();
    let (browser, _) = sign_in(&server, PASSWORD);
    let page = |query: &str| browser.get(&format!("{}/sites{query}", server.url)).text();
    let cards = |query: &str| page(query).matches("<li class=\"card site-card").count();
    assert_eq!([cards(""), cards("?page=2"), cards("?q=s0"), cards("?q=S59")], [48, 12, 10, 1]);
    assert!(page("").contains("1 to 48 of 60") && page("?page=2").contains("49 to 60 of 60"));
    let csrf = browser.get(&format!("{}/sites", server.url)).field("csrf");
    let pinned = [("csrf", csrf.as_str()), ("domain", "s59.example"), ("pinned", "true"), ("next", "/sites?page=2")];
    assert_eq!(browser.form(&format!("{}/sites/pin", server.url), &pinned).header("location"), Some("/sites?page=2"));
    let first = page("");
    let at = |domain: &str| first.find(&format!("<a href=\"/{domain}/install\""));
    assert!(at("s59.example").is_some_and(|pin| at("s00.example").is_some_and(|next| pin < next)), "pins come first");
    let menu = browser.get(&format!("{}/s30.example", server.url)).text();
    assert_eq!(menu.matches("<span>s").count(), 48);
    assert!(menu.contains("48 of 60 sites"));
}

#[test]
fn settings_change_the_site() {
    let house = house_with_user();
    let server = house.serve();
    let (browser, _) = sign_in(&server, PASSWORD);
    let url = format!("{}/example.com/settings", server.url);
    let page = browser.get(&url);
    assert_eq!(page.status, 200, "{}", page.text());
    let csrf = page.field("csrf");
    let bad = browser.form(&url, &[("csrf", &csrf), ("timezone", "Mars/Base"), ("keep_parameters", "")]);
    assert!(bad.status == 422 && bad.text().contains("IANA"), "{}", bad.text());
    let saved = browser.form(&url, &[("csrf", &csrf), ("timezone", "Asia/Tokyo"), ("keep_parameters", "page, tag")]);
    assert_eq!((saved.status, saved.header("location")), (303, Some("/example.com/settings?done=saved")));
    assert!(house.ok(&["site", "list"]).contains("(Asia/Tokyo from "));
    let made = browser.form(&format!("{url}/keys"), &[("csrf", &csrf), ("name", "report"), ("scope", "stats")]);
    let text = made.text();
    let key = text
        .split("ff_")
        .nth(1)
        .map(|rest| format!("ff_{}", rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect::<String>()));
    let key = key.unwrap_or_else(|| panic!("the key is shown: {text}"));
    let query = json!({"site_id": "example.com", "metrics": ["visitors"], "date_range": "day"});
    assert_eq!(server.query(&key, query.clone()).status, 200);
    assert!(!browser.get(&format!("{url}/keys")).text().contains(&key), "shown once");
    browser.form(&format!("{url}/keys/remove"), &[("csrf", &csrf), ("id", "1")]);
    assert_eq!(server.query(&key, query).status, 401);
    let site = browser.get(&format!("{url}/danger")).field("site");
    let unconfirmed = browser.form(&format!("{url}/remove"), &[("csrf", &csrf), ("site", &site), ("confirm", "example")]);
    assert_eq!(unconfirmed.status, 422);
    let removed = browser.form(&format!("{url}/remove"), &[("csrf", &csrf), ("site", &site), ("confirm", "example.com")]);
    assert_eq!((removed.status, removed.header("location")), (303, Some("/sites?done=removed")));
    assert!(!house.ok(&["site", "list"]).contains("example.com"));
}

/// The reasons of an import of an old log are the newest there are.
#[test]
fn settings_show_why_lines_of_an_old_log_were_not_counted() {
    let house = house_with_user();
    let log = |year: u32, status: u32| {
        format!("198.51.100.1 - - [02/May/{year}:10:00:00 +0000] \"GET /page HTTP/1.1\" {status} 5 \"-\" \"{BROWSER}\"\n")
    };
    let file = house.file("access.log", log(1995, 404) + &log(2015, 200) + &log(2015, 301));
    house.ok(&["import", "--site", "example.com", file.to_str().expect("UTF-8")]);
    let server = house.serve();
    let (browser, _) = sign_in(&server, PASSWORD);
    assert_eq!(server.event(json!({"u": "https://example.com/", "d": "example.com"})).status, 400);
    crate::common::eventually(std::time::Duration::from_secs(5), "today's refusal, and the old ones below it", || {
        let text = browser.get(&format!("{}/example.com/settings/not-counted", server.url)).text();
        let rows: Vec<&str> = text.split("<th scope=\"row\">").collect();
        rows.len() == 5 && rows[2].starts_with("2 May 2015") && rows[3].starts_with("2 May 1995") && rows[4].starts_with("All")
    });
}

#[test]
fn a_new_password_ends_all_other_sign_ins() {
    let house = house_with_user();
    let server = house.serve();
    let (elsewhere, _) = sign_in(&server, PASSWORD);
    let (browser, _) = sign_in(&server, PASSWORD);
    let account = browser.get(&format!("{}/account", server.url));
    let url = format!("{}/account/password", server.url);
    let csrf = account.field("csrf");
    let wrong = browser.form(&url, &[("csrf", &csrf), ("current", "not this"), ("password", "battery staple")]);
    assert_eq!(wrong.status, 422);
    let changed = browser.form(&url, &[("csrf", &csrf), ("current", PASSWORD), ("password", "battery staple")]);
    assert_eq!(changed.status, 303, "{}", changed.text());
    assert_eq!(browser.get(&format!("{}/account", server.url)).status, 200);
    assert_eq!(elsewhere.get(&format!("{}/account", server.url)).status, 303);
    assert_eq!(sign_in(&server, PASSWORD).1.status, 401);
    assert_eq!(sign_in(&server, "battery staple").1.status, 303);
}

#[test]
fn the_look_is_remembered_in_a_cookie() {
    let house = house_with_user();
    let server = house.serve();
    let (browser, _) = sign_in(&server, PASSWORD);
    let csrf = browser.get(&format!("{}/account", server.url)).field("csrf");
    let answer = browser.form(&format!("{}/theme", server.url), &[("csrf", &csrf), ("theme", "dark"), ("next", "/account")]);
    assert_eq!((answer.status, answer.header("location")), (303, Some("/account")));
    assert_eq!(browser.cookie("theme").as_deref(), Some("dark"));
    assert!(browser.get(&format!("{}/account", server.url)).text().contains("data-theme=\"dark\""));
    let elsewhere =
        browser.form(&format!("{}/theme", server.url), &[("csrf", &csrf), ("theme", "system"), ("next", "https://evil.example")]);
    assert_eq!(elsewhere.header("location"), Some("/sites"));
    assert_eq!(browser.cookie("theme"), None);
}

#[test]
fn over_https_cookies_are_bound_to_the_host() {
    let house = house_with_user();
    let server = house.serve_with(&[("FOOTFALL_PUBLIC_URL", "https://stats.example.com")]);
    let browser = Client::browser();
    let form = browser.get(&format!("{}/login", server.url));
    assert!(form.header("strict-transport-security").is_some());
    let cookie = form.header("set-cookie").expect("a cookie");
    assert!(cookie.starts_with("__Host-footfall-form=") && cookie.contains("; Secure"), "{cookie}");
    let answer = browser.form(&format!("{}/login", server.url), &[("csrf", &form.field("csrf")), ("email", EMAIL), ("password", PASSWORD)]);
    assert!(answer.header("set-cookie").is_some_and(|cookie| cookie.starts_with("__Host-footfall=") && cookie.contains("; Secure")));
}
