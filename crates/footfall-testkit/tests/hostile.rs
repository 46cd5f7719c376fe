//! Questions with something wrong, huge or hostile in them: answered, or refused with a path and a sentence; never a panic.

use footfall_query::v1::{self, Endpoint};
use footfall_query::{Context, Goal, Query, QueryError, RunError, Segment, SiteContext, Source, run_in};
use footfall_testkit::questions::{Ground, about_goals, names, questions};
use footfall_testkit::traffic::{Plan, Traffic};
use footfall_testkit::{Dice, ShardSource};
use serde_json::{Value, json};

/// Texts that broke something somewhere.
fn texts() -> Vec<String> {
    let long = "a".repeat(20_000);
    let deep = format!("{}{}", "(".repeat(2000), ")".repeat(2000));
    let short = [
        "",
        " ",
        "\0",
        "\u{202e}",
        "é\u{301}",
        "\u{1f9a6}",
        "' OR 1=1 --",
        "<script>alert(1)</script>",
        "=cmd()",
        "../../etc/passwd",
        "%00",
        "(",
        "[",
        "(?:a*)*b",
        "a{1000}{1000}",
        "\\p{L}{300}",
        "$",
        "^",
        ".*",
        "null",
        "-1",
        "1e400",
        "9999999999999999999999",
        "event:props:",
        "event:props:\0",
        "time:minute",
        "all",
        "5000d",
        "-9999-01-01",
        "9999-12-31",
        "0000-00-00",
        "2026-06-10T00:00:00Z",
        "segment",
        "visitors",
        "desc",
    ];
    short.map(str::to_owned).into_iter().chain([long, deep]).collect()
}

fn anything(dice: &mut Dice, texts: &[String]) -> Value {
    match dice.below(12) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(dice.pick(&[0, -1, 1, i64::MAX, i64::MIN, 4_294_967_296])),
        3 => json!(u64::MAX),
        4 => json!(0.5),
        5 => json!([]),
        6 => json!({}),
        7 => json!(vec![json!(["is", "event:page", ["/"]]); 3000]),
        8 => (0..200).fold(json!(["is", "event:page", ["/"]]), |inner, _| json!(["not", inner])),
        9 => json!([dice.pick(texts), dice.pick(texts)]),
        _ => json!(dice.pick(texts)),
    }
}

/// The places in a value that can be replaced, as JSON pointers.
fn places(value: &Value, at: &str, into: &mut Vec<String>) {
    into.push(at.to_owned());
    match value {
        Value::Array(list) => list.iter().enumerate().for_each(|(n, inner)| places(inner, &format!("{at}/{n}"), into)),
        Value::Object(fields) => fields.iter().for_each(|(name, inner)| places(inner, &format!("{at}/{name}"), into)),
        _ => {}
    }
}

/// The question with one or two places replaced, or a field added.
fn spoilt(dice: &mut Dice, question: &Value, texts: &[String]) -> Value {
    let mut question = question.clone();
    let how_many = if dice.chance(75) { 1 } else { 2 };
    for _ in 0..how_many {
        let mut known = Vec::new();
        places(&question, "", &mut known);
        let values: Vec<String> = known.iter().filter(|place| place.contains("/2/")).cloned().collect();
        let place = if values.is_empty() || dice.chance(60) { dice.pick(&known).clone() } else { dice.pick(&values).clone() };
        // A value to compare with may be any text.
        let is_value = place.contains("/2/");
        let replacement = if is_value { json!(dice.pick(texts)) } else { anything(dice, texts) };
        if let Some(found) = question.pointer_mut(&place) {
            *found = replacement;
        }
    }
    if dice.chance(10)
        && let Some(fields) = question.as_object_mut()
    {
        fields.insert(dice.pick(texts).clone(), anything(dice, texts));
    }
    question
}

struct Asker {
    plan: Plan,
    source: ShardSource,
    names: SiteContext,
    ground: Ground,
    runtime: tokio::runtime::Runtime,
}

