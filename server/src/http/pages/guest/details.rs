//! All rows of one list, and the last half hour, to a guest.

use super::super::super::carried::Made;
use super::super::answer::{Page, Trouble};
use super::{Guest, Sitting, Visit};
use footfall_app::details::{self, DetailsPage, DetailsState, Understood};
use footfall_app::panels::Panel;
use footfall_app::panels::view::{Around, Place};
use footfall_app::realtime::{self, RealtimePart};
use footfall_app::site_page::{PageState, Period, Sheet, freshness, surroundings};

/// All rows of a panel's list.
pub(in crate::http::pages) async fn rows(guest: &Guest, visit: &Visit<'_>, panel: &str) -> Page {
    let panel = Panel::from_name(panel).ok_or(Trouble::NotFound)?;
    let Understood { mut state, sheet, .. } = DetailsState::understand_behind(&guest.door, panel, visit.query, Period::default());
    let address = address(guest, &state, sheet.as_ref());
    if visit.person.here != address {
        return Ok(guest.leads_to(&address));
    }
    let sitting = guest.sit(visit.app, &state.state).await?;
    let possible = sitting.possible(&state.state);
    if possible != state.state {
        state.state = possible;
        return Ok(guest.leads_to(&self::address(guest, &state, sheet.as_ref())));
    }
    let piece = sitting.page(&address, guest.frames());
    guest.answer(visit.app, visit.headers, piece, || page(guest, visit, &sitting, state, sheet, &address)).await
}

fn address(guest: &Guest, state: &DetailsState, sheet: Option<&Sheet>) -> String {
    let more = state.own_pairs().into_iter().chain(sheet.map(Sheet::pair));
    state.state.href_at(&guest.door.details(guest.domain(), state.panel), more)
}

async fn page(
    guest: &Guest,
    visit: &Visit<'_>,
    sitting: &Sitting,
    mut state: DetailsState,
    sheet: Option<Sheet>,
    address: &str,
) -> Result<Made, Trouble> {
    let seat = &sitting.seat;
    let context = seat.context();
    let asker = seat.asker(&context);
    let report = details::load(&asker, &state).await?;
    if report.unused(&state).is_some() {
        state.sort = None;
    }
    let around = surroundings(&asker, &state.state, sheet.as_ref()).await?;
    Ok(Made::html(details::render(&DetailsPage {
        frame: guest.frame(visit.app, address, false),
        domain: guest.domain().to_owned(),
        may_change: false,
        state,
        ignored: Vec::new(),
        current: 0,
        around,
        report,
    })))
}

/// The inside of the page about the last half hour.
pub(in crate::http::pages) async fn half_hour(guest: &Guest, visit: &Visit<'_>) -> Page {
    let parsed = PageState::parse_behind(&guest.door, visit.query, Period::Realtime, &[]);
    let state = parsed.state.with_period(Period::Realtime);
    let address = |state: &PageState| state.href_at(&guest.door.realtime(guest.domain()), []);
    let here = address(&state);
    if visit.person.here != here {
        return Ok(guest.leads_to(&here));
    }
    let sitting = guest.sit(visit.app, &state).await?;
    let possible = sitting.possible(&state);
    if possible != state {
        return Ok(guest.leads_to(&address(&possible)));
    }
    let piece = sitting.page(&here, guest.frames());
    let make = || async {
        let seat = &sitting.seat;
        let context = seat.context();
        let report = realtime::load(&seat.asker(&context), &state).await?;
        let around = Around { lang: guest.lang(), domain: guest.domain(), state: &state, may_change: false, place: Place::SitePage };
        let at = &freshness(&seat.view, &context).complete_until;
        Ok(Made::html(realtime::fragment(&RealtimePart { around, current: 0, at, report: &report })))
    };
    guest.answer(visit.app, visit.headers, piece, make).await
}
