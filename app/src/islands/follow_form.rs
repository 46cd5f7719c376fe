//! Shows what a form would lead to while it is being filled in.

use super::browser;
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::prelude::*;
use web_sys::{
    Document, DomParser, Element, FormData, HtmlFormElement, HtmlInputElement, HtmlSelectElement, SupportedType, UrlSearchParams,
};

/// So long after the last key pressed it is asked for.
const PAUSE: Duration = Duration::from_millis(350);
/// So long nothing is said between two times the same.
const BREATH: Duration = Duration::from_millis(100);

/// Asks for the page that the form around it leads to, whenever a field of it changes, and takes over its frame, its HTML
/// to copy and the fields it has. Without scripts the form is sent by its button.
#[island]
pub fn FollowForm() -> impl IntoView {
    let here = NodeRef::<leptos::html::Span>::new();
    Effect::new(move || {
        if let Some(here) = here.get() {
            let _ = listen(&here);
        }
    });
    view! { <span hidden node_ref=here></span> }
}

fn listen(here: &Element) -> Option<()> {
    let form: HtmlFormElement = here.closest("form").ok()??.dyn_into().ok()?;
    let changing = form.clone();
    // Of several on their way only the last one counts.
    let turn = Rc::new(Cell::new(0_u64));
    let changed = Closure::<dyn Fn()>::new(move || {
        let (form, turn, mine) = (changing.clone(), turn.clone(), turn.get() + 1);
        turn.set(mine);
        set_timeout(
            move || {
                if turn.get() == mine {
                    leptos::task::spawn_local(async move {
                        let _ = follow(&form, &turn, mine).await;
                    });
                }
            },
            PAUSE,
        );
    });
    form.add_event_listener_with_callback("input", changed.as_ref().unchecked_ref()).ok()?;
    changed.forget();
    Some(())
}

async fn follow(form: &HtmlFormElement, turn: &Cell<u64>, mine: u64) -> Option<()> {
    let fields = FormData::new_with_form(form).ok()?;
    let said = UrlSearchParams::new_with_record_from_str_to_str(&js_sys::Object::from_entries(&fields).ok()?.unchecked_into()).ok()?;
    let url = format!("{}?{}", form.get_attribute("action")?, String::from(said.to_string()));
    let browser::Piece::Here(html) = browser::get_piece(&url).await else { return None };
    if turn.get() != mine {
        return None;
    }
    let page = DomParser::new().ok()?.parse_from_string(&html, SupportedType::TextHtml).ok()?;
    take_frame(&page);
    take_fields(&page);
    Some(())
}

fn take_frame(page: &Document) -> Option<()> {
    let (preview, now) = (page.query_selector(".embed__preview").ok()??, browser::find(".embed__preview")?);
    let mut changed = take_attributes(&preview, &now, &["class"])?;
    let (frame, now) = (page.query_selector(".embed__frame").ok()??, browser::find(".embed__frame")?);
    if frame.get_attribute("src") == now.get_attribute("src") {
        changed |= take_attributes(&frame, &now, &["class", "title", "width", "height"])?;
    } else {
        // Another element: a frame that is led elsewhere is a step that the browser's way back would have to take again.
        now.replace_with_with_node_1(&document().import_node_with_deep(&frame, true).ok()?).ok()?;
        changed = true;
    }
    let (code, now) = (page.query_selector(".snippet code").ok()??, browser::find(".snippet code")?);
    if code.text_content() != now.text_content() {
        now.set_text_content(code.text_content().as_deref());
        changed = true;
    }
    if changed {
        say();
    }
    Some(())
}

/// Whether some of these attributes were others.
fn take_attributes(there: &Element, here: &Element, names: &[&str]) -> Option<bool> {
    let mut changed = false;
    for name in names {
        match there.get_attribute(name) {
            value if here.get_attribute(name) == value => continue,
            Some(value) => here.set_attribute(name, &value).ok()?,
            None => here.remove_attribute(name).ok()?,
        }
        changed = true;
    }
    Some(changed)
}

/// Says it to who does not see it. Words that stay the same are said once: first there must be none.
fn say() {
    let Some(place) = browser::find("#embed-said") else { return };
    place.set_text_content(None);
    set_timeout(move || place.set_text_content(place.get_attribute("data-said").as_deref()), BREATH);
}

/// Other fields where another widget has others; else what the page made of those that nobody is in.
fn take_fields(page: &Document) -> Option<()> {
    const FIELDS: &str = ".embed__fields";
    let (there, here) = (page.query_selector(FIELDS).ok()??, browser::find(FIELDS)?);
    let (new, old) = (fields(&there), fields(&here));
    let active = document().active_element();
    if new.iter().map(Element::id).ne(old.iter().map(Element::id)) {
        here.set_inner_html(&there.inner_html());
        let again = active.and_then(|active| browser::find(&format!("#{}", active.id())))?;
        return again.unchecked_into::<web_sys::HtmlElement>().focus().ok();
    }
    for (new, old) in new.iter().zip(&old) {
        if active.as_ref() != Some(old) {
            take_value(new, old);
        }
    }
    Some(())
}

fn fields(place: &Element) -> Vec<Element> {
    let Ok(found) = place.query_selector_all("input,select") else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

fn take_value(new: &Element, old: &Element) {
    if let (Some(new), Some(old)) = (new.dyn_ref::<HtmlInputElement>(), old.dyn_ref::<HtmlInputElement>()) {
        old.set_value(&new.value());
    }
    if let (Some(new), Some(old)) = (new.dyn_ref::<HtmlSelectElement>(), old.dyn_ref::<HtmlSelectElement>()) {
        old.set_value(&new.value());
    }
}
