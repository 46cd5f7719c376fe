//! What a list is a list of.

use crate::site_page::Subject;
use footfall_domain::{Dimension, MachineClass};

/// What the rows of a list are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum List {
    /// Values of a dimension.
    Values(Dimension),
    /// Values of two dimensions: versions say nothing without the name before them.
    Versions {
        /// The name.
        of: Dimension,
        /// The version.
        version: Dimension,
    },
    /// Countries, drawn.
    Map,
    /// Goals of the site.
    Goals,
    /// Values of the property that the tab is called like.
    Property,
    /// Machines, or the pages they asked for.
    Machines(MachineList),
}

/// What a list of machines has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MachineList {
    /// A row a machine; of one class only, or of all.
    Names(Option<MachineClass>),
    /// A row a page.
    Pages,
}

impl List {
    /// What a row filters by; none where filters do not reach.
    pub fn subject(self, property: Option<&str>) -> Option<Subject> {
        match self {
            List::Values(dimension) => Some(Subject::Value(dimension)),
            List::Versions { version, .. } => Some(Subject::Value(version)),
            List::Map => Some(Subject::Value(Dimension::Country)),
            List::Goals => Some(Subject::Goal),
            List::Property => property.map(|name| Subject::Property(name.to_owned())),
            List::Machines(_) => None,
        }
    }

    /// Whether a row is a name and a version of it.
    pub fn has_versions(self) -> bool {
        matches!(self, List::Versions { .. } | List::Values(Dimension::BrowserVersion | Dimension::OsVersion))
    }

    /// The dimension whose values say where a row belongs: that of the flag and of the name in the reader's language.
    pub fn dimension(self) -> Option<Dimension> {
        match self {
            List::Values(dimension) | List::Versions { version: dimension, .. } => Some(dimension),
            List::Map => Some(Dimension::Country),
            List::Goals | List::Property | List::Machines(_) => None,
        }
    }
}
