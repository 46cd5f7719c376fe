//! Made-up people as enriched events.

use super::people::{Deed, Step, steps};
use super::plan::Plan;
use super::words::{AGENTS, HOSTS, LANGUAGES, ORIGINS, PLACES, SCREENS};
use crate::{Dice, PlainHit};
use footfall_domain::values::{Agent, Origin, Places};
use footfall_domain::{
    DropReason, Event, EventBatch, HitId, Kind, LocalDate, Machine, MachineClass, Money, SiteCalendar, Sym, Values, VisitorId,
};
use std::collections::BTreeMap;

/// Enriched hits of one site-day that arrived together.
#[derive(Clone, Debug)]
pub struct DayBatch {
    /// The site-day.
    pub date: LocalDate,
    /// What arrived.
    pub batch: EventBatch,
}

/// Enriched traffic of one site.
#[derive(Clone, Debug)]
pub struct Traffic {
    /// What was planned.
    pub plan: Plan,
    /// The batches in the order in which they arrive.
    pub batches: Vec<DayBatch>,
}

impl Traffic {
    /// The traffic of a plan and a seed.
    pub fn of(plan: &Plan, seed: u64) -> Self {
        let mut dice = Dice::of_seed(seed);
        let calendar = plan.calendar();
        let mut batches = Vec::new();
        let mut to_come = steps(plan, &mut dice);
        while !to_come.is_empty() {
            let size = usize::try_from(dice.between(1, 400)).expect("a small number").min(to_come.len());
            let rest = to_come.split_off(size);
            batches.extend(day_batches(&to_come, &calendar, &mut dice));
            to_come = rest;
        }
        Self { plan: plan.clone(), batches }
    }

    /// Every event, its values written out.
    pub fn plain_hits(&self) -> Vec<PlainHit> {
        let plain = |day: &DayBatch| -> Vec<_> {
            day.batch.events.iter().map(|event| PlainHit::from_event(event, &day.batch.values, day.date)).collect()
        };
        self.batches.iter().flat_map(plain).collect()
    }

    /// The site-days, in order.
    pub fn dates(&self) -> Vec<LocalDate> {
        let mut dates: Vec<_> = self.batches.iter().map(|day| day.date).collect();
        dates.sort();
        dates.dedup();
        dates
    }
}

/// The steps that arrived together, one batch a site-day.
fn day_batches(steps: &[Step], calendar: &SiteCalendar, dice: &mut Dice) -> Vec<DayBatch> {
    let mut days: BTreeMap<LocalDate, EventBatch> = BTreeMap::new();
    for step in steps {
        let batch = days.entry(calendar.moment(step.time).date).or_default();
        let event = event(step, calendar, &mut batch.values);
        batch.events.push(event);
        if dice.chance(4) {
            drop_some(batch, dice);
        }
    }
    days.into_iter().map(|(date, batch)| DayBatch { date, batch }).collect()
}

/// What enrichment did not let through.
fn drop_some(batch: &mut EventBatch, dice: &mut Dice) {
    let machine = Machine {
        class: *dice.pick(&[MachineClass::Search, MachineClass::AiCrawler, MachineClass::Library]),
        name: "Examplebot".to_owned(),
    };
    let page = *dice.pick(&["/", "/robots-only"]);
    *batch.machines.entry((machine, page.to_owned())).or_default() += 1;
    *batch.drops.entry(*dice.pick(&[DropReason::Bot, DropReason::SpamReferrer])).or_default() += 1;
}

