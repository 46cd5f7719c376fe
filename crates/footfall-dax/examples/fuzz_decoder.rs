//! Feeds every decoder with captured messages that were damaged at random, and says what came of it.
//!
//! `cargo run --release -p footfall-dax --example fuzz_decoder -- [INPUTS [SEED]]`, by default ten million inputs. The
//! same seed makes the same inputs. What makes a decoder panic is printed in hex, for `tests/corpus`.
//! To be run by hand: the tests feed the captured messages themselves and what is one bit away from them.

#[path = "../tests/wire/feed.rs"]
mod feed;
#[path = "../tests/wire/messages.rs"]
#[allow(dead_code, reason = "the tests use the rest")]
mod messages;
#[path = "../tests/wire/world.rs"]
#[allow(dead_code, reason = "the tests use the rest")]
mod world;

use std::process::ExitCode;
use std::time::Instant;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse::<u64>().expect("a number"));
    let (inputs, seed) = (arguments.next().unwrap_or(10_000_000), arguments.next().unwrap_or(1));
    let corpus: Vec<Vec<u8>> = messages::requests().into_iter().chain(messages::responses()).map(|message| message.bytes).collect();
    println!("{inputs} inputs made of {} messages, seed {seed}", corpus.len());
    std::panic::set_hook(Box::new(|_| {}));
    let (mut sums, mut bytes, started) = ([0_u64; 3], 0, Instant::now());
    for index in 0..inputs {
        let input = Damage::new(seed, index).apply(&corpus);
        bytes += input.len();
        let Ok(fed) = std::panic::catch_unwind(|| feed::feed(&input)) else {
            println!("input {index} makes a decoder panic: {}", input.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
            return ExitCode::FAILURE;
        };
        sums.iter_mut().zip([fed.request, fed.answer, fed.part]).for_each(|(sum, was)| *sum += u64::from(was));
        if (index + 1) % 1_000_000 == 0 {
            println!("{:>9} inputs, {:.0} s, most memory {}", index + 1, started.elapsed().as_secs_f64(), most_memory());
        }
    }
    let [requests, answers, parts] = sums;
    println!("no panic in {bytes} bytes; {requests} were requests, {answers} answers, {parts} values or attributes");
    ExitCode::SUCCESS
}

/// The most memory this process has had, as Linux tells it.
fn most_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "unknown".to_owned(), |memory| memory.trim().to_owned())
}

/// Chance, the same each time (SplitMix64).
struct Damage(u64);

/// Bytes that mean something to a decoder of CBOR: lengths at their limits, breaks, beginnings without an end, tags.
const WORDS: [&[u8]; 18] = [
    &[0x00],
    &[0x18, 0xff],
    &[0x1b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    &[0x3b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    &[0x40],
    &[0x5f],
    &[0x5b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
    &[0x7f],
    &[0x80],
    &[0x9a, 0x01, 0xff, 0xff, 0xff],
    &[0x9f],
    &[0xbf],
    &[0xc2, 0x58, 0x40],
    &[0xc4, 0x82],
    &[0xd9, 0x0c, 0xfa],
    &[0xf6],
    &[0xfb, 0x7f, 0xf8, 0, 0, 0, 0, 0, 0],
    &[0xff],
];

impl Damage {
    fn new(seed: u64, index: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ index.wrapping_mul(0xd1b5_4a32_d192_ed03))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }

    fn apply(mut self, corpus: &[Vec<u8>]) -> Vec<u8> {
        let mut input = corpus[self.below(corpus.len())].clone();
        // Half of the damage leaves all lengths as they were, and so gets to what is nested.
        let kinds = if self.next() & 1 == 0 { 4 } else { 10 };
        for _ in 0..=self.below(4) {
            let kind = self.below(kinds);
            self.once(kind, &mut input, corpus);
        }
        input
    }

    fn once(&mut self, kind: usize, input: &mut Vec<u8>, corpus: &[Vec<u8>]) {
        let at = self.below(input.len() + 1);
        let until = at + self.below((input.len() - at).min(16) + 1);
        match kind {
            0 => input.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << self.below(8)),
            1 => input.iter_mut().skip(at).take(1).for_each(|byte| *byte = self.next() as u8),
            // A count or length one more or less.
            2 => input.iter_mut().skip(at).take(1).for_each(|byte| *byte = byte.wrapping_add(if self.next() & 1 == 0 { 1 } else { 255 })),
            3 => {
                let word = WORDS[self.below(WORDS.len())];
                input.iter_mut().skip(at).zip(word).for_each(|(byte, other)| *byte = *other);
            }
            4 => drop(input.drain(at..until)),
            5 => {
                let word = WORDS[self.below(WORDS.len())];
                drop(input.splice(at..at, word.iter().copied()));
            }
            6 => {
                let word = WORDS[self.below(WORDS.len())];
                drop(input.splice(at..until, word.iter().copied()));
            }
            7 => {
                let repeated = input[at..until].repeat(1 + self.below(40));
                drop(input.splice(at..at, repeated));
            }
            8 => {
                let other = &corpus[self.below(corpus.len())];
                let from = self.below(other.len());
                let part = &other[from..(from + 1 + self.below(64)).min(other.len())];
                drop(input.splice(at..until, part.iter().copied()));
            }
            _ => input.truncate(at),
        }
    }
}
