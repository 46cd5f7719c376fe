//! What every page has around it.

use super::Outside;
use crate::words::{Lang, Words};
use footfall_domain::Role;
use std::sync::Arc;

/// Where the built files of the page are. The names carry a hash of the content.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct AssetUrls {
    /// The style sheet.
    pub css: String,
    /// The module that starts the islands; empty when the islands were not built.
    pub boot: String,
    /// The typeface, fetched early.
    pub font: String,
    /// The picture in the tab.
    pub icon: String,
    /// The style sheet of widgets.
    pub widget_css: String,
    /// What widgets run: they say how high they are.
    pub widget_script: String,
}

impl AssetUrls {
    /// The addresses of the files by their plain names (`site.css`, `boot.js`, `figtree.woff2`, `favicon.svg`).
    /// A name the build does not know is left empty, and the page goes without it.
    pub fn named(url_of: impl Fn(&str) -> Option<String>) -> Self {
        let url = |name: &str| url_of(name).unwrap_or_default();
        Self {
            css: url("site.css"),
            boot: url("boot.js"),
            font: url("figtree.woff2"),
            icon: url("favicon.svg"),
            widget_css: url("embed.css"),
            widget_script: url("frame.js"),
        }
    }
}

/// Which of the two schemes the reader wants. Kept in the cookie `theme`; without it the system decides.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// All of them, in the order they are offered.
    pub const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    /// Its name in the cookie, the form and the attribute `data-theme`.
    pub fn name(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The theme of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }
}

/// What every page has around it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Frame {
    /// Where the built files are.
    pub assets: Arc<AssetUrls>,
    /// Light or dark.
    pub theme: Theme,
    /// The language of the page.
    pub lang: Lang,
    /// The address of who is signed in; `None` on public pages and before sign-in.
    pub user: Option<String>,
    /// The token every form sends back as `csrf`. Empty: forms go without.
    pub csrf: String,
    /// The page's own path and query, for forms that come back to it.
    pub here: String,
    /// The domains the reader may see, for the site switcher; in the order to show. Of very many the first.
    pub sites: Vec<String>,
    /// How many there are.
    pub all_sites: usize,
    /// What the reader may do at the site the page is about; `None`: it is about none, or they came by no account.
    pub role: Option<Role>,
    /// What the page is where nobody has signed in to read it; `None`: it is one's own.
    pub outside: Option<Outside>,
}

impl Frame {
    /// The words of the page's language.
    pub fn words(&self) -> &'static Words {
        self.lang.words()
    }
}

/// A word about what just happened, on top of a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Notice {
    /// It worked.
    Done(String),
    /// It did not.
    Failed(String),
}

/// A form field as it was sent, with what is wrong with it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Field {
    /// What the field holds.
    pub value: String,
    /// What is wrong, as a sentence that says what to do.
    pub problem: Option<String>,
}

impl Field {
    /// A field that holds `value`, and nothing wrong with it.
    pub fn of(value: impl Into<String>) -> Self {
        Self { value: value.into(), problem: None }
    }

    /// A field that holds `value`, and what is wrong with it.
    pub fn wrong(value: impl Into<String>, problem: impl Into<String>) -> Self {
        Self { value: value.into(), problem: Some(problem.into()) }
    }
}
