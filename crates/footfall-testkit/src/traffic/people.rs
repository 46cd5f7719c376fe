//! What made-up people do: the same whether it is told as events or as raw hits.

use super::plan::Plan;
use super::words::{AGENTS, EVENTS, HOSTS, LANGUAGES, ODD_PAGES, ORIGINS, PAGES, PLACES, PRICES, PROPERTIES, SCREENS};
use crate::Dice;
use footfall_domain::{Feed, SiteCalendar, UnixMillis};
use std::collections::BTreeSet;

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;

/// Something somebody did. Numbers are places in the lists of `words`.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) id: u128,
    pub(super) time: UnixMillis,
    pub(super) person: u64,
    pub(super) feed: Feed,
    pub(super) deed: Deed,
    pub(super) page: Page,
    pub(super) host: usize,
    pub(super) origin: usize,
    pub(super) agent: usize,
    pub(super) place: usize,
    pub(super) screen: usize,
    pub(super) language: usize,
    pub(super) props: Vec<(&'static str, &'static str)>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Deed {
    View,
    Event { name: &'static str, interactive: bool },
    Engagement { engaged_ms: Option<u32>, scroll_depth: Option<u8> },
}

/// A page: as shown, and as it stands in an address.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page {
    pub(super) shown: &'static str,
    pub(super) sent: &'static str,
}

impl Step {
    /// What the deed brought: amount and currency. Decided by the id, so that the dice roll for everything else as if there were no money.
    pub(super) fn money(&self) -> Option<(&'static str, &'static str)> {
        let Deed::Event { name: "Signup" | "File Download" | "Section seen", .. } = self.deed else { return None };
        let drawn = Dice::of_seed(self.id as u64).below(PRICES.len() as u64 * 2);
        PRICES.get(usize::try_from(drawn).ok()?).copied().filter(|_| self.feed != Feed::Log)
    }

    /// The visitor's hash: another one on another day.
    pub(super) fn visitor(&self, calendar: &SiteCalendar) -> u64 {
        let day = calendar.moment(self.time).date.0;
        // The two ends of the range of hashes stay what they are: the first and the last bucket must not be empty.
        match self.person {
            0 | u64::MAX => self.person,
            person => Dice::of_seed(person ^ u64::from(day.unsigned_abs()).rotate_left(40)).bits(),
        }
    }
}

/// Everything that happens, in the order in which it arrives.
pub(super) fn steps(plan: &Plan, dice: &mut Dice) -> Vec<Step> {
    let calendar = plan.calendar();
    let mut steps = Vec::new();
    for date in &plan.days {
        let day = calendar.day(*date);
        if day.is_empty() || day.start >= plan.now {
            continue;
        }
        let feeds = feeds_of_day(plan, dice);
        for number in 0..plan.people_a_day {
            let person = match number {
                0 if plan.nasty => 0,
                1 if plan.nasty => u64::MAX,
                _ => dice.bits(),
            };
            let begin = UnixMillis(dice.between(day.start.0, day.end.0));
            let feed = *dice.pick(feeds);
            steps.extend(wander(plan, dice, person, begin, feed));
        }
    }
    steps.retain(|step| step.time <= plan.now);
    if plan.nasty {
        repeat_ids(&mut steps, dice);
        dice.shuffle(&mut steps);
    } else {
        steps.sort_by_key(|step| (step.time, step.id));
    }
    steps
}

fn feeds_of_day(plan: &Plan, dice: &mut Dice) -> &'static [Feed] {
    use Feed::{Log, Server, Tracker};
    match dice.below(8) {
        _ if !plan.nasty => &[Tracker],
        0 => &[Log],
        1 => &[Log, Log, Tracker],
        2 => &[Server, Tracker, Log],
        3 => &[Server],
        _ => &[Tracker],
    }
}

