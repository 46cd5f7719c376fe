//! Erasing what is older than a site keeps.

use super::House;
use footfall_query::Source;

/// Erases hits and numbers of days that are older than their sites keep. What fails is tried again the next time. Where
/// nothing seems to be old it is looked for only if `thorough`: something may be left of an erasing that was cut off.
pub(super) async fn sweep(house: &House, thorough: bool) {
    let sites = house.engine.sites();
    for entry in sites.iter() {
        let today = entry.calendar.moment(house.now()).date;
        let Some(from) = entry.site.kept_from(today) else { continue };
        let seems_old = house.engine.view(entry.site.id).await.is_ok_and(|view| view.first_date.is_some_and(|first| first < from));
        if !seems_old && !thorough {
            continue;
        }
        match house.engine.forget_days(entry.site.id, from).await {
            Ok(0) => {}
            Ok(hits) => {
                house.purge.shared(&entry.site, "erased");
                tracing::info!(site.id = entry.site.id.0, hits, "erased hits that are older than the site keeps");
            }
            Err(error) => {
                tracing::warn!(site.id = entry.site.id.0, error = %format_args!("{:#}", anyhow::Error::from(error)), "cannot erase old hits; trying again");
            }
        }
    }
}
