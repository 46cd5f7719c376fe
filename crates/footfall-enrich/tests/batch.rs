//! Batches from outside: hits in, events, drops and machines out.

mod common;

use common::{CHROME, CURL, GPTBOT, event_values, hit, site};
use footfall_domain::{Dimension, DropReason, Excluded, ExclusionKind, Hit, Kind, LocalDate, Machine, MachineClass, Place};
use footfall_enrich::Enricher;

/// The value of a dimension of the only event of one hit.
fn value(dimension: Dimension, change: impl FnOnce(&mut Hit)) -> String {
    let mut hit = hit();
    change(&mut hit);
    let batch = Enricher::new().batch([&hit], &site());
    let [event] = batch.events.as_slice() else { panic!("one event, not {batch:?}") };
    let sym = batch.values.value(dimension, event).expect("a dimension of the hit itself");
    batch.values.text(sym).to_string()
}

#[test]
fn what_is_missing_has_its_label() {
    let bare = |hit: &mut Hit| {
        hit.url = String::new();
        hit.user_agent = "Something unheard of".to_owned();
    };
    for (dimension, label) in [
        (Dimension::Page, "/"),
        (Dimension::Hostname, "(none)"),
        (Dimension::Name, "pageview"),
        (Dimension::Source, "Direct / None"),
        (Dimension::Referrer, "Direct / None"),
        (Dimension::Channel, "Direct"),
        (Dimension::UtmMedium, "(not set)"),
        (Dimension::UtmSource, "(not set)"),
        (Dimension::UtmCampaign, "(not set)"),
        (Dimension::UtmContent, "(not set)"),
        (Dimension::UtmTerm, "(not set)"),
        (Dimension::Device, "(not set)"),
        (Dimension::Browser, "(not set)"),
        (Dimension::BrowserVersion, "(not set)"),
        (Dimension::Os, "(not set)"),
        (Dimension::OsVersion, "(not set)"),
        (Dimension::Country, "(not set)"),
        (Dimension::Region, "(not set)"),
        (Dimension::City, "(not set)"),
        (Dimension::Screen, "(not set)"),
        (Dimension::Language, "(not set)"),
    ] {
        assert_eq!(value(dimension, bare), label, "{}", dimension.name());
    }
}

#[test]
fn what_is_there_has_its_value() {
    let full = |hit: &mut Hit| {
        hit.url = "https://www.Example.com:8080/caf%C3%A9/?utm_source=Spring+News&utm_medium=email&utm_campaign=C&utm_content=N&utm_term=T"
            .to_owned();
        hit.referrer = "https://www.google.de/search?q=x".to_owned();
        hit.language = "pt-br".to_owned();
        hit.screen_width = Some(1280);
        hit.place = Place { country: "DE".to_owned(), region: "Hamburg".to_owned(), city: "Altona".to_owned() };
    };
    for (dimension, expected) in [
        (Dimension::Page, "/café/"),
        (Dimension::Hostname, "example.com"),
        (Dimension::Source, "Spring News"),
        (Dimension::Referrer, "google.de/search"),
        (Dimension::Channel, "Email"),
        (Dimension::UtmMedium, "email"),
        (Dimension::UtmSource, "Spring News"),
        (Dimension::UtmCampaign, "C"),
        (Dimension::UtmContent, "N"),
        (Dimension::UtmTerm, "T"),
        (Dimension::Device, "Desktop"),
        (Dimension::Browser, "Chrome"),
        (Dimension::BrowserVersion, "148"),
        (Dimension::Os, "Windows"),
        (Dimension::OsVersion, "10+"),
        (Dimension::Country, "DE"),
        (Dimension::Region, "Hamburg"),
        (Dimension::City, "Altona"),
        (Dimension::Screen, "Laptop"),
        (Dimension::Language, "pt-BR"),
    ] {
        assert_eq!(value(dimension, full), expected, "{}", dimension.name());
    }
}

#[test]
fn the_source_comes_from_the_tags_else_from_the_referrer() {
    for (url, referrer, source) in [
        ("https://example.com/?utm_source=a&source=b&ref=c", "https://google.com/", "a"),
        ("https://example.com/?source=b&ref=c", "https://google.com/", "b"),
        ("https://example.com/?ref=c", "https://google.com/", "c"),
        ("https://example.com/", "https://www.google.com/", "Google"),
        ("https://example.com/", "https://m.facebook.com/", "Facebook"),
        ("https://example.com/", "https://t.co/abc", "Twitter"),
        ("https://example.com/", "https://other.example/", "other.example"),
        ("https://example.com/", "android-app://com.google.android.gm/", "Direct / None"),
        ("https://example.com/", "", "Direct / None"),
    ] {
        let set = |hit: &mut Hit| {
            hit.url = url.to_owned();
            hit.referrer = referrer.to_owned();
        };
        assert_eq!(value(Dimension::Source, set), source, "{url} {referrer}");
    }
}

