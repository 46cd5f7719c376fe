//! Words for nothing (definition 25). A missing value is stored, shown and compared as its label.

use crate::Dimension;

/// A visit without source or referrer.
pub const DIRECT: &str = "Direct / None";
/// A hit without the property or the hostname.
pub const NONE: &str = "(none)";
/// Anything else that is not known.
pub const NOT_SET: &str = "(not set)";

/// The label of a missing value of `dimension`.
pub fn missing(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Source | Dimension::Referrer => DIRECT,
        Dimension::Hostname => NONE,
        _ => NOT_SET,
    }
}
