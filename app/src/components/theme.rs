//! Light, dark, or as the system says.

use super::{csrf, hidden_input};
use crate::models::{Frame, Theme};
use crate::routes;
use leptos::prelude::*;

/// Three buttons, the present choice pressed.
pub fn theme_choice(frame: &Frame) -> impl IntoView + use<> {
    let words = &frame.words().common;
    let present = frame.theme;
    let buttons = Theme::ALL.map(|theme| {
        let label = match theme {
            Theme::System => words.theme_system,
            Theme::Light => words.theme_light,
            Theme::Dark => words.theme_dark,
        };
        let pressed = if theme == present { "true" } else { "false" };
        view! { <button type="submit" name="theme" value=theme.name() aria-pressed=pressed>{label}</button> }
    });
    view! {
        <form method="post" action=routes::THEME>
            {csrf(&frame.csrf)}
            {hidden_input("next", &frame.here)}
            <div class="segments" role="group" aria-label=words.colours>{buttons.to_vec()}</div>
        </form>
    }
}
