//! Writes every page with made-up numbers into a folder, to look at without a server:
//! `cargo run -p footfall-app --features ssr --example preview -- FOLDER`.
//! The pages ask for `/assets/NAME`; see `name` in the manifest of the built site.

use footfall_app::models::*;
use footfall_app::pages;
use footfall_app::site_page::*;
use footfall_app::words::Lang;
use footfall_domain::{DropReason, LocalDate};
use std::sync::Arc;

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "preview".to_owned());
    std::fs::create_dir_all(&folder)?;
    for (name, html) in all() {
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
        ("account", pages::account(&Account { frame: Frame { here: "/account".into(), ..frame.clone() }, ..Account::default() })),
        ("not-found", pages::failure(&Failure { frame: nobody.clone(), kind: FailureKind::NotFound })),
        ("broken", pages::failure(&Failure { frame: frame.clone(), kind: FailureKind::Broken("4f9a21".into()) })),
        ("behind", pages::failure(&Failure { frame: frame.clone(), kind: FailureKind::Behind(5) })),
        ("site", render(&site(&frame, PageState::default()))),
        ("site-public", render(&SitePage { may_change: false, ..site(&nobody, PageState::default()) })),
        (
            "site-filtered",
            render(&site(&frame, PageState::parse("f=is,visit:source,Google&f=is,visit:country,DE&metric=visit_duration").state)),
        ),
        ("site-late", {
            let mut page = site(&frame, PageState::default());
            page.report.freshness.lag_seconds = 340;
            render(&page)
        }),
        ("site-empty", render(&empty(&frame))),
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
    let row = |day: i32, bot, spam| DropRow {
        date: today().plus(-day),
        reasons: vec![(DropReason::Bot, bot), (DropReason::SpamReferrer, spam), (DropReason::NoVisit, 3), (DropReason::UnknownSite, 1)]
            .into_iter()
            .filter(|(_, n)| *n > 0)
            .collect(),
    };
    SiteSettings {
        frame: frame.clone(),
        domain: "shop.example".into(),
        timezone: Field::of("Europe/Berlin"),
        origin: "https://stats.example.org".into(),
        script: "/js/script.js".into(),
        drops: (0..8).map(|day| row(day, 1_310 - i64::from(day) * 91, i64::from(day) % 3)).collect(),
        keys: vec![KeyRow { id: 1, name: "Weekly report".into(), scope: "stats".into(), created: today().plus(-40) }],
        new_key: Some(NewKeyShown { name: "Nightly export".into(), key: "ff_8Qm1s0aV2kD7tq5x".into() }),
        ..SiteSettings::default()
    }
}

fn today() -> LocalDate {
    LocalDate::parse("2026-11-23").expect("a date")
}

fn wave(at: i64) -> i64 {
    let week = [1_900, 2_050, 2_400, 2_300, 2_150, 1_500, 1_400];
    week[(at % 7) as usize] + at * 13 + if at == 17 { 1_900 } else { 0 }
}

fn site(frame: &Frame, state: PageState) -> SitePage {
    let metric = state.metric;
    let values = [61_284.0, 74_019.0, 182_447.0, 2.46, 48.0, 161.0];
    let changes = [Some(23), Some(19), Some(14), Some(-4), Some(-3), None];
    let headlines = PageMetric::ALL.into_iter().zip(values).zip(changes).map(|((metric, value), change)| Headline {
        metric,
        value,
        change,
        before: Some(change.map_or(0.0, |change| value / (1.0 + change as f64 / 100.0))),
    });
    let points = (0..28).map(|at| {
        let day = today().plus(at as i32 - 27);
        let value = if metric == PageMetric::VisitDuration { wave(at) as f64 / 13.0 } else { wave(at) as f64 };
        ChartPoint {
            short: if at == 27 { "Today".into() } else { footfall_app::format::day_and_month(day) },
            long: footfall_app::format::day_long(day),
            value: Some(if at == 27 { value / 2.0 } else { value }),
            long_before: Some(footfall_app::format::day_long(day.plus(-28))),
            before: Some(value * 0.8 + 90.0),
        }
    });
    let span = state.period.span(today(), None);
    let panels = Panel::ALL.map(|panel| PanelReport { panel, rows: rows(panel), more: panel != Panel::Devices });
    SitePage {
        frame: frame.clone(),
        domain: "shop.example".into(),
        zone: "Europe/Berlin".into(),
        notice: None,
        current: 14,
        may_change: true,
        report: SiteReport {
            today: today(),
            span,
            first_date: Some(today().plus(-300)),
            headlines: headlines.collect(),
            chart: Chart {
                metric,
                interval: Interval::Day,
                points: points.collect(),
                open: true,
                compared_with: Some("29 Sep – 26 Oct".into()),
            },
            panels: panels.to_vec(),
            freshness: Freshness {
                complete_until: "2026-11-23T14:32:05+01:00".into(),
                newest_hit: Some("2026-11-23T14:32:02+01:00".into()),
                lag_seconds: 0,
            },
        },
        state,
    }
}

fn rows(panel: Panel) -> Vec<PanelRow> {
    let list: &[(&str, i64)] = match panel {
        Panel::Sources => &[
            ("Direct", 21_904),
            ("Organic Search", 18_220),
            ("Referral", 9_377),
            ("Organic Social", 5_120),
            ("AI assistants", 3_981),
            ("Email", 1_402),
            ("Paid Search", 870),
            ("Display", 120),
            ("Audio", 12),
        ],
        Panel::Pages => &[
            ("/", 24_810),
            ("/blog/a-day-is-a-function", 9_120),
            ("/pricing", 7_744),
            ("/docs/install", 6_020),
            ("/docs/replay", 4_417),
            ("/blog/why-we-left-the-cookie-banner-behind-and-what-came-after-it-was-gone", 2_980),
            ("/changelog", 2_104),
            ("/über-uns/日本語", 801),
            ("/a/b/c", 2),
        ],
        Panel::Places => &[
            ("US", 15_840),
            ("DE", 11_022),
            ("IN", 6_410),
            ("GB", 5_230),
            ("FR", 3_904),
            ("BR", 2_711),
            ("NL", 2_098),
            ("(not set)", 1_310),
            ("CD", 77),
        ],
        Panel::Devices => &[("Chrome", 33_102), ("Safari", 14_203), ("Firefox", 7_310), ("Edge", 3_822), ("Samsung Internet", 1_204)],
        Panel::Events => &[("Signed up", 2_216), ("Downloaded", 1_830), ("Outbound Link: Click", 940)],
    };
    list.iter().map(|(value, visitors)| PanelRow { value: (*value).to_owned(), visitors: *visitors, times: visitors * 13 / 10 }).collect()
}

fn empty(frame: &Frame) -> SitePage {
    let mut page = site(frame, PageState::default());
    page.report.first_date = None;
    page.report.freshness.newest_hit = None;
    page.current = 0;
    page
}
