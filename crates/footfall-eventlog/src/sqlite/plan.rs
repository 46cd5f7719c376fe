//! What one commit writes: the hits of all who wait, put together by site-day.

use super::queue::{Answer, Append, size};
use crate::codec::Group;
use footfall_domain::{LocalDate, Position, SiteId};
use std::collections::HashMap;

/// A row is not added to beyond this: reading takes whole rows.
const ROW_BYTES: usize = 1 << 20;

/// The rows of a commit, and who is told which offset when it is over.
pub(super) struct Plan {
    pub rows: Vec<PlannedRow>,
    /// The offset of the last hit of each caller.
    pub answers: Vec<(Answer<Position>, u64)>,
    pub hits: usize,
    pub bytes: usize,
    /// The first offset not used.
    pub next: u64,
}

pub(super) struct PlannedRow {
    pub first: u64,
    pub site: SiteId,
    pub date: LocalDate,
    pub hits: usize,
    pub bytes: Vec<u8>,
}

impl PlannedRow {
    /// The offset of its last hit.
    pub fn last(&self) -> u64 {
        self.first + self.hits as u64 - 1
    }
}

impl Plan {
    /// Gives every hit an offset, from `next` on.
    pub fn new(appends: Vec<Append>, next: u64) -> Self {
        let mut rows = Rows::default();
        let (mut hits, mut bytes) = (0, 0);
        let mut placed = Vec::with_capacity(appends.len());
        for Append { groups, answer } in appends {
            let (more_hits, more_bytes) = size(&groups);
            hits += more_hits;
            bytes += more_bytes;
            let last = groups.into_iter().map(|group| rows.add(group)).max();
            // A call without hits never comes so far; it would be dropped, and its caller told that the log is closed.
            placed.extend(last.map(|last| (answer, last)));
        }
        let mut rows = rows.list;
        let mut at = next;
        for row in &mut rows {
            row.first = at;
            at += row.hits as u64;
        }
        let answers = placed.into_iter().map(|(answer, (row, end))| (answer, rows[row].first + end as u64 - 1)).collect();
        Self { rows, answers, hits, bytes, next: at }
    }
}

#[derive(Default)]
struct Rows {
    list: Vec<PlannedRow>,
    /// The row of a site-day that still has room.
    open: HashMap<(SiteId, LocalDate), usize>,
}

impl Rows {
    /// Adds hits to the row of their site-day; says which row, and how many hits it then has.
    fn add(&mut self, group: Group) -> (usize, usize) {
        let day = (group.site, group.date);
        if let Some(&at) = self.open.get(&day)
            && self.list[at].bytes.len() + group.bytes.len() <= ROW_BYTES
        {
            let row = &mut self.list[at];
            row.hits += group.hits;
            row.bytes.extend_from_slice(&group.bytes);
            return (at, row.hits);
        }
        let Group { site, date, hits, bytes } = group;
        self.list.push(PlannedRow { first: 0, site, date, hits, bytes });
        self.open.insert(day, self.list.len() - 1);
        (self.list.len() - 1, hits)
    }
}