#[test]
fn a_referrer_of_the_same_host_is_none_and_of_a_subdomain_is_one() {
    for (url, referrer, expected) in [
        ("https://example.com/b", "https://example.com/a", "Direct / None"),
        ("https://www.example.com/b", "https://example.com/a", "Direct / None"),
        ("https://example.com/b", "http://WWW.EXAMPLE.com:81/a", "Direct / None"),
        ("https://example.com/b", "https://blog.example.com/a", "blog.example.com/a"),
        ("https://blog.example.com/b", "https://example.com/a/", "example.com/a"),
    ] {
        let set = |hit: &mut Hit| {
            hit.url = url.to_owned();
            hit.referrer = referrer.to_owned();
        };
        assert_eq!(value(Dimension::Referrer, set), expected, "{url} {referrer}");
    }
}

#[test]
fn the_name_decides_the_kind() {
    let mut hits = [hit(), hit(), hit()];
    hits[1].name = "Sign up".to_owned();
    hits[1].interactive = false;
    hits[2].name = "engagement".to_owned();
    for hit in &mut hits {
        hit.engaged_ms = Some(1_500);
        hit.scroll_depth = Some(40);
    }
    let batch = Enricher::new().batch(&hits, &site());
    let seen: Vec<_> = batch.events.iter().map(|event| (event.kind, event.interactive, event.engaged_ms, event.scroll_depth)).collect();
    assert_eq!(
        seen,
        [(Kind::Pageview, true, None, None), (Kind::Custom, false, None, None), (Kind::Engagement, true, Some(1_500), Some(40))]
    );
}

#[test]
fn machines_are_dropped_and_their_pageviews_counted_by_name_and_page() {
    let pages = ["https://example.com/a", "https://example.com/a?utm_source=x", "https://example.com/b"];
    let mut hits = Vec::new();
    for (user_agent, page, name) in
        [(GPTBOT, 0, "pageview"), (GPTBOT, 1, "pageview"), (GPTBOT, 2, "Sign up"), (CURL, 2, "pageview"), (CHROME, 0, "pageview")]
    {
        hits.push(Hit { user_agent: user_agent.to_owned(), url: pages[page].to_owned(), name: name.to_owned(), ..hit() });
    }
    let batch = Enricher::new().batch(&hits, &site());
    let machine = |class, name: &str| Machine { class, name: name.to_owned() };
    let counted: Vec<_> = batch.machines.into_iter().collect();
    assert_eq!(
        counted,
        [
            ((machine(MachineClass::AiCrawler, "GPTBot"), "/a".to_owned()), 2),
            ((machine(MachineClass::Library, "curl"), "/b".to_owned()), 1)
        ]
    );
    assert_eq!(batch.drops.into_iter().collect::<Vec<_>>(), [(DropReason::Bot, 4)]);
    assert_eq!(batch.events.len(), 1);
    assert_eq!(batch.values.find("/b"), None, "what only machines saw is not in the values");
}

#[test]
fn spam_is_dropped_and_foretold() {
    let enricher = Enricher::new();
    for (user_agent, referrer, reason) in [
        (CHROME, "https://example.org/", None),
        (CHROME, "http://semalt.com/project.php", Some(DropReason::SpamReferrer)),
        (CHROME, "https://www.semalt.com", Some(DropReason::SpamReferrer)),
        (CURL, "http://semalt.com/", Some(DropReason::Bot)),
        ("", "", Some(DropReason::Bot)),
    ] {
        let hit = Hit { user_agent: user_agent.to_owned(), referrer: referrer.to_owned(), ..hit() };
        assert_eq!(enricher.forecast(&hit, &site()), reason, "{user_agent} {referrer}");
        let batch = enricher.batch([&hit], &site());
        assert_eq!(batch.drops.keys().copied().next(), reason);
        assert_eq!(batch.events.len(), usize::from(reason.is_none()));
    }
}

#[test]
fn a_page_of_a_listed_host_is_no_spam_to_itself() {
    let hit = Hit { url: "https://semalt.com/b".to_owned(), referrer: "https://semalt.com/a".to_owned(), ..hit() };
    let enricher = Enricher::new();
    assert_eq!(enricher.forecast(&hit, &site()), None);
    assert_eq!(enricher.batch([&hit], &site()).events.len(), 1);
}

