//! Widgets over made-up traffic: each is a small whole document that shows what the site's page shows.
#![cfg(feature = "ssr")]

use footfall_app::colours::{Background, Colour};
use footfall_app::models::{AssetUrls, EmbedLink, EmbedPage, Frame, FrameWidth, Theme};
use footfall_app::pages;
use footfall_app::site_page::{Asker, PageState, load};
use footfall_app::widgets::{self, Absence, Shown, Widget, WidgetPage, WidgetState};
use footfall_app::words::Lang;
use footfall_domain::{LocalDate, Role, Site, SiteCalendar, UnixMillis};
use footfall_query::{Context, Goal, SiteContext, Source, View};
use footfall_testkit::ShardSource;
use footfall_testkit::traffic::{Plan, Traffic};
use std::sync::Arc;

struct World {
    source: ShardSource,
    view: View,
    site: Site,
    calendar: SiteCalendar,
    now: UnixMillis,
    named: SiteContext,
}

impl World {
    async fn ordinary() -> Self {
        let plan = Plan::ordinary();
        let source = ShardSource::of(&Traffic::of(&plan, 7), 1_000);
        let site = plan.site();
        let view = source.view(site.id).await.expect("a view");
        Self { source, view, calendar: plan.calendar(), now: plan.now, site, named: SiteContext::default() }
    }

    async fn shown(&self, widget: Widget, query: &str) -> (WidgetState, Shown, LocalDate) {
        let state = WidgetState::parse(widget, query).state;
        let context = Context { site: &self.site, calendar: &self.calendar, now: self.now };
        let asker =
            Asker { source: &self.source, view: &self.view, context: &context, site: &self.named, properties: None, lang: state.lang };
        let shown = widgets::load(&asker, widget, &state, &state.page_state(widget), async { Ok(14) }).await.expect("numbers");
        (state, shown, self.calendar.moment(self.now).date)
    }

    async fn html(&self, name: &str, query: &str, linked: bool) -> String {
        let widget = Widget::from_name(name).expect("a widget");
        let (state, shown, today) = self.shown(widget, query).await;
        widgets::render(&WidgetPage { assets: assets(), domain: self.site.domain.clone(), widget, state, linked, today, shown })
    }

    async fn page_html(&self, query: &str) -> Vec<String> {
        let context = Context { site: &self.site, calendar: &self.calendar, now: self.now };
        let asker =
            Asker { source: &self.source, view: &self.view, context: &context, site: &self.named, properties: None, lang: Lang::En };
        let report = load(&asker, &PageState::parse(query)).await.expect("a report");
        report.headlines.iter().filter_map(|number| Some(number.metric.short(number.value?, number.currency, Lang::En))).collect()
    }
}

fn assets() -> Arc<AssetUrls> {
    Arc::new(AssetUrls::named(|name| Some(format!("/assets/{name}"))))
}

fn count(html: &str, what: &str) -> usize {
    html.matches(what).count()
}

#[tokio::test]
async fn every_widget_is_a_whole_document_without_style_or_script_in_it() {
    let world = World::ordinary().await;
    for widget in Widget::all() {
        for (linked, query) in [(true, ""), (false, "lang=de&theme=dark&accent=ffe600&background=transparent")] {
            let html = world.html(widget.name(), query, linked).await;
            let name = widget.name();
            assert!(html.starts_with("<!DOCTYPE html><html lang=") && html.ends_with("</html>"), "{name}");
            assert_eq!((count(&html, " style="), count(&html, "<style"), count(&html, "<script>")), (0, 0, 0), "{name}");
            assert_eq!(count(&html, "<script"), 1, "{name}: one file");
            assert_eq!(
                (count(&html, "<main"), count(&html, "<title>")),
                (1, if name == "map" { count(&html, "<title>") } else { 1 }),
                "{name}"
            );
            if !linked {
                let away = count(&html, "<a ") - count(&html, "rows__open");
                assert_eq!(away, 0, "{name}: a site nobody else may see is led to by nothing");
                assert!(
                    html.contains("data-theme=\"dark\"")
                        && html.contains("/embed/style.css?accent=ffe600&amp;background=transparent&amp;v=2")
                );
            }
        }
    }
}

#[tokio::test]
async fn links_open_elsewhere_and_keep_their_opener_to_themselves() {
    let world = World::ordinary().await;
    for name in ["visitors", "numbers", "chart", "map", "sources", "pages", "live"] {
        let html = world.html(name, "period=7d&lang=de", true).await;
        let links: Vec<&str> = html.split("<a ").skip(1).map(|rest| rest.split('>').next().expect("a tag")).collect();
        assert!(!links.is_empty(), "{name}");
        for link in links {
            assert!(link.contains("target=\"_blank\"") && link.contains("noopener"), "{name}: {link}");
        }
    }
    let html = world.html("sources", "period=7d", true).await;
    assert!(html.contains(&format!("href=\"/{}?period=7d&amp;sources=sources\"", world.site.domain)), "the head leads to the same list");
}

