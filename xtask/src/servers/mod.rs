//! Other people's servers, and ours, for tests: started on a free port, killed by their id at the end.

mod aws;
mod dax;
mod dynamodb;
mod process;

pub use aws::Aws;
pub use dax::Dax;
pub use dynamodb::DynamoDb;

use crate::shell;
use std::path::PathBuf;

/// Where what is fetched for the servers and their clients is kept between runs.
pub fn cache(name: &str) -> PathBuf {
    shell::target_dir().join("servers").join(name)
}
