//! The key that seals the daily secrets in a store that is no file of this machine.

use super::{Config, ConfigError, Environment};
use anyhow::Context;
use footfall_domain::Entropy;
use footfall_store::{SecretKey, StoreError};
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

/// The variable that may give the key.
pub const SECRET_KEY_VARIABLE: &str = "FOOTFALL_SECRET_KEY";

/// Where a key is kept that was given by nobody, in the data folder.
const OWN_FILE: &str = "secret.key";

/// The key of the environment; `None` when there is none.
///
/// # Errors
/// What is there is no key. The message does not repeat it.
pub(super) fn given(environment: &Environment) -> Result<Option<SecretKey>, ConfigError> {
    let Some(text) = environment.get(SECRET_KEY_VARIABLE) else { return Ok(None) };
    let refused =
        |_| ConfigError::Value(format!("{SECRET_KEY_VARIABLE}: write 64 hexadecimal digits, such as `openssl rand -hex 32` prints"));
    SecretKey::from_hex(text).map(Some).map_err(refused)
}

/// The key to use: the environment's, the named file's, or one in the data folder, which is made at its first use. `made`
/// is told in words that a key was made, for the operator.
///
/// # Errors
/// The file cannot be read or made, or holds no key.
pub fn of(config: &Config, entropy: &dyn Entropy, made: impl FnOnce(&str)) -> anyhow::Result<SecretKey> {
    if let Some(key) = &config.secret_key {
        return Ok(key.clone());
    }
    let named = &config.backends.secret_key_file;
    if !named.as_os_str().is_empty() {
        return read(named).with_context(|| format!("backends.secret_key_file names {}", named.display()));
    }
    let own = config.data.join(OWN_FILE);
    if !own.exists() {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&config.data)?;
        make(&own, entropy).with_context(|| format!("cannot make the key file {}", own.display()))?;
        made(&format!(
            "made a key that seals the daily secrets in the table: {}; every other instance on the same table needs the same one \
             ({SECRET_KEY_VARIABLE} or [backends] secret_key_file)",
            own.display()
        ));
    }
    read(&own).with_context(|| format!("the key file {}", own.display()))
}

fn read(file: &Path) -> anyhow::Result<SecretKey> {
    let text = std::fs::read_to_string(file).context("it cannot be read")?;
    SecretKey::from_hex(&text).context("it holds no key; write 64 hexadecimal digits, such as `openssl rand -hex 32` prints")
}

/// Made whole or not at all, and once: a process that dies in between must not leave half a key, and of two that make one
/// at the same time both use the first. On the disk on return: a table that was sealed with a key no file has is lost.
fn make(file: &Path, entropy: &dyn Entropy) -> anyhow::Result<()> {
    let mut bytes = [0; 32];
    entropy.fill(&mut bytes);
    let mut name = [0; 8];
    entropy.fill(&mut name);
    let whole = file.with_extension(format!("key.{:016x}", u64::from_ne_bytes(name)));
    let mut open = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&whole)?;
    open.write_all(format!("{}\n", SecretKey::new(bytes).to_hex()).as_bytes())?;
    open.sync_all()?;
    let linked = std::fs::hard_link(&whole, file);
    std::fs::remove_file(&whole)?;
    match linked {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error.into()),
        _ => {}
    }
    let folder = file.parent().context("a file in no folder")?;
    Ok(File::open(folder)?.sync_all()?)
}

/// An error of a store, with what to do where the key is another than the table's.
pub fn explain(error: StoreError) -> anyhow::Error {
    let is_key = matches!(error, StoreError::WrongKey(_));
    let error = anyhow::Error::from(error);
    if !is_key {
        return error;
    }
    error.context(format!(
        "this instance has another key than the one the table was made with; give it that one: {SECRET_KEY_VARIABLE}, or [backends] secret_key_file, \
         or a copy of {OWN_FILE} from the data folder of the first instance. If that key is lost, `footfall store new-key` gives the table the \
         one this instance has; visitors of the running days are then counted anew"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use footfall_domain::SystemEntropy;
    use std::os::unix::fs::PermissionsExt;

    fn config(data: &Path) -> Config {
        Config { data: data.to_owned(), ..Config::default() }
    }

    #[test]
    fn a_key_is_made_once_for_its_owner_only() {
        let folder = tempfile::tempdir().expect("a folder");
        let config = config(folder.path());
        let mut told = String::new();
        let key = of(&config, &SystemEntropy, |words| told = words.to_owned()).expect("made");
        assert!(told.contains("every other instance"), "{told}");
        assert_eq!(of(&config, &SystemEntropy, |_| ()).expect("read"), key);
        let mode = std::fs::metadata(folder.path().join(OWN_FILE)).expect("there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    /// Two commands at once found no key and made one each; the first had sealed a table with its own when the second put
    /// another in its place.
    #[test]
    fn a_key_that_is_there_is_never_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        let own = folder.path().join(OWN_FILE);
        make(&own, &SystemEntropy).expect("made");
        let first = read(&own).expect("a key");
        make(&own, &SystemEntropy).expect("there");
        assert_eq!(read(&own).expect("a key"), first);
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing else is left");
    }

    #[test]
    fn a_file_that_is_named_must_hold_a_key() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut config = config(folder.path());
        config.backends.secret_key_file = folder.path().join("given");
        let message = format!("{:#}", of(&config, &SystemEntropy, |_| ()).expect_err("missing"));
        assert!(message.contains("secret_key_file names") && message.contains("cannot be read"), "{message}");
        std::fs::write(folder.path().join("given"), "correct horse").expect("written");
        let message = format!("{:#}", of(&config, &SystemEntropy, |_| ()).expect_err("no key"));
        assert!(message.contains("64 hexadecimal digits") && !message.contains("horse"), "{message}");
        std::fs::write(folder.path().join("given"), "11".repeat(32)).expect("written");
        assert_eq!(of(&config, &SystemEntropy, |_| ()).expect("a key").to_hex(), "11".repeat(32));
        assert!(!folder.path().join(OWN_FILE).exists());
    }
}
