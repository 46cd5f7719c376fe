//! Programs the tests need beside cargo: installed on Debian, named elsewhere.

use crate::shell;
use anyhow::{Context, Result, anyhow};

/// A program, and the Debian package that brings it.
pub struct Tool {
    /// Name on the path.
    pub program: &'static str,
    /// Debian package.
    pub package: &'static str,
    /// Arguments with which it succeeds only when all of it is there; none: being on the path is enough.
    proof: &'static [&'static str],
}

const fn tool(program: &'static str, package: &'static str) -> Tool {
    Tool { program, package, proof: &[] }
}

/// A browser for pages and trackers.
pub const CHROMIUM: Tool = tool("chromium", "chromium");
/// Go.
pub const GO: Tool = tool("go", "golang");
/// Runs DynamoDB Local.
pub const JAVA: Tool = tool("java", "default-jre-headless");
/// Fetches DynamoDB Local.
pub const MAVEN: Tool = tool("mvn", "maven");
/// JavaScript.
pub const NODE: Tool = tool("node", "nodejs");
/// JavaScript's package manager.
pub const NPM: Tool = tool("npm", "npm");
/// Makes certificates.
pub const OPENSSL: Tool = tool("openssl", "openssl");
/// Python, with what makes environments of its own: Debian packs that apart.
pub const PYTHON: Tool = Tool { program: "python3", package: "python3-venv", proof: &["-c", "import venv, ensurepip"] };
/// The cache in front of the server.
pub const VARNISH: Tool = tool("varnishd", "varnish");
/// Watches system calls.
pub const STRACE: Tool = tool("strace", "strace");

impl Tool {
    fn is_there(&self) -> bool {
        shell::has(self.program) && (self.proof.is_empty() || shell::output(shell::command(self.program).args(self.proof)).is_ok())
    }
}

/// Makes sure that the tools are there; installs what is missing where `apt-get` can.
///
/// # Errors
/// Says which programs are missing and how to get them.
pub fn ensure(tools: &[Tool]) -> Result<()> {
    let missing: Vec<&Tool> = tools.iter().filter(|tool| !tool.is_there()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let programs = missing.iter().map(|tool| tool.program).collect::<Vec<_>>().join(", ");
    let packages: Vec<&str> = missing.iter().map(|tool| tool.package).collect();
    if !shell::has("apt-get") {
        return Err(anyhow!("missing: {programs}; install them (on Debian: apt-get install {})", packages.join(" ")));
    }
    let install = |arguments: &[&str]| {
        let root = shell::output(shell::command("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
        let mut command = if root { shell::command("apt-get") } else { shell::command("sudo") };
        if !root {
            command.args(["-n", "apt-get"]);
        }
        // What the package manager prints goes to standard error: standard output is the tests'.
        command.env("DEBIAN_FRONTEND", "noninteractive").args(["-q", "-o", "DPkg::Lock::Timeout=600"]).args(arguments);
        command.stdout(std::io::stderr());
        shell::run(&mut command)
    };
    install(&["update"])
        .and_then(|()| install(&[&["install", "-y", "--no-install-recommends"], &packages[..]].concat()))
        .with_context(|| format!("missing: {programs}; install them by hand: apt-get install {}", packages.join(" ")))
}
