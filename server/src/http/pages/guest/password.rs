//! What a browser keeps once the password of a link was said: for a day, and no longer than the password holds.

use super::super::super::App;
use super::super::super::path::Path;
use super::super::answer;
use super::super::cookies;
use super::super::form::Form;
use super::enter::open;
use axum::extract::State;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use footfall_domain::{SharedLink, Site, UnixMillis};
use http::HeaderMap;
use std::sync::Arc;
use subtle::ConstantTimeEq;

/// How long it holds.
const SECONDS: u64 = 24 * 60 * 60;
/// What the ticket's key is for. It is made from the hash of the password: another password, and no ticket is good.
const PURPOSE: &str = "footfall 2026 ticket of a shared link";

/// Takes the password of a link.
pub(in crate::http::pages) async fn authenticate(State(app): State<Arc<App>>, Path(domain): Path<String>, form: Form) -> Response {
    let page = open(&app, &domain, &form).await;
    answer::of(&app, &form.person, page).await
}

/// The cookie's value, and for how many seconds it holds.
pub(super) fn ticket(site: &Site, link: &SharedLink, hash: &str, now: UnixMillis) -> (String, u64) {
    let end = now.plus(SECONDS as i64 * 1_000).0;
    (format!("{end}.{}", URL_SAFE_NO_PAD.encode(signed(site, link, hash, end))), SECONDS)
}

/// Whether the browser has a ticket for this link and its present password.
pub(super) fn has_entered(headers: &HeaderMap, https: bool, site: &Site, link: &SharedLink, hash: &str, now: UnixMillis) -> bool {
    let good = |ticket: &str| {
        let (end, signature) = ticket.split_once('.')?;
        let (end, signature) = (end.parse::<i64>().ok()?, URL_SAFE_NO_PAD.decode(signature).ok()?);
        Some(now.0 < end && bool::from(signed(site, link, hash, end)[..].ct_eq(&signature[..])))
    };
    cookies::get(headers, &cookies::name_of(cookies::LINK, https)).and_then(good).unwrap_or(false)
}

fn signed(site: &Site, link: &SharedLink, hash: &str, end: i64) -> [u8; 32] {
    let key = blake3::derive_key(PURPOSE, hash.as_bytes());
    let mut hasher = blake3::Hasher::new_keyed(&key);
    hasher.update(&site.first_id.0.to_le_bytes()).update(&link.id.to_le_bytes()).update(&end.to_le_bytes()).update(link.slug.as_bytes());
    *hasher.finalize().as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use footfall_domain::SiteId;
    use http::header::COOKIE;

    const NOW: UnixMillis = UnixMillis(1_800_000_000_000);

    #[test]
    fn a_ticket_is_for_one_link_one_password_and_a_day() {
        let site = Site::new(SiteId(1), "a.example", "UTC", NOW);
        let link =
            |id| SharedLink { id, slug: "abc".into(), name: "x".into(), password_hash: None, segment: None, created: NOW, expires: None };
        let (value, _) = ticket(&site, &link(1), "hash", NOW);
        let headers: HeaderMap = [(COOKIE, format!("footfall-link={value}").parse().expect("a header"))].into_iter().collect();
        let entered = |link: SharedLink, hash: &str, at: UnixMillis| has_entered(&headers, false, &site, &link, hash, at);
        assert!(entered(link(1), "hash", NOW.plus(1)));
        assert!(!entered(link(2), "hash", NOW.plus(1)), "another link");
        assert!(!entered(link(1), "other", NOW.plus(1)), "another password");
        assert!(!entered(link(1), "hash", NOW.plus(SECONDS as i64 * 1_000)), "the next day");
        assert!(!has_entered(&HeaderMap::new(), false, &site, &link(1), "hash", NOW));
    }
}
