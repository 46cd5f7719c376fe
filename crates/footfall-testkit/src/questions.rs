//! v2 queries chosen by a seed: metrics × dimensions × filters × range × comparison × order × page.
//!
//! All are valid, and ask about what is there: their values and days are taken from the hits they will be asked about.

mod filters;
mod goals;
mod ground;
mod ranges;

pub use goals::{about_goals, names};
pub use ground::Ground;

use crate::Dice;
use footfall_domain::Dimension;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const METRICS: &[&str] = &["visitors", "visits", "pageviews", "views_per_visit", "bounce_rate", "visit_duration", "events"];
const PAGE_METRICS: &[&str] = &["scroll_depth", "time_on_page"];
const TIMES: &[&str] = &["time", "time:hour", "time:day", "time:week", "time:month"];

/// `count` different questions about anything.
pub fn questions(seed: u64, count: usize, ground: &Ground) -> Vec<Value> {
    different(seed, count, |dice| question(dice, ground))
}

/// `count` different questions as the panels of a page ask them: the first few values of one dimension over whole days,
/// unfiltered or filtered by a value of it. Such questions are answered from rollups.
pub fn panels(seed: u64, count: usize, ground: &Ground) -> Vec<Value> {
    different(seed, count, |dice| panel(dice, ground))
}

fn different(seed: u64, count: usize, mut choose: impl FnMut(&mut Dice) -> Value) -> Vec<Value> {
    let mut dice = Dice::of_seed(seed);
    let mut known = BTreeSet::new();
    let mut questions = Vec::new();
    while questions.len() < count {
        let question = choose(&mut dice);
        if known.insert(question.to_string()) {
            questions.push(question);
        }
    }
    questions
}

fn question(dice: &mut Dice, ground: &Ground) -> Value {
    let dimensions = dimensions(dice, ground);
    let filters = filters::filters(dice, ground);
    let metrics = metrics(dice, &dimensions, &filters);
    let range = ranges::date_range(dice, ground);
    let mut question = json!({"site_id": "example.org", "metrics": metrics, "date_range": range});

    if !dimensions.is_empty() || dice.chance(20) {
        question["dimensions"] = json!(dimensions);
    }
    if !filters.is_empty() || dice.chance(20) {
        question["filters"] = json!(filters);
    }
    if dice.chance(25) {
        question["order_by"] = order_by(dice, &metrics, &dimensions);
    }
    if dice.chance(20) {
        question["pagination"] = dice
            .pick(&[json!({"limit": 3}), json!({"limit": 5, "offset": 2}), json!({"offset": 1}), json!({"limit": 100, "offset": 0})])
            .clone();
    }
    if dice.chance(50) {
        question["include"] = include(dice, ground, &question["date_range"], &dimensions);
    }
    question
}

fn panel(dice: &mut Dice, ground: &Ground) -> Value {
    let dimension = if dice.chance(40) { "event:page" } else { dice.pick(Dimension::ALL).name() };
    let dimensions = [dimension.to_owned()];
    let metrics = metrics(dice, &dimensions, &[]);
    let mut question = json!({
        "site_id": "example.org",
        "metrics": metrics,
        "date_range": ranges::whole_days(dice, ground),
        "dimensions": dimensions,
        "pagination": {"limit": dice.between(1, 12), "offset": if dice.chance(80) { 0 } else { dice.between(1, 9) }},
    });
    if dice.chance(25) {
        question["filters"] = json!([["is", dimension, [filters::clause(dice, ground, dimension, "is")]]]);
    }
    if dice.chance(30) {
        question["order_by"] = json!([[dice.pick(&metrics), dice.pick(&["asc", "desc"])]]);
    }
    if dice.chance(50) {
        question["include"] = include(dice, ground, &question["date_range"], &dimensions);
    }
    question
}

