//! Which rules gave the numbers.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The content address of a logic: fold and enrich version, lists, and the site's rules, hashed.
///
/// Every rollup, checkpoint, audit and generation names its logic; two logics never mix in one day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct LogicId(pub [u8; 16]);

impl fmt::Display for LogicId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
