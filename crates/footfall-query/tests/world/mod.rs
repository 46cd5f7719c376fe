//! A small world: what some visitors did, folded in memory, behind the traits of the query.
#![allow(dead_code, reason = "each test binary uses its own part")]

use async_trait::async_trait;
use footfall_domain::{
    Agent, Counts, Dimension, Event, EventBatch, Feed, HitId, Kind, LocalDate, Machine, MachineClass, Money, Origin, Places, Rollup, Site,
    SiteCalendar, SiteId, UnixMillis, VisitorId, labels,
};
use footfall_fold::{Answer, People, Question, Shard};
use footfall_query::head::{Limits, Sum};
use footfall_query::{
    Context, DayHits, DayTotals, Freshness, Head, HitSource, MachineRow, MachineSum, MachineTable, Query, Report, RunError, SiteContext,
    Source, SourceError, View, answers_of, run_folding_in, run_in,
};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

pub const SITE: SiteId = SiteId(7);
pub const DOMAIN: &str = "example.com";

/// Something a visitor did.
#[derive(Clone, Debug)]
pub struct Act {
    pub who: u64,
    pub at: UnixMillis,
    pub kind: Kind,
    pub name: String,
    pub page: String,
    pub source: String,
    pub country: String,
    pub browser: String,
    pub props: Vec<(String, String)>,
    pub money: Option<Money>,
    pub engaged_ms: Option<u32>,
    pub scroll_depth: Option<u8>,
}

pub fn at(text: &str) -> UnixMillis {
    text.parse::<jiff::Timestamp>().expect("an instant").into()
}

pub fn date(text: &str) -> LocalDate {
    LocalDate::parse(text).expect("a date")
}

/// A pageview.
pub fn view(who: u64, time: &str, page: &str) -> Act {
    Act {
        who,
        at: at(time),
        kind: Kind::Pageview,
        name: "pageview".to_owned(),
        page: page.to_owned(),
        source: labels::DIRECT.to_owned(),
        country: labels::NOT_SET.to_owned(),
        browser: "Firefox".to_owned(),
        props: Vec::new(),
        money: None,
        engaged_ms: None,
        scroll_depth: None,
    }
}

/// A custom event.
pub fn event(who: u64, time: &str, page: &str, name: &str) -> Act {
    Act { kind: Kind::Custom, name: name.to_owned(), ..view(who, time, page) }
}

/// Seconds engaged with a page, and how far down.
pub fn engaged(who: u64, time: &str, page: &str, seconds: u32, scroll: u8) -> Act {
    let name = "engagement".to_owned();
    Act { kind: Kind::Engagement, name, engaged_ms: Some(seconds * 1000), scroll_depth: Some(scroll), ..view(who, time, page) }
}

impl Act {
    pub fn from(mut self, source: &str) -> Self {
        self.source = source.to_owned();
        self
    }

    pub fn of(mut self, country: &str) -> Self {
        self.country = country.to_owned();
        self
    }

    pub fn paid(mut self, amount: &str, currency: &str) -> Self {
        self.money = Some(Money::parse(amount, currency).expect("money"));
        self
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.props.push((name.to_owned(), value.to_owned()));
        self
    }
}

pub struct World {
    pub site: Site,
    pub calendar: SiteCalendar,
    pub now: UnixMillis,
    /// The site's goals and segments.
    pub named: SiteContext,
    days: BTreeMap<LocalDate, Arc<Day>>,
    /// How many rows a head has.
    head_rows: usize,
    /// The heads of so many days at a time are added up.
    head_days: usize,
    limits: Limits,
    pub reads: Reads,
}

/// What was read, and how often.
#[derive(Default)]
pub struct Reads {
    pub hits: AtomicUsize,
    pub totals: AtomicUsize,
    pub heads: AtomicUsize,
    pub rows: AtomicUsize,
    pub lookups: AtomicUsize,
    /// What the hits of days were asked, word by word.
    pub asked: Mutex<Vec<String>>,
}

struct Day {
    shards: Vec<Shard>,
    rollup: Rollup,
}

/// A search engine's crawler, by name.
pub fn crawler(name: &str) -> Machine {
    Machine { class: MachineClass::Search, name: name.to_owned() }
}

impl World {
    /// The same, in which machines asked for pages so often on some days.
    pub fn with_machines(mut self, seen: &[(&str, Machine, &str, i64)]) -> Self {
        for (day, machine, page, views) in seen {
            let day = self.days.get_mut(&date(day)).and_then(Arc::get_mut).expect("a day with hits");
            *day.rollup.machines.entry((machine.clone(), (*page).to_owned())).or_default() += views;
        }
        self
    }

