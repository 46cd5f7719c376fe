//! What programs ask beside the v2 query: v1, suggestions, exports; and how often.

use super::named::{house, signed_in};
use crate::common::{Answer, Client, House, Server, eventually};
use serde_json::json;
use std::time::Duration;

/// A running house with three page views of one visitor.
fn counted() -> (House, Server) {
    let house = house();
    let server = house.serve();
    for path in ["/", "/blog", "/=cmd|' /C calc'!A0"] {
        server
            .event(json!({"n": "pageview", "p": {"plan": "gold"}, "u": format!("https://example.com{path}"), "d": "example.com", "r": "https://www.google.com/"}));
    }
    eventually(Duration::from_secs(5), "counted", || house.metrics("example.com", &["pageviews"], "day") == [3]);
    (house, server)
}

fn ask(server: &Server, key: &str, path: &str) -> Answer {
    Client::new().get_with(&format!("{}{path}", server.url), &[("Authorization", &format!("Bearer {key}"))])
}

#[test]
fn v1_answers_as_its_documentation_says() {
    let (house, server) = counted();
    let key = house.key("stats");
    for (path, body) in [
        ("realtime/visitors?site_id=example.com", json!(1)),
        (
            "aggregate?site_id=example.com&period=day&metrics=visitors,pageviews",
            json!({"results": {"visitors": {"value": 1}, "pageviews": {"value": 3}}}),
        ),
        ("breakdown?site_id=example.com&period=day&property=visit:source", json!({"results": [{"source": "Google", "visitors": 1}]})),
    ] {
        let answer = ask(&server, &key, &format!("/api/v1/stats/{path}"));
        assert_eq!((answer.status, answer.json()), (200, body), "{path}");
        assert_eq!(answer.header("ratelimit-limit"), Some("6000"));
    }
    let series = ask(&server, &key, "/api/v1/stats/timeseries?site_id=example.com&period=7d").json();
    assert_eq!(series["results"].as_array().map(Vec::len), Some(7), "{series}");
    for (path, status) in [
        ("aggregate", 400),
        ("aggregate?site_id=", 400),
        ("aggregate?site_id=nobody.example", 401),
        ("aggregate?site_id=example.com&period=century", 400),
        ("aggregate?site_id=example.com&metrics=joy", 400),
        ("breakdown?site_id=example.com", 400),
        ("breakdown?site_id=example.com&property=visit:source&limit=0", 400),
    ] {
        let answer = ask(&server, &key, &format!("/api/v1/stats/{path}"));
        assert_eq!(answer.status, status, "{path}: {}", answer.text());
        assert!(answer.json()["error"].is_string(), "{path}");
    }
    assert_eq!(server.get("/api/v1/stats/aggregate?site_id=example.com").status, 401);
    assert_eq!(ask(&server, &key, "/api/v1/sites").status, 200);
}

#[test]
fn suggestions_are_for_who_may_read_the_numbers() {
    let (house, server) = counted();
    let (key, browser) = (house.key("stats"), signed_in(&server, "ada@example.com"));
    let path = "/api/stats/example.com/suggestions/page?q=blo&period=day";
    let expected = json!([{"value": "/blog", "label": "/blog"}]);
    assert_eq!(browser.get(&format!("{}{path}", server.url)).json(), expected);
    assert_eq!(ask(&server, &key, path).json(), expected);
    assert_eq!(server.get(path).status, 401);
    for name in ["prop_key", "props"] {
        let path = format!("/api/stats/example.com/suggestions/{name}?q=PL&period=day");
        assert_eq!(ask(&server, &key, &path).json(), json!([{"value": "plan", "label": "plan"}]), "{name}");
    }
    for (path, status) in [
        ("/api/stats/nobody.example/suggestions/page", 404),
        ("/api/stats/example.com/suggestions/shoe", 404),
        ("/api/stats/example.com/suggestions/goal?q=x", 200),
        ("/api/stats/example.com/suggestions/page?q=%FF%00", 200),
        ("/api/stats/example.com/suggestions/page?period=century", 400),
        ("/api/stats/example.com/suggestions/page?f=is,shoe,1", 400),
        ("/api/stats/example.com/suggestions/page?f=is,goal,Nothing", 400),
    ] {
        assert_eq!(ask(&server, &key, path).status, status, "{path}");
    }
    // A page has said already what its address says in vain.
    assert_eq!(browser.get(&format!("{}{path}&f=is,shoe,1", server.url)).json(), expected);
}

#[test]
fn a_key_that_asks_too_much_has_to_wait() {
    let house = house();
    let server = house.serve_with(&[("FOOTFALL_API_REQUESTS_PER_HOUR", "3")]);
    let (greedy, other) = (house.key("stats"), house.key("stats"));
    let query = json!({"site_id": "example.com", "metrics": ["visitors"], "date_range": "day"});
    for left in ["2", "1", "0"] {
        let answer = server.query(&greedy, query.clone());
        assert_eq!((answer.status, answer.header("ratelimit-remaining")), (200, Some(left)));
        assert_eq!(answer.header("ratelimit-policy"), Some("\"hour\";q=3;w=3600"));
        assert_eq!(answer.header("retry-after"), None);
    }
    let refused = server.query(&greedy, query.clone());
    assert_eq!((refused.status, refused.header("ratelimit-remaining")), (429, Some("0")));
    assert!(refused.header("retry-after").is_some_and(|seconds| seconds.parse::<u64>().is_ok_and(|seconds| seconds > 0)));
    assert!(refused.json()["error"].is_string());
    assert_eq!(ask(&server, &greedy, "/api/v1/stats/realtime/visitors?site_id=example.com").status, 429, "one bucket for both");
    assert_eq!(server.query(&other, query).status, 200, "each key has its own");
}

