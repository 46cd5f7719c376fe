//! A day of all sites under the credit rule, second by second.

use crate::growth::Growth;
use crate::traffic::DATE;
use footfall_domain::{LocalDate, SiteId, UnixMillis};
use footfall_processor::credit::{Due, Ledger};

const DAY_S: i64 = 86_400;
/// How often the engine looks round.
const LOOK_S: i64 = 1;
/// How often a reader looks.
const READ_S: i64 = 10;

/// How often something was written, and for how many write units.
#[derive(Clone, Copy, Default)]
pub struct Written {
    pub times: u64,
    pub units: u64,
}

impl Written {
    fn add(&mut self, units: u64) {
        self.times += 1;
        self.units += units;
    }
}

/// What a day came to.
#[derive(Default)]
pub struct Lived {
    pub hits: u64,
    /// Open days, because their hits had earned it.
    pub earned: Written,
    /// Open days, because their changes had waited long enough.
    pub forced: Written,
    /// Totals of open days.
    pub totals: Written,
    /// Days that ended.
    pub settled: Written,
    /// Seconds of one core for laying out.
    pub laying_out: f64,
    pub groups: Vec<Group>,
}

impl Lived {
    pub fn all(&self) -> Written {
        let kinds = [self.earned, self.forced, self.totals, self.settled];
        Written { times: kinds.iter().map(|kind| kind.times).sum(), units: kinds.iter().map(|kind| kind.units).sum() }
    }
}

/// Sites of similar size, by rank.
pub struct Group {
    pub first: usize,
    pub last: usize,
    pub hits: u64,
    pub units: u64,
    pub tables: Ages,
    pub totals: Ages,
}

/// How often a reader met each age, by seconds.
#[derive(Default)]
pub struct Ages(Vec<u64>);

impl Ages {
    fn add(&mut self, seconds: i64) {
        let at = usize::try_from(seconds).unwrap_or(0);
        if self.0.len() <= at {
            self.0.resize(at + 1, 0);
        }
        self.0[at] += 1;
    }

    /// The age that `part` of all reads did not exceed.
    pub fn quantile(&self, part: f64) -> usize {
        let all: u64 = self.0.iter().sum();
        let mut seen = 0;
        let reaches = |n: &u64| {
            seen += n;
            seen as f64 >= all as f64 * part
        };
        self.0.iter().position(reaches).unwrap_or(0)
    }

    pub fn longest(&self) -> usize {
        self.0.len().saturating_sub(1)
    }
}

/// What the world knows of a site.
struct Site {
    of_day: u64,
    now: u64,
    units: u64,
    /// When the first hit came that readers of its tables, or of its totals, do not see.
    tables: Option<i64>,
    totals: Option<i64>,
}

struct House<'a> {
    growth: &'a Growth,
    ledger: Ledger,
    sites: Vec<Site>,
    lived: Lived,
    day: i32,
}

/// Lives two days of sites with so many hits each, and tells of the second: it begins with what the first has left to pay.
pub fn live(hits: &[u64], growth: &Growth) -> Lived {
    let sites = hits.iter().map(|hits| Site { of_day: *hits, now: 0, units: 0, tables: None, totals: None }).collect();
    let mut house = House { growth, ledger: Ledger::default(), sites, lived: Lived::default(), day: 0 };
    house.live_day(&mut []);
    house.begin_second_day();
    let mut groups: Vec<Group> = groups(hits.len());
    house.live_day(&mut groups);
    for group in &mut groups {
        let sites = &house.sites[group.first - 1..group.last];
        group.hits = sites.iter().map(|site| site.now).sum();
        group.units = sites.iter().map(|site| site.units).sum();
    }
    Lived { groups, ..house.lived }
}

