//! The words of an expression.

/// The largest expression DynamoDB takes, in bytes.
pub const MAX_BYTES: usize = 4096;

/// A word of an expression, and where it begins and ends in the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token<'a> {
    pub kind: Kind,
    /// Empty at the end.
    pub text: &'a str,
    pub start: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A bare word: a name, function or keyword.
    Word,
    /// `#name`.
    Name,
    /// `:value`.
    Value,
    /// Digits.
    Index,
    /// `=`, `<>`, `(` and so on.
    Sign,
    /// What no expression can contain.
    Unknown,
    End,
}

impl Token<'_> {
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }

    pub fn is_sign(&self, sign: &str) -> bool {
        self.kind == Kind::Sign && self.text == sign
    }

    pub fn is_keyword(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.text.eq_ignore_ascii_case(word)
    }
}

/// A letter, digit or underscore.
pub fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The words of a text; the last one is [`Kind::End`].
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    loop {
        at += text[at..].len() - text[at..].trim_start_matches([' ', '\t', '\n', '\r']).len();
        let token = next(text, at);
        at = token.end();
        tokens.push(token);
        if token.kind == Kind::End {
            return tokens;
        }
    }
}

fn next(text: &str, start: usize) -> Token<'_> {
    let rest = &text[start..];
    let bytes = rest.as_bytes();
    let word = |from: usize| from + bytes[from..].iter().take_while(|byte| is_word(**byte)).count();
    let (kind, length) = match bytes {
        [] => (Kind::End, 0),
        [b'#', next, ..] if is_word(*next) => (Kind::Name, word(1)),
        [b':', next, ..] if is_word(*next) => (Kind::Value, word(1)),
        [first, ..] if first.is_ascii_alphabetic() => (Kind::Word, word(0)),
        [first, ..] if first.is_ascii_digit() => (Kind::Index, bytes.iter().take_while(|byte| byte.is_ascii_digit()).count()),
        [b'<', b'>' | b'=', ..] | [b'>', b'=', ..] => (Kind::Sign, 2),
        [b'=' | b'<' | b'>' | b'(' | b')' | b'[' | b']' | b',' | b'.' | b'+' | b'-', ..] => (Kind::Sign, 1),
        _ => (Kind::Unknown, rest.chars().next().map_or(0, char::len_utf8)),
    };
    Token { kind, text: &rest[..length], start }
}
