//! Ranges, labels and comparisons as decision 0201 has them.

use crate::story::Story;
use serde_json::{Value, json};

/// One visitor at noon on each of these days.
fn noon_on(days: &[&str], zone: &str, now: &str) -> Story {
    let story = Story::in_zone(zone, now);
    days.iter().enumerate().fold(story, |story, (who, day)| story.view(&format!("{day}T12:00:00Z"), who as u64, "/"))
}

fn days_of(range: Value, now: &str) -> (String, String) {
    let story = noon_on(&["2024-02-10"], "UTC", now);
    let labels =
        story.answer(&json!({"date_range": range, "metrics": ["visitors"], "dimensions": ["time:day"]})).time_labels.expect("labels");
    (labels[0].clone(), labels[labels.len() - 1].clone())
}

#[test]
fn ranges_that_are_relative_to_today() {
    let now = "2024-05-31T23:59:59Z";
    let table = [
        ("day", "2024-05-31", "2024-05-31"),
        ("7d", "2024-05-24", "2024-05-30"),
        ("28d", "2024-05-03", "2024-05-30"),
        ("30d", "2024-05-01", "2024-05-30"),
        ("91d", "2024-03-01", "2024-05-30"),
        ("month", "2024-05-01", "2024-05-31"),
        ("6mo", "2023-11-01", "2024-04-30"),
        ("12mo", "2023-05-01", "2024-04-30"),
        ("year", "2024-01-01", "2024-12-31"),
        ("all", "2024-02-10", "2024-05-31"),
    ];
    for (range, first, last) in table {
        assert_eq!(days_of(json!(range), now), (first.to_owned(), last.to_owned()), "{range}");
    }
}

#[test]
fn today_is_the_sites() {
    let story = noon_on(&["2026-06-10"], "Asia/Tokyo", "2026-06-10T16:00:00Z");
    assert_eq!(story.rows(&json!({"date_range": "day", "metrics": ["visitors"]})), [json!([0])]);
}

#[test]
fn time_settles_by_the_length_of_the_range() {
    let label = |range: Value| {
        let story = noon_on(&["2026-06-10"], "UTC", "2026-06-10T20:00:00Z");
        story.answer(&json!({"date_range": range, "metrics": ["visitors"], "dimensions": ["time"]})).time_labels.expect("labels").len()
    };
    assert_eq!(label(json!("day")), 24);
    assert_eq!(label(json!("24h")), 24);
    assert_eq!(label(json!(["2026-06-09", "2026-06-10"])), 48);
    assert_eq!(label(json!(["2026-06-08", "2026-06-10"])), 3);
    assert_eq!(label(json!(["2026-05-01", "2026-06-10"])), 41);
    assert_eq!(label(json!(["2026-04-30", "2026-06-10"])), 7, "42 days from a Thursday touch seven weeks");
    assert_eq!(label(json!("12mo")), 53);
    assert_eq!(label(json!(["2025-01-01", "2026-06-10"])), 18);
}

#[test]
fn labels_follow_the_clock_of_the_site() {
    let story = noon_on(&["2026-10-25"], "Europe/Berlin", "2026-10-26T12:00:00Z");
    let hours = story
        .answer(&json!({"date_range": ["2026-10-25", "2026-10-25"], "metrics": ["visitors"], "dimensions": ["time"]}))
        .time_labels
        .expect("labels");
    assert_eq!(hours.len(), 25);
    assert_eq!(hours[2..4], ["2026-10-25T02:00:00+02:00", "2026-10-25T02:00:00+01:00"]);
}

fn compare(story: &Story, range: Value, comparisons: Value, dimensions: &[&str]) -> Vec<Value> {
    let query = json!({"date_range": range, "metrics": ["visitors"], "dimensions": dimensions, "include": {"comparisons": comparisons}});
    let flat = |row: Value| {
        json!([
            row["dimensions"],
            row["metrics"][0],
            row["comparison"]["dimensions"],
            row["comparison"]["metrics"][0],
            row["comparison"]["change"][0]
        ])
    };
    story.answer(&query).results.into_iter().map(flat).collect()
}

