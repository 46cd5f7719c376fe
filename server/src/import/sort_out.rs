//! Lines of one batch, judged and sorted: hits for the log, numbers for the registry.

use super::lines::FoundLine;
use super::summary::{MAX_SAMPLES, Sample, Summary};
use footfall_domain::{DropReason, Feed, LocalDate, SiteCalendar, UnixMillis};
use footfall_ingest::import::{Format, Line, parse_line, redact};
use footfall_ingest::{Client, Places, Sent};
use std::collections::BTreeMap;

/// A line this far ahead of the clock was written by a broken one: it would open a day that no hit has reached.
const MAX_AHEAD_MS: i64 = 26 * 3_600_000;

/// 1990-01-01 UTC. A line from before the web was written by a clock that stood still, and would open a day that no visit
/// can have had.
const WEB_BEGAN: UnixMillis = UnixMillis(631_152_000_000);

/// Something that was seen, not yet a hit: its day's secret is still to be had.
pub(super) struct Seen {
    /// Its line in the file, from 0.
    pub(super) line: u64,
    pub(super) time: UnixMillis,
    pub(super) sent: Sent,
    pub(super) client: Client,
    pub(super) feed: Feed,
}

/// What a batch of lines holds, and how far it reaches.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) seen: Vec<Seen>,
    /// By date and reason. `None`: no date was read yet.
    pub(super) refused: BTreeMap<(LocalDate, DropReason), u64>,
    /// Lines in it.
    pub(super) lines: u64,
    /// Bytes of the file up to its end.
    pub(super) end: u64,
}

/// What lines are judged by.
pub(super) struct Judge<'a> {
    pub(super) format: Format,
    pub(super) domain: &'a str,
    pub(super) calendar: &'a SiteCalendar,
    pub(super) places: &'a dyn Places,
    pub(super) now: UnixMillis,
    /// The first day whose hits the site keeps; `None`: all are.
    pub(super) kept_from: Option<LocalDate>,
}

impl Judge<'_> {
    /// Judges a line and puts it where it belongs. `number` is its place in the file, from 0; `last` the date of the line
    /// before, which an unreadable one is counted for.
    pub(super) fn sort(&self, found: &FoundLine, number: u64, batch: &mut Batch, last: &mut LocalDate, summary: &mut Summary) {
        batch.lines += 1;
        batch.end = found.end;
        match self.judge(found) {
            Line::Blank => return,
            Line::Hit { time, sent, address, user_agent, feed } => {
                *last = self.calendar.moment(time).date;
                if self.kept_from.is_some_and(|from| *last < from) {
                    refuse(batch, summary, *last, DropReason::TooOld);
                    summary.read += 1;
                    return;
                }
                let client = Client::of_line(address, user_agent, self.places);
                batch.seen.push(Seen { line: number, time, sent, client, feed });
            }
            Line::Dropped(reason, time) => {
                *last = time.map_or(*last, |time| self.calendar.moment(time).date);
                refuse(batch, summary, *last, reason);
            }
            Line::Unreadable(why) => {
                refuse(batch, summary, *last, DropReason::Unreadable);
                if summary.unreadable.len() < MAX_SAMPLES {
                    summary.unreadable.push(Sample { line: number + 1, why, text: redact(&found.bytes) });
                }
            }
        }
        summary.read += 1;
    }

    fn judge(&self, found: &FoundLine) -> Line {
        if found.too_long {
            return Line::Unreadable("is longer than any line of a log".to_owned());
        }
        match parse_line(self.format, &found.bytes, self.domain) {
            Line::Hit { time, .. } | Line::Dropped(_, Some(time)) if time.since(self.now) > MAX_AHEAD_MS => {
                Line::Unreadable("its time lies in the future".to_owned())
            }
            Line::Hit { time, .. } | Line::Dropped(_, Some(time)) if time < WEB_BEGAN => {
                Line::Unreadable("its time lies before the web".to_owned())
            }
            line => line,
        }
    }
}

fn refuse(batch: &mut Batch, summary: &mut Summary, date: LocalDate, reason: DropReason) {
    *batch.refused.entry((date, reason)).or_default() += 1;
    summary.drop_one(reason);
}
