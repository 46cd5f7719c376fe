//! What a billion hits a day over 10,000 sites cost to write to DynamoDB, and how fresh each size of site is.
//!
//! Days of several sizes are folded from generated hits and laid out as the store writes them, hour by hour: that gives the
//! write units of a write, as AWS bills. Then a day of all sites is lived second by second under the engine's own credit
//! rule, with a clock that is only counted.

mod house;
mod sizes;
mod traffic;

use house::{Group, Lived};
use std::time::Instant;

const SITES: usize = 10_000;
const HITS: f64 = 1e9;
/// A million write units on demand, in dollars (us-east-1, standard table): an assumption, to be replaced by one's own.
const DOLLARS_PER_MILLION: f64 = 0.625;

fn main() {
    let started = Instant::now();
    let sizes = sizes::measure();
    println!("### writes: a day of so many hits at one site, folded and laid out\n");
    println!("| hits | visitors | values of all tables | units of a write at noon | at the end of the day | of its totals |");
    println!("|---|---|---|---|---|---|");
    for size in &sizes {
        println!(
            "| {} | {} | {} | {} | {} | {} |",
            grouped(size.hits as u64),
            grouped(size.visitors),
            grouped(size.rows),
            grouped(size.units_at(0.5).round() as u64),
            grouped(size.units_at(1.0).round() as u64),
            size.totals_units
        );
    }
    let lived = house::live(&zipf(SITES, HITS), &sizes);
    print_bill(&lived);
    print_freshness(&lived.groups);
    eprintln!("took {:.0} s", started.elapsed().as_secs_f64());
    assert!(lived.units() * 20 <= lived.hits, "more than one unit for 20 hits");
}

/// Hits of each site: the nth has an nth of the first's.
fn zipf(sites: usize, hits: f64) -> Vec<f64> {
    let sum: f64 = (1..=sites).map(|rank| 1.0 / rank as f64).sum();
    (1..=sites).map(|rank| hits / (rank as f64 * sum)).collect()
}

fn print_bill(lived: &Lived) {
    println!("\n### writes: {} hits in a day over {} sites (Zipf)\n", grouped(lived.hits), grouped(SITES as u64));
    println!("| written | times | units | hits a unit | dollars a day |\n|---|---|---|---|---|");
    let kinds = [
        ("open days, earned by their hits", lived.earned),
        ("open days, because a quarter of an hour had passed", lived.forced),
        ("totals of open days", lived.totals),
        ("days that ended", lived.settled),
    ];
    let row = |name: &str, times: u64, units: u64| {
        let dollars = units as f64 / 1e6 * DOLLARS_PER_MILLION;
        let hits = lived.hits as f64 / units.max(1) as f64;
        println!("| {name} | {} | {} | {hits:.1} | {dollars:.2} |", grouped(times), grouped(units));
    };
    for (name, (times, units)) in kinds {
        row(name, times, units);
    }
    row("**all**", kinds.iter().map(|(_, (times, _))| times).sum(), lived.units());
}

fn print_freshness(groups: &[Group]) {
    println!("\n### writes: how old what a reader elsewhere sees is, in seconds, over the day\n");
    println!("| sites, by rank | hits a day, each | tables p50 | p99 | longest | totals p50 | p99 | longest |");
    println!("|---|---|---|---|---|---|---|---|");
    for group in groups {
        let (tables, totals) = (&group.tables, &group.totals);
        println!(
            "| {}–{} | {}–{} | {} | {} | {} | {} | {} | {} |",
            grouped(group.first as u64),
            grouped(group.last as u64),
            grouped(group.least as u64),
            grouped(group.most as u64),
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