#[test]
fn what_is_taken_away_is_what_is_seen() {
    let (_house, server) = counted();
    let browser = signed_in(&server, "ada@example.com");
    let take = |path: &str| browser.get(&format!("{}/example.com/{path}", server.url));
    let pages = take("export/pages.csv?period=day");
    assert_eq!((pages.status, pages.header("content-type")), (200, Some("text/csv; charset=utf-8")), "{}", pages.text());
    assert!(pages.header("content-disposition").is_some_and(|said| said.starts_with("attachment; filename=\"example.com-pages-")));
    let text = pages.text();
    assert!(text.starts_with("name,visitors"), "{text}");
    assert!(text.contains("\r\n/blog,1"), "{text}");
    let only = take("export/pages.csv?period=day&f=is,page,/blog").text();
    assert_eq!(only.lines().count(), 2, "{only}");
    assert!(take("export/time.csv?period=7d").text().starts_with("date,visitors"));

    let zip = take("export.zip?period=day");
    assert_eq!((zip.status, zip.header("content-type")), (200, Some("application/zip")));
    for name in ["time.csv", "sources_channels.csv", "pages_top.csv", "devices_browsers.csv"] {
        assert!(crate::common::contains(&zip.body, name.as_bytes()), "{name}");
    }
    assert_eq!(zip.body, take("export.zip?period=day").body, "the same numbers are the same bytes");

    let svg = take("chart.svg?period=7d");
    assert_eq!((svg.status, svg.header("content-type")), (200, Some("image/svg+xml")));
    assert!(svg.text().starts_with("<svg xmlns") && !svg.text().contains("style"));
    let png = take("chart.png?period=7d");
    assert_eq!((png.status, png.header("content-type")), (200, Some("image/png")));
    assert!(png.body.starts_with(b"\x89PNG"));
    let odd = take("chart.png?f=is,page,/%EF%BF%BF%EF%BF%BE%01");
    assert_eq!(odd.status, 200, "what is no character of XML: {}", odd.text());

    for path in ["export/pages", "export/shoes.csv", "export/.csv", "export/pages.csv.exe"] {
        assert_eq!(take(path).status, 404, "{path}");
    }
    let stranger = server.get("/example.com/export/pages.csv?period=day");
    assert_eq!(stranger.status, 303);
}

/// A file is passed on without the page around it: what the page would leave out with a word is no file at all.
#[test]
fn no_file_has_other_numbers_than_were_asked_for() {
    let (_house, server) = counted();
    let browser = signed_in(&server, "ada@example.com");
    for file in ["export/pages.csv", "export/time.csv", "export.zip", "chart.svg", "chart.png"] {
        for lost in [
            "f=is,shoe,9",
            "f=is,page,/a,",
            "f=is,goal,Nothing",
            "f=is,segment,77",
            "period=nonsense",
            "metric=shoes",
            "metric=conversion_rate",
            "interval=month",
            "compare=off",
            "period=day&date=2026-02-30",
        ] {
            let answer = browser.get(&format!("{}/example.com/{file}?{lost}", server.url));
            assert_eq!((answer.status, answer.header("content-type")), (400, Some("application/problem+json")), "{file}?{lost}");
            let problem = answer.json();
            let what = lost.rsplit('&').next().unwrap_or(lost);
            assert!(problem["detail"].as_str().is_some_and(|words| words.contains(what) && words.contains("correct it")), "{problem}");
            assert_eq!((problem["status"].clone(), answer.header("content-disposition")), (json!(400), None));
        }
        let answer = browser.get(&format!("{}/example.com/{file}?f=is,page,/blog&period=7d&interval=day&utm_source=mail", server.url));
        assert_eq!(answer.status, 200, "{file}: {}", answer.text());
    }
    for lost in ["page=2", "page=x", "sort=shoes", "sort=conversion_rate", "machine=GPTBot", "property=plan"] {
        let answer = browser.get(&format!("{}/example.com/export/pages.csv?period=day&{lost}", server.url));
        assert_eq!(answer.status, 400, "{lost}: {}", answer.text());
    }
}

#[test]
fn a_list_ends_with_its_last_row() {
    let house = house();
    let line = |n: u32| {
        let (minute, second) = (n / 60 % 60, n % 60);
        format!(
            "198.51.100.1 - - [02/May/2025:{:02}:{minute:02}:{second:02} +0000] \"GET /page-{n} HTTP/1.1\" 200 5 \"-\" \"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\"\n",
            8 + n / 3600
        )
    };
    let file = house.file("access.log", (0..10_050).map(line).collect::<String>());
    house.ok(&["import", "--site", "example.com", file.to_str().expect("UTF-8")]);
    let server = house.serve();
    let browser = signed_in(&server, "ada@example.com");
    let list = browser.get(&format!("{}/example.com/export/pages.csv?from=2025-05-02&period=custom&to=2025-05-02", server.url));
    assert_eq!((list.status, list.text().lines().count()), (200, 10_051));
    assert!(list.text().contains("\r\n/page-10049,"));
}
