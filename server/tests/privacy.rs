//! What must never be found in a file or a log: addresses, secrets, passwords, tokens.
//!
//! Each test first finds something in the same place by the same search, so that a search that finds nothing says
//! something.

mod common;

use common::{BROWSER, Client, House, contains, files_below};
use footfall::config::Config;
use footfall::house::Outside;
use footfall::owner::{Folder, Taken};
use footfall_domain::{Clock, Entropy, LocalDate, ManualClock, SystemEntropy, UnixMillis};
use serde_json::json;
use std::net::IpAddr;
use std::path::Path;
use std::sync::Arc;

const V4: &str = "203.0.113.77";
const V6: &str = "2001:db8:7a3f:91c2:4d5e:6f70:8192:a3b4";
const IMPORTED: &str = "198.51.100.123";
const PASSWORD: &str = "correct horse battery staple";

/// All ways an address could be written down.
fn spellings(address: &str) -> Vec<Vec<u8>> {
    let parsed: IpAddr = address.parse().expect("an address");
    let mut ways = vec![address.as_bytes().to_vec()];
    match parsed {
        IpAddr::V4(v4) => {
            // Four bytes alone would be found by chance; in an IPv6 address they are sixteen.
            ways.push(v4.to_ipv6_mapped().octets().to_vec());
            ways.push(v4.octets().iter().map(|byte| format!("{byte:02x}")).collect::<String>().into_bytes());
        }
        IpAddr::V6(v6) => {
            ways.push(v6.octets().to_vec());
            ways.push(v6.octets()[..8].to_vec());
            ways.push(v6.octets().iter().map(|byte| format!("{byte:02x}")).collect::<String>().into_bytes());
        }
    }
    ways
}

fn found_in(folder: &Path, needle: &[u8]) -> Vec<std::path::PathBuf> {
    files_below(folder).into_iter().filter(|file| std::fs::read(file).is_ok_and(|bytes| contains(&bytes, needle))).collect()
}

#[test]
fn no_address_password_key_or_token_is_in_any_file_or_log() {
    let house = House::with_sites(&["example.com"]);
    assert!(house.run_with_input(&["user", "add", "ada@example.com", "--password-stdin"], PASSWORD.as_bytes()).status.success());
    let server = house.serve_with(&[("FOOTFALL_LOG_FILTER", "debug,footfall=trace")]);
    let key = house.key("events");
    let bearer = format!("Bearer {key}");
    let page = json!({"n": "pageview", "u": "https://example.com/a-page-one-can-find?secret=9f8e7d", "d": "example.com"}).to_string();
    for address in [V4, V6] {
        assert_eq!(server.event_with(&[("User-Agent", BROWSER), ("X-Forwarded-For", address)], page.as_bytes()).status, 202);
        assert_eq!(
            server
                .event_with(&[("User-Agent", BROWSER), ("X-Footfall-Client-Address", address), ("Authorization", &bearer)], page.as_bytes())
                .status,
            202
        );
        assert_eq!(server.event_with(&[("User-Agent", BROWSER), ("X-Forwarded-For", address)], b"nonsense").status, 400);
    }
    let browser = Client::browser();
    let login = format!("{}/login", server.url);
    let from = [("X-Forwarded-For", V4)];
    let csrf = browser.get(&login).field("csrf");
    for password in ["a wrong password", PASSWORD] {
        browser.form_with(&login, &from, &[("csrf", &csrf), ("email", "ada@example.com"), ("password", password)]);
    }
    let token = browser.cookie("footfall").expect("signed in");
    assert_eq!(browser.get_with(&format!("{}/example.com", server.url), &from).status, 200);
    let broken = format!("{IMPORTED} this line of {IMPORTED} is broken\n");
    let line = format!("{IMPORTED} - - [03/May/2015:10:00:00 +0000] \"GET /imported HTTP/1.1\" 200 512 \"-\" \"{BROWSER}\"\n");
    let file = house.file("access.log", [line.as_str(), &broken, &line].concat());
    let summary = house.ok(&["import", "--site", "example.com", "--format", "combined", file.to_str().expect("UTF-8")]);
    assert!(!summary.contains(IMPORTED), "{summary}");
    house.query(json!({"site_id": "example.com", "metrics": ["visitors"], "date_range": "all"}));

    let data = house.data();
    assert!(!found_in(&data, b"/a-page-one-can-find").is_empty(), "the search finds what is there");
    for address in [V4, V6, IMPORTED] {
        for spelling in spellings(address) {
            assert_eq!(found_in(&data, &spelling), [] as [&Path; 0], "{address}");
        }
    }
    for secret in [PASSWORD, "a wrong password", key.as_str(), token.as_str(), csrf.as_str(), "9f8e7d"] {
        assert_eq!(found_in(&data, secret.as_bytes()), [] as [&Path; 0], "{secret}");
    }
    let (status, _, log) = server.stop();
    assert!(status.success());
    assert!(log.contains("listening"), "the log is there: {log}");
    for private in [
        V4,
        V6,
        IMPORTED,
        "2001:db8:7a3f",
        PASSWORD,
        "a wrong password",
        &key,
        &token,
        &csrf,
        "9f8e7d",
        "Chrome/130",
        "a-page-one-can-find",
        "ada@example.com",
    ] {
        assert!(!log.contains(private), "{private} is in the log:\n{log}");
    }
    for address in [V4, V6, IMPORTED] {
        for spelling in spellings(address) {
            assert_eq!(found_in(&data, &spelling), [] as [&Path; 0], "{address}, after the end");
        }
    }
}

