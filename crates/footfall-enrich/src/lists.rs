//! The lists, as text inside the binary, and their content hash.

use std::sync::LazyLock;

/// Browsers by pattern, from uap-core.
pub(crate) const BROWSERS: &str = include_str!("../lists/browsers.tsv");
/// Browsers by pattern, our own additions.
pub(crate) const MORE_BROWSERS: &str = include_str!("../lists/more-browsers.tsv");
/// Systems by pattern, from uap-core.
pub(crate) const SYSTEMS: &str = include_str!("../lists/systems.tsv");
/// Machines by pattern, from crawler-user-agents.
pub(crate) const MACHINES: &str = include_str!("../lists/machines.tsv");
/// Machines by pattern, our own additions.
pub(crate) const MORE_MACHINES: &str = include_str!("../lists/more-machines.tsv");
/// Sources by host and tag, our own.
pub(crate) const SOURCES: &str = include_str!("../lists/sources.tsv");
/// Domains of spam, our own.
pub(crate) const SPAM: &str = include_str!("../lists/spam-referrers.txt");

/// The content hash of all lists: part of the logic, so that another list is another logic.
pub fn lists_fingerprint() -> [u8; 16] {
    static FINGERPRINT: LazyLock<[u8; 16]> = LazyLock::new(|| {
        let mut hasher = blake3::Hasher::new();
        for list in [BROWSERS, MORE_BROWSERS, SYSTEMS, MACHINES, MORE_MACHINES, SOURCES, SPAM] {
            // The length keeps a line from moving between two lists unseen.
            hasher.update(&(list.len() as u64).to_le_bytes());
            hasher.update(list.as_bytes());
        }
        let mut short = [0; 16];
        short.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
        short
    });
    *FINGERPRINT
}

/// The rows of a list, each as its `N` cells; cells that are not there are empty.
pub(crate) fn rows<const N: usize>(list: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| {
        let mut cells = [""; N];
        for (cell, text) in cells.iter_mut().zip(line.split('\t')) {
            *cell = text;
        }
        cells
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_no_rows_and_missing_cells_are_empty() {
        let rows: Vec<[&str; 3]> = rows("# head\na\tb\n\nc\t\td\n").collect();
        assert_eq!(rows, [["a", "b", ""], ["c", "", "d"]]);
    }

    #[test]
    fn the_lists_are_whole() {
        assert!(rows::<1>(MACHINES).count() >= 1_500);
        assert!(rows::<1>(BROWSERS).count() >= 350);
        assert!(rows::<1>(SYSTEMS).count() >= 190);
        assert!(rows::<1>(SOURCES).count() >= 200);
        assert_ne!(lists_fingerprint(), [0; 16]);
    }
}
