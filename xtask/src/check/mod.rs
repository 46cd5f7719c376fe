//! `cargo xtask check`: what a reviewer should not have to look for.

mod imports;
mod links;

use crate::{run, shell};
use anyhow::Result;

/// Format, lints with warnings denied, the direction of imports, links in the documentation.
pub fn check() -> Result<()> {
    println!("format");
    shell::run(shell::cargo().args(["fmt", "--all", "--check"]))?;
    println!("imports");
    imports::check()?;
    println!("links");
    links::check()?;
    println!("lints");
    let mut clippy = shell::cargo();
    clippy.args(["clippy", "--workspace", "--all-targets", "--locked", "--quiet", "--", "--deny", "warnings"]);
    shell::run(clippy.env("FOOTFALL_SITE_DIR", run::site_dir(true)))
}
