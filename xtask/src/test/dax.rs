//! The official DAX clients against our server, over DynamoDB Local.

use super::{binary, npm_install};
use crate::servers::{self, DynamoDb};
use crate::{python, shell, tools};
use anyhow::{Context, Result, anyhow};
use std::path::{Path, PathBuf};

const DIR: &str = "end2end/dax";
/// The Go client's own demand, and that of what it needs.
const GO_NEEDED: (u32, u32) = (1, 23);

/// Runs the table and the faults with each client. `Ok(Some(why))`: all but Go's passed, which could not run here.
pub fn test() -> Result<Option<anyhow::Error>> {
    let footfall = binary()?;
    let python = python::with_packages_of(DIR)?;
    npm_install(&format!("{DIR}/drivers/node"))?;
    let go = go();
    let dynamodb = DynamoDb::start()?;
    for script in ["run.py", "faults.py"] {
        let mut command = shell::command(&python.to_string_lossy());
        command.arg(format!("{DIR}/{script}")).args(["--dynamodb", &dynamodb.endpoint(), "--footfall"]).arg(&footfall);
        if let Ok(go) = &go {
            command.arg("--go").arg(go);
        }
        command.arg("--rust").arg(shell::target_dir().join("debug/examples/table"));
        shell::run(command.env("PYTHONDONTWRITEBYTECODE", "1"))?;
    }
    Ok(go.err())
}

/// Measures reads of cached items, on release builds: our server, DynamoDB Local, a map; our client, Amazon's.
pub fn bench(footfall: &Path) -> Result<()> {
    tools::ensure(&[tools::NODE, tools::NPM, tools::JAVA, tools::MAVEN, tools::PYTHON, tools::GO])?;
    shell::run(shell::cargo().args(["build", "--locked", "--release", "--package", "footfall-dax", "--example", "table"]))?;
    let python = python::with_packages_of(DIR)?;
    npm_install(&format!("{DIR}/drivers/node"))?;
    let go = go()?;
    let dynamodb = DynamoDb::start()?;
    let mut command = shell::command(&python.to_string_lossy());
    command.arg(format!("{DIR}/bench.py")).args(["--dynamodb", &dynamodb.endpoint(), "--footfall"]).arg(footfall);
    command.arg("--go").arg(go).arg("--rust").arg(shell::target_dir().join("release/examples/table"));
    shell::run(command.env("PYTHONDONTWRITEBYTECODE", "1"))
}

/// The driver in Go, built.
fn go() -> Result<PathBuf> {
    tools::ensure(&[tools::GO])?;
    let version = shell::output(shell::command("go").arg("version"))?;
    if go_version(&version).is_none_or(|version| version < GO_NEEDED) {
        return Err(anyhow!("Go {}.{} or later is needed for the client in Go, and here is {}", GO_NEEDED.0, GO_NEEDED.1, version.trim()));
    }
    let driver = servers::cache("dax-driver-go");
    let dir = shell::root().join(DIR).join("drivers/go");
    shell::run(shell::command("go").current_dir(dir).args(["build", "-mod=readonly", "-o"]).arg(&driver))
        .context("building the driver in Go")?;
    Ok(driver)
}

/// Major and minor of `go version go1.23.4 linux/amd64`.
fn go_version(text: &str) -> Option<(u32, u32)> {
    let number = text.split(' ').nth(2)?.strip_prefix("go")?;
    let mut parts = number.split(|c: char| !c.is_ascii_digit());
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}
