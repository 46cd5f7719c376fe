//! What every page has around it.

use super::super::App;
use super::answer::Trouble;
use super::gate;
use super::person::Person;
use footfall_app::models::Frame;
use footfall_domain::{Role, Site};
use std::collections::HashMap;

/// So many sites stand in the menu: who has more looks for one.
const MOST_SITES: usize = 48;

/// Leaves the first of many, in order.
pub(super) fn first<'a, T, K: Ord + 'a>(all: &mut Vec<T>, most: usize, key: impl Fn(&T) -> K) {
    if all.len() > most {
        all.select_nth_unstable_by_key(most, &key);
        all.truncate(most);
    }
    all.sort_unstable_by_key(key);
}

/// The frame with the sites the person may see: those pinned in the order they were, then the others by name. It is the
/// order of the list of sites, so that the first nine keys mean the same everywhere.
///
/// # Errors
/// What is pinned, or who may see what, cannot be read.
pub(super) async fn of(app: &App, person: &Person) -> Result<Frame, Trouble> {
    let mut frame = plain(app, person);
    if let Some(signed_in) = &person.signed_in {
        let pins = app.house.pins.of(&signed_in.sign_in.email).await?;
        let rights = gate::rights(app, person).await?;
        let book = app.house.engine.sites();
        let theirs = book.iter().filter(|entry| rights.may(&entry.site, Role::Viewer));
        let mut domains: Vec<&str> = theirs.map(|entry| entry.site.domain.as_str()).collect();
        frame.all_sites = domains.len();
        let pinned = places(&pins);
        first(&mut domains, MOST_SITES, |domain| order(&pinned, domain));
        frame.sites = domains.into_iter().map(str::to_owned).collect();
    }
    Ok(frame)
}

/// The same for a page that is about a site, with what the person may do there.
///
/// # Errors
/// As [`of`].
pub(super) async fn at(app: &App, person: &Person, site: &Site) -> Result<Frame, Trouble> {
    let role = gate::rights(app, person).await?.role(site);
    Ok(Frame { role, ..of(app, person).await? })
}

/// The place of each pin.
pub(super) fn places(pins: &[String]) -> HashMap<&str, usize> {
    pins.iter().enumerate().map(|(at, pin)| (pin.as_str(), at)).collect()
}

/// Where a site stands: pins in the order they were made, then the others by name.
pub(super) fn order<'a>(pinned: &HashMap<&str, usize>, domain: &'a str) -> (usize, &'a str) {
    (pinned.get(domain).copied().unwrap_or(usize::MAX), domain)
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
        all_sites: 0,
        ..Frame::default()
    }
}
