//! The recount against `docs/definitions.md`, paragraph by paragraph, in stories small enough to be counted by hand.

use crate::story::Story;
use footfall_domain::{Feed, Kind};
use serde_json::json;

/// A site in UTC, asked on the evening of 10 June 2026.
fn utc() -> Story {
    Story::in_zone("UTC", "2026-06-10T20:00:00Z")
}

const VISITS: &str = "visitors visits pageviews events bounce_rate visit_duration views_per_visit";

#[test]
fn definition_1_thirty_minutes_join_and_a_millisecond_more_does_not() {
    let story = utc().view("2026-06-10T10:00:00Z", 1, "/a").view("2026-06-10T10:30:00Z", 1, "/b");
    assert_eq!(story.ask(VISITS, "", json!([])), [json!([1, 1, 2, 2, 0, 1800, 2.0])]);

    let story = utc().view("2026-06-10T10:00:00Z", 1, "/a").view("2026-06-10T10:30:00.001Z", 1, "/b");
    assert_eq!(story.ask(VISITS, "", json!([])), [json!([1, 2, 2, 2, 100, 0, 1.0])]);
}

#[test]
fn definition_1_midnight_ends_a_visit_and_begins_a_visitor() {
    let story =
        Story::in_zone("Europe/Berlin", "2026-06-11T10:00:00Z").view("2026-06-10T21:59:00Z", 1, "/a").view("2026-06-10T22:00:00Z", 1, "/b");
    assert_eq!(story.ask("visitors visits", "time:day", json!([])), [json!(["2026-06-10", 1, 1]), json!(["2026-06-11", 1, 1])]);
    assert_eq!(story.ask("visitors", "", json!([])), [json!([2])]);
}

#[test]
fn definition_3_a_late_hit_joins_two_visits() {
    let apart = || utc().view("2026-06-10T10:00:00Z", 1, "/a").view("2026-06-10T10:40:00Z", 1, "/b");
    assert_eq!(apart().ask("visits", "", json!([])), [json!([2])]);
    assert_eq!(apart().view("2026-06-10T10:20:00Z", 1, "/late").ask("visits", "", json!([])), [json!([1])]);
}

#[test]
fn definition_3_the_first_of_a_repeated_id_counts() {
    let story = utc().view("2026-06-10T10:05:00Z", 1, "/later").hit("2026-06-10T10:00:00Z", 1, |hit| {
        hit.id = 0;
        hit.page = "/first".to_owned();
    });
    assert_eq!(story.ask("pageviews", "event:page", json!([])), [json!(["/first", 1])]);
}

#[test]
fn definition_4_engagement_opens_nothing_and_keeps_a_visit_open() {
    let story = utc()
        .engaged("2026-06-10T09:00:00Z", 1, "/a", 1000, 10)
        .view("2026-06-10T10:00:00Z", 1, "/a")
        .engaged("2026-06-10T10:25:00Z", 1, "/a", 5000, 50)
        .view("2026-06-10T10:50:00Z", 1, "/b");
    assert_eq!(story.ask("visits visit_duration", "", json!([])), [json!([1, 3000])]);
    assert_eq!(story.ask("time_on_page", "event:page", json!([["is", "event:page", ["/a"]]])), [json!(["/a", 5])]);
}

#[test]
fn definition_4_at_the_same_instant_engagement_comes_last() {
    let story = utc().engaged("2026-06-10T10:00:00Z", 1, "/a", 2000, 20).view("2026-06-10T10:00:00Z", 1, "/a");
    assert_eq!(story.ask("time_on_page scroll_depth", "event:page", json!([])), [json!(["/a", 2, 20])]);
}

#[test]
fn definition_5_an_hour_may_hold_visitors_but_no_visit() {
    let story = utc().view("2026-06-10T10:50:00Z", 1, "/a").view("2026-06-10T11:10:00Z", 1, "/b");
    let rows = story.ask("visitors visits pageviews views_per_visit visit_duration", "time:hour", json!([]));
    assert_eq!(rows, [json!(["2026-06-10T10:00:00+00:00", 1, 1, 1, 2.0, 1200]), json!(["2026-06-10T11:00:00+00:00", 1, 0, 1, 0.0, 0])]);
}

