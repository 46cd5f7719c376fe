//! What a person at a terminal sees of an import.

use super::{Progress, Summary};
use std::fmt::Write as _;
use std::io::{IsTerminal, Write as _};
use std::time::{Duration, Instant};

/// How often the bar is drawn again.
const REDRAW: Duration = Duration::from_millis(200);
const BAR_CHARS: u64 = 24;

/// A bar on standard error, with rate and time left; nothing where that is no terminal.
pub struct Bar {
    name: String,
    total: Option<u64>,
    started: Instant,
    drawn: Option<Instant>,
    terminal: bool,
}

impl Bar {
    /// A bar for a file of so many bytes; `None` where that is not known (standard input).
    pub fn new(name: impl Into<String>, total: Option<u64>) -> Self {
        Self { name: name.into(), total, started: Instant::now(), drawn: None, terminal: std::io::stderr().is_terminal() }
    }

    /// Shows how far the import is, if it is time to.
    pub fn show(&mut self, progress: Progress) {
        if !self.terminal || self.drawn.is_some_and(|drawn| drawn.elapsed() < REDRAW) {
            return;
        }
        self.drawn = Some(Instant::now());
        let text = bar(&self.name, progress, self.total, self.started.elapsed());
        // A terminal that went away is no reason to stop.
        let _ = write!(std::io::stderr(), "\r\x1b[2K{text}").and_then(|()| std::io::stderr().flush());
    }

    /// Takes the bar away, so that something else can be written.
    pub fn clear(&mut self) {
        if self.drawn.take().is_some() {
            let _ = write!(std::io::stderr(), "\r\x1b[2K").and_then(|()| std::io::stderr().flush());
        }
    }
}

fn bar(name: &str, progress: Progress, total: Option<u64>, elapsed: Duration) -> String {
    let rate = per_second(progress.lines, elapsed);
    let Some(total) = total.filter(|total| *total > 0) else {
        return format!("{name}  {} lines  {} lines/s", grouped(progress.lines), grouped(rate));
    };
    let done = progress.bytes.min(total);
    let filled = (done.saturating_mul(BAR_CHARS) / total) as usize;
    let empty = BAR_CHARS as usize - filled;
    let left = seconds_left(done, total, elapsed).map_or_else(String::new, |seconds| format!("  {} left", clock(seconds)));
    format!(
        "{name}  [{}{}] {:3} %  {} lines/s{left}",
        "#".repeat(filled),
        ".".repeat(empty),
        done.saturating_mul(100) / total,
        grouped(rate)
    )
}

pub(crate) fn per_second(count: u64, elapsed: Duration) -> u64 {
    let millis = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX).max(1);
    count.saturating_mul(1_000) / millis
}

pub(crate) fn seconds_left(done: u64, total: u64, elapsed: Duration) -> Option<u64> {
    (done > 0 && elapsed >= Duration::from_secs(1)).then(|| (elapsed.as_secs_f64() * (total - done) as f64 / done as f64).round() as u64)
}

/// `3:07`, `1:02:03`.
pub(crate) fn clock(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// `1,234,567`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The summary as a person reads it, several lines.
pub fn summary(summary: &Summary) -> String {
    let mut text = String::new();
    let mut row = |name: &str, count: u64| {
        let _ = writeln!(text, "{name:<24}{:>12}", grouped(count));
    };
    if summary.known > 0 {
        row("known before", summary.known);
    }
    row("read", summary.read);
    row("kept", summary.counted);
    let mut dropped: Vec<_> = summary.dropped.iter().collect();
    dropped.sort_by_key(|(reason, count)| (std::cmp::Reverse(**count), **reason));
    for (reason, count) in dropped {
        row(&format!("  {}", reason.name()), *count);
    }
    for sample in &summary.unreadable {
        let _ = writeln!(text, "line {}: {}\n    {}", sample.line, sample.why, sample.text);
    }
    if let (Some(first), Some(last)) = (summary.days.first(), summary.days.last()) {
        let count = summary.days.len();
        let _ = writeln!(text, "{count} day{}, {first} to {last}", if count == 1 { "" } else { "s" });
    }
    if summary.unfinished {
        text.push_str("The last line is not finished; it is left for the next import of this file.\n");
    }
    if !summary.new_visitor_days.is_empty() {
        let days: Vec<String> = summary.new_visitor_days.iter().take(5).map(ToString::to_string).collect();
        let more = if summary.new_visitor_days.len() > days.len() { " and more" } else { "" };
        let _ = writeln!(
            text,
            "Days that had hits before ({}{more}): their secrets are destroyed, so who was there before counts as a new visitor.",
            days.join(", ")
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::Sample;
    use footfall_domain::{DropReason, LocalDate};

    #[test]
    fn a_bar_says_how_far_how_fast_and_how_long() {
        let progress = Progress { bytes: 2_500, lines: 120_000, hits: 9 };
        assert_eq!(
            bar("a.log", progress, Some(10_000), Duration::from_secs(10)),
            "a.log  [######..................]  25 %  12,000 lines/s  0:30 left"
        );
        assert_eq!(
            bar("a.log", progress, Some(10_000), Duration::from_millis(500)),
            "a.log  [######..................]  25 %  240,000 lines/s"
        );
        assert_eq!(bar("-", progress, None, Duration::from_secs(10)), "-  120,000 lines  12,000 lines/s");
        assert_eq!(bar("-", Progress::default(), Some(0), Duration::ZERO), "-  0 lines  0 lines/s");
        let beyond = Progress { bytes: 99, ..Progress::default() };
        assert!(bar("a", beyond, Some(10), Duration::from_secs(2)).contains("100 %"), "a file that grows while it is read");
        assert_eq!(clock(3_723), "1:02:03");
    }

    #[test]
    fn a_summary_tells_everything() {
        let date = |text: &str| LocalDate::parse(text).expect("a date");
        let told = Summary {
            format: "combined".into(),
            read: 10_000,
            known: 3,
            counted: 2_000,
            dropped: [(DropReason::Asset, 7_999), (DropReason::Unreadable, 1)].into(),
            unreadable: vec![Sample { line: 7, why: "no request in quotes".into(), text: "[address] - x".into() }],
            days: [date("2015-05-17"), date("2015-05-20")].into(),
            new_visitor_days: [date("2015-05-17")].into(),
            unfinished: true,
        };
        let expected = "\
known before                       3
read                          10,000
kept                           2,000
  asset                        7,999
  unreadable                       1
line 7: no request in quotes
    [address] - x
2 days, 2015-05-17 to 2015-05-20
The last line is not finished; it is left for the next import of this file.
Days that had hits before (2015-05-17): their secrets are destroyed, so who was there before counts as a new visitor.
";
        assert_eq!(summary(&told), expected);
        let sent = serde_json::to_string(&told).expect("JSON");
        assert_eq!(serde_json::from_str::<Summary>(&sent).expect("a summary"), told, "it goes over a socket as JSON");
        assert_eq!(summary(&Summary::default()), "read                               0\nkept                               0\n");
    }
}
