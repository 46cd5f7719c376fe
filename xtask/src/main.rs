//! `cargo xtask`: everything one does with this repository, by one name each.

mod bench;
mod check;
mod demo;
mod lighthouse;
mod python;
mod run;
mod screenshots;
mod servers;
mod shell;
mod site;
mod test;
mod tools;

use clap::{Parser, Subcommand};

/// Builds, runs, tests and measures Footfall.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Builds both halves and starts Footfall with everything embedded under ./data.
    Run(run::RunArguments),
    /// Builds the browser's half, then the binary with everything inside.
    Build {
        /// Small and fast instead of quickly built.
        #[arg(long)]
        release: bool,
    },
    /// Runs every test, or one group of them.
    Test(test::TestArguments),
    /// Checks format, lints, the direction of imports, and links in the documentation.
    Check,
    /// Measures; prints ratios of one run.
    Bench {
        /// ingest, fold, import, page, edge, stores or writes; all of them when left out.
        name: Option<String>,
    },
    /// Has Lighthouse audit the pages: at least 95 in all four.
    Lighthouse,
    /// Takes the pictures the README shows.
    Screenshots,
}

fn main() -> std::process::ExitCode {
    let done = match Arguments::parse().task {
        Task::Run(arguments) => run::run(&arguments),
        Task::Build { release } => run::build(release).map(|binary| println!("{}", binary.display())),
        Task::Test(arguments) => test::test(&arguments),
        Task::Check => check::check(),
        Task::Bench { name } => bench::bench(name.as_deref()),
        Task::Lighthouse => lighthouse::lighthouse(),
        Task::Screenshots => screenshots::screenshots(),
    };
    match done {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            std::process::ExitCode::FAILURE
        }
    }
}
