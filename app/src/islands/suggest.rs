//! What may be meant by what is typed so far.

use super::browser;
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, HtmlInputElement};

/// Rests between keys before it asks.
const REST: Duration = Duration::from_millis(120);

/// Asks for suggestions while somebody types into a field around it, and puts them into the fields' list.
///
/// Stands in an element whose `data-url` answers `[{"value": …, "label": …}]` for `…&q=TEXT`, beside a `datalist`. The
/// attribute `data-takes` says which of the two the fields take.
#[island]
pub fn Suggest() -> impl IntoView {
    let here = NodeRef::<leptos::html::Span>::new();
    Effect::new(move || {
        if let Some(here) = here.get() {
            let _ = listen(&here);
        }
    });
    view! { <span hidden node_ref=here></span> }
}

fn listen(here: &Element) -> Option<()> {
    let around = here.closest("[data-url]").ok()??;
    let url = around.get_attribute("data-url")?;
    let list = around.query_selector("datalist").ok()??;
    let by_label = around.get_attribute("data-takes").is_some_and(|takes| takes == "label");
    let latest = Rc::new(Cell::new(0_u32));
    let typed = Closure::<dyn Fn(Event)>::new(move |event: Event| {
        let Some(field) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else { return };
        let text: String = js_sys::encode_uri_component(&field.value()).into();
        let (turn, url, list, latest) = (latest.get() + 1, format!("{url}&q={text}"), list.clone(), latest.clone());
        latest.set(turn);
        set_timeout(
            move || {
                // Another key came meanwhile: its turn is later.
                if latest.get() != turn {
                    return;
                }
                leptos::task::spawn_local(async move {
                    if let Some(found) = browser::get_json(&url).await
                        && latest.get() == turn
                    {
                        fill(&list, &js_sys::Array::from(&found), by_label);
                    }
                });
            },
            REST,
        );
    });
    around.add_event_listener_with_callback("input", typed.as_ref().unchecked_ref()).ok()?;
    typed.forget();
    Some(())
}

fn fill(list: &Element, found: &js_sys::Array, by_label: bool) {
    let text = |object: &JsValue, name: &str| js_sys::Reflect::get(object, &name.into()).ok().and_then(|value| value.as_string());
    list.set_text_content(None);
    for one in found.iter() {
        let (value, label) = (text(&one, "value"), text(&one, "label"));
        let (value, label) = if by_label { (label, None) } else { (value, label) };
        let (Some(value), Ok(option)) = (value, document().create_element("option")) else { continue };
        let _ = option.set_attribute("value", &value);
        option.set_text_content(label.filter(|label| *label != value).as_deref());
        let _ = list.append_child(&option);
    }
}
