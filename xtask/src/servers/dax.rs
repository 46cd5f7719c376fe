//! Our own DAX server in front of a DynamoDB.

use super::process::{Process, bound, free_address};
use anyhow::Result;
use std::net::SocketAddr;
use std::path::Path;

/// A running `footfall dax`.
pub struct Dax {
    process: Process,
}

impl Dax {
    /// Starts it in front of an endpoint. `binary` is Footfall's.
    pub fn start(binary: &Path, dynamodb: &str) -> Result<Self> {
        let address = free_address()?;
        let mut footfall = bound(&binary.to_string_lossy());
        footfall.args(["dax", "--listen", &address.to_string(), "--dynamodb", dynamodb]);
        footfall.envs([("AWS_ACCESS_KEY_ID", "local"), ("AWS_SECRET_ACCESS_KEY", "local"), ("AWS_REGION", "us-east-1")]);
        Ok(Self { process: Process::start("footfall-dax", footfall, address)? })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.process.address()
    }
}
