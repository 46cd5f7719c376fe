//! Fewer sites in the menu, by what is typed above them.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlInputElement};

/// Hides the links of the menu around it whose words do not have what is typed in the menu's search field. Without
/// scripts the field is a form that leads to the list of sites.
#[island]
pub fn FindSite() -> impl IntoView {
    let here = NodeRef::<leptos::html::Span>::new();
    Effect::new(move || {
        if let Some(here) = here.get() {
            let _ = listen(&here);
        }
    });
    view! { <span hidden node_ref=here></span> }
}

fn listen(here: &Element) -> Option<()> {
    let menu = here.closest("[popover]").ok()??;
    let field: HtmlInputElement = menu.query_selector("input[type=search]").ok()??.dyn_into().ok()?;
    let typing = field.clone();
    let typed = Closure::<dyn Fn()>::new(move || {
        let _ = show(&menu, &typing.value().to_lowercase());
    });
    field.add_event_listener_with_callback("input", typed.as_ref().unchecked_ref()).ok()?;
    typed.forget();
    Some(())
}

fn show(menu: &Element, text: &str) -> Option<()> {
    let links = menu.query_selector_all(".menu__part--sites a").ok()?;
    for link in (0..links.length()).filter_map(|at| links.item(at)?.dyn_into::<Element>().ok()) {
        let said = link.text_content().unwrap_or_default().to_lowercase();
        let done = if said.contains(text) { link.remove_attribute("hidden") } else { link.set_attribute("hidden", "") };
        done.ok()?;
    }
    Some(())
}
