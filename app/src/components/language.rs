//! The language of the pages.

use super::csrf;
use crate::models::Frame;
use crate::routes;
use crate::words::Lang;
use leptos::prelude::*;

/// A button for each language, called as its speakers call it, and one for the browser's; the present choice pressed.
pub fn language_choice(frame: &Frame, chosen: Option<Lang>) -> impl IntoView + use<> {
    let words = &frame.words().common;
    let button = |code: &'static str, name: &'static str, pressed: bool| {
        let lang = (!code.is_empty()).then_some(code);
        let pressed = if pressed { "true" } else { "false" };
        view! { <button type="submit" name="language" value=code lang=lang aria-pressed=pressed>{name}</button> }
    };
    let own = Lang::ALL.map(|lang| button(lang.code(), lang.own_name(), chosen == Some(lang)));
    view! {
        <form method="post" action=routes::LANGUAGE>
            {csrf(&frame.csrf)}
            <div class="segments" role="group" aria-label=words.language>
                {button("", words.language_browser, chosen.is_none())}
                {own.to_vec()}
            </div>
        </form>
    }
}
