//! Adding, changing, emptying and removing sites.

use super::audit::note;
use super::{ActionError, Fault};
use crate::config::IngestConfig;
use crate::house::House;
use crate::purge;
use footfall_domain::{Role, Site, SiteCalendar, SiteId, UnixMillis, ZoneChange};
use footfall_ingest::normal_domain;
use footfall_store::StoreError;
use serde_json::json;

/// Names that stand for something else in the address of a page.
const TAKEN: [&str; 24] = [
    "account",
    "api",
    "assets",
    "count",
    "counter",
    "embed",
    "favicon.ico",
    "healthz",
    "installation",
    "join",
    "js",
    "login",
    "logout",
    "matomo.php",
    "metrics",
    "piwik.php",
    "pixel.gif",
    "readyz",
    "robots.txt",
    "setup",
    "share",
    "sites",
    "teams",
    "theme",
];
/// More parameters nobody keeps.
const MOST_PARAMETERS: usize = 50;
/// How often somebody else's change may come in between.
const MEETINGS: usize = 8;
/// DNS knows no longer names.
const LONGEST_DOMAIN: usize = 253;

/// Adds a site; it is `owner`'s, or nobody's but the administrators'.
///
/// # Errors
/// No domain, no zone, there is such a site, or the owner has as many as they may have.
pub async fn add(house: &House, who: &str, domain: &str, zone: &str, owner: Option<&str>) -> Result<Site, ActionError> {
    let domain = new_domain(house, domain)?;
    let zone = checked_zone(zone)?;
    room_for(house, owner).await?;
    let site = house.registry.add_site(&domain, &zone, house.now(), owner).await.map_err(|error| match error {
        StoreError::Exists(_) => ActionError::State(Fault::SiteExists(domain.clone())),
        error => error.into(),
    })?;
    house.engine.reload_sites().await?;
    tracing::info!(site.id = site.id.0, "a site was added");
    note(house, who, Some(&site), "site-added", json!({})).await;
    Ok(site)
}

/// Whether somebody may own one more site. Administrators may, and who runs the house. Two at once may both find the last
/// place free.
async fn room_for(house: &House, owner: Option<&str>) -> Result<(), ActionError> {
    let Some(owner) = owner else { return Ok(()) };
    let rights = house.people.rights(owner).await?;
    if rights.is_administrator() {
        return Ok(());
    }
    let most = house.config.accounts.sites_per_member;
    // Those of their teams too: else who has a team could own as many as they like.
    let theirs = house.engine.sites().iter().filter(|entry| rights.role(&entry.site) == Some(Role::Owner)).count();
    if theirs >= most { Err(ActionError::State(Fault::ManySites(most))) } else { Ok(()) }
}

/// Gives a site another domain; its numbers, people and keys stay. Hits that still name the old one are of no site, and the
/// old one is free.
///
/// # Errors
/// No domain, there is a site of it, or there is no such site any more.
pub async fn rename(house: &House, who: &str, id: SiteId, domain: &str) -> Result<Site, ActionError> {
    set(house, who, id, Some(domain), None).await
}

/// Gives a site another domain, another time zone, or both: what is not given stays, and where one makes no sense nothing
/// is changed.
///
/// # Errors
/// As [`rename`], or there is no such zone.
pub async fn set(house: &House, who: &str, id: SiteId, domain: Option<&str>, zone: Option<&str>) -> Result<Site, ActionError> {
    let domain = domain.map(|domain| new_domain(house, domain)).transpose()?;
    let before = house.engine.sites().by_id(id).map(|entry| entry.site.clone());
    let changed = amend(house, id, |site| {
        if let Some(zone) = zone {
            *site = in_zone(site, zone, house.now())?;
        }
        if let Some(domain) = &domain {
            site.domain.clone_from(domain);
        }
        Ok(())
    })
    .await?;
    if before.as_ref().is_some_and(|before| before.zones != changed.zones) {
        let was = before.as_ref().map(Site::zone).unwrap_or_default();
        note(house, who, Some(&changed), "settings-changed", json!({"from": was, "to": changed.zone()})).await;
    }
    let (before, domain) = (before.map(|site| site.domain).unwrap_or_default(), changed.domain.clone());
    if before != domain {
        rename_pins(house, &before, &domain).await?;
        note(house, who, Some(&changed), "site-renamed", json!({"from": before, "to": domain})).await;
        tracing::info!(site.id = id.0, "a site was renamed");
    }
    Ok(changed)
}

