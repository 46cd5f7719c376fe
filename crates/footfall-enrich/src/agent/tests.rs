//! What user agents say, as tables, and the two lists as a whole.

use super::{LONGEST, Reading, read, readable};
use flate2::read::GzDecoder;
use footfall_domain::Machine;
use std::io::Read;

fn lines(gzip: &[u8]) -> Vec<String> {
    let mut text = String::new();
    GzDecoder::new(gzip).read_to_string(&mut text).expect("committed test data");
    text.lines().map(str::to_owned).collect()
}

/// `browser version · os version · device`, or `class: name`.
fn shown(user_agent: &str) -> String {
    match read(readable(user_agent)) {
        Reading::Machine(Machine { class, name }) => format!("{class:?}: {name}"),
        Reading::Person(person) => {
            format!("{} {} · {} {} · {}", person.browser, person.browser_version, person.os, person.os_version, person.device)
        }
    }
}

fn check(cases: &[(&str, &str)]) {
    for (user_agent, expected) in cases {
        assert_eq!(shown(user_agent), *expected, "{user_agent}");
    }
}

#[test]
fn desktops() {
    check(&[
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Safari/537.36",
            "Chrome 148 · Windows 10+ · Desktop",
        ),
        (
            "Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.0.0 Safari/537.36",
            "Chrome 109 · Windows 7 · Desktop",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Safari/537.36 Edg/148.0.0.0",
            "Microsoft Edge 148 · Windows 10+ · Desktop",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Safari/537.36 OPR/132.0.0.0",
            "Opera 132 · Windows 10+ · Desktop",
        ),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Safari/605.1.15",
            "Safari 18 · Mac 10.15+ · Desktop",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox 140 · Mac 10.15+ · Desktop"),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_13_6) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.1.2 Safari/605.1.15",
            "Safari 13 · Mac 10.13 · Desktop",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox 140 · GNU/Linux (not set) · Desktop"),
        ("Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox 140 · Ubuntu (not set) · Desktop"),
        (
            "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Safari/537.36",
            "Chrome 148 · Chrome OS (not set) · Desktop",
        ),
        ("Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko", "Internet Explorer 11 · Windows 7 · Desktop"),
    ]);
}

#[test]
fn telephones_and_tablets() {
    check(&[
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4.1 Mobile/15E148 Safari/604.1",
            "Safari 17 · iOS 17.4 · Mobile",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.6.1 Mobile/15E148 Safari/604.1",
            "Safari 26 · iOS 26.6 · Mobile",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/148.0.0.0 Mobile/15E148 Safari/604.1",
            "Chrome 148 · iOS 18.3 · Mobile",
        ),
        (
            "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1",
            "Safari 16 · iPadOS 16.6 · Tablet",
        ),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/148.0.0.0 Mobile Safari/537.36",
            "Chrome 148 · Android 10+ · Mobile",
        ),
        (
            "Mozilla/5.0 (Linux; Android 13; SM-X200) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36",
            "Chrome 120 · Android 13 · Tablet",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36",
            "Samsung Browser 25 · Android 14 · Mobile",
        ),
        ("Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0", "Firefox 140 · Android 14 · Mobile"),
        (
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36 (Ecosia android@150.0.0.0)",
            "Ecosia 150 · Android 10+ · Mobile",
        ),
        (
            "Mozilla/5.0 (Linux; Android 9; CUBOT_X19) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/91.0.4472.120 Mobile Safari/537.36",
            "Chrome 91 · Android 9 · Mobile",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 334.0.4.32.98 (iPhone14,5; iOS 17_5)",
            "Mobile App 334 · iOS 17.5 · Mobile",
        ),
        (
            "Mozilla/5.0 (Linux; Android 12; Pixel 5 Build/SP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0.0.0 Mobile Safari/537.36",
            "Mobile App 120 · Android 12 · Mobile",
        ),
        (
            "Opera/9.80 (MAUI Runtime; Opera Mini/4.4.39008/37.9178; U; en) Presto/2.12.423 Version/12.16",
            "Opera 4 · (not set) (not set) · Mobile",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_2_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.2 Mobile/15E148 DuckDuckGo/7 Safari/605.1.15",
            "DuckDuckGo 7 · iOS 17.2 · Mobile",
        ),
        (
            "Opera/9.80 (Android; Opera Mini/36.2.2254/119.132; U; id) Presto/2.12.423 Version/12.16",
            "Opera 36 · Android (not set) · Mobile",
        ),
    ]);
}

#[test]
fn the_living_room() {
    check(&[
        (
            "Mozilla/5.0 (PlayStation; PlayStation 5/2.26) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.0 Safari/605.1.15",
            "Safari 13 · PlayStation 5 · Console",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; Xbox; Xbox One) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/90.0.4430.212 Safari/537.36 Edg/90.0.818.66",
            "Microsoft Edge 90 · Xbox (not set) · Console",
        ),
        (
            "Mozilla/5.0 (SMART-TV; Linux; Tizen 6.0) AppleWebKit/537.36 (KHTML, like Gecko) 76.0.3809.146/6.0 TV Safari/537.36",
            "Safari (not set) · Tizen 6.0 · TV",
        ),
    ]);
}

