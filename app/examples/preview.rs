//! Writes every page with made-up numbers into a folder, to look at without a server:
//! `cargo run -p footfall-app --features ssr --example preview -- FOLDER`.
//! The pages ask for `/assets/NAME`; see `name` in the manifest of the built site.

use footfall_app::models::*;
use footfall_app::pages;
use footfall_app::site_page::{Asker, PageState, SitePage, load, render};
use footfall_app::words::Lang;
use footfall_domain::{Dimension, DropReason, LocalDate, Role, Site, SiteCalendar, UnixMillis};
use footfall_query::{By, Context, Goal, GoalKind, Op, Segment, SiteContext, Source};
use footfall_testkit::ShardSource;
use footfall_testkit::traffic::{Plan, Traffic};
use std::sync::Arc;

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "preview".to_owned());
    std::fs::create_dir_all(&folder)?;
    let runtime = tokio::runtime::Runtime::new()?;
    let nobody = Frame { user: None, sites: Vec::new(), ..frame() };
    let site = runtime.block_on(site_pages(&frame(), &nobody));
    for (name, html) in all().into_iter().chain(site) {
        std::fs::write(format!("{folder}/{name}.html"), html)?;
        println!("{folder}/{name}.html");
    }
    Ok(())
}

fn all() -> Vec<(&'static str, String)> {
    let (frame, nobody) = (frame(), Frame { user: None, sites: Vec::new(), ..frame() });
    vec![
        ("first-run", pages::first_run(&FirstRun { frame: nobody.clone(), token: "t".into(), ..FirstRun::default() })),
        ("sign-in", pages::sign_in(&SignIn { frame: nobody.clone(), ..SignIn::default() })),
        (
            "sign-in-wrong",
            pages::sign_in(&SignIn {
                frame: nobody.clone(),
                email: "anna@example.org".into(),
                notice: Some(Notice::Failed("That e-mail and password do not belong together.".into())),
                ..SignIn::default()
            }),
        ),
        (
            "sites",
            pages::sites(&Sites { frame: Frame { here: "/sites".into(), ..frame.clone() }, sites: cards(), total: 4, ..Sites::default() }),
        ),
        ("sites-empty", pages::sites(&Sites { frame: frame.clone(), ..Sites::default() })),
        (
            "add-site",
            pages::add_site(&AddSite {
                frame: frame.clone(),
                domain: Field::wrong("https://", "Write a domain such as example.org."),
                timezone: Field::of("Europe/Berlin"),
            }),
        ),
        ("install", pages::install(&install(&frame, false))),
        ("install-received", pages::install(&install(&frame, true))),
        ("settings", pages::settings(&settings(&frame))),
        ("keys", pages::keys(&keys(&frame))),
        ("not-counted", pages::not_counted(&not_counted(&frame))),
        ("account", pages::account(&Account { frame: Frame { here: "/account".into(), ..frame.clone() }, ..Account::default() })),
        ("not-found", pages::failure(&Failure { frame: nobody.clone(), kind: FailureKind::NotFound })),
        ("broken", pages::failure(&Failure { frame: frame.clone(), kind: FailureKind::Broken("4f9a21".into()) })),
        ("behind", pages::failure(&Failure { frame: frame.clone(), kind: FailureKind::Behind(5) })),
    ]
}

fn frame() -> Frame {
    let assets = AssetUrls::named(|name| Some(format!("/assets/{name}")));
    Frame {
        assets: Arc::new(assets),
        theme: Theme::System,
        lang: Lang::En,
        user: Some("anna@example.org".into()),
        csrf: "token".into(),
        here: "/shop.example".into(),
        sites: vec!["blog.example".into(), "docs.example".into(), "shop.example".into()],
        all_sites: 3,
        role: Some(Role::Owner),
        ..Frame::default()
    }
}

fn cards() -> Vec<SiteCard> {
    let card = |domain: &str, scale: i64, change, current| SiteCard {
        domain: domain.into(),
        visitors: (0..28).map(|at| wave(at) * scale / 100).sum(),
        change,
        hours: Some((0..24).map(|at| wave(at) * scale / 1000).collect()),
        current,
        received: true,
        pinned: scale == 100,
    };
    vec![
        card("shop.example", 100, Some(23), 14),
        card("blog.example", 11, Some(-4), 0),
        card("docs.a-rather-long-name.example.org", 37, None, 1),
        SiteCard { domain: "new.example".into(), ..SiteCard::default() },
    ]
}

fn install(frame: &Frame, received: bool) -> Install {
    Install {
        frame: frame.clone(),
        domain: "shop.example".into(),
        origin: "https://stats.example.org".into(),
        script: "/js/script.js".into(),
        received,
        notice: None,
    }
}

fn settings(frame: &Frame) -> SiteSettings {
    SiteSettings {
        frame: frame.clone(),
        domain: "shop.example".into(),
        timezone: Field::of("Europe/Berlin"),
        origin: "https://stats.example.org".into(),
        script: "/js/script.js".into(),
        ..SiteSettings::default()
    }
}

