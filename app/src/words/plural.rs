//! Words that change with a number.

/// A word for one and a word for any other number; English and German need no more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Plural {
    /// For exactly one.
    pub one: &'static str,
    /// For every other number, nought included.
    pub other: &'static str,
}

impl Plural {
    /// The word for a number.
    pub const fn of(self, n: i64) -> &'static str {
        if n == 1 { self.one } else { self.other }
    }
}

/// A plural, short enough for a catalogue.
pub(super) const fn plural(one: &'static str, other: &'static str) -> Plural {
    Plural { one, other }
}
