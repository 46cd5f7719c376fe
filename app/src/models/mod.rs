//! What the pages are made from: plain data, filled by the server.

mod account;
mod failure;
mod frame;
mod named;
mod settings;
mod sites;

pub use account::{Account, FirstRun, PASSWORD_MIN, SignIn};
pub use failure::{Failure, FailureKind};
pub use frame::{AssetUrls, Field, Frame, Notice, Theme};
pub use named::{GoalForm, GoalKindName, GoalsPage, PropertiesPage, SegmentForm, SegmentRow, SegmentsPage};
pub use settings::{DropRow, KeyRow, NewKeyShown, SiteSettings};
pub use sites::{AddSite, Install, SITES_A_PAGE, SiteCard, Sites};
