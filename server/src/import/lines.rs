//! Lines out of pieces of bytes, each with its place in the file.

use memchr::memchr;

/// The longest line read. What is longer is no line of a log; it is passed over and counted as unreadable.
pub(super) const MAX_LINE_BYTES: usize = 256 * 1024;

/// Cuts bytes into lines. Everything is counted from the beginning of the plain file.
#[derive(Default)]
pub(super) struct Lines {
    buffer: Vec<u8>,
    /// Where in the buffer the next line begins.
    start: usize,
    /// Where in the buffer no line end was found yet.
    searched: usize,
    /// Bytes of the file before `start`.
    pub(super) offset: u64,
    /// Bytes still to pass over: an earlier import has read them.
    skip: u64,
    /// Whether the rest of a line is being passed over: it was too long, or read before its end was written.
    in_rest: bool,
    last_skipped: Option<u8>,
}

/// A line and where it ends.
pub(super) struct FoundLine {
    /// What stands in it, without its end; cut to [`MAX_LINE_BYTES`] when it is too long.
    pub(super) bytes: Vec<u8>,
    /// Bytes of the file up to here.
    pub(super) end: u64,
    /// Whether it was longer than any line of a log.
    pub(super) too_long: bool,
}

impl Lines {
    /// Lines after the first `skip` bytes.
    pub(super) fn after(skip: u64) -> Self {
        Self { skip, ..Self::default() }
    }

    /// Adds the next bytes of the file.
    pub(super) fn add(&mut self, mut bytes: &[u8]) {
        if self.skip > 0 {
            let known = bytes.len().min(usize::try_from(self.skip).unwrap_or(usize::MAX));
            self.last_skipped = bytes[..known].last().copied().or(self.last_skipped);
            self.skip -= known as u64;
            self.offset += known as u64;
            bytes = &bytes[known..];
            // The last line was read before its end was written: what has been added to it since is not another line.
            self.in_rest = self.skip == 0 && self.last_skipped != Some(b'\n');
        }
        self.buffer.drain(..self.start);
        self.searched -= self.start;
        self.start = 0;
        self.buffer.extend_from_slice(bytes);
    }

    /// The next whole line.
    pub(super) fn next(&mut self) -> Option<FoundLine> {
        loop {
            let Some(end) = memchr(b'\n', &self.buffer[self.searched..]).map(|at| self.searched + at) else {
                self.searched = self.buffer.len();
                return self.overlong();
            };
            let (from, was_rest) = (self.start, std::mem::take(&mut self.in_rest));
            self.advance(end + 1);
            if !was_rest {
                let length = (end - from).min(MAX_LINE_BYTES);
                return Some(FoundLine {
                    bytes: self.buffer[from..from + length].to_vec(),
                    end: self.offset,
                    too_long: end - from > MAX_LINE_BYTES,
                });
            }
        }
    }

    /// What follows the last line end, when the file has ended.
    pub(super) fn unfinished(&self) -> Option<FoundLine> {
        let rest = &self.buffer[self.start..];
        let found = || FoundLine { bytes: rest.to_vec(), end: self.offset + rest.len() as u64, too_long: false };
        (!rest.is_empty() && !self.in_rest).then(found)
    }

    /// A line that has no end in sight.
    fn overlong(&mut self) -> Option<FoundLine> {
        if self.buffer.len() - self.start <= MAX_LINE_BYTES {
            return None;
        }
        let (from, was_rest) = (self.start, self.in_rest);
        self.advance(self.buffer.len());
        self.in_rest = true;
        (!was_rest).then(|| FoundLine { bytes: self.buffer[from..from + MAX_LINE_BYTES].to_vec(), end: self.offset, too_long: true })
    }

    fn advance(&mut self, to: usize) {
        self.offset += (to - self.start) as u64;
        self.start = to;
        self.searched = to;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of a text that comes in pieces, and what is left without an end.
    fn cut(skip: u64, text: &[u8], piece: usize) -> (Vec<(String, u64)>, Option<String>) {
        let mut lines = Lines::after(skip);
        let mut found = Vec::new();
        for bytes in text.chunks(piece) {
            lines.add(bytes);
            while let Some(line) = lines.next() {
                let text = if line.too_long { "too long".to_owned() } else { String::from_utf8_lossy(&line.bytes).into_owned() };
                found.push((text, line.end));
            }
        }
        (found, lines.unfinished().map(|line| String::from_utf8_lossy(&line.bytes).into_owned()))
    }

    fn lines(of: &[(&str, u64)]) -> Vec<(String, u64)> {
        of.iter().map(|(text, end)| ((*text).to_owned(), *end)).collect()
    }

    #[test]
    fn lines_are_the_same_whatever_the_pieces() {
        for piece in 1..9 {
            assert_eq!(cut(0, b"ab\n\ncd\r\nef", piece), (lines(&[("ab", 3), ("", 4), ("cd\r", 8)]), Some("ef".to_owned())));
        }
    }

    #[test]
    fn known_lines_are_passed_over() {
        for piece in 1..9 {
            assert_eq!(cut(3, b"ab\ncd\nef\n", piece), (lines(&[("cd", 6), ("ef", 9)]), None));
            assert_eq!(cut(9, b"ab\ncd\nef\n", piece), (vec![], None));
            assert_eq!(cut(99, b"ab\ncd\n", piece), (vec![], None), "a file that has shrunk");
        }
    }

    #[test]
    fn what_was_added_to_a_line_already_read_is_no_line() {
        for piece in 1..9 {
            assert_eq!(cut(5, b"ab\ncd more\nef\n", piece), (lines(&[("ef", 14)]), None));
            assert_eq!(cut(5, b"ab\ncd mo", piece), (vec![], None));
        }
    }

    #[test]
    fn a_line_without_end_costs_no_memory() {
        let text = [b"ab\n".to_vec(), vec![b'x'; 3 * MAX_LINE_BYTES], b"\ncd\n".to_vec()].concat();
        let end = text.len() as u64;
        for piece in [1_000, 100_000, text.len()] {
            let (found, rest) = cut(0, &text, piece);
            let texts: Vec<_> = found.iter().map(|(text, _)| text.as_str()).collect();
            assert_eq!((texts, rest), (vec!["ab", "too long", "cd"], None));
            assert_eq!(found[2].1, end);
        }
    }
}
