//! Time and scrolling on a page: only events called `engagement` carry them.

use crate::Invalid;
use crate::fields::{Fields, Value};

/// Engagement of this length or more is a clock gone wrong, not a reader: 30 days in milliseconds.
const TOO_LONG_MS: f64 = 30.0 * 86_400_000.0;

/// What an engagement event says: milliseconds engaged, and the deepest scroll in percent.
pub(crate) struct Engagement {
    pub(crate) engaged_ms: Option<u32>,
    pub(crate) scroll_depth: Option<u8>,
}

/// The engagement among the fields; one of the two values must be there.
pub(crate) fn read(fields: &Fields<'_>, invalid: &mut Invalid) -> Engagement {
    let engaged_ms = number(fields, &["e", "engaged_ms"]).filter(|ms| *ms < TOO_LONG_MS).map(|ms| ms as u32);
    let scroll_depth = number(fields, &["sd", "scroll_depth"]).map(|percent| percent.min(100.0) as u8);
    if engaged_ms.is_none() && scroll_depth.is_none() {
        invalid.add("engagement", "says nothing; send `e` (milliseconds engaged, less than 30 days) or `sd` (scroll depth, 0 to 100)");
    }
    Engagement { engaged_ms, scroll_depth }
}

/// A number of at least 0. Plain 0 is a value here, unlike `null` and `false`.
fn number(fields: &Fields<'_>, names: &[&str]) -> Option<f64> {
    fields.first(names).and_then(Value::number).filter(|number| *number >= 0.0)
}
