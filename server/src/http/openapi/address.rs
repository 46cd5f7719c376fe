//! What the addresses of pages may say. They are lenient: what makes no sense is left out, and the page says so.

use super::{Doc, schemas};
use footfall_app::panels::Panel;
use footfall_app::site_page::{Interval, PageMetric};
use serde_json::{Value, json};

impl Doc {
    /// What a page about a site's numbers is about: period, comparison, filters, lists.
    pub(in crate::http) fn page_state(self) -> Self {
        let periods =
            ["realtime", "24h", "day", "yesterday", "7d", "28d", "30d", "91d", "month", "last_month", "year", "6mo", "12mo", "all"];
        let filter =
            json!({"type": "array", "items": schemas::like("is,page,/blog"), "examples": [["is,source,Google", "contains,page,/blog"]]});
        let period = schemas::one_of(periods.into_iter().chain(["custom"]));
        let metrics = schemas::one_of(PageMetric::ALL.into_iter().map(PageMetric::name));
        self.query("period", "How long; without it the one the reader chose last", period)
            .query("date", "The day, or the first of the month or year; today's without it", schemas::date())
            .query("from", "The first day of a custom period", schemas::date())
            .query("to", "The last day of a custom period", schemas::date())
            .query("comparison", "With what to compare", schemas::one_of(["previous_period", "year_over_year", "custom", "off"]))
            .query("compare_from", "The first day of a custom comparison", schemas::date())
            .query("compare_to", "The last day of a custom comparison", schemas::date())
            .query("match_day_of_week", "Compare Mondays with Mondays", schemas::one_of(["true"]))
            .query("f", "A filter: operator, what, values; may be repeated", filter)
            .query("metric", "What the chart shows", metrics)
            .query("interval", "How long a point of the chart is", schemas::one_of(Interval::ALL.into_iter().map(Interval::name)))
            .lists()
    }

    /// Which list each panel shows.
    fn lists(self) -> Self {
        Panel::ALL.into_iter().fold(self, |doc, panel| match panel {
            Panel::Properties => doc.query(panel.name(), "The property whose values are shown", schemas::like("author")),
            panel => doc.query(panel.name(), "The list this panel shows", schemas::one_of(panel.tabs().iter().map(|tab| tab.name))),
        })
    }

    /// How a page looks to who does not sign in.
    pub(in crate::http) fn dress(mut self) -> Self {
        if self.query.iter().all(|(name, ..)| *name != "lang") {
            self = self.query("lang", "The language, to who is not signed in", schemas::one_of(["en", "de"]));
        }
        self.query("theme", "Light, dark, or as the system says, to who is not signed in", schemas::one_of(["system", "light", "dark"]))
            .query("embed", "Without head and foot, for a frame", schemas::one_of(["true"]))
            .query("background", "What lies behind: a colour in hexadecimal digits, or `transparent`", schemas::like("f7f5f0"))
            .query("width", "As wide as the frame", schemas::one_of(["manual"]))
    }

    /// What is open on the site page, and what its form of a filter sends.
    pub(in crate::http) fn sheets(self) -> Self {
        let text = schemas::like;
        self.query("filter", "Opens the form of a filter about this", text("page"))
            .query("edit", "Opens the form of this filter", text("is,page,/blog"))
            .query("by", "What the sent filter is about", text("page"))
            .query("op", "How it compares", text("contains"))
            .query("value", "With what; may be repeated", json!({"type": "array", "items": schemas::text(), "examples": [["/blog"]]}))
            .query("case", "`any`: upper and lower case are one", text("any"))
            .query("instead", "The filter whose place it takes", text("is,page,/about"))
            .query("lang", "The language whose names of countries, channels and devices the sent values are", text("en"))
    }

    /// What the list of a panel may be searched for, and how it is ordered.
    pub(in crate::http) fn rows(self) -> Self {
        self.query("page", "Which hundred rows, from 1", json!({"type": "integer", "minimum": 1, "maximum": 1_000})).all_rows()
    }

    /// Which list, and in which order; all of it.
    pub(in crate::http) fn all_rows(self) -> Self {
        self.query("q", "Only rows with this in them", schemas::like("blog"))
            .query("sort", "A column's name, or `value`; `,asc` behind it: smallest first", schemas::like("visitors,asc"))
            .query("property", "Of properties: whose values", schemas::like("author"))
            .query("machine", "Of machines: only what this one asked for", schemas::like("GPTBot"))
            .query("asked", "Of machines: only those that asked for this page", schemas::like("/blog"))
    }

    /// What a page says about what was just done.
    pub(in crate::http) fn notice(self) -> Self {
        self.query("done", "What was just done, for a word about it", schemas::like("saved"))
    }

    /// A panel in the path.
    pub(in crate::http) fn panel(self) -> Self {
        self.part("panel", "The panel", schemas::one_of(Panel::ALL.into_iter().map(Panel::name)))
    }

    /// A file with a panel's list in the path.
    pub(in crate::http) fn list_file(self) -> Self {
        let names: Vec<Value> = Panel::ALL.into_iter().map(Panel::name).chain(["time"]).map(|name| format!("{name}.csv").into()).collect();
        self.part("file", "A panel's list, or the numbers over time", json!({"type": "string", "enum": names}))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use footfall_app::site_page::{Compare, Period};

    fn names(doc: &Doc, parameter: &str) -> Vec<String> {
        let (.., schema) = doc.query.iter().find(|(name, ..)| *name == parameter).expect("described");
        schema["enum"].as_array().expect("names").iter().filter_map(|name| name.as_str().map(str::to_owned)).collect()
    }

    #[test]
    fn what_is_offered_is_understood() {
        let doc = Doc::page("A page").page_state();
        let day = |key: &str| ["from", "to", "compare_from", "compare_to"].contains(&key).then_some("2026-01-31");
        for period in names(&doc, "period") {
            assert!(Period::parse(|key| if key == "period" { Some(&period) } else { day(key) }).is_some(), "{period}");
        }
        for comparison in names(&doc, "comparison") {
            assert!(Compare::parse(|key| if key == "comparison" { Some(&comparison) } else { day(key) }).is_some(), "{comparison}");
        }
    }
}
