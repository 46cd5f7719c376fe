//! What a site leaves out, once more and differently: hits are written out first, then judged one by one.

use footfall_domain::{DropReason, Excluded, ExclusionKind, Exclusions, Hit, LocalDate, Site};
use footfall_enrich::Enricher;
use footfall_fold::{People, Shard};
use footfall_testkit::recount::{PlainHit, Recount, Sums};
use footfall_testkit::traffic::{Plan, raw_hits};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Each with the share of days it holds on: all, the first half, the second half.
const RULES: [(ExclusionKind, &str, Days); 6] = [
    (ExclusionKind::Path, "*e*", Days::Early),
    (ExclusionKind::Path, "/", Days::Late),
    (ExclusionKind::Hostname, "(none)", Days::All),
    (ExclusionKind::OnlyHostname, "*example*", Days::Late),
    (ExclusionKind::Country, "DE", Days::All),
    (ExclusionKind::Address, "192.0.2.7", Days::All),
];

#[derive(Clone, Copy, PartialEq)]
enum Days {
    All,
    Early,
    Late,
}

#[test]
fn a_day_with_rules_is_the_day_without_the_hits_they_name() {
    let mut reasons = BTreeSet::new();
    for (number, plan) in Plan::all_nasty().iter().enumerate() {
        for seed in 0..3 {
            check(plan, seed * 10 + number as u64, &mut reasons);
        }
    }
    assert_eq!(reasons.len(), 4, "each reason was met: {reasons:?}");
}

fn check(plan: &Plan, seed: u64, reasons: &mut BTreeSet<DropReason>) {
    let mut hits = raw_hits(plan, seed);
    hits.iter_mut().for_each(|hit| hit.address_rules = vec![(hit.id.0 % 60) as u32]);
    let (first, last) = (hits.iter().map(|hit| hit.date).min().expect("hits"), hits.iter().map(|hit| hit.date).max().expect("hits"));
    let middle = LocalDate((first.0 + last.0) / 2);
    let with_rules = Site { rules: footfall_domain::SiteRules { exclusions: rules(first, middle), ..Default::default() }, ..plan.site() };
    let (enricher, calendar) = (Enricher::new(), plan.calendar());
    for date in first.through(last) {
        let of_day: Vec<&Hit> = hits.iter().filter(|hit| hit.date == date).collect();
        let batch = enricher.batch(of_day.iter().copied(), &with_rules);
        let mut shard = Shard::new();
        shard.apply(&batch, 0..=255);
        let people = if shard.feed_events(People::Live) > 0 { People::Live } else { People::Log };

        let without = enricher.batch(of_day.iter().copied(), &plan.site());
        let plain: Vec<PlainHit> = without.events.iter().map(|event| PlainHit::from_event(event, &without.values, date)).collect();
        let why = |hit: &PlainHit| why(hit, date < middle);
        let mut dropped: BTreeMap<DropReason, i64> = without.drops.clone();
        for reason in plain.iter().filter_map(why) {
            *dropped.entry(reason).or_default() += 1;
            reasons.insert(reason);
        }
        // A hit that is spam too has the reason that comes first: those of the site.
        let spam = DropReason::SpamReferrer;
        let sum = |drops: &BTreeMap<DropReason, i64>| drops.values().sum::<i64>();
        assert_eq!(sum(&batch.drops), sum(&dropped), "{}, seed {seed}, {date}", plan.name);
        assert!(batch.drops.get(&spam) <= dropped.get(&spam));

        let kept: Vec<PlainHit> = plain.into_iter().filter(|hit| why(hit).is_none()).collect();
        let recount = Recount::of(&kept, &calendar);
        let counts = shard.day(people);
        let mine: BTreeMap<Vec<String>, Sums> = recount.sums(date, &[], &json!([]));
        let (_, mine) = mine.into_iter().next().unwrap_or_default();
        assert_eq!(
            (counts.visitors, counts.visits, counts.pageviews, counts.events, counts.bounces, counts.duration_ms),
            (mine.visitors, mine.visits, mine.pageviews, mine.events, mine.bounces, mine.duration_ms),
            "{}, seed {seed}, {date}",
            plan.name
        );
    }
}

fn rules(first: LocalDate, middle: LocalDate) -> Exclusions {
    let mut all = Exclusions::default();
    for (kind, text, days) in RULES {
        let from = if days == Days::Late { middle } else { first };
        let number = all.add(Excluded::parse(kind, text).expect("a rule"), from).expect("added");
        if days == Days::Early {
            all.remove(number, middle).expect("there");
        }
    }
    all
}

/// The rules above, in plain words.
fn why(hit: &PlainHit, early: bool) -> Option<DropReason> {
    if hit.id % 60 == 6 {
        Some(DropReason::ExcludedAddress)
    } else if hit.hostname == "(none)" || (!early && !hit.hostname.contains("example")) {
        Some(DropReason::ExcludedHostname)
    } else if if early { hit.page.contains('e') } else { hit.page == "/" } {
        Some(DropReason::ExcludedPath)
    } else if hit.visit["visit:country"] == "DE" {
        Some(DropReason::ExcludedCountry)
    } else {
        None
    }
}
