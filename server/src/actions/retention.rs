//! How long a site keeps hits and numbers.

use super::audit::note;
use super::sites::amend;
use super::{ActionError, Fault};
use crate::house::House;
use footfall_domain::{LocalDate, Site, SiteId};
use footfall_query::Source;
use serde_json::json;

/// The longest time that can be chosen, in months: a hundred years.
pub const MOST_MONTHS: u16 = 1_200;

/// Reads a number of months; nothing and `off` are for ever.
///
/// # Errors
/// It is none.
pub fn read(text: &str) -> Result<Option<u16>, ActionError> {
    let text = text.trim();
    if text.is_empty() || text == "off" {
        return Ok(None);
    }
    let months = text.parse().ok().filter(|months| (1..=MOST_MONTHS).contains(months));
    months.map(Some).ok_or(ActionError::Invalid(Fault::NoMonths(MOST_MONTHS)))
}

/// What would be erased: the first day that stays, and how many days before it the site has; `None` where there are none.
///
/// # Errors
/// There is no such site any more, or the numbers cannot be read.
pub async fn erased_by(house: &House, id: SiteId, months: u16) -> Result<Option<(LocalDate, i32)>, ActionError> {
    let sites = house.engine.sites();
    let entry = sites.by_id(id).ok_or_else(|| ActionError::State("the site is not there any more".to_owned().into()))?;
    let site = Site { retention_months: Some(months), ..entry.site.clone() };
    let from = site.kept_from(entry.calendar.moment(house.now()).date);
    let view = house.engine.view(id).await;
    let first = view.map_err(|error| ActionError::Broken { message: "the numbers cannot be used", source: error.into() })?.first_date;
    Ok(from.zip(first).filter(|(from, first)| first < from).map(|(from, first)| (from, from.0 - first.0)))
}

/// Sets how long a site keeps hits and numbers; what is older is [`begin_erasing`]'s.
///
/// # Errors
/// There is no such site any more, or the store cannot be written.
pub async fn set(house: &House, who: &str, id: SiteId, months: Option<u16>) -> Result<Site, ActionError> {
    let site = amend(house, id, |site| {
        site.retention_months = months;
        Ok(())
    })
    .await?;
    let said = months.map(|months| months.to_string()).unwrap_or_default();
    note(house, who, Some(&site), "retention-changed", json!({"months": said})).await;
    tracing::info!(site.id = id.0, months, "how long a site keeps its hits was changed");
    Ok(site)
}

/// Begins to erase what is older than a site keeps. What is not finished the hourly tidying goes on with.
pub fn begin_erasing(house: &House, id: SiteId) -> tokio::task::JoinHandle<()> {
    let (engine, purge, now) = (house.engine.clone(), house.purge.clone(), house.now());
    tokio::spawn(async move {
        let Some(entry) = engine.sites().by_id(id).cloned() else { return };
        let Some(from) = entry.site.kept_from(entry.calendar.moment(now).date) else { return };
        match engine.forget_days(id, from).await {
            Ok(0) => {}
            Ok(_) => purge.shared(&entry.site, "erased"),
            Err(error) => {
                tracing::warn!(site.id = id.0, error = %format_args!("{:#}", anyhow::Error::from(error)), "cannot erase old hits; trying again");
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_a_number_or_nothing() {
        for (text, months) in [("24", Some(24)), (" 1 ", Some(1)), ("", None), ("off", None)] {
            assert_eq!(read(text).expect("a choice"), months, "{text}");
        }
        for text in ["0", "-1", "1201", "2 years"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
