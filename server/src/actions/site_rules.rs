//! What commands ask about a site's rules: what is left out, and how long hits are kept.

use super::audit::COMMAND;
use super::{ActionError, Fault, exclusions, retention as months};
use crate::house::House;
use footfall_domain::exclusion::EVER;
use footfall_domain::{Excluded, ExclusionKind, Site};
use footfall_ingest::normal_domain;
use serde_json::{Value, json};

/// Leaves hits out.
pub(super) async fn exclude(house: &House, domain: &str, kind: &str, text: &str) -> Result<Value, ActionError> {
    let site = site(house, domain)?;
    let kind = ExclusionKind::from_name(kind).ok_or_else(|| {
        let names = ExclusionKind::ALL.map(ExclusionKind::name).join(", ");
        ActionError::Invalid(Fault::from(format!("a rule is one of {names}")))
    })?;
    let what = exclusions::read(kind, text)?;
    let number = exclusions::add(house, COMMAND, site.id, what.clone()).await?;
    Ok(rule_json(number, &what))
}

/// What is left out.
pub(super) fn list(house: &House, domain: &str) -> Result<Value, ActionError> {
    let site = site(house, domain)?;
    let rules = site.rules.exclusions.in_force().map(|rule| {
        let mut json = rule_json(rule.number, &rule.what);
        json["since"] = if rule.from > EVER { json!(rule.from.to_string()) } else { Value::Null };
        json
    });
    Ok(rules.collect())
}

/// Takes a rule back.
pub(super) async fn include(house: &House, domain: &str, number: u32) -> Result<Value, ActionError> {
    let site = site(house, domain)?;
    match exclusions::remove(house, COMMAND, site.id, number).await? {
        Some(what) => Ok(rule_json(number, &what)),
        None => Err(ActionError::State(format!("{domain} has no rule {number}; `footfall site exclude list {domain}` shows all").into())),
    }
}

/// Says what would be erased, or has it erased.
pub(super) async fn retention(house: &House, domain: &str, text: &str, sure: bool) -> Result<Value, ActionError> {
    let site = site(house, domain)?;
    let wanted = months::read(text)?;
    let erased = match wanted {
        Some(wanted) => months::erased_by(house, site.id, wanted).await?,
        None => None,
    };
    // Where nothing is erased, nobody need be asked.
    if sure || erased.is_none() {
        months::set(house, COMMAND, site.id, wanted).await?;
        // A command that owns the data folder ends right after this.
        months::begin_erasing(house, site.id).await.ok();
    }
    Ok(match erased {
        Some((from, days)) => json!({"months": wanted, "from": from.to_string(), "days": days, "done": sure}),
        None => json!({"months": wanted, "done": true}),
    })
}

fn rule_json(number: u32, what: &Excluded) -> Value {
    json!({"number": number, "kind": what.kind().name(), "text": what.text()})
}

fn site(house: &House, domain: &str) -> Result<Site, ActionError> {
    let domain = normal_domain(domain);
    let known = house.engine.sites().by_domain(&domain).map(|entry| entry.site.clone());
    known.ok_or_else(|| ActionError::State(format!("there is no site {domain}; `footfall site list` shows all").into()))
}
