//! The processor: hit → durable log → enrich → fold → store, kept going.
//!
//! An [`Engine`] follows the event log. Days that are still open are kept folded in memory ([`open_day`]); closed days
//! are *settled*: folded whole from the log and written to the store ([`settle`]). A restart folds the open days again
//! from the log: there is no state to lose. Where the store is shared with other instances, open days are written to it too
//! ([`flush`]), and what others change is noticed ([`neighbours`]). The engine is also what the query room reads from ([`source`]).
//!
//! What is deliberately absent: HTTP, files, knowledge of any concrete backend.

mod blocking;
mod closed_cache;
mod closed_day;
mod closed_days;
pub mod credit;
mod current;
mod drops;
mod edition;
mod engine;
mod extent;
mod flush;
mod follow;
mod hit_source;
mod kept;
mod logic;
mod lru;
mod moment;
mod neighbours;
mod open_day;
mod open_days;
mod secrets;
mod settle;
mod site_book;
mod source;
mod stats;

pub use current::CurrentVisitors;
pub use engine::{Engine, EngineError, EngineParts};
pub use logic::{LogicDocument, RulesOfDay, logic_of};
pub use neighbours::Said;
pub use site_book::{SiteBook, SiteEntry};
pub use stats::EngineStats;
