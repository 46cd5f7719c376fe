//! The program `footfall`.
#![recursion_limit = "512"]

use footfall::{cli, config::Environment};
use std::process::ExitCode;
use std::time::Duration;

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("footfall: the system gives no threads: {error}");
            return ExitCode::FAILURE;
        }
    };
    let code = runtime.block_on(cli::run(std::env::args_os(), &Environment::of_process()));
    // What still runs on a blocking thread (an import that was called off) must not keep the program from ending.
    runtime.shutdown_timeout(Duration::from_millis(500));
    code
}
