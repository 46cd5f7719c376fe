//! Panels, details and the last half hour over made-up traffic: every address gives a list, and lists agree with each
//! other.
#![cfg(feature = "ssr")]

use footfall_app::details::{self, DetailsPage, DetailsReport, DetailsState};
use footfall_app::models::Frame;
use footfall_app::panels::view::{Around, Place};
use footfall_app::panels::{Column, List, Panel, State};
use footfall_app::realtime::{self, RealtimePart, RealtimeReport};
use footfall_app::site_page::{Asker, Filter, PageState, Period, SitePage, SiteReport, Subject, load, render};
use footfall_app::words::Lang;
use footfall_domain::{Dimension, Metric, Site, SiteCalendar, UnixMillis};
use footfall_query::{Context, Goal, SiteContext, Source, View};
use footfall_testkit::ShardSource;
use footfall_testkit::traffic::{Plan, Traffic};

struct World {
    source: ShardSource,
    view: View,
    site: Site,
    calendar: SiteCalendar,
    now: UnixMillis,
    named: SiteContext,
    lang: Lang,
}

impl World {
    async fn ordinary() -> Self {
        let plan = Plan::ordinary();
        let source = ShardSource::of(&Traffic::of(&plan, 7), 1_000);
        let site = plan.site();
        let view = source.view(site.id).await.expect("a view");
        Self { source, view, calendar: plan.calendar(), now: plan.now, site, named: SiteContext::default(), lang: Lang::En }
    }

    async fn report(&self, query: &str) -> SiteReport {
        let context = Context { site: &self.site, calendar: &self.calendar, now: self.now };
        load(&self.asker(&context), &PageState::parse(query)).await.expect("a report")
    }

    fn asker<'a>(&'a self, context: &'a Context<'a>) -> Asker<'a> {
        Asker { source: &self.source, view: &self.view, context, site: &self.named, properties: None, lang: self.lang }
    }

    fn frame(&self) -> Frame {
        Frame { user: Some("anna@example.org".into()), lang: self.lang, ..Frame::default() }
    }

    async fn details(&self, panel: Panel, query: &str) -> DetailsReport {
        let context = Context { site: &self.site, calendar: &self.calendar, now: self.now };
        details::load(&self.asker(&context), &DetailsState::parse(panel, query, Period::default())).await.expect("rows")
    }

    async fn details_html(&self, panel: Panel, query: &str) -> String {
        let report = self.details(panel, query).await;
        let state = DetailsState::parse(panel, query, Period::default());
        details::render(&DetailsPage { frame: self.frame(), domain: self.site.domain.clone(), may_change: true, state, report })
    }

    async fn realtime(&self, query: &str) -> (RealtimeReport, String) {
        let context = Context { site: &self.site, calendar: &self.calendar, now: self.now };
        let state = PageState::parse(query).state;
        let report = realtime::load(&self.asker(&context), &state).await.expect("numbers");
        let around = Around { lang: self.lang, domain: &self.site.domain, state: &state, may_change: true, place: Place::SitePage };
        let html = realtime::fragment(&RealtimePart { around, current: 3, report: &report });
        (report, html)
    }
}

/// The panel's query that chooses each of its tabs.
fn tabs() -> impl Iterator<Item = (Panel, String)> {
    Panel::ALL.into_iter().flat_map(|panel| {
        panel
            .tabs()
            .iter()
            .map(move |tab| (panel, if tab.name.is_empty() { String::new() } else { format!("{}={}", panel.name(), tab.name) }))
    })
}

#[tokio::test]
async fn every_tab_has_a_list_in_every_language() {
    let mut world = World::ordinary().await;
    for lang in Lang::ALL {
        world.lang = lang;
        for (panel, query) in tabs() {
            let html = world.details_html(panel, &query).await;
            assert!(html.starts_with("<!DOCTYPE html>") && html.ends_with("</html>"), "{query}");
            assert!(!html.contains(" style=") && !html.contains("<script>") && !html.contains("NaN"), "{query}");
        }
    }
}

#[tokio::test]
async fn a_panel_shows_the_first_rows_of_its_details() {
    let world = World::ordinary().await;
    for (panel, query) in tabs() {
        let report = world.report(&query).await;
        let list = &report.panels[panel.index()];
        let details = world.details(panel, &query).await;
        assert_eq!(list.shown, details.shown, "{query}");
        let room = if list.shown.list == List::Map { 300 } else { 9 };
        let first: Vec<_> = details.rows.iter().take(room).map(|row| (&row.of, &row.value, row.size())).collect();
        let shown: Vec<_> = list.rows.iter().map(|row| (&row.of, &row.value, row.size())).collect();
        // A panel says why a list of one "(not set)" is empty; the details show the row.
        if !shown.is_empty() {
            assert_eq!(shown, first, "{query}");
            assert_eq!(list.more, details.total > shown.len() as u64, "{query}");
        }
    }
}

