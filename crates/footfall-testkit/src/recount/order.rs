//! The order of rows (26; decision 0201).

use super::metrics::{Measured, number};
use super::question::Question;
use super::tally::{Key, Part};
use serde_json::Value;
use std::cmp::Ordering;

/// Sorts rows as asked, and where nothing else decides by their values in byte order.
pub(super) fn sort(rows: &mut Vec<(Key, Measured)>, question: &Question) {
    let order_by = question.order_by.clone().unwrap_or_else(|| default_order(question));
    let mut with_reported: Vec<_> = rows.drain(..).map(|(key, measured)| (measured.reported(), key, measured)).collect();
    with_reported.sort_by(|(a_metrics, a, _), (b_metrics, b, _)| {
        let by_entry = |(name, descending): &(String, bool)| match place(&question.metrics, name) {
            Some(at) => compare_metrics(&a_metrics[at], &b_metrics[at], *descending),
            None => {
                let at = place(&question.dimensions, name).unwrap_or_else(|| panic!("order_by names '{name}', which is not asked for"));
                compare_parts(&a.0[at], &b.0[at], *descending)
            }
        };
        let decided = order_by.iter().map(by_entry).find(|ordering| ordering.is_ne());
        decided.unwrap_or_else(|| a.cmp(b))
    });
    rows.extend(with_reported.into_iter().map(|(_, key, measured)| (key, measured)));
}

/// Time ascending, then the first metric descending.
fn default_order(question: &Question) -> Vec<(String, bool)> {
    let times = question.dimensions.iter().filter(|dimension| dimension.starts_with("time"));
    times.map(|time| (time.clone(), false)).chain([(question.metrics[0].clone(), true)]).collect()
}

fn place(names: &[String], name: &str) -> Option<usize> {
    names.iter().position(|known| known == name)
}

/// Null stands last, whatever the direction.
fn compare_metrics(a: &Value, b: &Value, descending: bool) -> Ordering {
    match (number(a), number(b)) {
        (Some(a), Some(b)) if descending => b.total_cmp(&a),
        (Some(a), Some(b)) => a.total_cmp(&b),
        (a, b) => a.is_none().cmp(&b.is_none()),
    }
}

fn compare_parts(a: &Part, b: &Part, descending: bool) -> Ordering {
    if descending { b.cmp(a) } else { a.cmp(b) }
}
