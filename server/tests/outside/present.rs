//! Who is there at this moment, on the page about the last half hour.

use crate::common::{BROWSER, Client, House, Server, eventually};
use serde_json::json;
use std::time::Duration;

const EMAIL: &str = "ada@example.com";
const PASSWORD: &str = "correct horse";

fn signed_in(server: &Server) -> Client {
    let browser = Client::browser();
    let login = format!("{}/login", server.url);
    let form = browser.get(&login);
    browser.form(&login, &[("csrf", &form.field("csrf")), ("email", EMAIL), ("password", PASSWORD), ("next", "")]);
    browser
}

/// The first of the large numbers: current visitors.
fn current(page: &str) -> Option<&str> {
    page.split_once("headline__value\">")?.1.split_once('<').map(|(number, _)| number)
}

#[test]
fn under_a_filter_those_are_there_whose_hits_pass_it() {
    let house = House::with_sites(&["example.com"]);
    assert!(house.run_with_input(&["user", "add", EMAIL, "--password-stdin"], PASSWORD.as_bytes()).status.success());
    let server = house.serve();
    for (address, page) in [("198.51.100.1", "/a"), ("198.51.100.2", "/a"), ("198.51.100.3", "/b")] {
        let headers = [("User-Agent", BROWSER), ("X-Forwarded-For", address), ("Content-Type", "text/plain")];
        let body = json!({"n": "pageview", "u": format!("https://example.com{page}"), "d": "example.com"});
        assert_eq!(server.event_with(&headers, body.to_string().as_bytes()).status, 202);
    }
    let browser = signed_in(&server);
    let all = format!("{}/api/sites/example.com/current", server.url);
    eventually(Duration::from_secs(30), "counted", || browser.get(&all).json() == json!({"visitors": 3}));
    for (filter, there) in [("", "3"), ("f=is,page,/a&", "2"), ("f=is,page,/b&", "1"), ("f=is_not,page,/a&", "1"), ("f=is,page,/c&", "0")] {
        for place in ["/example.com", "/example.com/realtime"] {
            let page = browser.get(&format!("{}{place}?{filter}period=realtime", server.url));
            assert_eq!((page.status, current(&page.text())), (200, Some(there)), "{place} {filter}");
        }
    }
    let page = browser.get(&format!("{}/example.com?f=is,page,/c&period=realtime", server.url)).text();
    let (_, header) = page.split_once("class=\"live\"").expect("the header's count");
    assert!(header[..600].contains('3'), "the header goes on to say who is on the site: {}", &header[..600]);
}
