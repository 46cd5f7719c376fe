//! The same hits told to the recount and to the product, and the same questions put to both.

use footfall_domain::{Hit, LocalDate, Site, SiteCalendar, UnixMillis};
use footfall_enrich::Enricher;
use footfall_query::{Context, Goal, Query, Segment, SiteContext, Source, run_folding_in, run_in};
use footfall_testkit::questions::{Ground, names};
use footfall_testkit::recount::{Recount, Recounted};
use footfall_testkit::traffic::{Plan, Traffic};
use footfall_testkit::{PlainHit, ShardSource};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;

/// A site with its hits, told twice: to the recount as they are, to the product as shards.
pub struct Told {
    /// For the message when the two differ.
    pub story: String,
    pub site: Site,
    pub calendar: SiteCalendar,
    /// When the questions are asked.
    pub now: UnixMillis,
    pub hits: Vec<PlainHit>,
    pub source: ShardSource,
}

impl Told {
    /// The traffic of a plan and a seed.
    pub fn of(plan: &Plan, seed: u64, head_rows: usize) -> Self {
        let traffic = Traffic::of(plan, seed);
        Self {
            story: format!("{}, seed {seed}, heads of {head_rows}", plan.name),
            site: plan.site(),
            calendar: plan.calendar(),
            now: plan.now,
            hits: traffic.plain_hits(),
            source: ShardSource::of(&traffic, head_rows),
        }
    }

    /// Raw hits, as the enrichment of today reads them.
    pub fn enriched(story: &str, site: Site, now: UnixMillis, hits: &[Hit]) -> Self {
        let mut days: BTreeMap<LocalDate, Vec<&Hit>> = BTreeMap::new();
        for hit in hits {
            days.entry(hit.date).or_default().push(hit);
        }
        let enricher = Enricher::new();
        let mut plain = Vec::new();
        let mut source = ShardSource::new(site.id, vec![0..=99, 100..=255], 20);
        for (date, hits) in days {
            for some in hits.chunks(500) {
                let batch = enricher.batch(some.iter().copied(), &site);
                plain.extend(batch.events.iter().map(|event| PlainHit::from_event(event, &batch.values, date)));
                source.apply(date, &batch);
            }
        }
        let calendar = site.calendar().expect("zones that exist");
        Self { story: story.to_owned(), site, calendar, now, hits: plain, source }
    }

    /// Asks both, and fails with every question on which they differ.
    pub fn agree(&self, choose: impl FnOnce(&Ground) -> Vec<Value>) {
        let ground = Ground::of(&self.hits, &self.calendar, self.now);
        let names = names(&ground);
        let recount = Recount::of(&self.hits, &self.calendar).knowing(&names);
        let site = site_context(&names);
        let mut disagreements = String::new();
        for question in choose(&ground) {
            let expected = expected(&question, recount.answer(self.now, &question));
            for (way, got) in self.ask(&question, &site) {
                if got != expected {
                    let _ = writeln!(disagreements, "\n{way}: {question}\n{}", first_difference(&expected, &got));
                }
            }
        }
        assert!(disagreements.is_empty(), "{}:{disagreements}", self.story);
    }

    /// The product's answers: by its own plan, and by folding hits.
    fn ask(&self, question: &Value, names: &SiteContext) -> [(&'static str, Value); 2] {
        let query = Query::parse(question).unwrap_or_else(|error| panic!("{error:?}: {question}"));
        let context = Context { site: &self.site, calendar: &self.calendar, now: self.now };
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            let view = self.source.view(self.site.id).await.expect("a view");
            let planned = run_in(&query, &context, names, &view, &self.source).await.expect("an answer");
            let folded = run_folding_in(&query, &context, names, &view, &self.source).await.expect("an answer");
            [("planned", got(&planned.to_json())), ("folded", got(&folded.to_json()))]
        })
    }
}

/// The names as the product keeps them.
fn site_context(names: &Value) -> SiteContext {
    let list = |what: &str| names[what].as_array().cloned().unwrap_or_default();
    let segment = |segment: &Value| Segment {
        id: segment["id"].as_u64().expect("a number"),
        name: String::new(),
        filters: Segment::filters_from_json(&segment["filters"]).expect("filters"),
    };
    SiteContext {
        goals: list("goals").iter().map(|goal| Goal::from_json(goal).expect("a goal")).collect(),
        segments: list("segments").iter().map(segment).collect(),
        ..SiteContext::default()
    }
}

/// What the recount says, in the shape of a report, so far as it was asked for.
fn expected(question: &Value, answer: Recounted) -> Value {
    let asked = |what: &str| question["include"][what] == true;
    let total_rows = asked("total_rows").then_some(answer.total_rows);
    let time_labels = answer.time_labels.filter(|_| asked("time_labels"));
    plain(&json!({"results": answer.results, "total_rows": total_rows, "time_labels": time_labels}))
}

fn got(report: &Value) -> Value {
    plain(&json!({"results": report["results"], "total_rows": report["meta"]["total_rows"], "time_labels": report["meta"]["time_labels"]}))
}

/// Where two reports part: more would only hide it.
fn first_difference(expected: &Value, got: &Value) -> String {
    let rows = |report: &Value| report["results"].as_array().cloned().unwrap_or_default();
    let (ours, theirs) = (rows(expected), rows(got));
    match (0..ours.len().max(theirs.len())).find(|at| ours.get(*at) != theirs.get(*at)) {
        Some(at) => {
            let row = |rows: &[Value]| rows.get(at).map_or("nothing".to_owned(), Value::to_string);
            format!(
                "  row {at} of {} in the recount: {}\n  row {at} of {} in the product: {}",
                ours.len(),
                row(&ours),
                theirs.len(),
                row(&theirs)
            )
        }
        None => {
            let rest = |report: &Value| format!("total_rows {}, time_labels {}", report["total_rows"], report["time_labels"]);
            format!("  recount: {}\n  product: {}", rest(expected), rest(got))
        }
    }
}

/// The same value with every number as a float: 1 and 1.0 are one number. Of money only amount and currency: how it is written is not counted.
fn plain(value: &Value) -> Value {
    match value {
        Value::Number(number) => json!(number.as_f64()),
        Value::Array(list) => list.iter().map(plain).collect(),
        Value::Object(object) if object.contains_key("currency") => {
            json!({"value": object["value"].as_f64(), "currency": object["currency"]})
        }
        Value::Object(object) => object.iter().map(|(key, value)| (key.clone(), plain(value))).collect(),
        other => other.clone(),
    }
}
