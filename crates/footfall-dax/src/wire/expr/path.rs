//! Paths: how they are shown, and when two of them get in each other's way.

use super::parser::Parser;
use super::{Path, PathElement};
use crate::wire::error::DynamoError;
use std::fmt;

impl Path {
    /// A path of one name.
    pub fn of(name: impl Into<String>) -> Self {
        Self(vec![PathElement::Name(name.into())])
    }

    /// The attribute it begins with.
    pub fn attribute(&self) -> &str {
        match self.0.first() {
            Some(PathElement::Name(name)) => name,
            _ => "",
        }
    }
}

/// As DynamoDB's messages show it: `[a, b, [3]]`.
impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[")?;
        for (at, element) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str(", ")?;
            }
            match element {
                PathElement::Name(name) => f.write_str(name)?,
                PathElement::Index(index) => write!(f, "[{index}]")?,
            }
        }
        f.write_str("]")
    }
}

/// Refuses paths of which one leads into the other, or that take one place for both a map and a list.
pub(super) fn check_overlaps(parser: &Parser<'_>, paths: &[&Path]) -> Result<(), DynamoError> {
    for (at, second) in paths.iter().enumerate() {
        for first in &paths[..at] {
            let trouble = match first.0.iter().zip(&second.0).find(|(a, b)| a != b) {
                None => "overlap",
                Some((PathElement::Name(_), PathElement::Index(_)) | (PathElement::Index(_), PathElement::Name(_))) => "conflict",
                Some(_) => continue,
            };
            return Err(parser.invalid(format!(
                "Two document paths {trouble} with each other; must remove or rewrite one of these paths; \
                 path one: {first}, path two: {second}"
            )));
        }
    }
    Ok(())
}
