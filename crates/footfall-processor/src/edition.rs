//! What some days are like, in a few bytes: whoever has kept what was made from them learns whether it still holds.

use crate::engine::Engine;
use crate::moment::Moment;
use crate::source::holds;
use footfall_domain::LocalDate;
use footfall_query::{SourceError, View};
use std::ops::RangeInclusive;

impl Engine {
    /// The edition of some days as a view sees them: of two equal ones, between which this engine was asked, nothing a report reads of
    /// these days changed. Other days do not matter, nor does what time it is.
    ///
    /// Closed days keep theirs over a restart, and it is the same at every instance: it is made of the revisions in the
    /// store. That of an open day is this engine's alone.
    ///
    /// # Errors
    /// The log or the store could not be read.
    pub async fn edition(&self, view: &View, dates: &RangeInclusive<LocalDate>) -> Result<[u8; 32], SourceError> {
        let (site, row) = (view.site, &Moment::of(view)?.row);
        let open = self.read_days(site, dates).await?;
        let stored = self.stored_stamps(site, row, dates).await.map_err(SourceError::new)?;
        let mut hash = blake3::Hasher::new();
        hash.update(&site.0.to_le_bytes());
        for (date, stamp) in stored.iter().filter(|(date, _)| !holds(&open, *date)) {
            hash.update(&date.0.to_le_bytes()).update(&row.of(*date).to_le_bytes());
            hash.update(&stamp.revision.to_le_bytes()).update(&stamp.logic.0);
            hash.update(&stamp.through.epoch.to_le_bytes()).update(&stamp.through.offset.to_le_bytes());
        }
        for (date, day) in &open {
            hash.update(b"open").update(&self.life).update(&date.0.to_le_bytes()).update(&day.edition_at_rest().to_le_bytes());
        }
        Ok(*hash.finalize().as_bytes())
    }
}
