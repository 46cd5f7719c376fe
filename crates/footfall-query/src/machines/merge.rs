//! Tables of machines laid together, and the rows of one page of them.

use super::{MachineOrder, MachineQuery, MachineReport, MachineRow};
use crate::Direction;
use std::cmp::Ordering;
use std::sync::Arc;

/// The report of tables whose rows are sorted; never more rows at hand than twice those up to the end of the page.
pub(super) fn report(query: &MachineQuery, parts: &[Arc<[MachineRow]>]) -> MachineReport {
    let search = query.search.to_lowercase();
    let wanted = query.offset.saturating_add(query.limit);
    let room = wanted.saturating_mul(2).max(64);
    let mut report = MachineReport { rows: Vec::new(), total_rows: 0, largest: 0, views: 0 };
    let mut first: Vec<(&MachineRow, i64)> = Vec::new();
    for (row, views) in Merged(parts.iter().map(|part| &**part).collect()) {
        if query.class.is_some_and(|class| row.class != Some(class)) {
            continue;
        }
        report.views += views;
        if !search.is_empty() && !row.value.to_lowercase().contains(&search) {
            continue;
        }
        report.total_rows += 1;
        report.largest = report.largest.max(views);
        first.push((row, views));
        if first.len() >= room {
            keep_first(&mut first, wanted, query.order);
        }
    }
    keep_first(&mut first, wanted, query.order);
    first.sort_unstable_by(|a, b| ordered(query.order, *a, *b));
    report.rows = first.into_iter().skip(query.offset).map(|(row, views)| MachineRow { views, ..row.clone() }).collect();
    report
}

fn keep_first(rows: &mut Vec<(&MachineRow, i64)>, wanted: usize, order: (MachineOrder, Direction)) {
    if wanted < rows.len() {
        rows.select_nth_unstable_by(wanted, |a, b| ordered(order, *a, *b));
        rows.truncate(wanted);
    }
}

/// Of as many views the value decides.
fn ordered((by, direction): (MachineOrder, Direction), a: (&MachineRow, i64), b: (&MachineRow, i64)) -> Ordering {
    let order = match by {
        MachineOrder::Views => a.1.cmp(&b.1).then_with(|| b.0.name().cmp(&a.0.name())),
        MachineOrder::Value => a.0.name().cmp(&b.0.name()),
    };
    if direction == Direction::Desc { order.reverse() } else { order }
}

/// The rows of sorted tables in order, those of one name added up.
struct Merged<'a>(Vec<&'a [MachineRow]>);

impl<'a> Iterator for Merged<'a> {
    type Item = (&'a MachineRow, i64);

    fn next(&mut self) -> Option<Self::Item> {
        let row = self.0.iter().filter_map(|part| part.first()).min_by(|a, b| a.name().cmp(&b.name()))?;
        let mut views = 0;
        for part in &mut self.0 {
            if let Some((first, rest)) = part.split_first()
                && first.name() == row.name()
            {
                views += first.views;
                *part = rest;
            }
        }
        Some((row, views))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{MachineBy, MachineSum, MachineTable};
    use footfall_domain::{Machine, MachineClass};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// A machine asked for a page so often.
    type Seen = (Machine, String, i64);

    fn seen() -> impl Strategy<Value = Seen> {
        let class = prop_oneof![Just(MachineClass::Search), Just(MachineClass::AiCrawler)];
        (class, "[ab]bot", "/[a-d]", 1..4_i64).prop_map(|(class, name, page, views)| (Machine { class, name }, page, views))
    }

    fn query() -> impl Strategy<Value = MachineQuery> {
        let by = prop_oneof![Just(MachineBy::Name), Just(MachineBy::Page)];
        let order = prop_oneof![Just(MachineOrder::Views), Just(MachineOrder::Value)];
        let direction = prop_oneof![Just(Direction::Asc), Just(Direction::Desc)];
        let machine = prop::option::of(Just(Arc::from("abot")));
        let class = prop::option::of(Just(MachineClass::AiCrawler));
        let search = prop_oneof![Just(String::new()), Just("A".to_owned())];
        (by, machine, class, search, order, direction, 0..4_usize, 0..3_usize).prop_map(
            |(by, machine, class, search, order, direction, limit, offset)| MachineQuery {
                table: MachineTable { by, machine, page: None },
                // Pages have no class.
                class: class.filter(|_| by == MachineBy::Name),
                search,
                order: (order, direction),
                limit,
                offset,
            },
        )
    }

    /// The same from one long list, in the plainest way.
    fn plainly(query: &MachineQuery, seen: &[Seen]) -> (Vec<MachineRow>, u64, i64) {
        let mut sums: BTreeMap<(String, Option<MachineClass>), i64> = BTreeMap::new();
        for (machine, page, views) in seen {
            if query.table.machine.as_deref().is_none_or(|name| name == machine.name) {
                let name = match query.table.by {
                    MachineBy::Name => (machine.name.clone(), Some(machine.class)),
                    MachineBy::Page => (page.clone(), None),
                };
                *sums.entry(name).or_default() += views;
            }
        }
        sums.retain(|(_, class), _| query.class.is_none() || *class == query.class);
        let all = sums.values().sum();
        let rows = sums.into_iter().map(|((value, class), views)| MachineRow { value: value.into(), class, views });
        let mut rows: Vec<_> = rows.filter(|row| row.value.contains(&query.search.to_lowercase())).collect();
        if query.order.0 == MachineOrder::Views {
            rows.sort_by_key(|row| -row.views);
        }
        let ascends = query.order.0 == MachineOrder::Value;
        if (query.order.1 == Direction::Asc) != ascends {
            rows.reverse();
        }
        let total = rows.len() as u64;
        (rows.into_iter().skip(query.offset).take(query.limit).collect(), total, all)
    }

    proptest! {
        /// Law: however the hits are cut into days and days into tables, the report is that of all of them.
        #[test]
        fn a_report_is_of_all_hits_however_they_are_cut(days in prop::collection::vec(prop::collection::vec(seen(), 0..9), 0..5), query in query()) {
            let table = |day: &Vec<Seen>| {
                let mut sum = MachineSum::new(&query.table);
                day.iter().for_each(|(machine, page, views)| sum.add(machine, page, *views));
                Arc::from(sum.rows())
            };
            let parts: Vec<Arc<[MachineRow]>> = days.iter().map(table).collect();
            let report = report(&query, &parts);
            prop_assert_eq!((report.rows, report.total_rows, report.views), plainly(&query, &days.concat()));
        }
    }

    #[test]
    fn of_many_rows_the_first_are_found_without_keeping_all() {
        let rows: Arc<[MachineRow]> =
            (0..1_000).map(|n| MachineRow { value: format!("/{n:04}").into(), class: None, views: (n * 7_919) % 1_000 }).collect();
        let report = report(&MachineQuery::new(MachineTable::of(MachineBy::Page), 3), &[rows]);
        assert_eq!(report.rows.iter().map(|row| row.views).collect::<Vec<_>>(), [999, 998, 997]);
        assert_eq!((report.total_rows, report.largest), (1_000, 999));
    }
}
