//! Reads through DAX, and a cluster that goes away under a serving program.

use crate::common::{BROWSER, Server, eventually};
use crate::fixture::{Dax, Table, metric};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::time::Duration;

/// More pages on one day than fit into one item: the day is stored in pieces, which are read through DAX.
pub fn large_log() -> String {
    let mut text = String::new();
    for n in 0..4_000 {
        let (day, second) = (1 + n / 2_000, n % 2_000);
        let (hour, minute) = (second / 60 % 24, second % 60);
        writeln!(
            text,
            "198.51.{}.{} - - [{day:02}/May/2015:{hour:02}:{minute:02}:00 +0000] \"GET /articles/{n}/a-title-of-some-length HTTP/1.1\" 200 512 \"https://site-{}.example/\" \"{BROWSER}\"",
            n / 250,
            n % 250,
            n % 700
        )
        .expect("a string");
    }
    text
}

/// The first pages and sources of each of the two days.
fn ask(server: &Server, key: &str, offset: u32) -> Vec<Value> {
    let dimensions = ["event:page", "visit:source", "visit:entry_page", "visit:referrer"];
    let of = |dimension: &str| {
        let query = json!({"site_id": "shop.example", "metrics": ["visitors", "pageviews"], "date_range": ["2015-05-01", "2015-05-02"],
            "dimensions": [dimension], "pagination": {"limit": 20, "offset": offset}});
        let answer = server.query(key, query);
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()["results"].clone()
    };
    dimensions.map(of).into()
}

#[test]
#[ignore = "needs DynamoDB Local: cargo xtask test Dynamo"]
fn pages_stay_up_when_the_cluster_dies() {
    let table = Table::new();
    let house = table.house();
    house.ok(&["site", "add", "shop.example"]);
    let key = house.key("stats");
    let log = house.file("access.log", large_log());
    house.ok(&["import", "--site", "shop.example", log.to_str().expect("UTF-8")]);

    let dax = Dax::start(&house);
    let address = dax.address.clone();
    let server = house.serve_with(&[("FOOTFALL_BACKENDS_READS", &format!("dax://{address}"))]);
    let before = ask(&server, &key, 0);
    assert!(before.iter().all(|rows| rows.as_array().is_some_and(|rows| rows.len() == 20)), "{before:?}");
    assert!(metric(&server, "footfall_store_reads_total{way=\"dax\"} ") > 0.0, "{}", server.get("/metrics").text());
    assert_eq!(metric(&server, "footfall_store_dax_breaker{state=\"closed\"} "), 1.0);
    assert_eq!(server.get("/readyz").text(), "ready");

    dax.kill();
    eventually(Duration::from_secs(60), "the breaker opens, and every answer is the same", || {
        assert_eq!(ask(&server, &key, 0), before);
        metric(&server, "footfall_store_dax_breaker{state=\"closed\"} ") == 0.0
    });
    assert!(metric(&server, "footfall_store_reads_total{way=\"fell_back\"} ") > 0.0);
    let ready = server.get("/readyz");
    assert!(ready.status == 200 && ready.text().starts_with("ready\n") && ready.text().contains("DAX"), "{}", ready.text());

    let dax = Dax::start_on(&house, &address);
    eventually(Duration::from_secs(120), "the cluster is used again once it is back", || {
        assert_eq!(ask(&server, &key, 0), before);
        metric(&server, "footfall_store_dax_breaker{state=\"closed\"} ") == 1.0
    });
    assert_eq!(server.get("/readyz").text(), "ready");
    let (status, _, log) = server.stop();
    assert!(status.success(), "{log}");
    assert!(log.contains("the DAX cluster") && log.contains("answers again"), "{log}");
    dax.kill();
}
