//! The site page over made-up traffic: what is loaded agrees with itself, and every address gives a page.
#![cfg(feature = "ssr")]

use footfall_app::models::Frame;
use footfall_app::panels::value_label;
use footfall_app::site_page::{
    Asker, Interval, PageMetric, PageState, Parsed, Period, SitePage, SiteReport, Subject, Suggested, card, load, render, suggestions,
};
use footfall_app::words::Lang;
use footfall_domain::{Dimension, Site, SiteCalendar, UnixMillis};
use footfall_query::{Context, Filter as Asked, Goal, GoalKind, Op, Segment, SiteContext, Source, View, country};
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
    async fn of(plan: &Plan) -> Self {
        let source = ShardSource::of(&Traffic::of(plan, 7), 1_000);
        let site = plan.site();
        let view = source.view(site.id).await.expect("a view");
        Self { source, view, calendar: plan.calendar(), now: plan.now, site, named: named(), lang: Lang::En }
    }

    fn context(&self) -> Context<'_> {
        Context { site: &self.site, calendar: &self.calendar, now: self.now }
    }

    /// What the address says at this site.
    fn parsed(&self, query: &str) -> Parsed {
        let mut parsed = PageState::parse(query);
        let (state, unknown) = parsed.state.known_at(&self.named);
        let context = self.context();
        let (possible, impossible) = state.possible(&self.asker(&context));
        parsed.state = possible;
        parsed.ignored.extend(unknown.into_iter().chain(impossible));
        parsed
    }

    async fn ask(&self, parsed: &Parsed) -> SiteReport {
        let context = self.context();
        load(&self.asker(&context), parsed).await.expect("a report")
    }

    fn asker<'a>(&'a self, context: &'a Context<'a>) -> Asker<'a> {
        Asker { source: &self.source, view: &self.view, context, site: &self.named, properties: None, lang: self.lang }
    }

    async fn report(&self, query: &str) -> SiteReport {
        self.ask(&self.parsed(query)).await
    }

    async fn suggested(&self, query: &str, subject: Subject, typed: &str) -> Vec<String> {
        self.suggested_of(query, &Suggested::Values(subject), typed).await
    }

    async fn suggested_of(&self, query: &str, of: &Suggested, typed: &str) -> Vec<String> {
        let context = self.context();
        let found = suggestions(&self.asker(&context), &self.parsed(query).state, of, typed).await.expect("suggestions");
        found.into_iter().map(|one| one.value).collect()
    }

    async fn html(&self, query: &str) -> String {
        let parsed = self.parsed(query);
        let report = self.ask(&parsed).await;
        let frame = Frame { user: Some("anna@example.org".into()), csrf: "token".into(), lang: self.lang, ..Frame::default() };
        render(&SitePage {
            frame,
            domain: self.site.domain.clone(),
            zone: self.site.zone().to_owned(),
            notice: None,
            state: parsed.state,
            ignored: parsed.ignored,
            current: 3,
            may_change: true,
            report,
        })
    }
}

/// A goal, and a segment of one filter.
fn named() -> SiteContext {
    let goal = Goal::new(GoalKind::Page { pattern: "/*".into(), scroll: None });
    let filters = vec![Asked::test(Op::Is, footfall_query::By::Value(Dimension::Country), ["DE".to_owned()])];
    SiteContext { goals: vec![goal], segments: vec![Segment { id: 7, name: "Germans".into(), filters }], ..SiteContext::default() }
}

const PERIODS: [&str; 15] = [
    "period=24h",
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
                assert_eq!(Some(sum), headline.value, "{query}");
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
    assert_eq!(Some(sum), report.headlines[0].value);
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
    for query in ["comparison=off", "period=all"] {
        let report = world.report(query).await;
        assert_eq!(report.chart.compared_with, None);
        assert!(report.headlines.iter().all(|number| number.before.is_none() && number.change.is_none()), "{query}");
    }
}

#[tokio::test]
async fn filters_change_which_numbers_lead() {
    let world = World::of(&Plan::ordinary()).await;
    let metrics = |report: &SiteReport| report.headlines.iter().map(|number| number.metric.name()).collect::<Vec<_>>();
    assert_eq!(metrics(&world.report("").await).len(), 6);
    let page = world.report("f=contains,page,/&metric=scroll_depth").await;
    assert_eq!(metrics(&page)[6..], ["time_on_page", "scroll_depth"]);
    assert_eq!(page.chart.metric, PageMetric::ScrollDepth);
    let goal = world.report("f=is,goal,Visit /*&metric=bounce_rate").await;
    assert_eq!(metrics(&goal), ["visitors", "events", "conversion_rate"]);
    assert_eq!(goal.chart.metric, PageMetric::Visitors, "what is no headline number is not in the chart");
    // Some visitors sent an event and saw no page.
    let everybody = world.report("").await.headlines[0].value.expect("visitors");
    let who_did = goal.headlines[0].value.expect("visitors");
    assert!(who_did < everybody);
    assert_eq!(goal.headlines[2].value, Some((who_did / everybody * 10_000.0).round() / 100.0));
}

