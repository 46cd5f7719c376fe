//! The page that makes frames of widgets.

use super::super::super::App;
use super::super::super::headers::Policy;
use super::super::super::path::Path;
use super::super::answer::{self, Page, html};
use super::super::frame;
use super::super::person::Person;
use super::Place;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use footfall_app::models::{EmbedLink, EmbedPage, FrameWidth};
use footfall_app::pages;
use footfall_app::widgets::{Widget, WidgetState};
use footfall_domain::{Role, SharedLink, UnixMillis};
use std::sync::Arc;

/// The heights a frame may have, pixels.
const HEIGHTS: std::ops::RangeInclusive<u32> = 30..=4_000;

/// The page. What was chosen before is in its address.
pub(in crate::http::pages) async fn get(
    State(app): State<Arc<App>>,
    Path(domain): Path<String>,
    person: Person,
    RawQuery(query): RawQuery,
) -> Response {
    let page = show(&app, &person, &domain, query.as_deref().unwrap_or("")).await;
    let mut response = answer::of(&app, &person, page).await;
    response.extensions_mut().insert(Policy::Builder);
    response
}

async fn show(app: &App, person: &Person, domain: &str, query: &str) -> Page {
    let place = Place::of(app, person, domain, Role::Viewer).await?;
    let (site, calendar) = (&place.entry.site, &place.entry.calendar);
    let pairs: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let get = |name: &str| pairs.iter().find(|(known, value)| known == name && !value.is_empty()).map(|(_, value)| value.as_str());
    let mut wrong = Vec::new();
    let widget = chosen("widget", get("widget"), Widget::from_name, Widget::all()[0], &mut wrong);
    let parsed = WidgetState::parse(widget, query);
    wrong.extend(parsed.wrong);
    let now = app.house.now();
    // The secret of a link is for who may see it in the settings.
    let links: Vec<&SharedLink> = if place.role >= Role::Admin { open_links(&site.sharing.links, now) } else { Vec::new() };
    let asked = chosen("link", get("link"), |id| links.iter().find(|link| link.id.to_string() == id).copied().map(Some), None, &mut wrong);
    let link = asked.or_else(|| links.first().copied().filter(|_| !site.sharing.public));
    // Neither what was in the address nor what no link says: a secret is never taken over.
    let state = WidgetState { auth: link.map(|link| link.slug.clone()), ..parsed.state };
    let usual = widget.height(state.limit);
    // The usual height of what was chosen before is nobody's wish.
    let wished = get("height").filter(|height| get("usual") != Some(*height));
    let height = chosen("height", wished, height, usual, &mut wrong);
    html(pages::embed(&EmbedPage {
        frame: frame::at(app, person, site).await?,
        domain: site.domain.clone(),
        origin: app.base_url.clone(),
        today: calendar.moment(now).date,
        widget,
        is_public: site.sharing.public,
        link: link.map(|link| link.id),
        links: links.iter().map(|link| EmbedLink { id: link.id, name: link.name.clone() }).collect(),
        width: chosen("width", get("width"), FrameWidth::parse, FrameWidth::default(), &mut wrong),
        height,
        state,
        wrong,
    }))
}

/// What was chosen, or what is usual where nothing was, or nothing that makes sense.
fn chosen<T>(name: &str, text: Option<&str>, read: impl FnOnce(&str) -> Option<T>, usual: T, wrong: &mut Vec<String>) -> T {
    let Some(text) = text else { return usual };
    read(text).unwrap_or_else(|| {
        wrong.push(format!("{name}={text}"));
        usual
    })
}

fn height(text: &str) -> Option<u32> {
    text.trim().trim_end_matches("px").parse().ok().filter(|height| HEIGHTS.contains(height))
}

/// Links that may be in a frame: nobody types a password into one.
fn open_links(links: &[SharedLink], now: UnixMillis) -> Vec<&SharedLink> {
    links.iter().filter(|link| link.password_hash.is_none() && link.expires.is_none_or(|end| now < end)).collect()
}
