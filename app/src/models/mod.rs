//! What the pages are made from: plain data, filled by the server.

mod account;
mod embed;
mod exclusions;
mod failure;
mod frame;
mod log;
mod named;
mod outside;
mod people;
mod settings;
mod sharing;
mod sites;

pub use account::{Account, FirstRun, InstallationLog, OwnRole, PASSWORD_MIN, SignIn};
pub use embed::{EmbedLink, EmbedPage, FrameWidth};
pub use exclusions::{ExclusionRow, ExclusionsPage, Looked, Retention, RetentionPage};
pub use failure::{Failure, FailureKind};
pub use frame::{AssetUrls, Field, Frame, Notice, Theme};
pub use log::{LogPage, LogRow};
pub use named::{GoalForm, GoalKindName, GoalsPage, PropertiesPage, SegmentForm, SegmentRow, SegmentsPage};
pub use outside::{Outside, SharedPassword, Social};
pub use people::{InvitationRow, JoinPage, MemberRow, NewLink, PeopleList, PeoplePage, TeamName, TeamPage, TeamRow, TeamsPage};
pub use settings::{DangerPage, DropRow, KeyRow, KeysPage, NewKeyShown, NotCountedPage, SiteSettings};
pub use sharing::{LinkForm, LinkRow, SharingPage};
pub use sites::{AddSite, Install, SITES_A_PAGE, SiteCard, Sites};
