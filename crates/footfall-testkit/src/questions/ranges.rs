//! Date ranges and comparisons.

use super::Ground;
use crate::Dice;
use footfall_domain::calendar::rfc3339;
use footfall_domain::{LocalDate, UnixMillis};
use serde_json::{Value, json};

const RELATIVE: &[&str] = &["day", "24h", "7d", "28d", "30d", "91d", "month", "6mo", "12mo", "year", "all"];
const HOUR_MS: i64 = 60 * 60 * 1000;
const DAY_MS: i64 = 24 * HOUR_MS;
/// Lengths at which `time` changes its meaning, and their neighbours.
const TELLING_DAYS: &[i32] = &[1, 2, 3, 40, 41, 42, 364, 371, 372];
const TELLING_HOURS: &[i64] = &[1, 24, 48, 49, 50];

pub(super) fn date_range(dice: &mut Dice, ground: &Ground) -> Value {
    match dice.below(100) {
        0..20 => json!("all"),
        20..55 => json!(dice.pick(RELATIVE)),
        55..80 => dates(dice, ground),
        _ => date_times(dice, ground),
    }
}

/// A range of whole days.
pub(super) fn whole_days(dice: &mut Dice, ground: &Ground) -> Value {
    match dice.below(10) {
        0..4 => json!("all"),
        4..7 => json!(dice.pick(&["7d", "28d", "30d", "91d", "month", "6mo", "12mo", "year"])),
        _ => dates(dice, ground),
    }
}

/// A comparison; a custom one names a range of the kind asked about.
pub(super) fn comparisons(dice: &mut Dice, ground: &Ground, range: &Value) -> Value {
    let of_instants = range == "24h" || range[0].as_str().is_some_and(|first| first.len() > 10);
    let mut wish = match dice.below(3) {
        0 => json!({"mode": "year_over_year"}),
        1 => json!({"mode": "custom", "date_range": if of_instants { date_times(dice, ground) } else { dates(dice, ground) }}),
        _ => json!({"mode": "previous_period"}),
    };
    if wish["mode"] != "custom" && dice.chance(50) {
        wish["match_day_of_week"] = json!(dice.chance(80));
    }
    wish
}

/// Two days near days with hits, today and a day to come among them now and then.
fn dates(dice: &mut Dice, ground: &Ground) -> Value {
    let (mut first, last) = two_days(dice, ground);
    if dice.chance(20) {
        first = last.plus(1 - dice.pick(TELLING_DAYS));
    }
    json!([first.to_string(), last.to_string()])
}

/// Two instants on such days, mostly in the middle of something, written in any offset.
fn date_times(dice: &mut Dice, ground: &Ground) -> Value {
    let (first, last) = two_days(dice, ground);
    let mut instant = |day: LocalDate| UnixMillis(i64::from(day.0) * DAY_MS + dice.between(0, DAY_MS) / 1000 * 1000);
    let (a, b) = (instant(first), instant(last));
    let (from, mut to) = (a.min(b), a.max(b).plus(1000));
    if dice.chance(20) {
        to = from.plus(HOUR_MS * dice.pick(TELLING_HOURS));
    }
    let offset = *dice.pick(&[0, 3600, -7 * 3600, 20_700, 10 * 3600 + 1800]);
    json!([rfc3339(from, offset), rfc3339(to, offset)])
}

fn two_days(dice: &mut Dice, ground: &Ground) -> (LocalDate, LocalDate) {
    let mut day = || match dice.below(10) {
        0 => ground.today.plus(2),
        1 | 2 => ground.today,
        _ => *dice.pick(&ground.days),
    };
    let (a, b) = (day(), day());
    (a.min(b), a.max(b))
}
