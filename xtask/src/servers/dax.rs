//! Our own DAX server in front of a DynamoDB.

use super::process::{Process, bound, free_address};
use anyhow::{Context, Result};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
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
        footfall.args(["dax", "--listen", &address.to_string(), "--dynamodb", dynamodb, "--region", "us-east-1", "--data"]);
        footfall.arg(super::cache(&format!("dax-{}", address.port())));
        footfall.envs([("AWS_ACCESS_KEY_ID", "local"), ("AWS_SECRET_ACCESS_KEY", "local")]);
        Ok(Self { process: Process::start("footfall-dax", footfall, address)? })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.process.address()
    }

    /// How many reads a cache answered, and how many not.
    pub fn lookups(&self) -> Result<[u64; 2]> {
        let metrics = self.metrics()?;
        Ok(["footfall_dax_hits_total", "footfall_dax_misses_total"].map(|name| sum(&metrics, name)))
    }

    fn metrics(&self) -> Result<String> {
        let mut stream = TcpStream::connect(self.address())?;
        write!(stream, "GET /metrics HTTP/1.1\r\nHost: dax\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).context("reading the metrics of footfall dax")?;
        Ok(answer)
    }
}

/// A counter, all its labels together.
fn sum(metrics: &str, name: &str) -> u64 {
    let values = metrics.lines().filter(|line| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(['{', ' '])));
    values.filter_map(|line| line.rsplit(' ').next()?.parse::<u64>().ok()).sum()
}
