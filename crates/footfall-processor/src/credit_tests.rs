use super::*;
use proptest::prelude::*;

const HOUR_MS: i64 = 3_600_000;
const LOOK_MS: i64 = 1_000;

fn name(site: u64) -> DayName {
    (SiteId(site), LocalDate(20_000))
}

/// A site of the simulation: a hit every so many milliseconds, and what a write of so many hits takes.
#[derive(Clone, Debug)]
struct Traffic {
    every_ms: i64,
    base_units: u64,
    /// A unit more for each so many hits, less and less: values repeat.
    hits_a_unit: u64,
    quiet_from_ms: i64,
}

impl Traffic {
    fn hits(&self, at: i64) -> u64 {
        u64::try_from(at.min(self.quiet_from_ms) / self.every_ms).expect("time goes on")
    }

    fn cost(&self, hits: u64) -> u64 {
        self.base_units + (hits / self.hits_a_unit).isqrt()
    }
}

/// What a run of the rule came to.
#[derive(Default, Debug)]
struct Outcome {
    hits: u64,
    /// What the house had beside its hits, in units.
    of_the_house: u64,
    units: u64,
    forced: u64,
    debt: u64,
    /// A quarter of an hour's income at the end, in hits.
    income: u64,
    longest_patience_ms: i64,
    oldest_ms: i64,
    totals_oldest_ms: i64,
}

impl Outcome {
    /// Whether no more than a unit was spent for 20 hits, and what the house has of itself.
    fn is_paid_for(&self) -> bool {
        self.units * HITS_PER_UNIT <= self.hits + self.of_the_house * HITS_PER_UNIT
    }
}

/// Looks once a second and writes whatever is due, one after the other, each taking `write_ms`.
fn run(sites: &[Traffic], length_ms: i64, write_ms: i64) -> Outcome {
    let mut ledger = Ledger::default();
    let mut out = Outcome::default();
    let (mut written, mut totals_written) = (vec![0_u64; sites.len()], vec![0_u64; sites.len()]);
    let mut changed: Vec<Option<i64>> = vec![None; sites.len()];
    let mut totals_changed: Vec<Option<i64>> = vec![None; sites.len()];
    let mut last_look = 0;
    let mut now = 0;
    while now < length_ms {
        for (at, site) in sites.iter().enumerate() {
            let (name, hits) = (name(at as u64), site.hits(now));
            if hits > written[at] {
                changed[at] = changed[at].or(Some(now));
            }
            if hits > totals_written[at] {
                totals_changed[at] = totals_changed[at].or(Some(now));
            }
            ledger.open(name, 0, UnixMillis(now));
            ledger.look(name, hits, UnixMillis(last_look));
        }
        last_look = now;
        let due = ledger.due(UnixMillis(now));
        out.longest_patience_ms = out.longest_patience_ms.max(ledger.patience());
        for (name, due) in due {
            let at = usize::try_from(name.0.0).expect("few sites");
            let (hits, as_of) = (sites[at].hits(now), now);
            let units = sites[at].cost(hits);
            match due {
                Due::Whole { at_most: Some(most) } if units > most => {
                    ledger.too_dear(name, units);
                    continue;
                }
                Due::Whole { at_most } => {
                    out.forced += u64::from(at_most.is_none());
                    now += write_ms;
                    ledger.wrote(name, units, hits, UnixMillis(as_of));
                    out.units += units;
                    (written[at], changed[at]) = (hits, None);
                    (totals_written[at], totals_changed[at]) = (hits, None);
                }
                Due::Totals => {
                    ledger.wrote_totals(name, 2, hits, UnixMillis(now));
                    out.units += 2;
                    (totals_written[at], totals_changed[at]) = (hits, None);
                }
            }
            let earned: u64 = sites.iter().map(|site| site.hits(last_look)).sum();
            let of_the_house = u64::try_from(now).expect("time goes on") * HOUSE_UNITS_PER_SECOND / 1_000;
            assert!(out.units * HITS_PER_UNIT <= earned + of_the_house * HITS_PER_UNIT + ledger.debt, "what was not earned is a debt");
        }
        let oldest = |all: &[Option<i64>]| all.iter().flatten().map(|since| now - since).max().unwrap_or(0);
        out.oldest_ms = out.oldest_ms.max(oldest(&changed));
        out.totals_oldest_ms = out.totals_oldest_ms.max(oldest(&totals_changed));
        now += LOOK_MS;
    }
    out.hits = sites.iter().map(|site| site.hits(last_look)).sum();
    out.of_the_house = u64::try_from(now).expect("time goes on") * HOUSE_UNITS_PER_SECOND / 1_000;
    (out.debt, out.income) = (ledger.debt, ledger.income);
    out
}