#[test]
fn definition_18_today_is_compared_with_the_same_hours_of_yesterday() {
    let story = Story::in_zone("UTC", "2026-06-10T10:30:00Z")
        .view("2026-06-09T10:59:59.999Z", 1, "/")
        .view("2026-06-09T11:00:00Z", 2, "/")
        .view("2026-06-10T10:00:00Z", 3, "/")
        .view("2026-06-10T10:05:00Z", 4, "/")
        .view("2026-06-10T10:05:00Z", 5, "/");
    assert_eq!(compare(&story, json!("day"), json!({"mode": "previous_period"}), &[]), [json!([[], 3, [], 1, 200])]);
    let by_hour = compare(&story, json!("day"), json!({"mode": "previous_period"}), &["time:hour"]);
    assert_eq!(by_hour, [json!([["2026-06-10T10:00:00+00:00"], 3, ["2026-06-09T10:00:00+00:00"], 1, 200])]);
}

#[test]
fn definition_18_change_is_null_when_there_was_nothing() {
    let story = noon_on(&["2026-06-09"], "UTC", "2026-06-10T20:00:00Z");
    assert_eq!(
        compare(&story, json!(["2026-06-09", "2026-06-09"]), json!({"mode": "previous_period"}), &[]),
        [json!([[], 1, [], 0, null])]
    );
}

#[test]
fn the_previous_period_lies_directly_before_what_has_begun() {
    // 10 June: the month so far is ten days long, so it is compared with 22 to 31 May, the last of them up to the same hour.
    let story = noon_on(&["2026-05-21", "2026-05-22", "2026-05-30", "2026-05-31", "2026-06-01"], "UTC", "2026-06-10T11:59:00Z");
    assert_eq!(compare(&story, json!("month"), json!({"mode": "previous_period"}), &[]), [json!([[], 1, [], 2, -50])]);
}

#[test]
fn a_year_over_year_begins_on_the_same_date() {
    let story = noon_on(&["2025-06-01", "2025-06-03", "2026-06-01"], "UTC", "2026-06-10T11:59:00Z");
    let range = json!(["2026-06-01", "2026-06-02"]);
    assert_eq!(
        compare(&story, range.clone(), json!({"mode": "year_over_year"}), &["time:day"]),
        [json!([["2026-06-01"], 1, ["2025-06-01"], 1, 0])]
    );
    // 1 June 2026 is a Monday; the nearest Monday to 1 June 2025 is the day after.
    let matched = compare(&story, range, json!({"mode": "year_over_year", "match_day_of_week": true}), &[]);
    assert_eq!(matched, [json!([[], 1, [], 1, 0])]);
}

#[test]
fn a_matched_weekday_is_never_the_first_day_itself() {
    let story = noon_on(&["2026-06-02", "2026-06-08", "2026-06-09"], "UTC", "2026-06-10T20:00:00Z");
    let week_before =
        compare(&story, json!(["2026-06-09", "2026-06-09"]), json!({"mode": "previous_period", "match_day_of_week": true}), &["time:day"]);
    assert_eq!(week_before, [json!([["2026-06-09"], 1, ["2026-06-02"], 1, 0])]);
}

#[test]
fn a_custom_period_that_is_shorter_has_no_bucket_beside_the_last() {
    let story = noon_on(&["2026-06-01", "2026-06-08", "2026-06-09"], "UTC", "2026-06-10T20:00:00Z");
    let rows = compare(
        &story,
        json!(["2026-06-08", "2026-06-09"]),
        json!({"mode": "custom", "date_range": ["2026-06-01", "2026-06-01"]}),
        &["time:day"],
    );
    assert_eq!(rows, [json!([["2026-06-08"], 1, ["2026-06-01"], 1, 0]), json!([["2026-06-09"], 1, [null], 0, null])]);
}
