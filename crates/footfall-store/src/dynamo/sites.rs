//! Sites. A site has two rows that agree: by domain, with all of it, and by number, with the domain.

use super::counters::{KEYS_VERSION, SITE, SITES_VERSION};
use super::failure::Failure;
use super::item::{Item, check_size, get_number, get_text, number, text};
use super::many::Range;
use super::names;
use super::stats::Kind;
use super::table::{Expression, Table};
use super::transact::MOST;
use super::{keys, lexicons, removed};
use crate::layout::damaged;
use crate::registry::{changed_meanwhile, new_site};
use crate::{ApiKey, StoreError};
use footfall_domain::{Site, SiteId, UnixMillis};

/// Changes by others met in one call, before we give up.
const MEETINGS: u32 = 12;
/// Keys of one site that can go with it in one transaction, beside its own rows.
const MOST_KEYS: usize = MOST - 8;

pub(super) async fn all(table: &Table) -> Result<Vec<Site>, StoreError> {
    table.query(Kind::Registry, &Range::all(names::SITES), true).await?.iter().map(site).collect()
}

pub(super) async fn add(table: &Table, domain: &str, zone: &str, now: UnixMillis, owner: Option<&str>) -> Result<Site, StoreError> {
    // Not needed for truth, but a number is not wasted on a name that is taken.
    if by_domain(table, domain).await?.is_some() {
        return Err(taken(domain));
    }
    let site = new_site(SiteId(table.next(SITE).await?), domain, zone, now, owner);
    let parts = vec![
        table.part_put(item(&site)?, Some(Expression::absent()))?,
        table.part_put(number_item(&site), Some(Expression::absent()))?,
        table.part_raise(SITES_VERSION, None)?,
    ];
    match table.transact(Kind::Registry, parts).await {
        Ok(()) => Ok(site),
        Err(Failure::Cancelled(_)) => Err(taken(domain)),
        Err(failure) => Err(failure.into()),
    }
}

/// Replaces a site if it is still the one of this version.
pub(super) async fn put(table: &Table, site: &Site) -> Result<Site, StoreError> {
    for _ in 0..MEETINGS {
        let row = table.get(Kind::Registry, &names::site_number(site.id), None).await?;
        let row = row.ok_or_else(|| unknown(&site.domain))?;
        let known = by_domain(table, get_text(&row, "domain")?).await?;
        // Renamed or removed between the two: look again.
        let Some(known) = known.filter(|known| known.id == site.id) else { continue };
        if known.version != site.version {
            return Err(changed_meanwhile(format_args!("the site {}", known.domain)));
        }
        let next = Site { version: known.version + 1, first_id: known.first_id, ..site.clone() };
        let mut parts = vec![table.part_raise(SITES_VERSION, None)?];
        if known.domain == next.domain {
            parts.push(table.part_put(item(&next)?, Some(still(&known)))?);
        } else {
            if by_domain(table, &next.domain).await?.is_some() {
                return Err(taken(&next.domain));
            }
            parts.push(table.part_put(item(&next)?, Some(Expression::absent()))?);
            parts.push(table.part_delete(&names::site(&known.domain), Some(still(&known)))?);
            parts.push(table.part_put(number_item(&next), Some(Expression::present()))?);
        }
        match table.transact(Kind::Registry, parts).await {
            Ok(()) => return Ok(next),
            // Changed, renamed, removed or taken meanwhile: look again.
            Err(Failure::Cancelled(_)) => {}
            Err(failure) => return Err(failure.into()),
        }
    }
    Err(changed_meanwhile(format_args!("the site {}", site.domain)))
}

/// That a site is as it was read. Rows of before there were versions have none.
fn still(site: &Site) -> Expression {
    let values = [(":id", number(site.id.0)), (":v", number(site.version))];
    match site.version {
        0 => Expression::new("id = :id AND (attribute_not_exists(v) OR v = :v)", values),
        _ => Expression::new("id = :id AND v = :v", values),
    }
}

pub(super) async fn reset(table: &Table, domain: &str, id: Option<SiteId>) -> Result<(Site, SiteId), StoreError> {
    for _ in 0..MEETINGS {
        let (old, version, keys) = with_keys(table, domain, id).await?;
        let new = Site { id: SiteId(table.next(SITE).await?), version: old.version + 1, ..old.clone() };
        let mut parts = vec![
            table.part_put(item(&new)?, Some(still(&old)))?,
            table.part_delete(&names::site_number(old.id), None)?,
            table.part_put(number_item(&new), Some(Expression::absent()))?,
            table.part_put(removed::item(old.id, false), Some(Expression::absent()))?,
            table.part_raise(SITES_VERSION, None)?,
            table.part_raise(KEYS_VERSION, Some(version))?,
        ];
        let lexicon = lexicons::get(table, old.id).await?;
        parts.push(table.part_delete(&names::lexicon(old.id), Some(lexicons::still(lexicon.version)))?);
        if lexicon.version > 0 {
            parts.push(table.part_put(lexicons::item(new.id, &lexicon)?, None)?);
        }
        for (hash, key) in keys {
            parts.push(table.part_put(keys::item(&hash, &ApiKey { site: Some(new.id), ..key })?, Some(Expression::present()))?);
        }
        match table.transact(Kind::Registry, parts).await {
            Ok(()) => {
                removed::forget_counts_of(table, old.id).await?;
                return Ok((new, old.id));
            }
            Err(Failure::Cancelled(_)) => {}
            Err(failure) => return Err(failure.into()),
        }
    }
    Err(StoreError::Conflict(format!("the site {domain}")))
}

