//! The tracker's files.

use crate::common::{Client, House};

#[test]
fn scripts_are_served_to_any_page_and_kept_for_long() {
    let house = House::new();
    let server = house.serve();
    let plain = server.get("/js/script.js");
    if plain.status == 404 {
        assert!(plain.text().contains("was not built"), "{}", plain.text());
        assert!(std::env::var_os("FOOTFALL_SITE_DIR").is_none(), "the tests were given a tracker, and it is not in the binary");
        eprintln!("SKIPPED: the tracker was not built into this binary");
        return;
    }
    for path in ["/js/script.js", "/js/script.full.js", "/js/script.hash.outbound-links.js", "/js/plausible.js"] {
        let answer = server.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.header("content-type").is_some_and(|kind| kind.starts_with("text/javascript")));
        assert!(answer.header("cache-control").is_some_and(|cache| cache.contains("max-age=86400")));
        assert_eq!(answer.header("cross-origin-resource-policy"), Some("cross-origin"));
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
        let etag = answer.header("etag").expect("a tag").to_owned();
        let again = Client::new().get_with(&format!("{}{path}", server.url), &[("If-None-Match", &etag)]);
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
    }
    assert_eq!(server.get("/js/script.hash.js").body, plain.body);
    assert_eq!(server.get("/js/script.outbound-links.js").body, server.get("/js/script.full.js").body);
    assert_eq!(server.get("/js/jquery.js").status, 404);
    let small = Client::new().get_with(&format!("{}/js/script.js", server.url), &[("Accept-Encoding", "br")]);
    assert_eq!(small.header("content-encoding"), Some("br"));
    assert!(small.header("vary").is_some_and(|vary| vary.contains("accept-encoding")));
    assert!(small.body.len() < plain.body.len());
}
