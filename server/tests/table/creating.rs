//! `footfall store create`, and what is said when a table or its key is not what it should be.

use crate::common::{House, eventually};
use crate::fixture::{Table, aws};
use serde_json::json;
use std::time::Duration;

#[test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
fn a_table_is_made_once_and_then_found() {
    let table = Table::named();
    let house = table.house();
    let (code, message) = house.fails(&["site", "list"]);
    assert_eq!(code, 1);
    assert!(message.contains(&table.name) && message.contains("footfall store create"), "{message}");
    assert_eq!(house.ok(&["store", "create"]), format!("Made the table {}.\n", table.name));
    assert!(house.ok(&["store", "create", "--store", &table.url()]).contains("was there already"));
    house.ok(&["site", "add", "shop.example"]);
    assert!(table.house().ok(&["site", "list"]).contains("shop.example"), "another data folder sees it");
}

#[test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
fn a_key_that_nobody_gave_is_made_and_another_one_does_not_fit() {
    let table = Table::named();
    let mut settings = aws();
    settings.push(("FOOTFALL_BACKENDS_STORE".into(), table.url()));
    let first = House::with_settings(settings.clone());
    let made = first.run(&["store", "create"]);
    let told = String::from_utf8_lossy(&made.stderr).into_owned();
    assert!(made.status.success() && told.contains("secret.key") && told.contains("every other instance"), "{told}");
    first.ok(&["site", "add", "shop.example"]);

    let other = House::with_settings(settings.clone());
    let (code, message) = other.fails(&["site", "list"]);
    assert_eq!(code, 1);
    assert!(message.contains("FOOTFALL_SECRET_KEY") && message.contains("another key"), "{message}");

    let key = first.data().join("secret.key");
    settings.push(("FOOTFALL_BACKENDS_SECRET_KEY_FILE".into(), key.to_str().expect("UTF-8").into()));
    assert!(House::with_settings(settings).ok(&["site", "list"]).contains("shop.example"));
    let shown = first.ok(&["serve", "--print-config"]);
    let text = std::fs::read_to_string(key).expect("the key");
    assert!(!shown.contains(text.trim()), "{shown}");
}

#[test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
fn a_lost_key_costs_the_visitors_of_the_day_and_nothing_else() {
    let table = Table::new();
    let first = table.house();
    first.ok(&["site", "add", "shop.example"]);
    let view = json!({"n": "pageview", "u": "https://shop.example/", "d": "shop.example"});
    let server = first.serve();
    assert_eq!(server.event(view.clone()).status, 202);
    assert!(server.stop().0.success());

    let mut settings = table.settings();
    settings.retain(|(name, _)| name != "FOOTFALL_SECRET_KEY");
    settings.push(("FOOTFALL_SECRET_KEY".into(), "b2".repeat(32)));
    let lost = House::with_settings(settings);
    let (code, message) = lost.fails(&["site", "list"]);
    assert!(code == 1 && message.contains("footfall store new-key"), "the way out is named: {message}");

    let (code, message) = lost.fails(&["store", "new-key"]);
    assert!(code == 2 && message.contains("--yes") && message.contains("Nothing was changed"), "{message}");
    let running = first.serve();
    let (code, message) = first.fails(&["store", "new-key", "--yes"]);
    assert!(code == 1 && message.contains("stop every instance"), "{message}");
    assert!(running.stop().0.success());

    let told = lost.ok(&["store", "new-key", "--yes"]);
    assert!(told.contains("has the new key now") && told.contains("counted anew"), "{told}");
    assert!(lost.ok(&["site", "list"]).contains("shop.example"));
    assert_eq!(first.fails(&["site", "list"]).0, 1, "the lost key opens it no more");
    let again = lost.ok(&["store", "new-key", "--yes"]);
    assert!(again.contains("nothing was changed"), "{again}");

    // With the log the first instance had: its hit stays, and the same visitor is counted once more.
    std::fs::copy(first.data().join("log.db"), lost.data().join("log.db")).expect("the log");
    let key = lost.key("stats");
    let server = lost.serve();
    assert_eq!(server.event(view).status, 202);
    eventually(Duration::from_secs(20), "one visitor as two", || {
        let query = json!({"site_id": "shop.example", "metrics": ["visitors", "pageviews"], "date_range": "day"});
        server.query(&key, query).json()["results"][0]["metrics"] == json!([2, 2])
    });
    assert!(server.stop().0.success());
}
