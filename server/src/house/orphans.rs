//! Hits of sites that are gone.
//!
//! Removing a site takes its name from the registry first and erases its hits afterwards. A process that dies in
//! between, or a hit that was on its way, leaves hits nobody can see; they are erased at the next start.

use super::House;
use footfall_domain::SiteId;
use std::collections::BTreeSet;

pub(super) async fn sweep(house: &House) {
    let logged = match house.log().days().await {
        Ok(days) => days.into_iter().map(|day| day.site).collect::<BTreeSet<SiteId>>(),
        Err(error) => return tracing::warn!(error = %error, "cannot look for hits of removed sites"),
    };
    let sites = match house.registry.sites().await {
        Ok(sites) => sites.into_iter().map(|site| site.id).collect::<BTreeSet<SiteId>>(),
        Err(error) => return tracing::warn!(error = %error, "cannot look for hits of removed sites"),
    };
    for gone in logged.difference(&sites) {
        match house.engine.forget_site(*gone).await {
            Ok(()) => tracing::info!(site.id = gone.0, "erased what was left of a removed site"),
            Err(error) => tracing::warn!(site.id = gone.0, error = %error, "cannot erase what is left of a removed site"),
        }
    }
}