#[test]
fn definition_6_only_visits_with_exactly_one_pageview_and_no_interaction_bounce() {
    let bounce_rate = |story: Story| story.ask("bounce_rate visit_duration", "", json!([]))[0].clone();
    let view = || utc().view("2026-06-10T10:00:00Z", 1, "/");
    assert_eq!(bounce_rate(view()), json!([100, 0]));
    assert_eq!(bounce_rate(view().event("2026-06-10T10:01:00Z", 1, "Signup")), json!([0, 60]));
    let passive = |hit: &mut footfall_testkit::PlainHit| {
        hit.kind = Kind::Custom;
        hit.name = "Seen".to_owned();
        hit.interactive = false;
    };
    assert_eq!(bounce_rate(view().hit("2026-06-10T10:01:00Z", 1, passive)), json!([100, 60]));
    assert_eq!(bounce_rate(utc().hit("2026-06-10T10:01:00Z", 1, passive)), json!([0, 0]));
    assert_eq!(bounce_rate(view().engaged("2026-06-10T10:05:00Z", 1, "/", 9000, 90)), json!([100, 0]));
}

#[test]
fn definition_8_lord_howe_begins_a_bucket_in_mid_hour() {
    let story = Story::in_zone("Australia/Lord_Howe", "2026-04-05T10:00:00Z")
        .view("2026-04-04T14:50:00Z", 1, "/")
        .view("2026-04-04T15:10:00Z", 1, "/")
        .view("2026-04-04T15:40:00Z", 1, "/");
    let rows = story.ask("pageviews", "time:hour", json!([]));
    assert_eq!(
        rows,
        [json!(["2026-04-05T01:00:00+11:00", 1]), json!(["2026-04-05T01:30:00+10:30", 1]), json!(["2026-04-05T02:00:00+10:30", 1])]
    );
}

#[test]
fn definition_9_weeks_are_called_by_monday_or_by_the_first_day_of_the_range() {
    let story = utc().view("2026-06-05T10:00:00Z", 1, "/").view("2026-06-06T10:00:00Z", 1, "/").view("2026-06-08T10:00:00Z", 1, "/");
    let query = json!({"date_range": ["2026-06-04", "2026-06-09"], "metrics": ["visitors"], "dimensions": ["time:week"]});
    assert_eq!(story.rows(&query), [json!(["2026-06-04", 2]), json!(["2026-06-08", 1])]);
}

#[test]
fn definition_9_a_date_time_range_is_half_open_and_takes_visits_whole() {
    let story = utc().view("2026-06-10T10:00:00Z", 1, "/a").view("2026-06-10T10:20:00Z", 1, "/b").view("2026-06-10T10:30:00Z", 2, "/c");
    let ask = |from: &str, to: &str| {
        story.rows(&json!({"date_range": [from, to], "metrics": ["visitors", "visits", "pageviews", "views_per_visit"]}))[0].clone()
    };
    assert_eq!(ask("2026-06-10T10:00:00Z", "2026-06-10T10:20:00Z"), json!([1, 1, 1, 2.0]));
    assert_eq!(ask("2026-06-10T10:20:00Z", "2026-06-10T10:30:00Z"), json!([1, 0, 1, 0.0]));
    assert_eq!(ask("2026-06-10T12:20:00+02:00", "2026-06-10T12:30:00.001+02:00"), json!([2, 1, 2, 1.0]));
}

#[test]
fn definition_9_the_last_24_hours_are_hour_buckets() {
    let story = Story::in_zone("UTC", "2026-06-10T20:30:00Z")
        .view("2026-06-09T20:59:59.999Z", 1, "/")
        .view("2026-06-09T21:00:00Z", 2, "/")
        .view("2026-06-10T20:29:00Z", 3, "/");
    assert_eq!(story.rows(&json!({"date_range": "24h", "metrics": ["visitors"]})), [json!([2])]);
}

