//! A site's numbers, to a guest.

use super::super::super::carried::Made;
use super::super::super::social;
use super::super::answer::{Page, Trouble};
use super::{Guest, Sitting, Visit};
use footfall_app::door::Door;
use footfall_app::site_page::{PageState, Parsed, Period, Sheet, SitePage, load, render};

/// The page of a site's numbers.
pub(in crate::http::pages) async fn numbers(guest: &Guest, visit: &Visit<'_>) -> Page {
    let parsed = PageState::parse_behind(&guest.door, visit.query, Period::default(), &[]);
    let address = address(guest, &parsed.state, parsed.sheet.as_ref());
    if visit.person.here != address {
        return Ok(guest.leads_to(&address));
    }
    let sitting = guest.sit(visit.app, &parsed.state).await?;
    let possible = sitting.possible(&parsed.state);
    if possible != parsed.state {
        return Ok(guest.leads_to(&self::address(guest, &possible, parsed.sheet.as_ref())));
    }
    let mut piece = sitting.page(&address, guest.frames());
    // Search engines find the page of a public site; its thousand views with filters are no pages of their own.
    piece.indexed = address == guest.door.site(guest.domain()) && !address.starts_with("/share/");
    let indexed = piece.indexed;
    let made = guest.answer(visit.app, visit.headers, piece, || page(guest, visit, &sitting, &parsed, &address, indexed)).await;
    match made {
        // Filters that make no sense together: the page without them.
        Err(Trouble::Senseless(_)) if !parsed.state.filters.is_empty() => {
            Ok(guest.leads_to(&self::address(guest, &parsed.state.without_filters(), None)))
        }
        made => made,
    }
}

/// The one address of a state.
pub(super) fn address(guest: &Guest, state: &PageState, sheet: Option<&Sheet>) -> String {
    match sheet {
        Some(sheet) => sheet.href(state, guest.domain()),
        None => state.href(guest.domain()),
    }
}

async fn page(guest: &Guest, visit: &Visit<'_>, sitting: &Sitting, parsed: &Parsed, address: &str, indexed: bool) -> Result<Made, Trouble> {
    let seat = &sitting.seat;
    let report = load(&seat.asker(&seat.context()), parsed).await?;
    let mut frame = guest.frame(visit.app, address, indexed);
    if let (Door::Public(_), Some(outside)) = (&guest.door, &mut frame.outside) {
        let usual = parsed.state.period == Period::default() && parsed.state.filters.is_empty();
        outside.social = Some(social::tags(visit.app, guest.domain(), guest.lang(), address, usual.then(|| report.visitors())));
    }
    Ok(Made::html(render(&SitePage {
        frame,
        domain: guest.domain().to_owned(),
        zone: guest.site().zone().to_owned(),
        notice: None,
        state: parsed.state.clone(),
        ignored: Vec::new(),
        current: 0,
        may_change: false,
        report,
    })))
}
