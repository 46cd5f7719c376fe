//! Bad input: wrong, huge and hostile values in every parameter of every route and every field of every form. The answer is
//! one the route says it gives, never a failure of the server, and what is refused has changed nothing.

mod addresses;
mod bodies;
mod fields;
mod refusals;

use super::openapi::{Operation, unsaid};
use crate::common::{Answer, Client, House, Server};
use std::time::Duration;

/// What people and programs send who mean no good, or mistyped.
fn hostile() -> Vec<String> {
    let mut values: Vec<String> = [
        "",
        " ",
        "-1",
        "0",
        "99999999999999999999",
        "1e400",
        "NaN",
        "null",
        "true",
        "\u{0}",
        "a\r\nSet-Cookie: x=y",
        "'; DROP TABLE sites; --",
        "\"><script>alert(1)</script>",
        "{{7*7}}${7*7}",
        "../../../../etc/passwd",
        "//evil.example",
        "=cmd|' /C calc'!A0",
        "\u{202e}\u{1F43E}\u{FFFF}",
        "2026-02-30",
        "9999-12-31",
        "-9999-01-01",
        "is,page,",
        "matches,page,(a+)+$",
        "matches,page,[",
        "is,segment,18446744073709551616",
        "is,goal,nothing",
        "[[[[[[[[",
        "{\"a\":",
    ]
    .map(str::to_owned)
    .into();
    values.push("x".repeat(20_000));
    values.push("ä".repeat(3_000));
    values.push(format!("matches,page,{}", "(a|".repeat(400)));
    values
}

fn encoded(pairs: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

fn check(client: &Client, server: &Server, operation: &Operation, url: &str, headers: &[(&str, &str)], body: Option<&[u8]>) -> Answer {
    let answer = client.send(&operation.method, &format!("{}{url}", server.url), headers, body);
    let shown: String = url.chars().take(200).collect();
    assert_eq!(unsaid(&operation.said, &answer), None, "{} {shown}: {}", operation.method, answer.text());
    assert!(answer.status < 500 || answer.status == 501, "{} {shown}: {}", operation.method, answer.text());
    answer
}

/// What people and programs have made, as it lies in the store: all but sign-ins and what hits and refusals add up to.
fn stored(house: &House) -> String {
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
    let store = rusqlite::Connection::open_with_flags(house.data().join("footfall.db"), flags).expect("the store");
    store.busy_timeout(Duration::from_secs(10)).expect("patience");
    let rows = |table: &str| {
        let mut statement = store.prepare(&format!("SELECT * FROM {table} ORDER BY 1")).expect("a table");
        let columns = statement.column_count();
        let row = |row: &rusqlite::Row<'_>| (0..columns).map(|at| row.get::<_, rusqlite::types::Value>(at)).collect::<Result<Vec<_>, _>>();
        let rows = statement.query_map([], row).expect("read").collect::<Result<Vec<_>, _>>();
        format!("{table}: {:?}\n", rows.expect("rows"))
    };
    ["sites", "users", "keys", "settings", "lexicons", "preferences", "removed_sites", "imports", "teams", "audit"].map(rows).concat()
}
