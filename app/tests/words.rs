//! The pages have no words of their own: all stand in the catalogue.

use std::fs;
use std::path::{Path, PathBuf};

/// Folders of `src` that may hold words: the catalogue, and what writes names and numbers.
const CATALOGUE: [&str; 2] = ["words", "format"];

/// What looks like words and is none.
const NO_WORDS: [&str; 16] = [
    // The name of the house, alone and in titles.
    "Footfall",
    "{title} · Footfall",
    // Regions of the time zone database, as it spells them.
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
    // Names of parameters and properties, in fields that show how they are written.
    "product lang",
    "author, plan",
    // Typefaces of a picture.
    "Figtree, system-ui, sans-serif",
    // Why something cannot fail.
    "a string takes every write",
];

/// Of these, what follows is a name for a machine: attributes, keys of a keyboard, selectors, code.
fn is_for_machines(before: &str, literal: &str) -> bool {
    const ATTRIBUTES: [&str; 10] =
        ["class=", "d=", "viewBox=", "content=", "media=", "rel=", "expect(", "data-key=", "transform=", "query_selector("];
    const KEYS: [&str; 4] = ["Esc", "Escape", "ArrowLeft", "ArrowRight"];
    ATTRIBUTES.iter().any(|attribute| before.ends_with(attribute))
        || KEYS.contains(&literal)
        || literal.starts_with(['.', '#', '<'])
        || literal.contains('[')
        || literal.split(' ').all(|word| word == word.to_lowercase() && is_class(word))
        || literal.contains("('")
}

/// Whether this is a class of the style sheet or an element's name.
fn is_class(word: &str) -> bool {
    const PLAIN: [&str; 8] = ["num", "good", "bad", "change", "minute", "tbody", "tr", "a"];
    PLAIN.contains(&word) || word.contains("__") || word.contains("--")
}

/// Whether a person would read this: two words in a row, or one that begins with a capital.
fn is_said(literal: &str) -> bool {
    let words: Vec<&str> = literal.split([' ', '\n']).collect();
    let word = |text: &str| text.len() > 1 && text.trim_matches(|c: char| ",.:…?!".contains(c)).chars().all(char::is_alphabetic);
    let capital = |text: &str| text.chars().next().is_some_and(char::is_uppercase) && text.chars().skip(1).any(char::is_lowercase);
    words.windows(2).any(|pair| word(pair[0]) && pair[1].starts_with(char::is_alphabetic))
        || words.iter().any(|text| word(text) && capital(text))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            if !CATALOGUE.iter().any(|name| path.ends_with(format!("src/{name}"))) {
                sources(&path, found);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The literals of a line with what stands before each; good enough for sources that `rustfmt` has been through.
fn literals(line: &str) -> Vec<(&str, &str)> {
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(open) = line[from..].find('"').map(|at| from + at) {
        let Some(close) = line[open + 1..].find('"').map(|at| open + 1 + at) else { break };
        out.push((&line[..open], &line[open + 1..close]));
        from = close + 1;
    }
    out
}

#[test]
fn every_word_of_a_page_stands_in_the_catalogue() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    assert!(files.len() > 40, "the sources are where they were: {}", files.len());
    let mut said = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("a source");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (at, line) in code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            for (before, literal) in literals(line) {
                if is_said(literal) && !NO_WORDS.contains(&literal) && !is_for_machines(before, literal) {
                    said.push(format!("{}:{}: \"{literal}\"", file.display(), at + 1));
                }
            }
        }
    }
    assert!(said.is_empty(), "words outside the catalogue:\n{}", said.join("\n"));
}

#[test]
fn words_are_told_from_names() {
    for text in ["Last 24 hours", "No sites yet", ", compared with {with}", "Sites", "see the numbers", "Yesterday."] {
        assert!(is_said(text), "{text}");
    }
    for text in ["sites", "#fill", "w100", "period=all", "/sites/new", "M8 3c2 0", "GET", "{n} {unit}"] {
        assert!(!is_said(text), "{text}");
    }
}
