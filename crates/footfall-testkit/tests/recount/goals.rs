//! Goals, conversions, money and segments in stories small enough to be counted by hand (decisions 0603 and 0604).

use crate::story::Story;
use footfall_domain::Kind;
use footfall_testkit::PlainHit;
use serde_json::json;

/// Three visitors: one buys twice, one reads to the end, one does neither.
fn shop() -> Story {
    let buys = |plan: &'static str, currency: &'static str, millionths: i64| {
        move |hit: &mut PlainHit| {
            (hit.kind, hit.name) = (Kind::Custom, "Buy".to_owned());
            hit.props = vec![("plan".to_owned(), plan.to_owned())];
            hit.money = Some((currency.to_owned(), millionths));
        }
    };
    Story::in_zone("UTC", "2026-06-10T20:00:00Z")
        .view("2026-06-10T10:00:00Z", 1, "/blog/a")
        .hit("2026-06-10T10:01:00Z", 1, buys("gold", "EUR", 1_005_000))
        .hit("2026-06-10T10:02:00Z", 1, buys("free", "JPY", 2_500_000))
        .view("2026-06-10T10:00:00Z", 2, "/blog/b")
        .engaged("2026-06-10T10:05:00Z", 2, "/blog/b", 1000, 90)
        .view("2026-06-10T11:00:00Z", 3, "/")
        .naming(json!({
            "goals": [
                {"name": "Buy", "event": "Buy"},
                {"name": "Gold", "event": "Buy", "props": {"plan": "gold"}, "currency": "EUR"},
                {"name": "Read", "page": "/blog*", "scroll": 90},
                {"name": "Read", "page": "/nothing"},
            ],
            "segments": [{"id": 1, "filters": [["is", "event:goal", ["Gold"]]]}],
        }))
}

#[test]
fn a_goal_is_a_row_and_its_filter_is_that_row() {
    let rows = shop().ask("visitors events conversion_rate", "event:goal", json!([]));
    assert_eq!(rows, [json!(["Buy", 1, 2, 33.33]), json!(["Gold", 1, 1, 33.33]), json!(["Read", 1, 1, 33.33])]);
    assert_eq!(shop().ask("visitors events", "", json!([["is", "event:goal", ["Buy"]]])), [json!([1, 2])]);
    assert_eq!(shop().ask("visitors events", "", json!([["is", "segment", [1]]])), [json!([1, 1])]);
}

#[test]
fn a_rate_is_of_those_who_could() {
    let rate = |filters| shop().ask("conversion_rate group_conversion_rate", "", filters);
    assert_eq!(rate(json!([["is", "event:goal", ["Buy"]], ["is", "event:props:plan", ["gold"]]])), [json!([33.33, 33.33])]);
    // Visitors 1 and 2 began at ten, 3 at eleven.
    let rows = shop().ask("conversion_rate group_conversion_rate", "time:hour", json!([["is", "event:goal", ["Buy"]]]));
    assert_eq!(rows, [json!(["2026-06-10T10:00:00+00:00", 33.33, 50.0])]);
    let of_page = json!([["is", "event:goal", ["Buy"]], ["has_done", ["is", "event:page", ["/blog/a"]]]]);
    assert_eq!(rate(of_page), [json!([100.0, 100.0])]);
}

#[test]
fn revenue_is_rounded_once_and_never_added_over_currencies() {
    let money = |value: f64, currency: &str| json!({"value": value, "currency": currency});
    let rows = shop().ask("total_revenue average_revenue", "event:goal", json!([["is", "event:goal", ["Gold", "Buy"]]]));
    // Of two currencies, and none of the goal's own: null, and so no row.
    assert_eq!(rows, [json!(["Gold", money(1.01, "EUR"), money(1.01, "EUR")])]);
    let rows = shop().ask("total_revenue visitors", "event:currency", json!([]));
    assert_eq!(
        rows,
        [json!(["JPY", {"value": 3, "currency": "JPY"}, 1]), json!(["EUR", money(1.01, "EUR"), 1]), json!(["(none)", null, 3])]
    );
}