#[tokio::test]
async fn a_segment_is_its_filters() {
    let world = World::of(&Plan::ordinary()).await;
    let (segment, filter) = (world.report("f=is,segment,7").await, world.report("f=is,country,DE").await);
    assert_eq!(segment.headlines, filter.headlines);
    assert!(world.html("f=is,segment,7").await.contains("<b>Germans</b>"));
}

#[tokio::test]
async fn what_the_site_does_not_have_is_left_out_and_said() {
    let world = World::of(&Plan::ordinary()).await;
    let html = world.html("f=is,goal,Nothing&f=is,segment,8&f=is,country,DE").await;
    assert!(html.contains("is left out: f=is,goal,Nothing, f=is,segment,8"));
    assert!(html.contains("Country") && !html.contains("href=\"/example.org?f=is,goal"));
}

#[tokio::test]
async fn a_comparison_can_be_any_days() {
    let world = World::of(&Plan::ordinary()).await;
    let query = "comparison=custom&compare_from=2026-10-01&compare_to=2026-10-07&period=7d";
    let report = world.report(query).await;
    assert_eq!(report.chart.compared_with.as_deref(), Some("1 Oct – 7 Oct (numbers only from 17 Oct)"));
    assert!(report.chart.points.iter().all(|point| point.before.is_none()), "before the first day there is nothing, which is not zero");
    let partly = world.report("comparison=custom&compare_from=2026-10-14&compare_to=2026-10-20&period=7d").await;
    let known: Vec<bool> = partly.chart.points.iter().map(|point| point.before.is_some()).collect();
    assert_eq!(known, [false, false, false, true, true, true, true]);
    let html = world.html(query).await;
    assert!(html.contains("<span>1 Oct – 7 Oct</span>"), "the button says the days");
    let long = world.report("comparison=custom&compare_from=0001-01-01&compare_to=9998-12-31&period=7d").await;
    assert_eq!(long.chart.points.len(), 7, "what is longer than the axis has no room on it");
    let weekday = world.report("match_day_of_week=true&period=30d").await;
    let exact = world.report("period=30d").await;
    assert_ne!(weekday.chart.compared_with, exact.chart.compared_with);
}

#[tokio::test]
async fn suggestions_are_what_was_seen() {
    let world = World::of(&Plan::ordinary()).await;
    let pages = world.suggested("", Subject::Value(Dimension::Page), "").await;
    assert!(!pages.is_empty() && pages.len() <= 25, "{pages:?}");
    let some = &pages[0][..2.min(pages[0].len())].to_uppercase();
    let hits = || world.source.asked().hits.load(std::sync::atomic::Ordering::Relaxed);
    let before = hits();
    let found = world.suggested("", Subject::Value(Dimension::Page), some).await;
    assert_eq!(hits(), before, "no hit is read while one types");
    assert!(found.contains(&pages[0]) && found.iter().all(|page| page.to_uppercase().contains(some)), "{found:?}");
    assert_eq!(world.suggested("", Subject::Value(Dimension::Country), "no such country").await, Vec::<String>::new());
    assert_eq!(world.suggested("", Subject::Segment, "GERM").await, ["7"]);
    assert_eq!(world.suggested("", Subject::Goal, "").await, ["Visit /*"]);
    let other = world.suggested(&format!("f=is,page,{}", pages[0]), Subject::Value(Dimension::Page), "").await;
    assert_eq!(other, pages, "a filter on the same subject is about to be replaced");
}

#[tokio::test]
async fn names_of_properties_are_suggested() {
    let world = World::of(&Plan::ordinary()).await;
    let all = world.suggested_of("", &Suggested::PropertyNames, "").await;
    assert!(all.len() > 1 && all.len() <= 25, "{all:?}");
    let found = world.suggested_of("", &Suggested::PropertyNames, &all[1].to_uppercase()).await;
    assert!(found.contains(&all[1]) && found.len() < all.len(), "{found:?} of {all:?}");
    assert!(world.suggested_of("f=is,page,/nowhere", &Suggested::PropertyNames, "").await.is_empty(), "the filters hold");
}