#[test]
fn definition_10_a_visit_counts_for_every_value_in_the_bucket_it_began() {
    let story = utc().view("2026-06-10T10:50:00Z", 1, "/a").view("2026-06-10T11:10:00Z", 1, "/b");
    let rows = story.ask("visitors visits bounce_rate", "time:hour event:page", json!([]));
    let expected = [
        json!(["2026-06-10T10:00:00+00:00", "/a", 1, 1, 0]),
        json!(["2026-06-10T10:00:00+00:00", "/b", 0, 1, 0]),
        json!(["2026-06-10T11:00:00+00:00", "/b", 1, 0, 0]),
    ];
    assert_eq!(rows, expected);
}

#[test]
fn definition_10_a_row_of_zeros_is_left_out() {
    let story = utc().view("2026-06-10T10:50:00Z", 1, "/a").view("2026-06-10T11:10:00Z", 1, "/b");
    assert_eq!(story.ask("visits", "time:hour", json!([])), [json!(["2026-06-10T10:00:00+00:00", 1])]);
    assert_eq!(story.ask("bounce_rate time_on_page", "event:page", json!([])), [] as [serde_json::Value; 0]);
    assert_eq!(story.ask("bounce_rate", "", json!([])), [json!([0])], "without dimensions there is always a row");
}

#[test]
fn definition_12_engaged_time_is_summed_and_scroll_is_deepest_per_visit_and_page() {
    let story = utc()
        .view("2026-06-10T10:00:00Z", 1, "/a")
        .engaged("2026-06-10T10:01:00Z", 1, "/a", 3000, 30)
        .engaged("2026-06-10T10:02:00Z", 1, "/a", 4000, 20)
        .view("2026-06-10T10:00:00Z", 2, "/a")
        .engaged("2026-06-10T10:01:00Z", 2, "/a", 8000, 81)
        .view("2026-06-10T10:03:00Z", 2, "/b");
    let rows = story.ask("visitors time_on_page scroll_depth", "event:page", json!([]));
    assert_eq!(rows, [json!(["/a", 2, 8, 56]), json!(["/b", 1, null, null])], "7.5 and 55.5 are rounded away from zero");
}

#[test]
fn definition_14_means_of_nothing() {
    let metrics = "visitors visits bounce_rate visit_duration views_per_visit time_on_page scroll_depth";
    assert_eq!(utc().ask(metrics, "", json!([["is", "event:page", ["/"]]])), [json!([0, 0, 0, 0, 0.0, null, null])]);
}

#[test]
fn definition_16_a_filter_and_its_opposite_part_the_hits_but_not_the_visits() {
    let story = utc().view("2026-06-10T10:00:00Z", 1, "/a").view("2026-06-10T10:01:00Z", 1, "/b").view("2026-06-10T10:00:00Z", 2, "/b");
    let ask =
        |operator: &str| story.ask("visitors visits pageviews views_per_visit", "", json!([[operator, "event:page", ["/a"]]]))[0].clone();
    assert_eq!(ask("is"), json!([1, 1, 1, 2.0]));
    assert_eq!(ask("is_not"), json!([2, 2, 2, 1.5]));
}

#[test]
fn definition_16_has_done_is_a_predicate_of_the_visit() {
    let story = utc()
        .view("2026-06-10T10:00:00Z", 1, "/a")
        .event("2026-06-10T10:01:00Z", 1, "Signup")
        .view("2026-06-10T10:00:00Z", 2, "/a")
        .view("2026-06-10T10:00:00Z", 3, "/b");
    let ask = |filters| story.ask("visitors events", "", filters)[0].clone();
    assert_eq!(ask(json!([["has_done", ["is", "event:name", ["Signup"]]]])), json!([1, 2]));
    assert_eq!(ask(json!([["has_not_done", ["is", "event:name", ["Signup"]]]])), json!([2, 2]));
    assert_eq!(ask(json!([["has_not_done", ["is", "event:name", ["Signup"]]], ["is", "event:page", ["/a"]]])), json!([1, 1]));
}

