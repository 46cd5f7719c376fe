//! A server as a child of ours.

use crate::shell;
use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long a server may take to listen. A machine busy with other tests starts a Java server in ten seconds.
const PATIENCE: Duration = Duration::from_secs(90);

/// A running server. It is killed when this is dropped, however the test ended.
pub struct Process {
    child: Child,
    address: SocketAddr,
}

impl Process {
    /// Starts a program and waits until it listens at the address. What it says goes to a file named by the error.
    pub fn start(name: &str, mut command: Command, address: SocketAddr) -> Result<Self> {
        let log = log_file(name)?;
        let file = File::create(&log).with_context(|| format!("making {}", log.display()))?;
        command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file);
        let child = command.spawn().with_context(|| format!("{name} could not be started"))?;
        let mut process = Self { child, address };
        process.wait(name, &log)?;
        Ok(process)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    fn wait(&mut self, name: &str, log: &Path) -> Result<()> {
        let begin = Instant::now();
        while TcpStream::connect(self.address).is_err() {
            if let Some(status) = self.child.try_wait()? {
                bail!("{name} ended at once ({status}):\n{}", fs::read_to_string(log).unwrap_or_default());
            }
            if begin.elapsed() > PATIENCE {
                bail!("{name} does not listen after {} s:\n{}", PATIENCE.as_secs(), fs::read_to_string(log).unwrap_or_default());
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Gone already is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A command whose process ends with ours even when we are killed, where the machine can do that.
pub fn bound(program: &str) -> Command {
    if !shell::has("setpriv") {
        return shell::command(program);
    }
    let mut command = shell::command("setpriv");
    command.args(["--pdeathsig", "KILL", "--", program]);
    command
}

/// An address of this machine where nobody listens now.
pub fn free_address() -> Result<SocketAddr> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("looking for a free port")?;
    Ok(listener.local_addr()?)
}

fn log_file(name: &str) -> Result<PathBuf> {
    let dir = super::cache("logs");
    fs::create_dir_all(&dir).with_context(|| format!("making {}", dir.display()))?;
    Ok(dir.join(format!("{name}-{}.log", std::process::id())))
}
