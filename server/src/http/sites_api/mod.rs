//! `/api/v1/sites…`: sites, and what is named and shared at them, for programs: Plausible's Sites API.
//!
//! A key of scope `sites` or `admin` may all; one of scope `stats` may read which sites there are and what is named at them. A
//! key of somebody may what they may themselves at that moment. A site that it may not do something at is not there for it.

mod call;
mod goals;
mod guests;
mod links;
mod multipart;
mod page;
mod params;
mod properties;
mod refusal;
mod sites;
mod teams;

use super::key::Purpose;
use super::openapi::{Doc, Routes, sites_api as said};
use call::answering;

/// All of it.
pub(super) fn routes() -> Routes {
    let (names, all) = (Purpose::Names, Purpose::Sites);
    Routes::new()
        .get("/api/v1/sites", answering(names, sites::list), Doc::sites("All sites of the key", said::sites()).pages().of_team())
        .post("/api/v1/sites", answering(all, sites::create), Doc::sites("A new site", said::site()).sends(said::new_site()).forbidden())
        .get("/api/v1/sites/{site_id}", answering(names, sites::get), Doc::sites("A site", said::site()))
        .put("/api/v1/sites/{site_id}", answering(all, sites::change), Doc::sites("Renames a site", said::site()).sends(said::change()))
        .delete("/api/v1/sites/{site_id}", answering(all, sites::remove), Doc::sites("Removes a site", said::deleted()))
        .get("/api/v1/sites/teams", answering(all, teams::list), Doc::sites("The teams of the key’s owner", said::teams()).pages())
        .put("/api/v1/sites/shared-links", answering(all, links::put), Doc::sites("A shared link", said::link()).sends(said::new_link()))
        .get("/api/v1/sites/goals", answering(names, goals::list), Doc::sites("All goals", said::goals()).of_site().pages())
        .put("/api/v1/sites/goals", answering(all, goals::put), Doc::sites("A goal", said::made_goal()).sends(said::new_goal()))
        .delete("/api/v1/sites/goals/{goal_id}", answering(all, goals::remove), Doc::sites("Removes a goal", said::deleted()).of_goal())
        .get(
            "/api/v1/sites/custom-props",
            answering(names, properties::list),
            Doc::sites("All custom properties", said::properties()).of_site(),
        )
        .put(
            "/api/v1/sites/custom-props",
            answering(all, properties::put),
            Doc::sites("A custom property", said::created()).sends(said::new_property()),
        )
        .delete(
            "/api/v1/sites/custom-props/{*property}",
            answering(all, properties::remove),
            Doc::sites("Removes a custom property", said::deleted()).of_site(),
        )
        .get("/api/v1/sites/guests", answering(all, guests::list), Doc::sites("All guests", said::guests()).of_site().pages())
        .put("/api/v1/sites/guests", answering(all, guests::put), Doc::sites("A guest", said::guest()).sends(said::new_guest()))
        .delete("/api/v1/sites/guests/{email}", answering(all, guests::remove), Doc::sites("Removes a guest", said::deleted()).of_site())
}
