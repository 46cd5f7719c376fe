//! What holds for every page, whatever its model says.
#![cfg(feature = "ssr")]

use footfall_app::models::*;
use footfall_app::pages;
use footfall_app::words::Lang;
use footfall_domain::{DropReason, LocalDate, Role};
use std::sync::Arc;

/// What somebody might try to smuggle in.
const HOSTILE: &str = "\"><script>alert(1)</script>&'";

fn frame() -> Frame {
    spoken(Lang::En)
}

fn spoken(lang: Lang) -> Frame {
    Frame {
        assets: Arc::new(AssetUrls::named(|name| Some(format!("/assets/{name}")))),
        theme: Theme::Dark,
        lang,
        user: Some(HOSTILE.into()),
        csrf: "the-token".into(),
        here: "/sites".into(),
        sites: vec!["a.example".into()],
        all_sites: 9,
        role: Some(Role::Owner),
        ..Frame::default()
    }
}

fn every_page() -> Vec<(&'static str, String)> {
    every_page_in(Lang::En)
}

fn every_page_in(lang: Lang) -> Vec<(&'static str, String)> {
    let frame = || spoken(lang);
    let wrong = || Field::wrong(HOSTILE, HOSTILE);
    let failure = |kind| pages::failure(&Failure { frame: frame(), kind });
    let day = LocalDate::parse("2026-11-23").expect("a date");
    vec![
        (
            "first run",
            pages::first_run(&FirstRun { frame: frame(), token: HOSTILE.into(), email: wrong(), password_problem: Some(HOSTILE.into()) }),
        ),
        (
            "sign in",
            pages::sign_in(&SignIn {
                frame: frame(),
                next: HOSTILE.into(),
                email: HOSTILE.into(),
                notice: Some(Notice::Failed(HOSTILE.into())),
            }),
        ),
        (
            "sites",
            pages::sites(&Sites {
                frame: frame(),
                notice: Some(Notice::Done(HOSTILE.into())),
                sites: vec![
                    SiteCard { domain: HOSTILE.into(), received: true, hours: Some(vec![1, 2, 3]), current: 2, ..SiteCard::default() },
                    SiteCard { domain: HOSTILE.into(), received: true, pinned: true, ..SiteCard::default() },
                    SiteCard { domain: HOSTILE.into(), ..SiteCard::default() },
                ],
                search: HOSTILE.into(),
                total: 3,
                found: 100,
                page: 2,
                ignored: vec![HOSTILE.into()],
            }),
        ),
        ("sites, none", pages::sites(&Sites { frame: frame(), ..Sites::default() })),
        ("sites, none found", pages::sites(&Sites { frame: frame(), search: HOSTILE.into(), total: 3, ..Sites::default() })),
        ("add a site", pages::add_site(&AddSite { frame: frame(), domain: wrong(), timezone: wrong() })),
        (
            "install",
            pages::install(&Install {
                frame: frame(),
                domain: HOSTILE.into(),
                origin: HOSTILE.into(),
                script: HOSTILE.into(),
                ..Install::default()
            }),
        ),
        (
            "settings",
            pages::settings(&SiteSettings {
                frame: frame(),
                domain: HOSTILE.into(),
                timezone: wrong(),
                keep_parameters: wrong(),
                new_domain: wrong(),
                ..SiteSettings::default()
            }),
        ),
        (
            "keys",
            pages::keys(&KeysPage {
                frame: frame(),
                domain: HOSTILE.into(),
                keys: vec![KeyRow { id: 1, name: HOSTILE.into(), scope: "stats".into(), created: day }],
                new_key: Some(NewKeyShown { name: HOSTILE.into(), key: HOSTILE.into() }),
                key_name: wrong(),
                ..KeysPage::default()
            }),
        ),
        (
            "not counted",
            pages::not_counted(&NotCountedPage {
                frame: frame(),
                domain: HOSTILE.into(),
                drops: vec![DropRow { date: day, reasons: vec![(DropReason::Bot, 3)] }],
            }),
        ),
        (
            "danger",
            pages::danger(&DangerPage {
                frame: frame(),
                domain: HOSTILE.into(),
                new_owner: wrong(),
                reset_problem: Some(HOSTILE.into()),
                remove_problem: Some(HOSTILE.into()),
                ..DangerPage::default()
            }),
        ),
        (
            "people",
            pages::people(&PeoplePage {
                frame: frame(),
                domain: HOSTILE.into(),
                people: people(day),
                team: Some(TeamName { id: 1, name: HOSTILE.into() }),
                teams: vec![TeamName { id: 1, name: HOSTILE.into() }],
                ..PeoplePage::default()
            }),
        ),
        (
            "sharing",
            pages::sharing(&SharingPage {
                frame: frame(),
                domain: HOSTILE.into(),
                origin: HOSTILE.into(),
                public: true,
                links: vec![LinkRow {
                    id: 1,
                    address: HOSTILE.into(),
                    name: HOSTILE.into(),
                    has_password: true,
                    segment: Some(1),
                    last_day: Some(day),
                    ended: true,
                }],
                segments: vec![(1, HOSTILE.into())],
                new: LinkForm { name: wrong(), password_problem: Some(HOSTILE.into()), segment: None, last_day: wrong() },
                hosts: wrong(),
                ..SharingPage::default()
            }),
        ),
        (
            "log",
            pages::log(&LogPage {
                frame: frame(),
                domain: HOSTILE.into(),
                rows: ["member-role", "link-added", HOSTILE]
                    .map(|deed| LogRow {
                        date: day,
                        time: "14:05".into(),
                        who: HOSTILE.into(),
                        deed: deed.into(),
                        about: ["email", "role", "name"].map(|name| (name.to_owned(), HOSTILE.to_owned())).into(),
                    })
                    .into(),
                before: Some(3),
                ..LogPage::default()
            }),
        ),
        ("join", pages::join(&join(frame()))),
        ("join, nobody", pages::join(&join(Frame { user: None, ..frame() }))),
        ("join, another", pages::join(&JoinPage { only: Some("somebody@else.example".into()), ..join(frame()) })),
        (
            "teams",
            pages::teams(&TeamsPage {
                frame: frame(),
                teams: vec![TeamRow { team: TeamName { id: 1, name: HOSTILE.into() }, people: 1, sites: 2 }],
                name: wrong(),
                ..TeamsPage::default()
            }),
        ),
        (
            "team",
            pages::team(&TeamPage {
                frame: frame(),
                team: TeamName { id: 1, name: HOSTILE.into() },
                name: wrong(),
                people: people(day),
                sites: vec![HOSTILE.into()],
                role: Some(Role::Owner),
                ..TeamPage::default()
            }),
        ),
        ("account", pages::account(&Account { frame: frame(), current_problem: Some(HOSTILE.into()), ..Account::default() })),
        ("404", failure(FailureKind::NotFound)),
        ("403", failure(FailureKind::Forbidden)),
        ("400", failure(FailureKind::BadAddress(HOSTILE.into()))),
        ("405", failure(FailureKind::FormsOnly)),
        ("422", failure(FailureKind::Refused(HOSTILE.into()))),
        ("429", failure(FailureKind::TooMany(300))),
        ("503", failure(FailureKind::Behind(3))),
        ("500", failure(FailureKind::Broken(HOSTILE.into()))),
    ]
}

