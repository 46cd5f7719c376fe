//! A JSON value that knows where it stands.

use crate::QueryError;
use serde_json::{Map, Value};

/// A value and its path, such as `filters[0][2]`.
pub(super) struct Field<'a> {
    pub path: String,
    pub value: &'a Value,
}

/// An object whose fields are all known.
pub(super) struct Object<'a> {
    path: String,
    fields: &'a Map<String, Value>,
}

impl<'a> Field<'a> {
    pub fn root(value: &'a Value) -> Self {
        Self { path: String::new(), value }
    }

    pub fn error(&self, message: impl Into<String>) -> QueryError {
        QueryError::new(self.path.clone(), message)
    }

    fn expected(&self, what: &str) -> QueryError {
        let found = match self.value {
            Value::Null => "null",
            Value::Bool(_) => "a truth value",
            Value::Number(_) => "a number",
            Value::String(_) => "a text",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        self.error(format!("{what} is expected here, not {found}"))
    }

    pub fn text(&self) -> Result<&'a str, QueryError> {
        self.value.as_str().ok_or_else(|| self.expected("a text"))
    }

    pub fn truth(&self) -> Result<bool, QueryError> {
        self.value.as_bool().ok_or_else(|| self.expected("true or false"))
    }

    pub fn number(&self, least: u32, most: u32) -> Result<u32, QueryError> {
        let number = self.value.as_u64().and_then(|number| u32::try_from(number).ok());
        let range = if most == u32::MAX { format!("{least} or more") } else { format!("{least} to {most}") };
        number.filter(|number| (least..=most).contains(number)).ok_or_else(|| self.error(format!("write a whole number, {range}")))
    }

    pub fn array(&self) -> Result<Vec<Field<'a>>, QueryError> {
        let items = self.value.as_array().ok_or_else(|| self.expected("a list"))?;
        Ok(items.iter().enumerate().map(|(at, value)| Field { path: format!("{}[{at}]", self.path), value }).collect())
    }

    /// Every item of a list, read.
    pub fn each<T>(&self, read: impl Fn(&Field<'a>) -> Result<T, QueryError>) -> Result<Vec<T>, QueryError> {
        self.array()?.iter().map(read).collect()
    }

    /// An object whose fields may have any names.
    pub fn pairs(&self) -> Result<Vec<(String, Field<'a>)>, QueryError> {
        let fields = self.value.as_object().ok_or_else(|| self.expected("an object"))?;
        Ok(fields.iter().map(|(name, value)| (name.clone(), Field { path: format!("{}.{name}", self.path), value })).collect())
    }

    /// An object that has none but these fields.
    pub fn object(&self, known: &[&str]) -> Result<Object<'a>, QueryError> {
        let fields = self.value.as_object().ok_or_else(|| self.expected("an object"))?;
        let object = Object { path: self.path.clone(), fields };
        if let Some(name) = fields.keys().find(|name| !known.contains(&name.as_str())) {
            return Err(QueryError::new(object.path_of(name), format!("no such field; there are {}", known.join(", "))));
        }
        Ok(object)
    }
}

impl<'a> Object<'a> {
    pub fn optional(&self, name: &str) -> Option<Field<'a>> {
        self.fields.get(name).map(|value| Field { path: self.path_of(name), value })
    }

    pub fn required(&self, name: &str) -> Result<Field<'a>, QueryError> {
        self.optional(name).ok_or_else(|| QueryError::new(self.path_of(name), "this field is required"))
    }

    fn path_of(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }
}
