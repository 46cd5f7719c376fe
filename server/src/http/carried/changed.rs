//! What changes while an answer is made: what caches are told of it then.

use super::{Lasts, Made, Piece, answer};
use crate::actions;
use crate::config::Config;
use crate::house::{House, Outside};
use crate::http::pages::Guest;
use crate::http::{App, Assets, router};
use crate::owner::{Folder, Taken};
use axum::body::Body;
use axum::extract::ConnectInfo;
use footfall_app::door::Door;
use footfall_app::site_page::PageState;
use footfall_domain::{LocalDate, SiteId};
use http::{HeaderMap, Request};
use serde_json::json;
use std::net::SocketAddr;
use std::sync::Arc;
use tempfile::TempDir;
use tower::ServiceExt;

const UNKEPT: [&str; 3] = ["private, no-store", "", ""];

/// A house with a public site.
struct Place {
    app: Arc<App>,
    site: SiteId,
    _root: TempDir,
}

impl Place {
    async fn new() -> Self {
        let root = tempfile::tempdir().expect("a folder");
        let data = root.path().join("data");
        let Taken::Ours(folder) = Folder::take(&data, "a test").expect("taken") else { panic!("nobody else has it") };
        let house = House::open(Config { data, ..Config::default() }, folder, Outside::default()).await.expect("opened");
        let site = actions::sites::add(&house, "test", "example.com", "UTC", None).await.expect("added").id;
        actions::sharing::set_public(&house, "test", site, true).await.expect("public");
        let app = App::new(house.clone(), Assets::new(&house.config.ingest), SocketAddr::from(([127, 0, 0, 1], 8000)));
        app.readiness.await_fold(&house).await;
        Self { app, site, _root: root }
    }

    fn house(&self) -> &House {
        &self.app.house
    }

    /// How long an answer may be kept about which something changes while it is made, its tag and its key.
    async fn asked(&self, address: &str, is_over: bool, change: impl Future<Output = ()>) -> [String; 3] {
        let entry = self.house().engine.sites().by_id(self.site).cloned().expect("the site");
        let guest = Guest { entry, door: Door::public(""), segment: None, is_private: false, ends: None };
        let Ok(sitting) = guest.sit(&self.app, &PageState::default()).await else { panic!("a seat") };
        let mut piece = sitting.file(address);
        if is_over {
            piece = Piece { lasts: Lasts::of(&guest.entry.calendar, LocalDate(0), self.house().now()), ..piece };
        }
        let make = || async {
            change.await;
            Ok(Made::html("what was shown at first".to_owned()))
        };
        let Ok(answer) = answer(&self.app, &HeaderMap::new(), piece, make).await else { panic!("an answer") };
        assert_eq!(answer.status(), 200, "who asked before gets it");
        ["cache-control", "etag", "surrogate-key"]
            .map(|name| answer.headers().get(name).map_or(String::new(), |value| value.to_str().expect("text").to_owned()))
    }

    async fn hit(&self) {
        let event = json!({"n": "pageview", "u": "https://example.com/", "d": "example.com"});
        let request =
            Request::post("/api/event").header("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0");
        let mut request = request.body(Body::from(event.to_string())).expect("a request");
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 9))));
        assert_eq!(router(self.app.clone()).oneshot(request).await.expect("answers").status(), 202);
        self.house().engine.wait_caught_up().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_strangers_may_see_no_more_when_it_is_made_is_not_kept() {
    let place = Place::new().await;
    for is_over in [false, true] {
        let [kept, tag, key] = place.asked("/unchanged", is_over, async {}).await;
        assert!(kept.starts_with("public, ") && tag.len() > 33 && key.starts_with("site-"), "{kept} {tag} {key}");
        let private = async { actions::sharing::set_public(place.house(), "test", place.site, false).await.map(drop).expect("private") };
        assert_eq!(place.asked("/private", is_over, private).await, UNKEPT, "made private");
        actions::sharing::set_public(place.house(), "test", place.site, true).await.expect("public");
        let shown = Some(vec![format!("plan {is_over}")]);
        let hidden = async { actions::lexicon::show_properties(place.house(), "test", place.site, shown).await.expect("hidden") };
        assert_eq!(place.asked("/hidden", is_over, hidden).await, UNKEPT, "properties hidden");
    }
    place.house().close().await;
}

/// A busy site's numbers change while they are read, all the time; days that are over only where somebody changes them.
#[tokio::test(flavor = "multi_thread")]
async fn what_counts_on_is_kept_and_days_over_that_change_are_not() {
    let place = Place::new().await;
    place.hit().await;
    let [kept, tag, key] = place.asked("/busy", false, place.hit()).await;
    assert!(kept.starts_with("public, ") && tag.contains('.') && key.starts_with("site-"), "{kept} {tag} {key}");
    assert_eq!(place.asked("/over", true, place.hit()).await, UNKEPT);
    place.house().close().await;
}
