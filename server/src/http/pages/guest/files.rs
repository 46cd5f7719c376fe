//! Lists and pictures, to a guest.

use super::super::super::carried::Made;
use super::super::answer::{Page, Trouble};
use super::super::export::{self, File, Part};
use super::super::workshop;
use super::{Guest, Visit};
use footfall_app::details::{DetailsState, Understood};
use footfall_app::site_page::{PageState, Period};

/// A file of a page's numbers. What is odd about the address leads to the one that is not.
pub(in crate::http::pages) async fn file(guest: &Guest, visit: &Visit<'_>, part: Part) -> Page {
    let panel = part.panel()?;
    let Understood { mut state, .. } = match panel {
        Some(panel) => DetailsState::understand_behind(&guest.door, panel, visit.query, Period::default()),
        None => Understood::of_page(PageState::parse_behind(&guest.door, visit.query, Period::default(), &[])),
    };
    // A file has all rows.
    state.page = 1;
    let path = guest.door.below(guest.domain(), &part.name());
    let address = |state: &DetailsState| state.state.href_at(&path, if panel.is_some() { state.own_pairs() } else { Vec::new() });
    let here = address(&state);
    if visit.person.here != here {
        return Ok(guest.leads_to(&here));
    }
    let sitting = guest.sit(visit.app, &state.state).await?;
    let possible = sitting.possible(&state.state);
    if possible != state.state {
        state.state = possible;
        return Ok(guest.leads_to(&address(&state)));
    }
    let piece = sitting.file(&here);
    let workshop = if matches!(part, Part::Png) { &workshop::PICTURES } else { &workshop::FILES };
    let make = || async {
        match export::made(&sitting.seat, state.clone(), &part, workshop).await? {
            Ok(File { media_type, name, bytes }) => {
                let is_text = media_type.starts_with("text/") || media_type.starts_with("image/svg");
                Ok(Made { is_text, ..Made::bytes(media_type, bytes) }.named(&format!("attachment; filename=\"{name}\"")))
            }
            // A list without the column it should be sorted by: nothing of ours has such an address.
            Err(_) => Err(Trouble::NotFound),
        }
    };
    guest.answer(visit.app, visit.headers, piece, make).await
}
