//! The card a link to a public site's page is shown with, and what the page says to who shows links.

use super::{language, refused, spelled, whole};
use crate::http::App;
use crate::http::carried::{Made, Piece, leads_to};
use crate::http::cors;
use crate::http::pages::{Guest, Trouble, picture};
use crate::http::path::Path;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use footfall_app::format;
use footfall_app::models::Social;
use footfall_app::site_page::PageState;
use footfall_app::social::{card, card_of};
use footfall_app::words::Lang;
use http::{HeaderMap, Uri};
use std::sync::Arc;

/// The card.
pub(super) async fn get(
    State(app): State<Arc<App>>,
    Path(domain): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    answer(&app, &headers, &uri, &domain, query.as_deref().unwrap_or("")).await.unwrap_or_else(refused)
}

async fn answer(app: &App, headers: &HeaderMap, uri: &Uri, domain: &str, query: &str) -> Result<Response, Trouble> {
    let pairs: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let (lang, said) = language(&pairs);
    let dress = spelled(said);
    let guest = Guest::embedded(app, domain, dress.trim_start_matches('?'))?;
    let address = address(guest.domain(), lang);
    if uri.path_and_query().is_none_or(|here| here.as_str() != address) {
        return Ok(cors::open(leads_to(&address, guest.site())));
    }
    let state = PageState { door: guest.door.clone(), ..PageState::default() };
    let sitting = guest.sit(app, &state).await?;
    let make = || async {
        let context = sitting.seat.context();
        let drawn = card(&card_of(&sitting.seat.asker(&context)).await?, lang);
        Ok(Made::bytes("image/png", picture::pixels(drawn, 1.0).await?))
    };
    guest.answer(app, headers, Piece { for_everybody: true, ..sitting.file(&address) }, make).await
}

fn address(domain: &str, lang: Lang) -> String {
    let said = if lang == Lang::default() { Vec::new() } else { vec![("lang", lang.code().to_owned())] };
    format!("/{domain}/card.png{}", spelled(said))
}

/// What a public page says of itself to who shows links to it. `here` is the page's address in its one spelling, `visitors`
/// the number it shows first, where that is of the last 28 days.
pub(in crate::http) fn tags(app: &App, domain: &str, lang: Lang, here: &str, visitors: Option<i64>) -> Social {
    let said = &lang.words().social;
    let description = match visitors {
        Some(visitors) => (said.description)(&format::count(visitors, lang), domain),
        None => lang.words().common.description.to_owned(),
    };
    Social { title: (said.title)(domain), description, image: whole(app, &address(domain, lang)), url: whole(app, here) }
}
