//! A store and a log that do not belong together, and what is left of a removed site.

use crate::common::{House, contains};
use serde_json::json;
use std::path::Path;

fn view(domain: &str, page: &str) -> serde_json::Value {
    json!({"n": "pageview", "u": format!("https://{domain}{page}"), "d": domain})
}

/// A house with a site that has three hits, stopped.
fn with_hits(domain: &str) -> House {
    let house = House::with_sites(&[domain]);
    let server = house.serve();
    for page in ["/a", "/b", "/c"] {
        assert_eq!(server.event(view(domain, page)).status, 202);
    }
    assert!(server.stop().0.success());
    house
}

fn pageviews(house: &House, domain: &str) -> i64 {
    house.metrics(domain, &["pageviews"], "day")[0]
}

#[test]
fn a_mistyped_path_of_the_store_costs_no_hit() {
    let house = with_hits("example.com");
    for words in [&["serve", "--listen", "127.0.0.1:0"][..], &["site", "add", "example.com"], &["site", "list"]] {
        let mistyped = house.command(words).env("FOOTFALL_BACKENDS_STORE", "sqlite:DATA/fotfall.db").output().expect("it runs");
        assert_eq!(mistyped.status.code(), Some(1));
        let message = String::from_utf8_lossy(&mistyped.stderr).into_owned();
        assert!(message.contains("sqlite:DATA/fotfall.db") && message.contains("has never known (site numbers 1)"), "{message}");
        assert!(message.contains("Name the right one ([backends] store)"), "{message}");
    }
    assert_eq!(pageviews(&house, "example.com"), 3, "everything is there");
}

#[test]
fn an_older_copy_of_the_store_costs_no_hit() {
    let house = with_hits("example.com");
    let (store, older) = (house.data().join("footfall.db"), house.path("older.db"));
    std::fs::copy(&store, &older).expect("copied");
    house.ok(&["site", "add", "b.example"]);
    let server = house.serve();
    assert_eq!(server.event(view("b.example", "/")).status, 202);
    assert!(server.stop().0.success());
    let newer = std::fs::read(&store).expect("read");
    put_back(&house, &older, "footfall.db");
    let (code, message) = house.fails(&["serve", "--listen", "127.0.0.1:0"]);
    assert_eq!(code, 1);
    assert!(message.contains("older copy than the log") && message.contains("(site numbers 2)"), "{message}");
    put_back(&house, &house.file("newer.db", newer), "footfall.db");
    assert_eq!((pageviews(&house, "example.com"), pageviews(&house, "b.example")), (3, 1));
}

/// As if the process had died between the removal and the erasure, or a hit had been on its way: the log has hits of a
/// site that is gone.
#[test]
fn what_is_left_of_a_removed_site_is_erased_at_the_next_start() {
    let house = with_hits("gone.example");
    house.ok(&["site", "add", "kept.example"]);
    let server = house.serve();
    server.event(view("kept.example", "/kept"));
    assert!(server.stop().0.success());
    let log = std::fs::read(house.data().join("log.db")).expect("read");
    assert!(contains(&log, b"gone.example") && contains(&log, b"kept.example"), "the test can see them");
    house.ok(&["site", "remove", "gone.example", "--yes"]);
    put_back(&house, &house.file("log.db", log), "log.db");
    let store = rusqlite::Connection::open(house.data().join("footfall.db")).expect("the store");
    let late = "INSERT INTO refusals VALUES (1, 20000, 'invalid', 2); INSERT INTO imports VALUES (1, zeroblob(32), 1, 2, 3);
                UPDATE removed_sites SET erased = 0 WHERE id = 1;";
    store.execute_batch(late).expect("written");
    drop(store);
    house.ok(&["site", "list"]);
    let store = rusqlite::Connection::open(house.data().join("footfall.db")).expect("the store");
    let left: (i64, i64, bool) = store
        .query_row(
            "SELECT (SELECT count(*) FROM refusals WHERE site = 1), (SELECT count(*) FROM imports WHERE site = 1), erased
             FROM removed_sites WHERE id = 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .expect("the number stays noted");
    assert_eq!(left, (0, 0, true));
    drop(store);
    let log = std::fs::read(house.data().join("log.db")).expect("read");
    assert!(!contains(&log, b"gone.example"));
    assert_eq!(pageviews(&house, "kept.example"), 1);
    house.ok(&["site", "add", "gone.example"]);
    assert_eq!(pageviews(&house, "gone.example"), 0, "it begins empty, under another number");
}

#[test]
fn a_folder_outside_the_data_is_not_made() {
    let house = House::new();
    let output = house
        .command(&["site", "list"])
        .env("FOOTFALL_BACKENDS_EVENTLOG", format!("sqlite:{}", house.path("dsk/log.db").display()))
        .output();
    let output = output.expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(message.contains("backends.eventlog names") && message.contains("there is no such folder"), "{message}");
    assert!(!house.path("dsk").exists());
}

/// A file in the place of another, without the companions of that one.
fn put_back(house: &House, file: &Path, name: &str) {
    for companion in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(house.data().join(format!("{name}{companion}")));
    }
    std::fs::copy(file, house.data().join(name)).expect("copied");
}

/// The site is emptied before its zone is put; where that fails, all the same nothing of before is shown, kept or lost.
#[test]
fn a_reset_whose_zone_cannot_be_put_has_emptied_the_site() {
    let house = with_hits("example.com");
    assert!(contains(&std::fs::read(house.data().join("log.db")).expect("read"), b"example.com/b"), "the test can see it");
    let server = house.serve();
    assert_eq!(pageviews(&house, "example.com"), 3);
    let store = rusqlite::Connection::open(house.data().join("footfall.db")).expect("the store");
    let refuses =
        "CREATE TRIGGER refuses BEFORE INSERT ON sites WHEN NEW.zones LIKE '%Tokyo%' BEGIN SELECT RAISE(ABORT, 'no zone today'); END";
    store.execute_batch(refuses).expect("a trigger");
    let (code, said) = house.fails(&["site", "reset", "example.com", "--timezone", "Asia/Tokyo", "--yes"]);
    assert_eq!(code, 1, "{said}");
    // The running server has the site under its new number, with the zone it had.
    assert!(house.ok(&["site", "list"]).contains("example.com  UTC"));
    assert_eq!(pageviews(&house, "example.com"), 0);
    assert!(house.ok(&["log", "--site", "example.com"]).contains("site-reset"));
    let erased: (i64, bool) =
        store.query_row("SELECT count(*), min(erased) FROM removed_sites", [], |row| Ok((row.get(0)?, row.get(1)?))).expect("noted");
    assert_eq!(erased, (1, true));
    server.event(view("example.com", "/after"));
    assert_eq!(pageviews(&house, "example.com"), 1, "counting goes on");
    store.execute_batch("DROP TRIGGER refuses").expect("dropped");
    assert!(server.stop().0.success());
    assert!(!contains(&std::fs::read(house.data().join("log.db")).expect("read"), b"example.com/b"));
}