#[tokio::test]
async fn a_row_is_a_door_to_its_own_number() {
    let world = World::ordinary().await;
    for (panel, query) in tabs() {
        let report = world.report(&query).await;
        let list = &report.panels[panel.index()];
        let (Some(row), Some(subject)) = (list.rows.first(), list.shown.subject()) else { continue };
        let mut state = PageState::parse(&query).state.with_filter(Filter::is(subject, &row.value));
        if let (List::Versions { of, .. }, Some(name)) = (list.shown.list, &row.of) {
            state = state.with_filter(Filter::is(of, name));
        }
        let filtered = world.report(&state.query_string()).await;
        assert_eq!(filtered.visitors(), row.size(), "{query}: {}", row.value);
    }
}

#[tokio::test]
async fn a_filter_leads_to_what_is_below() {
    let world = World::ordinary().await;
    let browser = world.report("").await.panels[Panel::Devices.index()].rows[0].value.clone();
    let state = PageState::default().with_filter(Filter::is(Dimension::Browser, &browser));
    let versions = &world.report(&state.query_string()).await.panels[Panel::Devices.index()];
    assert_eq!(versions.shown.list, List::Values(Dimension::BrowserVersion));
    assert!(versions.rows.iter().all(|row| row.of.as_deref() == Some(&*browser)));
    let html = world.details_html(Panel::Devices, &state.query_string()).await;
    assert!(html.contains(&format!("<bdi>{browser} ")));
}

#[tokio::test]
async fn shares_are_of_all_visitors() {
    let world = World::ordinary().await;
    let report = world.report("").await;
    let list = &report.panels[Panel::Sources.index()];
    assert_eq!(list.columns, [Column::Of(Metric::Visitors), Column::Of(Metric::Percentage)]);
    for row in &list.rows {
        let share = row.numbers[1].expect("a share");
        assert!((share - row.size() as f64 * 100.0 / report.visitors() as f64).abs() < 1e-9, "{}", row.value);
    }
}

#[tokio::test]
async fn details_are_sorted_searched_and_paged() {
    let world = World::ordinary().await;
    let all = world.details(Panel::Pages, "").await;
    assert!(all.total > 3 && all.rows.len() as u64 == all.total.min(100));
    let up = world.details(Panel::Pages, "sort=visitors,asc").await;
    assert!(up.rows.is_sorted_by_key(|row| row.size()) && up.largest == all.largest);
    let names = world.details(Panel::Pages, "sort=value,asc").await;
    assert!(names.rows.is_sorted_by_key(|row| row.value.clone()));
    let one = &all.rows[1].value;
    let found = world.details(Panel::Pages, &format!("q={one}")).await;
    assert!(!found.rows.is_empty() && found.rows.iter().all(|row| row.value.to_lowercase().contains(&one.to_lowercase())));
    let beyond = world.details_html(Panel::Pages, "page=900").await;
    assert!(beyond.contains("There are not so many rows.") && beyond.contains("To the first"));
    let nothing = world.details_html(Panel::Pages, "q=no-such-thing").await;
    assert!(nothing.contains("Nothing here has “no-such-thing” in it."));
    assert_eq!(world.details(Panel::Pages, "sort=nonsense").await.rows, all.rows);
}

#[tokio::test]
async fn countries_are_searched_by_the_name_the_reader_sees() {
    let mut world = World::ordinary().await;
    let found = world.details(Panel::Places, "places=countries&q=germ").await;
    assert!(found.rows.iter().all(|row| row.value == "DE"), "{:?}", found.rows);
    world.lang = Lang::De;
    let again = world.details(Panel::Places, "places=countries&q=deutsch").await;
    assert_eq!(again.rows, found.rows);
}

#[tokio::test]
async fn hostile_text_stays_text() {
    let world = World::ordinary().await;
    let hostile = "%3Cscript%3Ealert(1)%3C/script%3E%22'%E2%80%AE";
    for (panel, query) in tabs() {
        for more in [
            format!("f=is,page,{hostile}"),
            format!("q={hostile}"),
            format!("machine={hostile}"),
            format!("property={hostile}&properties={hostile}"),
        ] {
            let html = world.details_html(panel, &format!("{query}&{more}")).await;
            assert!(!html.contains("<script>alert"), "{query}&{more}");
        }
    }
}

