//! Lines of files, good and broken. Addresses are those kept for documentation.

use footfall_domain::DropReason::{self, Asset, ErrorStatus, Feed as FeedFile, HealthCheck, NotGet, Redirect, UnknownSite};
use footfall_domain::{Feed, UnixMillis};
use footfall_ingest::Sent;
use footfall_ingest::import::{Format, Line, detect, is_whole, parse_line};
use proptest::prelude::*;

const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64) Firefox/118.0";

fn at(text: &str) -> UnixMillis {
    text.parse::<jiff::Timestamp>().expect("a timestamp").into()
}

fn combined(request: &str, status: &str) -> String {
    format!(r#"192.0.2.1 - - [17/May/2015:10:05:03 +0200] "{request}" {status} 1234 "-" "{AGENT}""#)
}

fn parse(format: Format, line: impl AsRef<[u8]>) -> Line {
    parse_line(format, line.as_ref(), "example.com")
}

/// The URL of a page view.
fn page(format: Format, line: impl AsRef<[u8]>) -> String {
    match parse(format, &line) {
        Line::Hit { sent, .. } => sent.url,
        other => panic!("{}: {other:?}", String::from_utf8_lossy(line.as_ref())),
    }
}

fn dropped(format: Format, line: impl AsRef<[u8]>) -> DropReason {
    match parse(format, &line) {
        Line::Dropped(reason, Some(_)) => reason,
        other => panic!("{}: {other:?}", String::from_utf8_lossy(line.as_ref())),
    }
}

fn unreadable(format: Format, line: impl AsRef<[u8]>) -> String {
    match parse(format, &line) {
        Line::Unreadable(why) => why,
        other => panic!("{}: {other:?}", String::from_utf8_lossy(line.as_ref())),
    }
}

#[test]
fn a_combined_line_is_a_page_view() {
    let line = r#"::ffff:192.0.2.1 - jo [17/May/2015:10:05:03 +0200] "GET /a%20b?utm_source=n&x=1 HTTP/1.1" 200 203 "http://b.example/x" "Fire \"fox\" \\ \xff""#;
    let expected = Line::Hit {
        time: at("2015-05-17T08:05:03Z"),
        sent: Sent {
            domains: vec!["example.com".into()],
            name: "pageview".into(),
            url: "https://example.com/a%20b?utm_source=n&x=1".into(),
            referrer: "http://b.example/x".into(),
            interactive: true,
            ..Sent::default()
        },
        address: "192.0.2.1".parse().expect("an address"),
        user_agent: b"Fire \"fox\" \\ \xff".to_vec(),
        feed: Feed::Log,
    };
    assert_eq!(parse(Format::Combined, line), expected);
    assert_eq!(parse(Format::Combined, format!("{line}\r\n")), expected);
}

#[test]
fn a_common_line_has_neither_referrer_nor_user_agent() {
    let Line::Hit { sent, user_agent, .. } =
        parse(Format::Common, r#"2001:db8::1 - - [05/Mar/2021:09:01:38 +0100] "GET /lists HTTP/1.0" 200 1513"#)
    else {
        panic!("no hit")
    };
    assert_eq!((sent.referrer.as_str(), user_agent.as_slice()), ("", &b""[..]));
}

#[test]
fn a_virtual_host_is_the_host_and_must_be_the_sites() {
    let line = |vhost: &str| format!(r#"{vhost} 192.0.2.1 - - [25/Oct/2021:11:05:52 +0200] "GET /web HTTP/1.1" 200 6963 "-" "{AGENT}""#);
    for (vhost, url) in [
        ("example.com", "https://example.com/web"),
        ("www.Example.com:443", "https://www.example.com:443/web"),
        ("blog.example.com:80", "http://blog.example.com:80/web"),
    ] {
        assert_eq!(page(Format::CombinedVhost, line(vhost)), url);
    }
    for other in ["other.example", "notexample.com", "example.com.evil.example", "_", "-", "192.0.2.7:80"] {
        assert_eq!(dropped(Format::CombinedVhost, line(other)), UnknownSite, "{other}");
    }
    assert_eq!(
        page(Format::CommonVhost, r#"example.com 192.0.2.1 - - [25/Oct/2021:11:05:52 +0200] "GET / HTTP/1.1" 200 6963"#),
        "https://example.com/"
    );
}

#[test]
fn requests_as_servers_have_seen_them() {
    for (request, url) in [
        ("GET / HTTP/1.1", "https://example.com/"),
        ("GET / HTTP/2.0", "https://example.com/"),
        ("GET /old", "https://example.com/old"),
        ("GET index.html HTTP/1.0", "https://example.com/index.html"),
        ("GET /a b c HTTP/1.1", "https://example.com/a%20b%20c"),
        ("GET http://www.example.com/x?y HTTP/1.1", "http://www.example.com/x?y"),
        ("GET HTTPS://example.com HTTP/1.1", "HTTPS://example.com"),
        (r"GET /\xe4\xf6?x=\x22 HTTP/1.1", "https://example.com/%E4%F6?x=\""),
        (r"GET /caf\xc3\xa9 HTTP/1.1", "https://example.com/café"),
        (r"GET /tab\there HTTP/1.1", "https://example.com/tab%09here"),
        ("GET //double HTTP/1.1", "https://example.com//double"),
    ] {
        assert_eq!(page(Format::Combined, combined(request, "200")), url);
    }
    assert_eq!(dropped(Format::Combined, combined("GET http://other.example/ HTTP/1.1", "200")), UnknownSite);
    assert_eq!(dropped(Format::Combined, combined("GET http://example.com/a.png HTTP/1.1", "200")), Asset);
}

#[test]
fn bytes_that_are_no_utf8_lose_only_themselves() {
    let mut line = combined("GET /x HTTP/1.1", "200").into_bytes();
    let path = line.windows(2).position(|pair| pair == b"/x").expect("the path");
    line[path + 1] = 0xff;
    assert_eq!(page(Format::Combined, line), "https://example.com/%FF");
}

#[test]
fn only_answers_that_showed_a_page_count() {
    for status in ["200", "203", "304"] {
        assert_eq!(page(Format::Combined, combined("GET / HTTP/1.1", status)), "https://example.com/");
    }
    for (status, reason) in [
        ("204", Asset),
        ("206", Asset),
        ("301", Redirect),
        ("302", Redirect),
        ("308", Redirect),
        ("400", ErrorStatus),
        ("404", ErrorStatus),
        ("499", ErrorStatus),
        ("500", ErrorStatus),
        ("101", ErrorStatus),
        ("-", ErrorStatus),
        ("000", ErrorStatus),
        ("0", ErrorStatus),
        ("999", ErrorStatus),
    ] {
        assert_eq!(dropped(Format::Combined, combined("GET / HTTP/1.1", status)), reason, "{status}");
    }
}

#[test]
fn only_get_shows_a_page() {
    for method in ["POST", "HEAD", "PUT", "OPTIONS", "PROPFIND", "M-SEARCH", "CONNECT"] {
        assert_eq!(dropped(Format::Combined, combined(&format!("{method} / HTTP/1.1"), "200")), NotGet, "{method}");
    }
    assert_eq!(dropped(Format::Combined, combined("OPTIONS * HTTP/1.0", "200")), NotGet);
}

#[test]
fn assets_feeds_and_health_checks_are_no_pages() {
    for (target, reason) in [
        ("/favicon.ico", Asset),
        ("/style.css?v=3", Asset),
        ("/IMG.JPG", Asset),
        ("/a/b.min.js", Asset),
        ("/paper.pdf", Asset),
        ("/robots.txt", Asset),
        ("/sitemap.xml", Asset),
        ("/font.woff2", Asset),
        ("/x%2ecss", Asset),
        ("/.well-known/security", Asset),
        ("/wp-json/wp/v2/posts", Asset),
        ("/wp-admin/admin-ajax.php", Asset),
        ("/feed", FeedFile),
        ("/feed/", FeedFile),
        ("/blog/feed/", FeedFile),
        ("/index.xml", FeedFile),
        ("/blog.rss", FeedFile),
        ("/?feed=rss2", FeedFile),
        ("/blog/tags/puppet?flav=rss20", FeedFile),
        ("/atom.xml", FeedFile),
        ("/healthz", HealthCheck),
        ("/health/", HealthCheck),
        ("/ping", HealthCheck),
        ("/server-status?auto", HealthCheck),
    ] {
        assert_eq!(dropped(Format::Combined, combined(&format!("GET {target} HTTP/1.1"), "200")), reason, "{target}");
    }
    for target in [
        "/",
        "/index.html",
        "/index.php?p=3",
        "/a/",
        "/release-1.2",
        "/about.aspx",
        "/feedback",
        "/health-insurance",
        "/pingpong",
        "/?type=shirt",
        "/user/jo.doe",
        "/css",
    ] {
        page(Format::Combined, combined(&format!("GET {target} HTTP/1.1"), "200"));
    }
}

#[test]
fn a_prober_is_known_by_its_name() {
    let line = |agent: &str| format!(r#"192.0.2.1 - - [17/May/2015:10:05:03 +0000] "GET / HTTP/1.1" 200 1 "-" "{agent}""#);
    for agent in [
        "ELB-HealthChecker/2.0",
        "kube-probe/1.30",
        "GoogleHC/1.0",
        "Amazon-Route53-Health-Check-Service (ref 1; report http://amzn.to/1vsZADi)",
    ] {
        assert_eq!(dropped(Format::Combined, line(agent)), HealthCheck, "{agent}");
    }
}

#[test]
fn requests_that_are_none_were_refused_by_the_server_too() {
    for request in [r"\x16\x03\x01\x01 \x02", r"Gh0st\xAD\x00", "HELP", "-", "", r"\x1B\x84\xD5\xB0]\xF4", "lv|'|'|x|'|'|"] {
        assert_eq!(dropped(Format::Combined, combined(request, "400")), ErrorStatus, "{request}");
        assert_eq!(unreadable(Format::Combined, combined(request, "200")), "the request is no method and target", "{request}");
    }
}

#[test]
fn servers_differ_and_are_read() {
    for line in [
        r#"192.0.2.1 - [08/Jun/2020:08:04:43 +0000] "GET /test HTTP/1.1" 200 100 "-" "curl/7.68.0""#,
        r#"192.0.2.1 - jo doe [x] [08/Jun/2020:08:04:43 +0000] "GET /test HTTP/1.1" 200 100 "-" "curl/7.68.0""#,
        r#"192.0.2.1 - - [08/Jun/2020:08:04:43 +0000] "GET /test HTTP/1.1" 200 - "-" "curl/7.68.0""#,
        r#"192.0.2.1 - - [08/Jun/2020:08:04:43 +0000] "GET /test HTTP/1.1" 200 352 "-" "Nikto" 240 "test@docker" "http://172.17.0.3:80" 0ms"#,
        r#"192.0.2.1 - - [08/Jun/2020:08:04:43 +0000] "GET /test HTTP/1.1" 200 5 "-" "says "hello" to you""#,
        r#"192.0.2.1 - - [08/Jun/2020:08:04:43 +0000] "GET /test HTTP/1.1" 200 5 "-" "cut off"#,
        r#"192.0.2.1 - - [08/Jun/2020:08:04:43 +0000] "GET /test HTTP/1.1" 200"#,
    ] {
        assert_eq!(page(Format::Combined, line), "https://example.com/test", "{line}");
    }
    assert_eq!(parse(Format::Combined, "\r\n"), Line::Blank);
}

#[test]
fn broken_lines_say_what_is_missing_and_nothing_of_themselves() {
    for (line, why) in [
        (
            r#"example.com 192.0.2.1 - - [08/Jun/2020:08:04:43 +0000] "GET / HTTP/1.1" 200 5"#,
            "begins with a virtual host; use the format combined-vhost or common-vhost",
        ),
        (r#"host-192-0-2-1.example.net - - [08/Jun/2020:08:04:43 +0000] "GET / HTTP/1.1" 200 5"#, "does not begin with a client address"),
        (r#"192.0.2.1 - - [08/Jun/2020 08:04:43] "GET / HTTP/1.1" 200 5"#, "no time such as [17/May/2015:10:05:03 +0000]"),
        (r#"192.0.2.1 - - [08/Jun/2020:08:04:43 +0000"#, "no time such as [17/May/2015:10:05:03 +0000]"),
        (r#"192.0.2.1 - - [08/Jun/2020:08:04:43 +0000] GET / HTTP/1.1 200 5"#, "no request in quotes"),
        (r#"192.0.2.1 - - [08/Jun/2020:08:04:43 +0000] "GET / HT"#, "no request in quotes"),
        (r#"192.0.2.1 - - [08/Jun/2020:08:04:43 +0000] "GET / HTTP/1.1" twohundred 5"#, "no status after the request"),
        (
            r#"[Thu Oct 13 12:24:49.880562 2022] [auth_basic:error] [client 192.0.2.1:50229] not found: /"#,
            "does not begin with a client address",
        ),
        (
            r#"2021/12/01 13:53:33 [error] 31#31: *46 "/x" is not found, client: 192.0.2.1, request: "GET / HTTP/1.1""#,
            "does not begin with a client address",
        ),
        ("\u{0}\u{1}\u{2}", "does not begin with a client address"),
    ] {
        assert_eq!(unreadable(Format::Combined, line), why, "{line}");
    }
    assert_eq!(unreadable(Format::CombinedVhost, combined("GET / HTTP/1.1", "200")), "no client address after the virtual host");
}

#[test]
fn a_line_of_hits_is_read() {
    let line = r#"{"time":"2026-11-23T10:00:00.250+01:00","url":"https://example.com/a","address":"2001:db8::1","user_agent":"Firefox","name":"Buy","referrer":"https://b.example/","props":{"x":1},"interactive":false,"revenue":{"amount":"9.90","currency":"EUR"},"screen_width":375}"#;
    let Line::Hit { time, sent, address, user_agent, feed } = parse(Format::Hits, line) else { panic!("no hit") };
    assert_eq!(
        (time, address.to_string().as_str(), user_agent.as_slice(), feed),
        (at("2026-11-23T09:00:00.250Z"), "2001:db8::1", &b"Firefox"[..], Feed::Server)
    );
    assert_eq!((sent.name.as_str(), sent.url.as_str(), sent.referrer.as_str()), ("Buy", "https://example.com/a", "https://b.example/"));
    assert_eq!((sent.props, sent.interactive, sent.screen_width), (vec![("x".to_owned(), "1".to_owned())], false, Some(375)));
    assert!(sent.revenue.is_some());
    assert_eq!(sent.domains, ["example.com"]);
}

#[test]
fn of_a_hit_only_time_url_address_and_user_agent_are_required() {
    let Line::Hit { sent, .. } = parse(Format::Hits, r#"{"time":"2026-11-23T10:00:00Z","url":"/","address":"192.0.2.1","user_agent":""}"#)
    else {
        panic!("no hit")
    };
    assert_eq!((sent.name.as_str(), sent.interactive), ("pageview", true));
    let engagement = r#"{"time":"2026-11-23T10:00:00Z","url":"/","address":"192.0.2.1","user_agent":"","name":"engagement","engaged_ms":1500,"scroll_depth":80}"#;
    let Line::Hit { sent, .. } = parse(Format::Hits, engagement) else { panic!("no hit") };
    assert_eq!((sent.engaged_ms, sent.scroll_depth), (Some(1_500), Some(80)));
    for (line, why) in [
        (r#"{"url":"/","address":"192.0.2.1","user_agent":""}"#, "time must be an RFC 3339 time such as 2026-11-23T10:00:00.250Z"),
        (
            r#"{"time":"2026-11-23 10:00","url":"/","address":"192.0.2.1","user_agent":""}"#,
            "time must be an RFC 3339 time such as 2026-11-23T10:00:00.250Z",
        ),
        (r#"{"time":"2026-11-23T10:00:00Z","url":"/","address":"nobody","user_agent":""}"#, "address must be the client's address"),
        (r#"{"time":"2026-11-23T10:00:00Z","url":"/","address":"192.0.2.1"}"#, "user_agent must be a text, empty when there was none"),
        (
            r#"{"time":"2026-11-23T10:00:00Z","address":"192.0.2.1","user_agent":""}"#,
            "url is required; send `u` (or `url`), the page's whole URL",
        ),
        ("{", "is no JSON object"),
        (r#"192.0.2.1 - - [08/Jun/2020:08:04:43 +0000] "GET / HTTP/1.1" 200 5"#, "is no JSON object"),
    ] {
        assert_eq!(unreadable(Format::Hits, line), why, "{line}");
    }
}

#[test]
fn a_file_shows_its_format_in_its_first_lines() {
    let combined = combined("GET / HTTP/1.1", "200");
    let common = r#"192.0.2.1 - - [05/Mar/2021:09:01:38 +0100] "GET / HTTP/1.0" 200 1513"#.to_owned();
    let (combined_vhost, common_vhost) = (format!("example.com {combined}"), format!("192.0.2.9:443 {common}"));
    let hits = r#"{"time":"2026-11-23T10:00:00Z","url":"/","address":"192.0.2.1","user_agent":""}"#.to_owned();
    let found = |lines: &[&String]| detect(&lines.iter().map(|line| line.as_bytes()).collect::<Vec<_>>());
    for (line, format) in [
        (&combined, Format::Combined),
        (&common, Format::Common),
        (&combined_vhost, Format::CombinedVhost),
        (&common_vhost, Format::CommonVhost),
        (&hits, Format::Hits),
    ] {
        assert_eq!(found(&[line]), Some(format));
    }
    let (noise, empty) = ("[error] nothing".to_owned(), String::new());
    assert_eq!(found(&[&noise, &combined, &empty]), Some(Format::Combined));
    assert_eq!(found(&[&noise]), None);
    assert_eq!(found(&[&r#"{"level":"info","ts":1.5,"request":{"uri":"/"}}"#.to_owned()]), None, "some server's own JSON");
    assert_eq!(found(&[]), None);
}

#[test]
fn a_line_cut_off_is_not_whole() {
    let combined = combined("GET / HTTP/1.1", "200");
    let hits = r#"{"time":"2026-11-23T10:00:00Z","url":"/","address":"192.0.2.1","user_agent":""}"#;
    for (format, line) in
        [(Format::Combined, combined.as_str()), (Format::CombinedVhost, &format!("example.com {combined}")), (Format::Hits, hits)]
    {
        assert!(is_whole(format, line.as_bytes()));
        for cut in 0..line.len() {
            assert!(!is_whole(format, &line.as_bytes()[..cut]), "{format} {cut}");
        }
    }
    let common = r#"192.0.2.1 - - [05/Mar/2021:09:01:38 +0100] "GET / HTTP/1.0" 200"#;
    assert!(is_whole(Format::Common, common.as_bytes()));
    assert!(!is_whole(Format::Common, &common.as_bytes()[..common.len() - 1]));
}

#[test]
fn formats_have_names() {
    for format in Format::ALL {
        assert_eq!(format.name().parse(), Ok(format));
    }
    let error = "apache".parse::<Format>().expect_err("no format");
    assert_eq!(error.to_string(), "'apache' is no format; use hits, combined, common, combined-vhost or common-vhost");
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes: Vec<u8>) {
        for format in Format::ALL {
            parse_line(format, &bytes, "example.com");
        }
        detect(&[&bytes]);
    }

    /// Broken anywhere, a line is still judged, and never shows its address.
    #[test]
    fn no_broken_line_panics_or_tells(cut in 0_usize..200, byte: u8, place in 0_usize..200) {
        let mut line = combined(r"GET /a\x22b HTTP/1.1", "200").into_bytes();
        line.truncate(cut.max(1));
        let place = place % line.len();
        line[place] = byte;
        for format in Format::ALL {
            let shown = format!("{:?}", parse_line(format, &line, "example.com"));
            prop_assert!(!shown.contains("192.0.2"), "{}", shown);
        }
    }

    #[test]
    fn an_address_is_read_as_it_was_written(bytes: u128, v4: bool) {
        let address = if v4 { std::net::IpAddr::from((bytes as u32).to_be_bytes()) } else { std::net::IpAddr::from(bytes.to_be_bytes()) };
        let line = combined("GET / HTTP/1.1", "200").replacen("192.0.2.1", &address.to_string(), 1);
        let Line::Hit { address: read, .. } = parse(Format::Combined, line) else { panic!("no hit") };
        prop_assert_eq!(read, address.to_canonical());
    }
}
