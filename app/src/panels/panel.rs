//! The panels, and the tabs of each.

use super::{List, MachineList};
use footfall_domain::{Dimension, MachineClass};

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
    Goals,
    /// Who came and was nobody.
    Machines,
    /// What came with hits.
    Properties,
}

/// One list of a panel.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tab {
    /// Its name in the address.
    pub name: &'static str,
    /// What it lists.
    pub list: List,
}

/// The name of a property's tab that stands for "the most seen, however much must be read to know it".
pub const READ_ALL: &str = "*";

const fn values(name: &'static str, dimension: Dimension) -> Tab {
    Tab { name, list: List::Values(dimension) }
}

const fn machines(name: &'static str, list: MachineList) -> Tab {
    Tab { name, list: List::Machines(list) }
}

const SOURCES: &[Tab] = &[
    values("channels", Dimension::Channel),
    values("sources", Dimension::Source),
    values("referrers", Dimension::Referrer),
    values("campaigns", Dimension::UtmCampaign),
    values("utm_sources", Dimension::UtmSource),
    values("utm_mediums", Dimension::UtmMedium),
    values("utm_contents", Dimension::UtmContent),
    values("utm_terms", Dimension::UtmTerm),
];
const PAGES: &[Tab] = &[
    values("top", Dimension::Page),
    values("entry", Dimension::EntryPage),
    values("exit", Dimension::ExitPage),
    values("hostnames", Dimension::Hostname),
];
const PLACES: &[Tab] = &[
    Tab { name: "map", list: List::Map },
    values("countries", Dimension::Country),
    values("regions", Dimension::Region),
    values("cities", Dimension::City),
];
const DEVICES: &[Tab] = &[
    values("browsers", Dimension::Browser),
    values("systems", Dimension::Os),
    Tab { name: "versions", list: List::Versions { of: Dimension::Browser, version: Dimension::BrowserVersion } },
    Tab { name: "system_versions", list: List::Versions { of: Dimension::Os, version: Dimension::OsVersion } },
    values("sizes", Dimension::Screen),
    values("devices", Dimension::Device),
    values("languages", Dimension::Language),
];
const GOALS: &[Tab] = &[Tab { name: "goals", list: List::Goals }, values("events", Dimension::Name)];
const MACHINES: &[Tab] = &[
    machines("all", MachineList::Names(None)),
    machines("ai_crawlers", MachineList::Names(Some(MachineClass::AiCrawler))),
    machines("ai_assistants", MachineList::Names(Some(MachineClass::AiAssistant))),
    machines("pages", MachineList::Pages),
];
/// Without a name: the property most seen. The others are called like the property.
const PROPERTIES: &[Tab] = &[Tab { name: "", list: List::Property }];

impl Panel {
    /// All of them, in the order shown.
    pub const ALL: [Panel; 7] =
        [Panel::Sources, Panel::Pages, Panel::Places, Panel::Devices, Panel::Goals, Panel::Machines, Panel::Properties];

    /// Its place in [`Panel::ALL`].
    pub fn index(self) -> usize {
        self as usize
    }

    /// Its name in the address.
    pub fn name(self) -> &'static str {
        match self {
            Panel::Sources => "sources",
            Panel::Pages => "pages",
            Panel::Places => "places",
            Panel::Devices => "devices",
            Panel::Goals => "goals",
            Panel::Machines => "machines",
            Panel::Properties => "properties",
        }
    }

    /// The panel of a name in the address.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|panel| panel.name() == name)
    }

    /// Whether it has a list of this name. Any property has one.
    pub fn knows(self, name: &str) -> bool {
        match self {
            Panel::Properties => (1..=MAX_PROPERTY_BYTES).contains(&name.len()),
            _ => self.tabs().iter().any(|tab| tab.name == name),
        }
    }

    /// Its lists; the first is shown unless the address says otherwise.
    pub fn tabs(self) -> &'static [Tab] {
        match self {
            Panel::Sources => SOURCES,
            Panel::Pages => PAGES,
            Panel::Places => PLACES,
            Panel::Devices => DEVICES,
            Panel::Goals => GOALS,
            Panel::Machines => MACHINES,
            Panel::Properties => PROPERTIES,
        }
    }
}

/// The longest name of a property, bytes: what a hit may carry.
const MAX_PROPERTY_BYTES: usize = 300;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back_and_are_each_ones_own() {
        for panel in Panel::ALL {
            assert_eq!((Panel::from_name(panel.name()), Panel::ALL[panel.index()]), (Some(panel), panel));
            for (at, tab) in panel.tabs().iter().enumerate() {
                assert!(panel.knows(tab.name) || panel == Panel::Properties, "{panel:?} {}", tab.name);
                assert!(panel.tabs()[at + 1..].iter().all(|other| other.name != tab.name), "{panel:?} {}", tab.name);
            }
        }
        assert!(Panel::Properties.knows("author") && !Panel::Properties.knows("") && !Panel::Pages.knows("shoes"));
    }
}
