//! Secrets at rest: XChaCha20-Poly1305, a fresh nonce each, bound to what they are.

use super::SecretKey;
use crate::StoreError;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use footfall_domain::Entropy;
use std::sync::Arc;

const NONCE_BYTES: usize = 24;

#[derive(Clone)]
pub(super) struct Sealer {
    cipher: XChaCha20Poly1305,
    entropy: Arc<dyn Entropy>,
}

impl Sealer {
    pub fn new(key: &SecretKey, entropy: Arc<dyn Entropy>) -> Self {
        Self { cipher: XChaCha20Poly1305::new(key.bytes().into()), entropy }
    }

    /// Nonce and ciphertext. `name` must be given again to open it: what was sealed for one place opens at no other.
    pub fn seal(&self, name: &str, plain: &[u8]) -> Result<Vec<u8>, StoreError> {
        let mut nonce = [0; NONCE_BYTES];
        self.entropy.fill(&mut nonce);
        let payload = Payload { msg: plain, aad: name.as_bytes() };
        let sealed = self.cipher.encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| StoreError::Unavailable("a secret could not be sealed".to_owned()))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    pub fn open(&self, name: &str, sealed: &[u8]) -> Result<Vec<u8>, StoreError> {
        let wrong = || StoreError::WrongKey(format!("'{name}' was sealed with another key, or is damaged"));
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or_else(wrong)?;
        self.cipher.decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: name.as_bytes() }).map_err(|_| wrong())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use footfall_domain::SystemEntropy;

    fn sealer(key: u8) -> Sealer {
        Sealer::new(&SecretKey::new([key; 32]), Arc::new(SystemEntropy))
    }

    #[test]
    fn what_was_sealed_opens_with_its_key_and_name_only() {
        let sealed = sealer(1).seal("a", b"secret").expect("sealed");
        assert_eq!(sealer(1).open("a", &sealed), Ok(b"secret".to_vec()));
        assert!(!sealed.windows(6).any(|window| window == b"secret"));
        for (key, name, bytes) in [(2, "a", &sealed[..]), (1, "b", &sealed), (1, "a", &sealed[..sealed.len() - 1]), (1, "a", b"short")] {
            assert!(matches!(sealer(key).open(name, bytes), Err(StoreError::WrongKey(_))));
        }
        assert_ne!(sealer(1).seal("a", b"secret"), Ok(sealed), "a fresh nonce each time");
    }
}