/// People keep sites first by their domain.
async fn rename_pins(house: &House, before: &str, after: &str) -> Result<(), ActionError> {
    for user in house.registry.users().await? {
        let mut preferences = house.registry.preferences(&user.email).await?;
        let Some(pin) = preferences.pins.iter_mut().find(|pin| *pin == before) else { continue };
        after.clone_into(pin);
        house.registry.put_preferences(&user.email, &preferences).await?;
    }
    house.pins.forget();
    Ok(())
}

/// A domain that a site here may have.
fn new_domain(house: &House, written: &str) -> Result<String, ActionError> {
    let domain = checked_domain(written)?;
    match shadowed(&house.config.ingest, &domain) {
        Some(words) => Err(ActionError::Invalid(format!("{words}; a site needs another name, or the path does").into())),
        None => Ok(domain),
    }
}

/// All sites, by domain.
///
/// # Errors
/// The store cannot be read.
pub async fn list(house: &House) -> Result<Vec<Site>, ActionError> {
    Ok(house.registry.sites().await?)
}

/// Removes a site with its hits, numbers and keys. With a number, only the one that was meant: somebody may have given its
/// name to another site since it was shown.
///
/// # Errors
/// There is no such site, or the disk failed: then the site is gone all the same, and the hourly tidying erases its hits.
pub async fn remove(house: &House, who: &str, domain: &str, id: Option<SiteId>) -> Result<(), ActionError> {
    let domain = normal_domain(domain);
    let book = house.engine.sites();
    let id = house.registry.remove_site(&domain, id).await.map_err(|error| unknown(error, &domain))?;
    // By its number: another instance may just have given the name to another site.
    let known = book.by_id(id).map(|entry| entry.site.clone());
    house.engine.reload_sites().await?;
    house.keys.forget();
    if let Some(site) = &known {
        house.purge.site(site.first_id, &site.domain, "removed");
        if site.domain != domain {
            house.purge.site(site.first_id, &domain, "removed");
        }
    }
    note(house, who, known.as_ref(), "site-removed", json!({})).await;
    // The site's own log has nobody to read it any more.
    note(house, who, None, "site-removed", json!({"domain": domain})).await;
    house.erase_removed_site(id).await?;
    tracing::info!(site.id = id.0, "a site was removed");
    Ok(())
}

/// Empties a site: its hits and numbers are erased, it goes on under a new number. With a number, only the one that was
/// meant, as in [`remove`]. With a zone, that one holds since ever.
///
/// # Errors
/// There is no such site or zone, or the disk failed.
pub async fn reset(house: &House, who: &str, domain: &str, id: Option<SiteId>, zone: Option<&str>) -> Result<Site, ActionError> {
    let domain = normal_domain(domain);
    let zone = zone.map(checked_zone).transpose()?;
    let (mut site, old) = house.registry.reset_site(&domain, id).await.map_err(|error| unknown(error, &domain))?;
    let zoned = match zone {
        Some(zone) => {
            site.zones = vec![ZoneChange { from: UnixMillis::MIN, zone }];
            house.registry.put_site(&site).await.map(|kept| site = kept)
        }
        None => Ok(()),
    };
    // It is empty whatever became of the zone: nothing of before may be shown any more.
    house.engine.reload_sites().await?;
    house.keys.forget();
    house.purge.site(site.first_id, &site.domain, "reset");
    note(house, who, Some(&site), "site-reset", json!({})).await;
    house.erase_removed_site(old).await?;
    zoned?;
    tracing::info!(site.id = site.id.0, site.old_id = old.0, "a site was emptied");
    Ok(site)
}