    pub fn new(zone: &str, now: &str, acts: &[Act]) -> Self {
        let site = Site::new(SITE, DOMAIN, zone, UnixMillis(0));
        let calendar = site.calendar().expect("a zone");
        let mut batches: BTreeMap<LocalDate, EventBatch> = BTreeMap::new();
        for (number, act) in acts.iter().enumerate() {
            let moment = calendar.moment(act.at);
            let batch = batches.entry(moment.date).or_default();
            let event = read(act, number as u128, moment.offset_seconds, batch);
            batch.events.push(event);
        }
        let days = batches.iter().map(|(date, batch)| (*date, Arc::new(Day::fold(batch)))).collect();
        Self {
            site,
            calendar,
            now: at(now),
            named: SiteContext::default(),
            days,
            head_rows: 1000,
            head_days: 1,
            limits: Limits::default(),
            reads: Reads::default(),
        }
    }

    pub fn with_heads_of(mut self, rows: usize) -> Self {
        self.head_rows = rows;
        self
    }

    /// The same, the heads of so many days at a time added up.
    pub fn with_heads_added_up(mut self, days: usize, limits: Limits) -> Self {
        (self.head_days, self.limits) = (days, limits);
        self
    }

    pub fn at(mut self, now: &str) -> Self {
        self.now = at(now);
        self
    }

    pub fn context(&self) -> Context<'_> {
        Context { site: &self.site, calendar: &self.calendar, now: self.now }
    }

    /// The report as it is made for everybody.
    pub async fn report(&self, query: &Query) -> Result<Report, RunError> {
        run_in(query, &self.context(), &self.named, &self.view(SITE).await?, self).await
    }

    /// The report from hits alone.
    pub async fn report_from_hits(&self, query: &Query) -> Result<Report, RunError> {
        run_folding_in(query, &self.context(), &self.named, &self.view(SITE).await?, self).await
    }

    fn added_up(&self, heads: &[Head], dimension: Dimension) -> Option<Head> {
        let mut sum = Sum::of(heads, self.limits)?;
        for (at, (date, values)) in sum.missing().to_vec().into_iter().enumerate() {
            let table: BTreeMap<_, _> = table(&self.days[&date].rollup, dimension).into_iter().collect();
            let counts: Vec<Counts> = values.iter().map(|value| table.get(value).copied().unwrap_or_default()).collect();
            sum.found(at, &counts);
        }
        Some(sum.head())
    }

    fn between(&self, dates: RangeInclusive<LocalDate>) -> impl Iterator<Item = (LocalDate, &Rollup)> {
        self.days.range(dates).map(|(date, day)| (*date, &day.rollup))
    }
}

impl Day {
    fn fold(batch: &EventBatch) -> Self {
        let shards: Vec<Shard> = [0..=99, 100..=255]
            .map(|buckets| {
                let mut shard = Shard::new();
                shard.apply(batch, buckets);
                shard
            })
            .into();
        let mut rollup = Rollup::default();
        for shard in &shards {
            rollup.merge(&shard.rollup());
        }
        Self { shards, rollup }
    }
}

impl DayHits for Day {
    fn people(&self) -> People {
        People::Live
    }

    fn scan(&self, see: &mut dyn FnMut(&Shard)) {
        self.shards.iter().for_each(see);
    }
}

/// A day nobody came.
struct Nobody;

impl DayHits for Nobody {
    fn people(&self) -> People {
        People::Log
    }

    fn scan(&self, _see: &mut dyn FnMut(&Shard)) {}
}

#[async_trait]
impl HitSource for World {
    async fn hits(&self, _site: SiteId, date: LocalDate) -> Result<Arc<dyn DayHits>, SourceError> {
        self.reads.hits.fetch_add(1, Ordering::Relaxed);
        Ok(match self.days.get(&date) {
            Some(day) => day.clone(),
            None => Arc::new(Nobody),
        })
    }

    async fn answers(&self, site: SiteId, date: LocalDate, questions: Vec<Question>) -> Result<Vec<Arc<Answer>>, SourceError> {
        self.reads.asked.lock().expect("no panic while it was held").extend(questions.iter().map(|question| format!("{question:?}")));
        answers_of(self.hits(site, date).await?, questions).await
    }
}

#[async_trait]
impl Source for World {
    async fn view(&self, site: SiteId) -> Result<View, SourceError> {
        let newest_hit = self.days.values().filter_map(|day| day.rollup.people().newest).max();
        let freshness = Freshness { newest_hit, lag_seconds: 0.0, complete_until: self.now };
        Ok(View { site, generations: Arc::new(()), first_date: self.days.keys().next().copied(), freshness, revision: 1 })
    }

    async fn totals(&self, _view: &View, dates: RangeInclusive<LocalDate>) -> Result<Vec<DayTotals>, SourceError> {
        self.reads.totals.fetch_add(1, Ordering::Relaxed);
        let totals = self.between(dates).map(|(date, rollup)| {
            let people = rollup.people();
            DayTotals { date, day: people.day, hours: people.hours.iter().map(|(key, counts)| (*key, *counts)).collect() }
        });
        Ok(totals.collect())
    }

