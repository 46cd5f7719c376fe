//! `footfall store create`, and what is said when a table or its key is not what it should be.

use crate::common::House;
use crate::fixture::{Table, aws};

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
