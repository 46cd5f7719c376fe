//! Everything there is to be asked of a site, as text: two stores agree when the texts do.

use crate::house::{EVER, House};
use footfall_domain::{Dimension, Hit, LocalDate, Site};
use footfall_enrich::Enricher;
use footfall_processor::Engine;
use footfall_query::{Context, Query, Source, View, run};
use footfall_testkit::PlainHit;
use footfall_testkit::questions::{Ground, panels, questions};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What is asked of a site.
pub struct Asked {
    site: Site,
    dates: BTreeSet<LocalDate>,
    questions: Vec<Value>,
}

/// What was asked, and the answer.
pub type Answers = BTreeMap<String, String>;

const PANELS: usize = 50;
const QUESTIONS: usize = 60;

impl Asked {
    /// Questions about what is in a site's hits.
    pub fn of(site: &Site, hits: &[Hit], now: footfall_domain::UnixMillis, seed: u64) -> Self {
        let mut days: BTreeMap<LocalDate, Vec<&Hit>> = BTreeMap::new();
        for hit in hits.iter().filter(|hit| hit.site == site.id) {
            days.entry(hit.date).or_default().push(hit);
        }
        let enricher = Enricher::new();
        let mut plain = Vec::new();
        for (date, hits) in &days {
            let batch = enricher.batch(hits.iter().copied(), site);
            plain.extend(batch.events.iter().map(|event| PlainHit::from_event(event, &batch.values, *date)));
        }
        let ground = Ground::of(&plain, &site.calendar().expect("zones that exist"), now);
        let questions = [panels(seed, PANELS, &ground), questions(seed, QUESTIONS, &ground)].concat();
        Self { site: site.clone(), dates: days.into_keys().collect(), questions }
    }

    /// Puts all of it to an engine.
    pub async fn ask(&self, house: &House<'_>) -> Answers {
        house.settle(&self.site).await;
        let engine = &house.engine;
        let view = engine.view(self.site.id).await.expect("a view");
        let mut answers = Answers::new();
        self.reports(house, &view, &mut answers).await;
        self.tables(engine, &view, &mut answers).await;
        let drops = engine.drops(self.site.id, EVER).await.expect("drops");
        answers.insert("drops".into(), format!("{drops:?}"));
        answers.insert("first date, newest hit".into(), format!("{:?} {:?}", view.first_date, view.freshness));
        answers.insert("generations".into(), format!("{:?}", house.store.generations(self.site.id).await));
        answers.insert("closed days".into(), self.closed_days(house).await);
        answers
    }

    async fn reports(&self, house: &House<'_>, view: &View, answers: &mut Answers) {
        let calendar = self.site.calendar().expect("zones that exist");
        let now = footfall_domain::Clock::now(&*house.clock);
        let context = Context { site: &self.site, calendar: &calendar, now };
        for question in &self.questions {
            let query = Query::parse(question).unwrap_or_else(|error| panic!("{error:?}: {question}"));
            let report = run(&query, &context, view, &*house.engine).await.unwrap_or_else(|error| panic!("{error}: {question}"));
            answers.insert(question.to_string(), report.to_json().to_string());
        }
    }

    /// What reports are made from. The order of rows is not promised, nor how many an open day's head has.
    async fn tables(&self, engine: &Arc<Engine>, view: &View, answers: &mut Answers) {
        let totals = engine.totals(view, EVER).await.expect("totals");
        answers.insert("totals".into(), format!("{totals:?}"));
        for dimension in Dimension::ALL {
            let mut heads = engine.heads(view, *dimension, EVER).await.expect("heads");
            for date in &self.dates {
                heads.extend(engine.heads(view, *dimension, *date..=*date).await.expect("heads"));
            }
            for mut head in heads {
                let mut top = head.top.to_vec();
                top.sort_by(|a, b| a.0.cmp(&b.0));
                head.top = top.into();
                answers.insert(format!("head of {} on {:?}", dimension.name(), head.dates), format!("{head:?}"));
            }
            for date in &self.dates {
                let mut rows = engine.rows(view, *dimension, *date).await.expect("rows");
                rows.sort_by(|a, b| a.0.cmp(&b.0));
                let mut values: Vec<Arc<str>> = rows.iter().step_by(3).map(|row| row.0.clone()).collect();
                values.push("/nowhere".into());
                let found = engine.lookup(view, *dimension, *date, &values).await.expect("lookup");
                answers.insert(format!("{} on {date}", dimension.name()), format!("{rows:?} {found:?}"));
            }
        }
    }

    /// The closed days as they are stored: their revisions may differ, their numbers may not.
    async fn closed_days(&self, house: &House<'_>) -> String {
        let mut text = String::new();
        for (key, _) in house.store.days().await.expect("days") {
            if key.site == self.site.id && house.is_closed(&self.site, key.date) {
                let (stamp, rollup) = house.store.day(key).await.expect("a day").expect("stored");
                text += &format!("{key:?} {:?} {:?} {:?}\n{rollup:?}\n", stamp.logic, stamp.through, stamp.newest_hit);
            }
        }
        text
    }
}
