//! Which list a panel really shows: a list of one row says nothing, so a filter on it leads to what is below.

use super::{List, Panel, Tab};
use crate::site_page::{Operator, PageState, Subject};
use footfall_domain::Dimension;

/// What a panel shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shown {
    /// The tab that is chosen.
    pub tab: &'static Tab,
    /// The list behind it, or one below that.
    pub list: List,
    /// The property, in a list of its values; none while it is not known.
    pub property: Option<String>,
    /// The value whose parts are listed: `Chrome`, before its versions.
    pub within: Option<String>,
}

/// Below a dimension: channel → sources → referrers, country → regions → cities, browser → versions, system → versions.
const BELOW: [(Dimension, Dimension); 6] = [
    (Dimension::Channel, Dimension::Source),
    (Dimension::Source, Dimension::Referrer),
    (Dimension::Country, Dimension::Region),
    (Dimension::Region, Dimension::City),
    (Dimension::Browser, Dimension::BrowserVersion),
    (Dimension::Os, Dimension::OsVersion),
];

impl Shown {
    /// What a panel shows under the filters of a state.
    pub fn of(state: &PageState, panel: Panel) -> Self {
        let mut shown = Self::undrilled(state, panel);
        while let Some((below, value)) = shown.below(state) {
            shown.list = List::Values(below);
            shown.within = Some(value.to_owned());
        }
        shown
    }

    /// The list of the tab itself.
    pub fn undrilled(state: &PageState, panel: Panel) -> Self {
        let tab = state.tab(panel);
        let property =
            (panel == Panel::Properties).then(|| state.tab_name(panel)).filter(|name| !name.is_empty() && *name != super::READ_ALL);
        Self { tab, list: tab.list, property: property.map(str::to_owned), within: None }
    }

    /// What a row filters by.
    pub fn subject(&self) -> Option<Subject> {
        self.list.subject(self.property.as_deref())
    }

    fn below<'a>(&self, state: &'a PageState) -> Option<(Dimension, &'a str)> {
        let above = match self.list {
            List::Versions { of, .. } => of,
            list => list.dimension()?,
        };
        let (_, below) = BELOW.into_iter().find(|(dimension, _)| *dimension == above)?;
        Some((below, only(state, above)?))
    }
}

/// The one value a dimension can have under the filters.
fn only(state: &PageState, dimension: Dimension) -> Option<&str> {
    state.filters.iter().find_map(|filter| match &filter.values[..] {
        [value] if filter.operator == Operator::Is && !filter.ignore_case && filter.subject == Subject::Value(dimension) => {
            Some(value.as_str())
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(query: &str, panel: Panel) -> List {
        Shown::of(&PageState::parse(query).state, panel).list
    }

    #[test]
    fn a_filter_leads_to_what_is_below() {
        for (query, panel, dimension) in [
            ("", Panel::Sources, Dimension::Channel),
            ("f=is,channel,Email", Panel::Sources, Dimension::Source),
            ("f=is,channel,Email&f=is,source,Gmail", Panel::Sources, Dimension::Referrer),
            ("f=is,source,Gmail", Panel::Sources, Dimension::Channel),
            ("f=is,source,Gmail&sources=sources", Panel::Sources, Dimension::Referrer),
            ("f=is,source,Gmail,Bing&sources=sources", Panel::Sources, Dimension::Source),
            ("f=is_not,source,Gmail&sources=sources", Panel::Sources, Dimension::Source),
            ("f=is,country,DE&places=map", Panel::Places, Dimension::Region),
            ("f=is,country,DE&f=is,region,Berlin&places=countries", Panel::Places, Dimension::City),
            ("f=is,browser,Chrome", Panel::Devices, Dimension::BrowserVersion),
            ("f=is,browser,Chrome&devices=versions", Panel::Devices, Dimension::BrowserVersion),
            ("f=is,os,Mac&devices=systems", Panel::Devices, Dimension::OsVersion),
            ("f=is,page,/", Panel::Pages, Dimension::Page),
        ] {
            assert_eq!(list(query, panel), List::Values(dimension), "{query}");
        }
        assert_eq!(Shown::of(&PageState::parse("f=is,browser,Chrome").state, Panel::Devices).within.as_deref(), Some("Chrome"));
    }

    #[test]
    fn a_property_is_named_or_not_known() {
        let property = |query: &str| Shown::of(&PageState::parse(query).state, Panel::Properties).property;
        assert_eq!(property("properties=author").as_deref(), Some("author"));
        assert_eq!((property(""), property("properties=*")), (None, None));
    }
}
