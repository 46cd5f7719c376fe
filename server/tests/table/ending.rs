//! An orderly end.

use crate::cluster::large_log;
use crate::fixture::Table;

/// Days in pieces are replaced in the last moment of a command, because a report asks: what they replaced is deleted before
/// the command ends.
#[test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
fn nothing_is_left_to_be_deleted_by_others() {
    let table = Table::new();
    let house = table.house();
    house.ok(&["site", "add", "shop.example"]);
    let whole = large_log();
    // Both halves have lines of both days.
    for (name, odd) in [("access.log", 0), ("more.log", 1)] {
        let half: String = whole.lines().skip(odd).step_by(2).map(|line| format!("{line}\n")).collect();
        let file = house.file(name, half);
        house.ok(&["import", "--site", "shop.example", file.to_str().expect("UTF-8")]);
        let pageviews = house.metrics("shop.example", &["pageviews"], ["2015-05-01", "2015-05-02"]);
        assert_eq!(pageviews, [2_000 * (1 + odd as i64)]);
        assert!(table.count("1#pack") + table.count("1#event:page") > 0, "the days are larger than their rows");
        assert_eq!(table.count("pending"), 0, "every writing is finished");
    }
}
