//! What holds for every page, whatever its model says.
#![cfg(feature = "ssr")]

use footfall_app::models::*;
use footfall_app::pages;
use footfall_app::words::Lang;
use footfall_domain::{DropReason, LocalDate};
use std::sync::Arc;

/// What somebody might try to smuggle in.
const HOSTILE: &str = "\"><script>alert(1)</script>&'";

fn frame() -> Frame {
    Frame {
        assets: Arc::new(AssetUrls::named(|name| Some(format!("/assets/{name}")))),
        theme: Theme::Dark,
        lang: Lang::En,
        user: Some(HOSTILE.into()),
        csrf: "the-token".into(),
        here: "/sites".into(),
        sites: vec!["a.example".into()],
    }
}

fn every_page() -> Vec<(&'static str, String)> {
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
                sites: vec![SiteCard { domain: HOSTILE.into(), received: true, days: vec![1, 2, 3], ..SiteCard::default() }],
            }),
        ),
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
                drops: vec![DropRow { date: day, reasons: vec![(DropReason::Bot, 3)] }],
                keys: vec![KeyRow { id: 1, name: HOSTILE.into(), scope: "stats".into(), created: day }],
                new_key: Some(NewKeyShown { name: HOSTILE.into(), key: HOSTILE.into() }),
                key_name: wrong(),
                reset_problem: Some(HOSTILE.into()),
                remove_problem: Some(HOSTILE.into()),
                ..SiteSettings::default()
            }),
        ),
        ("account", pages::account(&Account { frame: frame(), current_problem: Some(HOSTILE.into()), ..Account::default() })),
        ("404", failure(FailureKind::NotFound)),
        ("403", failure(FailureKind::Forbidden)),
        ("400", failure(FailureKind::BadAddress(HOSTILE.into()))),
        ("429", failure(FailureKind::TooMany(300))),
        ("503", failure(FailureKind::Behind(3))),
        ("500", failure(FailureKind::Broken(HOSTILE.into()))),
    ]
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
