//! Goals and custom properties.

/// Goals and custom properties.
#[derive(Clone, Copy, Debug)]
pub struct GoalWords {
    /// The head of it.
    pub title: &'static str,
}

pub(super) const EN: GoalWords = GoalWords { title: "Goals" };

pub(super) const DE: GoalWords = GoalWords { title: "Ziele" };
