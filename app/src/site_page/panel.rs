//! The panels below the chart, and the tabs of each.

use super::Subject;
use footfall_domain::Dimension;

/// A box with a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Panel {
    /// Where visitors came from.
    Sources,
    /// What they saw.
    Pages,
    /// Where they are.
    Places,
    /// What they use.
    Devices,
    /// What they did.
    Events,
}

/// One list of a panel.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tab {
    /// Its name in the address.
    pub name: &'static str,
    /// Its name on the page.
    pub label: &'static str,
    /// What one row is, for the head of the table.
    pub singular: &'static str,
    /// What the rows are values of.
    pub dimension: Dimension,
}

const fn tab(name: &'static str, label: &'static str, singular: &'static str, dimension: Dimension) -> Tab {
    Tab { name, label, singular, dimension }
}

const SOURCES: &[Tab] = &[
    tab("channels", "Channels", "Channel", Dimension::Channel),
    tab("sources", "Sources", "Source", Dimension::Source),
    tab("campaigns", "Campaigns", "Campaign", Dimension::UtmCampaign),
];
const PAGES: &[Tab] = &[
    tab("top", "Top", "Page", Dimension::Page),
    tab("entry", "Entry", "Entry page", Dimension::EntryPage),
    tab("exit", "Exit", "Exit page", Dimension::ExitPage),
];
const PLACES: &[Tab] = &[
    tab("countries", "Countries", "Country", Dimension::Country),
    tab("regions", "Regions", "Region", Dimension::Region),
    tab("cities", "Cities", "City", Dimension::City),
];
const DEVICES: &[Tab] = &[
    tab("browsers", "Browsers", "Browser", Dimension::Browser),
    tab("systems", "Systems", "System", Dimension::Os),
    tab("devices", "Devices", "Device", Dimension::Device),
    tab("sizes", "Sizes", "Screen size", Dimension::Screen),
];
const EVENTS: &[Tab] = &[tab("events", "Events", "Event", Dimension::Name)];

impl Panel {
    /// All of them, in the order shown.
    pub const ALL: [Panel; 5] = [Panel::Sources, Panel::Pages, Panel::Places, Panel::Devices, Panel::Events];

    /// Its place in [`Panel::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }

    /// Its name in the address, and the anchor of its box.
    pub fn name(self) -> &'static str {
        match self {
            Panel::Sources => "sources",
            Panel::Pages => "pages",
            Panel::Places => "places",
            Panel::Devices => "devices",
            Panel::Events => "events",
        }
    }

    /// Its title.
    pub fn label(self) -> &'static str {
        match self {
            Panel::Sources => "Sources",
            Panel::Pages => "Pages",
            Panel::Places => "Places",
            Panel::Devices => "Devices",
            Panel::Events => "Events",
        }
    }

    /// Whether it has a list of this name.
    pub fn knows(self, name: &str) -> bool {
        self.tabs().iter().any(|tab| tab.name == name)
    }

    /// Its lists; the first is shown unless the address says otherwise.
    pub fn tabs(self) -> &'static [Tab] {
        match self {
            Panel::Sources => SOURCES,
            Panel::Pages => PAGES,
            Panel::Places => PLACES,
            Panel::Devices => DEVICES,
            Panel::Events => EVENTS,
        }
    }
}

/// What a value of a dimension is called in a sentence, such as a filter's chip.
pub fn subject_label(subject: &Subject) -> String {
    match subject {
        Subject::Value(dimension) => dimension_label(*dimension).to_owned(),
        Subject::Property(name) => name.clone(),
        Subject::Goal => "Goal".to_owned(),
        Subject::Segment => "Segment".to_owned(),
    }
}

fn dimension_label(dimension: Dimension) -> &'static str {
    let tabs = Panel::ALL.into_iter().flat_map(|panel| panel.tabs());
    match tabs.into_iter().find(|tab| tab.dimension == dimension) {
        Some(tab) => tab.singular,
        None => dimension.name().split_once(':').map_or(dimension.name(), |(_, name)| name),
    }
}