#[test]
fn blank_properties_do_not_exist_and_thirty_are_the_most() {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let mut props = vec![pair("blank", " "), pair("", "unnamed"), pair("plan", "pro")];
    props.extend((0..40).map(|n| pair(&format!("p{n}"), "v")));
    let hit = Hit { props, ..hit() };
    let batch = Enricher::new().batch([&hit], &site());
    let props = batch.values.props_of(batch.events[0].props);
    assert_eq!(props.len(), 30);
    assert_eq!((&**batch.values.text(props[0].0), &**batch.values.text(props[0].1)), ("plan", "pro"));
    assert_eq!(&**batch.values.text(props[29].0), "p28");
}

#[test]
fn hash_routing_is_a_property_of_the_hit_not_of_the_url() {
    let url = "https://example.com/app#/settings".to_owned();
    let hits = [Hit { url: url.clone(), hash_routing: true, ..hit() }, Hit { url, hash_routing: false, ..hit() }];
    let batch = Enricher::new().batch(&hits, &site());
    let pages: Vec<_> = batch.events.iter().map(|event| batch.values.text(event.page).to_string()).collect();
    assert_eq!(pages, ["/app#/settings", "/app"]);
}

#[test]
fn cutting_a_batch_changes_nothing() {
    let mut hits = Vec::new();
    for n in 0..60_usize {
        hits.push(Hit {
            url: format!("https://example.com/{}?utm_source=s{}", n % 7, n % 3),
            referrer: ["", "https://google.com/", "https://example.com/x", "http://semalt.com/"][n % 4].to_owned(),
            user_agent: [CHROME, CURL, CHROME, GPTBOT, "Opera/9.80"][n % 5].to_owned(),
            ..hit()
        });
    }
    let enricher = Enricher::new();
    let whole = enricher.batch(&hits, &site());
    let (mut events, mut drops, mut machines) = (Vec::new(), 0, 0);
    for part in hits.chunks(7) {
        let batch = enricher.batch(part, &site());
        events.extend(event_values(&batch));
        drops += batch.drops.values().sum::<i64>();
        machines += batch.machines.values().sum::<i64>();
    }
    assert_eq!(events, event_values(&whole));
    assert_eq!(drops, whole.drops.values().sum::<i64>());
    assert_eq!(machines, whole.machines.values().sum::<i64>());
    assert_eq!(events.len() as i64 + drops, hits.len() as i64);
}

/// A site that leaves out what these rules say, from its tenth day on.
fn site_without(rules: &[(ExclusionKind, &str)]) -> footfall_domain::Site {
    let mut site = site();
    for (kind, text) in rules {
        site.rules.exclusions.add(Excluded::parse(*kind, text).expect("a rule"), LocalDate(10)).expect("added");
    }
    site
}

#[test]
fn what_the_site_leaves_out_has_its_reason_and_no_value_of_it_stays() {
    let site = site_without(&[
        (ExclusionKind::Path, "/admin/**"),
        (ExclusionKind::Hostname, "staging.*"),
        (ExclusionKind::Country, "NP"),
        (ExclusionKind::Address, "192.0.2.0/24"),
    ]);
    let today = Hit { date: LocalDate(10), ..hit() };
    let nepal = Place { country: "NP".into(), ..Place::default() };
    let cases = [
        (Hit { url: "https://www.example.com/ADMIN/x".into(), ..today.clone() }, None),
        (Hit { url: "https://example.com/%61dmin/x?a=b".into(), ..today.clone() }, Some(DropReason::ExcludedPath)),
        (Hit { url: "https://www.staging.example/".into(), ..today.clone() }, Some(DropReason::ExcludedHostname)),
        (Hit { place: nepal, ..today.clone() }, Some(DropReason::ExcludedCountry)),
        (Hit { address_rules: vec![9, 4], ..today.clone() }, Some(DropReason::ExcludedAddress)),
        (Hit { address_rules: vec![3, 9], ..today.clone() }, None),
        (Hit { user_agent: CURL.into(), url: "https://example.com/admin/x".into(), ..today.clone() }, Some(DropReason::Bot)),
        (Hit { url: "https://example.com/admin/x".into(), ..hit() }, None),
    ];
    let enricher = Enricher::new();
    for (hit, reason) in &cases {
        assert_eq!(enricher.forecast(hit, &site), *reason, "{} {}", hit.url, hit.date);
        assert_eq!(enricher.batch([hit], &site).drops.keys().next().copied(), *reason, "{} {}", hit.url, hit.date);
    }
    let batch = enricher.batch(cases.iter().map(|(hit, _)| hit), &site);
    assert_eq!((batch.events.len(), batch.drops.values().sum::<i64>()), (3, 5));
    assert!(!event_values(&batch).concat().iter().any(|value| value == "staging.example" || value == "NP"));
}
