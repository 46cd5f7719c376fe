//! The browser, as far as islands need it. Nothing here is called on the server.

#[cfg(not(feature = "ssr"))]
use crate::words::Lang;
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Response, VisibilityState};

/// The first element of the page a selector matches.
pub fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

/// The text of the first element a selector matches; empty without one.
#[cfg(not(feature = "ssr"))]
pub fn text_of(selector: &str) -> String {
    find(selector).and_then(|element| element.text_content()).unwrap_or_default()
}

/// An attribute of the first element a selector matches; empty without one.
pub fn attribute_of(selector: &str, name: &str) -> String {
    find(selector).and_then(|element| element.get_attribute(name)).unwrap_or_default()
}

/// Sets an attribute of all elements a selector matches.
pub fn set_everywhere(selector: &str, name: &str, value: &str) {
    let Ok(found) = document().query_selector_all(selector) else { return };
    for element in (0..found.length()).filter_map(|at| found.item(at)?.dyn_into::<Element>().ok()) {
        let _ = element.set_attribute(name, value);
    }
}

/// The language of the page.
#[cfg(not(feature = "ssr"))]
pub fn lang() -> Lang {
    Lang::from_code(&attribute_of("html", "lang")).unwrap_or_default()
}

/// Asks for a small JSON object and takes one of its values. Anything that goes wrong is `None`: the next try is near.
pub async fn get_value(url: &str, name: &str) -> Option<JsValue> {
    js_sys::Reflect::get(&get_json(url).await?, &JsValue::from_str(name)).ok()
}

/// Asks for JSON.
pub async fn get_json(url: &str) -> Option<JsValue> {
    let response = answer(url).await?;
    if !response.ok() {
        return None;
    }
    JsFuture::from(response.json().ok()?).await.ok()
}

/// A piece of a page, or why there is none.
pub enum Piece {
    /// As HTML of ours.
    Here(String),
    /// The server sends us elsewhere: to the sign-in.
    Elsewhere,
    /// No answer, or none that is of use.
    Lost,
}

/// Asks for a piece of a page.
pub async fn get_piece(url: &str) -> Piece {
    let Some(response) = answer(url).await else { return Piece::Lost };
    if response.redirected() {
        return Piece::Elsewhere;
    }
    text(response).await.map_or(Piece::Lost, Piece::Here)
}

async fn answer(url: &str) -> Option<Response> {
    JsFuture::from(window().fetch_with_str(url)).await.ok()?.dyn_into().ok()
}

async fn text(response: Response) -> Option<String> {
    if !response.ok() {
        return None;
    }
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}

/// Exchanges what is in an element by HTML of ours. What was opened in it stays open, if it has an id.
pub fn exchange(selector: &str, html: &str) {
    let Some(place) = find(selector) else { return };
    let open = place.query_selector_all("details[open][id]").ok();
    let open: Vec<Element> =
        open.map(|list| (0..list.length()).filter_map(|at| list.item(at)?.dyn_into().ok()).collect()).unwrap_or_default();
    place.set_inner_html(html);
    for id in open.iter().map(Element::id) {
        if let Some(again) = find(&format!("#{id}")) {
            let _ = again.set_attribute("open", "");
        }
    }
}

/// Whether somebody may be looking.
pub fn visible() -> bool {
    document().visibility_state() == VisibilityState::Visible
}

/// Calls `tick` now and every `period` while the page is visible, and at once when it becomes visible again.
pub fn while_visible(period: Duration, tick: impl Fn() + Clone + 'static) {
    tick();
    let again = tick.clone();
    let timer = set_interval_with_handle(
        move || {
            if visible() {
                again()
            }
        },
        period,
    )
    .ok();
    let back = Closure::<dyn Fn()>::new(move || {
        if visible() {
            tick()
        }
    });
    // The page and the listener end together.
    let _ = document().add_event_listener_with_callback("visibilitychange", back.as_ref().unchecked_ref());
    back.forget();
    on_cleanup(move || {
        if let Some(timer) = timer {
            timer.clear();
        }
    });
}
