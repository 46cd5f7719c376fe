//! Passwords: Argon2id, few at a time, never on the threads that answer requests.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use footfall_domain::Entropy;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// 19 MiB, 2 passes, 1 lane: the least that OWASP's password storage cheat sheet recommends for Argon2id, and the
/// default of the crate. A hash names its own parameters, so raising these leaves old passwords valid.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const SALT_BYTES: usize = 16;

/// The shortest password (NIST SP 800-63B-4, 3.1.1.2 allows 8 with a second factor and asks for 15 without; ten is what
/// people still accept on a page of their own).
const SHORTEST: usize = 10;
/// The longest: more is no safer, and hashing it costs.
const LONGEST: usize = 1_000;

/// Why a password is not taken.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PasswordFault {
    /// Too short to be safe.
    #[error("the password has {0} characters; use at least {SHORTEST}")]
    TooShort(usize),
    /// Too long to be hashed cheaply.
    #[error("the password is longer than {LONGEST} bytes")]
    TooLong,
}

/// Hashes and checks passwords.
pub struct Passwords {
    entropy: Arc<dyn Entropy>,
    at_once: Semaphore,
    /// The hash of a password nobody has: checked against when there is no such user, so that both take as long.
    nobody: String,
}

impl Passwords {
    /// At most `at_once` passwords are hashed at the same time.
    pub fn new(entropy: Arc<dyn Entropy>, at_once: usize) -> Self {
        let mut unknown = [0; 32];
        entropy.fill(&mut unknown);
        let nobody = hash(&unknown, &salt(&*entropy));
        Self { entropy, at_once: Semaphore::new(at_once), nobody }
    }

    /// The hash to keep, in PHC form (`$argon2id$v=19$…`).
    ///
    /// # Errors
    /// The password is too short or too long.
    pub async fn hash(&self, password: &str) -> Result<String, PasswordFault> {
        let characters = password.chars().count();
        if characters < SHORTEST {
            return Err(PasswordFault::TooShort(characters));
        }
        if password.len() > LONGEST {
            return Err(PasswordFault::TooLong);
        }
        let (password, salt) = (password.to_owned(), salt(&*self.entropy));
        Ok(self.apart(move || hash(password.as_bytes(), &salt)).await)
    }

    /// Whether the password is the one of `kept`. Takes as long when there is no such user (`None`).
    pub async fn matches(&self, password: &str, kept: Option<&str>) -> bool {
        if password.len() > LONGEST {
            return false;
        }
        let (password, known, kept) = (password.to_owned(), kept.is_some(), kept.unwrap_or(&self.nobody).to_owned());
        self.apart(move || verify(password.as_bytes(), &kept)).await && known
    }

    /// Runs on a thread of its own, not more at once than allowed.
    async fn apart<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> T {
        let _permit = self.at_once.acquire().await.expect("the semaphore is never closed");
        tokio::task::spawn_blocking(work).await.expect("hashing does not panic")
    }
}

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).expect("parameters within the limits of Argon2");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn salt(entropy: &dyn Entropy) -> [u8; SALT_BYTES] {
    let mut salt = [0; SALT_BYTES];
    entropy.fill(&mut salt);
    salt
}

fn hash(password: &[u8], salt: &[u8]) -> String {
    let hash: PasswordHash = argon2().hash_password_with_salt(password, salt).expect("salt and password within the limits of Argon2");
    hash.to_string()
}

/// Compares in constant time (the crate does).
fn verify(password: &[u8], kept: &str) -> bool {
    PasswordHash::new(kept).is_ok_and(|kept| argon2().verify_password(password, &kept).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use footfall_domain::SystemEntropy;

    #[tokio::test]
    async fn a_password_matches_its_own_hash_only() {
        let passwords = Passwords::new(Arc::new(SystemEntropy), 1);
        let kept = passwords.hash("correct horse").await.expect("hashed");
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(passwords.matches("correct horse", Some(&kept)).await);
        assert!(!passwords.matches("correct hors", Some(&kept)).await);
        assert!(!passwords.matches("correct horse", None).await);
        assert_ne!(kept, passwords.hash("correct horse").await.expect("hashed"), "each has its own salt");
    }

    #[tokio::test]
    async fn short_and_endless_passwords_are_refused() {
        let passwords = Passwords::new(Arc::new(SystemEntropy), 1);
        assert_eq!(passwords.hash("123456789").await, Err(PasswordFault::TooShort(9)));
        assert_eq!(passwords.hash(&"x".repeat(1_001)).await, Err(PasswordFault::TooLong));
    }
}
