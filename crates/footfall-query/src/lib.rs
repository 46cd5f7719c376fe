//! What was asked, and which rollups or hits answer it.
//!
//! A [`Query`] is Plausible's v2 query: read from JSON by [`Query::parse`], or built in code by the pages. [`run`]
//! turns it into a [`Report`], reading what it needs through [`Source`]. Every question can be answered by folding
//! hits ([`run_folding`]); rollups are an optimisation whose answers are equal (law 8).
//!
//! The meaning of every number is fixed in `docs/definitions.md`, the request and the answer in `docs/query-api.md`.

mod basis;
mod compared;
pub mod comparison;
pub mod country;
pub mod current;
pub mod date_range;
mod echo;
pub mod error;
pub mod filter;
mod gather;
pub mod goal;
pub mod head;
pub mod machines;
pub mod metric;
pub mod money;
mod names;
mod parse;
pub mod period;
mod plan;
pub mod property_keys;
pub mod query;
pub mod report;
mod rows;
mod run;
mod search;
pub mod site_context;
pub mod source;
pub mod step;
pub mod time;
pub mod v1;

pub use current::current_visitors;
pub use date_range::DateRange;
pub use error::{QueryError, RunError, SourceError};
pub use filter::{Filter, Op};
pub use goal::{Goal, GoalKind};
pub use head::Head;
pub use machines::{MachineBy, MachineOrder, MachineQuery, MachineReport, MachineRow, MachineSum, MachineTable, machine_report};
pub use period::Period;
pub use property_keys::{PropertyKey, property_keys};
pub use query::{By, Comparison, ComparisonMode, Direction, Include, OrderKey, Pagination, Query, TimeUnit};
pub use report::{Meta, OtherPeriod, Report, Row, RowComparison, Warning};
pub use run::{Context, run, run_folding, run_folding_in, run_in};
pub use site_context::{Segment, SiteContext};
pub use source::{DayHits, DayTotals, Freshness, HitSource, Source, View, answers_of};
