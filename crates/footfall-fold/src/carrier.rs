//! Which part of a hit or visit carries a dimension's value.

use crate::names::{First, Names};
use footfall_domain::{Agent, Dimension, Origin, Places, Sym};

/// Where a dimension's value is found.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Carrier {
    /// The hit.
    Page,
    Hostname,
    Name,
    /// The visit's first and last pageview; place in [`crate::visit::EDGES`].
    Edge(usize),
    /// The visit's first hit.
    First(FirstPart),
}

/// Which part of a visit's first hit.
#[derive(Clone, Copy, Debug)]
pub(crate) enum FirstPart {
    Agent(fn(&Agent) -> Sym),
    Place(fn(&Places) -> Sym),
    Origin(fn(&Origin) -> Sym),
    Screen,
    Language,
}

impl Carrier {
    pub fn of(dimension: Dimension) -> Self {
        use Dimension as D;
        Self::First(match dimension {
            D::Page => return Self::Page,
            D::Hostname => return Self::Hostname,
            D::Name => return Self::Name,
            D::EntryPage => return Self::Edge(0),
            D::ExitPage => return Self::Edge(1),
            D::EntryPageHostname => return Self::Edge(2),
            D::ExitPageHostname => return Self::Edge(3),
            D::Source => FirstPart::Origin(|origin| origin.source),
            D::Referrer => FirstPart::Origin(|origin| origin.referrer),
            D::Channel => FirstPart::Origin(|origin| origin.channel),
            D::UtmMedium => FirstPart::Origin(|origin| origin.utm_medium),
            D::UtmSource => FirstPart::Origin(|origin| origin.utm_source),
            D::UtmCampaign => FirstPart::Origin(|origin| origin.utm_campaign),
            D::UtmContent => FirstPart::Origin(|origin| origin.utm_content),
            D::UtmTerm => FirstPart::Origin(|origin| origin.utm_term),
            D::Browser => FirstPart::Agent(|agent| agent.browser),
            D::BrowserVersion => FirstPart::Agent(|agent| agent.browser_version),
            D::Os => FirstPart::Agent(|agent| agent.os),
            D::OsVersion => FirstPart::Agent(|agent| agent.os_version),
            D::Device => FirstPart::Agent(|agent| agent.device),
            D::Country => FirstPart::Place(|place| place.country),
            D::Region => FirstPart::Place(|place| place.region),
            D::City => FirstPart::Place(|place| place.city),
            D::Screen => FirstPart::Screen,
            D::Language => FirstPart::Language,
        })
    }
}

impl FirstPart {
    /// The part of a dimension that is fixed by a visit's first hit; `None` for all others.
    pub fn of(dimension: Dimension) -> Option<Self> {
        match Carrier::of(dimension) {
            Carrier::First(part) => Some(part),
            _ => None,
        }
    }

    pub fn value(self, first: &First, names: &Names) -> Sym {
        match self {
            Self::Agent(value) => value(names.values.agent_of(first.client.agent)),
            Self::Place(value) => value(names.values.place_of(first.client.place)),
            Self::Origin(value) => value(names.values.origin_of(first.origin)),
            Self::Screen => first.client.screen,
            Self::Language => first.client.language,
        }
    }
}
