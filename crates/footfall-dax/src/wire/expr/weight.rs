//! How much memory values take when an expression names one of them again and again.

use crate::wire::error::WireError;
use crate::wire::value::Value;
use std::cell::Cell;

/// What the values of one expression may take together, each use counted: a few bytes of a request must not become
/// gigabytes. DynamoDB takes 2 MB of values; an expression of 4 KB that uses one of them a few times is well below.
const MAX_BYTES: usize = 16 << 20;

/// What is left of it.
#[derive(Debug)]
pub(super) struct Budget {
    left: Cell<usize>,
}

impl Default for Budget {
    fn default() -> Self {
        Self { left: Cell::new(MAX_BYTES) }
    }
}

impl Budget {
    /// A copy of a value, if there is room for it.
    pub fn copy(&self, value: &Value) -> Result<Value, WireError> {
        let left = self.left.get().checked_sub(weight(value)).ok_or(WireError::TooLarge("values of an expression"))?;
        self.left.set(left);
        Ok(value.clone())
    }
}

/// About how many bytes a copy takes.
fn weight(value: &Value) -> usize {
    let content = match value {
        Value::S(text) => text.len(),
        Value::N(_) | Value::B(_) | Value::Bool(_) | Value::Null => 0,
        Value::Ss(texts) => texts.iter().map(|text| 24 + text.len()).sum(),
        Value::Ns(numbers) => 32 * numbers.len(),
        Value::Bs(strings) => 32 * strings.len(),
        Value::L(values) => values.iter().map(weight).sum(),
        Value::M(values) => values.iter().map(|(name, value)| 24 + name.len() + weight(value)).sum(),
    };
    32 + content
}
