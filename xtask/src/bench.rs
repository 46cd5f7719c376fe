//! `cargo xtask bench`: ratios measured in one run.

use crate::servers::{Dax, DynamoDb};
use crate::test::dax;
use crate::{run, shell, tools};
use anyhow::{Context, Result, bail};
use std::path::Path;

/// Each benchmark, and the package it is in.
const BENCHES: [(&str, &str); 8] = [
    ("ingest", "footfall"),
    ("fold", "footfall"),
    ("import", "footfall"),
    ("page", "footfall"),
    ("edge", "footfall"),
    ("stores", "footfall"),
    ("writes", "footfall-processor"),
    ("dax", "footfall"),
];

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
        if let ("dax", Some(binary)) = (*bench, &binary) {
            dax::bench(binary)?;
            continue;
        }
        let mut cargo = shell::cargo();
        cargo.args(["bench", "--package", package, "--bench", bench]).env("FOOTFALL_SITE_DIR", run::site_dir(true));
        if let Some(binary) = &binary {
            cargo.env("FOOTFALL_BIN", binary);
        }
        if let ("edge", Some(binary)) = (*bench, &binary) {
            edge(binary, cargo)?;
            continue;
        }
        // Kept until the benchmark has ended.
        let _servers = match (*bench, &binary) {
            ("stores", Some(binary)) => Some(stores(binary, &mut cargo)?),
            _ => None,
        };
        shell::run(&mut cargo)?;
    }
    Ok(())
}

/// Over SQLite, then over DynamoDB read through DAX.
fn edge(binary: &Path, mut cargo: std::process::Command) -> Result<()> {
    tools::ensure(&[tools::VARNISH])?;
    shell::run(&mut cargo)?;
    tools::ensure(&[tools::JAVA, tools::MAVEN]).context("DynamoDB Local needs them")?;
    let dynamodb = DynamoDb::start()?;
    let dax = Dax::start(binary, &dynamodb.endpoint())?;
    cargo.env("FOOTFALL_BACKENDS_STORE", format!("dynamodb://bench-edge?region=us-east-1&endpoint={}", dynamodb.endpoint()));
    cargo.env("FOOTFALL_BACKENDS_READS", format!("dax://{}", dax.address()));
    cargo.envs([("AWS_ACCESS_KEY_ID", "bench"), ("AWS_SECRET_ACCESS_KEY", "bench")]);
    shell::run(&mut cargo)
}

/// Starts a DynamoDB and a cache in front of it, and tells the benchmark where they are.
fn stores(binary: &Path, cargo: &mut std::process::Command) -> Result<(DynamoDb, Dax)> {
    tools::ensure(&[tools::JAVA, tools::MAVEN]).context("DynamoDB Local needs them")?;
    let dynamodb = DynamoDb::start()?;
    let dax = Dax::start(binary, &dynamodb.endpoint())?;
    cargo.env("BENCH_DYNAMODB", dynamodb.endpoint()).env("BENCH_DAX", format!("dax://{}", dax.address()));
    Ok((dynamodb, dax))
}
