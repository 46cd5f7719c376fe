//! Keys press what names them.

use super::browser;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// Listens for keys, and presses the first link or button of the page whose `aria-keyshortcuts` has the key. A field is
/// given the focus instead; one in a menu opens it.
///
/// Keys pressed in a field belong to the field, and those with Ctrl, Alt or Meta to the browser. While a menu is open,
/// Escape closes it, which the browser does; in a field to search in it takes the text away.
#[island]
pub fn Keys() -> impl IntoView {
    Effect::new(|| {
        let press = Closure::<dyn Fn(KeyboardEvent)>::new(|event: KeyboardEvent| {
            if !belongs_elsewhere(&event) && press(&event.key()).is_some() {
                event.prevent_default();
            }
        });
        // The page and the listener end together.
        let _ = document().add_event_listener_with_callback("keydown", press.as_ref().unchecked_ref());
        press.forget();
    });
    view! { <span hidden></span> }
}

fn belongs_elsewhere(event: &KeyboardEvent) -> bool {
    let with_more = event.ctrl_key() || event.alt_key() || event.meta_key() || event.repeat() || event.default_prevented();
    let typing = event.target().and_then(|target| target.dyn_into::<Element>().ok()).is_some_and(|element| {
        let field = element.matches("input, select, textarea, [contenteditable]").unwrap_or(false);
        let searching = element.matches("[type=search]").unwrap_or(false);
        field && (event.key() != "Escape" || searching)
    });
    let closes_menu = event.key() == "Escape" && browser::find(":popover-open").is_some();
    with_more || typing || closes_menu
}

fn press(key: &str) -> Option<()> {
    let name = if key.chars().count() == 1 { key.to_uppercase() } else { key.to_owned() };
    let all = document().query_selector_all("[aria-keyshortcuts]").ok()?;
    let named = (0..all.length()).filter_map(|at| all.item(at)?.dyn_into::<HtmlElement>().ok());
    // What lies under an open form is not reached by keys either.
    let mut reachable = named.filter(|element| element.closest("[inert]").ok().flatten().is_none());
    let element = reachable.find(|element| element.get_attribute("aria-keyshortcuts").is_some_and(|keys| keys == name))?;
    if element.tag_name() != "INPUT" {
        element.click();
        return Some(());
    }
    if let Ok(Some(menu)) = element.closest("[popover]:not(:popover-open)") {
        // By its button, below which it opens.
        let button: HtmlElement = browser::find(&format!("[popovertarget='{}']", menu.id()))?.dyn_into().ok()?;
        button.click();
    }
    element.focus().ok()
}
