//! Keys, and the dialogue that names them.

/// Keys, and the dialogue that names them.
#[derive(Clone, Copy, Debug)]
pub struct KeyboardWords {
    /// The head of it.
    pub title: &'static str,
}

pub(super) const EN: KeyboardWords = KeyboardWords { title: "Keyboard shortcuts" };

pub(super) const DE: KeyboardWords = KeyboardWords { title: "Tastenkürzel" };