#[tokio::test]
async fn without_goals_there_are_events_and_with_them_every_goal_has_a_row() {
    let mut world = World::ordinary().await;
    let report = world.report("").await;
    let events = &report.panels[Panel::Goals.index()];
    assert!(events.no_goals && events.shown.list == List::Values(Dimension::Name));
    assert!(!events.rows.is_empty() && events.rows.iter().all(|row| row.value != "pageview"));
    let event = events.rows[0].clone();
    world.named.goals = vec![Goal::event(event.value.clone()), Goal::event("Never done")];
    let report = world.report("").await;
    let goals = &report.panels[Panel::Goals.index()];
    assert_eq!(
        goals.rows.iter().map(|row| (row.value.as_str(), row.size())).collect::<Vec<_>>(),
        [(&*event.value, event.size()), ("Never done", 0)]
    );
    let reached = PageState::default().with_filter(Filter::is(Subject::Goal, &event.value));
    let report = world.report(&reached.query_string()).await;
    let sources = &report.panels[Panel::Sources.index()];
    assert_eq!(sources.columns, [Column::Conversions, Column::Of(Metric::GroupConversionRate)]);
    assert_eq!(
        sources.rows.iter().map(|row| row.size()).sum::<i64>().min(event.size()),
        event.size().min(sources.rows.iter().map(|row| row.size()).sum())
    );
    let html = world.details_html(Panel::Sources, &reached.query_string()).await;
    assert!(html.contains("Conversions") && html.contains("Conversion rate"));
}

#[tokio::test]
async fn properties_have_tabs_and_values() {
    let world = World::ordinary().await;
    let report = world.report("").await;
    let list = &report.panels[Panel::Properties.index()];
    assert_eq!(list.state, State::Read);
    let Some(name) = list.properties.first() else { return };
    assert_eq!(list.shown.property.as_ref(), Some(name));
    assert!(!list.rows.is_empty() && list.rows.iter().all(|row| row.value != "(none)"));
    let named = world.report(&PageState::default().with_tab(Panel::Properties, name).query_string()).await;
    assert_eq!(named.panels[Panel::Properties.index()].rows, list.rows);
    assert!(world.details_html(Panel::Properties, &format!("property={name}")).await.contains(&format!("<h1>Properties: {name}</h1>")));
}

#[tokio::test]
async fn what_would_take_long_to_read_is_read_when_somebody_asks() {
    let world = World::ordinary().await;
    let mut report = world.report("").await;
    let list = &mut report.panels[Panel::Properties.index()];
    list.rows.clear();
    list.state = State::KeptBack;
    let html = render(&SitePage {
        frame: world.frame(),
        domain: world.site.domain.clone(),
        zone: world.site.zone().to_owned(),
        notice: None,
        state: PageState::default(),
        ignored: Vec::new(),
        current: 0,
        may_change: true,
        report,
    });
    assert!(html.contains("Read them now") && html.contains("properties=%2A#properties"));
    let read = world.report("properties=%2A").await;
    assert_eq!(read.panels[Panel::Properties.index()].rows, world.report("").await.panels[Panel::Properties.index()].rows);
}

#[tokio::test]
async fn machines_are_the_same_by_name_and_by_page() {
    let world = World::ordinary().await;
    let sum = |report: &DetailsReport| report.rows.iter().map(|row| row.size()).sum::<i64>();
    let (names, pages) = (world.details(Panel::Machines, "").await, world.details(Panel::Machines, "machines=pages").await);
    assert_eq!(sum(&names), sum(&pages));
    if let Some(machine) = names.rows.first() {
        let its = world.details(Panel::Machines, &format!("machines=pages&machine={}", machine.value.replace(' ', "%20"))).await;
        assert!(sum(&its) >= machine.size());
    }
}

#[tokio::test]
async fn the_map_colours_the_countries_of_the_list() {
    let world = World::ordinary().await;
    let countries = world.report("places=countries").await.panels[Panel::Places.index()].clone();
    let Some(row) = countries.rows.iter().find(|row| row.value.len() == 2) else { return };
    let (_, html) = world.realtime("period=realtime&places=map").await;
    assert!(!html.contains("NaN"));
    let map = world.report("places=map").await.panels[Panel::Places.index()].clone();
    assert_eq!(map.shown.list, List::Map);
    assert!(map.rows.iter().any(|country| country.value == row.value && country.size() == row.size()));
}

#[tokio::test]
async fn the_last_half_hour_adds_up() {
    let world = World::ordinary().await;
    let (report, html) = world.realtime("period=realtime").await;
    assert_eq!(report.minutes.len(), 30);
    assert_eq!(report.minutes.iter().map(|(_, views)| views).sum::<i64>(), report.pageviews);
    assert_eq!(html.matches("<rect").count(), 30);
    assert!(html.starts_with("<section") && !html.contains(" style=") && !html.contains("leptos-island"));
    let page = world.report("period=realtime").await;
    assert_eq!(page.realtime, Some(report));
    assert!(page.panels.is_empty());
}
