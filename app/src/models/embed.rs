//! The page that makes frames of widgets.

use super::Frame;
use crate::widgets::{Widget, WidgetState};
use footfall_domain::LocalDate;

/// The page that makes frames of widgets.
#[derive(Clone, PartialEq, Debug)]
pub struct EmbedPage {
    /// Around the page.
    pub frame: Frame,
    /// The site.
    pub domain: String,
    /// Where this server is reached; no slash at the end.
    pub origin: String,
    /// Today at the site.
    pub today: LocalDate,
    /// The widget that is chosen.
    pub widget: Widget,
    /// How it is to be.
    pub state: WidgetState,
    /// Whether everybody may see the site.
    pub is_public: bool,
    /// Shared links without a password that this person may hand on.
    pub links: Vec<EmbedLink>,
    /// The chosen one of them, by its number.
    pub link: Option<u64>,
    /// How wide the frame is.
    pub width: FrameWidth,
    /// How high it is, pixels.
    pub height: u32,
    /// What of the choice makes no sense.
    pub wrong: Vec<String>,
}

/// A shared link that may be in a frame.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EmbedLink {
    /// Its number.
    pub id: u64,
    /// What its maker calls it.
    pub name: String,
}

/// How wide a frame is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum FrameWidth {
    /// As wide as there is room.
    #[default]
    Full,
    /// Pixels.
    Pixels(u32),
}

impl FrameWidth {
    /// Reads `100%` or pixels.
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim() {
            "100%" => Some(FrameWidth::Full),
            pixels => pixels.trim_end_matches("px").parse().ok().filter(|pixels| (100..=2_000).contains(pixels)).map(FrameWidth::Pixels),
        }
    }
}

impl std::fmt::Display for FrameWidth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            FrameWidth::Full => f.write_str("100%"),
            FrameWidth::Pixels(pixels) => pixels.fmt(f),
        }
    }
}
