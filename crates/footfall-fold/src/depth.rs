//! Time engaged and deepest scroll of a (visit, page) pair (definition 12).

use crate::packed::Packed;
use footfall_domain::Counts;

/// What one pair has shown so far, as far as it matters to what comes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Depth {
    engaged: bool,
    scroll: Option<u8>,
}

impl Depth {
    /// Takes in one more engagement hit of the pair; returns by how much the sums grow.
    pub fn add(&mut self, event: &Packed) -> Counts {
        let mut growth = Counts::default();
        if let Some(millis) = event.engaged_ms() {
            growth.engaged_ms = i64::from(millis);
            growth.engaged_pairs = i64::from(!self.engaged);
            self.engaged = true;
        }
        if let Some(depth) = event.scroll_depth() {
            let deepest = self.scroll.map_or(depth, |before| before.max(depth));
            growth.scroll_sum = i64::from(deepest) - i64::from(self.scroll.unwrap_or(0));
            growth.scroll_pairs = i64::from(self.scroll.is_none());
            self.scroll = Some(deepest);
        }
        growth
    }
}
