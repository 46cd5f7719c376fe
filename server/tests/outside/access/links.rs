//! What links open, and what they do not.

use super::askers::{Asker, filled, house, learnt, refuses};
use super::{PRIVATE, PUBLIC, UNKNOWN};
use crate::common::House;
use crate::openapi::operations;
use footfall_domain::{Clock, SharedLink, SystemClock, UnixMillis};
use footfall_store::{Registry, SqliteStore};

/// A link opens what stands behind it, for nobody in particular; one that ended, that never was, or that is another site's
/// is told from no site by nothing.
#[test]
fn links_open_what_they_say_and_no_more() {
    const OPEN: &str = "open-link-of-some-site";
    const ENDED: &str = "ended-link-of-some-site";
    let house = house();
    add_links(&house, &[(OPEN, None), (ENDED, Some(UnixMillis(1_000)))]);
    let server = house.serve();
    let nobody = Asker::nobody(&server);
    let stranger = Asker::person(&server, "stranger");
    let behind = |path: &str| {
        ["/share/{domain}", "/embed/{domain}", "/api/sites/{domain}/current", "/api/stats/{domain}/"]
            .iter()
            .any(|way| path.starts_with(way))
    };
    let mut asked = 0;
    for operation in operations(&server).into_iter().filter(|operation| operation.method == "GET" && behind(&operation.path)) {
        let at = |domain: &str, slug: &str| format!("{}?auth={slug}", filled(&operation.path, domain));
        for asker in [&nobody, &stranger] {
            let opened = asker.ask(&server, "GET", &at(PRIVATE, OPEN), PRIVATE);
            assert!(!refuses(&opened), "{} {}: {}", asker.name, operation.path, opened.status);
            assert_eq!(opened.header("set-cookie"), None, "{}", operation.path);
            for (domain, slug) in [(PRIVATE, ENDED), (PRIVATE, "never-was-a-link"), ("other.example", OPEN), (PUBLIC, ENDED)] {
                let refused = asker.ask(&server, "GET", &at(domain, slug), domain);
                let unknown = asker.ask(&server, "GET", &at(UNKNOWN, slug), UNKNOWN);
                assert!(refuses(&refused), "{} {domain} {slug}: {}", operation.path, refused.status);
                assert_eq!(learnt(&refused, domain), learnt(&unknown, UNKNOWN), "{} {domain} {slug}", operation.path);
                asked += 1;
            }
        }
    }
    assert!(asked > 50, "{asked}");
    let elsewhere = nobody.ask(&server, "GET", &format!("/{PRIVATE}?auth={OPEN}"), PRIVATE);
    assert!(refuses(&elsewhere), "a link is no key to the site's own page: {}", elsewhere.status);
}

/// Caches keep nothing of a link over its end: no purge says that it has come.
#[test]
fn what_a_link_shows_is_kept_until_it_ends_and_no_longer() {
    const SHORT: &str = "link-that-ends-soon";
    let house = house();
    add_links(&house, &[(SHORT, Some(SystemClock.now().plus(600_000)))]);
    let server = house.serve();
    for path in [
        "/share/{domain}?auth={auth}",
        "/share/{domain}?auth={auth}&date=2015-05-01&period=day",
        "/embed/{domain}/visitors?auth={auth}",
        "/embed/{domain}/live?auth={auth}",
        "/api/sites/{domain}/current?auth={auth}",
    ] {
        let answer = server.get(&path.replace("{domain}", PRIVATE).replace("{auth}", SHORT));
        let said = answer.header("cache-control").expect("a header").to_owned();
        let seconds = |name: &str| -> u64 {
            let value = said.split(", ").find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
            value.and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("{path}: {} {said}", answer.status))
        };
        assert!(answer.status == 200 && seconds("max-age") <= 600, "{path}: {} {said}", answer.status);
        // Both are counted from when it is not fresh any more.
        for stale in ["stale-while-revalidate", "stale-if-error"] {
            assert!(seconds("s-maxage") + seconds(stale) <= 600, "{path}: {said}");
        }
    }
}

/// Puts links into the store of a house nobody has open: one that has ended already cannot be made by a form.
fn add_links(house: &House, links: &[(&str, Option<UnixMillis>)]) {
    put_links(house, links, None);
}

fn put_links(house: &House, links: &[(&str, Option<UnixMillis>)], password_hash: Option<&str>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let store = SqliteStore::open(&house.data().join("footfall.db")).await.expect("the store");
        let mut site = store.sites().await.expect("sites").into_iter().find(|site| site.domain == PRIVATE).expect("the site");
        for (slug, expires) in links {
            let id = site.sharing.next_id();
            let (name, created) = (format!("link {id}"), UnixMillis(0));
            let password_hash = password_hash.map(str::to_owned);
            let link = SharedLink { id, slug: (*slug).to_owned(), name, password_hash, segment: None, created, expires: *expires };
            site.sharing.links.push(link);
        }
        store.put_site(&site).await.expect("put");
    });
}

/// Before its password was said, a link shows the way to say it and nothing else; a widget behind it is not there.
#[test]
fn a_link_with_a_password_shows_nothing_before() {
    const SLUG: &str = "link-that-asks-a-password";
    let house = house();
    put_links(&house, &[(SLUG, None)], Some("$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g"));
    let server = house.serve();
    let nobody = Asker::nobody(&server);
    let behind = |path: &str| path.starts_with("/share/{domain}") || path.starts_with("/embed/{domain}");
    for operation in operations(&server).into_iter().filter(|operation| operation.method == "GET" && behind(&operation.path)) {
        let answer = nobody.ask(&server, "GET", &format!("{}?auth={SLUG}", filled(&operation.path, PRIVATE)), PRIVATE);
        let asks = answer.status == 200 && answer.text().contains("type=\"password\"") && !answer.text().contains("class=\"panel");
        let leads = answer.status == 303 && answer.header("location").is_some_and(|place| place.starts_with("/share/"));
        assert!(refuses(&answer) || asks || leads, "{}: {} {}", operation.path, answer.status, answer.text());
        assert_eq!(answer.header("cache-control"), Some("private, no-store"), "{}", operation.path);
        // What stands where there is no widget may be framed: a frame of a blog says so too.
        let unframed = answer.header("content-security-policy").is_some_and(|policy| policy.contains("frame-ancestors 'none'"));
        assert!(unframed || operation.path.starts_with("/embed/"), "{}", operation.path);
    }
}
