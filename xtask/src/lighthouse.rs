//! `cargo xtask lighthouse`: what Lighthouse thinks of the pages.

use crate::{run, shell, test, tools};
use anyhow::Result;

/// Builds the binary that is given to people, fills it, and has every kind of page audited. No group of the tests: its
/// first figure depends on how busy the machine is.
pub fn lighthouse() -> Result<()> {
    tools::ensure(&[tools::NODE, tools::NPM, tools::CHROMIUM, tools::VARNISH])?;
    let binary = run::build(true)?;
    test::npm_install("end2end")?;
    let dir = shell::root().join("end2end");
    shell::run(shell::command("npm").current_dir(dir).args(["run", "lighthouse"]).env("FOOTFALL_BIN", binary))
}