/// Changes zone, from the site's next midnight on, and query parameters: both, or neither. Past days keep their zone.
///
/// # Errors
/// There is no such zone, a name makes no sense, or the store cannot be written.
pub async fn change(house: &House, who: &str, site: &Site, zone: &str, parameters: &str) -> Result<Site, ActionError> {
    // Only for a new site does no zone stand for UTC: here it would move the days of a site that has some.
    if zone.trim().is_empty() {
        return Err(ActionError::Invalid(Fault::NoZone(String::new())));
    }
    let parameters = checked_parameters(parameters)?;
    let changed = amend(house, site.id, |site| {
        let mut changed = in_zone(site, zone, house.now())?;
        changed.rules.keep_parameters.clone_from(&parameters);
        *site = changed;
        Ok(())
    })
    .await?;
    if changed.version != site.version {
        if changed.zones != site.zones {
            note(house, who, Some(&changed), "settings-changed", json!({"from": site.zone(), "to": changed.zone()})).await;
        }
        if changed.rules.keep_parameters != site.rules.keep_parameters {
            note(house, who, Some(&changed), "settings-changed", json!({"parameters": parameters.join(" ")})).await;
        }
    }
    Ok(changed)
}

fn in_zone(site: &Site, zone: &str, now: UnixMillis) -> Result<Site, ActionError> {
    let zone = checked_zone(zone)?;
    let mut changed = site.clone();
    // A change that has not begun yet is replaced by the new one.
    changed.zones.retain(|change| change.from <= now);
    if changed.zone() != zone {
        let calendar = SiteCalendar::new(&changed.zones).map_err(|error| ActionError::Invalid(error.to_string().into()))?;
        changed.zones.push(ZoneChange { from: calendar.next_midnight(now), zone });
    }
    Ok(changed)
}

/// Changes a site as it is now: begins again when somebody else was faster, so that no change is lost. Caches in front
/// are told what they must not show any more. Returns it changed.
/// A change that changes nothing writes nothing.
///
/// # Errors
/// What `change` says; there is no such site any more; the store cannot be written, or others were faster every time.
pub async fn amend(house: &House, id: SiteId, change: impl Fn(&mut Site) -> Result<(), ActionError>) -> Result<Site, ActionError> {
    for _ in 0..MEETINGS {
        let known = house.engine.sites().by_id(id).map(|entry| entry.site.clone());
        let known = known.ok_or_else(|| ActionError::State(Fault::from("the site is not there any more".to_owned())))?;
        let mut site = known.clone();
        change(&mut site)?;
        if site == known {
            return Ok(site);
        }
        let put = house.registry.put_site(&site).await;
        house.engine.reload_sites().await?;
        match put {
            Ok(site) => {
                purge_changed(house, &known, &site);
                return Ok(site);
            }
            Err(StoreError::Conflict(_)) => {}
            Err(StoreError::Exists(_)) => return Err(ActionError::State(Fault::SiteExists(site.domain))),
            Err(error) => return Err(unknown(error, &site.domain)),
        }
    }
    Err(StoreError::Conflict(format!("the site of number {id}")).into())
}

/// Has caches in front drop what a change took away from strangers.
fn purge_changed(house: &House, before: &Site, after: &Site) {
    let Some(why) = purge::why(before, after) else { return };
    house.purge.site(after.first_id, &after.domain, why);
    if before.domain != after.domain {
        house.purge.site(after.first_id, &before.domain, why);
    }
}

