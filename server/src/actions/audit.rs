//! Who changed what: noted with every change of settings and of who may see or do what.

use super::ActionError;
use super::orders::{known_site, text};
use crate::house::House;
use footfall_domain::Site;
use footfall_store::AuditEntry;
use serde_json::{Value, json};

/// Who did something, where it was a command of the one who runs the server.
pub const COMMAND: &str = "command";

/// What was noted, the newest first: about a site, or about accounts, teams and the installation.
///
/// # Errors
/// There is no such site, or the store cannot be read.
pub(super) async fn shown(house: &House, site: Option<&str>, most: usize) -> Result<Value, ActionError> {
    let of = match site {
        Some(domain) => {
            let id = known_site(house, domain)?;
            house.engine.sites().by_id(id).map(|entry| entry.site.first_id)
        }
        None => None,
    };
    let row = |(_, entry): &(u64, AuditEntry)| json!({"at": text(entry.at), "who": entry.who, "deed": entry.deed, "about": entry.about});
    Ok(house.registry.audit(of, None, most).await?.iter().map(row).collect())
}

/// Notes a deed. It is done already: where the note cannot be kept, the log has it.
///
/// `deed` is one of the words that the page of the audit log knows; `about` never holds a secret or an address.
pub async fn note(house: &House, who: &str, site: Option<&Site>, deed: &str, about: Value) {
    let entry = AuditEntry {
        at: house.now(),
        who: who.to_owned(),
        site: site.map(|site| site.first_id),
        domain: site.map(|site| site.domain.clone()).unwrap_or_default(),
        deed: deed.to_owned(),
        about,
    };
    if let Err(error) = house.registry.note(&entry).await {
        tracing::error!(%error, deed, site.id = site.map(|site| site.first_id.0), "a change was made and could not be noted in the audit log");
    }
}