fn people(day: LocalDate) -> PeopleList {
    let member = |is_reader| MemberRow { email: HOSTILE.into(), role: Role::Admin, is_reader, may_change: true };
    PeopleList {
        members: vec![member(true), member(false)],
        may_give: Role::ALL.into(),
        invitations: vec![InvitationRow { id: 1, role: Role::Viewer, email: Some(HOSTILE.into()), by: HOSTILE.into(), ends: day }],
        new_link: Some(NewLink { address: HOSTILE.into(), role: Role::Owner, email: Some(HOSTILE.into()) }),
        role: None,
        email: Field::wrong(HOSTILE, HOSTILE),
    }
}

fn join(frame: Frame) -> JoinPage {
    JoinPage {
        frame,
        token: HOSTILE.into(),
        to: HOSTILE.into(),
        role: Role::Viewer,
        by: HOSTILE.into(),
        only: None,
        email: Field::wrong(HOSTILE, HOSTILE),
        password_problem: Some(HOSTILE.into()),
    }
}

#[test]
fn nothing_breaks_the_policy() {
    for (name, html) in every_page() {
        assert!(html.starts_with("<!DOCTYPE html><html lang=\"en\" data-theme=\"dark\">"), "{name}");
        assert!(!html.contains(" style=") && !html.contains(" onclick="), "{name}");
        assert_eq!(html.matches("<script").count(), 1, "{name}: the module that wakes the islands, and no other script");
    }
}

#[test]
fn what_comes_from_outside_stays_text() {
    for (name, html) in every_page() {
        assert!(!html.contains("<script>alert"), "{name}");
    }
}

#[test]
fn every_form_that_changes_something_carries_the_token() {
    for (name, html) in every_page() {
        for form in html.split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap_or_default();
            if form.contains("role=\"search\"") {
                assert!(form.contains("method=\"get\"") && !form.contains("csrf"), "{name}: a search changes nothing");
                continue;
            }
            assert!(form.contains("method=\"post\""), "{name}");
            assert!(form.contains("name=\"csrf\" value=\"the-token\""), "{name}: {form}");
        }
    }
}

#[test]
fn a_password_is_never_sent_back() {
    for (name, html) in every_page() {
        for input in html.split("<input").skip(1).map(|rest| rest.split('>').next().unwrap_or_default()) {
            assert!(!input.contains("type=\"password\"") || !input.contains(" value="), "{name}: {input}");
        }
    }
}

#[test]
fn one_heading_names_each_page() {
    for (name, html) in every_page() {
        assert_eq!(html.matches("<h1").count(), 1, "{name}");
        assert_eq!(html.matches("id=\"main\"").count(), 1, "{name}");
    }
}

