//! The description of the API, and the running server beside it: openapi-spec-validator and schemathesis.

use super::binary;
use crate::{python, shell};
use anyhow::Result;

const DIR: &str = "end2end/openapi";

/// Checks the description, then asks everything it describes.
pub fn test() -> Result<()> {
    let footfall = binary()?;
    let python = python::with_packages_of(DIR)?;
    let mut command = shell::command(&python.to_string_lossy());
    command.arg(format!("{DIR}/run.py")).arg("--footfall").arg(footfall);
    shell::run(command.env("PYTHONDONTWRITEBYTECODE", "1"))
}
