//! Which changes of a site caches must hear of.

use footfall_domain::Site;

/// Why caches must drop what they keep of a site that changed; `None`: what they show is true, or too old in a minute.
pub fn why(before: &Site, after: &Site) -> Option<&'static str> {
    let (was, is) = (&before.sharing, &after.sharing);
    if before.domain != after.domain {
        return Some("renamed");
    }
    if was.public && !is.public {
        return Some("made-private");
    }
    // Who leaves hits out, or takes that back, expects it to be seen.
    if before.rules.exclusions != after.rules.exclusions && is_shared(after) {
        return Some("exclusions");
    }
    // A new link was never in a cache.
    if was.links.iter().any(|link| !is.links.contains(link)) {
        return Some("link");
    }
    (was.frame_hosts != is.frame_hosts).then_some("frames")
}

/// Whether anybody who is not signed in may see something of a site.
pub fn is_shared(site: &Site) -> bool {
    site.sharing.public || !site.sharing.links.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use footfall_domain::{Excluded, LocalDate, SharedLink, SiteId, UnixMillis};

    fn site() -> Site {
        let mut site = Site::new(SiteId(7), "shop.example", "UTC", UnixMillis(0));
        site.sharing.public = true;
        site.sharing.links.push(SharedLink {
            id: 1,
            slug: "abc".into(),
            name: "Board".into(),
            password_hash: None,
            segment: None,
            created: UnixMillis(0),
            expires: None,
        });
        site
    }

    fn changed(change: impl FnOnce(&mut Site)) -> Option<&'static str> {
        let mut after = site();
        change(&mut after);
        why(&site(), &after)
    }

    fn leaves_out_a_country(site: &mut Site) {
        let added = site.rules.exclusions.add(Excluded::Country("DE".into()), LocalDate(20_000));
        added.map(drop).expect("a rule");
    }

    #[test]
    fn what_takes_something_away_is_told() {
        assert_eq!(changed(|site| site.sharing.public = false), Some("made-private"));
        assert_eq!(changed(|site| site.domain = "shop.test".into()), Some("renamed"));
        assert_eq!(changed(|site| site.sharing.links.clear()), Some("link"));
        assert_eq!(changed(|site| site.sharing.links[0].password_hash = Some("$argon2id$".into())), Some("link"));
        assert_eq!(changed(|site| site.sharing.frame_hosts.push("https://blog.example".into())), Some("frames"));
        assert_eq!(changed(leaves_out_a_country), Some("exclusions"));
    }

    #[test]
    fn what_gives_or_concerns_nobody_outside_is_not() {
        assert_eq!(changed(|_| {}), None);
        assert_eq!(changed(|site| site.sharing.set_role("a@example.com", Some(footfall_domain::Role::Viewer))), None);
        assert_eq!(changed(|site| site.retention_months = Some(12)), None);
        let mut link = site().sharing.links[0].clone();
        link.id = 2;
        assert_eq!(changed(|site| site.sharing.links.push(link)), None);
        let mut private = site();
        private.sharing.public = false;
        assert_eq!(why(&private, &site()), None, "nothing of a private site is in a cache");
        private.sharing.links.clear();
        let mut narrower = private.clone();
        leaves_out_a_country(&mut narrower);
        assert_eq!(why(&private, &narrower), None, "nobody outside sees it");
    }
}
