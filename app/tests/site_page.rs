//! The site page over made-up traffic: what is loaded agrees with itself, and every address gives a page.
#![cfg(feature = "ssr")]

use footfall_app::models::Frame;
use footfall_app::site_page::{Interval, PageMetric, PageState, Panel, Period, SitePage, SiteReport, card, load, render};
use footfall_domain::{Site, SiteCalendar, UnixMillis};
use footfall_query::{Context, Source, View};
use footfall_testkit::ShardSource;
use footfall_testkit::traffic::{Plan, Traffic};

struct World {
    source: ShardSource,
    view: View,
    site: Site,
    calendar: SiteCalendar,
    now: UnixMillis,
}

impl World {
    async fn of(plan: &Plan) -> Self {
        let source = ShardSource::of(&Traffic::of(plan, 7), 1_000);
        let site = plan.site();
        let view = source.view(site.id).await.expect("a view");
        Self { source, view, calendar: plan.calendar(), now: plan.now, site }
    }

    fn context(&self) -> Context<'_> {
        Context { site: &self.site, calendar: &self.calendar, now: self.now }
    }

    async fn report(&self, query: &str) -> SiteReport {
        let state = PageState::parse(query).state;
        load(&self.source, &self.view, &self.context(), &state).await.expect("a report")
    }

    async fn html(&self, query: &str) -> String {
        let state = PageState::parse(query).state;
        let report = self.report(query).await;
        let frame = Frame { user: Some("anna@example.org".into()), csrf: "token".into(), ..Frame::default() };
        render(&SitePage {
            frame,
            domain: self.site.domain.clone(),
            zone: self.site.zone().to_owned(),
            notice: None,
            state,
            current: 3,
            may_change: true,
            report,
        })
    }
}

const PERIODS: [&str; 14] = [
    "",
    "period=day",
    "period=yesterday",
    "period=7d",
    "period=30d",
    "period=91d",
    "period=month",
    "period=last_month",
    "period=year",
    "period=6mo",
    "period=12mo",
    "period=all",
    "from=2026-10-01&period=custom&to=2026-10-20",
    "date=2031-01-01&period=day",
];

#[tokio::test]
async fn the_chart_adds_up_to_the_headline() {
    let world = World::of(&Plan::ordinary()).await;
    for period in PERIODS {
        for interval in Interval::ALL {
            for metric in [PageMetric::Visits, PageMetric::Pageviews] {
                let query = format!("{period}&interval={}&metric={}", interval.name(), metric.name());
                let report = world.report(&query).await;
                let sum: f64 = report.chart.points.iter().filter_map(|point| point.value).sum();
                let headline = report.headlines.iter().find(|number| number.metric == metric).expect("all six");
                assert_eq!(sum, headline.value, "{query}");
            }
        }
    }
}

#[tokio::test]
async fn visitors_of_days_add_up() {
    let world = World::of(&Plan::ordinary()).await;
    let report = world.report("interval=day&period=month").await;
    let sum: f64 = report.chart.points.iter().filter_map(|point| point.value).sum();
    assert!(sum > 100.0, "{sum}");
    assert_eq!(sum, report.headlines[0].value);
}

#[tokio::test]
async fn a_month_to_date_shows_the_days_to_come_without_values() {
    let world = World::of(&Plan::ordinary()).await;
    let report = world.report("period=month").await;
    assert_eq!(report.chart.points.len(), 31);
    assert_eq!(report.chart.points.iter().filter(|point| point.value.is_some()).count(), 29);
    assert!(report.chart.open);
    let report = world.report("period=last_month").await;
    assert!(!report.chart.open);
    assert_eq!(report.chart.points.iter().filter(|point| point.value.is_some()).count(), 30);
}

#[tokio::test]
async fn today_is_compared_with_all_of_yesterday_in_the_chart() {
    let world = World::of(&Plan::ordinary()).await;
    let report = world.report("period=day").await;
    assert_eq!(report.chart.points.len(), 24);
    // It is 16:20 in Berlin (winter time): 17 hours have begun.
    assert_eq!(report.chart.points.iter().filter(|point| point.value.is_some()).count(), 17);
    assert!(report.chart.points.iter().all(|point| point.before.is_some()));
    assert_eq!(report.chart.compared_with.as_deref(), Some("28 Oct"));
}