#[tokio::test]
async fn what_cannot_be_shown_is_left_out_and_said() {
    let mut world = World::of(&Plan::ordinary()).await;
    for (query, lost) in [
        ("interval=hour&period=28d", Some("interval=hour")),
        ("interval=month&period=7d", Some("interval=month")),
        ("interval=day&period=28d", None),
        ("f=is,goal,Visit%20/*&metric=total_revenue&period=7d", Some("metric=total_revenue")),
        ("f=is,goal,Nothing&metric=conversion_rate&period=7d", Some("f=is,goal,Nothing, metric=conversion_rate")),
        ("f=is,goal,Visit%20/*&metric=conversion_rate&period=7d", None),
    ] {
        let html = world.html(query).await;
        match lost {
            Some(lost) => assert!(html.contains(&format!("is left out: {lost}<")), "{query}"),
            None => assert!(!html.contains("is left out"), "{query}"),
        }
    }
    world.named.goals[0].currency = footfall_domain::Currency::parse("EUR");
    assert!(!world.html("f=is,goal,Visit%20/*&metric=total_revenue&period=7d").await.contains("is left out"));
}

#[tokio::test]
async fn no_link_of_a_page_leads_to_something_left_out() {
    let world = World::of(&Plan::ordinary()).await;
    let page = "f=is,goal,Visit%20/*&interval=hour&metric=conversion_rate&period=7d";
    let html = world.html(page).await;
    let links = html.split("href=\"/example.org?").skip(1).filter_map(|rest| rest.split(['"', '#']).next());
    let links: std::collections::BTreeSet<String> = links.map(|link| link.replace("&amp;", "&")).collect();
    assert!(links.len() > 50, "{links:?}");
    for link in links {
        assert_eq!(world.parsed(&link).ignored, Vec::<String>::new(), "{link}");
    }
}

#[tokio::test]
async fn what_is_suggested_is_found_by_its_name_and_understood_when_sent() {
    let world = World { lang: Lang::De, ..World::of(&Plan::ordinary()).await };
    let suche = world.suggested("", Dimension::Channel.into(), "Suche").await;
    assert!(!suche.is_empty() && suche.iter().all(|channel| channel.ends_with(" Search")), "{suche:?}");
    assert_eq!(world.suggested("", Dimension::Device.into(), "telefon").await, ["Mobile"]);
    assert!(world.suggested("", Dimension::Source.into(), "direkt").await.contains(&"Direct / None".to_owned()));
    let german = world.suggested("", Dimension::Language.into(), "deutsch").await;
    assert!(!german.is_empty() && german.iter().all(|tag| tag.starts_with("de")), "{german:?}");
    for (sent, same) in [
        ("by=channel&op=is&value=Organische+Suche&lang=de", "f=is,channel,Organic Search"),
        ("by=device&op=is&value=Telefon&lang=de", "f=is,device,Mobile"),
        ("by=source&op=is&value=Direkt+/+ohne&lang=de", "f=is,source,Direct / None"),
        ("by=country&op=contains&value=Deutsch&lang=de", "f=is,country,DE"),
        ("by=country&op=contains_not&value=Germany&lang=en", "f=is_not,country,DE"),
        ("by=language&op=contains&value=Deutsch&lang=de", "f=matches,language,^de(-|$)"),
    ] {
        let (sent, same) = (world.report(sent).await.headlines, world.report(same).await.headlines);
        assert!(sent == same && same[0].value.is_some_and(|visitors| visitors > 0.0), "{same:?}");
    }
    let html = world.html("filter=channel&edit=is,channel,Organic Search").await;
    assert!(html.contains("name=\"lang\" value=\"de\"") && html.contains("value=\"Organische Suche\""));
}

/// What a form sent on a page of this language asks for.
fn sent(dimension: Dimension, operator: &str, typed: &str, lang: Lang) -> String {
    let (by, typed) = (Subject::Value(dimension).name(), typed.replace('&', "%26"));
    let state = PageState::parse(&format!("by={by}&op={operator}&value={typed}&lang={}", lang.code())).state;
    state.filters.iter().map(|filter| filter.spell()).collect()
}