#[tokio::test]
async fn numbers_are_those_of_the_page() {
    let world = World::ordinary().await;
    let page = world.page_html("period=28d").await;
    let all = world.html("numbers", "", true).await;
    for number in &page {
        assert!(all.contains(&format!("<b>{number}</b>")), "{number}");
    }
    for (name, number) in ["visitors", "visits", "pageviews", "views_per_visit", "bounce_rate", "visit_duration"].iter().zip(&page) {
        assert!(world.html(name, "", true).await.contains(&format!("<b>{number}</b>")), "{name}: {number}");
    }
    assert!(world.html("live", "", true).await.contains("<b>14</b>"));
}

#[tokio::test]
async fn a_list_has_as_many_rows_as_its_address_says() {
    let world = World::ordinary().await;
    for (query, rows) in [("limit=1", 1), ("limit=3", 3), ("", 9)] {
        assert_eq!(count(&world.html("pages", query, true).await, "<th scope=\"row\""), rows, "{query}");
    }
    let many = count(&world.html("pages", "limit=100&period=all", true).await, "<th scope=\"row\"");
    assert!(many > 9, "{many}");
}

#[tokio::test]
async fn goals_nobody_reached_are_rows_too() {
    let mut world = World::ordinary().await;
    world.named.goals = vec![Goal { name: "</td><script>".into(), ..Goal::event("Never") }];
    let html = world.html("goals", "", true).await;
    assert!(html.contains("&lt;/td&gt;&lt;script&gt;") && count(&html, "<script") == 1);
}

#[test]
fn what_is_not_there_is_a_small_document_too() {
    let state = WidgetState { theme: Theme::Dark, lang: Lang::De, ..WidgetState::default() };
    let html = widgets::absent(&assets(), &state, &Absence::Wrong(vec!["limit=<b>".into()]));
    assert!(html.contains("limit=&lt;b&gt;") && html.contains("lang=\"de\""), "{html}");
    assert!(widgets::absent(&assets(), &state, &Absence::Nothing).contains("Hier ist nichts"));
}

fn builder(is_public: bool, role: Role) -> EmbedPage {
    EmbedPage {
        frame: Frame { assets: assets(), user: Some("anna@example.org".into()), role: Some(role), ..Frame::default() },
        domain: "a.example".into(),
        origin: "https://stats.example".into(),
        today: LocalDate::parse("2026-11-23").expect("a date"),
        widget: Widget::from_name("sources").expect("a widget"),
        state: WidgetState::default(),
        is_public,
        links: Vec::new(),
        link: None,
        width: FrameWidth::Full,
        height: 300,
        wrong: Vec::new(),
    }
}

#[test]
fn the_builder_shows_the_widget_and_its_html() {
    let mut page = builder(true, Role::Viewer);
    page.state.limit = 5;
    page.state.colours.accent = Colour::parse("ffe600");
    page.state.colours.background = Some(Background::Transparent);
    let html = pages::embed(&page);
    assert!(html.contains("src=\"/embed/a.example/sources?accent=ffe600&amp;background=transparent&amp;limit=5\""), "the preview");
    let copied = "https://stats.example/embed/a.example/sources?accent=ffe600&amp;amp;background=transparent&amp;amp;limit=5";
    assert!(html.contains(copied), "the HTML to copy");
    assert_eq!(count(&html, "<iframe"), 1, "the other one is text");
}

#[test]
fn the_builder_says_why_a_site_nobody_else_may_see_has_no_frame() {
    let viewer = pages::embed(&builder(false, Role::Viewer));
    let admin = pages::embed(&builder(false, Role::Admin));
    assert!(!viewer.contains("<iframe") && !admin.contains("<iframe"));
    assert!(!viewer.contains("/a.example/settings/sharing") && admin.contains("/a.example/settings/sharing"));
    let linked = EmbedPage { links: vec![EmbedLink { id: 3, name: "<b>".into() }], link: Some(3), ..builder(false, Role::Admin) };
    let html = pages::embed(&linked);
    assert!(html.contains("<iframe") && html.contains("&lt;b&gt;") && !html.contains("<b>”"));
}

/// The names in the first column of a table of docs/embed.md, below a heading.
fn documented(heading: &str) -> Vec<String> {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/embed.md")).expect("docs/embed.md");
    let part = text.split("\n## ").find(|part| part.starts_with(heading)).expect("the heading");
    let rows = part.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.filter_map(|row| row.split('`').next()).map(str::to_owned).collect()
}

#[test]
fn every_widget_and_every_parameter_is_documented() {
    let names: Vec<&str> = Widget::all().into_iter().map(Widget::name).collect();
    assert_eq!(documented("Which there are"), names);
    assert_eq!(documented("What an address may say"), WidgetState::NAMES);
}
