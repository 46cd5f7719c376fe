//! The environment as plain data.

use std::collections::BTreeMap;

/// The variables a program was started with. Only those called `FOOTFALL_…` are kept.
#[derive(Clone, Debug, Default)]
pub struct Environment(BTreeMap<String, String>);

impl Environment {
    /// The variables of this process. Values that are not UTF-8 are replaced where they are not.
    pub fn of_process() -> Self {
        let vars = std::env::vars_os().map(|(name, value)| (name.to_string_lossy().into_owned(), value.to_string_lossy().into_owned()));
        vars.collect()
    }

    /// The value of a variable; `None` when it is not set or empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The names of all variables that are set.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Environment {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(vars: I) -> Self {
        let ours = vars.into_iter().map(|(name, value)| (name.into(), value.into()));
        Self(ours.filter(|(name, _): &(String, String)| name.starts_with("FOOTFALL_")).collect())
    }
}
