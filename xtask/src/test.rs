//! `cargo xtask test`: every test there is, in groups.

pub mod dax;
mod dynamo;
mod edge;
mod openapi;

use crate::servers::{Dax, DynamoDb};
use crate::{check, run, shell, site, tools};
use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::time::Instant;

/// What to test.
#[derive(Args)]
pub struct TestArguments {
    /// One group; all of them when left out.
    #[arg(ignore_case = true)]
    group: Option<Group>,
}

/// A group of tests with one runner.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Group {
    /// Format, lints, imports, links.
    Check,
    /// The browser's half builds within its size limits.
    Site,
    /// Units, laws and the binary driven from outside (cargo test).
    Rust,
    /// Answers wait for the disk (the binary under strace).
    Disk,
    /// Units, laws and the binary over DynamoDB (DynamoDB Local).
    Dynamo,
    /// Our DAX server under the official clients in Python, Node and Go.
    Dax,
    /// The API as its description says it: every operation asked with chosen and random requests (schemathesis).
    Openapi,
    /// The tracker script.
    Tracker,
    /// Pages and trackers in Chromium (Playwright).
    Browser,
    /// The same pages, with aggregates in DynamoDB and read through DAX.
    #[value(alias = "browserdax")]
    BrowserDax,
    /// Pages, hits and purges through a real cache (Varnish), and the template of CloudFront.
    Edge,
}

const ALL: [Group; 11] = [
    Group::Site,
    Group::Check,
    Group::Rust,
    Group::Disk,
    Group::Dynamo,
    Group::Dax,
    Group::Openapi,
    Group::Tracker,
    Group::Browser,
    Group::BrowserDax,
    Group::Edge,
];

/// How a group ended.
enum Outcome {
    Passed,
    Failed(anyhow::Error),
    /// It could not run here; why.
    Skipped(anyhow::Error),
}

/// Runs the groups one after the other; a failure does not keep the others from running.
pub fn test(arguments: &TestArguments) -> Result<()> {
    let groups = arguments.group.map_or(ALL.to_vec(), |group| vec![group]);
    let mut ended = Vec::new();
    for group in groups {
        println!("\n== {group:?}");
        let begin = Instant::now();
        let outcome = run_group(group);
        ended.push((group, outcome, begin.elapsed().as_secs()));
    }
    println!();
    let mut failed = 0;
    for (group, outcome, seconds) in &ended {
        match outcome {
            Outcome::Passed => println!("{group:?}: passed in {seconds} s"),
            Outcome::Skipped(why) => println!("{group:?}: SKIPPED: {why:#}"),
            Outcome::Failed(why) => {
                failed += 1;
                println!("{group:?}: FAILED after {seconds} s: {why:#}");
            }
        }
    }
    if failed > 0 {
        bail!("{failed} of {} groups failed", ended.len());
    }
    Ok(())
}

fn run_group(group: Group) -> Outcome {
    if let Err(why) = tools::ensure(needed(group)) {
        return Outcome::Skipped(why);
    }
    if group == Group::Disk && !may_trace() {
        return Outcome::Skipped(anyhow!(
            "strace may not trace here (a container without the right to?); whether answers wait for the disk was not checked"
        ));
    }
    let done = match group {
        Group::Check => check::check(),
        Group::Site => site::build(true, &run::site_dir(true)),
        Group::Rust => cargo_test(&["--workspace"]),
        Group::Disk => cargo_test(&["--workspace", "--test", "durability", "--", "--ignored"]),
        Group::Tracker => npm_test("app/tracker"),
        Group::Dynamo => dynamo::test(),
        Group::Dax => match dax::test() {
            // The other clients passed.
            Ok(Some(why)) => return Outcome::Skipped(why.context("the client in Go was not asked")),
            Ok(None) => Ok(()),
            Err(why) => Err(why),
        },
        Group::Openapi => openapi::test(),
        Group::Browser => browser(&[], &[]),
        Group::BrowserDax => browser_dax(),
        Group::Edge => edge::test(),
    };
    match done {
        Ok(()) => Outcome::Passed,
        Err(why) => Outcome::Failed(why),
    }
}

