//! The query answers as the recount does: numbers, rows and their order; from rollups and by folding hits (law 8).
//!
//! The recount is written from the definitions alone. Where the two differ, the definitions say who is right.

mod real_log;
mod told;

use footfall_testkit::questions::{about_goals, panels, questions};
use footfall_testkit::traffic::{Plan, raw_hits};
use std::sync::atomic::{AtomicU64, Ordering};
use told::Told;

#[test]
fn about_ordinary_traffic() {
    let plan = Plan::ordinary();
    Told::of(&plan, 1, 3).agree(|ground| questions(1, 150, ground));
}

#[test]
fn about_nasty_traffic() {
    for (seed, plan) in (1..).zip(Plan::all_nasty()) {
        Told::of(&plan, seed, 3).agree(|ground| questions(seed, 90, ground));
    }
}

#[test]
fn about_raw_hits_through_enrichment() {
    for (seed, plan) in (1..).zip([Plan::ordinary(), Plan::moving()]) {
        let told = Told::enriched(plan.name, plan.site(), plan.now, &raw_hits(&plan, seed));
        told.agree(|ground| questions(seed, 60, ground));
    }
}

#[test]
fn about_goals_money_and_segments() {
    Told::of(&Plan::ordinary(), 5, 3).agree(|ground| about_goals(5, 250, ground));
    for (seed, plan) in (6..).zip(Plan::all_nasty()) {
        Told::of(&plan, seed, 3).agree(|ground| about_goals(seed, 60, ground));
    }
    let plan = Plan::moving();
    Told::enriched(plan.name, plan.site(), plan.now, &raw_hits(&plan, 7)).agree(|ground| about_goals(7, 60, ground));
}

/// What the panels of a page ask is answered from heads, and where these prove too little from tails. Every way must have been taken.
#[test]
fn about_what_the_panels_of_a_page_show() {
    let asked = |number: &AtomicU64| number.load(Ordering::Relaxed);
    let (mut heads, mut rows, mut lookups) = (0, 0, 0);
    for (seed, head_rows) in [(1, 1), (2, 4), (3, 9), (4, 1000)] {
        for plan in [Plan::ordinary(), Plan { people_a_day: 12, ..Plan::two_years() }] {
            let told = Told::of(&plan, seed, head_rows);
            told.agree(|ground| panels(seed, 40, ground));
            heads += asked(&told.source.asked().heads);
            rows += asked(&told.source.asked().rows);
            lookups += asked(&told.source.asked().lookups);
        }
    }
    assert!(heads > 50 && rows > 50 && lookups > 50, "heads {heads}, whole tables {rows}, lookups {lookups}");
}