#[test]
fn a_chosen_zone_is_selected_once() {
    let page = |zone: &str| pages::add_site(&AddSite { frame: frame(), timezone: Field::of(zone), ..AddSite::default() });
    for zone in ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+3"] {
        let html = page(zone);
        assert_eq!(html.matches(" selected").count(), 1, "{zone}");
        let option = html.split("<option").find(|option| option.contains(" selected")).unwrap_or_default();
        assert!(option.contains(&format!("value=\"{zone}\"")), "{zone}: {option}");
    }
    assert!(page("").split("<option").any(|option| option.contains("value=\"UTC\" selected")));
}

/// What a person reads or hears of a page: its texts, and the attributes that are said.
fn said(html: &str) -> Vec<String> {
    let mut out = Vec::new();
    for part in html.split('<').skip(1) {
        let (tag, text) = part.split_once('>').unwrap_or((part, ""));
        if tag.starts_with("script") || tag.starts_with("option") || tag.starts_with("code") {
            continue;
        }
        out.push(text.to_owned());
        for name in [" aria-label=\"", " title=\"", " placeholder=\"", " label=\""] {
            out.extend(tag.split_once(name).and_then(|(_, rest)| rest.split('"').next()).map(str::to_owned));
        }
    }
    out.retain(|text| text.chars().any(char::is_alphabetic));
    out
}

/// What is the same in English and in German.
const SAME: [&str; 18] = [
    "Footfall",
    "Domain",
    "UTC",
    "Name",
    "Bot",
    "Feed",
    "Spam",
    "System",
    "English",
    "Deutsch",
    "example.com",
    "Segment",
    "Team",
    "Teams",
    "Teams · Footfall",
    "example.org",
    "product lang",
    "a.example",
];

#[test]
fn a_german_page_has_no_english_words() {
    let english = every_page_in(Lang::En);
    for ((name, german), (_, english)) in every_page_in(Lang::De).into_iter().zip(english) {
        assert!(german.starts_with("<!DOCTYPE html><html lang=\"de\""), "{name}");
        let english = said(&english);
        let data = |text: &String| text.contains("alert(1)") || SAME.contains(&text.trim());
        let both: Vec<_> = said(&german).into_iter().filter(|text| !data(text) && english.contains(text)).collect();
        assert!(both.is_empty(), "{name}: {both:?} are said in both languages");
    }
}

#[test]
fn many_sites_are_shown_page_by_page() {
    let cards = |n: usize| (0..n).map(|n| SiteCard { domain: format!("s{n}.example"), received: true, ..SiteCard::default() }).collect();
    let shown = |page: usize, many: usize| {
        pages::sites(&Sites { frame: frame(), sites: cards(many), search: "s".into(), total: 200, found: 100, page, ..Sites::default() })
    };
    let (first, second, last) = (shown(1, 48), shown(2, 48), shown(3, 4));
    assert!(first.contains("1 to 48 of 100") && second.contains("49 to 96 of 100") && last.contains("97 to 100 of 100"));
    let ways = |html: &str| ["ArrowLeft", "ArrowRight"].map(|key| html.contains(&format!("aria-keyshortcuts=\"{key}\"")));
    assert_eq!([ways(&first), ways(&second), ways(&last)], [[false, true], [true, true], [true, false]]);
    assert!(second.contains("href=\"/sites?q=s\"") && second.contains("href=\"/sites?page=3&amp;q=s\""), "{second}");
    let few = pages::sites(&Sites { frame: frame(), sites: cards(3), total: 3, found: 3, page: 1, ..Sites::default() });
    assert!(!few.contains("paging") && !few.contains("ArrowRight"));
    let odd = pages::sites(&Sites {
        frame: frame(),
        sites: cards(3),
        total: 3,
        found: 3,
        page: 1,
        ignored: vec!["page=x".into()],
        ..Sites::default()
    });
    assert!(odd.contains("is left out: page=x"));
}

#[test]
fn a_site_in_trouble_says_so_and_leaves_the_others_alone() {
    let cards = vec![
        SiteCard {
            domain: "a.example".into(),
            received: true,
            hours: Some(vec![0; 24]),
            visitors: 1,
            change: Some(-50),
            ..SiteCard::default()
        },
        SiteCard { domain: "b.example".into(), received: true, ..SiteCard::default() },
        SiteCard { domain: "c.example".into(), ..SiteCard::default() },
    ];
    let html = pages::sites(&Sites { frame: frame(), sites: cards, total: 3, ..Sites::default() });
    assert!(html.contains("1</b> visitor in 24 hours") && html.contains("down </span>50%"), "{html}");
    assert_eq!([html.matches("No numbers right now").count(), html.matches("Waiting for the first hit").count()], [1, 1]);
    assert!(html.contains("href=\"/b.example\"") && html.contains("href=\"/c.example/install\""));
    assert!(!html.contains("role=\"search\""), "three sites are seen at once");
}
