//! The tabs of a panel: links, so each is an address.

use super::super::{List, Panel, Shown, Tab, list_words, panel_label, plain};
use super::Around;
use crate::words::PanelWords;
use footfall_domain::Dimension;
use leptos::prelude::*;

/// How many properties have a tab of their own; the others are behind a word.
const PROPERTIES: usize = 6;

/// The tabs, and for campaigns and versions a second row of them; nothing where there is one list only.
pub(crate) fn tabs(around: Around<'_>, panel: Panel, shown: &Shown, names: &[String]) -> AnyView {
    if panel == Panel::Properties {
        return properties(around, shown, names).into_any();
    }
    let words = &around.words().panels;
    let chosen = shown.tab;
    // Where no goals are defined another tab is shown than the address says, and there is no list of them.
    let no_goals = around.state.tab_name(panel) != chosen.name;
    let first = panel.tabs().iter().filter(|tab| is_first(panel, tab) && !(no_goals && tab.list == List::Goals));
    let links: Vec<_> = first
        .map(|tab| {
            let here = tab == chosen || Group::of(tab).is_some() && Group::of(tab) == Group::of(chosen);
            link(around, panel, tab, list_words(tab.list, words).tab, here)
        })
        .collect();
    let second = Group::of(chosen).map(|group| {
        let within = panel.tabs().iter().filter(|tab| Group::of(tab) == Some(group));
        let links: Vec<_> = within.map(|tab| link(around, panel, tab, group.label(tab, words), tab == chosen)).collect();
        view! { <nav class="tabs tabs--below" aria-label=group.words(words)>{links}</nav> }
    });
    (links.len() > 1).then(|| view! { <nav class="tabs" aria-label=panel_label(panel, words)>{links}</nav>{second} }).into_any()
}

fn link(around: Around<'_>, panel: Panel, tab: &'static Tab, label: &'static str, chosen: bool) -> impl IntoView + use<> {
    let href = around.tab_href(panel, tab.name);
    view! { <a href=href aria-current=chosen.then_some("true")>{label}</a> }
}

/// Tabs that share one: the first row has no room for each.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    /// Tags of campaigns.
    Tags,
    /// Versions of browsers and of systems.
    Versions,
}

impl Group {
    fn of(tab: &Tab) -> Option<Self> {
        use Dimension::{UtmCampaign, UtmContent, UtmMedium, UtmSource, UtmTerm};
        match tab.list {
            List::Values(UtmCampaign | UtmContent | UtmMedium | UtmSource | UtmTerm) => Some(Group::Tags),
            List::Versions { .. } => Some(Group::Versions),
            _ => None,
        }
    }

    /// What its tabs are; only heard.
    fn words(self, words: &PanelWords) -> &'static str {
        match self {
            Group::Tags => words.campaign_tags,
            Group::Versions => words.browser_version.tab,
        }
    }

    /// A tab in the second row: versions of what.
    fn label(self, tab: &Tab, words: &PanelWords) -> &'static str {
        match tab.list {
            List::Versions { of, .. } => list_words(List::Values(of), words).tab,
            list => list_words(list, words).tab,
        }
    }
}

/// Whether a tab stands in the first row: the first of its group, or without one.
fn is_first(panel: Panel, tab: &Tab) -> bool {
    let group = Group::of(tab);
    group.is_none() || panel.tabs().iter().find(|other| Group::of(other) == group) == Some(tab)
}

/// A tab for each of the properties seen most; the others are opened by a word, without any script.
fn properties(around: Around<'_>, shown: &Shown, names: &[String]) -> Option<impl IntoView + use<>> {
    let words = &around.words().panels;
    let chosen = shown.property.as_deref();
    let one = |name: &String| {
        let href = around.tab_href(Panel::Properties, name);
        let here = (chosen == Some(name.as_str())).then_some("true");
        view! { <a href=href aria-current=here title=name.clone()><bdi>{plain(name)}</bdi></a> }
    };
    let (first, rest) = names.split_at(names.len().min(PROPERTIES));
    let rest = (!rest.is_empty()).then(|| {
        let links = rest.iter().map(one).collect_view();
        view! { <details class="tabs__more"><summary>{words.more_properties}</summary><div class="tabs tabs--list">{links}</div></details> }
    });
    (!first.is_empty()).then(|| {
        view! { <nav class="tabs tabs--names" aria-label=words.properties>{first.iter().map(one).collect_view()}{rest}</nav> }
    })
}
