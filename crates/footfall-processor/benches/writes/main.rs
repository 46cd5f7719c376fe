//! What a billion hits a day over 10,000 sites cost to write to DynamoDB, and how fresh each size of site is
//! (`docs/scale.md`).
//!
//! Days of generated hits are folded and laid out as the store writes them, from a hundred hits to the whole day of the
//! largest site: that gives the write units of a write, as AWS bills. Then a day of all sites is lived second by second
//! under the engine's own credit rule, with a clock that is only counted.

mod growth;
mod house;
mod traffic;

use growth::Growth;
use house::{Lived, Written};
use std::time::Instant;

const SITES: usize = 10_000;
const HITS: f64 = 1e9;
/// A million write units on demand, in dollars (us-east-1, standard table, as of November 2024): an assumption.
const DOLLARS_PER_MILLION: f64 = 0.625;
const DAYS_A_MONTH: f64 = 30.0;

fn main() {
    let started = Instant::now();
    let growth = Growth::measure();
    eprintln!("folded in {:.0} s", started.elapsed().as_secs_f64());
    print_growth(&growth);
    let mut most = 0.0_f64;
    for exponent in [1.0, 0.8, 1.2] {
        let lived = house::live(&zipf(SITES, HITS, exponent), &growth);
        print_bill(&lived, exponent);
        print_freshness(&lived);
        most = most.max(per_twenty(lived.all(), lived.hits));
    }
    eprintln!("took {:.0} s", started.elapsed().as_secs_f64());
    assert!(most <= 1.0, "{most:.2} units for 20 hits, more than one");
}

/// Hits of each site: the nth has one in n^exponent of the first's.
fn zipf(sites: usize, hits: f64, exponent: f64) -> Vec<u64> {
    let share = |rank: usize| (rank as f64).powf(-exponent);
    let sum: f64 = (1..=sites).map(share).sum();
    (1..=sites).map(|rank| (hits * share(rank) / sum) as u64).collect()
}

fn per_twenty(written: Written, hits: u64) -> f64 {
    written.units as f64 * 20.0 / hits as f64
}

fn print_growth(growth: &Growth) {
    println!("### writes: an open day that has so many hits\n");
    println!("| hits | pages | values in all tables | units of a write | when it has closed | of its totals | laid out in ms |");
    println!("|---|---|---|---|---|---|---|");
    for point in growth.0.iter().step_by(2) {
        println!(
            "| {} | {} | {} | {} | {} | {} | {:.1} |",
            grouped(point.hits),
            grouped(point.pages),
            grouped(point.rows),
            grouped(point.units),
            grouped(point.closed_units),
            point.totals_units,
            point.laying_out.as_secs_f64() * 1e3
        );
    }
}

fn print_bill(lived: &Lived, exponent: f64) {
    println!("\n### writes: {} hits in a day over {} sites (Zipf, exponent {exponent})\n", grouped(lived.hits), grouped(SITES as u64));
    println!("| written | times | units | units per 20 hits | dollars a month |\n|---|---|---|---|---|");
    let kinds = [
        ("open days, earned by their hits", lived.earned),
        ("open days, because their changes had waited long enough", lived.forced),
        ("totals of open days", lived.totals),
        ("days that ended", lived.settled),
        ("**all**", lived.all()),
    ];
    for (name, written) in kinds {
        let dollars = written.units as f64 / 1e6 * DOLLARS_PER_MILLION * DAYS_A_MONTH;
        let (times, units) = (grouped(written.times), grouped(written.units));
        println!("| {name} | {times} | {units} | {:.3} | {dollars:.0} |", per_twenty(written, lived.hits));
    }
    println!("\nLaying the days out took {:.0} seconds of one core, of the 86,400 of the day.", lived.laying_out);
}

fn print_freshness(lived: &Lived) {
    println!("\n### writes: how old what a reader of the store sees is, in seconds, over the day\n");
    println!("| sites, by rank | hits a day, each | units per 20 hits | tables p50 | p99 | longest | totals p50 | p99 | longest |");
    println!("|---|---|---|---|---|---|---|---|---|");
    for group in &lived.groups {
        let (tables, totals) = (&group.tables, &group.totals);
        println!(
            "| {} to {} | {} | {:.2} | {} | {} | {} | {} | {} | {} |",
            grouped(group.first as u64),
            grouped(group.last as u64),
            grouped(group.hits / (group.last - group.first + 1) as u64),
            group.units as f64 * 20.0 / group.hits as f64,
            tables.quantile(0.5),
            tables.quantile(0.99),
            tables.longest(),
            totals.quantile(0.5),
            totals.quantile(0.99),
            totals.longest(),
        );
    }
    println!();
}

/// `1,234,567`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
