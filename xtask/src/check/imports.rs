//! Imports point one way (ARCHITECTURE.md): which crate of ours may use which.

use crate::shell;
use anyhow::{Context, Result, bail};
use serde_json::Value;

/// Each crate, and the crates of ours it may depend on. Dev-dependencies may also name the testkit, and a crate's own
/// neighbours in the hallway.
const ALLOWED: &[(&str, &[&str])] = &[
    ("footfall-domain", &[]),
    ("footfall-fold", &["footfall-domain"]),
    ("footfall-enrich", &["footfall-domain"]),
    ("footfall-ingest", &["footfall-domain"]),
    ("footfall-eventlog", &["footfall-domain"]),
    ("footfall-archive", &["footfall-domain"]),
    ("footfall-dax", &[]),
    ("footfall-store", &["footfall-dax", "footfall-domain"]),
    ("footfall-query", &["footfall-fold", "footfall-domain"]),
    (
        "footfall-processor",
        &[
            "footfall-query",
            "footfall-eventlog",
            "footfall-archive",
            "footfall-enrich",
            "footfall-fold",
            "footfall-store",
            "footfall-domain",
        ],
    ),
    ("footfall-app", &["footfall-query", "footfall-domain"]),
    ("footfall-assets", &[]),
    (
        "footfall",
        &[
            "footfall-app",
            "footfall-assets",
            "footfall-processor",
            "footfall-query",
            "footfall-ingest",
            "footfall-eventlog",
            "footfall-archive",
            "footfall-enrich",
            "footfall-fold",
            "footfall-store",
            "footfall-dax",
            "footfall-domain",
        ],
    ),
    ("xtask", &[]),
];

/// Fails with every import that points the wrong way.
pub fn check() -> Result<()> {
    let metadata = shell::output(shell::cargo().args(["metadata", "--format-version", "1", "--no-deps", "--locked"]))?;
    let metadata: Value = serde_json::from_str(&metadata).context("cargo metadata")?;
    let packages = metadata["packages"].as_array().context("cargo metadata lists packages")?;
    let names: Vec<&str> = packages.iter().filter_map(|package| package["name"].as_str()).collect();
    let mut wrong = Vec::new();
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        if name == "footfall-testkit" {
            continue; // Tests only: it may know everybody, and nobody but tests may know it.
        }
        let Some((_, allowed)) = ALLOWED.iter().find(|(known, _)| *known == name) else {
            wrong.push(format!("{name}: no rule says what it may import; add it to xtask/src/check/imports.rs"));
            continue;
        };
        for dependency in package["dependencies"].as_array().into_iter().flatten() {
            let to = dependency["name"].as_str().unwrap_or_default();
            let in_tests = dependency["kind"].as_str() == Some("dev");
            if names.contains(&to) && to != name && !allowed.contains(&to) && !in_tests {
                wrong.push(format!("{name} must not import {to}"));
            }
        }
    }
    if !wrong.is_empty() {
        bail!("imports point the wrong way:\n  {}", wrong.join("\n  "));
    }
    Ok(())
}
