//! Rows about machines: requests by name or by page.

use super::{MachineList, PanelRow};
use footfall_domain::MachineClass;
use footfall_query::MachineViews;
use std::collections::HashMap;

/// What is asked about machines.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct MachineQuestion<'a> {
    /// What a row is.
    pub list: MachineList,
    /// Only what this machine asked for.
    pub machine: Option<&'a str>,
    /// Only who asked for this page.
    pub page: Option<&'a str>,
    /// Only rows with this in them, whatever the case.
    pub search: &'a str,
}

impl Default for MachineQuestion<'_> {
    fn default() -> Self {
        Self { list: MachineList::Names(None), machine: None, page: None, search: "" }
    }
}

/// The rows of a question, most requests first: requests, and their share in percent of all the question is about.
pub fn machine_rows(seen: &[MachineViews], question: &MachineQuestion<'_>) -> Vec<PanelRow> {
    let class = match question.list {
        MachineList::Names(class) => class,
        MachineList::Pages => None,
    };
    let fits = |entry: &&MachineViews| {
        class.is_none_or(|class| entry.machine.class == class)
            && question.machine.is_none_or(|name| entry.machine.name == name)
            && question.page.is_none_or(|page| *entry.page == *page)
    };
    let mut sums: HashMap<(&str, Option<MachineClass>), i64> = HashMap::new();
    let mut all = 0;
    for entry in seen.iter().filter(fits) {
        let key = match question.list {
            MachineList::Names(_) => (entry.machine.name.as_str(), Some(entry.machine.class)),
            MachineList::Pages => (&*entry.page, None),
        };
        *sums.entry(key).or_default() += entry.views;
        all += entry.views;
    }
    let search = question.search.to_lowercase();
    let mut rows: Vec<PanelRow> = sums
        .into_iter()
        .filter(|((value, _), _)| search.is_empty() || value.to_lowercase().contains(&search))
        .map(|((value, class), views)| PanelRow {
            value: value.to_owned(),
            numbers: vec![Some(views as f64), Some(views as f64 * 100.0 / all as f64)],
            class,
            ..PanelRow::default()
        })
        .collect();
    rows.sort_unstable_by(|a, b| b.size().cmp(&a.size()).then_with(|| a.value.cmp(&b.value)).then_with(|| a.class.cmp(&b.class)));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use footfall_domain::Machine;

    fn seen() -> Vec<MachineViews> {
        let entry =
            |class, name: &str, page: &str, views| MachineViews { machine: Machine { class, name: name.into() }, page: page.into(), views };
        vec![
            entry(MachineClass::AiCrawler, "GPTBot", "/", 5),
            entry(MachineClass::AiCrawler, "GPTBot", "/about", 3),
            entry(MachineClass::Search, "Googlebot", "/", 2),
        ]
    }

    fn rows(question: MachineQuestion<'_>) -> Vec<(String, i64)> {
        machine_rows(&seen(), &question).into_iter().map(|row| (row.value.clone(), row.size())).collect()
    }

    #[test]
    fn requests_are_summed_by_name_or_by_page() {
        assert_eq!(rows(MachineQuestion::default()), [("GPTBot".into(), 8), ("Googlebot".into(), 2)]);
        assert_eq!(rows(MachineQuestion { list: MachineList::Pages, ..Default::default() }), [("/".into(), 7), ("/about".into(), 3)]);
        let search = MachineList::Names(Some(MachineClass::Search));
        assert_eq!(rows(MachineQuestion { list: search, ..Default::default() }), [("Googlebot".into(), 2)]);
    }

    #[test]
    fn one_machine_has_pages_and_one_page_machines() {
        let pages = MachineQuestion { list: MachineList::Pages, machine: Some("GPTBot"), ..Default::default() };
        assert_eq!(rows(pages), [("/".into(), 5), ("/about".into(), 3)]);
        assert_eq!(rows(MachineQuestion { page: Some("/"), ..Default::default() }), [("GPTBot".into(), 5), ("Googlebot".into(), 2)]);
        assert_eq!(rows(MachineQuestion { search: "google", ..Default::default() }), [("Googlebot".into(), 2)]);
    }
}
