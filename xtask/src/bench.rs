//! `cargo xtask bench`: ratios measured in one run.

use crate::{run, shell};
use anyhow::{Result, bail};

/// Each benchmark, and the package it is in.
const BENCHES: [(&str, &str); 5] =
    [("ingest", "footfall"), ("fold", "footfall"), ("import", "footfall"), ("page", "footfall"), ("writes", "footfall-processor")];

/// Runs one benchmark, or all.
pub fn bench(name: Option<&str>) -> Result<()> {
    if let Some(name) = name
        && !BENCHES.iter().any(|(known, _)| *known == name)
    {
        bail!("there is no benchmark '{name}'; there are {}", BENCHES.map(|(known, _)| known).join(", "));
    }
    let chosen: Vec<_> = BENCHES.iter().filter(|(bench, _)| name.is_none_or(|name| name == *bench)).collect();
    let needs_binary = chosen.iter().any(|(_, package)| *package == "footfall");
    let binary = if needs_binary { Some(run::build(true)?) } else { None };
    for (bench, package) in chosen {
        let mut cargo = shell::cargo();
        cargo.args(["bench", "--package", package, "--bench", bench]);
        if let Some(binary) = &binary {
            cargo.env("FOOTFALL_BIN", binary);
        }
        shell::run(cargo.env("FOOTFALL_SITE_DIR", run::site_dir(true)))?;
    }
    Ok(())
}
