//! What reaches the browser as WASM. Each island is a few lines that improve a page already complete.
//!
//! No island has parameters: they would bring a JSON parser into the WASM (20 KB of brotli). On the server an island
//! takes its first value from the context, in the browser from the page itself. So with words: what an island will say
//! stands in an attribute (`data-said`) from the beginning, and the catalogue stays on the server.

mod ago;
mod browser;
mod chart_tip;
mod copy_button;
mod find_site;
mod first_hit;
mod follow_form;
mod keys;
mod live_count;
mod refresh;
mod suggest;
mod zone_guess;

pub use ago::{Ago, AgoStart};
pub use chart_tip::ChartTip;
pub use copy_button::CopyButton;
pub use find_site::FindSite;
pub use first_hit::{FirstHit, FirstHitStart};
pub use follow_form::FollowForm;
pub use keys::Keys;
pub use live_count::{LiveCount, LiveCountStart};
pub use refresh::Refresh;
pub use suggest::Suggest;
pub use zone_guess::ZoneGuess;
