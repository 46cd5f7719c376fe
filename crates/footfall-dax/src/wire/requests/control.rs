use super::SERVICE;
use crate::wire::cbor::Writer;
use crate::wire::method::Method;

/// A request that is not about items: of the cluster, and of the names both ends must know.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Control {
    /// Has no answer of its own.
    Authorize(Authorize),
    /// Which nodes there are.
    Endpoints,
    /// What the key of a table is.
    DefineKeySchema {
        /// The table.
        table: String,
    },
    /// Which names an id stands for.
    DefineAttributeList {
        /// The list's id.
        id: u64,
    },
    /// Which id names in this order have.
    DefineAttributeListId {
        /// The names.
        names: Vec<String>,
    },
}

/// `authorizeConnection`: who this is, signed. Sent before other requests, and again before it expires.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Authorize {
    /// The access key's id.
    pub access_key: String,
    /// In hexadecimal.
    pub signature: String,
    /// What was signed.
    pub string_to_sign: Vec<u8>,
    /// The session token of temporary credentials; not signed.
    pub token: Option<String>,
    /// Such as `DaxPythonClient-2.1.0`.
    pub user_agent: Option<String>,
}

impl Control {
    /// Which method this calls.
    pub fn method(&self) -> Method {
        match self {
            Self::Authorize(_) => Method::AuthorizeConnection,
            Self::Endpoints => Method::Endpoints,
            Self::DefineKeySchema { .. } => Method::DefineKeySchema,
            Self::DefineAttributeList { .. } => Method::DefineAttributeList,
            Self::DefineAttributeListId { .. } => Method::DefineAttributeListId,
        }
    }

    /// Writes the request.
    pub fn write(&self, to: &mut Writer) {
        write_head(self.method(), to);
        match self {
            Self::Authorize(authorize) => authorize.write(to),
            Self::Endpoints => {}
            Self::DefineKeySchema { table } => to.byte_string(table.as_bytes()),
            Self::DefineAttributeList { id } => to.uint(*id),
            Self::DefineAttributeListId { names } => {
                to.array(names.len());
                names.iter().for_each(|name| to.text(name));
            }
        }
    }
}

impl Authorize {
    fn write(&self, to: &mut Writer) {
        to.text(&self.access_key);
        to.text(&self.signature);
        to.byte_string(&self.string_to_sign);
        for text in [&self.token, &self.user_agent] {
            match text {
                Some(text) => to.text(text),
                None => to.null(),
            }
        }
    }
}

/// The two numbers a request begins with.
pub(super) fn write_head(method: Method, to: &mut Writer) {
    to.int(SERVICE);
    to.int(method.id());
}
