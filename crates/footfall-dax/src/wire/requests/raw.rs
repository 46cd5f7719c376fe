use super::control::Control;
use crate::wire::attributes::list_of_attributes;
use crate::wire::method::Method;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Bytes of a frame whose meaning was not asked yet.
pub type Raw<'a> = Cow<'a, [u8]>;

/// The writes of one table of a batch: keys with the attributes that are put there; without: deleted.
pub type RawWrites<'a> = Vec<(Raw<'a>, Option<Raw<'a>>)>;

/// A request as it came: taken apart, but not understood.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(clippy::large_enum_variant, reason = "there is one of them at a time, and it is not moved about")]
pub enum RawRequest<'a> {
    /// Not about items; needs no names.
    Control(Control),
    /// About items.
    Data(RawData<'a>),
}

impl RawRequest<'_> {
    /// Which method is called.
    pub fn method(&self) -> Method {
        match self {
            Self::Control(control) => control.method(),
            Self::Data(data) => data.method(),
        }
    }
}

/// A request about items: keys, attributes and expressions still as bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum RawData<'a> {
    /// Get, put, update and delete.
    Item {
        method: Method,
        table: String,
        key: Raw<'a>,
        attributes: Option<Raw<'a>>,
        options: RawOptions<'a>,
    },
    /// Query and scan.
    Page {
        method: Method,
        table: String,
        key_condition: Option<Raw<'a>>,
        options: RawOptions<'a>,
    },
    BatchGet {
        tables: Vec<(String, RawKeys<'a>)>,
        options: RawOptions<'a>,
    },
    BatchWrite {
        tables: Vec<(String, RawWrites<'a>)>,
        options: RawOptions<'a>,
    },
    /// Table, key and projection of each.
    TransactGet {
        gets: Vec<(String, Raw<'a>, Option<Raw<'a>>)>,
        options: RawOptions<'a>,
    },
    TransactWrite {
        writes: Vec<RawWrite<'a>>,
        options: RawOptions<'a>,
    },
}

/// Keys of one table of a batch.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub struct RawKeys<'a> {
    pub consistent: bool,
    pub projection: Option<Raw<'a>>,
    pub keys: Vec<Raw<'a>>,
}

/// One write of a transaction.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub struct RawWrite<'a> {
    /// The wire's number for check, put, delete or update.
    pub operation: i64,
    pub table: String,
    pub key: Raw<'a>,
    pub attributes: Option<Raw<'a>>,
    pub old_on_failure: bool,
    pub condition: Option<Raw<'a>>,
    pub update: Option<Raw<'a>>,
}

/// The arguments a request may have or not have: one kind of map for all methods. Numbers are as on the wire.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
#[allow(missing_docs)]
pub struct RawOptions<'a> {
    pub projection: Option<Raw<'a>>,
    pub consistent: Option<bool>,
    pub capacity: Option<i64>,
    pub condition: Option<Raw<'a>>,
    pub collection_metrics: Option<i64>,
    pub return_values: Option<i64>,
    pub update: Option<Raw<'a>>,
    pub start: Option<Raw<'a>>,
    pub filter: Option<Raw<'a>>,
    pub index: Option<String>,
    pub limit: Option<i64>,
    pub forward: Option<bool>,
    pub select: Option<i64>,
    pub segment: Option<i64>,
    pub total_segments: Option<i64>,
    pub token: Option<String>,
}

impl RawData<'_> {
    /// Which method is called.
    pub fn method(&self) -> Method {
        match self {
            Self::Item { method, .. } | Self::Page { method, .. } => *method,
            Self::BatchGet { .. } => Method::BatchGetItem,
            Self::BatchWrite { .. } => Method::BatchWriteItem,
            Self::TransactGet { .. } => Method::TransactGetItems,
            Self::TransactWrite { .. } => Method::TransactWriteItems,
        }
    }

    /// The tables whose key schemas must be known to resolve this, each once.
    pub fn tables(&self) -> Vec<&str> {
        let names: BTreeSet<&str> = match self {
            Self::Item { table, .. } | Self::Page { table, .. } => [table.as_str()].into(),
            Self::BatchGet { tables, .. } => tables.iter().map(|(table, _)| table.as_str()).collect(),
            Self::BatchWrite { tables, .. } => tables.iter().map(|(table, _)| table.as_str()).collect(),
            Self::TransactGet { gets, .. } => gets.iter().map(|(table, ..)| table.as_str()).collect(),
            Self::TransactWrite { writes, .. } => writes.iter().map(|write| write.table.as_str()).collect(),
        };
        names.into_iter().collect()
    }

    /// The attribute lists that must be known to resolve this, each once.
    pub fn lists(&self) -> Vec<u64> {
        let attributes: Vec<&Raw<'_>> = match self {
            Self::Item { attributes, .. } => attributes.iter().collect(),
            Self::BatchWrite { tables, .. } => {
                tables.iter().flat_map(|(_, writes)| writes).filter_map(|(_, attributes)| attributes.as_ref()).collect()
            }
            Self::TransactWrite { writes, .. } => writes.iter().filter_map(|write| write.attributes.as_ref()).collect(),
            Self::Page { .. } | Self::BatchGet { .. } | Self::TransactGet { .. } => Vec::new(),
        };
        // What does not begin with a list is found out when it is resolved.
        let lists: BTreeSet<u64> = attributes.into_iter().filter_map(|bytes| list_of_attributes(bytes).ok()).collect();
        lists.into_iter().collect()
    }
}
