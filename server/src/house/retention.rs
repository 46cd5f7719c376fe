//! Erasing what is older than a site keeps.

use super::House;

/// Erases hits and numbers of days that are older than their sites keep. What fails is tried again the next time.
pub(super) async fn sweep(house: &House) {
    let sites = house.engine.sites();
    for entry in sites.iter() {
        let today = entry.calendar.moment(house.now()).date;
        let Some(from) = entry.site.kept_from(today) else { continue };
        match house.engine.forget_days(entry.site.id, from).await {
            Ok(0) => {}
            Ok(hits) => tracing::info!(site.id = entry.site.id.0, hits, "erased hits that are older than the site keeps"),
            Err(error) => {
                tracing::warn!(site.id = entry.site.id.0, error = %format_args!("{:#}", anyhow::Error::from(error)), "cannot erase old hits; trying again");
            }
        }
    }
}
