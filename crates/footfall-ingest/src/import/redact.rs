//! Showing a line that could not be read, without the addresses in it.

use std::net::IpAddr;

/// How much of a line is shown, in characters.
const MAX_CHARS: usize = 160;
/// What stands where an address stood.
const MASK: &str = "[address]";

/// The beginning of a line as text, with everything that could be an address replaced.
///
/// Too much is masked rather than too little: also versions of four numbers, names such as `host-192-0-2-1.example` and
/// times with double colons.
pub fn redact(line: &[u8]) -> String {
    let text: String = String::from_utf8_lossy(line).chars().map(|char| if char.is_control() { '\u{fffd}' } else { char }).collect();
    let mut shown = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let word = rest.find(|char| !in_word(char)).unwrap_or(rest.len());
        let (word, after) = if word == 0 { rest.split_at(rest.chars().next().map_or(0, char::len_utf8)) } else { rest.split_at(word) };
        shown.push_str(if could_be_address(word) { MASK } else { word });
        rest = after;
    }
    match shown.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("{}…", &shown[..end]),
        None => shown,
    }
}

/// Characters an address, its port or a host named after it may hold.
fn in_word(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '.' | ':' | '-' | '_' | '%')
}

fn could_be_address(word: &str) -> bool {
    four_numbers(word) || colons(word)
}

/// Four numbers of up to three digits with one sign between each, anywhere in the word.
fn four_numbers(word: &str) -> bool {
    let mut numbers = 0;
    let mut digits = 0;
    for char in word.chars() {
        match char {
            '0'..='9' => digits += 1,
            '.' | '-' | '_' if (1..=3).contains(&digits) => {
                numbers += 1;
                digits = 0;
            }
            _ => {
                if numbers >= 3 && (1..=3).contains(&digits) {
                    return true;
                }
                (numbers, digits) = (0, 0);
            }
        }
        if numbers >= 4 {
            return true;
        }
    }
    numbers >= 3 && (1..=3).contains(&digits)
}

/// An IPv6 address, whole or cut off, perhaps with a port, a zone or letters stuck to it.
fn colons(word: &str) -> bool {
    word.contains("::")
        || word.parse::<IpAddr>().is_ok()
        || word.split(':').filter(|group| group.len() <= 4 && group.bytes().all(|byte| byte.is_ascii_hexdigit())).count() >= 5
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_are_masked_and_the_rest_stays() {
        for (line, shown) in [
            ("192.0.2.1 - - [17/May/2015:10:05:03", "[address] - - [17/May/2015:10:05:03"),
            ("client: 192.0.2.1, server", "client: [address], server"),
            ("[Client 192.0.2.1:80]", "[Client [address]]"),
            ("host-192-0-2-1.example.net x", "[address] x"),
            ("2001:db8::1 x", "[address] x"),
            ("[2001:db8:1:2:3:4:5:6]:443", "[[address]]:443"),
            ("::ffff:192.0.2.1", "[address]"),
            ("fe80::1%eth0", "[address]"),
            ("Firefox/118.0 HTTP/1.1", "Firefox/118.0 HTTP/1.1"),
            ("a\tb\u{1b}[0m", "a\u{fffd}b\u{fffd}[0m"),
        ] {
            assert_eq!(redact(line.as_bytes()), shown, "{line}");
        }
    }

    #[test]
    fn long_lines_are_cut_after_masking() {
        let line = format!("{} 192.0.2.77", "x".repeat(155));
        let shown = redact(line.as_bytes());
        assert!(shown.ends_with('…') && !shown.contains("192"), "{shown}");
    }

    proptest! {
        #[test]
        fn no_address_survives(bytes: u128, v4: bool, before in "[ a-z\"\\[(=,]{0,9}", after in "[ \"\\]),;/]{0,1}[ a-z]{0,9}") {
            let address = if v4 { IpAddr::from((bytes as u32).to_be_bytes()) } else { IpAddr::from(bytes.to_be_bytes()) };
            let shown = redact(format!("{before}{address}{after}").as_bytes());
            prop_assert!(!shown.contains(&address.to_string()), "{}", shown);
        }

        #[test]
        fn no_bytes_panic(bytes: Vec<u8>) {
            redact(&bytes);
        }
    }
}
