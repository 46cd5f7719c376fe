//! What caches carry, over time: pages of a public site in this process, with a clock that can be moved.

mod common;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use common::BROWSER;
use footfall::actions;
use footfall::config::Config;
use footfall::house::{House, Outside};
use footfall::http::{App, Assets, router};
use footfall::owner::{Folder, Taken};
use footfall_domain::{Clock, Entropy, ManualClock, SystemEntropy, UnixMillis};
use futures::future::join_all;
use http::{HeaderMap, Request};
use serde_json::json;
use std::net::SocketAddr;
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt;

const HOUR_MS: i64 = 3_600_000;

/// A house with a public site, in this process.
struct Place {
    house: Arc<House>,
    clock: Arc<ManualClock>,
    app: Arc<App>,
    router: Router,
    _root: TempDir,
}

struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn tag(&self) -> String {
        assert_eq!(self.status, 200, "{}", self.text());
        self.header("etag").to_owned()
    }
}

fn listening() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8000))
}

impl Place {
    /// At a time, UTC; the site's clock is Berlin's.
    async fn at(time: &str) -> Self {
        let root = tempfile::tempdir().expect("a folder");
        let clock = Arc::new(ManualClock::at(instant(time)));
        let data = root.path().join("data");
        let Taken::Ours(folder) = Folder::take(&data, "a test").expect("taken") else { panic!("nobody else has it") };
        let config = Config { data, ..Config::default() };
        let outside = Outside { clock: clock.clone() as Arc<dyn Clock>, entropy: Arc::new(SystemEntropy) as Arc<dyn Entropy> };
        let house = House::open(config, folder, outside).await.expect("opened");
        let site = actions::sites::add(&house, "test", "example.com", "Europe/Berlin", None).await.expect("added");
        actions::sharing::set_public(&house, "test", site.id, true).await.expect("public");
        let app = App::of_build(house.clone(), Assets::new(&house.config.ingest), listening(), "one");
        app.readiness.await_fold(&house).await;
        Self { router: router(app.clone()), house, clock, app, _root: root }
    }

    /// The same house behind another build of the program.
    async fn as_build(&mut self, build: &'static str) {
        self.app = App::of_build(self.house.clone(), Assets::new(&self.house.config.ingest), listening(), build);
        self.app.readiness.await_fold(&self.house).await;
        self.router = router(self.app.clone());
    }

