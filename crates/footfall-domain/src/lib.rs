//! The words every room of Footfall shares.
//!
//! A *hit* is what was observed ([`Hit`]). Enrichment turns it into an [`Event`], or into a [`DropReason`] that is
//! counted. Folding the events of one site-local day gives a [`Rollup`]. Nothing here reads a clock, rolls dice or
//! touches a disk; the two doors to the outside, [`Clock`] and [`Entropy`], are traits.
//!
//! The meaning of every number is fixed in `docs/definitions.md`.

pub mod calendar;
pub mod clock;
pub mod counts;
pub mod date;
pub mod dimension;
pub mod drop_reason;
pub mod entropy;
pub mod event;
pub mod exclusion;
pub mod hit;
pub mod hour;
pub mod ids;
pub mod labels;
pub mod logic;
pub mod machine;
pub mod metric;
pub mod money;
pub mod position;
pub mod rollup;
pub mod sharing;
pub mod site;
pub mod values;

pub use calendar::{DayMoment, SiteCalendar, ZoneChange};
pub use clock::{Clock, ManualClock, SystemClock};
pub use counts::Counts;
pub use date::{LocalDate, UnixMillis};
pub use dimension::Dimension;
pub use drop_reason::DropReason;
pub use entropy::{Entropy, SystemEntropy};
pub use event::{Event, EventBatch, Kind};
pub use exclusion::{Excluded, Exclusion, ExclusionKind, Exclusions};
pub use hit::{Feed, Hit, Place, Revenue};
pub use hour::HourKey;
pub use ids::{HitId, SiteId, VisitorId};
pub use logic::LogicId;
pub use machine::{Machine, MachineClass};
pub use metric::Metric;
pub use money::{Currency, Money, Taken, Takings};
pub use position::{Position, Record};
pub use rollup::{Part, Rollup};
pub use sharing::{Invitation, Member, Role, SharedLink, Sharing, Team};
pub use site::{Site, SiteRules};
pub use values::{Agent, AgentId, Origin, OriginId, PlaceId, Places, PropsId, Sym, Values};
