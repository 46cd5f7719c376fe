//! Segments.

/// Segments.
#[derive(Clone, Copy, Debug)]
pub struct SegmentWords {
    /// The head of it.
    pub title: &'static str,
}

pub(super) const EN: SegmentWords = SegmentWords { title: "Segments" };

pub(super) const DE: SegmentWords = SegmentWords { title: "Segmente" };
