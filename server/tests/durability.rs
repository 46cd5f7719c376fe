//! Law 1 on the disk: no 202 leaves before the `fdatasync` that covers its hit has returned.
//!
//! The server runs under `strace`, which writes down what it does with its files and connections, in order. One client
//! alone first: its hits are found in the log's writes by a word of their own, and each answer must come after the sync
//! that followed that write. Then many at once, whose hits are packed together so that no word can be found: an answer
//! must come after the sync of a commit whose *first* write began after the request had been read. (A hit cannot be in
//! a commit that was being written before it came.)

mod common;

use common::{BROWSER, House, Server};
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

const CLIENTS: usize = 16;
const HITS_EACH: usize = 12;
const HITS_ALONE: usize = 30;

#[test]
#[ignore = "needs strace: `cargo xtask test disk` runs it, or says that it could not"]
fn no_202_leaves_before_its_hit_is_on_the_disk() {
    let house = House::with_sites(&["example.com"]);
    let trace = house.path("trace");
    let plain = house.command(&["serve", "--listen", "127.0.0.1:0"]);
    let mut traced = Command::new("strace");
    // Strings in hexadecimal: a hit's bytes must be found whatever stands beside them.
    traced.args(["-f", "-xx", "-y", "-s", "1000000", "-o"]).arg(&trace);
    traced.args(["-e", "trace=read,recvfrom,write,writev,sendto,sendmsg,pwrite64,pwritev,fsync,fdatasync"]);
    traced.arg(plain.get_program()).args(plain.get_args()).current_dir(plain.get_current_dir().expect("set")).env_clear();
    traced.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let server = Server::start(traced);
    let url = format!("{}/api/event", server.url);
    let alone = send(&url, 0, HITS_ALONE);
    std::thread::scope(|scope| {
        for client in 1..=CLIENTS {
            let url = &url;
            scope.spawn(move || send(url, client, HITS_EACH));
        }
    });
    // SIGTERM to strace itself would leave the server running.
    let child = children_of(server.number());
    for child in &child {
        let _ = Command::new("kill").arg("-TERM").arg(child.to_string()).status();
    }
    let mut server = server;
    server.wait(std::time::Duration::from_secs(20));

    let text = std::fs::read_to_string(&trace).expect("the trace");
    let story = Story::read(&text);
    let unseen: Vec<&String> = alone.iter().filter(|word| !story.kept.contains(*word)).collect();
    assert!(unseen.is_empty(), "hits that no write to the log shows: {unseen:?}");
    assert_eq!(story.answers, HITS_ALONE + CLIENTS * HITS_EACH, "every answer was seen");
    assert!(story.early.is_empty(), "answered before they were on the disk: {:?}", story.early);
    assert!(story.syncs > HITS_ALONE, "the disk was asked {} times", story.syncs);
    println!("{} answers, {} syncs of the log, none too early", story.answers, story.syncs);
}

