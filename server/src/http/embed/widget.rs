//! A widget: from its address to a small document that caches carry.

use super::live;
use crate::http::App;
use crate::http::carried::{Made, leads_to};
use crate::http::headers::{Frames, Policy};
use crate::http::pages::workshop::Crowded;
use crate::http::pages::{Guest, Trouble};
use crate::http::path::Path;
use axum::extract::{RawQuery, State};
use axum::response::{Html, IntoResponse, Response};
use footfall_app::panels::Panel;
use footfall_app::site_page::{Against, PageState};
use footfall_app::widgets::{self, Absence, Widget, WidgetPage, WidgetState};
use footfall_query::RunError;
use http::header::{CACHE_CONTROL, RETRY_AFTER};
use http::{HeaderMap, HeaderValue, StatusCode};
use std::sync::Arc;

/// A widget, or a small page that says there is none.
pub(super) async fn get(
    State(app): State<Arc<App>>,
    Path((domain, name)): Path<(String, String)>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let query = query.as_deref().unwrap_or("");
    match answer(&app, &headers, &domain, &name, query).await {
        Ok(response) => response,
        Err(absence) => absent(&app, query, &absence),
    }
}

async fn answer(app: &App, headers: &HeaderMap, domain: &str, name: &str, query: &str) -> Result<Response, Absence> {
    let widget = Widget::from_name(name).ok_or(Absence::Nothing)?;
    let guest = Guest::embedded(app, domain, query).map_err(why)?;
    // Machines have no visits, so no segment reaches them: who is to see a part would see all.
    if guest.segment.is_some() && matches!(widget, Widget::List(Panel::Machines, _)) {
        return Err(Absence::Nothing);
    }
    let parsed = WidgetState::parse(widget, query);
    if !parsed.wrong.is_empty() {
        return Err(Absence::Wrong(parsed.wrong));
    }
    let address = parsed.state.href(guest.domain(), widget);
    if parsed.redirect.is_some() || domain != guest.domain() {
        // Some browsers ask on the way already who may frame it.
        return Ok(framed(leads_to(&address, guest.site()), guest.frames()));
    }
    let made = if widget == Widget::Live {
        live::answer(app, headers, &guest, &parsed.state).await
    } else {
        carried(app, headers, &guest, widget, &parsed.state, &address).await
    };
    made.map(|response| framed(response, guest.frames())).map_err(why)
}

/// A widget whose numbers are of days.
async fn carried(
    app: &App,
    headers: &HeaderMap,
    guest: &Guest,
    widget: Widget,
    state: &WidgetState,
    address: &str,
) -> Result<Response, Trouble> {
    let page = state.page_state(widget);
    let page = match widget {
        // Lists are compared with nothing.
        Widget::List(..) | Widget::Map => page.with_compare(Against::Off),
        _ => page,
    };
    let sitting = guest.sit(app, &page).await?;
    let seat = &sitting.seat;
    possible(state, &page, seat.today())?;
    let make = || async {
        let context = seat.context();
        // The pill alone asks for it.
        let now = async { Ok::<_, RunError>(0) };
        let shown = widgets::load(&seat.asker(&context), widget, state, &page, now).await?;
        Ok(Made::html(widgets::render(&WidgetPage {
            assets: app.assets.urls(),
            domain: guest.domain().to_owned(),
            widget,
            state: state.clone(),
            linked: linked(guest),
            today: seat.today(),
            shown,
        })))
    };
    guest.answer(app, headers, sitting.page(address, guest.frames()), make).await
}

/// Days that are still to come have no numbers: nobody meant today's.
fn possible(state: &WidgetState, page: &PageState, today: footfall_domain::LocalDate) -> Result<(), Trouble> {
    let (_, future) = page.period.begun(today);
    match future {
        None => Ok(()),
        Some(date) => {
            let name = if state.period.name() == "custom" { "from" } else { "date" };
            Err(Trouble::Refused(format!("{name}={date}")))
        }
    }
}

/// Whether the widget leads to the site's page: where everybody may see it, and all of it.
pub(super) fn linked(guest: &Guest) -> bool {
    guest.site().sharing.public && guest.door.slug().is_none()
}

/// What a widget's answer says besides: who may frame it, and what it may load.
fn framed(mut response: Response, frames: Frames) -> Response {
    response.extensions_mut().insert(frames);
    response.extensions_mut().insert(Policy::Widget);
    response
}

/// Why there is no widget, as far as that is anybody's business.
fn why(trouble: Trouble) -> Absence {
    match trouble {
        // Widgets ask for nothing of their own: what makes no sense is the link's segment, whose goal is gone.
        Trouble::NotFound | Trouble::SignInFirst(_) | Trouble::Senseless(_) => Absence::Nothing,
        Trouble::Refused(what) => Absence::Wrong(vec![what]),
        Trouble::Broken(error) if error.is::<Crowded>() => Absence::Later,
        Trouble::Broken(error) => {
            tracing::error!(error = format!("{error:#}"), "a widget could not be made");
            Absence::Later
        }
        _ => Absence::Later,
    }
}

/// The same for a site that is not there and for one that is nobody's business: status, headers and body.
fn absent(app: &App, query: &str, absence: &Absence) -> Response {
    let asked = WidgetState::parse(Widget::Live, query).state;
    let dressed = WidgetState { theme: asked.theme, lang: asked.lang, ..WidgetState::default() };
    let status = match absence {
        Absence::Nothing => StatusCode::NOT_FOUND,
        Absence::Wrong(_) => StatusCode::BAD_REQUEST,
        Absence::Later => StatusCode::SERVICE_UNAVAILABLE,
    };
    let text = widgets::absent(&app.assets.urls(), &dressed, absence);
    let mut response = (status, [(CACHE_CONTROL, "private, no-store")], Html(text)).into_response();
    if *absence == Absence::Later {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("10"));
    }
    framed(response, Frames::Anybody)
}
