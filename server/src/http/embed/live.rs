//! The pill: how many visitors there are now. What it says follows from that number, and so does its tag.

use super::widget::linked;
use crate::http::App;
use crate::http::carried::live;
use crate::http::pages::{Guest, Trouble};
use axum::response::{Html, IntoResponse, Response};
use footfall_app::site_page::{PageState, Period};
use footfall_app::widgets::{self, Shown, Widget, WidgetPage, WidgetState};
use footfall_domain::Metric;
use footfall_query::{DateRange, Query, current_visitors};
use http::header::{ETAG, IF_NONE_MATCH};
use http::{HeaderMap, HeaderValue, StatusCode};

/// The pill, or "you have it" (304).
pub(super) async fn answer(app: &App, headers: &HeaderMap, guest: &Guest, state: &WidgetState) -> Result<Response, Trouble> {
    let sitting = guest.sit(app, &PageState::default().with_period(Period::Realtime)).await?;
    let seat = &sitting.seat;
    let now = match guest.segment {
        None => app.house.engine.current_visitors(guest.site().id).await.visitors,
        Some(_) => {
            let query = Query::new(guest.domain().to_owned(), DateRange::Hours24, [Metric::Visitors]);
            current_visitors(&query, &seat.context(), &seat.site, &seat.view, &*app.house.engine).await?
        }
    };
    let text = widgets::render(&WidgetPage {
        assets: app.assets.urls(),
        domain: guest.domain().to_owned(),
        widget: Widget::Live,
        state: state.clone(),
        linked: linked(guest),
        today: seat.today(),
        shown: Shown::Live(now),
    });
    let tag = format!("\"{}\"", &blake3::hash(text.as_bytes()).to_hex()[..32]);
    let known = headers.get_all(IF_NONE_MATCH).into_iter().filter_map(|value| value.to_str().ok()).flat_map(|line| line.split(','));
    let same = known.map(str::trim).any(|known| known == "*" || known.trim_start_matches("W/") == tag);
    let mut response = if same { StatusCode::NOT_MODIFIED.into_response() } else { Html(text).into_response() };
    let sent = response.headers_mut();
    live(app, guest, sent);
    sent.insert(ETAG, HeaderValue::from_str(&tag).unwrap_or(HeaderValue::from_static("\"\"")));
    sent.insert("x-robots-tag", HeaderValue::from_static("noindex, nofollow"));
    Ok(response)
}
