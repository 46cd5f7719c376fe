//! Questions about goals, conversions, money and segments.

use super::{Ground, TIMES, any_dimension, filters, include, order_by, ranges};
use crate::Dice;
use crate::recount::COUNTRIES;
use serde_json::{Value, json};

/// Segments that ask for a goal.
const SEGMENTS_OF_GOALS: [u64; 3] = [3, 4, 5];
const COUNTS: &[&str] = &["visitors", "visits", "pageviews", "events", "bounce_rate", "visit_duration", "views_per_visit", "scroll_depth"];
const CONVERSIONS: &[&str] = &["conversion_rate", "group_conversion_rate"];
const REVENUE: &[&str] = &["total_revenue", "average_revenue"];

/// What the owners of these hits may have named: `{"goals": […], "segments": […]}`.
pub fn names(ground: &Ground) -> Value {
    json!({"goals": goals(ground), "segments": segments(ground)})
}

/// `count` different questions about what [`names`] names, and about money.
pub fn about_goals(seed: u64, count: usize, ground: &Ground) -> Vec<Value> {
    super::different(seed, count, |dice| question(dice, ground))
}

/// Every kind of goal: of events, with properties and without, in currencies; of pages, patterns and depths; two of one name.
fn goals(ground: &Ground) -> Vec<Value> {
    let mut goals = Vec::new();
    for event in events(ground) {
        goals.push(json!({"name": event, "event": event}));
        goals.push(json!({"name": format!("{event} in euro"), "event": event, "currency": "EUR"}));
        for property in &ground.properties {
            if let Some(value) = known(ground, &format!("event:props:{property}")).first() {
                goals.push(json!({"name": format!("{event} of a {property}"), "event": event, "props": {property.as_str(): value}}));
            }
        }
        goals.push(json!({"name": "Either", "event": event, "currency": "JPY"}));
    }
    let pages = known(ground, "event:page");
    for page in pages.iter().take(3) {
        let beginning: String = page.chars().take(4).collect();
        goals.push(json!({"name": format!("Visit {page}"), "page": page}));
        goals.push(json!({"name": format!("Visit {beginning}*"), "page": format!("{beginning}*")}));
        goals.push(json!({"name": format!("Scroll 50% on {page}"), "page": page, "scroll": 50}));
        goals.push(json!({"name": "Either", "page": page}));
    }
    goals.push(json!({"name": "Zoë’s", "page": "/*o*"}));
    goals.push(json!({"name": "Read anything", "page": "*", "scroll": 75}));
    goals
}

fn segments(ground: &Ground) -> Vec<Value> {
    let value = |dimension: &str| known(ground, dimension).first().cloned().unwrap_or_else(|| "(not set)".to_owned());
    let goal = goal_names(ground).first().cloned().unwrap_or_default();
    let property = ground.properties.first().map_or("plan", String::as_str);
    json!([
        {"id": 1, "filters": [["is", "visit:country", [value("visit:country")]]]},
        {"id": 2, "filters": [["contains", "event:page", ["o"]], ["not", ["is", "visit:device", [value("visit:device")]]]]},
        {"id": 3, "filters": [["is", "event:goal", [goal]]]},
        {"id": 4, "filters": [["is_not", format!("event:props:{property}"), ["free"]], ["contains", "event:goal", ["i", "V"]]]},
        {"id": 5, "filters": [["and", [["is", "event:goal", [goal, "Either"]], ["is", "visit:browser", [value("visit:browser")]]]]]},
    ])
    .as_array()
    .cloned()
    .unwrap_or_default()
}

/// Custom events.
fn events(ground: &Ground) -> Vec<&String> {
    known(ground, "event:name").iter().filter(|name| *name != "pageview").take(3).collect()
}

fn known<'a>(ground: &'a Ground, dimension: &str) -> &'a [String] {
    ground.values.get(dimension).map_or(&[], Vec::as_slice)
}

fn goal_names(ground: &Ground) -> Vec<String> {
    goals(ground).iter().filter_map(|goal| goal["name"].as_str().map(str::to_owned)).collect()
}

fn question(dice: &mut Dice, ground: &Ground) -> Value {
    // Minutes can be asked for in short ranges only.
    let range = if dice.chance(15) { json!("day") } else { ranges::date_range(dice, ground) };
    let dimensions = dimensions(dice, ground, &range);
    let mut filters = if dice.chance(35) { filters::filters(dice, ground) } else { Vec::new() };
    let mut asks_for_goals = dimensions.iter().any(|dimension| dimension == "event:goal");
    if dice.chance(60) {
        filters.push(of_goals(dice, ground));
        asks_for_goals = true;
    }
    if dice.chance(20) {
        filters.push(elsewhere(dice, ground));
    }
    if dice.chance(25) {
        let id = dice.below(5) + 1;
        let ids = if dice.chance(70) { vec![id] } else { vec![id, id % 5 + 1] };
        asks_for_goals |= ids.len() == 1 && SEGMENTS_OF_GOALS.contains(&id);
        filters.push(json!(["is", "segment", ids]));
    }
    dice.shuffle(&mut filters);
    let metrics = metrics(dice, asks_for_goals, !dimensions.is_empty());
    let mut question =
        json!({"site_id": "example.org", "metrics": metrics, "date_range": range, "dimensions": dimensions, "filters": filters});
    if dice.chance(25) {
        question["order_by"] = order_by(dice, &metrics, &dimensions);
    }
    if dice.chance(20) {
        question["pagination"] = dice.pick(&[json!({"limit": 2}), json!({"limit": 5, "offset": 2}), json!({"offset": 3})]).clone();
    }
    let minutes_of_years = dimensions.iter().any(|dimension| dimension == "time:minute");
    if dice.chance(50) && !minutes_of_years {
        question["include"] = include(dice, ground, &question["date_range"], &dimensions);
    }
    question
}

