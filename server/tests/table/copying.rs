//! `footfall store copy`.

use crate::common::{BROWSER, House};
use crate::fixture::Table;
use serde_json::json;
use std::fmt::Write as _;

/// Some days of May 2015.
fn log() -> String {
    let mut text = String::new();
    for n in 0..300 {
        let (day, hour) = (1 + n / 24, n % 24);
        writeln!(
            text,
            "198.51.100.{} - - [{day:02}/May/2015:{hour:02}:00:00 +0000] \"GET /page{} HTTP/1.1\" 200 512 \"https://duckduckgo.com/\" \"{BROWSER}\"",
            n % 250,
            n % 7
        )
        .expect("a string");
    }
    text
}

fn report(house: &House) -> serde_json::Value {
    let metrics = ["visitors", "visits", "pageviews", "bounce_rate"];
    let query =
        json!({"site_id": "shop.example", "metrics": metrics, "date_range": ["2015-05-01", "2015-05-31"], "dimensions": ["event:page"]});
    house.query(query)["results"].clone()
}

#[test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
fn a_house_moves_to_a_table_and_back() {
    let table = Table::new();
    let house = House::with_settings(table.settings().into_iter().filter(|(name, _)| name != "FOOTFALL_BACKENDS_STORE"));
    house.ok(&["site", "add", "shop.example", "--timezone", "Europe/Berlin"]);
    let file = house.file("access.log", log());
    house.ok(&["import", "--site", "shop.example", file.to_str().expect("UTF-8")]);
    let before = report(&house);
    assert!(before.as_array().is_some_and(|rows| rows.len() == 7), "{before}");

    let server = house.serve();
    let (code, message) = house.fails(&["store", "copy", "sqlite:DATA/footfall.db", &table.url()]);
    assert!(code == 1 && message.contains("footfall serve") && message.contains("stop it"), "{message}");
    assert!(server.stop().0.success());

    let told = house.ok(&["store", "copy", "sqlite:DATA/footfall.db", &table.url()]);
    assert!(told.starts_with("Copied and compared 13 days, and "), "{told}");
    let again = house.ok(&["store", "copy", "sqlite:DATA/footfall.db", &table.url()]);
    assert!(again.starts_with("Everything was there already"), "{again}");

    let moved = |words: &[&str]| {
        let output = house.command(words).env("FOOTFALL_BACKENDS_STORE", table.url()).output().expect("it runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    assert!(moved(&["site", "list"]).contains("Europe/Berlin"));
    let again = moved(&["import", "--site", "shop.example", file.to_str().expect("UTF-8")]);
    assert!(again.contains("known before                     300"), "the import is known there too: {again}");
    // A house without the log has nothing to count the days from again: what it shows was copied.
    assert_eq!(report(&table.house()), before);

    house.ok(&["store", "copy", &table.url(), "sqlite:DATA/back.db"]);
    let empty = House::new();
    std::fs::create_dir_all(empty.data()).expect("a folder");
    std::fs::copy(house.data().join("back.db"), empty.data().join("footfall.db")).expect("put in place");
    assert_eq!(report(&empty), before);
    std::fs::rename(house.data().join("back.db"), house.data().join("footfall.db")).expect("put in place");
    assert_eq!(report(&house), before);
}

#[test]
fn what_cannot_be_copied_is_said() {
    let house = House::with_sites(&["shop.example"]);
    for (words, code, says) in [
        (["store", "copy", "sqlite:DATA/footfall.db", "sqlite:DATA/footfall.db"], 2, "the same store"),
        (["store", "copy", "sqlite:DATA/fotfall.db", "sqlite:DATA/b.db"], 1, "there is no file"),
        (["store", "copy", "mysql:a", "sqlite:DATA/b.db"], 2, "FROM = \"mysql:a\""),
        (["store", "create", "--store", "sqlite:DATA/b.db"], 2, "name a table"),
    ] {
        let (found, message) = house.fails(&words);
        assert!(found == code && message.contains(says), "{words:?}: {found}: {message}");
    }
    assert!(!house.data().join("b.db").exists() && !house.data().join("fotfall.db").exists());
}
