//! `cargo xtask bench`: ratios measured in one run.

use crate::{run, shell};
use anyhow::{Result, bail};

const NAMES: [&str; 5] = ["ingest", "fold", "import", "page", "writes"];

/// Runs one benchmark, or all.
pub fn bench(name: Option<&str>) -> Result<()> {
    if let Some(name) = name
        && !NAMES.contains(&name)
    {
        bail!("there is no benchmark '{name}'; there are {}", NAMES.join(", "));
    }
    let binary = run::build(true)?;
    for bench in NAMES.iter().filter(|bench| name.is_none_or(|name| name == **bench)) {
        let mut cargo = shell::cargo();
        cargo.args(["bench", "--package", "footfall", "--bench", bench]).env("FOOTFALL_BIN", &binary);
        shell::run(cargo.env("FOOTFALL_SITE_DIR", run::site_dir(true)))?;
    }
    Ok(())
}