fn dimensions(dice: &mut Dice, ground: &Ground, range: &Value) -> Vec<String> {
    let mut dimensions: Vec<String> = Vec::new();
    if dice.chance(50) {
        dimensions.push("event:goal".to_owned());
    }
    if dice.chance(40) {
        let named =
            known(ground, "visit:country").iter().all(|code| code == "(not set)" || COUNTRIES.iter().any(|(known, _)| known == code));
        dimensions.push(match dice.below(100) {
            0..15 => "event:currency".to_owned(),
            15..30 if named => "visit:country_name".to_owned(),
            30..40 => (*dice.pick(&["visit:region_name", "visit:city_name"])).to_owned(),
            _ => any_dimension(dice, ground),
        });
    }
    if dice.chance(30) {
        let short = range == "day" || range == "24h";
        dimensions.push(if short && dice.chance(70) { "time:minute".to_owned() } else { (*dice.pick(TIMES)).to_owned() });
    }
    dice.shuffle(&mut dimensions);
    dimensions
}

/// A filter on goals that must hold.
fn of_goals(dice: &mut Dice, ground: &Ground) -> Value {
    let names = goal_names(ground);
    if dice.chance(30) {
        let parts = json!([dice.pick(&["i", "in euro", "Visit", "e", "50%", "no such goal"])]);
        return if dice.chance(30) {
            json!(["contains", "event:goal", ["VISIT", "EURO"], {"case_sensitive": false}])
        } else {
            json!(["contains", "event:goal", parts])
        };
    }
    let chosen: Vec<&String> = (0..dice.between(1, 4)).map(|_| dice.pick(&names)).collect();
    json!(["is", "event:goal", chosen])
}

/// A filter on goals below something else.
fn elsewhere(dice: &mut Dice, ground: &Ground) -> Value {
    let goal = of_goals(dice, ground);
    match dice.below(5) {
        0 => json!(["has_done", goal]),
        1 => json!(["has_not_done", goal]),
        2 => json!(["not", goal]),
        3 => json!(["or", [goal, ["is", "visit:country", known(ground, "visit:country").iter().take(1).collect::<Vec<_>>()]]]),
        _ => json!(["and", [["and", [goal]], ["is_not", "event:page", ["/"]]]]),
    }
}

fn metrics(dice: &mut Dice, asks_for_goals: bool, has_dimensions: bool) -> Vec<&'static str> {
    let mut possible = COUNTS.to_vec();
    dice.shuffle(&mut possible);
    possible.truncate(usize::try_from(dice.between(1, 4)).expect("a small number"));
    let add = |dice: &mut Dice, some: &[&'static str], percent: u64, possible: &mut Vec<&'static str>| {
        possible.extend(some.iter().filter(|_| dice.chance(percent)));
    };
    if asks_for_goals {
        add(dice, CONVERSIONS, 60, &mut possible);
    }
    add(dice, REVENUE, 35, &mut possible);
    if has_dimensions {
        add(dice, &["percentage"], 25, &mut possible);
    }
    dice.shuffle(&mut possible);
    possible
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recount::Recount;
    use crate::traffic::{Plan, Traffic};

    #[test]
    fn questions_about_goals_have_something_to_say() {
        let plan = Plan { people_a_day: 6, ..Plan::ordinary() };
        let hits = Traffic::of(&plan, 1).plain_hits();
        let calendar = plan.calendar();
        let ground = Ground::of(&hits, &calendar, plan.now);
        let recount = Recount::of(&hits, &calendar).knowing(&names(&ground));
        let questions = about_goals(1, 400, &ground);
        let answers: Vec<Value> = questions.iter().map(|question| json!(recount.answer(plan.now, question).results)).collect();
        let say = |word: &str| answers.iter().filter(|answer| answer.to_string().contains(word)).count();
        for currency in ["EUR", "JPY", "KWD"] {
            assert!(say(currency) > 10, "{currency}: {}", say(currency));
        }
        let asks = |word: &str| questions.iter().filter(|question| question.to_string().contains(word)).count();
        for word in [
            "segment",
            "has_not_done",
            "group_conversion_rate",
            "total_revenue",
            "time:minute",
            "visit:country_name",
            "event:currency",
            "comparisons",
        ] {
            assert!(asks(word) >= 10, "'{word}' is asked for too rarely");
        }
        assert!(answers.iter().filter(|answer| answer.as_array().is_some_and(|rows| rows.len() > 1)).count() > 150);
    }
}
