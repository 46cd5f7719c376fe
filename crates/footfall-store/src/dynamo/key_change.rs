//! Another key for a table whose own is lost (decision 0811).

use super::create::KEY_CHECK;
use super::failure::Failure;
use super::item::{bytes, get_bytes};
use super::seal::Sealer;
use super::stats::Kind;
use super::table::{Expression, Table};
use super::{names, secrets};
use crate::StoreError;
use footfall_domain::LocalDate;

/// What became of a table's key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeyChange {
    /// Whether the table had another one.
    pub changed: bool,
    /// The dates whose secrets the key did not open: they are gone. By date.
    pub discarded: Vec<LocalDate>,
}

impl Table {
    /// Makes the sealer's key the table's, and discards what it does not open. May be cut off anywhere and done again.
    pub(super) async fn take_key(&self, sealer: &Sealer) -> Result<KeyChange, StoreError> {
        self.ready().await?;
        let changed = match self.know(sealer).await {
            Ok(()) => false,
            Err(StoreError::WrongKey(_)) => true,
            Err(error) => return Err(error),
        };
        // Before the check: an instance that opens the table with the new key must find no secret it cannot use.
        let mut discarded = secrets::discard_unopened(self, sealer).await?;
        if changed {
            self.seal_check(sealer).await?;
            // An instance that still runs with the old key may have made some meanwhile.
            discarded.extend(secrets::discard_unopened(self, sealer).await?);
        }
        discarded.sort_unstable();
        discarded.dedup();
        Ok(KeyChange { changed, discarded })
    }

    async fn seal_check(&self, sealer: &Sealer) -> Result<(), StoreError> {
        let moved = || StoreError::Conflict(format!("the key of the table '{}'", self.name));
        let row = self.get(Kind::Registry, &names::layout(), None).await?.ok_or_else(moved)?;
        let sealed = bytes(sealer.seal(KEY_CHECK.0, KEY_CHECK.1)?);
        let still = Expression::new("c = :old", [(":old", bytes(get_bytes(&row, "c")?))]);
        match self.update(Kind::Registry, &names::layout(), Expression::new("SET c = :new", [(":new", sealed)]), Some(still)).await {
            Ok(_) => Ok(()),
            // Ours, when the answer to the first attempt was lost; else another key came in between.
            Err(Failure::Condition) => self.know(sealer).await.map_err(|_| moved()),
            Err(failure) => Err(failure.into()),
        }
    }
}
