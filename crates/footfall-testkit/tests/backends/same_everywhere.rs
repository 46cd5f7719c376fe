//! Law 5: embedded equals distributed.

use crate::answers::{Answers, Asked};
use crate::draft;
use crate::house::House;
use crate::script::{Script, Step};
use footfall_domain::Clock;
use footfall_eventlog::EventLog;
use footfall_query::Source;
use footfall_store::conformance::Home;

/// Tells the same story over two stores.
pub async fn agree(one: &mut dyn Home, other: &mut dyn Home) {
    let seed = 4;
    let script = Script::of_seed(seed);
    let (ours, theirs) = (tell(&script, one, seed).await, tell(&script, other, seed).await);
    for (chapter, (ours, theirs)) in ours.iter().zip(&theirs).enumerate() {
        assert!(ours.len() > 300, "{} answers", ours.len());
        assert_eq!(ours.keys().collect::<Vec<_>>(), theirs.keys().collect::<Vec<_>>(), "chapter {chapter}");
        for (question, answer) in ours {
            assert_eq!(answer, &theirs[question], "chapter {chapter}: {question}");
        }
    }
}

/// What all sites answer half-way, at the end, and after a last restart.
async fn tell(script: &Script, home: &mut dyn Home, seed: u64) -> Vec<Answers> {
    let mut house = House::new(home, &script.plans, script.begin).await;
    let mut told = Vec::new();
    let half = script.steps.iter().position(|step| matches!(step, Step::Undo(_))).expect("an undo");
    for (n, step) in script.steps.iter().enumerate() {
        if n == half {
            told.extend(ask(script, &house, seed).await);
        }
        take(&mut house, script, step).await;
    }
    told.extend(ask(script, &house, seed).await);
    house.restart().await;
    let again = ask(script, &house, seed).await;
    assert!(told.ends_with(&again), "a restart changes nothing");
    told.extend(again);
    assert!(house.flushed > 0, "open days were written on the way");
    house.engine.stop().await;
    told
}

async fn ask(script: &Script, house: &House<'_>, seed: u64) -> Vec<Answers> {
    let now = house.clock.now();
    let mut answers = Vec::new();
    for site in &house.sites {
        answers.push(Asked::of(site, &script.hits, now, seed).ask(house).await);
    }
    answers
}

async fn take(house: &mut House<'_>, script: &Script, step: &Step) {
    match step {
        Step::Hits(hits) => house.receive(hits).await,
        Step::Restart => house.restart().await,
        Step::Report(site, date) => {
            house.engine.wait_caught_up().await;
            let view = house.engine.view(house.sites[*site].id).await.expect("a view");
            house.engine.totals(&view, date.plus(-2)..=*date).await.expect("totals");
        }
        Step::Flush => {
            house.engine.wait_caught_up().await;
            house.flushed += house.engine.flush_due().await.expect("flushed");
        }
        Step::Activate(site, dates) => {
            let site = house.sites[*site].clone();
            house.settle(&site).await;
            assert!(house.is_closed(&site, *dates.end()), "generations are of closed days");
            let through = house.log.newest().borrow().expect("a position");
            let known: Vec<_> = script.hits.iter().filter(|hit| hit.time < house.clock.now()).cloned().collect();
            draft::put(&*house.store, &site, 1, dates.clone(), &known, through).await;
            draft::activate(&*house.store, &site, 1, dates, house.clock.now()).await;
        }
        Step::Undo(site) => {
            let site = house.sites[*site].clone();
            house.settle(&site).await;
            draft::undo(&*house.store, &site).await;
        }
        Step::Pass(millis) => {
            house.clock.advance(*millis);
        }
    }
}
