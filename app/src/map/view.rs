//! The map as SVG.

use super::{HEIGHT, Shape, WIDTH, shapes};
use crate::format;
use crate::panels::value_label;
use crate::panels::view::{Around, Place};
use crate::site_page::{Filter, Subject};
use footfall_domain::{Dimension, labels};
use leptos::prelude::*;
use std::collections::HashMap;

/// How many steps the scale of colours has.
const STEPS: usize = 5;

/// The picture of visitors by country code. A country with visitors is a link that filters by it; for the keyboard the
/// list behind the map has the same links.
pub fn world(around: Around<'_>, visitors: &HashMap<&str, i64>) -> impl IntoView + use<> {
    let words = &around.words().map;
    let largest = visitors.iter().filter(|(code, _)| **code != labels::NOT_SET).map(|(_, n)| *n).max().unwrap_or(0);
    // What has visitors is drawn last: small countries lie on their neighbours.
    let (mut land, mut seen) = (Vec::new(), Vec::new());
    for shape in shapes() {
        match visitors.get(shape.code).copied().filter(|n| *n > 0 && !shape.code.is_empty()) {
            None => land.push(drawn(shape, "map__land".to_owned(), None)),
            Some(n) => seen.push(country(around, shape, n, largest)),
        }
    }
    let without = visitors.get(labels::NOT_SET).copied().unwrap_or(0);
    let without = (without > 0).then(|| view! { <span>{(words.without)(&format::count(without, around.lang))}</span> });
    let steps = (1..=STEPS).map(|step| view! { <i class=format!("map__key map__{step}")></i> }).collect_view();
    view! {
        <svg class="map" viewBox=format!("0 0 {WIDTH} {HEIGHT}") aria-hidden="true" focusable="false">
            <g>{land}</g>
            <g>{seen}</g>
        </svg>
        <p class="map__scale">
            <span class="unseen">{words.scale}</span>
            <span aria-hidden="true">"1"</span>
            {steps}
            <span aria-hidden="true">{format::compact(largest as f64, around.lang)}</span>
            {without}
        </p>
    }
}

fn country(around: Around<'_>, shape: &Shape, visitors: i64, largest: i64) -> AnyView {
    let subject = Subject::Value(Dimension::Country);
    let name = value_label(&subject, shape.code, around.lang);
    let title = (around.words().map.country)(&name, &format::count(visitors, around.lang));
    let href = around.state.with_filter(Filter::is(subject, shape.code)).href(around.domain);
    let shape = drawn(shape, format!("map__{}", step(visitors, largest)), Some(title));
    match around.place {
        Place::Frame { linked: false } => shape,
        Place::Frame { linked: true } => view! { <a href=href tabindex="-1" target="_blank" rel="noopener">{shape}</a> }.into_any(),
        _ => view! { <a href=href tabindex="-1">{shape}</a> }.into_any(),
    }
}

fn drawn(shape: &Shape, class: String, title: Option<String>) -> AnyView {
    let title = title.map(|text| view! { <title>{text}</title> });
    match shape.dot {
        Some((x, y)) => view! { <circle class=class cx=x cy=y r="4">{title}</circle> }.into_any(),
        None => view! { <path class=class d=shape.path>{title}</path> }.into_any(),
    }
}

/// The step of a number on the scale: equal factors apart, for countries differ by factors and not by sums.
fn step(visitors: i64, largest: i64) -> usize {
    if largest <= 1 {
        return STEPS;
    }
    let part = (visitors.max(1) as f64).ln() / (largest as f64).ln();
    1 + ((part * STEPS as f64) as usize).min(STEPS - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_goes_by_factors() {
        assert_eq!([1, 5, 20, 100, 999, 1_000].map(|n| step(n, 1_000)), [1, 2, 3, 4, 5, 5]);
        assert_eq!((step(1, 1), step(0, 0)), (5, 5));
    }
}
