//! What all pages of a site's settings have around them.

use crate::components::{document, notice, plain_bar};
use crate::models::{Frame, Notice};
use crate::routes;
use crate::words::Words;
use footfall_domain::Role;
use leptos::prelude::*;

/// One of the pages of a site's settings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SettingsTab {
    /// Zone, parameters, name, snippet.
    General,
    /// Who has a role.
    People,
    /// Who may see the numbers without an account.
    Sharing,
    /// What shows the numbers elsewhere.
    Embed,
    /// Goals.
    Goals,
    /// Segments.
    Segments,
    /// Custom properties.
    Properties,
    /// What is not to be counted.
    Exclusions,
    /// What was not counted.
    NotCounted,
    /// Keys of programs.
    Keys,
    /// Who changed what.
    Log,
    /// The ways to an end.
    Danger,
}

impl SettingsTab {
    /// All of them, in the order of the menu.
    pub const ALL: [SettingsTab; 12] = [
        SettingsTab::General,
        SettingsTab::People,
        SettingsTab::Sharing,
        SettingsTab::Embed,
        SettingsTab::Goals,
        SettingsTab::Segments,
        SettingsTab::Properties,
        SettingsTab::Exclusions,
        SettingsTab::NotCounted,
        SettingsTab::Keys,
        SettingsTab::Log,
        SettingsTab::Danger,
    ];

    /// The last part of its address; empty for the first.
    pub fn path(self) -> &'static str {
        match self {
            SettingsTab::General => "",
            SettingsTab::People => "people",
            SettingsTab::Sharing => "sharing",
            SettingsTab::Embed => "embed",
            SettingsTab::Goals => "goals",
            SettingsTab::Segments => "segments",
            SettingsTab::Properties => "properties",
            SettingsTab::Exclusions => "exclusions",
            SettingsTab::NotCounted => "not-counted",
            SettingsTab::Keys => "keys",
            SettingsTab::Log => "log",
            SettingsTab::Danger => "danger",
        }
    }

    /// The least role that sees it.
    pub fn least(self) -> Role {
        match self {
            SettingsTab::Embed | SettingsTab::Segments => Role::Viewer,
            SettingsTab::Goals | SettingsTab::Properties => Role::Editor,
            SettingsTab::Danger => Role::Owner,
            _ => Role::Admin,
        }
    }

    /// Its address at a site.
    pub fn address(self, domain: &str) -> String {
        if self == SettingsTab::General { routes::settings(domain) } else { routes::settings_form(domain, self.path()) }
    }

    /// The first page of the settings that a role sees.
    pub fn first(role: Role) -> Self {
        match role {
            Role::Viewer => SettingsTab::Embed,
            Role::Editor => SettingsTab::Goals,
            Role::Admin | Role::Owner => SettingsTab::General,
        }
    }

    fn label(self, words: &Words) -> &'static str {
        match self {
            SettingsTab::General => words.settings.general,
            SettingsTab::People => words.people.title,
            SettingsTab::Sharing => words.sharing.title,
            SettingsTab::Embed => words.settings.embed,
            SettingsTab::Goals => words.goals.title,
            SettingsTab::Segments => words.segments.title,
            SettingsTab::Properties => words.goals.properties,
            SettingsTab::Exclusions => words.settings.exclusions,
            SettingsTab::NotCounted => words.settings.not_counted,
            SettingsTab::Keys => words.settings.keys,
            SettingsTab::Log => words.log.title,
            SettingsTab::Danger => words.settings.danger,
        }
    }

    /// Whether the menu leaves some air before it: something else begins.
    fn begins(self) -> bool {
        matches!(self, SettingsTab::Goals | SettingsTab::Exclusions | SettingsTab::Danger)
    }
}

/// A page of the settings: bar, name of the site, menu, and its parts (a `section class="card stack"` each).
pub fn settings_page<V: IntoView>(
    frame: &Frame,
    said: &Option<Notice>,
    domain: &str,
    here: SettingsTab,
    title: String,
    parts: impl FnOnce() -> V,
) -> impl IntoView {
    provide_context(frame.lang);
    let words = frame.words();
    let body = view! {
        {plain_bar(frame)}
        <main class="wrap settings" id="main">
            <div class="title">
                <h1>{domain.to_owned()}</h1>
                <a class="button" href=routes::site(domain)>{words.common.see_numbers}</a>
            </div>
            {menu(frame, domain, here)}
            <div class="settings__page">
                {notice(said)}
                {parts().into_any()}
            </div>
        </main>
    };
    document(frame, title, "", body)
}

/// The ways between the pages that the reader's role sees.
fn menu(frame: &Frame, domain: &str, here: SettingsTab) -> impl IntoView + use<> {
    let words = frame.words();
    let shown = SettingsTab::ALL.into_iter().filter(|tab| frame.role.is_some_and(|role| role >= tab.least()));
    let ways = shown.map(|tab| {
        let current = (tab == here).then_some("page");
        view! {
            <li class:settings__begins=tab.begins()><a class="settings__way" href=tab.address(domain) aria-current=current>{tab.label(words)}</a></li>
        }
    });
    view! {
        <nav class="settings__menu" aria-label=words.common.site_settings>
            <ul>{ways.collect_view()}</ul>
        </nav>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_page_of_a_role_is_one_it_sees() {
        for role in Role::ALL {
            assert!(role >= SettingsTab::first(role).least(), "{role:?}");
        }
    }
}
