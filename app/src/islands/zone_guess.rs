//! Proposes the reader's own time zone.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Chooses the browser's time zone in the page's select `timezone`, if that stands on UTC and nobody touched it.
#[island]
pub fn ZoneGuess() -> impl IntoView {
    Effect::new(move || {
        let select =
            super::browser::find("select[name=timezone]").and_then(|element| element.dyn_into::<web_sys::HtmlSelectElement>().ok());
        let options = js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &js_sys::Object::new()).resolved_options();
        let zone = js_sys::Reflect::get(&options, &"timeZone".into()).ok().and_then(|zone| zone.as_string());
        if let (Some(select), Some(zone)) = (select, zone)
            && select.value() == "UTC"
        {
            select.set_value(&zone);
            if select.selected_index() < 0 {
                select.set_value("UTC");
            }
        }
    });
    view! { <span hidden></span> }
}