    async fn heads(&self, _view: &View, dimension: Dimension, dates: RangeInclusive<LocalDate>) -> Result<Vec<Head>, SourceError> {
        self.reads.heads.fetch_add(1, Ordering::Relaxed);
        let head = |(date, rollup): (LocalDate, &Rollup)| {
            let mut top = table(rollup, dimension);
            top.sort_by(|a, b| b.1.visitors.cmp(&a.1.visitors).then_with(|| a.0.cmp(&b.0)));
            let others = top.split_off(self.head_rows.min(top.len()));
            Head { dates: date..=date, top: top.into(), whole: others.is_empty(), rest: largest(others) }
        };
        let heads: Vec<Head> = self.between(dates).map(head).collect();
        if self.head_days == 1 {
            return Ok(heads);
        }
        let added = |heads: &[Head]| self.added_up(heads, dimension).map_or_else(|| heads.to_vec(), |sum| vec![sum]);
        Ok(heads.chunks(self.head_days).flat_map(added).collect())
    }

    async fn rows(&self, _view: &View, dimension: Dimension, date: LocalDate) -> Result<Vec<(Arc<str>, Counts)>, SourceError> {
        self.reads.rows.fetch_add(1, Ordering::Relaxed);
        Ok(self.days.get(&date).map(|day| table(&day.rollup, dimension)).unwrap_or_default())
    }

    async fn lookup(&self, _view: &View, dimension: Dimension, date: LocalDate, values: &[Arc<str>]) -> Result<Vec<Counts>, SourceError> {
        self.reads.lookups.fetch_add(1, Ordering::Relaxed);
        let table: BTreeMap<_, _> = self.days.get(&date).map(|day| table(&day.rollup, dimension)).unwrap_or_default().into_iter().collect();
        Ok(values.iter().map(|value| table.get(value).copied().unwrap_or_default()).collect())
    }

    async fn machines(
        &self,
        _view: &View,
        asked: &MachineTable,
        dates: RangeInclusive<LocalDate>,
    ) -> Result<Vec<Arc<[MachineRow]>>, SourceError> {
        let mut sum = MachineSum::new(asked);
        for (_, rollup) in self.between(dates) {
            rollup.machines.iter().for_each(|((machine, page), views)| sum.add(machine, page, *views));
        }
        Ok(vec![sum.rows().into()])
    }
}

fn table(rollup: &Rollup, dimension: Dimension) -> Vec<(Arc<str>, Counts)> {
    rollup.people().values(dimension).iter().map(|(value, counts)| (value.as_str().into(), *counts)).collect()
}

fn largest(rows: Vec<(Arc<str>, Counts)>) -> Counts {
    let of = |number: fn(&Counts) -> i64| rows.iter().map(|(_, counts)| number(counts)).max().unwrap_or(0);
    Counts {
        visitors: of(|counts| counts.visitors),
        visits: of(|counts| counts.visits),
        pageviews: of(|counts| counts.pageviews),
        events: of(|counts| counts.events),
        bounces: of(|counts| counts.bounces),
        duration_ms: of(|counts| counts.duration_ms),
        visit_pageviews: of(|counts| counts.visit_pageviews),
        engaged_ms: of(|counts| counts.engaged_ms),
        engaged_pairs: of(|counts| counts.engaged_pairs),
        scroll_sum: of(|counts| counts.scroll_sum),
        scroll_pairs: of(|counts| counts.scroll_pairs),
    }
}

fn read(act: &Act, number: u128, offset_seconds: i32, batch: &mut EventBatch) -> Event {
    let values = &mut batch.values;
    let none = values.sym(labels::NOT_SET);
    let (source, direct) = (values.sym(&act.source), values.sym(labels::DIRECT));
    let origin = Origin {
        source,
        referrer: direct,
        channel: none,
        utm_medium: none,
        utm_source: none,
        utm_campaign: none,
        utm_content: none,
        utm_term: none,
    };
    let agent = Agent { browser: values.sym(&act.browser), browser_version: none, os: none, os_version: none, device: none };
    let place = Places { country: values.sym(&act.country), region: none, city: none };
    let props: Vec<_> = act.props.iter().map(|(name, value)| (values.sym(name), values.sym(value))).collect();
    Event {
        id: HitId(number),
        time: act.at,
        visitor: VisitorId(act.who.wrapping_mul(0x9e37_79b9_7f4a_7c15)),
        offset_seconds,
        kind: act.kind,
        feed: Feed::Tracker,
        interactive: true,
        name: values.sym(&act.name),
        page: values.sym(&act.page),
        hostname: values.sym(DOMAIN),
        screen: none,
        language: none,
        origin: values.origin(origin),
        agent: values.agent(agent),
        place: values.place(place),
        props: values.props_and_money(&props, act.money),
        engaged_ms: act.engaged_ms,
        scroll_depth: act.scroll_depth,
    }
}
