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
    // With the assets of the tests where they are built, so that nothing is compiled twice; without them it is as good.
    let site = run::site_dir(true);
    if site.join("manifest.json").is_file() {
        clippy.env("FOOTFALL_SITE_DIR", site);
    }
    shell::run(&mut clippy)
}
