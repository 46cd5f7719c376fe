//! What the store has done since it was opened.

use super::breaker::BreakerState;
use std::sync::atomic::{AtomicU64, Ordering};

/// What an item is of, for the bill.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Rows of days: stamp, summary, and all of a small day that is open or very small.
    Days,
    /// Pieces of days, and the notes about them.
    Pieces,
    /// Numbers of open days between two flushes.
    Totals,
    /// Sites, users, keys and everything beside the rollups.
    Registry,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 4] = [Kind::Days, Kind::Pieces, Kind::Totals, Kind::Registry];

    /// Its name in metrics.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Days => "days",
            Kind::Pieces => "pieces",
            Kind::Totals => "totals",
            Kind::Registry => "registry",
        }
    }
}

/// Units consumed, as DynamoDB's answers say.
#[derive(Clone, Copy, PartialEq, Default, Debug)]
pub struct Units {
    /// Read units of 4 KB.
    pub read: f64,
    /// Write units of 1 KB.
    pub write: f64,
}

/// Numbers since the store was opened.
#[derive(Clone, PartialEq, Debug)]
pub struct DynamoStats {
    /// Requests to the table.
    pub requests: u64,
    /// Pieces read from the table.
    pub pieces_direct: u64,
    /// Pieces read through DAX.
    pub pieces_dax: u64,
    /// Pieces DAX did not have although a day names them, read from the table.
    pub dax_missed: u64,
    /// Reads that went to the table because DAX failed, was too slow, or was left alone by the breaker.
    pub dax_fell_back: u64,
    /// `None` when pieces are not read through DAX.
    pub breaker: Option<BreakerState>,
    /// The table does not answer, or only with errors of its own: so ended the last attempts.
    pub away: bool,
    /// Answers that asked to come again later.
    pub throttled: u64,
    /// Attempts after the first of a request, and entries of batches sent again.
    pub retries: u64,
    /// Consumed units of each kind, in the order of [`Kind::ALL`].
    pub units: [(Kind, Units); 4],
}

/// From so many attempts in a row without an answer the table is called away; one alone is ordinary.
const AWAY: u64 = 3;

/// The counters behind [`DynamoStats`].
#[derive(Debug, Default)]
pub(super) struct Counters {
    pub pieces_direct: AtomicU64,
    pub pieces_dax: AtomicU64,
    pub dax_missed: AtomicU64,
    pub dax_fell_back: AtomicU64,
    pub throttled: AtomicU64,
    /// Attempts in a row without an answer, or with an error of the server's own.
    failed_in_a_row: AtomicU64,
    /// Requests, and attempts of them.
    pub executions: AtomicU64,
    pub attempts: AtomicU64,
    /// Entries of batches that were sent again.
    pub resent: AtomicU64,
    /// Halves of units: DynamoDB counts no smaller.
    read_halves: [AtomicU64; 4],
    write_halves: [AtomicU64; 4],
}

impl Counters {
    pub fn add(counter: &AtomicU64, n: u64) {
        counter.fetch_add(n, Ordering::Relaxed);
    }

    pub fn read(&self, kind: Kind, units: Option<f64>) {
        Self::add(&self.read_halves[kind as usize], halves(units));
    }

    pub fn wrote(&self, kind: Kind, units: Option<f64>) {
        Self::add(&self.write_halves[kind as usize], halves(units));
    }

    /// How an attempt ended: with the status of an answer, or without one.
    pub fn attempted(&self, status: Option<u16>) {
        match status {
            Some(status) if status < 500 => self.failed_in_a_row.store(0, Ordering::Relaxed),
            _ => Self::add(&self.failed_in_a_row, 1),
        }
    }

    pub fn stats(&self, breaker: Option<BreakerState>) -> DynamoStats {
        let get = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let units = |kind: Kind| Units {
            read: get(&self.read_halves[kind as usize]) as f64 / 2.0,
            write: get(&self.write_halves[kind as usize]) as f64 / 2.0,
        };
        DynamoStats {
            requests: get(&self.executions),
            pieces_direct: get(&self.pieces_direct),
            pieces_dax: get(&self.pieces_dax),
            dax_missed: get(&self.dax_missed),
            dax_fell_back: get(&self.dax_fell_back),
            breaker,
            away: get(&self.failed_in_a_row) >= AWAY,
            throttled: get(&self.throttled),
            retries: get(&self.attempts).saturating_sub(get(&self.executions)) + get(&self.resent),
            units: Kind::ALL.map(|kind| (kind, units(kind))),
        }
    }
}

fn halves(units: Option<f64>) -> u64 {
    (units.unwrap_or(0.0) * 2.0).round() as u64
}
