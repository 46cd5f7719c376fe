//! The pages of goals, segments and shown properties: what they have in common.

use crate::models::Frame;
use crate::routes;
use leptos::prelude::*;

/// Which of the pages of a site's settings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SettingsTab {
    /// Zone, keys and the ends.
    General,
    /// Goals.
    Goals,
    /// Custom properties.
    Properties,
    /// Segments.
    Segments,
}

/// The ways between the pages of a site's settings.
pub fn settings_tabs(frame: &Frame, domain: &str, here: SettingsTab) -> impl IntoView + use<> {
    let words = frame.words();
    let tab = |tab: SettingsTab, path: &str, label: &'static str| {
        let href = if path.is_empty() { routes::settings(domain) } else { routes::settings_form(domain, path) };
        view! { <li><a class="settings-tab" href=href aria-current=(tab == here).then_some("page")>{label}</a></li> }
    };
    view! {
        <nav class="settings-tabs" aria-label=words.common.site_settings>
            <ul>
                {tab(SettingsTab::General, "", words.settings.general)}
                {tab(SettingsTab::Goals, "goals", words.goals.title)}
                {tab(SettingsTab::Properties, "properties", words.goals.properties)}
                {tab(SettingsTab::Segments, "segments", words.segments.title)}
            </ul>
        </nav>
    }
}

/// Words a browser offers for a field.
pub fn offered(id: &'static str, values: &[String]) -> impl IntoView + use<> {
    let options = values.iter().map(|value| view! { <option value=value.clone()></option> }).collect_view();
    view! { <datalist id=id>{options}</datalist> }
}
