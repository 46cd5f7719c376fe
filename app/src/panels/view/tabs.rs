//! The tabs of a panel: links, so each is an address.

use super::super::{List, Panel, Shown, Tab, list_words, panel_label, plain};
use super::Around;
use footfall_domain::Dimension;
use leptos::prelude::*;

/// How many properties have a tab of their own; the others are behind a word.
const PROPERTIES: usize = 6;

/// The tabs, and for campaigns a second row of them; nothing where there is one list only.
pub(crate) fn tabs(around: Around<'_>, panel: Panel, shown: &Shown, names: &[String]) -> AnyView {
    if panel == Panel::Properties {
        return properties(around, shown, names).into_any();
    }
    let words = &around.words().panels;
    let chosen = shown.tab;
    // Where no goals are defined another tab is shown than the address says, and there is no list of them.
    let no_goals = around.state.tab_name(panel) != chosen.name;
    let first = panel.tabs().iter().filter(|tab| !is_tag(tab) || tab.list == List::Values(Dimension::UtmCampaign));
    let first = first.filter(|tab| !(no_goals && tab.list == List::Goals));
    let links: Vec<_> = first.map(|tab| link(around, panel, tab, *tab == *chosen || is_tag(tab) && is_tag(chosen))).collect();
    let second = is_tag(chosen).then(|| {
        let links: Vec<_> = panel.tabs().iter().filter(|tab| is_tag(tab)).map(|tab| link(around, panel, tab, tab == chosen)).collect();
        view! { <nav class="tabs tabs--below" aria-label=words.campaign_tags>{links}</nav> }
    });
    (links.len() > 1).then(|| view! { <nav class="tabs" aria-label=panel_label(panel, words)>{links}</nav>{second} }).into_any()
}

fn link(around: Around<'_>, panel: Panel, tab: &'static Tab, chosen: bool) -> impl IntoView + use<> {
    let href = around.tab_href(panel, tab.name);
    view! { <a href=href aria-current=chosen.then_some("true")>{list_words(tab.list, &around.words().panels).tab}</a> }
}

fn is_tag(tab: &Tab) -> bool {
    use Dimension::{UtmCampaign, UtmContent, UtmMedium, UtmSource, UtmTerm};
    matches!(tab.list, List::Values(UtmCampaign | UtmContent | UtmMedium | UtmSource | UtmTerm))
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