    async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::get(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::empty()).expect("a request")).await
    }

    async fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[]).await
    }

    async fn send(&self, mut request: Request<Body>) -> Answer {
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 9))));
        let (parts, body) = self.router.clone().oneshot(request).await.expect("answers").into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("a body").to_vec();
        Answer { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    /// Somebody reads a page of the site.
    async fn hit(&self, path: &str) {
        let event = json!({"n": "pageview", "u": format!("https://example.com{path}"), "d": "example.com"});
        let request = Request::post("/api/event").header("user-agent", BROWSER).body(Body::from(event.to_string())).expect("a request");
        assert_eq!(self.send(request).await.status, 202);
        self.house.engine.wait_caught_up().await;
    }

    /// Moves the clock, and waits until days that are over by then have been settled, and so many are open.
    async fn move_to(&self, time: &str, open: u64) {
        self.clock.set(instant(time));
        for _ in 0..1_000 {
            let stats = self.house.engine.stats();
            if stats.open_days == open && stats.unsettled_days == 0 {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("days that are over are settled a moment later");
    }

    /// What the server has counted.
    async fn counted(&self, name: &str) -> u64 {
        let text = self.get("/metrics").await.text();
        let line = text.lines().find(|line| line.starts_with(&format!("{name} "))).unwrap_or_else(|| panic!("{name} in {text}"));
        line.rsplit(' ').next().and_then(|n| n.parse().ok()).expect("a number")
    }

    async fn renders(&self) -> u64 {
        self.counted("footfall_page_renders_total").await
    }
}

fn instant(time: &str) -> UnixMillis {
    time.parse::<jiff::Timestamp>().expect("a time").into()
}

#[tokio::test(flavor = "multi_thread")]
async fn midnight_makes_another_page_though_nobody_came() {
    let place = Place::at("2026-11-20T20:00:00Z").await;
    place.hit("/").await;
    place.clock.set(instant("2026-11-20T22:59:30Z"));
    let before = place.get("/example.com?period=day").await;
    assert!(before.header("cache-control").contains("s-maxage=30,"), "{}", before.header("cache-control"));
    let yesterday = place.get("/example.com?period=yesterday").await.tag();
    place.clock.set(instant("2026-11-20T23:00:00Z"));
    let after = place.get("/example.com?period=day").await;
    assert_ne!(before.tag(), after.tag());
    assert!(after.text().contains("Nobody was here in this period"), "it is another day");
    let now_yesterday = place.get("/example.com?period=yesterday").await;
    assert_ne!(yesterday, now_yesterday.tag());
    assert!(!now_yesterday.text().contains("Nobody was here in this period"));
    place.house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_hit_makes_another_page_of_today_and_none_of_days_that_are_over() {
    let place = Place::at("2026-11-20T20:00:00Z").await;
    place.hit("/").await;
    place.clock.set(instant("2026-11-22T12:03:00Z"));
    place.hit("/a").await;
    place.move_to("2026-11-22T12:04:00Z", 1).await;
    let (open, closed) = ("/example.com?period=day", "/example.com?date=2026-11-20&period=day");
    let (today, over) = (place.get(open).await, place.get(closed).await);
    assert_eq!(today.header("cache-control"), "public, max-age=30, s-maxage=50, stale-while-revalidate=10, stale-if-error=86400");
    assert_eq!(over.header("cache-control"), "public, max-age=50, s-maxage=3600, stale-while-revalidate=10, stale-if-error=86400");
    place.clock.set(instant("2026-11-22T12:14:00Z"));
    assert_eq!(place.get(open).await.tag(), today.tag(), "no hit, the same quarter of an hour");
    place.hit("/b").await;
    assert_ne!(place.get(open).await.tag(), today.tag());
    assert_eq!(place.get(closed).await.tag(), over.tag());
    place.clock.set(instant("2026-11-22T17:00:00Z"));
    assert_eq!(place.get(closed).await.tag(), over.tag(), "the day over does not change with the hours of today");
    place.house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_one_has_is_not_made_again() {
    let place = Place::at("2026-11-20T12:00:00Z").await;
    place.hit("/").await;
    let first = place.get("/example.com").await;
    assert_eq!(place.renders().await, 1);
    for known in [first.tag(), format!("W/{}", first.tag()), format!("\"x\", {}", first.tag()), "*".to_owned()] {
        let again = place.get_with("/example.com", &[("if-none-match", &known)]).await;
        assert_eq!((again.status, again.body.len()), (304, 0), "{known}");
        for name in ["etag", "cache-control", "vary", "surrogate-key", "content-security-policy"] {
            assert_eq!(again.header(name), first.header(name), "{name}");
        }
    }
    assert_eq!((place.renders().await, place.counted("footfall_page_not_modified_total").await), (1, 4));
    // Neither after the body itself was forgotten: with another process the page of a day that is over is the same.
    place.move_to("2026-11-22T12:00:00Z", 0).await;
    let closed = place.get("/example.com?date=2026-11-20&period=day").await.tag();
    let mut place = place;
    place.as_build("one").await;
    let again = place.get_with("/example.com?date=2026-11-20&period=day", &[("if-none-match", &closed)]).await;
    assert_eq!((again.status, place.renders().await), (304, 0));
    place.house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_build_other_settings_and_another_language_are_other_pages() {
    let mut place = Place::at("2026-11-22T12:00:00Z").await;
    place.hit("/").await;
    let path = "/example.com?date=2026-11-20&period=day";
    let first = place.get(path).await.tag();
    place.as_build("two").await;
    let second = place.get(path).await.tag();
    assert_ne!(first, second, "another build");
    let site = place.house.engine.sites().by_domain("example.com").expect("a site").site.id;
    actions::sharing::set_hosts(&place.house, "test", site, "https://blog.example.com").await.expect("set");
    let third = place.get(path).await.tag();
    assert_ne!(second, third, "other settings");
    let goal = footfall_query::Goal::event("Signup");
    let doer = actions::people::Doer { who: "test", role: footfall_domain::Role::Owner };
    actions::lexicon::put_goal(&place.house, doer, site, None, &goal).await.expect("made");
    let fourth = place.get(path).await.tag();
    assert_ne!(third, fourth, "a goal more");
    let german = place.get("/example.com?date=2026-11-20&lang=de&period=day").await;
    assert_ne!(fourth, german.tag());
    assert!(german.text().contains("<html lang=\"de\""));
    let spoken = place.get_with(path, &[("accept-language", "de"), ("cookie", "lang=de; theme=dark; period=7d")]).await;
    assert_eq!(spoken.tag(), fourth, "no header and no cookie says how it looks");
    place.house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_ask_at_once_one_is_rendered_for() {
    let place = Place::at("2026-11-20T12:00:00Z").await;
    place.hit("/").await;
    let answers = join_all((0..50).map(|_| place.get("/example.com?period=7d"))).await;
    assert!(answers.iter().all(|answer| answer.status == 200 && answer.body == answers[0].body));
    assert_eq!(place.renders().await, 1);
    place.house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_is_compressed_once_each_way() {
    let place = Place::at("2026-11-20T12:00:00Z").await;
    let mut tags = Vec::new();
    for (accepted, coding) in [("br, gzip", "br"), ("gzip", "gzip"), ("identity", "")] {
        let takes = [("accept-encoding", accepted)];
        let answers = join_all((0..10).map(|_| place.get_with("/example.com", &takes)));
        for answer in answers.await {
            assert_eq!((answer.header("content-encoding"), answer.header("vary")), (coding, "accept-encoding"));
            tags.push(answer.tag());
        }
    }
    tags.sort_unstable();
    tags.dedup();
    assert_eq!(tags.len(), 3, "each encoding has a tag of its own");
    assert_eq!((place.counted("footfall_page_encodings_total").await, place.renders().await), (2, 1));
    place.house.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_page_says_follows_from_its_tag() {
    let place = Place::at("2026-11-20T12:01:00Z").await;
    place.hit("/").await;
    let paths = [
        "/example.com",
        "/example.com?period=24h",
        "/example.com/details/pages",
        "/example.com/export/pages.csv",
        "/example.com/chart.svg",
    ];
    let mut before = Vec::new();
    for path in paths {
        before.push(place.get(path).await);
    }
    // Another process, later in the same quarter of an hour.
    place.clock.set(instant("2026-11-20T12:14:59Z"));
    let mut place = place;
    place.as_build("one").await;
    for (path, before) in paths.iter().zip(before) {
        let after = place.get(path).await;
        assert_eq!((after.tag(), after.body == before.body), (before.tag(), true), "{path}");
    }
    place.clock.set(place.clock.now().plus(2 * HOUR_MS));
    assert_ne!(place.get("/example.com?period=24h").await.tag(), before_tag(&place).await, "an hour has begun");
    place.house.close().await;
}

async fn before_tag(place: &Place) -> String {
    place.clock.set(place.clock.now().plus(-2 * HOUR_MS));
    place.get("/example.com?period=24h").await.tag()
}
