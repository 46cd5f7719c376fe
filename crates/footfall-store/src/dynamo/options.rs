//! Where the table is, and what opens its secrets.

use crate::{OpenOptions, StoreError};
use std::fmt;
use url::Url;

/// A name DynamoDB accepts for a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TableName(String);

impl TableName {
    /// 3 to 255 letters, digits, `_`, `-` and `.`
    /// (<https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html>).
    ///
    /// # Errors
    /// [`StoreError::Options`].
    pub fn new(name: &str) -> Result<Self, StoreError> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
        if (3..=255).contains(&name.len()) && name.bytes().all(allowed) {
            Ok(Self(name.to_owned()))
        } else {
            Err(StoreError::Options(format!("'{name}' names no table of DynamoDB: 3 to 255 of A-Z, a-z, 0-9, '_', '-' and '.'")))
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// 32 random bytes that seal the daily secrets in the table. Who loses them loses the secrets of the days that are open.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretKey([u8; 32]);

impl SecretKey {
    /// A key of bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// A key of 64 hexadecimal digits, space around them allowed.
    ///
    /// # Errors
    /// [`StoreError::Options`]; the message does not repeat the text.
    pub fn from_hex(text: &str) -> Result<Self, StoreError> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text.trim(), &mut bytes)
            .map_err(|_| StoreError::Options("the key that seals secrets is not 64 hexadecimal digits".to_owned()))?;
        Ok(Self(bytes))
    }

    /// The key as 64 hexadecimal digits, to be kept.
    pub fn to_hex(&self) -> String {
        hex::encode(self.0)
    }

    pub(super) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretKey(…)")
    }
}

/// Which table, where, and how it is read.
#[derive(Clone, Debug)]
pub struct DynamoOptions {
    /// Its name; see [`TableName`].
    pub table: String,
    /// `None`: what the environment or the machine's profile says.
    pub region: Option<String>,
    /// `http://` or `https://`; `None`: AWS.
    pub endpoint: Option<String>,
    /// Where immutable pieces are read: `dax://HOST:PORT` or `daxs://HOST:PORT`; `None`: from the table.
    pub reads: Option<String>,
    /// Seals the daily secrets.
    pub key: SecretKey,
}

impl DynamoOptions {
    /// The table of a URL `dynamodb://TABLE?region=REGION&endpoint=URL`; both parameters may be left out.
    ///
    /// # Errors
    /// [`StoreError::UnknownUrl`] for any other URL, [`StoreError::Options`] for what is wrong in it,
    /// [`StoreError::WrongKey`] without a key.
    pub fn of_url(url: &str, options: &OpenOptions) -> Result<Self, StoreError> {
        let unknown = || StoreError::UnknownUrl(url.to_owned());
        let rest = url.strip_prefix("dynamodb://").ok_or_else(unknown)?;
        // Not the URL's host: that would be in small letters, and names of tables are not.
        let (table, query) = rest.split_once('?').unwrap_or((rest, ""));
        let table = TableName::new(table.trim_end_matches('/'))?;
        let (mut region, mut endpoint) = (None, None);
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            match name.as_ref() {
                "region" => region = Some(value.into_owned()),
                "endpoint" => endpoint = Some(checked_endpoint(&value)?),
                other => {
                    let words = format!("'{other}' is no parameter of a table's URL: there are region and endpoint");
                    return Err(StoreError::Options(words));
                }
            }
        }
        let key = options.key.clone().ok_or_else(|| StoreError::WrongKey("no key was given to open them".to_owned()))?;
        Ok(Self { table: table.0, region, endpoint, reads: options.reads.clone(), key })
    }

    /// Where the table is, in words.
    pub(super) fn place(&self) -> String {
        match (&self.endpoint, &self.region) {
            (Some(endpoint), _) => format!("at {endpoint}"),
            (None, Some(region)) => format!("in region {region}"),
            (None, None) => "in the region of this machine's settings".to_owned(),
        }
    }
}

fn checked_endpoint(text: &str) -> Result<String, StoreError> {
    let wrong = || StoreError::Options(format!("'{text}' is no endpoint: write http://HOST:PORT or https://HOST:PORT"));
    let url = Url::parse(text).map_err(|_| wrong())?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err(wrong());
    }
    Ok(text.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_url(url: &str) -> Result<DynamoOptions, StoreError> {
        let options = OpenOptions { key: Some(SecretKey::new([7; 32])), reads: Some("dax://h:8111".into()) };
        DynamoOptions::of_url(url, &options)
    }

    #[test]
    fn a_url_names_table_region_and_endpoint() {
        let plain = of_url("dynamodb://Foot.fall-1").expect("a table");
        assert_eq!((plain.table.as_str(), plain.region, plain.endpoint), ("Foot.fall-1", None, None));
        let full = of_url("dynamodb://foo?region=eu-west-1&endpoint=http://127.0.0.1:18000/").expect("a table");
        assert_eq!((full.region.as_deref(), full.endpoint.as_deref()), (Some("eu-west-1"), Some("http://127.0.0.1:18000")));
        assert_eq!(full.reads.as_deref(), Some("dax://h:8111"));
    }

    #[test]
    fn what_is_wrong_in_a_url_is_said() {
        for (url, words) in [
            ("dynamodb://a", "names no table"),
            ("dynamodb://foo/bar", "names no table"),
            ("dynamodb://foo?zone=eu", "'zone' is no parameter"),
            ("dynamodb://foo?endpoint=127.0.0.1:8000", "is no endpoint"),
            ("sqlite:foo", "names no store"),
        ] {
            let error = of_url(url).expect_err(url).to_string();
            assert!(error.contains(words), "{error}");
        }
        let keyless = DynamoOptions::of_url("dynamodb://foo", &OpenOptions::default());
        assert!(matches!(keyless, Err(StoreError::WrongKey(_))));
    }

    #[test]
    fn a_key_is_never_printed() {
        let key = SecretKey::from_hex(&format!(" {}\n", "ab".repeat(32))).expect("a key");
        assert_eq!(format!("{key:?}"), "SecretKey(…)");
        assert_eq!(key.to_hex(), "ab".repeat(32));
        let error = SecretKey::from_hex("abcdef").expect_err("too short").to_string();
        assert!(!error.contains("abcdef"), "{error}");
    }
}
