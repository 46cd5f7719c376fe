//! What of a public site stands on other people's pages without being a page itself: counters, and the card that a link to
//! its page is shown with. Pictures of their own: attributes only, so that they look the same under any policy.

mod card;
mod counter;
mod load;
mod svg;

pub use card::{CARD_HEIGHT, CARD_WIDTH, Card, card};
pub use counter::{Counter, grouped};
pub use load::{card_of, visitors_of};
