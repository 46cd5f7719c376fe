//! `cargo xtask screenshots`: the pictures the README shows.

use crate::{run, shell, test, tools};
use anyhow::Result;

/// Builds the binary, fills it with the demo's data and takes every picture into docs/screenshots.
pub fn screenshots() -> Result<()> {
    tools::ensure(&[tools::NODE, tools::NPM, tools::CHROMIUM])?;
    let binary = run::build(false)?;
    test::npm_install("end2end")?;
    let dir = shell::root().join("end2end");
    shell::run(shell::command("npm").current_dir(dir).args(["run", "screenshots"]).env("FOOTFALL_BIN", binary))
}
