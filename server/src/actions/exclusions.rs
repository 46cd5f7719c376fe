//! What a site leaves out of its numbers.

use super::audit::note;
use super::query::{self, QueryFailure};
use super::sites::amend;
use super::{ActionError, Fault};
use crate::house::House;
use footfall_domain::exclusion::{EVER, MOST_EXCLUSIONS, NotARule, NotAdded};
use footfall_domain::{Excluded, ExclusionKind, LocalDate, Site, SiteId};
use footfall_ingest::normal_domain;
use footfall_processor::SiteEntry;
use footfall_query::{Source, SourceError, country};
use serde_json::{Value, json};
use std::sync::Arc;

/// How many days a look back shows.
const LOOK_BACK_DAYS: i32 = 28;

/// Reads a rule as people write it.
///
/// # Errors
/// It is none.
pub fn read(kind: ExclusionKind, text: &str) -> Result<Excluded, ActionError> {
    let text = match kind {
        ExclusionKind::Hostname | ExclusionKind::OnlyHostname => in_punycode(text.trim()),
        _ => text.to_owned(),
    };
    match Excluded::parse(kind, &text) {
        // Two letters that no country has would leave out nobody.
        Ok(Excluded::Country(code)) if country::name(&code).is_none() => Err(NotARule::Country),
        read => read,
    }
    .map_err(|why| ActionError::Invalid(Fault::NoRule(kind, why)))
}

/// Adds a rule. It holds from today on; at a site that has no day before today, on every day. Returns its number.
///
/// # Errors
/// There is the same one, there are too many, or the store cannot be written.
pub async fn add(house: &House, who: &str, id: SiteId, what: Excluded) -> Result<u32, ActionError> {
    let entry = entry(house, id)?;
    let today = entry.calendar.moment(house.now()).date;
    let first = house.engine.view(id).await.map_err(unreadable)?.first_date;
    let from = if first.is_none_or(|first| first >= today) { EVER } else { today };
    let site = amend(house, id, |site| {
        let added = site.rules.exclusions.add(what.clone(), from);
        added.map(drop).map_err(|why| {
            ActionError::Invalid(match why {
                NotAdded::Exists(_) => Fault::RuleExists,
                NotAdded::TooMany => Fault::ManyRules(MOST_EXCLUSIONS),
            })
        })
    })
    .await?;
    let number = site.rules.exclusions.in_force().find(|rule| rule.what == what).map_or(0, |rule| rule.number);
    changed(house, who, &site, "exclusion-added", number, &what).await;
    Ok(number)
}

/// Takes a rule back from today on. Returns what it was; `None` when there is no such rule any more.
///
/// # Errors
/// The store cannot be written.
pub async fn remove(house: &House, who: &str, id: SiteId, number: u32) -> Result<Option<Excluded>, ActionError> {
    let entry = entry(house, id)?;
    let today = entry.calendar.moment(house.now()).date;
    let Some(what) = entry.site.rules.exclusions.in_force().find(|rule| rule.number == number).map(|rule| rule.what.clone()) else {
        return Ok(None);
    };
    let site = amend(house, id, |site| {
        site.rules.exclusions.remove(number, today);
        Ok(())
    })
    .await?;
    changed(house, who, &site, "exclusion-removed", number, &what).await;
    Ok(Some(what))
}

/// Pageviews that a rule would have left out on the last days, of all, and how many days; `None` for an address.
///
/// # Errors
/// The numbers cannot be read.
pub async fn look_back(house: &House, id: SiteId, what: &Excluded) -> Result<Option<(i64, i64, i32)>, ActionError> {
    let Some(filter) = filter(what) else { return Ok(None) };
    let entry = entry(house, id)?;
    let today = entry.calendar.moment(house.now()).date;
    let matching = pageviews(house, &entry.site, today, json!([filter])).await?;
    let all = pageviews(house, &entry.site, today, json!([])).await?;
    Ok(Some((matching, all, LOOK_BACK_DAYS)))
}