#[test]
fn definition_16_a_missing_value_is_compared_as_its_label() {
    let story = utc()
        .view("2026-06-10T10:00:00Z", 1, "/a")
        .hit("2026-06-10T10:00:00Z", 2, |hit| hit.props.push(("plan".to_owned(), "Gold".to_owned())));
    let ask = |filter| story.ask("visitors", "event:props:plan", json!([filter]));
    assert_eq!(ask(json!(["is", "event:props:plan", ["(none)"]])), [json!(["(none)", 1])]);
    assert_eq!(ask(json!(["contains", "event:props:plan", ["GO"], {"case_sensitive": false}])), [json!(["Gold", 1])]);
    assert_eq!(ask(json!(["contains", "event:props:plan", ["GO"]])), [] as [serde_json::Value; 0]);
    assert_eq!(ask(json!(["matches", "event:props:plan", ["^G.ld$", "x"]])), [json!(["Gold", 1])]);
    assert_eq!(ask(json!(["not", ["or", [["is", "event:props:plan", ["Gold"]], ["is", "event:page", ["/b"]]]]])), [json!(["(none)", 1])]);
}

#[test]
fn definition_19_entry_and_exit_are_of_pageviews() {
    let story = utc()
        .event("2026-06-10T10:00:00Z", 1, "Signup")
        .view("2026-06-10T10:01:00Z", 1, "/in")
        .view("2026-06-10T10:02:00Z", 1, "/out")
        .event("2026-06-10T10:00:00Z", 2, "Signup");
    let rows = story.ask("visitors visits", "visit:entry_page visit:exit_page visit:entry_page_hostname", json!([]));
    assert_eq!(rows, [json!(["(not set)", "(not set)", "(not set)", 1, 1]), json!(["/in", "/out", "example.org", 1, 1])]);
}

#[test]
fn definition_26_rows_come_by_the_first_metric_and_ties_by_bytes() {
    let story = utc()
        .view("2026-06-10T10:00:00Z", 1, "/b")
        .view("2026-06-10T10:00:00Z", 2, "/a")
        .view("2026-06-10T10:00:00Z", 3, "/Z")
        .view("2026-06-10T10:00:01Z", 3, "/ä");
    let story = story.view("2026-06-10T10:00:02Z", 3, "/b");
    let rows = story.ask("pageviews", "event:page", json!([]));
    assert_eq!(rows, [json!(["/b", 2]), json!(["/Z", 1]), json!(["/a", 1]), json!(["/ä", 1])]);

    let page = json!({"date_range": "all", "metrics": ["pageviews"], "dimensions": ["event:page"], "order_by": [["event:page", "desc"]], "pagination": {"limit": 2, "offset": 1}, "include": {"total_rows": true}});
    assert_eq!(story.rows(&page), [json!(["/b", 2]), json!(["/a", 1])]);
    assert_eq!(story.answer(&page).total_rows, 4);
}

#[test]
fn logs_count_only_on_days_without_tracker_or_server() {
    let log = |hit: &mut footfall_testkit::PlainHit| hit.feed = Feed::Log;
    let story = utc().hit("2026-06-09T10:00:00Z", 1, log).hit("2026-06-10T10:00:00Z", 1, log).view("2026-06-10T10:00:00Z", 2, "/");
    assert_eq!(story.ask("visitors pageviews", "time:day", json!([])), [json!(["2026-06-09", 1, 1]), json!(["2026-06-10", 1, 1])]);
}

#[test]
fn a_percentage_is_of_all_visitors_of_the_same_question() {
    let story = utc().view("2026-06-10T10:00:00Z", 1, "/a").view("2026-06-10T10:00:00Z", 2, "/b").view("2026-06-10T10:00:00Z", 3, "/b");
    assert_eq!(story.ask("visitors percentage", "event:page", json!([])), [json!(["/b", 2, 66.7]), json!(["/a", 1, 33.3])]);
    assert_eq!(story.ask("percentage", "event:page", json!([["is", "event:page", ["/a"]]])), [json!(["/a", 100.0])]);
}
