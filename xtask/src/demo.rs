//! `cargo xtask run --demo`: a first page that is full.
//!
//! The visits of the sample log of `public/demo/` are told again in the weeks before today, with what no log knows
//! (events, reading, money), and imported; goals and segments are named; a trickle of live visitors keeps coming
//! through `/api/event`, so that today moves too.

mod chance;
mod deeds;
mod history;
mod journeys;
mod machines;
mod names;
mod people;
mod visitors;

use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use std::io::Write;
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// The demo's site.
pub const SITE: &str = "demo.example";
/// How long the server may take to listen.
const START: Duration = Duration::from_secs(60);

/// Starts the server, fills it, and keeps visitors coming until it ends.
pub fn with_demo(binary: &Path, data: &Path, listen: &str, server: &mut Command) -> Result<()> {
    // Whoever answers there would be taken for the server below.
    if TcpStream::connect(listen).is_ok() {
        bail!("something listens on {listen} already: another demo? End it first, or choose another address with --listen");
    }
    let mut child = server.spawn().context("starting the server")?;
    let begin = Instant::now();
    while TcpStream::connect(listen).is_err() {
        if let Some(status) = child.try_wait()? {
            bail!("the server ended at once ({status})");
        }
        if begin.elapsed() > START {
            bail!("the server does not listen on {listen}");
        }
        thread::sleep(Duration::from_millis(100));
    }
    let footfall = |arguments: &[&str]| {
        let mut command = Command::new(binary);
        command.args(arguments).arg("--data").arg(data);
        command
    };
    let journeys = journeys::read()?;
    let sites = crate::shell::output(&mut footfall(&["site", "list"]))?;
    if !sites.lines().any(|line| line.split_whitespace().next() == Some(SITE)) {
        crate::shell::run(&mut footfall(&["site", "add", SITE]))?;
        let mut import = footfall(&["import", "--site", SITE, "--format", "hits", "-"]);
        let mut import = import.stdin(Stdio::piped()).spawn().context("starting the import")?;
        let mut lines = import.stdin.take().context("the import reads its standard input")?;
        #[allow(clippy::disallowed_methods, reason = "the demo is about today")]
        let now = Timestamp::now();
        let mut buffer = std::io::BufWriter::new(&mut lines);
        history::write(&journeys, now, &mut buffer)?;
        buffer.flush()?;
        drop(buffer);
        drop(lines);
        import.wait()?;
        for words in names::commands() {
            crate::shell::run(&mut footfall(&words))?;
        }
    }
    println!("demo: live visitors keep coming to http://{listen}/{SITE}; stop with Ctrl-C");
    let address = listen.to_owned();
    thread::spawn(move || visitors::keep_coming(&journeys, &address));
    let status = child.wait()?;
    if status.success() { Ok(()) } else { bail!("the server ended ({status})") }
}
