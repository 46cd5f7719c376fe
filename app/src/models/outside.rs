//! What pages have around them that are read without signing in.

use super::Frame;

/// How a page that is read without signing in stands by itself: see [`crate::door::Door`].
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Outside {
    /// Whether search engines may list it.
    pub indexed: bool,
    /// Whether it stands in a frame, without head and foot.
    pub embed: bool,
    /// Whether it is as wide as its frame.
    pub wide: bool,
    /// The style sheet of its background; none: the usual one does.
    pub sheet: Option<String>,
    /// What it says of itself to who shows links to it.
    pub social: Option<Social>,
}

/// What a page says of itself to who shows links to it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Social {
    /// The title.
    pub title: String,
    /// What stands below it.
    pub description: String,
    /// The whole address of a picture of 1200 by 630.
    pub image: String,
    /// The whole address of the page.
    pub url: String,
}

/// The form that asks for the password of a link.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SharedPassword {
    /// Around the page.
    pub frame: Frame,
    /// The site's domain.
    pub domain: String,
    /// The secret of the link.
    pub slug: String,
    /// The query string of the page behind it.
    pub query: String,
    /// What is wrong with the password that was sent.
    pub problem: Option<String>,
}