/// None, one or several, time among them or not.
fn dimensions(dice: &mut Dice, ground: &Ground) -> Vec<String> {
    let others = match dice.below(100) {
        0..35 => 0,
        35..80 => 1,
        80..95 => 2,
        _ => 3,
    };
    let mut dimensions: Vec<String> = Vec::new();
    while dimensions.len() < others {
        let dimension = any_dimension(dice, ground);
        if !dimensions.contains(&dimension) {
            dimensions.push(dimension);
        }
    }
    if dice.chance(40) {
        let place = usize::try_from(dice.below(dimensions.len() as u64 + 1)).expect("a place in a short list");
        dimensions.insert(place, (*dice.pick(TIMES)).to_owned());
    }
    dimensions
}

fn any_dimension(dice: &mut Dice, ground: &Ground) -> String {
    match dice.below(100) {
        0..15 => "event:page".to_owned(),
        15..27 if !ground.properties.is_empty() => format!("event:props:{}", dice.pick(&ground.properties)),
        _ => dice.pick(Dimension::ALL).name().to_owned(),
    }
}

/// A few different ones that may be asked for with these dimensions and filters.
fn metrics(dice: &mut Dice, dimensions: &[String], filters: &[Value]) -> Vec<&'static str> {
    let is_about_pages =
        dimensions.iter().any(|dimension| dimension == "event:page") || filters.iter().any(|filter| filter[1] == "event:page");
    let mut possible = METRICS.to_vec();
    if is_about_pages {
        possible.extend(PAGE_METRICS);
    }
    if !dimensions.is_empty() {
        possible.push("percentage");
    }
    dice.shuffle(&mut possible);
    // Those that need something are rarer to be possible, so they are asked for more often.
    possible.sort_by_key(|metric| METRICS.contains(metric) && dice.chance(40));
    possible.truncate(usize::try_from(dice.between(1, 6)).expect("a small number"));
    possible
}

fn order_by(dice: &mut Dice, metrics: &[&str], dimensions: &[String]) -> Value {
    let mut entries: Vec<String> = metrics.iter().map(|metric| (*metric).to_owned()).chain(dimensions.iter().cloned()).collect();
    dice.shuffle(&mut entries);
    entries.truncate(usize::try_from(dice.between(1, 4)).expect("a small number"));
    entries.into_iter().map(|entry| json!([entry, dice.pick(&["asc", "desc"])])).collect()
}

fn include(dice: &mut Dice, ground: &Ground, range: &Value, dimensions: &[String]) -> Value {
    let mut include = json!({});
    if dice.chance(40) {
        include["total_rows"] = json!(true);
    }
    if dimensions.iter().any(|dimension| dimension.starts_with("time")) && dice.chance(60) {
        include["time_labels"] = json!(true);
    }
    if dice.chance(60) {
        include["comparisons"] = ranges::comparisons(dice, ground, range);
    }
    include
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recount::Recount;
    use crate::traffic::{Plan, Traffic};

    #[test]
    fn a_thousand_questions_differ_and_can_be_answered() {
        let plan = Plan { people_a_day: 5, ..Plan::ordinary() };
        let hits = Traffic::of(&plan, 1).plain_hits();
        let calendar = plan.calendar();
        let recount = Recount::of(&hits, &calendar);
        let questions = questions(1, 1000, &Ground::of(&hits, &calendar, plan.now));
        let rows: Vec<usize> = questions.iter().map(|question| recount.answer(plan.now, question).total_rows).collect();
        assert!(rows.iter().filter(|rows| **rows > 1).count() > 400, "most questions have something to say");
        let asks = |word: &str| questions.iter().filter(|question| question.to_string().contains(word)).count();
        for word in METRICS.iter().chain(PAGE_METRICS).chain(TIMES).chain(&[
            "percentage",
            "has_done",
            "has_not_done",
            "matches_not",
            "contains_not",
            "case_sensitive",
            "\"or\"",
            "\"not\"",
        ]) {
            assert!(asks(word) >= 10, "'{word}' is asked for too rarely");
        }
        for dimension in Dimension::ALL {
            assert!(asks(dimension.name()) >= 5, "'{}' is asked for too rarely", dimension.name());
        }
    }
}