pub(super) async fn remove(table: &Table, domain: &str, id: Option<SiteId>) -> Result<SiteId, StoreError> {
    for _ in 0..MEETINGS {
        let (site, version, keys) = with_keys(table, domain, id).await?;
        let ours = Expression::new("id = :id", [(":id", number(site.id.0))]);
        let mut parts = vec![
            table.part_delete(&names::site(domain), Some(ours))?,
            table.part_delete(&names::site_number(site.id), None)?,
            table.part_delete(&names::lexicon(site.id), None)?,
            table.part_put(removed::item(site.id, false), Some(Expression::absent()))?,
            table.part_raise(SITES_VERSION, None)?,
            table.part_raise(KEYS_VERSION, Some(version))?,
        ];
        for (hash, _) in keys {
            parts.push(table.part_delete(&names::key(&hash), None)?);
        }
        match table.transact(Kind::Registry, parts).await {
            Ok(()) => {
                removed::forget_counts_of(table, site.id).await?;
                return Ok(site.id);
            }
            Err(Failure::Cancelled(_)) => {}
            Err(failure) => return Err(failure.into()),
        }
    }
    Err(StoreError::Conflict(format!("the site {domain}")))
}

type KeysOfSite = Vec<([u8; 32], ApiKey)>;

/// A site, if it is the one that was meant, and its keys, which go where it goes; and how often keys had changed before they were read.
async fn with_keys(table: &Table, domain: &str, id: Option<SiteId>) -> Result<(Site, u64, KeysOfSite), StoreError> {
    let version = table.standing(KEYS_VERSION).await?;
    let site = by_domain(table, domain).await?.filter(|site| id.is_none_or(|id| id == site.id)).ok_or_else(|| unknown(domain))?;
    let mut keys = keys::all(table).await?;
    keys.retain(|(_, key)| key.site == Some(site.id));
    if keys.len() > MOST_KEYS {
        let words = format!("the site {domain} has {} keys, and at most {MOST_KEYS} go with it at once: remove some first", keys.len());
        return Err(StoreError::Options(words));
    }
    Ok((site, version, keys))
}

async fn by_domain(table: &Table, domain: &str) -> Result<Option<Site>, StoreError> {
    table.get(Kind::Registry, &names::site(domain), None).await?.as_ref().map(site).transpose()
}

pub(super) fn item(site: &Site) -> Result<Item, StoreError> {
    let json = |value: serde_json::Result<String>| value.map(text).map_err(|error| StoreError::Unavailable(error.to_string()));
    let mut item = names::site(&site.domain).row([
        ("id", number(site.id.0)),
        ("created", number(site.created.0)),
        ("zones", json(serde_json::to_string(&site.zones))?),
        ("rules", json(serde_json::to_string(&site.rules))?),
        ("v", number(site.version)),
        ("first_id", number(site.first_id.0)),
        ("sharing", json(serde_json::to_string(&site.sharing))?),
    ]);
    if let Some(months) = site.retention_months {
        item.insert("months".to_owned(), number(months));
    }
    check_size(&item, || format!("the site {}", site.domain))?;
    Ok(item)
}

pub(super) fn number_item(site: &Site) -> Item {
    names::site_number(site.id).row([("domain", text(&site.domain))])
}

/// What rows of before have not is as it was then.
fn site(item: &Item) -> Result<Site, StoreError> {
    let id = SiteId(get_number(item, "id")?);
    let first = item.contains_key("first_id").then(|| get_number(item, "first_id")).transpose()?;
    let sharing = item.contains_key("sharing").then(|| get_text(item, "sharing")).transpose()?;
    Ok(Site {
        id,
        domain: get_text(item, "sk")?.to_owned(),
        created: UnixMillis(get_number(item, "created")?),
        zones: serde_json::from_str(get_text(item, "zones")?).map_err(damaged)?,
        rules: serde_json::from_str(get_text(item, "rules")?).map_err(damaged)?,
        version: item.contains_key("v").then(|| get_number(item, "v")).transpose()?.unwrap_or_default(),
        first_id: first.map_or(id, SiteId),
        sharing: sharing.map(serde_json::from_str).transpose().map_err(damaged)?.unwrap_or_default(),
        retention_months: item.contains_key("months").then(|| get_number(item, "months")).transpose()?,
    })
}

fn taken(domain: &str) -> StoreError {
    StoreError::Exists(format!("the site {domain}"))
}

fn unknown(domain: &str) -> StoreError {
    StoreError::NotFound(format!("the site {domain}"))
}
