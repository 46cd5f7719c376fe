//! Filters of every operator.

use super::{Ground, any_dimension};
use crate::Dice;
use serde_json::{Value, json};

pub(super) fn filters(dice: &mut Dice, ground: &Ground) -> Vec<Value> {
    let how_many = match dice.below(100) {
        0..40 => 0,
        40..80 => 1,
        80..93 => 2,
        _ => 3,
    };
    (0..how_many).map(|_| filter(dice, ground, 0)).collect()
}

fn filter(dice: &mut Dice, ground: &Ground, depth: usize) -> Value {
    match dice.below(100) {
        0..8 if depth < 2 => json!([dice.pick(&["and", "or"]), [filter(dice, ground, depth + 1), filter(dice, ground, depth + 1)]]),
        8..14 if depth < 2 => {
            json!(["or", [filter(dice, ground, depth + 1), filter(dice, ground, depth + 1), filter(dice, ground, depth + 1)]])
        }
        14..20 if depth < 2 => json!(["not", filter(dice, ground, depth + 1)]),
        20..34 => json!([dice.pick(&["has_done", "has_not_done"]), done(dice, ground)]),
        _ => {
            let dimension = filtered_dimension(dice, ground);
            simple(dice, ground, &dimension)
        }
    }
}

/// What somebody may have done: a filter on event dimensions.
fn done(dice: &mut Dice, ground: &Ground) -> Value {
    let mut event_dimensions = vec!["event:page".to_owned(), "event:name".to_owned()];
    event_dimensions.extend(ground.properties.iter().map(|name| format!("event:props:{name}")));
    let mut one = || {
        let dimension = dice.pick(&event_dimensions).clone();
        simple(dice, ground, &dimension)
    };
    let (first, second) = (one(), one());
    match dice.below(10) {
        0..7 => first,
        7 => json!(["and", [first, second]]),
        8 => json!(["or", [first, second]]),
        _ => json!(["not", first]),
    }
}

/// Pages and names are asked for more than the rest.
fn filtered_dimension(dice: &mut Dice, ground: &Ground) -> String {
    match dice.below(100) {
        0..20 => "event:page".to_owned(),
        20..30 => "event:name".to_owned(),
        _ => any_dimension(dice, ground),
    }
}

fn simple(dice: &mut Dice, ground: &Ground, dimension: &str) -> Value {
    let operator = *dice.pick(&["is", "is", "is", "is_not", "contains", "contains_not", "matches", "matches_not"]);
    let how_many = dice.between(1, 4);
    let clauses: Vec<String> = (0..how_many).map(|_| clause(dice, ground, dimension, operator)).collect();
    let may_ignore_case = operator == "is" || operator == "contains";
    if may_ignore_case && dice.chance(25) {
        let clauses: Vec<String> =
            clauses.iter().map(|clause| if dice.chance(50) { clause.to_uppercase() } else { clause.to_lowercase() }).collect();
        return json!([operator, dimension, clauses, {"case_sensitive": dice.chance(10)}]);
    }
    json!([operator, dimension, clauses])
}

/// A value, part of one, or a pattern for one; now and then something that is not there.
pub(super) fn clause(dice: &mut Dice, ground: &Ground, dimension: &str, operator: &str) -> String {
    let value = match ground.values.get(dimension) {
        Some(values) if !values.is_empty() && !dice.chance(5) => dice.pick_uneven(values).clone(),
        _ => "nobody has this".to_owned(),
    };
    if operator.starts_with("is") {
        return value;
    }
    let letters: Vec<char> = value.chars().collect();
    let length = letters.len() as u64;
    let from = usize::try_from(dice.below(length.max(1))).expect("a place in a text");
    let to = (from + usize::try_from(dice.between(1, 6)).expect("a few letters")).min(letters.len());
    let part: String = letters[from.min(to)..to].iter().collect();
    if operator.starts_with("contains") {
        return if part.is_empty() { value } else { part };
    }
    match dice.below(4) {
        0 => format!("^{}$", regex::escape(&value)),
        1 => format!("^{}", regex::escape(&letters[..to].iter().collect::<String>())),
        2 => format!("(?i){}.*", regex::escape(&part)),
        _ => (*dice.pick(&["^/[a-z]+$", ".", "[0-9]{2,}", "^$", "o{1,2}|e$", "^\\(not set\\)$"])).to_owned(),
    }
}