/// A house in this process, with a clock that can be moved.
async fn open(data: &Path, clock: Arc<ManualClock>) -> Arc<footfall::house::House> {
    let Taken::Ours(folder) = Folder::take(data, "a test").expect("taken") else { panic!("nobody else has it") };
    let config = Config { data: data.to_owned(), ..Config::default() };
    let outside = Outside { clock: clock as Arc<dyn Clock>, entropy: Arc::new(SystemEntropy) as Arc<dyn Entropy> };
    footfall::house::House::open(config, folder, outside).await.expect("opened")
}

const HOUR_MS: i64 = 3_600_000;

#[tokio::test(flavor = "multi_thread")]
async fn the_days_secret_is_destroyed_when_its_date_has_ended_everywhere() {
    let root = tempfile::tempdir().expect("a folder");
    let data = root.path().join("data");
    let noon: UnixMillis = "2026-06-10T12:00:00Z".parse::<jiff::Timestamp>().expect("a time").into();
    let clock = Arc::new(ManualClock::at(noon));
    let house = open(&data, clock.clone()).await;
    footfall::actions::sites::add(&house, "test", "example.com", "Asia/Tokyo", None).await.expect("added");
    let date = LocalDate::parse("2026-06-10").expect("a date");
    let secret = house.engine.live_secret(date).await.expect("a secret");
    assert!(!found_in(&data, &secret).is_empty(), "the secret is kept while it is needed");

    // Midnight in Tokyo, in London, and an hour before the date has ended in the last zone on earth.
    for hours in [3, 12, 23] {
        clock.set(noon.plus(hours * HOUR_MS));
        house.engine.destroy_due_secrets().await.expect("looked");
        assert!(!found_in(&data, &secret).is_empty(), "still needed {hours} hours later");
    }
    clock.set(noon.plus(25 * HOUR_MS));
    assert_eq!(house.engine.destroy_due_secrets().await.expect("looked"), [date]);
    assert_eq!(found_in(&data, &secret), [] as [&Path; 0], "gone from every file while the server runs");
    let other = house.engine.live_secret(date).await.expect("a secret");
    assert_ne!(other, secret, "and it cannot be had again");
    house.close().await;
    assert_eq!(found_in(&data, &secret), [] as [&Path; 0], "and after its end");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_secret_of_an_import_is_destroyed_48_hours_after_its_last_use() {
    let root = tempfile::tempdir().expect("a folder");
    let data = root.path().join("data");
    let now: UnixMillis = "2026-06-10T12:00:00Z".parse::<jiff::Timestamp>().expect("a time").into();
    let clock = Arc::new(ManualClock::at(now));
    let house = open(&data, clock.clone()).await;
    let date = LocalDate::parse("2015-05-03").expect("a date");
    let secret = house.engine.import_secret(date).await.expect("a secret");
    clock.set(now.plus(47 * HOUR_MS));
    assert!(house.engine.destroy_due_secrets().await.expect("looked").is_empty());
    assert!(!found_in(&data, &secret).is_empty());
    clock.set(now.plus(49 * HOUR_MS));
    assert_eq!(house.engine.destroy_due_secrets().await.expect("looked"), [date]);
    assert_eq!(found_in(&data, &secret), [] as [&Path; 0]);
    house.close().await;
}

/// A site whose zone changes (Tokyo → Los Angeles at noon, and back) splits no visitor and reopens no day.
#[tokio::test(flavor = "multi_thread")]
async fn a_moving_site_splits_no_visitor_and_reopens_no_day() {
    use footfall::actions::sites;
    let root = tempfile::tempdir().expect("a folder");
    let noon_in_tokyo: UnixMillis = "2026-06-10T03:00:00Z".parse::<jiff::Timestamp>().expect("a time").into();
    let clock = Arc::new(ManualClock::at(noon_in_tokyo));
    let house = open(&root.path().join("data"), clock.clone()).await;
    let site = sites::add(&house, "test", "example.com", "Asia/Tokyo", None).await.expect("added");
    let date_now = || house.engine.sites().by_id(site.id).expect("the site").calendar.moment(clock.now()).date;
    let before = date_now();
    let moved = sites::set(&house, "command", site.id, None, Some("America/Los_Angeles")).await.expect("moved");
    assert_eq!(date_now(), before, "a visitor of this morning is the same this afternoon");
    let mut last = before;
    let mut walk = |hours: i64| {
        for _ in 0..hours {
            clock.advance(HOUR_MS);
            let date = date_now();
            assert!(date >= last, "{date} comes after {last}: no day is opened again");
            last = date;
        }
    };
    walk(60);
    sites::set(&house, "command", moved.id, None, Some("Asia/Tokyo")).await.expect("moved back");
    walk(72);
    house.close().await;
}