/// Sends hits one after the other, each with a word of its own; all are answered 202.
fn send(url: &str, client: usize, hits: usize) -> Vec<String> {
    let http = common::Client::new();
    let words: Vec<String> = (0..hits).map(|n| format!("word{client:03}x{n:03}y")).collect();
    for word in &words {
        // Twice in a hit, some way apart: the edge of a page of the file may cut one in two.
        let body = format!(r#"{{"n":"pageview","u":"https://example.com/{word}","d":"example.com","p":{{"word":"{word}"}}}}"#);
        let answer = http.post(url, &[("User-Agent", BROWSER)], body.as_bytes());
        assert_eq!(answer.status, 202, "{}", answer.text());
    }
    words
}

fn children_of(parent: u32) -> Vec<u32> {
    let text = std::fs::read_to_string(format!("/proc/{parent}/task/{parent}/children")).unwrap_or_default();
    text.split_whitespace().filter_map(|number| number.parse().ok()).collect()
}

/// What a trace tells, line by line in order of time.
#[derive(Default)]
struct Story {
    /// The hit each connection waits for and when its request had been read, by the name `strace -y` gives the connection.
    waiting: BTreeMap<String, (String, usize)>,
    /// Lines so far: the story's clock.
    now: usize,
    /// When the first write since the last sync began.
    first_write: Option<usize>,
    /// When the first write of the newest commit that is on the disk began.
    newest_commit: usize,
    /// Hits in the log's files, not yet covered by a sync.
    written: BTreeSet<String>,
    /// Hits covered by a sync that has returned.
    kept: BTreeSet<String>,
    /// Syncs that have begun, by thread: the hits that were written by then.
    syncing: BTreeMap<String, (BTreeSet<String>, Option<usize>)>,
    /// Calls that have begun, by thread: their text so far.
    begun: BTreeMap<String, String>,
    /// Hits that a write to the log shows in plain words.
    plain: BTreeSet<String>,
    syncs: usize,
    answers: usize,
    early: Vec<String>,
}

impl Story {
    fn read(text: &str) -> Self {
        let mut story = Self::default();
        for line in text.lines() {
            let Some((thread, call)) = line.trim_start().split_once(' ') else { continue };
            story.now += 1;
            story.line(thread, call.trim_start());
        }
        story
    }

    fn line(&mut self, thread: &str, call: &str) {
        if let Some(rest) = call.strip_prefix("<... ") {
            let begun = self.begun.remove(thread).unwrap_or_default();
            let rest = rest.split_once("resumed>").map_or("", |(_, rest)| rest);
            self.ended(thread, &format!("{begun}{rest}"));
        } else if let Some(begun) = call.strip_suffix("<unfinished ...>") {
            self.begins(thread, begun);
            self.begun.insert(thread.to_owned(), begun.to_owned());
        } else {
            self.begins(thread, call);
            self.ended(thread, call);
        }
    }

    /// What counts from the moment a call begins: an answer leaves, a sync covers what was written before it.
    fn begins(&mut self, thread: &str, call: &str) {
        let answers =
            ["write(", "writev(", "sendto(", "sendmsg("].iter().any(|name| call.starts_with(name)) && call.contains(&hex("HTTP/1.1 202"));
        if answers {
            self.answers += 1;
            let connection = connection_of(call);
            match self.waiting.remove(&connection) {
                Some((word, read)) => {
                    let covered = self.newest_commit > read && (!self.plain.contains(&word) || self.kept.contains(&word));
                    if !covered {
                        self.early.push(word);
                    }
                }
                None => self.early.push(format!("an answer on {connection} to no known request")),
            }
        }
        if is_sync(call) {
            self.syncing.insert(thread.to_owned(), (self.written.clone(), self.first_write.take()));
        } else if is_write(call) {
            self.first_write.get_or_insert(self.now);
        }
    }

    /// What counts once a call has returned: a request was read, a write was made, a sync has returned.
    fn ended(&mut self, thread: &str, call: &str) {
        if is_sync(call) && call.trim_end().ends_with("= 0") {
            self.syncs += 1;
            let (words, first_write) = self.syncing.remove(thread).unwrap_or_default();
            self.kept.extend(words);
            self.newest_commit = self.newest_commit.max(first_write.unwrap_or(0));
        } else if is_write(call) {
            self.written.extend(words_in(call));
            self.plain.extend(words_in(call));
        } else if call.starts_with("read(") || call.starts_with("recvfrom(") {
            // The head of a request and its body may come in two pieces; the word is in the body.
            if let Some(word) = words_in(call).into_iter().next() {
                self.waiting.insert(connection_of(call), (word, self.now));
            }
        }
    }
}

fn is_sync(call: &str) -> bool {
    (call.starts_with("fdatasync(") || call.starts_with("fsync(")) && is_log(call)
}

fn is_write(call: &str) -> bool {
    (call.starts_with("pwrite") || call.starts_with("write")) && is_log(call)
}

/// The log's own journal; a checkpoint into the database file is no commit.
///
/// `strace -y` writes the file's path behind its number: `17</…/log.db-wal>`. With `-xx` that, too, is hexadecimal.
fn is_log(call: &str) -> bool {
    let file = call.split_once('>').map_or(call, |(file, _)| file);
    file.contains("log.db-wal") || file.contains(&hex("log.db-wal"))
}

/// The number and name of the connection a call is about: `18<socket:[12345]>`.
fn connection_of(call: &str) -> String {
    call.split_once('(').map_or("", |(_, rest)| rest.split(',').next().unwrap_or("")).to_owned()
}

/// The words of hits in a call's bytes.
fn words_in(call: &str) -> BTreeSet<String> {
    let start = hex("word");
    let length = "word000x000y".len() * 4;
    let places = call.match_indices(&start).map(|(at, _)| at);
    let texts = places.filter_map(|at| call.get(at..at + length)).map(unhex);
    texts.filter(|text| text.len() == 12 && text.as_bytes()[7] == b'x' && text.as_bytes()[11] == b'y').collect()
}

/// As `strace -xx` writes it.
fn hex(text: &str) -> String {
    text.bytes().map(|byte| format!("\\x{byte:02x}")).collect()
}

fn unhex(text: &str) -> String {
    text.split("\\x")
        .filter(|pair| !pair.is_empty())
        .filter_map(|pair| u8::from_str_radix(pair.get(..2)?, 16).ok())
        .map(char::from)
        .collect()
}

#[test]
fn the_story_notices_an_answer_that_came_too_early() {
    let lines = |order: [&str; 4]| order.join("\n");
    let request = format!("1 recvfrom(9<socket:[1]>, \"{}{}\", 9, 0, NULL, NULL) = 9", hex("POST /api/event "), hex("word001x002y"));
    let write = format!("2 pwrite64(5</data/log.db-wal>, \"{}\", 9, 0) = 9", hex("word001x002y"));
    let sync = "2 fdatasync(5</data/log.db-wal>) = 0";
    let answer = format!("1 writev(9<socket:[1]>, [{{iov_base=\"{}\"}}], 1) = 9", hex("HTTP/1.1 202 Accepted"));
    assert!(Story::read(&lines([&request, &write, sync, &answer])).early.is_empty());
    assert_eq!(Story::read(&lines([&request, &write, &answer, sync])).early, ["word001x002y"]);
    assert_eq!(Story::read(&lines([&request, sync, &write, &answer])).early, ["word001x002y"], "a sync before the write covers nothing");
    let begun = "2 fdatasync(5</data/log.db-wal> <unfinished ...>";
    let halfway = [request.as_str(), &write, begun, &answer, "2 <... fdatasync resumed>) = 0"].join("\n");
    assert_eq!(Story::read(&halfway).early, ["word001x002y"], "a sync that has not returned covers nothing");
    let packed = "2 pwrite64(5</data/log.db-wal>, \"\\x00\", 1, 0) = 1";
    assert!(Story::read(&lines([&request, packed, sync, &answer])).early.is_empty());
    assert_eq!(
        Story::read(&lines([packed, &request, sync, &answer])).early,
        ["word001x002y"],
        "it was being written before the request came"
    );
}
