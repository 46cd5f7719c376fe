//! Rows about machines: requests by name or by page.

use super::{MachineList, PanelRow};
use footfall_query::{MachineBy, MachineQuery, MachineReport, MachineTable};

/// What a list of machines asks: its first rows, most requests first.
pub(crate) fn machine_query(list: MachineList, rows: usize) -> MachineQuery {
    let (by, class) = match list {
        MachineList::Names(class) => (MachineBy::Name, class),
        MachineList::Pages => (MachineBy::Page, None),
    };
    MachineQuery { class, ..MachineQuery::new(MachineTable::of(by), rows) }
}

/// The rows of an answer: requests, and their share in percent of all the question is about.
pub(crate) fn machine_rows(report: MachineReport) -> Vec<PanelRow> {
    let all = report.views as f64;
    let row = |row: footfall_query::MachineRow| PanelRow {
        value: row.value.to_string(),
        numbers: vec![Some(row.views as f64), Some(row.views as f64 * 100.0 / all)],
        class: row.class,
        ..PanelRow::default()
    };
    report.rows.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use footfall_domain::MachineClass;
    use footfall_query::MachineRow;

    #[test]
    fn shares_are_of_all_the_question_is_about() {
        let row = |value: &str, views| MachineRow { value: value.into(), class: Some(MachineClass::AiCrawler), views };
        let report = MachineReport { rows: vec![row("GPTBot", 5), row("ClaudeBot", 3)], total_rows: 9, largest: 5, views: 20 };
        let rows: Vec<_> = machine_rows(report).into_iter().map(|row| (row.value, row.numbers)).collect();
        assert_eq!(rows, [("GPTBot".to_owned(), vec![Some(5.0), Some(25.0)]), ("ClaudeBot".to_owned(), vec![Some(3.0), Some(15.0)])]);
    }

    #[test]
    fn a_list_of_one_class_asks_for_that_class() {
        let ai = machine_query(MachineList::Names(Some(MachineClass::AiCrawler)), 9);
        assert_eq!((ai.table.by, ai.class), (MachineBy::Name, Some(MachineClass::AiCrawler)));
        assert_eq!(machine_query(MachineList::Pages, 9).table.by, MachineBy::Page);
    }
}