fn keys(frame: &Frame) -> KeysPage {
    KeysPage {
        frame: frame.clone(),
        domain: "shop.example".into(),
        keys: vec![KeyRow { id: 1, name: "Weekly report".into(), scope: "stats".into(), created: today().plus(-40) }],
        new_key: Some(NewKeyShown { name: "Nightly export".into(), key: "ff_8Qm1s0aV2kD7tq5x".into() }),
        ..KeysPage::default()
    }
}

fn not_counted(frame: &Frame) -> NotCountedPage {
    let row = |day: i32, bot, spam| DropRow {
        date: today().plus(-day),
        reasons: vec![(DropReason::Bot, bot), (DropReason::SpamReferrer, spam), (DropReason::NoVisit, 3), (DropReason::UnknownSite, 1)]
            .into_iter()
            .filter(|(_, n)| *n > 0)
            .collect(),
    };
    NotCountedPage {
        frame: frame.clone(),
        domain: "shop.example".into(),
        drops: (0..8).map(|day| row(day, 1_310 - i64::from(day) * 91, i64::from(day) % 3)).collect(),
    }
}

fn today() -> LocalDate {
    LocalDate::parse("2026-11-23").expect("a date")
}

fn wave(at: i64) -> i64 {
    let week = [1_900, 2_050, 2_400, 2_300, 2_150, 1_500, 1_400];
    week[(at % 7) as usize] + at * 13 + if at == 17 { 1_900 } else { 0 }
}

/// A site over made-up traffic, asked as the server asks.
struct World {
    source: ShardSource,
    site: Site,
    calendar: SiteCalendar,
    now: UnixMillis,
    named: SiteContext,
}

impl World {
    fn of(plan: &Plan) -> Self {
        let goal = |pattern: &str| Goal::new(GoalKind::Page { pattern: pattern.into(), scroll: None });
        let filters = vec![footfall_query::Filter::test(Op::Is, By::Value(Dimension::Country), ["DE".to_owned()])];
        let named = SiteContext {
            goals: vec![goal("/*"), goal("/pricing")],
            segments: vec![Segment { id: 1, name: "Germans".into(), filters }],
            ..SiteContext::default()
        };
        let source = ShardSource::of(&Traffic::of(plan, 7), 1_000);
        Self { source, site: plan.site(), calendar: plan.calendar(), now: plan.now, named }
    }

    /// The page of a query string.
    async fn page(&self, frame: &Frame, query: &str) -> SitePage {
        let view = self.source.view(self.site.id).await.expect("a view");
        let context = Context { site: &self.site, calendar: &self.calendar, now: self.now };
        let asker = Asker { source: &self.source, view: &view, context: &context, site: &self.named, properties: None, lang: frame.lang };
        let parsed = PageState::parse(query);
        let report = load(&asker, &parsed).await.expect("a report");
        SitePage {
            frame: frame.clone(),
            domain: self.site.domain.clone(),
            zone: self.site.zone().to_owned(),
            notice: None,
            state: parsed.state,
            ignored: parsed.ignored,
            current: 14,
            may_change: frame.user.is_some(),
            report,
        }
    }
}

/// The site page in its states.
async fn site_pages(frame: &Frame, nobody: &Frame) -> Vec<(&'static str, String)> {
    let world = World::of(&Plan::ordinary());
    let german = Frame { lang: Lang::De, ..frame.clone() };
    let mut pages = Vec::new();
    for (name, query) in [
        ("site", ""),
        ("site-today", "period=day"),
        ("site-24h", "period=24h&interval=minute"),
        ("site-realtime", "period=realtime"),
        ("site-filtered", "f=is,source,Google&f=~contains_not,page,/admin,/intern&metric=scroll_depth&period=28d"),
        ("site-goal", "f=is,goal,Visit%20/pricing&period=28d"),
        ("site-compared", "comparison=custom&compare_from=2026-09-01&compare_to=2026-09-20&period=30d"),
        ("site-nobody", "f=is,page,/nowhere&period=7d"),
        ("site-ignored", "f=is,shoe,9&period=fortnight"),
        ("site-sheet", "filter=page&period=28d"),
        ("site-sheet-edit", "edit=is_not,country,DE,FR&f=is_not,country,DE,FR&period=28d"),
        ("site-sheet-goal", "filter=goal&period=28d"),
        ("site-sheet-props", "filter=props&period=28d"),
    ] {
        pages.push((name, render(&world.page(frame, query).await)));
    }
    pages.push(("site-public", render(&world.page(nobody, "").await)));
    pages.push(("site-german", render(&world.page(&german, "f=is,country,DE&period=30d").await)));
    pages.push(("site-sheet-german", render(&world.page(&german, "filter=page&period=30d").await)));
    let mut late = world.page(frame, "").await;
    late.report.freshness.lag_seconds = 340;
    pages.push(("site-late", render(&late)));
    let plan = Plan::ordinary();
    let empty = World { source: ShardSource::new(plan.site().id, vec![0..=255], 1_000), ..World::of(&plan) };
    pages.push(("site-empty", render(&empty.page(frame, "").await)));
    pages
}
