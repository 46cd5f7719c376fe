//! How fresh the page is, whose days it counts, and what it knows about people.

use super::super::{Freshness, SitePage};
use crate::islands::Ago;
use leptos::prelude::*;

/// More seconds behind than this are worth a word on top of the page.
const LATE_SECONDS: u64 = 10;

/// A word on top where counting is behind: the page is not wrong, it is old.
pub fn late(fresh: &Freshness) -> Option<impl IntoView + use<>> {
    (fresh.lag_seconds > LATE_SECONDS).then(|| {
        let behind = match fresh.lag_seconds {
            seconds @ ..=120 => format!("{seconds} seconds"),
            seconds => format!("{} minutes", seconds / 60),
        };
        let text = format!("Counting is {behind} behind. Every hit is safe in the log and will appear here.");
        view! { <p class="notice" role="status">{text}</p> }
    })
}

/// The foot line.
pub fn foot(page: &SitePage) -> impl IntoView + use<> {
    let fresh = &page.report.freshness;
    let newest = fresh.newest_hit.as_ref().map(|at| {
        let (at, text) = (at.clone(), words(at, &fresh.complete_until));
        view! { <span>"Newest hit "<time datetime=at>{text}</time></span> }
    });
    view! {
        <footer class="wrap foot">
            <span>"Updated "<Ago/></span>
            {newest}
            <span>{page.zone.clone()}</span>
            <span>"No cookies, no addresses kept, exact counts"</span>
        </footer>
    }
}

/// The clock time of an instant in RFC 3339: `14:32:05`.
pub fn clock(at: &str) -> &str {
    at.get(11..19).unwrap_or(at)
}

/// The clock time, with the date where it is another than `today`'s.
fn words(at: &str, today: &str) -> String {
    let date = at.get(..10).unwrap_or_default();
    if today.starts_with(date) {
        return clock(at).to_owned();
    }
    let day = footfall_domain::LocalDate::parse(date).map(crate::format::day_short).unwrap_or_default();
    format!("{day}, {}", at.get(11..16).unwrap_or_default())
}
