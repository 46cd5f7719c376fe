//! What the chart says about the point under the pointer.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, PointerEvent};

/// A tooltip that follows the pointer over a chart and says what its table says.
///
/// Stands in the element `.chart__plot`; reads the rows of the table in the same `.chart`: head, value, head of the
/// compared point, its value, change. `data-y` of a row is where its point is, in pixels from the top.
#[island]
pub fn ChartTip() -> impl IntoView {
    let tip = NodeRef::<Div>::new();
    Effect::new(move || {
        if let Some(tip) = tip.get() {
            let _ = follow(tip.into());
        }
    });
    view! {
        <div class="tip" hidden aria-hidden="true" node_ref=tip>
            <i class="tip__rule"></i>
            <i class="tip__dot"></i>
            <div class="tip__box">
                <b class="tip__head"></b>
                <span class="tip__name"></span>
                <span class="tip__now"></span>
                <span class="tip__label"></span>
                <span class="tip__before"></span>
                <span class="tip__change"></span>
            </div>
        </div>
    }
}

/// Listens on the plot for as long as the page lives.
fn follow(tip: HtmlElement) -> Option<()> {
    let plot = tip.closest(".chart__plot").ok()??;
    let chart = plot.closest(".chart").ok()??;
    // What is counted is the head of the table's second column.
    if let (Ok(Some(head)), Ok(Some(name))) = (chart.query_selector("thead th:nth-child(2)"), tip.query_selector(".tip__name")) {
        name.set_text_content(head.text_content().as_deref());
    }
    let rows = chart.query_selector_all("tbody tr").ok()?;
    let rows: Vec<Element> = (0..rows.length()).filter_map(|at| rows.item(at)?.dyn_into().ok()).collect();
    let shown = tip.clone();
    let surface = plot.clone();
    let show = Closure::<dyn Fn(PointerEvent)>::new(move |event: PointerEvent| {
        let frame = surface.get_bounding_client_rect();
        let part = (f64::from(event.client_x()) - frame.left()) / frame.width().max(1.0);
        let last = rows.len().saturating_sub(1);
        let at = (part.clamp(0.0, 1.0) * last as f64).round() as usize;
        if let Some(row) = rows.get(at) {
            let _ = point_at(&shown, row, at as f64 / last.max(1) as f64 * frame.width(), frame.width());
        }
    });
    let hide = Closure::<dyn Fn()>::new(move || {
        let _ = tip.set_attribute("hidden", "");
    });
    for event in ["pointermove", "pointerdown"] {
        plot.add_event_listener_with_callback(event, show.as_ref().unchecked_ref()).ok()?;
    }
    plot.add_event_listener_with_callback("pointerleave", hide.as_ref().unchecked_ref()).ok()?;
    show.forget();
    hide.forget();
    Some(())
}

/// From the point to the words beside it, pixels.
const GAP: f64 = 14.0;

/// Shows what a row says at `x` of a plot so wide, both in pixels. Styles are set one by one: a style attribute would be
/// blocked by the policy.
fn point_at(tip: &HtmlElement, row: &Element, x: f64, width: f64) -> Option<()> {
    let cell = |at: u32| row.children().item(at).and_then(|cell| cell.text_content()).unwrap_or_default();
    let say = |class: &str, text: &str| {
        if let Ok(Some(element)) = tip.query_selector(class) {
            element.set_text_content(Some(text));
        }
    };
    let is_good = |name: &str| row.query_selector(&format!("td.{name}")).ok().flatten().is_some();
    let class = if is_good("good") {
        "tip__change good"
    } else if is_good("bad") {
        "tip__change bad"
    } else {
        "tip__change"
    };
    say(".tip__head", &cell(0));
    say(".tip__now", &cell(1));
    say(".tip__label", &cell(2));
    say(".tip__before", &cell(3));
    say(".tip__change", &cell(4));
    if let Ok(Some(change)) = tip.query_selector(".tip__change") {
        change.set_class_name(class);
    }
    let y = row.get_attribute("data-y").unwrap_or_default();
    let dot: HtmlElement = tip.query_selector(".tip__dot").ok()??.dyn_into().ok()?;
    dot.style().set_property("top", &format!("{y}px")).ok()?;
    dot.style().set_property("visibility", if y.is_empty() { "hidden" } else { "visible" }).ok()?;
    tip.style().set_property("left", &format!("{x}px")).ok()?;
    tip.remove_attribute("hidden").ok()?;
    let words: HtmlElement = tip.query_selector(".tip__box").ok()??.dyn_into().ok()?;
    words.style().set_property("left", &format!("{}px", beside(x, width, f64::from(words.offset_width())))).ok()
}

/// Where the words begin, from the point: right of it, else left of it, else wherever they fit.
fn beside(x: f64, width: f64, words: f64) -> f64 {
    if x + GAP + words <= width {
        GAP
    } else if x >= GAP + words {
        -GAP - words
    } else {
        width - words - x
    }
}

#[cfg(test)]
mod tests {
    use super::beside;

    #[test]
    fn words_stay_inside_the_plot() {
        assert_eq!(beside(100.0, 1000.0, 200.0), 14.0);
        assert_eq!(beside(900.0, 1000.0, 200.0), -214.0);
        assert_eq!(beside(150.0, 300.0, 240.0), -90.0, "from 60 to 300");
    }
}