#[tokio::test]
async fn without_a_comparison_nothing_is_compared() {
    let world = World::of(&Plan::ordinary()).await;
    for query in ["compare=off", "period=all"] {
        let report = world.report(query).await;
        assert_eq!(report.chart.compared_with, None);
        assert!(report.headlines.iter().all(|number| number.before.is_none() && number.change.is_none()), "{query}");
    }
}

#[tokio::test]
async fn a_row_is_a_door_to_its_own_number() {
    let world = World::of(&Plan::ordinary()).await;
    let report = world.report("").await;
    for list in &report.panels {
        let Some(row) = list.rows.first() else { continue };
        let dimension = PageState::default().tab(list.panel).dimension;
        let filter = footfall_app::site_page::Filter::is(dimension, &row.value);
        let filtered = world.report(&PageState::default().with_filter(filter).query_string()).await;
        assert_eq!(filtered.headlines[0].value as i64, row.visitors, "{:?} {}", list.panel, row.value);
    }
    assert!(report.panels.iter().all(|list| list.rows.len() <= 9));
    let events = &report.panels[Panel::Events.index()];
    assert!(!events.rows.is_empty() && events.rows.iter().all(|row| row.value != "pageview"));
}

#[tokio::test]
async fn every_address_gives_a_page_without_styles_and_scripts_of_its_own() {
    for plan in [Plan::ordinary(), Plan::moving(), Plan::two_years()] {
        let world = World::of(&plan).await;
        for period in PERIODS {
            let html = world.html(&format!("{period}&devices=sizes&f=is_not,event:page,/nowhere&metric=visit_duration&pages=exit")).await;
            assert!(html.starts_with("<!DOCTYPE html>") && html.ends_with("</html>"), "{}: {period}", plan.name);
            assert!(!html.contains(" style=") && !html.contains("<script>") && !html.contains("NaN"), "{}: {period}", plan.name);
        }
    }
}

#[tokio::test]
async fn the_same_numbers_are_the_same_bytes() {
    let world = World::of(&Plan::ordinary()).await;
    assert_eq!(world.html("period=7d").await, world.html("period=7d").await);
}

#[tokio::test]
async fn values_are_escaped() {
    let world = World::of(&Plan::ordinary()).await;
    let html = world.html("f=is,event:page,<script>alert(1)</script>\"'").await;
    assert!(!html.contains("<script>alert") && html.contains("&lt;script&gt;alert(1)"));
}

#[tokio::test]
async fn a_site_without_hits_says_so() {
    let plan = Plan::ordinary();
    let source = ShardSource::new(plan.site().id, vec![0..=255], 1_000);
    let site = plan.site();
    let view = source.view(site.id).await.expect("a view");
    let world = World { source, view, calendar: plan.calendar(), now: plan.now, site };
    assert!(world.html("").await.contains("Nobody was here yet"));
    assert_eq!(PageState::parse("period=all").state.period, Period::All);
    let card = card(&world.source, &world.view, &world.context(), 0).await.expect("a card");
    assert!(!card.received);
}

#[tokio::test]
async fn an_empty_period_shows_the_way_to_the_others() {
    let world = World::of(&Plan::ordinary()).await;
    let empty = world.html("from=2020-01-01&period=custom&to=2020-01-05").await;
    assert!(empty.contains("Nobody was here in this period") && empty.contains("href=\"/example.org?period=all\""));
    assert!(!world.html("").await.contains("Nobody was here"));
}

#[tokio::test]
async fn a_card_is_the_page_in_small() {
    let world = World::of(&Plan::ordinary()).await;
    let card = card(&world.source, &world.view, &world.context(), 2).await.expect("a card");
    let report = world.report("").await;
    assert_eq!(card.visitors as f64, report.headlines[0].value);
    assert_eq!(card.change, report.headlines[0].change);
    let days: Vec<f64> = report.chart.points.iter().filter_map(|point| point.value).collect();
    assert_eq!(card.days.iter().map(|n| *n as f64).collect::<Vec<_>>(), days);
}