#[test]
fn names_lead_back_to_what_is_kept() {
    for (dimension, typed, kept) in [
        (Dimension::Channel, "Organische Suche", "Organic Search"),
        (Dimension::Channel, "organic search", "Organic Search"),
        (Dimension::Device, "Telefon", "Mobile"),
        (Dimension::Screen, "telefon", "Mobile"),
        (Dimension::Screen, "(keine Angabe)", "(not set)"),
        (Dimension::Source, "Direkt / ohne", "Direct / None"),
        (Dimension::Source, "Direkt", "Direkt"),
        (Dimension::City, "(keine Angabe)", "(not set)"),
        (Dimension::Country, "frankreich", "FR"),
        (Dimension::Country, "de", "DE"),
        (Dimension::Country, "CZ", "CZ"),
        (Dimension::Country, "Unknown", "(not set)"),
        (Dimension::Language, "German", "de"),
        (Dimension::Language, "deutsch (österreich)", "de-AT"),
        (Dimension::Language, "de-AT", "de-AT"),
        (Dimension::Name, "(keine Angabe)", "(keine Angabe)"),
        (Dimension::Page, "/Deutschland", "/Deutschland"),
    ] {
        let name = Subject::Value(dimension).name();
        assert_eq!(sent(dimension, "is_not", typed, Lang::De), format!("is_not,{name},{kept}"), "{typed}");
    }
    for (code, _) in country::NAMES {
        for lang in Lang::ALL {
            let name = value_label(&Dimension::Country.into(), code, lang);
            assert_eq!(sent(Dimension::Country, "is", &name, lang), format!("is,country,{code}"), "{name}");
        }
    }
}

#[test]
fn parts_of_names_are_all_the_values_that_have_them() {
    for (dimension, operator, typed, lang, filter) in [
        (Dimension::Country, "contains", "Germ", Lang::En, "is,country,DE"),
        (Dimension::Country, "contains_not", "Germany", Lang::En, "is_not,country,DE"),
        (Dimension::Country, "contains", "Island", Lang::De, "is,country,IS"),
        (Dimension::Country, "contains", "nowhere", Lang::En, "contains,country,nowhere"),
        (Dimension::Country, "matches", "^D", Lang::En, "matches,country,^D"),
        (Dimension::Channel, "contains", "suche", Lang::De, "is,channel,Organic Search,Paid Search"),
        (Dimension::Channel, "contains", "suche", Lang::En, "contains,channel,suche"),
        (Dimension::Language, "contains_not", "deutsch", Lang::De, "matches_not,language,-(DE)(-|$),^(de|gmh|goh|gsw|nds|pdc|wae)(-|$)"),
        (Dimension::Language, "contains", "österr", Lang::De, "matches,language,-(AT)(-|$)"),
        (Dimension::Language, "contains", "german (austria)", Lang::En, "matches,language,^de-AT$"),
        (Dimension::Page, "contains", "Germany", Lang::En, "contains,page,Germany"),
    ] {
        assert_eq!(sent(dimension, operator, typed, lang), filter, "{typed}");
    }
    // A filter has a hundred values at most; more of them are said otherwise, and none is left out.
    let many = sent(Dimension::Country, "contains", "a", Lang::En);
    assert!(many.starts_with("matches,country,^(AD|") && many.contains("|ZA"), "{many}");
}

#[test]
fn an_address_means_what_it_says() {
    for query in ["f=contains,country,Germ", "f=contains_not,country,Germany", "f=is,channel,Organische%20Suche", "f=is,country,Germany"] {
        let query = format!("{query}&period=28d");
        let parsed = PageState::parse(&query);
        assert_eq!((parsed.state.query_string(), parsed.redirect), (query, None));
    }
}

#[tokio::test]
async fn the_form_of_a_filter_is_part_of_the_page() {
    let world = World::of(&Plan::ordinary()).await;
    let html = world.html("filter=page&pages=exit").await;
    assert!(html.contains("Filter by Page") && html.contains("<datalist") && html.contains("name=\"by\" value=\"page\""));
    assert!(html.contains("name=\"pages\" value=\"exit\""), "the rest of the page's state goes with the form");
    assert!(html.contains("<main id=\"main\" inert"), "what lies under it cannot be reached");
    let html = world.html("edit=is_not,page,/a,/b&f=is_not,page,/a,/b").await;
    assert!(html.contains("name=\"instead\" value=\"is_not,page,/a,/b\"") && html.contains("value=\"/b\""));
    for query in ["filter=goal", "filter=segment", "filter=props", "filter=props:x", "filter=nothing", "edit=nothing"] {
        assert!(world.html(query).await.ends_with("</html>"), "{query}");
    }
}

