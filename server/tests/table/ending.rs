//! An orderly end.

use crate::cluster::large_log;
use crate::fixture::Table;

/// A large day is replaced in the last moment of a command: what it replaced is deleted before the command ends.
#[test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
fn nothing_is_left_to_be_deleted_by_others() {
    let table = Table::new();
    let house = table.house();
    house.ok(&["site", "add", "shop.example"]);
    let whole = large_log();
    let lines = |odd: usize| whole.lines().skip(odd).step_by(2).map(|line| format!("{line}\n")).collect::<String>();
    let file = house.file("access.log", lines(0));
    house.ok(&["import", "--site", "shop.example", file.to_str().expect("UTF-8")]);
    let pieces = table.count("1#event:page");
    assert!(pieces > 0, "the day is a large one");

    // Another file of the same days: every day is replaced.
    let rest = house.file("more.log", lines(1));
    house.ok(&["import", "--site", "shop.example", rest.to_str().expect("UTF-8")]);
    assert_eq!(table.count("pending"), 0, "every writing is finished");
}
