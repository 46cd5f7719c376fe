//! `cargo xtask test`: every test there is, in groups.

use crate::{check, run, shell, site, tools};
use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, ValueEnum};
use std::time::Instant;

/// What to test.
#[derive(Args)]
pub struct TestArguments {
    /// One group; all of them when left out.
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
    /// The tracker script.
    Tracker,
    /// Pages and trackers in Chromium (Playwright).
    Browser,
}

const ALL: [Group; 6] = [Group::Site, Group::Check, Group::Rust, Group::Disk, Group::Tracker, Group::Browser];

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
    let needed: &[tools::Tool] = match group {
        Group::Check => &[],
        Group::Site => &[tools::NODE, tools::NPM],
        Group::Rust => &[tools::NODE, tools::NPM],
        Group::Disk => &[tools::NODE, tools::NPM, tools::STRACE],
        Group::Tracker | Group::Browser => &[tools::NODE, tools::NPM, tools::CHROMIUM],
    };
    if let Err(why) = tools::ensure(needed) {
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
        Group::Browser => browser(),
    };
    match done {
        Ok(()) => Outcome::Passed,
        Err(why) => Outcome::Failed(why),
    }
}

/// The binary under test carries the pages' assets, as the one that is given to people does.
fn cargo_test(arguments: &[&str]) -> Result<()> {
    let site = run::site_dir(true);
    site::build(true, &site)?;
    shell::run(shell::cargo().args(["test", "--locked"]).args(arguments).env("FOOTFALL_SITE_DIR", site))
}

/// Whether strace works here: it may be installed and forbidden.
fn may_trace() -> bool {
    shell::output(shell::command("strace").args(["-f", "-o", "/dev/null", "true"])).is_ok()
}

fn browser() -> Result<()> {
    let site = run::site_dir(true);
    site::build(true, &site)?;
    // A test of the whole workspace brings the binary with it. Built by itself it would have other features of its
    // dependencies chosen, and all of them would be compiled again.
    let arguments = ["test", "--locked", "--workspace", "--test", "durability", "--no-run"];
    shell::run(shell::cargo().args(arguments).env("FOOTFALL_SITE_DIR", site))?;
    let binary = shell::target_dir().join("debug/footfall");
    let dir = shell::root().join("end2end");
    npm_install("end2end")?;
    let playwright = |more: &[&str]| {
        shell::run(shell::command("npx").current_dir(&dir).args(["playwright", "test"]).args(more).env("FOOTFALL_BIN", &binary))
    };
    playwright(&[])?;
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