#[tokio::test]
async fn the_page_speaks_german() {
    let world = World { lang: Lang::De, ..World::of(&Plan::ordinary()).await };
    let html = world.html("f=is,country,DE&filter=page").await;
    for words in ["lang=\"de\"", "Absprungrate", "Letzte 28 Tage", "Tastenkürzel", "Filtern nach: Seite", "Deutschland"] {
        assert!(html.contains(words), "{words}");
    }
    for words in ["Bounce rate", "Last 28 days", "Clear all", "Compare with", "As a table"] {
        assert!(!html.contains(words), "{words}");
    }
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
    let world = World { source, view, calendar: plan.calendar(), now: plan.now, site, named: SiteContext::default(), lang: Lang::En };
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
    let report = world.report("period=24h").await;
    assert_eq!(card.visitors, report.visitors());
    assert_eq!(card.change, report.headlines[0].change);
    let hours: Vec<f64> = report.chart.points.iter().filter_map(|point| point.value).collect();
    assert_eq!(card.hours.expect("hours").iter().map(|n| *n as f64).collect::<Vec<_>>(), hours);
}

#[tokio::test]
async fn a_card_shows_no_change_from_days_that_are_not_known() {
    let mut world = World::of(&Plan::ordinary()).await;
    let made = async |world: &World| card(&world.source, &world.view, &world.context(), 0).await.expect("a card");
    assert!(made(&world).await.change.is_some());
    world.view.first_date = Some(world.calendar.moment(world.now).date.plus(-1));
    let young = made(&world).await;
    assert_eq!((young.change, world.report("period=24h").await.headlines[0].change), (None, None));
    assert!(young.visitors > 0);
}

#[tokio::test]
async fn a_segment_that_chips_cannot_say_is_said_whole() {
    let mut world = World::of(&Plan::ordinary()).await;
    let is = |dimension, value: &str| Asked::test(Op::Is, footfall_query::By::Value(dimension), [value.to_owned()]);
    let across = Asked::Or(vec![is(Dimension::Country, "DE"), is(Dimension::Source, "Google")]);
    world.named.segments.push(Segment { id: 9, name: "Across".into(), filters: vec![is(Dimension::Browser, "Chrome"), across] });
    for (lang, note, words) in [
        (Lang::En, "cannot be taken apart", "Country is Germany or Source is Google"),
        (Lang::De, "nicht in einzelne Filter zerlegen", "Land ist Deutschland oder Quelle ist Google"),
    ] {
        world.lang = lang;
        let html = world.html("f=is,segment,9&period=7d&edit=is,segment,9").await;
        assert!(html.contains(note) && html.contains(words) && html.contains("Browser is") | html.contains("Browser ist"), "{lang:?}");
        assert!(!html.contains(lang.words().filter.open_segment), "a part of it would be something else");
    }
    world.lang = Lang::En;
    let both = world.html("f=is_not,segment,7,9&period=7d&edit=is_not,segment,7,9").await;
    assert!(both.contains("<li class=\"wrap-anywhere\">Germans: Country is Germany</li>") && both.contains("Across: Browser is Chrome"));
    // So many filters that not all of them have room beside those there are.
    world.named.segments[1].filters = (0..20).map(|n| is(Dimension::Page, &format!("/{n}"))).collect();
    let full = world.html("f=is,country,DE&f=is,segment,9&period=7d&edit=is,segment,9").await;
    assert!(full.contains("cannot be taken apart") && full.contains("Page is /19"));
}

#[tokio::test]
async fn a_segment_opens_into_its_filters() {
    let world = World::of(&Plan::ordinary()).await;
    let html = world.html("f=is,page,/&f=is,segment,7&period=7d&edit=is,segment,7").await;
    assert!(html.contains("Country is Germany"), "what it asks is said");
    assert!(html.contains("href=\"/example.org?f=is,page,/&amp;f=is,country,DE&amp;period=7d\""), "and can be put in its place");
    let several = world.html("f=is_not,segment,7&period=7d&edit=is_not,segment,7").await;
    assert!(!several.contains("Show these filters"), "who is not in it is no list of filters");
}

#[tokio::test]
async fn names_that_mean_nothing_are_said() {
    let world = World::of(&Plan::ordinary()).await;
    assert!(world.html("compare=off&period=7d").await.contains("is left out: compare=off"));
    assert!(!world.html("utm_source=mail&l=DE&period=7d").await.contains("is left out"));
    let long = world.html(&(0..500).map(|n| format!("x{n}={}", "y".repeat(300))).collect::<Vec<_>>().join("&")).await;
    assert!(long.contains("x9=yy") && !long.contains("x10=") && !long.contains(&"y".repeat(200)), "not all of a book is repeated");
}

#[tokio::test]
async fn the_last_half_hour_says_of_when_it_is() {
    let world = World::of(&Plan::ordinary()).await;
    let html = world.html("period=realtime").await;
    let report = world.report("period=realtime").await;
    assert!(html.contains(&format!("data-at=\"{}\"", report.freshness.complete_until)));
    assert!(html.contains("id=\"stale\"") && html.contains("data-lost=\"The server does not answer"));
}