fn needed(group: Group) -> &'static [tools::Tool] {
    match group {
        Group::Check => &[],
        Group::Site | Group::Rust => &[tools::NODE, tools::NPM],
        Group::Disk => &[tools::NODE, tools::NPM, tools::STRACE],
        Group::Dynamo => &[tools::NODE, tools::NPM, tools::JAVA, tools::MAVEN],
        Group::Dax => &[tools::NODE, tools::NPM, tools::JAVA, tools::MAVEN, tools::PYTHON, tools::OPENSSL],
        Group::Openapi => &[tools::NODE, tools::NPM, tools::PYTHON],
        Group::Tracker => &[tools::NODE, tools::NPM, tools::CHROMIUM],
        Group::Browser => &[tools::NODE, tools::NPM, tools::CHROMIUM, tools::PYTHON],
        Group::BrowserDax => &[tools::NODE, tools::NPM, tools::CHROMIUM, tools::PYTHON, tools::JAVA, tools::MAVEN],
        Group::Edge => &[tools::NODE, tools::NPM, tools::CHROMIUM, tools::PYTHON, tools::VARNISH],
    }
}

/// The binary under test carries the pages' assets, as the one that is given to people does.
fn cargo_test(arguments: &[&str]) -> Result<()> {
    let site = run::site_dir(true);
    site::build(true, &site)?;
    shell::run(shell::cargo().args(["test", "--locked", "--no-fail-fast"]).args(arguments).env("FOOTFALL_SITE_DIR", site))
}

/// Whether strace works here: it may be installed and forbidden.
fn may_trace() -> bool {
    shell::output(shell::command("strace").args(["-f", "-o", "/dev/null", "true"])).is_ok()
}

/// Builds Footfall, and what of the examples drives it; returns the binary.
fn binary() -> Result<PathBuf> {
    let site = run::site_dir(true);
    site::build(true, &site)?;
    // With an example, of the whole workspace: as for its tests, features that these need are chosen, and nothing that
    // the Rust tests have compiled is compiled again.
    let arguments = ["build", "--locked", "--workspace", "--bin", "footfall", "--example", "table"];
    shell::run(shell::cargo().args(arguments).env("FOOTFALL_SITE_DIR", site))?;
    Ok(shell::target_dir().join("debug/footfall"))
}

fn browser_dax() -> Result<()> {
    let binary = binary()?;
    let dynamodb = DynamoDb::start()?;
    let dax = Dax::start(&binary, &dynamodb.endpoint())?;
    let variables = [("END2END_DYNAMODB", dynamodb.endpoint()), ("END2END_DAX", format!("dax://{}", dax.address()))];
    browser(&variables, &EVERY_SPEC)?;
    let [hits, misses] = dax.lookups()?;
    if hits == 0 || misses == 0 {
        bail!("the pages were not read through DAX: {hits} hits and {misses} misses");
    }
    println!("DAX: {hits} of {} reads hit the cache", hits + misses);
    Ok(())
}

/// The readers to whom every spec is shown whole; to the others, narrow or dark, what changes with that is shown again.
/// Where aggregates are kept changes no width and no colour.
const EVERY_SPEC: [&str; 4] = ["--project", "scripts light 1280", "--project", "no-scripts light 1280"];

/// Every browser test, or those of some readers; the variables tell where servers under test keep their aggregates.
fn browser(variables: &[(&str, String)], readers: &[&str]) -> Result<()> {
    let binary = binary()?;
    let dir = shell::root().join("end2end");
    npm_install("end2end")?;
    let playwright = |more: &[&str]| {
        let mut command = shell::command("npx");
        // On a busy machine a browser may lose its breath: what passes only the second time is called flaky in the closing lines.
        command.current_dir(&dir).args(["playwright", "test", "--retries", "1"]).args(more).env("FOOTFALL_BIN", &binary);
        shell::run(command.envs(variables.iter().map(|(name, value)| (name, value))))
    };
    playwright(readers)?;
    playwright(&["--config", "clients.config.ts"])
}

fn npm_test(dir: &str) -> Result<()> {
    npm_install(dir)?;
    shell::run(shell::command("npm").current_dir(shell::root().join(dir)).arg("test"))
}

/// Installs a folder's locked JavaScript packages.
pub fn npm_install(dir: &str) -> Result<()> {
    let mut command = shell::command("npm");
    command.current_dir(shell::root().join(dir)).args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    shell::run(command.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1").stdout(std::io::stderr()))
        .with_context(|| format!("installing the packages of {dir}"))
}
