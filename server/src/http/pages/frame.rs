//! What every page has around it.

use super::super::App;
use super::person::Person;
use footfall_app::models::Frame;

/// The frame with the sites the person may see.
pub(super) fn of(app: &App, person: &Person) -> Frame {
    let mut frame = plain(app, person);
    if person.signed_in.is_some() {
        frame.sites = app.house.engine.sites().iter().map(|entry| entry.site.domain.clone()).collect();
        frame.sites.sort_unstable();
    }
    frame
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
