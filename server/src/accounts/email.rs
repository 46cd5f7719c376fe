//! The name to sign in with.

/// Why something is no name to sign in with.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("'{0}' is no e-mail address; write one such as ada@example.com")]
pub struct EmailFault(String);

impl EmailFault {
    /// What was written instead.
    pub fn written(&self) -> &str {
        &self.0
    }
}

/// The longest address in SMTP (RFC 5321, 4.5.3.1.3, without the angle brackets).
const LONGEST: usize = 254;

/// The address as it is kept: without blanks around it, in lower case.
///
/// # Errors
/// It has no single `@` with something on both sides, holds blanks or colons, or is too long. Whether mail would arrive is not
/// asked: Footfall sends none.
pub fn normal_email(written: &str) -> Result<String, EmailFault> {
    let email = written.trim().to_lowercase();
    let parts: Vec<&str> = email.split('@').collect();
    let sound = parts.len() == 2
        && parts.iter().all(|part| !part.is_empty())
        && !email.contains(|c: char| c.is_whitespace() || c.is_control() || c == ':');
    if sound && email.len() <= LONGEST { Ok(email) } else { Err(EmailFault(written.chars().take(LONGEST).collect())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_in_one_spelling() {
        assert_eq!(normal_email(" Ada@Example.COM "), Ok("ada@example.com".into()));
    }

    #[test]
    fn what_is_no_address_is_refused() {
        // What is no person begins with "key:" in the log of a site.
        for written in ["key:1@b", "", "ada", "@", "a@", "@b", "a@b@c", "a b@c", "a\u{7}@b"] {
            assert!(normal_email(written).is_err(), "{written}");
        }
        assert!(normal_email(&format!("{}@b", "a".repeat(300))).is_err());
    }
}