/// Sites of which most earn what they take, and sites that take far more.
fn traffic() -> impl Strategy<Value = Traffic> {
    (20_i64..600_000, prop_oneof![1_u64..60, 500_u64..5_000], 1_u64..400, HOUR_MS / 4..8 * HOUR_MS)
        .prop_map(|(every_ms, base_units, hits_a_unit, quiet_from_ms)| Traffic { every_ms, base_units, hits_a_unit, quiet_from_ms })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn totals_are_never_older_than_a_quarter_of_an_hour_and_tables_not_where_the_house_can_pay(
        sites in prop::collection::vec(traffic(), 1..12),
        write_ms in 0_i64..1_500,
    ) {
        let out = run(&sites, 6 * HOUR_MS, write_ms);
        prop_assert!(out.totals_oldest_ms <= LATEST_MS, "{out:?}");
        prop_assert!(out.oldest_ms <= out.longest_patience_ms && out.longest_patience_ms <= LONGEST_MS, "{out:?}");
    }

    #[test]
    fn a_unit_is_spent_for_twenty_hits_unless_an_hour_forces_more(sites in prop::collection::vec(traffic(), 1..12)) {
        let out = run(&sites, 6 * HOUR_MS, 5);
        let owed_at_most = out.income + HOUSE_UNITS_PER_SECOND * HITS_PER_UNIT * 900;
        let earned = out.hits + out.of_the_house * HITS_PER_UNIT;
        prop_assert!(out.longest_patience_ms == LONGEST_MS || out.units * HITS_PER_UNIT <= earned + owed_at_most, "{out:?}");
        prop_assert!(out.forced > 0 || out.units * HITS_PER_UNIT <= out.hits, "{out:?}");
    }
}

/// A site that takes far more than it earns.
fn dear() -> Traffic {
    Traffic { every_ms: 30_000, base_units: 200, hits_a_unit: 50, quiet_from_ms: i64::MAX }
}

fn busy() -> Traffic {
    Traffic { every_ms: 5, base_units: 40, hits_a_unit: 400, quiet_from_ms: i64::MAX }
}

#[test]
fn what_small_sites_are_forced_to_take_busy_ones_pay_off() {
    let out = run(&[vec![dear(); 20], vec![busy()]].concat(), 12 * HOUR_MS, 5);
    let forced_units = out.forced * 200;
    assert!(forced_units > out.of_the_house, "more than the house has of itself: {out:?}");
    assert!(out.is_paid_for(), "{out:?}");
    assert!(out.oldest_ms < 20 * 60_000, "{out:?}");
}

#[test]
fn where_very_many_small_sites_change_tables_wait_longer_and_totals_do_not() {
    let out = run(&[vec![dear(); 60], vec![busy()]].concat(), 12 * HOUR_MS, 5);
    assert!(out.is_paid_for() || out.debt <= out.income, "{out:?}");
    assert!(out.oldest_ms > 20 * 60_000 && out.oldest_ms <= LONGEST_MS, "{out:?}");
    assert!(out.totals_oldest_ms <= LATEST_MS, "{out:?}");
}

#[test]
fn a_small_house_is_fresh_without_earning_it() {
    let small = Traffic { every_ms: 60_000, base_units: 6, hits_a_unit: 100, quiet_from_ms: i64::MAX };
    let out = run(&[small], 12 * HOUR_MS, 5);
    assert!(out.units * HITS_PER_UNIT > out.hits && out.oldest_ms <= LATEST_MS, "{out:?}");
}

#[test]
fn totals_of_a_busy_site_are_seconds_old() {
    let busy = Traffic { every_ms: 20, base_units: 200, hits_a_unit: 50, quiet_from_ms: i64::MAX };
    let out = run(&[busy], 2 * HOUR_MS, 5);
    assert!(out.totals_oldest_ms <= 2 * TOTALS_EVERY_MS, "{out:?}");
    assert!(out.oldest_ms > 60_000, "its tables take longer: {out:?}");
}

#[test]
fn a_quiet_day_is_not_written_again() {
    let mut ledger = Ledger::default();
    ledger.open(name(1), 0, UnixMillis(0));
    ledger.look(name(1), 1_000, UnixMillis(0));
    assert_eq!(ledger.due(UnixMillis(1)), [(name(1), Due::Whole { at_most: Some(22) })]);
    ledger.wrote(name(1), 3, 1_000, UnixMillis(1));
    assert!(ledger.due(UnixMillis(LATEST_MS * 100)).is_empty());
    assert_eq!(ledger.lacks_since(), None);
}

#[test]
fn hits_of_an_earlier_life_earn_nothing_again_and_are_written_in_time() {
    let mut ledger = Ledger::default();
    ledger.open(name(1), 50_000, UnixMillis(7));
    ledger.look(name(1), 50_000, UnixMillis(7));
    assert!(ledger.due(UnixMillis(60_000)).is_empty());
    assert_eq!(ledger.lacks_since(), Some(UnixMillis(7)));
    assert_eq!(ledger.due(UnixMillis(LATEST_MS)), [(name(1), Due::Whole { at_most: None })]);
}

#[test]
fn what_a_day_leaves_over_pays_off_debts() {
    let mut ledger = Ledger::default();
    ledger.open(name(1), 0, UnixMillis(0));
    ledger.open(name(2), 0, UnixMillis(0));
    ledger.look(name(2), 1_000, UnixMillis(0));
    ledger.wrote(name(1), 10, 1, UnixMillis(0));
    assert_eq!(ledger.debt, 10 * PRICE_HITS);
    ledger.close(name(2), 20);
    assert_eq!(ledger.debt, 0);
}