async fn pageviews(house: &House, site: &Site, today: LocalDate, filters: Value) -> Result<i64, ActionError> {
    let from = today.plus(1 - LOOK_BACK_DAYS);
    let range = json!([from.to_string(), today.to_string()]);
    let question = json!({"site_id": site.domain, "metrics": ["pageviews"], "date_range": range, "filters": filters});
    let answer = query::answer(house, &question, None).await.map_err(|failure| match failure {
        QueryFailure::Source(error) => unreadable(error),
        failure => ActionError::Invalid(failure.to_string().into()),
    })?;
    Ok(answer["results"][0]["metrics"][0].as_i64().unwrap_or(0))
}

/// The filter of v2 that keeps what a rule leaves out.
fn filter(what: &Excluded) -> Option<Value> {
    Some(match what {
        Excluded::Path(pattern) => json!(["matches", "event:page", [as_expression(pattern)]]),
        Excluded::Hostname(pattern) => json!(["matches", "event:hostname", [as_expression(pattern)]]),
        Excluded::OnlyHostname(pattern) => json!(["matches_not", "event:hostname", [as_expression(pattern)]]),
        Excluded::Country(code) => json!(["is", "visit:country", [code]]),
        Excluded::Address(_) => return None,
    })
}

/// The regular expression of a pattern with stars. What is no letter or digit is written as its number.
fn as_expression(pattern: &str) -> String {
    let mut expression = String::from("(?s)^");
    for sign in pattern.chars() {
        match sign {
            '*' if expression.ends_with(".*") => {}
            '*' => expression.push_str(".*"),
            sign if sign.is_alphanumeric() => expression.push(sign),
            sign => expression.push_str(&format!("\\x{{{:x}}}", u32::from(sign))),
        }
    }
    expression + "$"
}

/// The purge and the note that follow a change of what counts. Of an address only the number of its rule is noted.
async fn changed(house: &House, who: &str, site: &Site, deed: &str, number: u32, what: &Excluded) {
    let text = if what.kind() == ExclusionKind::Address { String::new() } else { what.text() };
    let about = json!({"number": number.to_string(), "kind": what.kind().name(), "text": text});
    note(house, who, Some(site), deed, about).await;
    tracing::info!(site.id = site.id.0, rule.number = number, rule.kind = what.kind().name(), deed, "what a site leaves out was changed");
}

/// A hostname with its letters as DNS has them.
fn in_punycode(hostname: &str) -> String {
    if hostname.is_ascii() {
        return hostname.to_owned();
    }
    let label = |label: &str| if label.is_ascii() { label.to_owned() } else { normal_domain(label) };
    hostname.split('.').map(label).collect::<Vec<_>>().join(".")
}

fn entry(house: &House, id: SiteId) -> Result<Arc<SiteEntry>, ActionError> {
    let gone = || ActionError::State("the site is not there any more".to_owned().into());
    house.engine.sites().by_id(id).cloned().ok_or_else(gone)
}

fn unreadable(error: SourceError) -> ActionError {
    ActionError::Broken { message: "the numbers cannot be used", source: error.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostnames_are_compared_as_dns_has_them() {
        let read = |text| read(ExclusionKind::Hostname, text).map(|rule| rule.text()).ok();
        assert_eq!(read("*.Bücher.example").as_deref(), Some("*.xn--bcher-kva.example"));
        assert_eq!(read("www.example.com").as_deref(), Some("example.com"));
        assert_eq!(read("https://example.com"), None);
    }

    #[test]
    fn a_country_is_one_that_there_is() {
        let read = |text| read(ExclusionKind::Country, text).map(|rule| rule.text()).ok();
        assert_eq!(read("np").as_deref(), Some("NP"));
        assert_eq!([read("ZZ"), read("Nepal")], [None, None]);
    }

    #[test]
    fn a_pattern_is_an_expression_of_the_whole_text() {
        assert_eq!(as_expression("/a.b/**"), r"(?s)^\x{2f}a\x{2e}b\x{2f}.*$");
    }
}
