//! Tokens: sign-ins, API keys, the link for the first sign-in. Only their hash is kept.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use footfall_domain::Entropy;
use subtle::ConstantTimeEq;

/// 256 random bits as 43 letters, with what it is in front (`ff_…`), so that a leaked one can be recognised.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

/// The longest text worth hashing when somebody presents a token.
const LONGEST: usize = 200;

impl Token {
    /// A new one.
    pub fn new(prefix: &str, entropy: &dyn Entropy) -> Self {
        let mut bytes = [0; 32];
        entropy.fill(&mut bytes);
        Self(format!("{prefix}{}", URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// One that somebody presents; `None` when it cannot be one.
    pub fn presented(text: &str) -> Option<Self> {
        let plain = !text.is_empty() && text.len() <= LONGEST && text.bytes().all(|byte| byte.is_ascii_graphic());
        plain.then(|| Self(text.to_owned()))
    }

    /// The text, to be shown once.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// What is kept: with 256 random bits inside, a plain hash cannot be guessed back.
    pub fn hash(&self) -> [u8; 32] {
        *blake3::hash(self.0.as_bytes()).as_bytes()
    }

    /// A second token that only the holder of this one can have, for one purpose.
    pub fn derive(&self, purpose: &str) -> String {
        URL_SAFE_NO_PAD.encode(&blake3::derive_key(purpose, self.0.as_bytes())[..18])
    }

    /// Whether a presented text is this token. Takes the same time wherever they differ.
    pub fn is(&self, presented: &str) -> bool {
        self.0.as_bytes().ct_eq(presented.as_bytes()).into()
    }
}

/// Never shows the text.
impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use footfall_domain::SystemEntropy;

    #[test]
    fn tokens_differ_and_say_what_they_are() {
        let (one, two) = (Token::new("ff_", &SystemEntropy), Token::new("ff_", &SystemEntropy));
        assert!(one.text().starts_with("ff_") && one.text().len() == 46);
        assert_ne!(one, two);
        assert!(one.is(one.text()) && !one.is(two.text()) && !one.is(""));
        assert_ne!(one.derive("a"), one.derive("b"));
    }

    #[test]
    fn debug_output_shows_nothing() {
        assert_eq!(format!("{:?}", Token::new("", &SystemEntropy)), "Token(…)");
    }
}
