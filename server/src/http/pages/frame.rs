//! What every page has around it.

use super::super::App;
use super::person::Person;
use footfall_app::models::Frame;
use footfall_store::StoreError;

/// The frame with the sites the person may see: those pinned in the order they were, then the others by name. It is the
/// order of the list of sites, so that the first nine keys mean the same everywhere.
///
/// # Errors
/// What is pinned cannot be read.
pub(super) async fn of(app: &App, person: &Person) -> Result<Frame, StoreError> {
    let mut frame = plain(app, person);
    if let Some(signed_in) = &person.signed_in {
        let pins = app.house.pins.of(&signed_in.sign_in.email).await?;
        frame.sites = app.house.engine.sites().iter().map(|entry| entry.site.domain.clone()).collect();
        frame.sites.sort_by(|a, b| order(&pins, a).cmp(&order(&pins, b)));
    }
    Ok(frame)
}

/// Where a site stands: pins in the order they were made, then the others by name.
pub(super) fn order<'a>(pins: &[String], domain: &'a str) -> (usize, &'a str) {
    (pins.iter().position(|pin| pin == domain).unwrap_or(usize::MAX), domain)
}

/// The frame without sites.
pub(super) fn plain(app: &App, person: &Person) -> Frame {
    Frame {
        assets: app.assets.urls(),
        theme: person.theme,
        lang: person.lang,
        user: person.signed_in.as_ref().map(|signed_in| signed_in.sign_in.email.clone()),
        csrf: person.csrf(),
        here: person.here.clone(),
        sites: Vec::new(),
    }
}
