//! Shared links: found by their name, or made.

use super::call::{Call, Told};
use crate::actions::sharing::{self, LinkChange, Password};
use footfall_app::routes;
use footfall_domain::{Role, SharedLink, Site};
use serde_json::{Value, json};

/// The link of a name; made where there is none.
pub(super) async fn put(call: Call) -> Told {
    let (_, name) = (call.params.needed("site_id")?, call.params.needed("name")?);
    let entry = call.site(Role::Admin).await?;
    let known = |site: &Site| site.sharing.links.iter().find(|link| link.name == name).cloned();
    if let Some(link) = known(&entry.site) {
        return Ok(told(&call, &entry.site, &link));
    }
    let wanted = LinkChange { name: name.clone(), password: Password::Keep, segment: None, last_day: None };
    let link = sharing::add_link(&call.app.house, &call.who(), entry.site.id, wanted).await?;
    Ok(told(&call, &entry.site, &link))
}

fn told(call: &Call, site: &Site, link: &SharedLink) -> Value {
    json!({"name": link.name, "url": routes::shared_link(&call.app.base_url, &site.domain, &link.slug)})
}
