//! moto: Amazon's APIs in memory, with signatures and policies checked once a test asks for it.

use super::process::{Process, bound, free_address};
use anyhow::Result;
use std::path::Path;

/// A running moto.
pub struct Aws {
    process: Process,
}

impl Aws {
    /// Starts it. `python` is one that has it among its packages.
    pub fn start(python: &Path) -> Result<Self> {
        let address = free_address()?;
        let mut moto = bound(&python.with_file_name("moto_server").to_string_lossy());
        moto.args(["-H", &address.ip().to_string(), "-p", &address.port().to_string()]);
        Ok(Self { process: Process::start("moto", moto, address)? })
    }

    /// What clients are told.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.process.address())
    }
}
