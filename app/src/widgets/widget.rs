//! Which widgets there are.

use crate::panels::{List, MachineList, Panel, Tab, list_words, panel_label};
use crate::site_page::PageMetric;
use crate::words::{Lang, Words};
use footfall_domain::Dimension;

/// What a frame shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Widget {
    /// One headline number: large, with its change and a line of it over time.
    Number(PageMetric),
    /// All headline numbers.
    Numbers,
    /// A headline number over time, beside the period before.
    Chart,
    /// The world.
    Map,
    /// How many visitors are there now.
    Live,
    /// The list of a panel's tab.
    List(Panel, &'static Tab),
}

/// The numbers every site has.
const NUMBERS: [PageMetric; 6] = [
    PageMetric::Visitors,
    PageMetric::Visits,
    PageMetric::Pageviews,
    PageMetric::ViewsPerVisit,
    PageMetric::BounceRate,
    PageMetric::VisitDuration,
];

impl Widget {
    /// All of them, in the order they are offered.
    pub fn all() -> Vec<Widget> {
        let mut all: Vec<Widget> = NUMBERS.map(Widget::Number).to_vec();
        all.extend([Widget::Numbers, Widget::Chart, Widget::Map, Widget::Live]);
        for panel in Panel::ALL {
            let lists = panel.tabs().iter().filter(|tab| tab.list != List::Map);
            all.extend(lists.map(|tab| Widget::List(panel, tab)));
        }
        all
    }

    /// Its name in the address.
    pub fn name(self) -> &'static str {
        match self {
            Widget::Number(metric) => metric.name(),
            Widget::Numbers => "numbers",
            Widget::Chart => "chart",
            Widget::Map => "map",
            Widget::Live => "live",
            // Tabs have names of their own within a panel, widgets among all.
            Widget::List(panel, tab) => match (panel, tab.name) {
                (Panel::Pages, "top") => "pages",
                (Panel::Pages, "entry") => "entry_pages",
                (Panel::Pages, "exit") => "exit_pages",
                (Panel::Machines, "all") => "machines",
                (Panel::Machines, "pages") => "machine_pages",
                (Panel::Properties, _) => "properties",
                (_, name) => name,
            },
        }
    }

    /// The widget of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::all().into_iter().find(|widget| widget.name() == name)
    }

    /// What people call it.
    pub fn label(self, lang: Lang) -> &'static str {
        let words = lang.words();
        match self {
            Widget::Number(metric) => metric.label(&words.site.metrics, false),
            Widget::Numbers => words.widgets.numbers,
            Widget::Chart => words.widgets.chart,
            Widget::Map => words.panels.map.tab,
            Widget::Live => words.widgets.live,
            Widget::List(panel, tab) => list_label(panel, tab.list, words),
        }
    }

    /// Whether it is a list.
    pub fn is_list(self) -> bool {
        matches!(self, Widget::List(..))
    }

    /// How high its frame should be, pixels, where nothing tells: with so many rows in a list.
    pub fn height(self, rows: u8) -> u32 {
        match self {
            Widget::Number(_) => 170,
            Widget::Numbers => 200,
            Widget::Chart => 428,
            Widget::Map => 420,
            Widget::Live => 44,
            Widget::List(..) => 82 + 33 * u32::from(rows),
        }
    }
}

/// What a list is called where no tabs stand around it.
fn list_label(panel: Panel, list: List, words: &'static Words) -> &'static str {
    let own = &words.widgets;
    match list {
        List::Values(Dimension::Page) | List::Property | List::Machines(MachineList::Names(None)) => panel_label(panel, &words.panels),
        List::Values(Dimension::EntryPage) => own.entry_pages,
        List::Values(Dimension::ExitPage) => own.exit_pages,
        List::Values(Dimension::UtmSource) => own.utm_sources,
        List::Values(Dimension::UtmMedium) => own.utm_mediums,
        List::Values(Dimension::UtmContent) => own.utm_contents,
        List::Values(Dimension::UtmTerm) => own.utm_terms,
        List::Values(Dimension::Screen) => own.sizes,
        List::Values(Dimension::Device) => words.panels.devices,
        List::Versions { version: Dimension::BrowserVersion, .. } => own.versions,
        List::Machines(MachineList::Pages) => own.machine_pages,
        list => list_words(list, &words.panels).tab,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_tab_of_every_panel_has_a_widget_of_its_own_name() {
        let all = Widget::all();
        let names: BTreeSet<&str> = all.iter().map(|widget| widget.name()).collect();
        assert_eq!(names.len(), all.len(), "no two of one name");
        let tabs: usize = Panel::ALL.iter().map(|panel| panel.tabs().len()).sum();
        assert_eq!(all.len(), tabs + NUMBERS.len() + 3, "every tab, every number; all numbers, the chart, the pill");
        for widget in all {
            assert_eq!(Widget::from_name(widget.name()), Some(widget));
            assert!(widget.name().bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{}", widget.name());
        }
        assert_eq!(Widget::from_name("Visitors"), None);
    }

    #[test]
    fn no_two_are_called_alike() {
        for lang in Lang::ALL {
            let labels: BTreeSet<&str> = Widget::all().iter().map(|widget| widget.label(lang)).collect();
            assert_eq!(labels.len(), Widget::all().len(), "{lang:?}: {labels:?}");
        }
    }
}
