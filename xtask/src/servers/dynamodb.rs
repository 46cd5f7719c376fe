//! Amazon's DynamoDB Local, its tables in memory.

use super::process::{Process, bound, free_address};
use crate::shell;
use anyhow::{Context, Result};
use std::fs;
use std::path::PathBuf;

const POM: &str = include_str!("dynamodb-local/pom.xml");
const MAIN: &str = "software.amazon.dynamodb.services.local.main.ServerRunner";

/// A running DynamoDB Local.
pub struct DynamoDb {
    process: Process,
}

impl DynamoDb {
    /// Fetches the jars if they are not there yet, starts the server, and waits until it listens.
    pub fn start() -> Result<Self> {
        let jars = jars().context("fetching DynamoDB Local")?;
        let address = free_address()?;
        let mut java = bound("java");
        java.args(["-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]);
        // The SQLite that it keeps tables in comes with the jars, as a library of the machine's.
        java.arg(format!("-Dsqlite4java.library.path={}", jars.display()));
        java.arg("-cp").arg(jars.join("*")).arg(MAIN);
        // One set of tables, whatever key and region a client names.
        java.args(["-inMemory", "-sharedDb", "-disableTelemetry", "-port", &address.port().to_string()]);
        java.env("DDB_LOCAL_TELEMETRY", "0");
        Ok(Self { process: Process::start("dynamodb-local", java, address)? })
    }

    /// What clients are told.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.process.address())
    }
}

/// The folder of jars. Fetched beside it and then given its name, so that one that is there is whole.
fn jars() -> Result<PathBuf> {
    let dir = super::cache(&format!("dynamodb-local-{}", &blake3::hash(POM.as_bytes()).to_hex()[..8]));
    if dir.is_dir() {
        return Ok(dir);
    }
    let fetched = super::cache(&format!("fetching-{}", std::process::id()));
    let pom = fetched.join("pom.xml");
    let jars = fetched.join("jars");
    fs::create_dir_all(&fetched)?;
    fs::write(&pom, POM)?;
    let mut maven = shell::command("mvn");
    maven.args(["-q", "-B", "-ntp", "-Dstyle.color=never", "-f"]).arg(&pom);
    maven.args(["dependency:copy-dependencies", "-DincludeScope=runtime"]).arg(format!("-DoutputDirectory={}", jars.display()));
    shell::run(maven.stdout(std::io::stderr()))?;
    let renamed = fs::rename(&jars, &dir);
    fs::remove_dir_all(&fetched)?;
    // Another run may have been quicker: its jars are the same.
    if !dir.is_dir() {
        renamed?;
    }
    Ok(dir)
}
