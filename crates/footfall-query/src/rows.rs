//! Rows: their numbers, and their order.

use crate::basis::{Base, Scheme};
use crate::gather::{Cell, Table};
use crate::plan::Key;
use crate::{Direction, OrderKey, Query, Row, metric};
use footfall_domain::Currency;
use std::cmp::Ordering;

/// A row with its numbers worked out.
pub(crate) struct Measured {
    pub key: Vec<Key>,
    pub cell: Cell,
    pub metrics: Vec<Option<f64>>,
    pub currency: Option<Currency>,
}

impl Measured {
    fn new(query: &Query, key: Vec<Key>, cell: Cell, scheme: &Scheme, base: &Base) -> Self {
        let basis = scheme.basis(&key, &cell, base);
        let metrics = query.metrics.iter().map(|asked| metric::reported(*asked, &basis)).collect();
        let currency = basis.currency;
        Self { key, cell, metrics, currency }
    }

    pub fn row(self) -> Row {
        Row { dimensions: self.key.iter().map(Key::label).collect(), metrics: self.metrics, currency: self.currency, comparison: None }
    }

    fn is_nothing(&self) -> bool {
        self.metrics.iter().all(|value| value.is_none_or(|value| value == 0.0))
    }
}

/// All rows, without those whose metrics are all zero (definition 10); a report without dimensions has one row always.
pub(crate) fn measured(query: &Query, mut table: Table, scheme: &Scheme, base: &Base) -> Vec<Measured> {
    if query.dimensions.is_empty() {
        let cell = table.remove(&Vec::new()).unwrap_or_default();
        return vec![Measured::new(query, Vec::new(), cell, scheme, base)];
    }
    let rows = table.into_iter().map(|(key, cell)| Measured::new(query, key, cell, scheme, base));
    rows.filter(|row| !row.is_nothing()).collect()
}

/// The order asked for, then by value in byte order (definition 26). Null comes last either way.
pub(crate) fn ordered(query: &Query, a: &Measured, b: &Measured) -> Ordering {
    for (key, direction) in &query.order_by {
        let turned = |order: Ordering| if *direction == Direction::Desc { order.reverse() } else { order };
        let order = match key {
            OrderKey::Metric(asked) => {
                let at = query.metrics.iter().position(|metric| metric == asked).unwrap_or(0);
                match (a.metrics[at], b.metrics[at]) {
                    (Some(a), Some(b)) => turned(a.total_cmp(&b)),
                    (a, b) => b.is_some().cmp(&a.is_some()),
                }
            }
            OrderKey::By(by) => {
                let at = query.dimensions.iter().position(|dimension| dimension == by).unwrap_or(0);
                turned(a.key[at].cmp(&b.key[at]))
            }
        };
        if order != Ordering::Equal {
            return order;
        }
    }
    a.key.cmp(&b.key)
}
