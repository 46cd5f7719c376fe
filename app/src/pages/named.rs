//! What the pages of goals, segments and shown properties have in common.

use leptos::prelude::*;

/// Words a browser offers for a field.
pub fn offered(id: &'static str, values: &[String]) -> impl IntoView + use<> {
    let options = values.iter().map(|value| view! { <option value=value.clone()></option> }).collect_view();
    view! { <datalist id=id>{options}</datalist> }
}