/// One person on one day, perhaps on into the next.
fn wander(plan: &Plan, dice: &mut Dice, person: u64, begin: UnixMillis, feed: Feed) -> Vec<Step> {
    let mut now = begin;
    let mut steps = Vec::new();
    let mut step = Step {
        id: 0,
        time: begin,
        person,
        feed,
        deed: Deed::View,
        page: page(plan, dice),
        host: uneven(dice, HOSTS.len()),
        origin: uneven(dice, ORIGINS.len()),
        agent: uneven(dice, AGENTS.len()),
        place: uneven(dice, PLACES.len()),
        screen: uneven(dice, SCREENS.len()),
        language: uneven(dice, LANGUAGES.len()),
        props: Vec::new(),
    };
    for _ in 0..dice.between(1, 12) {
        step.deed = deed(plan, dice, steps.is_empty(), feed);
        if matches!(step.deed, Deed::View) && !steps.is_empty() || plan.nasty && dice.chance(10) {
            step.page = page(plan, dice);
        }
        if plan.nasty && dice.chance(10) {
            step.host = uneven(dice, HOSTS.len());
            step.screen = uneven(dice, SCREENS.len());
        }
        if !steps.is_empty() {
            step.origin = if dice.chance(85) { 0 } else { uneven(dice, ORIGINS.len()) };
        }
        step.props = props(dice, feed, step.deed);
        step.time = now;
        // As in UUIDv7, the time comes first; the rest decides between hits of the same millisecond.
        step.id = (now.0.unsigned_abs() as u128) << 80 | u128::from(dice.bits());
        steps.push(step.clone());
        now = now.plus(pause(plan, dice));
    }
    steps
}

fn page(plan: &Plan, dice: &mut Dice) -> Page {
    if plan.nasty && dice.chance(15) {
        let (shown, sent) = *dice.pick(ODD_PAGES);
        return Page { shown, sent };
    }
    let page = *dice.pick_uneven(PAGES);
    Page { shown: page, sent: page }
}

fn deed(plan: &Plan, dice: &mut Dice, is_first: bool, feed: Feed) -> Deed {
    let usual = is_first && !plan.nasty;
    match dice.below(100) {
        _ if usual || feed == Feed::Log => Deed::View,
        0..60 => Deed::View,
        60..75 => {
            let (name, interactive) = *dice.pick_uneven(EVENTS);
            Deed::Event { name, interactive }
        }
        _ => engagement(plan, dice),
    }
}

/// Engagement states a time, a depth, or both; never neither.
fn engagement(plan: &Plan, dice: &mut Dice) -> Deed {
    let engaged_ms = if plan.nasty && dice.chance(10) { 0 } else { u32::try_from(dice.below(90_000)).expect("a minute and a half") };
    let scroll_depth = u8::try_from(dice.below(101)).expect("a percentage");
    let which = if plan.nasty { dice.below(4) } else { 3 };
    Deed::Engagement { engaged_ms: (which != 0).then_some(engaged_ms), scroll_depth: (which != 1).then_some(scroll_depth) }
}

fn props(dice: &mut Dice, feed: Feed, deed: Deed) -> Vec<(&'static str, &'static str)> {
    let likely = if matches!(deed, Deed::Event { .. }) { 70 } else { 15 };
    let mut props = Vec::new();
    while feed != Feed::Log && props.len() < 4 && dice.chance(likely) {
        let (name, values) = *dice.pick_uneven(PROPERTIES);
        props.push((name, *dice.pick(values)));
    }
    props
}

/// Milliseconds until the next thing is done.
fn pause(plan: &Plan, dice: &mut Dice) -> i64 {
    const HALF_HOUR: i64 = 30 * MINUTE;
    match dice.below(100) {
        0..30 if plan.nasty => *dice.pick(&[0, 0, 1, HALF_HOUR - 1, HALF_HOUR, HALF_HOUR + 1, HALF_HOUR + SECOND, 20 * MINUTE]),
        0..90 => dice.between(3 * SECOND, 4 * MINUTE),
        90..97 => dice.between(4 * MINUTE, 40 * MINUTE),
        _ => dice.between(40 * MINUTE, 300 * MINUTE),
    }
}

/// Sends some hits again: the same, at another time, or under the name of somebody else.
fn repeat_ids(steps: &mut Vec<Step>, dice: &mut Dice) {
    // Two different hits of one id and one time would have no order: such a pair is never made.
    let mut known: BTreeSet<(u128, UnixMillis)> = steps.iter().map(|step| (step.id, step.time)).collect();
    for at in 0..steps.len() {
        if !dice.chance(8) {
            continue;
        }
        let mut again = steps[at].clone();
        match dice.below(4) {
            0 => again.person = dice.bits(),
            1 => {
                again.time = again.time.plus(dice.between(-40 * MINUTE, 0));
                again.page = Page { shown: "/again", sent: "/again" };
                if !known.insert((again.id, again.time)) {
                    continue;
                }
            }
            _ => {}
        }
        steps.push(again);
    }
}

fn uneven(dice: &mut Dice, length: usize) -> usize {
    let places: Vec<usize> = (0..length).collect();
    *dice.pick_uneven(&places)
}
