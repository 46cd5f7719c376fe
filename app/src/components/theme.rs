//! Light, dark, or as the system says.

use super::{csrf, hidden_input};
use crate::models::{Frame, Theme};
use crate::routes;
use leptos::prelude::*;

/// Three buttons, the present choice pressed.
pub fn theme_choice(frame: &Frame) -> impl IntoView + use<> {
    let present = frame.theme;
    let buttons = Theme::ALL.map(|theme| {
        let label = match theme {
            Theme::System => "System",
            Theme::Light => "Light",
            Theme::Dark => "Dark",
        };
        let pressed = if theme == present { "true" } else { "false" };
        view! { <button type="submit" name="theme" value=theme.name() aria-pressed=pressed>{label}</button> }
    });
    view! {
        <form method="post" action=routes::THEME>
            {csrf(&frame.csrf)}
            {hidden_input("next", &frame.here)}
            <div class="segments" role="group" aria-label="Colours">{buttons.to_vec()}</div>
        </form>
    }
}
