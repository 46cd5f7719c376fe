//! "Did you mean …?"

/// The known name nearest to what was written, if any is near enough to be meant.
pub(super) fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = (written.chars().count() / 3).max(2);
    let measured = known.into_iter().map(|name| (edits(written, name), name));
    measured.filter(|(edits, _)| *edits <= allowed).min().map(|(_, name)| name)
}

/// How many letters have to be added, taken away or changed (Levenshtein).
fn edits(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, letter) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, other) in to.iter().enumerate() {
            let changed = diagonal + usize::from(letter != *other);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_finds_its_word() {
        assert_eq!(nearest("lisen", ["listen", "public_url"]), Some("listen"));
        assert_eq!(nearest("trusted_proxy", ["trusted_proxies", "listen"]), Some("trusted_proxies"));
    }

    #[test]
    fn another_word_finds_nothing() {
        assert_eq!(nearest("database", ["listen", "public_url"]), None);
    }
}