/// The ten largest, the ninety after them, and so on.
fn groups(sites: usize) -> Vec<Group> {
    let (mut groups, mut first) = (Vec::new(), 1);
    while first <= sites {
        let last = if first == 1 { 10 } else { (first - 1) * 10 }.min(sites);
        groups.push(Group { first, last, hits: 0, units: 0, tables: Ages::default(), totals: Ages::default() });
        first = last + 1;
    }
    groups
}

impl House<'_> {
    fn live_day(&mut self, readers: &mut [Group]) {
        for second in (0..DAY_S).step_by(LOOK_S as usize) {
            self.receive(second);
            self.write_what_is_due(second);
            if second % READ_S == READ_S / 2 {
                for group in &mut *readers {
                    for site in &self.sites[group.first - 1..group.last] {
                        group.tables.add(site.tables.map_or(0, |since| second - since));
                        group.totals.add(site.totals.map_or(0, |since| second - since));
                    }
                }
            }
        }
        self.receive(DAY_S);
        self.settle();
    }

    /// The ledger goes on; what was counted of the first day is forgotten.
    fn begin_second_day(&mut self) {
        (self.day, self.lived) = (1, Lived::default());
        for site in &mut self.sites {
            *site = Site { of_day: site.of_day, now: 0, units: 0, tables: None, totals: None };
        }
    }

    fn name(&self, at: usize) -> (SiteId, LocalDate) {
        (SiteId(at as u64), DATE.plus(self.day))
    }

    fn millis(&self, second: i64) -> UnixMillis {
        UnixMillis((i64::from(self.day) * DAY_S + second) * 1_000)
    }

    fn receive(&mut self, second: i64) {
        let (part, at_second, last_look) = (part_of_day(second), self.millis(second), self.millis(second - LOOK_S));
        for at in 0..self.sites.len() {
            let name = self.name(at);
            let site = &mut self.sites[at];
            let now = (site.of_day as f64 * part) as u64;
            if now > site.now {
                site.now = now;
                // The first of them may have come right after the last look.
                site.tables = site.tables.or(Some(second - LOOK_S));
                site.totals = site.totals.or(Some(second - LOOK_S));
                self.ledger.open(name, 0, at_second);
                self.ledger.look(name, now, last_look);
            }
        }
    }

    fn write_what_is_due(&mut self, second: i64) {
        let now = self.millis(second);
        for (name, due) in self.ledger.due(now) {
            let site = &mut self.sites[name.0.0 as usize];
            match due {
                Due::Whole { at_most } => {
                    let units = self.growth.units(site.now);
                    self.lived.laying_out += self.growth.laying_out(site.now);
                    if at_most.is_some_and(|most| units > most) {
                        self.ledger.too_dear(name, units);
                        continue;
                    }
                    self.ledger.wrote(name, units, site.now, now);
                    if at_most.is_some() { &mut self.lived.earned } else { &mut self.lived.forced }.add(units);
                    site.units += units;
                    (site.tables, site.totals) = (None, None);
                }
                Due::Totals => {
                    let units = self.growth.totals_units(site.now);
                    self.ledger.wrote_totals(name, units, site.now, now);
                    self.lived.totals.add(units);
                    site.units += units;
                    site.totals = None;
                }
            }
        }
    }

    fn settle(&mut self) {
        for at in 0..self.sites.len() {
            let name = self.name(at);
            let site = &mut self.sites[at];
            let units = self.growth.closed_units(site.now);
            self.ledger.close(name, units);
            self.lived.settled.add(units);
            self.lived.laying_out += self.growth.laying_out(site.now);
            site.units += units;
            self.lived.hits += site.now;
        }
    }
}

/// How much of a day's hits are there after so many seconds: at five in the morning they come at 0.4 times the mean, at
/// five in the afternoon at 1.6 times.
fn part_of_day(second: i64) -> f64 {
    let day = second as f64 / DAY_S as f64;
    let turn = |day: f64| ((day - 5.0 / 24.0) * std::f64::consts::TAU).sin();
    day - 0.6 / std::f64::consts::TAU * (turn(day) - turn(0.0))
}
