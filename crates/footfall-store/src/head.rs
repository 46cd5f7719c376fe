//! Which rows of a table are its head, and what bounds the others.

use footfall_domain::Counts;
use std::cmp::Reverse;

/// Rows in a head (design, section 7).
pub const HEAD_ROWS: usize = 1_000;

/// A table cut in two. Texts are borrowed from it.
#[derive(Debug)]
pub struct Cut<'a> {
    /// The first [`HEAD_ROWS`] by visitors, most first, ties by value in byte order.
    pub top: Vec<(&'a str, Counts)>,
    /// For each number, the largest any row of `tail` has; zero if there is none.
    pub rest: Counts,
    /// Everything else, by value in byte order.
    pub tail: Vec<(&'a str, Counts)>,
}

/// Cuts a table of distinct values.
pub fn cut<'a>(table: impl IntoIterator<Item = (&'a str, Counts)>) -> Cut<'a> {
    let mut top: Vec<(&str, Counts)> = table.into_iter().collect();
    let mut tail = Vec::new();
    if top.len() > HEAD_ROWS {
        top.select_nth_unstable_by(HEAD_ROWS, by_rank);
        tail = top.split_off(HEAD_ROWS);
        tail.sort_unstable_by_key(|(value, _)| *value);
    }
    top.sort_unstable_by(by_rank);
    let rest = tail.iter().fold(Counts::default(), |bound, (_, counts)| bound.largest(*counts));
    Cut { top, rest, tail }
}

fn by_rank(a: &(&str, Counts), b: &(&str, Counts)) -> std::cmp::Ordering {
    (Reverse(a.1.visitors), a.0).cmp(&(Reverse(b.1.visitors), b.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(visitors: i64, pageviews: i64) -> Counts {
        Counts { visitors, pageviews, ..Counts::default() }
    }

    #[test]
    fn ties_are_ordered_by_value() {
        let cut = cut([("b", counts(1, 1)), ("a", counts(1, 9)), ("c", counts(2, 2))]);
        assert_eq!(cut.top.iter().map(|row| row.0).collect::<Vec<_>>(), ["c", "a", "b"]);
        assert!(cut.tail.is_empty());
        assert!(cut.rest.is_zero());
    }

    #[test]
    fn the_rest_is_bounded_number_by_number() {
        let names: Vec<String> = (0..HEAD_ROWS + 2).map(|n| format!("{n:05}")).collect();
        let mut table: Vec<_> = names.iter().map(|name| (name.as_str(), counts(5, 5))).collect();
        table[3].1 = counts(1, 40);
        table[7].1 = counts(2, 3);
        let cut = cut(table);
        assert_eq!(cut.top.len(), HEAD_ROWS);
        assert_eq!(cut.tail.iter().map(|row| row.0).collect::<Vec<_>>(), ["00003", "00007"]);
        assert_eq!(cut.rest, counts(2, 40));
    }
}
