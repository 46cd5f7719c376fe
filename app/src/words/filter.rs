//! The form and the chips of filters.

/// The form and the chips of filters.
#[derive(Clone, Copy, Debug)]
pub struct FilterWords {
    /// The head of it.
    pub title: &'static str,
}

pub(super) const EN: FilterWords = FilterWords { title: "Filter" };

pub(super) const DE: FilterWords = FilterWords { title: "Filter" };
