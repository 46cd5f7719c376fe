//! The weeks before this minute: the visits of the sample log, told again by people of today.

use super::chance::Chance;
use super::journeys::Journey;
use super::{deeds, machines, people};
use anyhow::Result;
use jiff::{SignedDuration, Timestamp, Unit, tz::TimeZone};
use people::Person;
use serde_json::{Value, json};
use std::io::Write;

/// The last day is today, as far as it has come.
const DAYS: usize = 60;
/// Visits of an ordinary day, and of the day on which an article is passed around.
const VISITS: usize = 190;
const TALKED_ABOUT: usize = 9;
/// Those of the last half hour, so that somebody is there at once.
const JUST_NOW: usize = 25;
/// Of a hundred, those who come again on the same day.
const COME_AGAIN: usize = 11;
/// Of a hundred, from Monday on.
const WEEK: [usize; 7] = [104, 116, 112, 108, 92, 66, 72];

/// Writes lines of `footfall import --format hits`, in order of time.
pub fn write(journeys: &[Journey], now: Timestamp, out: &mut impl Write) -> Result<()> {
    let mut lines = Lines { now, kept: Vec::new() };
    let midnight = now.to_zoned(TimeZone::UTC).start_of_day()?.timestamp();
    for back in (0..DAYS).rev() {
        let mut chance = Chance::new(back as u64);
        let start = midnight - SignedDuration::from_hours(24 * back as i64);
        let weekday = start.to_zoned(TimeZone::UTC).date().weekday().to_monday_zero_offset() as usize;
        // Somewhat more every week, with ups and downs.
        let visits = VISITS * WEEK[weekday] * (150 - back) * (86 + chance.below(29)) / 1_300_000;
        for _ in 0..visits {
            let begin = start + SignedDuration::from_secs(second_of_day(&mut chance));
            lines.visit(chance.pick(journeys), begin, None, &mut chance);
        }
        if back == TALKED_ABOUT {
            for _ in 0..VISITS {
                let begin = start + SignedDuration::from_secs(second_of_day(&mut chance));
                lines.visit(chance.pick(journeys), begin, Some("https://news.ycombinator.com/item?id=9587253"), &mut chance);
            }
        }
        lines.machines(journeys, start, visits / 3, &mut chance);
    }
    let mut chance = Chance::new(DAYS as u64);
    for _ in 0..JUST_NOW {
        let begin = now - SignedDuration::from_secs(chance.below(1_700) as i64);
        lines.visit(chance.pick(journeys), begin, None, &mut chance);
    }
    lines.kept.sort_by_key(|(time, _)| *time);
    for (_, line) in lines.kept {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// Most come in the afternoon, a few at any hour.
fn second_of_day(chance: &mut Chance) -> i64 {
    let second = if chance.percent(30) { chance.below(86_400) } else { 5 * 3_600 + chance.below(36_000) + chance.below(30_000) };
    (second % 86_400) as i64
}

struct Lines {
    now: Timestamp,
    kept: Vec<(Timestamp, Value)>,
}

impl Lines {
    /// A visit: its pages, how they were read, and what was done on them.
    fn visit(&mut self, journey: &Journey, begin: Timestamp, from: Option<&str>, chance: &mut Chance) {
        let who = Person::of(journey, chance);
        self.walk(journey, &who, begin, from, chance);
        if chance.percent(COME_AGAIN) {
            let later = begin + SignedDuration::from_secs(3_600 + chance.below(18_000) as i64);
            self.walk(journey, &who, later, None, chance);
        }
    }

    fn walk(&mut self, journey: &Journey, who: &Person, begin: Timestamp, from: Option<&str>, chance: &mut Chance) {
        let (origin, mut campaign) = people::origin(journey, chance);
        let mut referrer = from.map_or(origin, str::to_owned);
        let mut time = begin;
        for (path, after) in journey.views.iter().take(8) {
            time += SignedDuration::from_secs(i64::from(*after));
            self.keep(time, deeds::view(path, campaign, &referrer, who.width), &who.address, who.agent);
            (referrer, campaign) = (String::new(), "");
            let (reading, engaged) = deeds::reading(path, chance);
            let read = time + SignedDuration::from_millis(i64::from(engaged));
            if let Some(event) = deeds::event(path, chance) {
                self.keep(time + SignedDuration::from_millis(i64::from(engaged / 2)), event, &who.address, who.agent);
            }
            // A tracker tells it when the page is left, and loses some.
            if chance.percent(85) {
                self.keep(read, reading, &who.address, who.agent);
            }
            time = if *after == 0 && journey.views.len() > 1 { read } else { time };
        }
    }

    fn machines(&mut self, journeys: &[Journey], start: Timestamp, requests: usize, chance: &mut Chance) {
        let pages: Vec<String> = (0..40).map(|_| chance.pick(journeys).views[0].0.clone()).collect();
        for _ in 0..requests {
            let request = machines::request(&pages, chance);
            let time = start + SignedDuration::from_secs(chance.below(86_400) as i64);
            self.keep(time, json!({"url": format!("https://{}{}", super::SITE, request.path)}), &request.address, request.agent);
        }
    }

    /// What has not happened yet is left out.
    fn keep(&mut self, time: Timestamp, mut hit: Value, address: &str, agent: &str) {
        if time > self.now {
            return;
        }
        let shown = time.round(Unit::Millisecond).unwrap_or(time);
        (hit["time"], hit["address"], hit["user_agent"]) = (json!(shown.to_string()), json!(address), json!(agent));
        self.kept.push((time, hit));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::journeys;

    fn told(now: &str) -> Vec<Value> {
        let mut out = Vec::new();
        let now = now.parse().expect("a time");
        write(&journeys::read().expect("the log"), now, &mut out).expect("written");
        out.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).map(|line| serde_json::from_slice(line).expect("JSON")).collect()
    }

    #[test]
    fn it_ends_now_and_shows_everything_there_is_to_show() {
        let hits = told("2026-11-23T15:00:00Z");
        let times: Vec<Timestamp> = hits.iter().filter_map(|hit| hit["time"].as_str()?.parse().ok()).collect();
        let at = |text: &str| text.parse::<Timestamp>().expect("a time");
        let (first, last) = (times[0], times[times.len() - 1]);
        assert!(times.len() == hits.len() && times.is_sorted());
        assert!(first < at("2026-09-26T00:00:00Z") && last > at("2026-11-23T14:40:00Z") && last <= at("2026-11-23T15:00:00Z"));
        for has in ["scroll_depth", "revenue", "props", "screen_width", "referrer"] {
            assert!(hits.iter().any(|hit| hit.get(has).is_some()), "{has}");
        }
        for word in ["utm_campaign=", "GPTBot", "ChatGPT-User", "news.ycombinator.com"] {
            assert!(hits.iter().any(|hit| hit.to_string().contains(word)), "{word}");
        }
    }

    #[test]
    fn the_same_minute_tells_the_same() {
        assert!(told("2026-03-01T00:05:00Z") == told("2026-03-01T00:05:00Z"));
    }
}
