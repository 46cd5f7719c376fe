//! Panels, details and the last half hour over made-up traffic: every address gives a list, and lists agree with each
//! other.
#![cfg(feature = "ssr")]

use footfall_app::details::{self, DetailsPage, DetailsReport, DetailsState, Understood};
use footfall_app::export;
use footfall_app::models::Frame;
use footfall_app::panels::view::{Around, Place};
use footfall_app::panels::{Column, List, Panel, PanelRow, State, value_label};
use footfall_app::realtime::{self, RealtimePart, RealtimeReport};
use footfall_app::site_page::{Asker, Filter, PageMetric, PageState, Period, SitePage, SiteReport, Subject, load, render, surroundings};
use footfall_app::words::Lang;
use footfall_domain::{Currency, Dimension, Metric, Site, SiteCalendar, UnixMillis};
use footfall_query::{By, Context, Filter as Asked, Goal, Op, Segment, SiteContext, Source, View, current};
use footfall_testkit::ShardSource;
use footfall_testkit::traffic::{Plan, Traffic};
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

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
        let Understood { state, sheet, ignored, .. } = DetailsState::understand(panel, query, Period::default());
        let context = Context { site: &self.site, calendar: &self.calendar, now: self.now };
        let around = surroundings(&self.asker(&context), &state.state, sheet.as_ref()).await.expect("what is around");
        let (frame, domain) = (self.frame(), self.site.domain.clone());
        details::render(&DetailsPage { frame, domain, may_change: true, state, ignored, current: 3, around, report })
    }

    async fn html(&self, query: &str) -> String {
        self.page(query, self.report(query).await)
    }

    fn page(&self, query: &str, report: SiteReport) -> String {
        let state = PageState::parse(query).state;
        let (frame, domain, zone) = (self.frame(), self.site.domain.clone(), self.site.zone().to_owned());
        render(&SitePage { frame, domain, zone, notice: None, state, ignored: Vec::new(), current: 0, may_change: true, report })
    }

    /// The files of the zip, by name.
    async fn files(&self, query: &str) -> BTreeMap<String, String> {
        let context = Context { site: &self.site, calendar: &self.calendar, now: self.now };
        let state = PageState::parse(query).state;
        let files = export::lists(&self.asker(&context), &state).await.expect("files");
        let many = files.len();
        let files: BTreeMap<_, _> = files.into_iter().collect();
        assert_eq!(files.len(), many, "each has a name of its own");
        files
    }

    async fn picture(&self, query: &str) -> String {
        let context = Context { site: &self.site, calendar: &self.calendar, now: self.now };
        export::drawn(&self.asker(&context), &PageState::parse(query).state).await.expect("a picture")
    }

    async fn realtime(&self, query: &str) -> (RealtimeReport, String) {
        let context = Context { site: &self.site, calendar: &self.calendar, now: self.now };
        let state = PageState::parse(query).state;
        let report = realtime::load(&self.asker(&context), &state).await.expect("numbers");
        let around = Around { lang: self.lang, domain: &self.site.domain, state: &state, may_change: true, place: Place::SitePage };
        let html = realtime::fragment(&RealtimePart { around, current: 3, at: "2026-11-23T14:32:05+01:00", report: &report });
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

/// A search is no filter: it finds rows, and reads no hit to find them.
#[tokio::test]
async fn found_rows_are_the_same_rows_of_the_whole_list() {
    let world = World::ordinary().await;
    let (mut lists, mut found_at_all) = (0, 0);
    for (panel, tab) in tabs() {
        let before = world.source.asked().hits.load(Ordering::Relaxed);
        let all = world.details(panel, &tab).await;
        if all.total > all.rows.len() as u64 || !matches!(all.shown.list, List::Values(_) | List::Machines(_)) {
            continue;
        }
        lists += 1;
        for text in ["o", "e", "/", "1"] {
            let found = world.details(panel, &format!("{tab}&q={text}")).await;
            let expected: Vec<_> = all.rows.iter().filter(|row| found.rows.iter().any(|other| other.value == row.value)).collect();
            assert_eq!(found.rows.iter().collect::<Vec<_>>(), expected, "{tab}: {text}");
            assert_eq!(found.total, expected.len() as u64, "{tab}: {text}");
            let has_it = |row: &&PanelRow| row.value.to_lowercase().contains(text);
            let by_code = matches!(all.shown.list, List::Values(Dimension::Country));
            let missed: Vec<_> = all.rows.iter().filter(has_it).filter(|row| !expected.contains(row)).collect();
            assert!(by_code || missed.is_empty(), "{tab}: {text}: {missed:?}");
            found_at_all += found.rows.len();
        }
        assert_eq!(world.source.asked().hits.load(Ordering::Relaxed), before, "{tab}");
    }
    assert!(lists > 20 && found_at_all > 50, "{lists} lists, {found_at_all} rows");
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
async fn rows_are_found_by_the_names_the_reader_sees() {
    let mut world = World::ordinary().await;
    for lang in Lang::ALL {
        world.lang = lang;
        for (panel, tab, dimension) in [
            (Panel::Sources, "sources=channels", Dimension::Channel),
            (Panel::Sources, "sources=sources", Dimension::Source),
            (Panel::Devices, "devices=devices", Dimension::Device),
            (Panel::Devices, "devices=sizes", Dimension::Screen),
            (Panel::Devices, "devices=languages", Dimension::Language),
        ] {
            let all = world.details(panel, tab).await;
            assert_eq!((all.shown.list, all.rows.len() > 1), (List::Values(dimension), true), "{tab}");
            for row in &all.rows {
                let label = value_label(&Subject::Value(dimension), &row.value, lang);
                let found = world.details(panel, &format!("{tab}&q={}", label.to_uppercase())).await;
                let same = |other: &PanelRow| other.value == row.value && other.size() == row.size();
                assert!(found.rows.iter().any(same), "{lang:?}, {tab}: {label}: {:?}", found.rows);
            }
        }
    }
    for (panel, query, values) in [
        (Panel::Sources, "sources=channels&q=Suche", vec!["Organic Search", "Paid Search"]),
        (Panel::Devices, "devices=devices&q=Telefon", vec!["Mobile"]),
        (Panel::Sources, "sources=sources&q=Direkt", vec!["Direct / None"]),
    ] {
        let found = world.details(panel, query).await.rows;
        assert!(!found.is_empty() && found.iter().all(|row| values.contains(&row.value.as_str())), "{query}: {found:?}");
    }
    assert!(world.details(Panel::Sources, "sources=channels&q=no such channel").await.rows.is_empty());
}

#[tokio::test]
async fn an_order_that_no_list_has_is_the_usual_one_and_said() {
    let world = World::ordinary().await;
    let usual = world.details_html(Panel::Pages, "").await;
    let odd = world.details_html(Panel::Pages, "sort=shoes,asc").await;
    assert!(odd.contains("sort=shoes,asc") && odd.contains("class=\"notice\"") && !usual.contains("class=\"notice\""));
    // Another list's column is no mistake: a filter changes the columns, and the order stays behind.
    for html in [usual, odd, world.details_html(Panel::Pages, "sort=views_per_visit,asc").await] {
        assert_eq!((html.matches("aria-sort=").count(), html.matches("aria-sort=\"descending\"").count()), (1, 1));
    }
    let understood = DetailsState::understand(Panel::Pages, "q=a&sort=shoes,asc", Period::default());
    assert_eq!((understood.state.sort, understood.ignored), (None, vec!["sort=shoes,asc".to_owned()]));
    assert!(
        ["views", "view_share,asc", "value", "visits"]
            .iter()
            .all(|sort| { DetailsState::parse(Panel::Machines, &format!("sort={sort}"), Period::default()).sort.is_some() })
    );
    let (rows, largest) = (world.details(Panel::Machines, "").await.rows, world.details(Panel::Machines, "").await.largest);
    let other = world.details(Panel::Machines, "sort=visitors,asc").await;
    assert_eq!((other.rows, other.largest), (rows, largest));
}

#[tokio::test]
async fn pages_in_full_say_how_many_leave_at_once() {
    let world = World::ordinary().await;
    let pages = world.details(Panel::Pages, "").await;
    let at = pages.columns.iter().position(|column| *column == Column::Of(Metric::BounceRate)).expect("a bounce rate");
    let rates: Vec<_> = pages.rows.iter().filter_map(|row| row.numbers[at]).collect();
    assert!(rates.iter().any(|rate| *rate > 0.0) && rates.iter().all(|rate| (0.0..=100.0).contains(rate)), "{rates:?}");
    assert!(world.details_html(Panel::Pages, "").await.contains("Bounce rate"));
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
    let html = world.page("", report);
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

#[tokio::test]
async fn who_is_there_under_a_filter_is_who_passes_it() {
    let mut world = World::ordinary().await;
    world.now = world.view.freshness.newest_hit.expect("a hit").plus(60_000);
    let (report, html) = world.realtime("period=realtime").await;
    assert_eq!(report.current, None, "the site's");
    assert!(html.contains("headline__value\">3<"), "as the server counted it");
    let slot = current::since(world.now).0 / current::SLOT_MS;
    let there = world.source.last_seen_since(world.calendar.moment(world.now).date, slot);
    assert!(there > 0);
    for (filter, expected) in [("f=contains,hostname,.", there), ("f=is,page,/no-such-page", 0)] {
        let (report, html) = world.realtime(&format!("{filter}&period=realtime")).await;
        assert_eq!(report.current, Some(expected), "{filter}");
        assert!(html.contains(&format!("headline__value\">{expected}<")), "{filter}");
    }
}

/// The tabs with something below them, and the filters that lead there.
const BELOW: [(Panel, &str, &str); 6] = [
    (Panel::Sources, "sources=channels", "channel"),
    (Panel::Sources, "sources=sources", "source"),
    (Panel::Places, "places=countries", "country"),
    (Panel::Places, "places=map", "country"),
    (Panel::Devices, "devices=browsers", "browser"),
    (Panel::Devices, "devices=system_versions", "os"),
];

#[tokio::test]
async fn where_nothing_is_known_below_details_show_what_the_panel_shows() {
    let world = World::ordinary().await;
    let mut undrilled = 0;
    for (panel, tab, subject) in BELOW {
        for row in world.details(panel, tab).await.rows {
            let name = if row.of.is_some() { row.of.unwrap_or_default() } else { row.value };
            let mut state = PageState::parse(tab).state;
            state = state.with_filter(Filter::is(Subject::from_name(subject).expect("a subject"), &name));
            let query = state.query_string();
            let list = &world.report(&query).await.panels[panel.index()];
            let details = world.details(panel, &query).await;
            undrilled += usize::from(list.shown.within.is_none());
            assert_eq!(details.shown, list.shown, "{query}");
            assert_eq!(details.rows.len().min(list.rows.len()), list.rows.len(), "{query}");
            for more in ["q=no-such-thing", "page=7", "sort=value"] {
                assert_eq!(world.details(panel, &format!("{query}&{more}")).await.shown, list.shown, "{query}&{more}");
            }
        }
    }
    assert!(undrilled > 0, "Nepal has no regions");
    let nepal = world.details(Panel::Places, "f=is,country,NP&places=countries").await;
    assert_eq!((nepal.shown.list, &*nepal.rows[0].value), (List::Values(Dimension::Country), "NP"));
}

#[tokio::test]
async fn a_file_has_in_it_what_its_name_says() {
    let mut world = World::ordinary().await;
    world.named.goals = vec![Goal::event("Signup")];
    let browser = world.details(Panel::Devices, "devices=browsers").await.rows[0].value.clone();
    let state = PageState::default().with_filter(Filter::is(Dimension::Browser, &browser));
    let files = world.files(&state.query_string()).await;
    let rows = |name: &str| files[name].lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(rows("devices_browsers.csv").len(), 1);
    assert!(rows("devices_browsers.csv")[0].starts_with(&browser));
    assert!(files["devices_versions.csv"].starts_with("name,version,"));
    assert!(rows("devices_versions.csv").iter().all(|row| row.starts_with(&format!("{browser},"))));
    assert!(!files.contains_key("places_map.csv") && files.contains_key("places_countries.csv") && files.contains_key("goals_goals.csv"));
    let all = world.files("").await;
    let seen = world.details(Panel::Properties, "").await.properties;
    assert!(!seen.is_empty() && !all.contains_key("properties.csv"));
    for name in &seen {
        let own = world.details(Panel::Properties, &format!("property={name}")).await;
        let file = all.iter().find(|(file, _)| *file == &format!("properties_{}.csv", name.replace(' ', "_"))).expect("a file").1;
        assert_eq!(file.lines().count() as u64, own.total + 1, "{name}");
    }
    world.named.goals.clear();
    assert!(!world.files("").await.contains_key("goals_goals.csv"), "without goals there are events only");
}

#[tokio::test]
async fn a_picture_names_its_metric_its_filters_and_what_it_is_compared_with() {
    let mut world = World::ordinary().await;
    world.named.goals = vec![Goal::event("Signup")];
    let germans = vec![Asked::test(Op::Is, By::Value(Dimension::Country), ["DE".to_owned()])];
    world.named.segments = vec![Segment { id: 4, name: "Germans & <friends>".into(), filters: germans }];
    let plain = world.picture("period=7d").await;
    assert!(
        plain.contains(">Visitors<")
            && plain.contains(">23 Oct – 29 Oct<")
            && plain.contains(">16 Oct – 22 Oct (numbers only from 17 Oct)<")
    );
    let goal = world.picture("f=is,goal,Signup&f=is,segment,4&period=7d&comparison=off").await;
    assert!(goal.contains(">Conversions<") && !goal.contains(">Visitors<") && !goal.contains("22 Oct"));
    assert!(goal.contains(">Goal is Signup · Segment is Germans &amp; &lt;friends&gt;<"), "{goal}");
    world.lang = Lang::De;
    assert!(world.picture("f=is,country,DE&metric=visits").await.contains(">Land ist Deutschland<"));
}

#[tokio::test]
async fn details_of_goals_have_every_goal() {
    let mut world = World::ordinary().await;
    world.named.goals = vec![Goal::event("Never done"), Goal::event("Signup"), Goal::event("File Download")];
    let all = world.details(Panel::Goals, "").await;
    let list = &world.report("").await.panels[Panel::Goals.index()];
    let names = |report: &DetailsReport| report.rows.iter().map(|row| row.value.clone()).collect::<Vec<_>>();
    assert_eq!((all.total, names(&all)), (3, list.rows.iter().map(|row| row.value.clone()).collect()));
    assert_eq!((names(&all).last().map(String::as_str), all.rows[2].size()), (Some("Never done"), 0));
    assert_eq!(names(&world.details(Panel::Goals, "sort=visitors,asc").await)[0], "Never done");
    assert_eq!(names(&world.details(Panel::Goals, "sort=value,asc").await), ["File Download", "Never done", "Signup"]);
    let found = world.details(Panel::Goals, "q=NEVER").await;
    assert_eq!((names(&found), found.total), (vec!["Never done".to_owned()], 1));
    assert!(world.details(Panel::Goals, "page=2").await.rows.is_empty());
    assert_eq!(names(&world.details(Panel::Goals, "f=is,goal,Signup").await), ["Signup"], "one goal is asked about");
    assert!(world.files("").await["goals_goals.csv"].contains("\nNever done,0,0,0"));
}

#[tokio::test]
async fn goals_with_a_currency_say_what_they_brought() {
    let mut world = World::ordinary().await;
    let euro = Currency::parse("EUR");
    world.named.goals = vec![Goal { currency: euro, ..Goal::event("Signup") }, Goal { currency: euro, ..Goal::event("Never") }];
    let list = world.report("").await.panels[Panel::Goals.index()].clone();
    let [_, _, money, _] = list.columns[..] else { panic!("{:?}", list.columns) };
    assert_eq!(money, Column::Of(Metric::TotalRevenue));
    let text = |row: usize, lang| money.text(list.rows[row].numbers[2], list.rows[row].currency, lang);
    assert!(text(0, Lang::En).starts_with("EUR\u{A0}") && text(0, Lang::De).ends_with("\u{A0}EUR"), "{:?}", list.rows[0]);
    assert_eq!(text(1, Lang::En), "EUR\u{A0}0.00");
    let report = world.report("f=is,goal,Signup").await;
    let headline = report.headlines.iter().find(|number| number.metric == PageMetric::TotalRevenue).expect("revenue");
    assert_eq!(headline.value, list.rows[0].numbers[2]);
    assert!(world.html("f=is,goal,Signup").await.contains(&text(0, Lang::En)), "both are written alike");
    let file = &world.files("").await["goals_goals.csv"];
    assert!(file.lines().next().is_some_and(|head| head.ends_with(",currency")) && file.contains(",EUR\r\n"), "{file}");
}

#[tokio::test]
async fn numbers_over_time_say_their_currency() {
    let mut world = World::ordinary().await;
    assert!(world.files("period=7d").await["time.csv"].lines().next().is_some_and(|head| !head.contains("currency")));
    world.named.goals = vec![Goal { currency: Currency::parse("EUR"), ..Goal::event("Signup") }];
    let file = &world.files("f=is,goal,Signup&period=28d").await["time.csv"];
    assert!(file.lines().next().is_some_and(|head| head.ends_with("total_revenue,average_revenue,currency")), "{file}");
    assert!(file.lines().skip(1).all(|line| line.ends_with(",EUR") || line.ends_with(",,")), "{file}");
    assert!(file.contains(",EUR\r\n"), "{file}");
}

#[tokio::test]
async fn money_that_is_not_in_a_number_is_said_beside_it() {
    let mut world = World::ordinary().await;
    for (currency, short, long) in
        [("EUR", "without other currencies", "Some came in another currency"), ("", "several currencies", "not added up")]
    {
        world.lang = Lang::En;
        world.named.goals = vec![
            Goal { currency: Currency::parse(currency), ..Goal::event("Signup") },
            Goal { currency: Currency::parse("EUR"), ..Goal::event("x") },
        ];
        let html = world.html("f=is,goal,Signup").await;
        assert!(html.contains(&format!("<span class=\"headline__note\">{short}</span>")) && html.contains(long), "{html}");
        let (panel, details) = (world.html("").await, world.details_html(Panel::Goals, "").await);
        assert!(panel.contains(long) && details.contains(long));
        world.lang = Lang::De;
        assert!(world.html("f=is,goal,Signup").await.contains("Währungen</span>"));
    }
    world.lang = Lang::En;
    world.named.goals.clear();
    assert!(!world.html("").await.contains("currenc"));
}

#[tokio::test]
async fn a_list_says_which_order_it_does_not_have() {
    let world = World::ordinary().await;
    let unused = async |query: &str| {
        let report = world.details(Panel::Pages, query).await;
        report.unused(&DetailsState::parse(Panel::Pages, query, Period::default()))
    };
    assert_eq!(unused("sort=conversion_rate,asc").await.as_deref(), Some("sort=conversion_rate,asc"));
    assert_eq!((unused("sort=visitors").await, unused("sort=value,asc").await, unused("").await), (None, None, None));
}

#[tokio::test]
async fn panels_and_details_agree_on_what_a_number_is() {
    let mut world = World::ordinary().await;
    world.named.goals = vec![Goal::event("Signup")];
    for (panel, query) in tabs() {
        for more in ["", "f=is,goal,Signup"] {
            let query = format!("{query}&{more}");
            let (list, details) = (world.report(&query).await.panels[panel.index()].clone(), world.details(panel, &query).await);
            assert_eq!(list.columns[0], details.columns[0], "{query}");
            assert!(list.columns.iter().all(|column| details.columns.contains(column)), "{query}: {:?}", list.columns);
            let sizes: Vec<_> = details.rows.iter().take(list.rows.len()).map(|row| row.size()).collect();
            if list.shown == details.shown && !list.rows.is_empty() && list.shown.list != List::Map {
                assert_eq!(list.rows.iter().map(|row| row.size()).collect::<Vec<_>>(), sizes, "{query}");
            }
        }
    }
}

#[tokio::test]
async fn the_foot_of_a_panel_leads_to_all_its_rows() {
    let world = World::ordinary().await;
    let html = world.html("f=is,country,DE").await;
    assert!(html.contains("href=\"/example.org/export/pages.csv?f=is,country,DE"));
    let pages = &world.report("").await.panels[Panel::Pages.index()];
    assert!(pages.more && world.html("").await.contains("The first 9"));
    assert!(!world.html("f=is,page,/&f=is,browser,Chrome&f=is,country,NP").await.contains("The first"));
    let list = &world.report("").await.panels[Panel::Properties.index()];
    let property = list.shown.property.as_deref().expect("a property");
    let html = world.html("").await;
    let link = html.split("href=\"/example.org/export/properties.csv?").nth(1).and_then(|rest| rest.split('"').next());
    assert!(link.is_some_and(|query| query.contains(&format!("property={property}"))), "{link:?}");
}

#[tokio::test]
async fn a_page_is_one_press_away() {
    let world = World::ordinary().await;
    let link = "href=\"https://example.org/pricing\" title=\"https://example.org/pricing\" target=\"_blank\" rel=\"noreferrer noopener\"";
    assert!(world.html("").await.contains(link));
    assert!(world.details_html(Panel::Pages, "pages=entry").await.contains(link));
    assert!(world.html("").await.contains("aria-label=\"Open /pricing in a new tab\""), "each says which page");
    assert!(world.html("f=is,hostname,blog.example.org").await.contains("href=\"https://blog.example.org/"));
    for host in ["evil.example", "example.org.evil.example", "evil.example/example.org", "evil@example.org"] {
        assert!(!world.html(&format!("f=is,hostname,{host}")).await.contains("href=\"https://"), "{host}");
        assert!(!world.details_html(Panel::Pages, &format!("f=is,hostname,{host}")).await.contains("href=\"https://"), "{host}");
    }
}

#[tokio::test]
async fn days_before_the_first_are_no_comparison() {
    let world = World::ordinary().await;
    let known = |report: &SiteReport| report.headlines.iter().filter(|number| number.change.is_some()).count();
    let whole = world.report("period=day").await;
    assert!(known(&whole) > 0 && whole.chart.compared_with.as_deref() == Some("28 Oct"));
    let partly = world.report("period=7d").await;
    assert_eq!((known(&partly), partly.headlines.iter().all(|number| number.before.is_none())), (0, true));
    assert_eq!(partly.chart.compared_with.as_deref(), Some("16 Oct – 22 Oct (numbers only from 17 Oct)"));
}

#[tokio::test]
async fn the_unknown_is_none_of_the_countries_under_the_map() {
    let world = World::ordinary().await;
    let mut report = world.report("places=map").await;
    let countries = &mut report.panels[Panel::Places.index()].rows;
    let unknown = PanelRow { value: "(not set)".into(), ..countries[0].clone() };
    countries.retain(|row| row.value != unknown.value);
    countries.insert(0, unknown);
    let html = world.page("places=map", report);
    let most = html.split("map__most").nth(1).and_then(|rest| rest.split("</ul>").next()).expect("a list");
    assert_eq!(most.matches("<li>").count(), 3);
    assert!(!most.contains("Unknown") && html.contains("Country unknown"), "{most}");
}

#[tokio::test]
async fn details_are_narrowed_where_they_are() {
    let world = World::ordinary().await;
    let html = world.details_html(Panel::Pages, "f=is,country,DE&period=7d&q=a&sort=visits&page=2").await;
    let here = "href=\"/example.org/details/pages?";
    for (what, query) in [
        ("another period", "f=is,country,DE&amp;period=30d&amp;q=a&amp;sort=visits\""),
        ("the chip's form", "f=is,country,DE&amp;period=7d&amp;q=a&amp;sort=visits&amp;edit=is,country,DE\""),
        ("without the chip", "period=7d&amp;q=a&amp;sort=visits\""),
        ("a new filter", "f=is,country,DE&amp;period=7d&amp;q=a&amp;sort=visits&amp;filter=source\""),
    ] {
        assert!(html.contains(&format!("{here}{query}")), "{what}");
    }
    assert_eq!(html.matches("aria-keyshortcuts=\"/\"").count(), 1, "the search is the list's own");
    assert!(html.contains("Updated ") && html.contains("id=\"keys\""));
    let open = world.details_html(Panel::Pages, "period=7d&q=a&filter=source").await;
    assert!(open.contains("role=\"dialog\"") && open.contains("action=\"/example.org/details/pages\""));
    assert!(world.details_html(Panel::Pages, "period=7d&shoes=9").await.contains("is left out: shoes=9"));
}

#[tokio::test]
async fn versions_have_a_second_row_of_tabs() {
    let world = World::ordinary().await;
    let below = |html: &str| html.split("tabs--below").nth(1).and_then(|rest| rest.split("</nav>").next()).map(str::to_owned);
    assert_eq!(below(&world.html("").await), None);
    let row = below(&world.html("devices=system_versions").await).expect("a second row");
    assert!(row.contains("devices=versions") && row.contains(">Systems</a>") && !row.contains(">Sizes</a>"), "{row}");
    let systems = world.details(Panel::Devices, "devices=system_versions").await;
    assert!(systems.rows.iter().all(|row| row.of.is_some()) && !systems.rows.is_empty());
    let mut report = world.report("devices=system_versions").await;
    report.panels[Panel::Devices.index()].rows[0] =
        PanelRow { value: "(not set)".into(), of: Some("GNU/Linux".into()), ..PanelRow::default() };
    let html = world.page("devices=system_versions", report);
    assert!(html.contains("<bdi>GNU/Linux, version unknown</bdi>") && !html.contains("GNU/Linux (not set)"));
}
