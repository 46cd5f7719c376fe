//! What a site's people name: goals, segments, shown properties.

use super::{Field, Frame, Notice};
use crate::site_page::PageState;
use footfall_query::Goal;

/// The page of goals.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct GoalsPage {
    /// Around the page.
    pub frame: Frame,
    /// What just happened.
    pub notice: Option<Notice>,
    /// The site.
    pub domain: String,
    /// With their numbers.
    pub goals: Vec<(u64, Goal)>,
    /// The form that is open.
    pub form: GoalForm,
    /// Names of events seen lately, to choose from.
    pub events: Vec<String>,
    /// Pages seen lately, to choose from.
    pub pages: Vec<String>,
    /// Names of properties seen lately, to choose from.
    pub properties: Vec<String>,
}

/// A goal as a form has it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct GoalForm {
    /// The goal that is changed; `None`: a new one.
    pub id: Option<u64>,
    /// What kind of goal; of the three forms this one is open.
    pub kind: GoalKindName,
    /// What kept it from being made, where that is no single field's fault.
    pub problem: Option<String>,
    /// The name of the event.
    pub event: Field,
    /// Names and values of properties.
    pub props: [(String, String); 3],
    /// What is wrong with them.
    pub props_problem: Option<String>,
    /// The pattern of pages.
    pub page: Field,
    /// Percent.
    pub scroll: Field,
    /// The name to show.
    pub name: Field,
    /// Three letters.
    pub currency: Field,
}

/// A kind of goal.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum GoalKindName {
    /// A custom event.
    #[default]
    Event,
    /// A page view.
    Page,
    /// A depth on a page.
    Scroll,
}

impl GoalKindName {
    /// All of them, in the order shown.
    pub const ALL: [GoalKindName; 3] = [GoalKindName::Event, GoalKindName::Page, GoalKindName::Scroll];

    /// Its name in forms.
    pub fn name(self) -> &'static str {
        match self {
            GoalKindName::Event => "event",
            GoalKindName::Page => "page",
            GoalKindName::Scroll => "scroll",
        }
    }

    /// What has this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// The page of segments.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct SegmentsPage {
    /// Around the page.
    pub frame: Frame,
    /// What just happened.
    pub notice: Option<Notice>,
    /// The site.
    pub domain: String,
    /// Those the reader may use.
    pub segments: Vec<SegmentRow>,
    /// Whether the reader may keep and change those of the site.
    pub may_name: bool,
    /// Filters about to be kept, and where they come from.
    pub save: Option<SegmentForm>,
    /// What is wrong with the new name of a segment.
    pub renamed: Option<(u64, Field)>,
}

/// A segment.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SegmentRow {
    /// Its number.
    pub id: u64,
    /// What people call it.
    pub name: String,
    /// Whether it is the reader's own.
    pub personal: bool,
    /// What it asks, in words and whole; all of it must hold.
    pub asks: Vec<String>,
}

/// Filters about to be kept.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct SegmentForm {
    /// The page they come from.
    pub state: PageState,
    /// The name.
    pub name: Field,
    /// Whether for the reader alone.
    pub personal: bool,
    /// What kept them from coming in another segment's place.
    pub problem: Option<String>,
}

/// The page of shown properties.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PropertiesPage {
    /// Around the page.
    pub frame: Frame,
    /// What just happened.
    pub notice: Option<Notice>,
    /// The site.
    pub domain: String,
    /// Those seen lately, and whether they are chosen.
    pub seen: Vec<(String, bool)>,
    /// Whether all are shown.
    pub all: bool,
    /// Those chosen that were not seen.
    pub others: Field,
}
