//! The site page: head, periods, headline numbers, foot.

use super::Plural;
use super::plural::plural;

/// The site page: head, periods, headline numbers, foot.
#[derive(Clone, Copy, Debug)]
pub struct SiteWords {
    /// Beside the number of visitors at this moment.
    pub current_visitors: Plural,
}

pub(super) const EN: SiteWords = SiteWords { current_visitors: plural("current visitor", "current visitors") };

pub(super) const DE: SiteWords = SiteWords { current_visitors: plural("Besucher jetzt", "Besucher jetzt") };
