//! `cargo xtask run` and `build`: both halves, then the server.

use crate::{demo, shell, site, tools};
use anyhow::{Context, Result};
use clap::Args;
use std::path::PathBuf;

/// How to run.
#[derive(Args)]
pub struct RunArguments {
    /// Bring in the sample access log and keep a trickle of live visitors coming.
    #[arg(long)]
    demo: bool,
    /// Run the release build.
    #[arg(long)]
    release: bool,
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:8000")]
    listen: String,
    /// The data folder; ./data, and ./data-demo with sample data: they do not mix.
    #[arg(long)]
    data: Option<PathBuf>,
}

/// Where the browser's half is built to.
pub fn site_dir(release: bool) -> PathBuf {
    shell::target_dir().join(if release { "site" } else { "site-debug" })
}

/// Builds both halves; returns the binary.
pub fn build(release: bool) -> Result<PathBuf> {
    tools::ensure(&[tools::NODE, tools::NPM])?;
    let site = site_dir(release);
    site::build(release, &site).context("building the browser's half")?;
    let mut cargo = shell::cargo();
    cargo.args(["build", "--locked", "--package", "footfall"]).env("FOOTFALL_SITE_DIR", &site);
    if release {
        cargo.arg("--release");
    }
    shell::run(&mut cargo).context("building the server")?;
    Ok(shell::target_dir().join(if release { "release" } else { "debug" }).join("footfall"))
}

/// Builds both halves and serves until interrupted.
pub fn run(arguments: &RunArguments) -> Result<()> {
    let binary = build(arguments.release)?;
    let data = arguments.data.clone().unwrap_or_else(|| PathBuf::from(if arguments.demo { "./data-demo" } else { "./data" }));
    let mut server = shell::command(&binary.to_string_lossy());
    server.args(["serve", "--listen", &arguments.listen, "--data"]).arg(&data);
    if arguments.demo { demo::with_demo(&binary, &data, &arguments.listen, &mut server) } else { shell::run(&mut server) }
}