/// The query parameters a site is to keep.
fn checked_parameters(names: &str) -> Result<Vec<String>, ActionError> {
    let mut names: Vec<String> =
        names.split(|c: char| c.is_whitespace() || c == ',').filter(|name| !name.is_empty()).map(str::to_owned).collect();
    names.sort();
    names.dedup();
    if names.len() > MOST_PARAMETERS {
        return Err(ActionError::Invalid(Fault::ManyParameters(MOST_PARAMETERS)));
    }
    let odd = |name: &str| name.len() > 100 || name.contains(['&', '=', '#', '?', '%']) || name.contains(char::is_control);
    if let Some(name) = names.iter().find(|name| odd(name)) {
        return Err(ActionError::Invalid(Fault::NoParameter(name.chars().take(100).collect())));
    }
    Ok(names)
}

fn unknown(error: StoreError, domain: &str) -> ActionError {
    match error {
        StoreError::NotFound(_) => ActionError::State(format!("there is no site {domain}; `footfall site list` shows all").into()),
        error => error.into(),
    }
}

/// A site's pages are below its name: says which path of the trackers stands in their way.
pub fn shadowed(ingest: &IngestConfig, domain: &str) -> Option<String> {
    let shadows = |path: &str| path.strip_prefix('/').and_then(|path| path.split('/').next()) == Some(domain);
    let (name, path) = ingest.paths().into_iter().find(|(_, path)| shadows(path))?;
    Some(format!("ingest.{name} = \"{path}\" is the address of the site {domain} here"))
}

/// The one spelling of a domain.
fn checked_domain(written: &str) -> Result<String, ActionError> {
    let domain = normal_domain(written);
    let label = |label: &str| {
        !label.is_empty() && label.len() <= 63 && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    if domain.len() > LONGEST_DOMAIN || !domain.split('.').all(label) {
        let shown: String = written.chars().take(100).collect();
        return Err(ActionError::Invalid(Fault::NoDomain(shown)));
    }
    if TAKEN.contains(&domain.as_str()) {
        return Err(ActionError::Invalid(Fault::OwnPage(domain)));
    }
    Ok(domain)
}

fn checked_zone(zone: &str) -> Result<String, ActionError> {
    let zone = if zone.trim().is_empty() { "UTC" } else { zone.trim() };
    SiteCalendar::of_zone(zone).map_err(|_| ActionError::Invalid(Fault::NoZone(zone.chars().take(100).collect())))?;
    Ok(zone.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_has_one_spelling() {
        for (written, domain) in [
            ("Example.com", "example.com"),
            ("https://www.example.com/a", "example.com"),
            ("bücher.example", "xn--bcher-kva.example"),
            ("localhost", "localhost"),
        ] {
            assert_eq!(checked_domain(written).expect("a domain"), domain, "{written}");
        }
    }

    #[test]
    fn what_is_no_domain_is_refused() {
        for written in ["", "a b", "a..b", "exa<mple.com", "login", "api", &"a".repeat(64), &"a.".repeat(200)] {
            assert!(matches!(checked_domain(written), Err(ActionError::Invalid(_))), "{written}");
        }
    }

    #[test]
    fn a_path_of_the_trackers_may_stand_in_a_sites_way() {
        let ingest = IngestConfig { script_path: "/example.com".into(), pixel_path: "/b.example/p.gif".into(), ..IngestConfig::default() };
        assert!(shadowed(&ingest, "example.com").expect("taken").starts_with("ingest.script_path = \"/example.com\""));
        assert!(shadowed(&ingest, "b.example").is_some());
        assert_eq!(shadowed(&ingest, "c.example"), None);
    }

    #[test]
    fn no_zone_is_utc_and_an_unknown_one_is_refused() {
        assert_eq!(checked_zone("").expect("a zone"), "UTC");
        assert_eq!(checked_zone("Europe/Berlin").expect("a zone"), "Europe/Berlin");
        assert!(matches!(checked_zone("Mars/Base"), Err(ActionError::Invalid(_))));
    }
}
