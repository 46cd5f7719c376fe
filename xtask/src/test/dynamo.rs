//! The Rust tests that need a DynamoDB: one server in memory for all of them.

use crate::servers::DynamoDb;
use crate::{run, shell, site};
use anyhow::{Context, Result, bail};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;

/// How such a test is marked.
const MARK: &str = "#[ignore = \"needs DynamoDB Local";
/// Where a test finds the server.
const VARIABLE: &str = "FOOTFALL_TEST_DYNAMODB";

/// Runs every test with the mark, and makes sure that each has run.
pub fn test() -> Result<()> {
    let names = marked()?;
    if names.is_empty() {
        bail!("no test is marked {MARK}…");
    }
    let site = run::site_dir(true);
    site::build(true, &site)?;
    let server = DynamoDb::start()?;
    let mut cargo = shell::cargo();
    // The whole workspace, as the group of Rust tests: then nothing is compiled twice.
    cargo.args(["test", "--locked", "--no-fail-fast", "--workspace", "--tests", "--", "--ignored"]).args(&names);
    cargo.env("FOOTFALL_SITE_DIR", site).env(VARIABLE, server.endpoint());
    let passed = passed(&mut cargo)?;
    if passed < names.len() {
        bail!("{} tests are marked {MARK}…, but only {passed} ran: is one not compiled?", names.len());
    }
    println!("DynamoDB Local: {passed} tests passed");
    Ok(())
}

/// Runs cargo, shows what it says, and adds up the tests that passed.
fn passed(cargo: &mut std::process::Command) -> Result<usize> {
    let mut child = cargo.stdout(Stdio::piped()).spawn().context("cargo could not be started")?;
    let out = child.stdout.take().context("cargo has no output")?;
    let mut passed = 0;
    for line in BufReader::new(out).lines() {
        let line = line?;
        println!("{line}");
        if let Some(result) = line.strip_prefix("test result: ok. ") {
            passed += result.split(' ').next().and_then(|count| count.parse::<usize>().ok()).unwrap_or(0);
        }
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("tests failed ({status})");
    }
    Ok(passed)
}

/// The names of the tests with the mark. cargo can choose ignored tests by their names only, not by their reasons.
fn marked() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for dir in ["crates", "server"] {
        collect(&shell::root().join(dir), &mut names)?;
    }
    Ok(names)
}

fn collect(dir: &Path, names: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(dir).with_context(|| format!("reading {}", dir.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, names)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            names.extend(names_in(&fs::read_to_string(&path)?));
        }
    }
    Ok(())
}

/// The functions that follow the mark.
fn names_in(source: &str) -> impl Iterator<Item = String> {
    source.split(MARK).skip(1).filter_map(|after| {
        let (_, name) = after.split_once("fn ")?;
        Some(name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
    })
}
