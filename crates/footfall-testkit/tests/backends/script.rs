//! The story told over every store: what happens, in which order. Chosen by a seed, before anything is known of a store.

use crate::house::number;
use footfall_domain::{Feed, Hit, HitId, LocalDate, UnixMillis, VisitorId};
use footfall_testkit::Dice;
use footfall_testkit::traffic::{Plan, raw_hits};
use footfall_testkit::when::date;
use std::ops::RangeInclusive;

/// One thing that happens.
pub enum Step {
    /// Hits arrive: live ones, late ones, or those of an import.
    Hits(Vec<Hit>),
    /// The process ends and begins again.
    Restart,
    /// Somebody asks for a site's last three days up to this one.
    Report(usize, LocalDate),
    /// Open days that are due are written, as a store that charges for writes has it by itself.
    Flush,
    /// Other numbers answer for days of a site.
    Activate(usize, RangeInclusive<LocalDate>),
    /// The numbers before that do again.
    Undo(usize),
    /// So many milliseconds pass without a hit.
    Pass(i64),
}

pub struct Script {
    pub plans: Vec<Plan>,
    pub steps: Vec<Step>,
    /// All hits of all steps.
    pub hits: Vec<Hit>,
    /// When it begins.
    pub begin: UnixMillis,
}

const RESTARTS: usize = 3;
const MANY_PAGES: usize = 2_600;
/// An access log of a day long past, for the first site.
const IMPORTED: &str = "2025-12-24";

impl Script {
    pub fn of_seed(seed: u64) -> Self {
        let mut dice = Dice::of_seed(seed);
        let plans = plans();
        let live = arriving(&plans, seed, &mut dice);
        let begin = live.iter().map(|hit| hit.time).min().expect("hits");
        let mut steps = told(&live, &mut dice);
        let import = imported(&plans[0], &live);
        let third = steps.len() / 3;
        let closed = date("2026-06-07")..=date("2026-06-08");
        // From the back: a step put in moves those behind it.
        steps.insert(third * 2 + third / 2, Step::Undo(0));
        steps.insert(third * 2 + third / 4, Step::Hits(late(&live, date("2026-06-08"))));
        steps.insert(third * 2, Step::Activate(0, closed.clone()));
        steps.insert(third * 2 - 1, Step::Activate(1, closed));
        steps.insert(third, Step::Hits(import.clone()));
        let hits = live.iter().chain(&import).chain(&late(&live, date("2026-06-08"))).cloned().collect();
        Self { plans, steps, hits, begin }
    }
}

/// An ordinary site, and two where dates are odd, in the same week.
fn plans() -> Vec<Plan> {
    let moving = Plan::moving();
    let in_zone = |name, like: Plan, nasty| {
        let zones = like.zones;
        let days = (0..7).map(|n| date("2026-06-06").plus(n)).collect();
        Plan { name, zones, days, now: moving.now, people_a_day: 25, nasty }
    };
    let nasty = Plan::all_nasty();
    let lord_howe = nasty.iter().find(|plan| plan.name.contains("Lord Howe")).expect("a plan").clone();
    vec![in_zone("Berlin", Plan::ordinary(), false), in_zone("Lord Howe", lord_howe, true), Plan { people_a_day: 30, ..moving.clone() }]
}

/// Hits of all sites in the order in which they arrive: mostly that of time; some come much later.
fn arriving(plans: &[Plan], seed: u64, dice: &mut Dice) -> Vec<Hit> {
    let of_site = |(n, plan): (usize, &Plan)| {
        let mut hits = raw_hits(plan, seed + n as u64);
        hits.iter_mut().for_each(|hit| hit.site = number(n));
        hits
    };
    let mut hits: Vec<Hit> = plans.iter().enumerate().flat_map(of_site).collect();
    hits.extend(many_pages(&hits, date("2026-06-09")));
    hits.sort_by_key(|hit| (hit.time, hit.id));
    let count = hits.len() as u64;
    for _ in 0..count / 10 {
        let place = |dice: &mut Dice| usize::try_from(dice.below(count)).expect("a place in a list");
        let (a, b) = (place(dice), place(dice));
        hits.swap(a, b);
    }
    hits
}

/// More pages of the first site on a day than fit a head, so that the day has tails, in pieces.
pub fn many_pages(hits: &[Hit], day: LocalDate) -> Vec<Hit> {
    let one = hits.iter().find(|hit| hit.site == number(0) && hit.date == day && hit.name == "pageview").expect("a page view");
    let view = |n: usize| Hit {
        id: HitId(u128::MAX - n as u128),
        visitor: VisitorId((n as u64 / 3 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)),
        url: format!("https://example.org/articles/{}/a-title-of-some-length-{n:05}", n % 17),
        ..one.clone()
    };
    (0..MANY_PAGES).map(view).collect()
}

fn told(hits: &[Hit], dice: &mut Dice) -> Vec<Step> {
    let (mut steps, mut rest, mut restarts) = (Vec::new(), hits, 0);
    while !rest.is_empty() {
        let size = usize::try_from(dice.between(1, 160)).expect("a small number").min(rest.len());
        let (batch, after) = rest.split_at(size);
        rest = after;
        steps.push(Step::Hits(batch.to_vec()));
        match dice.below(8) {
            0 if restarts < RESTARTS => {
                restarts += 1;
                steps.push(Step::Restart);
            }
            1 | 2 => steps.push(Step::Report((batch[0].site.0 - 1) as usize, batch[0].date)),
            3 | 4 => steps.push(Step::Flush),
            5 => steps.push(Step::Pass(dice.between(1, 40 * 60_000))),
            _ => {}
        }
    }
    steps
}

/// The first day of the first site once more, as its access log half a year earlier says; and a few lines of a closed day
/// that has live hits: they are nobody's visits.
fn imported(plan: &Plan, live: &[Hit]) -> Vec<Hit> {
    let first = plan.days[0];
    let (calendar, days) = (plan.calendar(), i64::from(first.0 - date(IMPORTED).0));
    let of_first: Vec<&Hit> = live.iter().filter(|hit| hit.site == number(0) && hit.date == first && hit.name == "pageview").collect();
    let of_log = |hit: &Hit, time: UnixMillis| {
        let moment = calendar.moment(time);
        let (date, offset_seconds, id) = (moment.date, moment.offset_seconds, HitId(hit.id.0 ^ u128::from(time.0.unsigned_abs())));
        Hit { id, time, date, offset_seconds, feed: Feed::Log, screen_width: None, ..hit.clone() }
    };
    let long_ago = of_first.iter().map(|hit| of_log(hit, hit.time.plus(-days * 86_400_000)));
    let other_feed = of_first.iter().take(5).map(|hit| of_log(hit, hit.time));
    long_ago.chain(other_feed).collect()
}

/// A few visitors of the first site whose hits of a day arrive after it has closed.
fn late(live: &[Hit], day: LocalDate) -> Vec<Hit> {
    let of_day = live.iter().filter(|hit| hit.site == number(0) && hit.date == day && hit.visitor.0.is_multiple_of(3));
    of_day.map(|hit| Hit { id: HitId(hit.id.0 ^ 0xF00D), visitor: VisitorId(hit.visitor.0.rotate_left(9)), ..hit.clone() }).collect()
}