fn event(step: &Step, calendar: &SiteCalendar, values: &mut Values) -> Event {
    let (kind, name, interactive) = match step.deed {
        Deed::View => (Kind::Pageview, "pageview", true),
        Deed::Event { name, interactive } => (Kind::Custom, name, interactive),
        Deed::Engagement { .. } => (Kind::Engagement, "engagement", true),
    };
    let (engaged_ms, scroll_depth) = match step.deed {
        Deed::Engagement { engaged_ms, scroll_depth } => (engaged_ms, scroll_depth),
        _ => (None, None),
    };
    let props: Vec<(Sym, Sym)> = step.props.iter().map(|(name, value)| (values.sym(name), values.sym(value))).collect();
    Event {
        id: HitId(step.id),
        time: step.time,
        visitor: VisitorId(step.visitor(calendar)),
        offset_seconds: calendar.moment(step.time).offset_seconds,
        kind,
        feed: step.feed,
        interactive,
        name: values.sym(name),
        page: values.sym(step.page.shown),
        hostname: values.sym(or(HOSTS[step.host], "(none)")),
        screen: values.sym(or(SCREENS[step.screen].0, "(not set)")),
        language: values.sym(or(LANGUAGES[step.language], "(not set)")),
        origin: origin(step, values),
        agent: agent(step, values),
        place: place(step, values),
        props: values.props_and_money(&props, step.money().and_then(|(amount, currency)| Money::parse(amount, currency))),
        engaged_ms,
        scroll_depth,
    }
}

fn origin(step: &Step, values: &mut Values) -> footfall_domain::OriginId {
    let [source, referrer, rest @ ..] = ORIGINS[step.origin].labels;
    let [channel, utm_medium, utm_source, utm_campaign, utm_content, utm_term] = rest.map(|label| values.sym(or(label, "(not set)")));
    let source = values.sym(or(source, "Direct / None"));
    let referrer = values.sym(or(referrer, "Direct / None"));
    values.origin(Origin { source, referrer, channel, utm_medium, utm_source, utm_campaign, utm_content, utm_term })
}

fn agent(step: &Step, values: &mut Values) -> footfall_domain::AgentId {
    let [browser, browser_version, os, os_version, device] = AGENTS[step.agent].labels.map(|label| values.sym(or(label, "(not set)")));
    values.agent(Agent { browser, browser_version, os, os_version, device })
}

fn place(step: &Step, values: &mut Values) -> footfall_domain::PlaceId {
    let [country, region, city] = PLACES[step.place].map(|label| values.sym(or(label, "(not set)")));
    values.place(Places { country, region, city })
}

/// The text, or the label of what is missing (25).
fn or(text: &'static str, missing: &'static str) -> &'static str {
    if text.is_empty() { missing } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recount::Recount;
    use std::collections::BTreeSet;

    #[test]
    fn the_same_seed_gives_the_same_traffic() {
        let plan = Plan::ordinary();
        assert_eq!(Traffic::of(&plan, 1).plain_hits(), Traffic::of(&plan, 1).plain_hits());
        assert_ne!(Traffic::of(&plan, 1).plain_hits(), Traffic::of(&plan, 2).plain_hits());
    }

    #[test]
    fn nasty_traffic_has_every_nastiness() {
        for plan in Plan::all_nasty() {
            let hits = Traffic::of(&plan, 1).plain_hits();
            let calendar = plan.calendar();
            let recount = Recount::of(&hits, &calendar);
            let in_visits: usize = recount.visits().iter().map(|visit| visit.hits.len()).sum();
            assert!(in_visits + 20 < hits.len(), "{}: duplicates and engagement without a visit", plan.name);
            let gaps: BTreeSet<i64> =
                recount.visits().iter().flat_map(|visit| visit.hits.windows(2).map(|pair| pair[1].time - pair[0].time)).collect();
            assert!(gaps.contains(&1_800_000) && gaps.contains(&0) && !gaps.contains(&1_800_001), "{}", plan.name);
            assert!(hits.windows(2).any(|pair| pair[0].time > pair[1].time), "{}: not in order", plan.name);
            assert!(hits.iter().any(|hit| hit.visitor == 0) && hits.iter().any(|hit| hit.visitor == u64::MAX), "{}: both ends", plan.name);
            assert!(hits.iter().all(|hit| hit.time <= plan.now.0), "{}: nothing in the future", plan.name);
        }
    }
}
