//! Tables for people, which programs can cut at two blanks.

use super::Failure;
use serde_json::Value;
use std::io::Write;

/// The rows of a JSON list as a table with aligned columns.
pub(super) fn of(heads: &[&str], list: &Value, row: impl Fn(&Value) -> Vec<String>) -> String {
    let mut rows: Vec<Vec<String>> = vec![heads.iter().map(|head| (*head).to_owned()).collect()];
    rows.extend(list.as_array().into_iter().flatten().map(row));
    let widths: Vec<usize> = (0..heads.len()).map(|at| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0)).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}

/// Writes to standard output. A reader that has heard enough (`| head`) is no failure.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::Failed(error.into())),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn columns_are_aligned() {
        let list = json!([{"a": "x", "b": "1"}, {"a": "longer", "b": ""}]);
        let text = |row: &serde_json::Value, key: &str| row[key].as_str().unwrap_or("").to_owned();
        let table = super::of(&["A", "B"], &list, |row| vec![text(row, "a"), text(row, "b")]);
        assert_eq!(table, "A       B\nx       1\nlonger\n");
    }
}
