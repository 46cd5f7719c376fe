//! Who is let through to a site's pages.

use super::super::App;
use super::answer::Trouble;
use super::person::Person;
use super::site::entry;
use crate::house::Rights;
use footfall_domain::Role;
use footfall_processor::SiteEntry;
use std::sync::Arc;

/// The site of an address, for who is signed in and may at least what `least` may.
///
/// # Errors
/// Nobody is signed in: the way to sign in, whether there is such a site or not. Who is signed in and may less sees what
/// stands where there is no site.
pub(in crate::http) async fn admit(app: &App, person: &Person, domain: &str, least: Role) -> Result<Arc<SiteEntry>, Trouble> {
    let rights = rights(app, person).await?;
    let entry = entry(app, domain)?;
    if rights.may(&entry.site, least) { Ok(entry) } else { Err(Trouble::NotFound) }
}

/// What who is signed in may do.
///
/// # Errors
/// Nobody is signed in, or the registry cannot be read.
pub(in crate::http) async fn rights(app: &App, person: &Person) -> Result<Rights, Trouble> {
    let member = person.member()?;
    Ok(app.house.people.rights(&member.sign_in.email).await?)
}