impl Asker {
    fn new() -> Self {
        let plan = Plan { people_a_day: 2, ..Plan::ordinary() };
        let traffic = Traffic::of(&plan, 1);
        let ground = Ground::of(&traffic.plain_hits(), &plan.calendar(), plan.now);
        let named = names(&ground);
        let goals = named["goals"].as_array().expect("goals").iter().map(|goal| Goal::from_json(goal).expect("a goal")).collect();
        let segments = named["segments"].as_array().expect("segments").iter().map(|segment| Segment {
            id: segment["id"].as_u64().expect("a number"),
            name: String::new(),
            filters: Segment::filters_from_json(&segment["filters"]).expect("filters"),
        });
        let names = SiteContext { goals, segments: segments.collect(), ..SiteContext::default() };
        Self { source: ShardSource::of(&traffic, 3), plan, names, ground, runtime: tokio::runtime::Runtime::new().expect("a runtime") }
    }

    /// Whether it was answered; an error says what and where.
    fn answers(&self, query: &Query) -> Result<Value, QueryError> {
        let (site, calendar) = (self.plan.site(), self.plan.calendar());
        let context = Context { site: &site, calendar: &calendar, now: self.plan.now };
        self.runtime.block_on(async {
            let view = self.source.view(site.id).await.expect("a view");
            match run_in(query, &context, &self.names, &view, &self.source).await {
                Ok(report) => Ok(report.to_json()),
                Err(RunError::Query(error)) => Err(error),
                Err(RunError::Source(error)) => panic!("no question breaks the source: {error}"),
            }
        })
    }
}

/// A sentence, and a path that is not as long as what was sent.
fn says_what_is_wrong(error: &QueryError, question: &str) {
    assert!(error.message.len() > 10, "{error:?}: {question}");
    assert_eq!(error.to_json()["error"], json!(error.message));
}

#[test]
fn spoilt_questions_are_answered_or_refused() {
    let asker = Asker::new();
    let texts = texts();
    let mut dice = Dice::of_seed(1);
    let (mut answered, mut refused) = (0, 0);
    let whole = questions(1, 150, &asker.ground).into_iter().chain(about_goals(2, 150, &asker.ground));
    for question in whole.collect::<Vec<_>>() {
        for _ in 0..6 {
            let spoilt = spoilt(&mut dice, &question, &texts);
            match Query::parse(&spoilt).and_then(|query| asker.answers(&query)) {
                Ok(report) => {
                    assert!(report["results"].is_array());
                    answered += 1;
                }
                Err(error) => {
                    says_what_is_wrong(&error, &spoilt.to_string());
                    refused += 1;
                }
            }
        }
    }
    assert!(answered > 50 && refused > 1000, "answered {answered}, refused {refused}");
}

#[test]
fn spoilt_query_strings_are_answered_or_refused() {
    const NAMES: &[&str] =
        &["period", "date", "metrics", "filters", "compare", "interval", "property", "limit", "page", "site_id", "with_imported"];
    const GOOD: &[&str] = &[
        "day",
        "7d",
        "6mo",
        "custom",
        "2026-10-20",
        "2026-10-18,2026-10-20",
        "visitors,pageviews",
        "visitors,conversion_rate",
        "visit:source==Google",
        "event:page==/blog*;visit:country!=DE|US",
        "event:goal==Either",
        "previous_period",
        "month",
        "visit:source",
        "event:goal",
        "event:props:plan",
        "10",
        "2",
    ];
    let asker = Asker::new();
    let texts = texts();
    let mut dice = Dice::of_seed(2);
    let today = asker.ground.today;
    let (mut answered, mut refused) = (0, 0);
    for _ in 0..3000 {
        let endpoint = *dice.pick(&[Endpoint::Aggregate, Endpoint::Timeseries, Endpoint::Breakdown]);
        let mut pairs = vec![("site_id".to_owned(), "example.org".to_owned())];
        for _ in 0..dice.between(1, 4) {
            let value = if dice.chance(75) { (*dice.pick(GOOD)).to_owned() } else { format!("{}{}", dice.pick(GOOD), dice.pick(&texts)) };
            pairs.push(((*dice.pick(NAMES)).to_owned(), value));
        }
        let asked = v1::parse(endpoint, &pairs, today);
        match asked.and_then(|asked| asker.answers(&asked.query)) {
            Ok(_) => answered += 1,
            Err(error) => {
                says_what_is_wrong(&error, &format!("{pairs:?}"));
                refused += 1;
            }
        }
    }
    assert!(answered > 200 && refused > 1000, "answered {answered}, refused {refused}");
}
