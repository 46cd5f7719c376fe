//! The command line: what was typed, and the exit code it ends with.
//!
//! Exit codes: 0 done, 1 failed, 2 the command or a setting makes no sense. Results go to standard output, everything
//! else to standard error.

mod arguments;
mod ask_owner;
mod copy;
mod dax;
mod failure;
mod goal;
mod import;
mod key;
mod log;
mod quantity;
mod query;
mod segment;
mod serve;
mod site;
mod site_rules;
mod store;
mod table;
mod user;

pub use failure::Failure;

use crate::config::{self, Config, Environment, Flags};
use arguments::{Arguments, Command};
use clap::Parser;
use std::ffi::OsString;
use std::process::ExitCode;

/// Runs one command. Call it inside a runtime.
pub async fn run(words: impl IntoIterator<Item = OsString>, environment: &Environment) -> ExitCode {
    let arguments = match Arguments::try_parse_from(words) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version come this way too, and are no failures.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    match carry_out(arguments, environment).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("footfall: {failure}");
            ExitCode::from(failure.exit_code())
        }
    }
}

async fn carry_out(arguments: Arguments, environment: &Environment) -> Result<(), Failure> {
    let settings = |flags: Flags| -> Result<Config, Failure> { Ok(config::load(environment, &flags)?) };
    let flags = Flags { data: arguments.data.clone(), config: arguments.config.clone(), listen: None };
    match arguments.command {
        Command::Serve(serve) => {
            let config = settings(Flags { listen: serve.listen, ..flags })?;
            if serve.print_config { table::print(&config.to_toml()) } else { serve::serve(config).await }
        }
        Command::Site(command) => site::run(settings(flags)?, command).await,
        Command::User(command) => user::run(settings(flags)?, command).await,
        Command::Key(command) => key::run(settings(flags)?, command).await,
        Command::Log(command) => log::run(settings(flags)?, command).await,
        Command::Goal(command) => goal::run(settings(flags)?, command).await,
        Command::Segment(command) => segment::run(settings(flags)?, command).await,
        Command::Import(import) => import::run(settings(flags)?, import).await,
        Command::Store(command) => store::run(settings(flags)?, command).await,
        Command::Dax(dax) => dax::run(settings(flags)?, *dax).await,
        Command::Query(query) => query::run(settings(flags)?, query).await,
    }
}
