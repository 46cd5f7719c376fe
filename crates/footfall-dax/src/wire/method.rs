//! The methods of the protocol and the numbers they have on the wire.

use super::model::Request;

/// A method that a client of the data plane calls.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum Method {
    /// Has no answer of its own: the next request's answer tells how it went.
    AuthorizeConnection,
    Endpoints,
    DefineKeySchema,
    DefineAttributeList,
    DefineAttributeListId,
    GetItem,
    PutItem,
    UpdateItem,
    DeleteItem,
    Query,
    Scan,
    BatchGetItem,
    BatchWriteItem,
    TransactGetItems,
    TransactWriteItems,
}

impl Method {
    /// Every method, in the order of the enum.
    pub const ALL: [Self; 15] = [
        Self::AuthorizeConnection,
        Self::Endpoints,
        Self::DefineKeySchema,
        Self::DefineAttributeList,
        Self::DefineAttributeListId,
        Self::GetItem,
        Self::PutItem,
        Self::UpdateItem,
        Self::DeleteItem,
        Self::Query,
        Self::Scan,
        Self::BatchGetItem,
        Self::BatchWriteItem,
        Self::TransactGetItems,
        Self::TransactWriteItems,
    ];

    /// Its number on the wire.
    pub fn id(self) -> i64 {
        match self {
            Self::AuthorizeConnection => 1_489_122_155,
            Self::Endpoints => 455_855_874,
            Self::DefineKeySchema => -742_646_399,
            Self::DefineAttributeList => 670_678_385,
            Self::DefineAttributeListId => -1_230_579_644,
            Self::GetItem => 263_244_906,
            Self::PutItem => -2_106_490_455,
            Self::UpdateItem => 1_425_579_023,
            Self::DeleteItem => 1_013_539_361,
            Self::Query => -931_250_863,
            Self::Scan => -1_875_390_620,
            Self::BatchGetItem => -697_851_100,
            Self::BatchWriteItem => 116_217_951,
            Self::TransactGetItems => 1_866_287_579,
            Self::TransactWriteItems => -1_160_037_738,
        }
    }

    /// The method that a request calls.
    pub fn of(request: &Request) -> Self {
        match request {
            Request::GetItem(_) => Self::GetItem,
            Request::PutItem(_) => Self::PutItem,
            Request::UpdateItem(_) => Self::UpdateItem,
            Request::DeleteItem(_) => Self::DeleteItem,
            Request::Query(_) => Self::Query,
            Request::Scan(_) => Self::Scan,
            Request::BatchGetItem(_) => Self::BatchGetItem,
            Request::BatchWriteItem(_) => Self::BatchWriteItem,
            Request::TransactGetItems(_) => Self::TransactGetItems,
            Request::TransactWriteItems(_) => Self::TransactWriteItems,
        }
    }

    /// The method with this number.
    pub fn from_id(id: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.id() == id)
    }
}
