//! How caches treat the answers of a route.

/// How caches treat the answers of a route to somebody who is not signed in. `docs/formats/cdn.md` has the headers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(in crate::http) enum Carried {
    /// Not at all: what it says is one person's, or changes something.
    #[default]
    Private,
    /// A minute, or an hour where its days are over; told apart by the whole query string.
    Page,
    /// A few seconds; told apart by the whole query string.
    Live,
    /// A file whose address names its content: for ever.
    Immutable,
    /// A file that is the same for everybody, for a while.
    Script,
    /// What must reach the server each time: hits.
    Never,
}

impl Carried {
    /// Its name in the description of the routes.
    pub(in crate::http) fn name(self) -> &'static str {
        match self {
            Carried::Private => "private",
            Carried::Page => "page",
            Carried::Live => "live",
            Carried::Immutable => "immutable",
            Carried::Script => "script",
            Carried::Never => "never",
        }
    }
}
