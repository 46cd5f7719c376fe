//! What is for caches in front: the template of CloudFront, and the pages through a real Varnish.

use super::{binary, npm_install};
use crate::servers::Aws;
use crate::{python, shell};
use anyhow::Result;

const DIR: &str = "end2end/edge";

/// Lints the template, then has a browser look at the pages through the cache.
pub fn test() -> Result<()> {
    let python = python::with_packages_of(DIR)?;
    shell::run(shell::command(&python.with_file_name("cfn-lint").to_string_lossy()).arg("deploy/cloudfront/footfall.yaml"))?;
    println!("deploy/cloudfront/footfall.yaml: cfn-lint has nothing to say");
    let footfall = binary()?;
    npm_install("end2end")?;
    let aws = Aws::start(&python)?;
    let mut playwright = shell::command("npx");
    playwright.current_dir(shell::root().join("end2end")).args(["playwright", "test", "--config", "edge.config.ts", "--retries", "1"]);
    shell::run(playwright.env("FOOTFALL_BIN", footfall).env("END2END_AWS", aws.endpoint()))
}