#[test]
fn machines_have_a_name_and_a_class() {
    check(&[
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "Search: Googlebot"),
        ("Mozilla/5.0 (Windows NT 6.1; rv:6.0) Gecko/20110814 Firefox/6.0 Google favicon", "Search: Google Favicon"),
        ("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", "Search: bingbot"),
        ("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)", "AiCrawler: GPTBot"),
        ("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0; +claudebot@anthropic.com)", "AiCrawler: ClaudeBot"),
        (
            "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; PerplexityBot/1.0; +https://perplexity.ai/perplexitybot)",
            "AiCrawler: PerplexityBot",
        ),
        (
            "Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Mobile Safari/537.36 (compatible; Bytespider; spider-feedback@bytedance.com)",
            "AiCrawler: Bytespider",
        ),
        (
            "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0; +https://openai.com/bot",
            "AiAssistant: ChatGPT-User",
        ),
        (
            "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Claude-User/1.0; +Claude-User@anthropic.com)",
            "AiAssistant: Claude-User",
        ),
        ("meta-externalfetcher/1.1", "AiAssistant: meta-externalfetcher"),
        ("Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)", "Monitor: UptimeRobot"),
        ("kube-probe/1.29", "Monitor: kube-probe"),
        ("Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)", "Scraper: AhrefsBot"),
        ("curl/8.5.0", "Library: curl"),
        ("python-requests/2.31.0", "Library: python-requests"),
        ("Python/3.12 aiohttp/3.9.1", "Library: aiohttp"),
        ("Go-http-client/2.0", "Library: Go-http-client"),
        ("Java/17.0.2", "Library: Java"),
        ("PostmanRuntime/7.36.0", "Library: Postman"),
        ("node", "Library: Node.js"),
        (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/148.0.0.0 Safari/537.36",
            "Library: HeadlessChrome",
        ),
        ("", "Library: No user agent"),
        ("  ", "Library: No user agent"),
        ("-", "Library: No user agent"),
        ("Mozilla/5.0", "Library: No user agent"),
        ("AcmeBot/1.0", "Scraper: AcmeBot"),
        ("Mozilla/5.0 (compatible; acme-crawler/0.1)", "Scraper: acme-crawler"),
        ("Acme/1.0 (+https://acme.example/about)", "Scraper: Acme"),
        ("Mozilla/5.0 (compatible; Acme/1.0; help@acme.example)", "Scraper: Acme"),
        ("Mozilla/4.0 (compatible;)", "Library: No user agent"),
    ]);
}

#[test]
fn every_example_of_the_list_of_machines_is_caught() {
    let examples = lines(include_bytes!("../../tests/data/machines.txt.gz"));
    assert!(examples.len() > 2_000, "{} examples", examples.len());
    let missed: Vec<&String> = examples.iter().filter(|example| matches!(read(readable(example)), Reading::Person(_))).collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn no_browser_of_the_list_of_browsers_is_a_machine() {
    let browsers = lines(include_bytes!("../../tests/data/browsers.txt.gz"));
    assert!(browsers.len() > 900, "{} browsers", browsers.len());
    let caught: Vec<String> = browsers
        .iter()
        .map(|line| user_agent_of(line))
        .map(|browser| shown(browser) + " ← " + browser)
        .filter(|line| !line.contains(" · "))
        .collect();
    assert!(caught.is_empty(), "{caught:#?}");
}

/// The package says `mobile`, `tablet` or `desktop` of each; some of them are wrong (desktop systems with a narrow window).
#[test]
fn browsers_of_the_list_have_a_name_a_system_and_the_expected_device() {
    let browsers = lines(include_bytes!("../../tests/data/browsers.txt.gz"));
    let (mut unnamed, mut other_device) = (Vec::new(), Vec::new());
    for line in &browsers {
        let Reading::Person(person) = read(user_agent_of(line)) else { panic!("{line}") };
        if &*person.browser == "(not set)" || &*person.os == "(not set)" {
            unnamed.push(line);
        }
        let expected = line.split('\t').next().unwrap_or_default();
        if !person.device.eq_ignore_ascii_case(expected) {
            other_device.push(format!("{}: {line}", person.device));
        }
    }
    assert!(unnamed.is_empty(), "{unnamed:#?}");
    assert!(other_device.len() * 100 <= browsers.len(), "{other_device:#?}");
}

fn user_agent_of(line: &str) -> &str {
    line.split_once('\t').map_or(line, |(_, user_agent)| user_agent)
}

#[test]
fn what_is_beyond_the_limit_is_not_read_and_no_character_is_cut() {
    let long = "é".repeat(LONGEST);
    assert!(readable(&long).len() <= LONGEST);
    assert_eq!(readable("  curl/8.0 "), "curl/8.0");
}
